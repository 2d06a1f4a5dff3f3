//! Where points are lost or open, requirement by requirement, and which structural clauses are not met.

use crate::model::bands;
use crate::model::catalog::Catalog;
use crate::model::outcome::Outcome;
use crate::model::report::{Decider, Organization, RequirementLine, ScoreItem};
use crate::model::text::{Lang, Text};
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

use super::score::outcome_ink;
/// Columns before the requirements of an item.
const INDENT: usize = 4;

/// Each item that has not all its points, with the requirements that cost them.
pub(super) fn items(page: &mut Page, organization: &Organization, catalog: &Catalog) {
    let short = |item: &&ScoreItem| item.low < item.points;
    let items = organization.tables.iter().flat_map(|table| &table.items).filter(short);
    let mut rows = Vec::new();
    for item in items {
        rows.push(vec![cell(item_line(page, item, catalog), Ink::Bold)]);
        rows.extend(item_rows(page, item, catalog));
    }
    if !rows.is_empty() {
        page.heading(
            page.pick("失分与待定（-2? 表示待定，至多失 2 分）", "Points lost or open (-2? may lose 2)"),
        );
        let aligns = vec![Align::Left, Align::Left, Align::Left];
        page.table(&Table { aligns, rows, indent: INDENT, ..Table::default() });
    }
}

fn item_line(page: &Page, item: &ScoreItem, catalog: &Catalog) -> String {
    let title = catalog.title(&item.id).map_or("", |title| page.get(title));
    let range = words::range(item.low, item.high, page.lang);
    match page.lang {
        Lang::Zh => format!("{}  {title}  {range} 分，满分 {}", item.id, item.points),
        Lang::En => format!("{}  {title}  {range} of {}", item.id, item.points),
    }
}

fn item_rows(page: &Page, item: &ScoreItem, catalog: &Catalog) -> Vec<Vec<Cell>> {
    if item.wholly_absent() {
        let clause = words::clause(&catalog.owed, page.lang);
        let cited = |before: &str, after: &str| {
            if clause.is_empty() { String::new() } else { format!("{before}{clause}{after}") }
        };
        let why = Text::new(
            format!("整项缺失，不得分{}", cited("（", "）")),
            format!("Nothing there: no points{}", cited(" (", ")")),
        );
        return vec![row(page, &item.id, Outcome::Absent, format!("-{}", item.points), page.get(&why))];
    }
    let costly = |line: &&RequirementLine| !matches!(line.outcome, Outcome::Met | Outcome::NotApplicable);
    let lines = item.requirements.iter().filter(costly).map(|line| requirement(page, line, catalog));
    award(page, item, catalog).into_iter().chain(lines).collect()
}

fn award(page: &Page, item: &ScoreItem, catalog: &Catalog) -> Option<Vec<Cell>> {
    let award = item.award.as_ref()?;
    let reason = with_value(page, page.get(&award.reason), (catalog, &item.id, award.value.as_deref()));
    let lost = words::loss(
        item.points - item.high.min(item.points),
        item.points - item.low.min(item.points),
        page.lang,
    );
    Some(row(page, &item.id, award.outcome, lost, &with_source(page, reason, award.source, None)))
}

fn requirement(page: &Page, line: &RequirementLine, catalog: &Catalog) -> Vec<Cell> {
    let reason = page.get(&line.reason);
    let own = catalog.title(&line.id).map_or("", |title| page.get(title));
    let mut reason = with_value(
        page,
        if reason.is_empty() { own } else { reason },
        (catalog, &line.id, line.value.as_deref()),
    );
    if line.superseded {
        let by = catalog.requirement(&line.id).and_then(|found| found.superseded_by.as_deref()).unwrap_or("");
        let text = Text::new(format!("（已按 {by} 扣分，不重复扣）"), format!(" (counted in {by})"));
        reason.push_str(page.get(&text));
    }
    let reason = with_source(page, reason, line.source, line.overturned);
    row(page, &line.id, line.outcome, words::loss(line.lost_high, line.lost_low, page.lang), &reason)
}

fn row(page: &Page, id: &str, outcome: Outcome, lost: String, reason: &str) -> Vec<Cell> {
    let ink = outcome_ink(outcome);
    let lost_ink = if lost == "0" { Ink::Dim } else { ink };
    vec![
        cell(id, Ink::Plain),
        cell(words::outcome(outcome, page.lang), ink),
        cell(lost, lost_ink),
        cell(reason, Ink::Plain),
    ]
}

fn with_value(page: &Page, reason: &str, (catalog, id, value): (&Catalog, &str, Option<&str>)) -> String {
    let Some(value) = value else { return reason.to_owned() };
    let value = bands::measured(catalog, id, value);
    let text =
        Text::new(format!("{reason}（实测：{}）", value.zh), format!("{reason} (measured: {})", value.en));
    page.get(&text).to_owned()
}

/// Says when a person decided, and what the rule had found.
fn with_source(page: &Page, reason: String, source: Decider, overturned: Option<Outcome>) -> String {
    if source == Decider::Rule {
        return reason;
    }
    let word = words::decider(source, page.lang);
    match overturned {
        None => format!("[{word}] {reason}"),
        Some(found) => {
            let found = words::outcome(found, page.lang);
            format!(
                "[{word}] {reason}{}{found}{}",
                page.pick("（规则原判：", " (the rule found: "),
                page.pick("）", ")")
            )
        }
    }
}

/// Counts of the structural clauses, and those not met.
pub(super) fn structure(page: &mut Page, organization: &Organization) {
    let clauses = &organization.structure;
    if clauses.is_empty() {
        return;
    }
    let counts = counts(page, organization);
    page.heading(&format!("{}{counts}", page.pick("结构要求：", "Structure: ")));
    let unmet = clauses.iter().filter(|clause| matches!(clause.outcome, Outcome::Unmet | Outcome::Absent));
    let rows = unmet.map(|clause| {
        vec![
            cell(words::clause(&clause.clause, page.lang), Ink::Plain),
            cell(words::outcome(clause.outcome, page.lang), outcome_ink(clause.outcome)),
            cell(page.get(&clause.reason), Ink::Plain),
        ]
    });
    let rows = rows.collect();
    page.table(&Table { aligns: vec![Align::Left, Align::Left], rows, indent: 2, ..Table::default() });
}

fn counts(page: &Page, organization: &Organization) -> String {
    let all = [Outcome::Met, Outcome::Unmet, Outcome::Absent, Outcome::Unknown, Outcome::NotApplicable];
    let counted = all.iter().filter_map(|outcome| {
        let count = organization.structure.iter().filter(|clause| clause.outcome == *outcome).count();
        (count > 0).then(|| format!("{} {count}", words::outcome(*outcome, page.lang)))
    });
    counted.collect::<Vec<_>>().join(page.pick("，", ", "))
}
