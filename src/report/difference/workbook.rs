//! A comparison of reports as a workbook: 汇总, 单位, 评价内容, 问题, 配置.

use std::io;

use super::listing::Listing;
use super::vocabulary::same;
use super::{details, overall};
use crate::model::report::Report;
use crate::model::report_diff::{OrganizationDiff, ReportDiff};
use crate::model::text::{Lang, Text};
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Stamp, Value};

/// A row of any of the sheets.
type Row = Vec<Text>;

/// A sheet: its name in Chinese and English, its columns and its rows.
type SheetOf = (&'static str, &'static str, Vec<Column<Row>>, Vec<Row>);

/// The workbook; `run` is one of the new reports, of which day, program and packs stand below every page.
///
/// # Errors
/// It cannot be made.
pub fn workbook(diff: &ReportDiff, run: &Report, lang: Lang) -> io::Result<Vec<u8>> {
    let stamp = Stamp::of(run, lang);
    let title = pick(lang, "评价报告比较", "Reports compared");
    let mut book = Book::new(title, &stamp)?;
    let sides = [("原：", "Old: ", &diff.old), ("现：", "New: ", &diff.new)];
    let about =
        sides.map(|(zh, en, side)| format!("{}{}", pick(lang, zh, en), overall::side(side).get(lang)));
    let sheets: [SheetOf; 5] = [
        ("汇总", "Summary", summary_columns(), summary(diff)),
        (
            "单位",
            "Organizations",
            organization_columns(),
            overall::organizations(diff).map(rows).unwrap_or_default(),
        ),
        ("评价内容", "Outcomes", outcome_columns(), of_each(diff, outcomes)),
        ("问题", "Findings", finding_columns(), of_each(diff, findings)),
        ("配置", "Settings", setting_columns(), settings(diff)),
    ];
    for (zh, en, columns, rows) in sheets {
        let name = pick(lang, zh, en);
        let head = format!("{title}{}{name}", pick(lang, "：", ": "));
        let styles = (&book.styles, lang);
        let mut list = List::begin(&columns, (&head, &about), styles, Book::sheet)?;
        rows.iter().try_for_each(|row| list.row(&columns, row, &book.styles))?;
        let sheet = list.finish(stamp.print((title, name), "", None))?;
        book.add(sheet, name)?;
    }
    book.bytes()
}

fn rows(list: Listing) -> Vec<Row> {
    list.rows
}

/// What stands in a cell: a number where it is one.
fn value(row: &Row, at: usize, lang: Lang) -> Value {
    let text = row.get(at).map(|text| text.get(lang)).unwrap_or_default();
    let is_number = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| is_number).map_or_else(|| text.into(), Value::Number)
}

fn column(
    title: (&'static str, &'static str),
    (width, kind): (u16, Kind),
    value: fn(&Row, Lang) -> Value,
) -> Column<Row> {
    Column { title, width, kind, value }
}

const SHORT: Kind = Kind::Short;
const TEXT: Kind = Kind::Text;

fn summary_columns() -> Vec<Column<Row>> {
    vec![
        column(("类别", "kind"), (150, SHORT), |row, lang| value(row, 0, lang)),
        column(("项目", "what"), (330, TEXT), |row, lang| value(row, 1, lang)),
        column(("单位数", "organizations"), (110, SHORT), |row, lang| value(row, 2, lang)),
        column(("说明", "remarks"), (420, TEXT), |row, lang| value(row, 3, lang)),
    ]
}

fn summary(diff: &ReportDiff) -> Vec<Row> {
    let counts = overall::counts(diff);
    let kind = |list: &Listing| list.title.clone();
    let mut rows: Vec<Row> = counts
        .into_iter()
        .map(|text| vec![Text::new("数量", "counts"), text, Text::default(), Text::default()])
        .collect();
    if let Some(list) = overall::why(diff) {
        let title = kind(&list);
        rows.extend(list.rows.into_iter().filter_map(|row| {
            let [organizations, targets, cause] = <[Text; 3]>::try_from(row).ok()?;
            let targets =
                Text::new(format!("评价要求{}项", targets.zh), format!("{} requirements", targets.en));
            Some(vec![title.clone(), cause, organizations, targets])
        }));
    }
    if let Some(list) = overall::items(diff) {
        let title = kind(&list);
        rows.extend(list.rows.into_iter().filter_map(|row| {
            let [id, organizations, mean, name] = <[Text; 4]>::try_from(row).ok()?;
            let item = Text::new(format!("{} {}", id.zh, name.zh), format!("{} {}", id.en, name.en));
            let mean = Text::new(format!("平均增减 {}", mean.zh), format!("mean change {}", mean.en));
            Some(vec![title.clone(), item, organizations, mean])
        }));
    }
    rows
}

fn organization_columns() -> Vec<Column<Row>> {
    vec![
        column(("单位", "organization"), (240, TEXT), |row, lang| value(row, 0, lang)),
        column(("变化", "change"), (90, SHORT), |row, lang| value(row, 1, lang)),
        column(("原得分", "old"), (90, SHORT), |row, lang| value(row, 2, lang)),
        column(("现得分", "new"), (90, SHORT), |row, lang| value(row, 3, lang)),
        column(("结论", "verdict"), (140, SHORT), |row, lang| value(row, 4, lang)),
        column(("原因", "why"), (360, TEXT), |row, lang| value(row, 5, lang)),
    ]
}

