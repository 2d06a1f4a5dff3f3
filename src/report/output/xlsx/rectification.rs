//! The list of what is to be put right: what, against which clause, where, by whom, until when, checked by whom.

use std::io;

use crate::model::last_list::ListField;
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::problem::{Problem, problems, since};
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// The columns of the list. Those of an organization stand before it where it is of several.
pub(super) fn columns<'a>(of_several: bool) -> Vec<Column<Problem<'a>>> {
    let mut columns = if of_several { organization() } else { vec![number()] };
    columns.extend(found());
    columns.extend(filled_in());
    columns.push(Column {
        title: ListField::Key.title(),
        width: 90,
        kind: Kind::Hidden,
        value: |problem, _| Value::Text(problem.key()),
    });
    columns
}

fn number<'a>() -> Column<Problem<'a>> {
    Column {
        title: ("序号", "no."),
        width: 36,
        kind: Kind::Short,
        value: |problem, _| Value::Number(problem.number),
    }
}

fn organization<'a>() -> Vec<Column<Problem<'a>>> {
    vec![
        Column {
            title: ("单位编号", "organization id"),
            width: 84,
            kind: Kind::Text,
            value: |problem, _| problem.one.id.as_str().into(),
        },
        Column {
            title: ("单位", "organization"),
            width: 120,
            kind: Kind::Text,
            value: |problem, _| problem.one.name.as_str().into(),
        },
        number(),
    ]
}

fn found<'a>() -> Vec<Column<Problem<'a>>> {
    vec![
        Column {
            title: ListField::Problem.title(),
            width: 210,
            kind: Kind::Text,
            value: |problem, lang| problem.message(lang).into(),
        },
        Column {
            title: ListField::Clause.title(),
            width: 76,
            kind: Kind::Short,
            value: |problem, lang| Value::Text(problem.clause(lang)),
        },
        Column {
            title: ("数据位置", "place in the data"),
            width: 140,
            kind: Kind::Text,
            value: |problem, lang| Value::Text(problem.places(lang)),
        },
        Column {
            title: ("扣分", "points lost"),
            width: 40,
            kind: Kind::Short,
            value: |problem, _| {
                problem.lost.parse().map_or_else(|_| problem.lost.as_str().into(), Value::Number)
            },
        },
        Column {
            title: ("与上次相比", "since last time"),
            width: 52,
            kind: Kind::Short,
            value: |problem, lang| problem.standing.map_or("", |standing| standing.word(lang)).into(),
        },
        Column {
            title: ListField::Measure.title(),
            width: 180,
            kind: Kind::Input,
            value: |problem, lang| Value::Text(problem.written(|last| &last.measure, problem.help(lang))),
        },
        Column {
            title: ListField::Department.title(),
            width: 80,
            kind: Kind::Input,
            value: |problem, lang| {
                Value::Text(problem.written(|last| &last.department, &departments(problem, lang)))
            },
        },
    ]
}

/// Departments named in the list; the sheet by department has all of them.
const NAMED: usize = 3;

fn departments(problem: &Problem<'_>, lang: Lang) -> String {
    let all = problem.departments();
    let named: Vec<&str> = all.iter().take(NAMED).copied().collect();
    let named = named.join(pick(lang, "、", ", "));
    match (all.len() > NAMED, lang) {
        (false, _) => named,
        (true, Lang::Zh) => format!("{named}等{}个部门", all.len()),
        (true, Lang::En) => format!("{named} and others ({})", all.len()),
    }
}

fn filled_in<'a>() -> Vec<Column<Problem<'a>>> {
    let column = |field: ListField, width, value| Column {
        title: field.title(),
        width,
        kind: Kind::InputShort,
        value,
    };
    vec![
        column(ListField::Until, 62, |problem: &Problem<'_>, _| {
            Value::Text(problem.written(|last| &last.until, ""))
        }),
        column(ListField::Status, 54, |problem, lang| Value::Text(problem.status(lang))),
        column(ListField::Checked, 64, |problem, _| Value::Text(problem.written(|last| &last.checked, ""))),
        column(ListField::Objection, 64, |problem, _| {
            Value::Text(problem.written(|last| &last.objection, ""))
        }),
        column(ListField::Reply, 64, |problem, _| Value::Text(problem.written(|last| &last.reply, ""))),
    ]
}

/// What is said above the list.
fn about(all: &[Problem<'_>], lang: Lang) -> Vec<String> {
    let count = all.iter().filter(|problem| problem.is_found()).count();
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "共{count}项。“整改措施”“责任部门”由程序按条款和数据拟出，可改；“完成期限”及以后各栏由责任部门和评估组填写。\
             对认定有异议的，填“复核申请”，由评估组在“申请答复”中答复。"
        ),
        Lang::En => format!(
            "{count} in all. What to do and the department are proposed from clauses and data and may be changed; the \
             columns after them are for the department and the team. Objections go into their column, and get a reply."
        ),
    }];
    lines.extend(since_last(all, lang));
    lines
}

/// How many are new, still open, there again, closed; nothing where there is no list of last time.
fn since_last(all: &[Problem<'_>], lang: Lang) -> Option<String> {
    let counts = since(all)?.in_words(lang);
    Some(match lang {
        Lang::Zh => format!("与上次清单相比：{counts}。上次填写的措施、期限、状态和意见已带入。"),
        Lang::En => {
            format!("Since the list of last time: {counts}. What people wrote into it is carried along.")
        }
    })
}

/// Writes the list of an organization.
pub(super) fn write(one: &Organization, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let all = problems(one, lang);
    let title = match lang {
        Lang::Zh => format!("{}整改清单", one.name),
        Lang::En => format!("To be put right: {}", one.name),
    };
    let about = about(&all, lang);
    let columns = columns(false);
    let mut list = List::begin(&columns, (&title, &about), (&book.styles, lang), Book::sheet)?;
    all.iter().try_for_each(|problem| list.row(&columns, problem, &book.styles))?;
    let what = pick(lang, "整改清单", "To be put right");
    list.finish(stamp.print((&one.name, what), &one.submission.sha256, None))
}
