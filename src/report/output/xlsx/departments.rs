//! What is to be put right, by the departments that rows of the data name.

use std::collections::BTreeMap;
use std::io;

use crate::model::finding::Location;
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::place;
use crate::report::problem::{Problem, problems};
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// A thing to be put right by one department.
struct Share<'a> {
    department: &'a str,
    problem: &'a Problem<'a>,
    /// The places of the department alone.
    places: Vec<Location>,
}

fn columns<'a>() -> Vec<Column<Share<'a>>> {
    vec![
        Column {
            title: ("部门", "department"),
            width: 130,
            kind: Kind::Short,
            value: |share, lang| match share.department {
                "" => pick(lang, "数据未写明部门", "none named in the data").into(),
                name => name.into(),
            },
        },
        Column {
            title: ("清单序号", "no. in the list"),
            width: 56,
            kind: Kind::Short,
            value: |share, _| Value::Number(share.problem.number),
        },
        Column {
            title: ("问题", "problem"),
            width: 330,
            kind: Kind::Text,
            value: |share, lang| share.problem.message(lang).into(),
        },
        Column {
            title: ("条款", "clause"),
            width: 80,
            kind: Kind::Short,
            value: |share, lang| Value::Text(share.problem.clause(lang)),
        },
        Column {
            title: ("本部门的数据位置", "its places in the data"),
            width: 220,
            kind: Kind::Text,
            value: |share, lang| {
                let total = if share.department.is_empty() { share.problem.total() } else { 0 };
                Value::Text(place::counted(&share.places, total, lang))
            },
        },
        Column {
            title: ("整改措施", "what to do"),
            width: 220,
            kind: Kind::Text,
            value: |share, lang| share.problem.help(lang).into(),
        },
    ]
}

/// By department, those that none is named for last.
fn shares<'a>(all: &'a [Problem<'a>]) -> Vec<Share<'a>> {
    let mut by: BTreeMap<(bool, &str), Vec<Share<'a>>> = BTreeMap::new();
    for problem in all.iter().filter(|problem| problem.is_found()) {
        let named = problem.departments();
        let departments = if named.is_empty() { vec![""] } else { named };
        for department in departments {
            let own = |place: &&Location| place.department.as_deref().unwrap_or_default() == department;
            let places = problem.locations().iter().filter(own).cloned().collect();
            let share = Share { department, problem, places };
            by.entry((department.is_empty(), department)).or_default().push(share);
        }
    }
    by.into_values().flatten().collect()
}

/// Writes the sheet.
pub(super) fn write(one: &Organization, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let all = problems(one, lang);
    let (title, about) = match lang {
        Lang::Zh => (
            format!("{}各部门问题清单", one.name),
            "部门取自数据中写明的责任部门、实施部门等；一个问题涉及几个部门的，分别列出。".to_owned(),
        ),
        Lang::En => (
            format!("By department: {}", one.name),
            "Departments are those that rows of the data name; what concerns several is listed for each."
                .to_owned(),
        ),
    };
    let columns = columns();
    let mut list = List::begin(&columns, (&title, &[about]), (&book.styles, lang), Book::sheet)?;
    shares(&all).iter().try_for_each(|share| list.row(&columns, share, &book.styles))?;
    let what = pick(lang, "各部门问题清单", "By department");
    list.finish(stamp.print((&one.name, what), &one.submission.sha256, None))
}