/// The rows of each organization, its name and id before them.
fn of_each(diff: &ReportDiff, rows: fn(&OrganizationDiff, &ReportDiff) -> Vec<Row>) -> Vec<Row> {
    let of = |one: &OrganizationDiff| {
        let who = [same(overall::named(&one.name, &one.id, &one.new_path)), same(&one.id)];
        let named = move |row: Row| who.iter().cloned().chain(row).collect::<Row>();
        rows(one, diff).into_iter().map(named).collect::<Vec<_>>()
    };
    diff.organizations.iter().flat_map(of).collect()
}

fn outcome_columns() -> Vec<Column<Row>> {
    vec![
        column(("单位", "organization"), (140, TEXT), |row, lang| value(row, 0, lang)),
        column(("编号", "code"), (90, SHORT), |row, lang| value(row, 1, lang)),
        column(("评价内容", "what"), (110, SHORT), |row, lang| value(row, 2, lang)),
        column(("原", "old"), (170, TEXT), |row, lang| value(row, 3, lang)),
        column(("现", "new"), (170, TEXT), |row, lang| value(row, 4, lang)),
        column(("原因", "why"), (120, TEXT), |row, lang| value(row, 5, lang)),
        column(("内容", "title"), (210, TEXT), |row, lang| value(row, 6, lang)),
    ]
}

/// What differs in the whole, in points and outcomes, and in rulings.
fn outcomes(one: &OrganizationDiff, diff: &ReportDiff) -> Vec<Row> {
    let mut rows: Vec<Row> = details::facts(one).map(rows_of_facts).unwrap_or_default();
    rows.extend(details::points(one, &diff.titles).map(self::rows).unwrap_or_default());
    let ruling = |row: Row| {
        let [target, by, was, now] = <[Text; 4]>::try_from(row).ok()?;
        let by = Text::new(format!("{}的裁定", by.zh), format!("ruling of {}", by.en));
        Some(vec![target, was, now, Text::default(), by])
    };
    rows.extend(details::rulings(one).map(self::rows).unwrap_or_default().into_iter().filter_map(ruling));
    rows
}

fn rows_of_facts(list: Listing) -> Vec<Row> {
    let fact = |mut row: Row| {
        row.extend([Text::default(), Text::default()]);
        row
    };
    list.rows.into_iter().map(fact).collect()
}

fn finding_columns() -> Vec<Column<Row>> {
    vec![
        column(("单位", "organization"), (140, TEXT), |row, lang| value(row, 0, lang)),
        column(("编号", "code"), (90, SHORT), |row, lang| value(row, 1, lang)),
        column(("变化", "change"), (60, SHORT), |row, lang| value(row, 2, lang)),
        column(("程度", "severity"), (90, SHORT), |row, lang| value(row, 3, lang)),
        column(("规则", "rule"), (120, SHORT), |row, lang| value(row, 4, lang)),
        column(("处数", "places"), (70, SHORT), |row, lang| value(row, 5, lang)),
        column(("问题", "finding"), (440, TEXT), |row, lang| value(row, 6, lang)),
    ]
}

fn findings(one: &OrganizationDiff, _: &ReportDiff) -> Vec<Row> {
    details::findings(one).map(rows).unwrap_or_default()
}

fn setting_columns() -> Vec<Column<Row>> {
    vec![
        column(("类别", "kind"), (150, SHORT), |row, lang| value(row, 0, lang)),
        column(("项目", "what"), (240, TEXT), |row, lang| value(row, 1, lang)),
        column(("原", "old"), (210, TEXT), |row, lang| value(row, 2, lang)),
        column(("现", "new"), (210, TEXT), |row, lang| value(row, 3, lang)),
        column(("报告或说明", "reports or remarks"), (200, TEXT), |row, lang| value(row, 4, lang)),
    ]
}

/// What the runs were made with, how things were matched, and what was not read.
fn settings(diff: &ReportDiff) -> Vec<Row> {
    let mut all = Vec::new();
    if let Some(Listing { title, rows, .. }) = overall::settings(diff) {
        all.extend(rows.into_iter().map(|row| std::iter::once(title.clone()).chain(row).collect::<Row>()));
    }
    if let Some(Listing { title, rows, .. }) = overall::matching(diff) {
        all.extend(rows.into_iter().filter_map(|row| {
            let [what, done] = <[Text; 2]>::try_from(row).ok()?;
            Some(vec![title.clone(), what, Text::default(), Text::default(), done])
        }));
    }
    if let Some(Listing { title, rows, .. }) = overall::unread(diff) {
        all.extend(rows.into_iter().filter_map(|row| {
            let [what, change, why] = <[Text; 3]>::try_from(row).ok()?;
            Some(vec![title.clone(), what, Text::default(), change, why])
        }));
    }
    all
}
