//! What brings an organization to the points aimed at.

use std::io;

use crate::model::catalog::Catalog;
use crate::model::plan::{OpenTarget, Plan, PlanStep};
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::plan::{OPEN, TITLE, action, decides, headline, method, remedy};
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// A step with what the list says of it.
struct Row<'a> {
    number: u32,
    step: &'a PlanStep,
    one: &'a Organization,
    catalog: &'a Catalog,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column {
            title: ("序号", "no."),
            width: 36,
            kind: Kind::Short,
            value: |row, _| Value::Number(row.number),
        },
        Column {
            title: ("编号", "id"),
            width: 76,
            kind: Kind::Short,
            value: |row, _| row.step.target.as_str().into(),
        },
        Column {
            title: ("评价要求", "requirement"),
            width: 210,
            kind: Kind::Text,
            value: |row, lang| row.catalog.title(&row.step.target).map_or("", |title| title.get(lang)).into(),
        },
        Column {
            title: ("现状", "as it is"),
            width: 210,
            kind: Kind::Text,
            value: |row, lang| row.one.reason(&row.step.target).map_or("", |reason| reason.get(lang)).into(),
        },
        Column {
            title: ("方式", "how"),
            width: 64,
            kind: Kind::Short,
            value: |row, lang| {
                let (zh, en) = action(row.step);
                pick(lang, zh, en).into()
            },
        },
        Column {
            title: ("要做的事", "what to do"),
            width: 260,
            kind: Kind::Text,
            value: |row, lang| remedy(row.step, row.catalog).get(lang).into(),
        },
        Column {
            title: ("成本", "cost"),
            width: 44,
            kind: Kind::Short,
            value: |row, _| Value::Number(row.step.cost),
        },
        Column {
            title: ("单项影响", "alone"),
            width: 52,
            kind: Kind::Short,
            value: |row, _| Value::Number(row.step.points),
        },
        Column {
            title: ("累计得分", "then"),
            width: 52,
            kind: Kind::Short,
            value: |row, _| Value::Number(row.step.after),
        },
    ]
}

/// Writes the plan of an organization.
pub(super) fn write(
    (one, plan): (&Organization, &Plan),
    catalog: &Catalog,
    stamp: &Stamp,
    book: &Book,
) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let name = pick(lang, TITLE.0, TITLE.1);
    let title = match lang {
        Lang::Zh => format!("{}{name}", one.name),
        Lang::En => format!("{name}: {}", one.name),
    };
    let mut about = vec![headline(plan, &one.score).get(lang).to_owned()];
    about.extend(plan.limits.iter().map(|limit| limit.get(lang).to_owned()));
    about.extend(method(plan).map(|method| method.get(lang).to_owned()));
    let columns = columns();
    let mut list = List::begin(&columns, (&title, &about), (&book.styles, lang), Book::sheet)?;
    for (number, step) in (1..).zip(&plan.steps) {
        list.row(&columns, &Row { number, step, one, catalog }, &book.styles)?;
    }
    let bottom = list.next;
    let mut sheet = list.finish(stamp.print((&one.name, name), &one.submission.sha256, None))?;
    unknowns(&mut sheet, bottom.saturating_add(1), (plan, catalog), (book, lang))?;
    Ok(sheet)
}

/// The unknowns below the list, a line each.
fn unknowns(
    sheet: &mut Sheet,
    row: u32,
    (plan, catalog): (&Plan, &Catalog),
    (book, lang): (&Book, Lang),
) -> io::Result<()> {
    if plan.open.is_empty() {
        return Ok(());
    }
    let mut next = sheet.line(row, pick(lang, OPEN.0, OPEN.1), &book.styles.line)?;
    for one in &plan.open {
        next = sheet.line(next, &unknown(one, catalog, lang), &book.styles.note)?;
    }
    Ok(())
}

fn unknown(one: &OpenTarget, catalog: &Catalog, lang: Lang) -> String {
    let title = catalog.title(&one.target).map_or("", |title| title.get(lang));
    let (zh, en) = decides(one);
    let OpenTarget { target, swing, low_if_met, high_if_unmet, .. } = one;
    match lang {
        Lang::Zh => format!(
            "{target}  {title}：影响{swing}分，符合时得分不低于{low_if_met}分，不符合时不高于{high_if_unmet}分，{zh}"
        ),
        Lang::En => format!(
            "{target}  {title}: swing {swing}, low end {low_if_met} if met, high end {high_if_unmet} if not, {en}"
        ),
    }
}
