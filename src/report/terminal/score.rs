//! Heading, score table, verdict, eligibility, notes, and what decides an open verdict.

use crate::model::assurance::Assurance;
use crate::model::catalog::Catalog;
use crate::model::outcome::Outcome;
use crate::model::report::{EligibilityStatus, Organization, Score, ScoreTable, Verdict};
use crate::model::text::Lang;
use crate::model::text::Text;
use crate::report::attachment;
use crate::report::page::Page;
use crate::report::paint::{Ink, LOST, OPEN, SURE};
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// Characters of a score bar: with English titles the table just fits into 80 columns.
const BAR: usize = 18;
/// Unknown requirements listed; the rest are counted.
const DECIDING: usize = 10;

/// Everything about the score of one organization; of what decides it no more than usual unless `top` is 0.
pub(super) fn write(page: &mut Page, organization: &Organization, catalog: &Catalog, top: usize) {
    scores(page, organization, catalog);
    verdict(page, organization);
    conditions(page, organization);
    base(page, organization);
    notes(page, organization);
    deciding(page, organization, catalog, if top == 0 { usize::MAX } else { DECIDING });
}

/// The ink of a verdict.
pub(in crate::report) const fn verdict_ink(verdict: Verdict) -> Ink {
    match verdict {
        Verdict::Qualified => Ink::Green,
        Verdict::Unqualified => Ink::Red,
        Verdict::Open => Ink::Yellow,
    }
}

/// The ink of an outcome.
pub(super) const fn outcome_ink(outcome: Outcome) -> Ink {
    match outcome {
        Outcome::Met => Ink::Green,
        Outcome::Unmet | Outcome::Absent => Ink::Red,
        Outcome::Unknown => Ink::Yellow,
        Outcome::NotApplicable => Ink::Dim,
    }
}

/// Whose assessment it is.
pub(super) fn heading(page: &mut Page, organization: &Organization) {
    let mut parts =
        vec![organization.name.as_str(), &organization.id, words::level(&organization.level, page.lang)];
    parts.retain(|part| !part.is_empty());
    page.paragraph(0, &parts.join("  "), Ink::Bold);
    let path = format!("{}{}", page.pick("申报材料：", "Submission: "), organization.submission.path);
    page.paragraph(0, &path, Ink::Dim);
    page.blank();
}

fn scores(page: &mut Page, organization: &Organization, catalog: &Catalog) {
    let heads = [("表", "Table"), ("项目", "Title"), ("满分", "Full"), ("得分", "Score")];
    let mut head: Vec<_> = heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect();
    head.push(cell(page.pick("#得分 ?待定 .失分", "# sure ? open . lost"), Ink::Dim));
    let mut table = Table { head: true, foot: true, rows: vec![head], ..Table::default() };
    table.aligns = vec![Align::Left, Align::Left, Align::Right, Align::Right];
    table.rows.extend(organization.tables.iter().map(|line| score_row(page, line, catalog)));
    let score = &organization.score;
    table.rows.push(vec![
        cell(page.pick("合计", "Total"), Ink::Bold),
        cell("", Ink::Plain),
        cell(score.full.to_string(), Ink::Bold),
        cell(words::range(score.low, score.high, page.lang), Ink::Bold),
        cell(bar(score.low, score.high, score.full), Ink::Bar),
    ]);
    page.table(&table);
    page.blank();
}

fn score_row(page: &Page, line: &ScoreTable, catalog: &Catalog) -> Vec<Cell> {
    vec![
        cell(&line.id, Ink::Plain),
        cell(catalog.title(&line.id).map_or("", |title| page.get(title)), Ink::Plain),
        cell(line.declared.to_string(), Ink::Plain),
        cell(words::range(line.low, line.high, page.lang), Ink::Plain),
        cell(bar(line.low, line.high, line.declared), Ink::Bar),
    ]
}

/// What is open or lost shows, however little it is.
pub(super) fn bar(low: u32, high: u32, full: u32) -> String {
    let scale = |points: u32| points as usize * BAR / (full.max(1) as usize);
    let sure = scale(low.min(full));
    let most = if high >= full { BAR } else { scale(high).clamp(sure, BAR - 1) };
    let most = if low < high { most.max((sure + 1).min(BAR)) } else { most };
    let run = |sign: char, count: usize| sign.to_string().repeat(count);
    format!("[{}{}{}]", run(SURE, sure), run(OPEN, most - sure), run(LOST, BAR - most))
}

/// What the sure points rest on; nothing where there are none.
fn assurance(page: &Page, score: &Score) -> Option<Vec<Cell>> {
    let stated: Vec<_> = Assurance::ALL
        .into_iter()
        .map(|how| (score.by_assurance.of(how), words::assurance(how, page.lang)))
        .filter(|(points, _)| *points > 0)
        .map(|(points, how)| match page.lang {
            Lang::Zh => format!("{how} {points} 分"),
            Lang::En => format!("{points} {how}"),
        })
        .collect();
    let text = stated.join(page.pick("，", ", "));
    (!stated.is_empty()).then(|| vec![cell(page.pick("依据", "Grounds"), Ink::Plain), cell(text, Ink::Plain)])
}

/// Total, what it was before rulings, verdict and eligibility, their texts under each other.
fn verdict(page: &mut Page, organization: &Organization) {
    let (score, lang) = (&organization.score, page.lang);
    let range = words::range(score.low, score.high, lang);
    let points = match lang {
        Lang::Zh => format!("{range} 分（满分 {}，合格线 {}）", score.full, score.pass),
        Lang::En => format!("{range} points (full mark {}, pass mark {})", score.full, score.pass),
    };
    let mut rows = vec![vec![cell(page.pick("总分", "Score"), Ink::Plain), cell(points, Ink::Bold)]];
    let before = &score.before_rulings;
    if (before.low, before.high) != (score.low, score.high) {
        let before = words::range(before.low, before.high, lang) + page.pick(" 分", " points");
        rows.push(vec![cell(page.pick("裁定前", "Before rulings"), Ink::Plain), cell(before, Ink::Plain)]);
    }
    rows.extend(assurance(page, score));
    let files = attachment::by_evidence(organization, lang);
    rows.extend(
        files.map(|text| vec![cell(page.pick("附件", "Attachments"), Ink::Plain), cell(text, Ink::Plain)]),
    );
    rows.push(vec![cell(page.pick("结论", "Verdict"), Ink::Plain), verdict_cell(organization.verdict, lang)]);
    let asked = &organization.eligibility;
    if !asked.conditions.is_empty() || asked.status != EligibilityStatus::Eligible {
        rows.push(vec![
            cell(page.pick("申请条件", "Eligibility"), Ink::Plain),
            eligibility(page, organization),
        ]);
    }
    page.table(&Table { aligns: vec![Align::Left], rows, ..Table::default() });
}

fn verdict_cell(verdict: Verdict, lang: Lang) -> Cell {
    cell(format!("{} {}", words::sign(verdict), words::verdict(verdict, lang)), verdict_ink(verdict))
}

/// The score by the lowest pack alone, where others are laid over it.
fn base(page: &mut Page, organization: &Organization) {
    let Some(base) = &organization.base else { return };
    let (score, lang) = (&base.score, page.lang);
    let range = words::range(score.low, score.high, lang);
    let points = match lang {
        Lang::Zh => format!("{range} 分（满分 {}，合格线 {}）", score.full, score.pass),
        Lang::En => format!("{range} points (full mark {}, pass mark {})", score.full, score.pass),
    };
    let by = page.pick("仅按基础规则包", "By the lowest pack alone");
    let rows = vec![
        vec![cell(by, Ink::Plain), cell(page.get(&base.title), Ink::Plain)],
        vec![cell(page.pick("总分", "Score"), Ink::Plain), cell(points, Ink::Bold)],
        vec![cell(page.pick("结论", "Verdict"), Ink::Plain), verdict_cell(base.verdict, lang)],
    ];
    page.table(&Table { aligns: vec![Align::Left], rows, indent: 2, ..Table::default() });
}

fn eligibility(page: &Page, organization: &Organization) -> Cell {
    let status = organization.eligibility.status;
    let ink = match status {
        EligibilityStatus::Eligible => Ink::Green,
        EligibilityStatus::Ineligible => Ink::Red,
        EligibilityStatus::Open => Ink::Yellow,
    };
    let aside = page.pick("（与得分分开判断）", " (judged apart from the score)");
    cell(format!("{}{aside}", words::eligibility(status, page.lang)), ink)
}

fn conditions(page: &mut Page, organization: &Organization) {
    let rows = organization.eligibility.conditions.iter().map(|condition| {
        vec![
            cell(words::clause(&condition.clause, page.lang), Ink::Plain),
            cell(words::outcome(condition.status, page.lang), outcome_ink(condition.status)),
            cell(page.get(&condition.reason), Ink::Plain),
        ]
    });
    let rows = rows.collect();
    page.table(&Table { aligns: vec![Align::Left, Align::Left], rows, indent: 4, ..Table::default() });
}

fn notes(page: &mut Page, organization: &Organization) {
    let note = |text: Text| vec![cell("-", Ink::Plain), cell(page.get(&text), Ink::Plain)];
    let rows: Vec<_> = organization.remarks().map(note).collect();
    if rows.is_empty() {
        return;
    }
    page.heading(page.pick("说明", "Notes"));
    page.table(&Table { aligns: vec![Align::Left], rows, indent: 2, ..Table::default() });
}

/// What is open, and why.
fn finding_text(page: &Page, organization: &Organization, catalog: &Catalog, target: &str) -> String {
    let title = catalog.title(target).map_or("", |title| page.get(title));
    match organization.reason(target).map(|reason| page.get(reason)).filter(|reason| !reason.is_empty()) {
        Some(reason) => {
            format!("{title}{}{reason}{}", page.pick("（待定：", " (unknown: "), page.pick("）", ")"))
        }
        None => title.to_owned(),
    }
}

fn deciding(page: &mut Page, organization: &Organization, catalog: &Catalog, most: usize) {
    let all = &organization.deciding;
    if organization.verdict != Verdict::Open || all.is_empty() {
        return;
    }
    page.heading(
        page.pick("结论取决于以下待定项（核实后可加的分）", "What decides the verdict (points each may add)"),
    );
    let rows = all.iter().take(most).map(|one| {
        vec![
            cell(format!("+{}", one.points), Ink::Yellow),
            cell(&one.target, Ink::Plain),
            cell(finding_text(page, organization, catalog, &one.target), Ink::Plain),
        ]
    });
    let rows = rows.collect();
    page.table(&Table { aligns: vec![Align::Right, Align::Left], rows, indent: 2, ..Table::default() });
    let rest = all.iter().skip(most);
    let (count, points) = rest.fold((0, 0), |(count, points), one| (count + 1, points + one.points));
    if count > 0 {
        let text = match page.lang {
            Lang::Zh => format!("另有 {count} 项待定，共 {points} 分"),
            Lang::En => format!("and {count} more unknown, {points} points in all"),
        };
        page.paragraph(2, &text, Ink::Dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_what_is_sure_open_and_lost() {
        assert_eq!(bar(30, 45, 60), "[#########????.....]");
        assert_eq!(bar(0, 0, 60), "[..................]");
        assert_eq!(bar(60, 60, 60), "[##################]");
    }

    #[test]
    fn a_bar_hides_nothing_however_small() {
        assert_eq!(bar(499, 500, 500), "[#################?]");
        assert_eq!(bar(499, 499, 500), "[#################.]");
        assert_eq!(bar(0, 1, 500), "[?.................]");
        assert_eq!(bar(7, 9, 0).len(), BAR + 2);
    }
}
