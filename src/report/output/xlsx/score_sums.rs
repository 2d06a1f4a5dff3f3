//! The end of the score sheet: sums, verdict, what it was made from, lines to sign on.

use std::io;

use rust_decimal::Decimal;

use super::score_head::{ASKS, DEDUCT, OWN, POINTS, TABLE};
use super::score_sheet::Body;
use crate::model::report::{Organization, Score, ScoreTable, Verdict};
use crate::model::text::Lang;
use crate::report::words::{self, pick};
use crate::report::workbook::{At, Stamp, formula_name};

/// The sums of a table, and the row they stand in.
pub(super) struct Sum {
    id: String,
    row: u32,
    points: u32,
    own: Option<Decimal>,
    low: u32,
    high: u32,
}

/// The formula of a sum.
pub(super) fn sum_of(first: At, last: At) -> String {
    format!("=SUM({}:{})", formula_name(first), formula_name(last))
}

impl Sum {
    /// Of a table, in this row.
    pub(super) fn of(table: &ScoreTable, row: u32, beyond: u32) -> Self {
        let own = table.items.iter().filter_map(|item| item.self_score.as_ref()?.parse::<Decimal>().ok());
        Self {
            id: table.id.clone(),
            row,
            points: table.items.iter().fold(beyond, |sum, item| sum.saturating_add(item.points)),
            own: own.reduce(Decimal::saturating_add),
            low: table.low,
            high: table.high,
        }
    }

    /// Of these, in this row.
    fn total(sums: &[Self], row: u32) -> Self {
        let add = |of: fn(&Self) -> u32| sums.iter().fold(0_u32, |sum, one| sum.saturating_add(of(one)));
        Self {
            id: String::new(),
            row,
            points: add(|one| one.points),
            own: sums.iter().filter_map(|one| one.own).reduce(Decimal::saturating_add),
            low: add(|one| one.low),
            high: add(|one| one.high),
        }
    }

    /// Writes it, by the formula of each column.
    pub(super) fn write(&self, body: &mut Body<'_>, formula: impl Fn(u16) -> String) -> io::Result<()> {
        let (row, format) = (self.row, &body.styles.sum);
        let mut each = vec![(POINTS, Some(self.points.to_string()))];
        each.push((OWN, self.own.map(|own| own.normalize().to_string())));
        let team = [self.low, self.high].map(|points| Some(points.to_string()));
        each.extend(body.layout.team().into_iter().zip(team));
        for (column, result) in each {
            match result {
                Some(result) => body.sheet.formula((row, column), &formula(column), &result, format)?,
                None => body.sheet.text((row, column), "", format)?,
            }
        }
        Ok(())
    }
}

/// Writes the end of the sheet.
pub(super) fn write(body: &mut Body<'_>, one: &Organization, stamp: &Stamp) -> io::Result<()> {
    totals(body)?;
    let mut lines = vec![verdict(one, stamp.lang)];
    lines.extend(eligibility(one, stamp.lang));
    lines.extend(one.base.as_ref().map(|base| {
        let title =
            if base.title.get(stamp.lang).is_empty() { &base.pack } else { base.title.get(stamp.lang) };
        format!("{title}{}{}", pick(stamp.lang, "：", ": "), judged(&base.score, base.verdict, stamp.lang))
    }));
    lines.extend(one.remarks().map(|note| note.get(stamp.lang).to_owned()));
    for line in &lines {
        text(body, line, false)?;
    }
    for line in provenance(one, stamp) {
        text(body, &line, true)?;
    }
    signatures(body)
}

/// The sums of all tables and the sum of these.
fn totals(body: &mut Body<'_>) -> io::Result<()> {
    let sums = std::mem::take(&mut body.sums);
    let rows = u32::try_from(sums.len()).unwrap_or(u32::MAX).saturating_add(2);
    let block = body.block(f64::from(rows) * ROW);
    body.pages.take(&block);
    let lang = body.lang();
    group(body, pick(lang, "汇总", "all tables"))?;
    let first = body.row;
    for sum in &sums {
        let text = match lang {
            Lang::Zh => format!("表{}  {}", sum.id, body.title(&sum.id)),
            Lang::En => format!("{}  {}", sum.id, body.title(&sum.id)),
        };
        let own = Sum { row: body.row, id: String::new(), ..*sum };
        line(body, &text, &own, |column| format!("={}", formula_name((sum.row, column))))?;
    }
    let (last, total) = (body.row.saturating_sub(1), Sum::total(&sums, body.row));
    let of_all = |column| sum_of((first, column), (last, column));
    line(body, pick(lang, "总分", "total"), &total, of_all)
}

/// Points of a row of sums.
const ROW: f64 = 20.0;

fn group(body: &mut Body<'_>, text: &str) -> io::Result<()> {
    let (row, last, styles) = (body.row, body.layout.evidence, body.styles);
    body.sheet.height(row, ROW)?;
    body.sheet.merged((row, TABLE), (row, last), text, &styles.head)?;
    body.row = row.saturating_add(1);
    Ok(())
}

fn line(body: &mut Body<'_>, text: &str, sum: &Sum, formula: impl Fn(u16) -> String) -> io::Result<()> {
    let (row, styles, layout) = (body.row, body.styles, body.layout);
    body.sheet.height(row, ROW)?;
    body.sheet.merged((row, TABLE), (row, ASKS), text, &styles.sum)?;
    body.sheet.text((row, DEDUCT), "", &styles.sum)?;
    sum.write(body, formula)?;
    body.sheet.merged((row, layout.reason), (row, layout.evidence), "", &styles.sum)?;
    body.row = row.saturating_add(1);
    Ok(())
}

/// A line of text over all columns.
fn text(body: &mut Body<'_>, text: &str, small: bool) -> io::Result<()> {
    let format = if small { &body.styles.note } else { &body.styles.line };
    let block = body.block(ROW);
    body.pages.take(&block);
    body.row = body.sheet.line(body.row, text, format)?;
    Ok(())
}

fn judged(score: &Score, verdict: Verdict, lang: Lang) -> String {
    let (range, word) = (words::range(score.low, score.high, lang), words::verdict(verdict, lang));
    match lang {
        Lang::Zh => format!("{word}（得分{range}，满分{}，{}分合格）", score.full, score.pass),
        Lang::En => format!("{word} ({range} of {} points, {} to pass)", score.full, score.pass),
    }
}

fn verdict(one: &Organization, lang: Lang) -> String {
    let judged = judged(&one.score, one.verdict, lang);
    let open = one.score.low != one.score.high;
    match lang {
        Lang::Zh if open => {
            format!("评估结论：{judged}。尚有评价要求待定：最低分按其全部不符合、最高分按其全部符合计算。")
        }
        Lang::Zh => format!("评估结论：{judged}。"),
        Lang::En if open => format!(
            "Verdict: {judged}. Requirements are unknown yet: low as if none of them were met, high as if all were."
        ),
        Lang::En => format!("Verdict: {judged}."),
    }
}

/// Whether it may apply, and what stands against it.
fn eligibility(one: &Organization, lang: Lang) -> Option<String> {
    let found = &one.eligibility;
    (!found.conditions.is_empty()).then(|| {
        let against = found
            .conditions
            .iter()
            .filter(|condition| condition.status != crate::model::outcome::Outcome::Met);
        let each = against.map(|condition| {
            format!("{} {}", words::clause(&condition.clause, lang), condition.reason.get(lang))
        });
        let list = each.collect::<Vec<_>>().join(pick(lang, "；", "; "));
        let status = words::eligibility(found.status, lang);
        let list = if list.is_empty() { list } else { format!("{}{list}", pick(lang, "：", ": ")) };
        match lang {
            Lang::Zh => format!("申请条件（不计入得分）：{status}{list}"),
            Lang::En => format!("Conditions of application (apart from the score): {status}{list}"),
        }
    })
}

/// What it was made from and by.
fn provenance(one: &Organization, stamp: &Stamp) -> Vec<String> {
    let (digest, path) = (&one.submission.sha256, &one.submission.path);
    match stamp.lang {
        Lang::Zh => vec![
            format!("规则包：{}", stamp.packs),
            format!("申报材料：{path}（SHA-256 {digest}）"),
            format!("口径：{}", stamp.policies),
            format!("判定日期：{}；程序：{}", stamp.as_of, stamp.tool),
        ],
        Lang::En => vec![
            format!("Packs: {}", stamp.packs),
            format!("Submission: {path} (SHA-256 {digest})"),
            format!("Readings: {}", stamp.policies),
            format!("As of {}, by {}", stamp.as_of, stamp.tool),
        ],
    }
}

/// Points of a line to sign on.
const SIGNED: f64 = 34.0;

/// Lines to sign on: left and right.
const SIGNATURES: [[(&str, &str); 2]; 2] = [
    [
        ("评估人员（签名）：", "Assessors (signatures):"),
        ("评估组组长（签名）：", "Head of the team (signature):"),
    ],
    [
        ("被评估单位代表（签名、盖章）：", "For the organization (signature, seal):"),
        ("日期：          年      月      日", "Date:"),
    ],
];

fn signatures(body: &mut Body<'_>) -> io::Result<()> {
    let block = body.block(SIGNED * 2.0 + ROW);
    body.pages.take(&block);
    let (lang, styles, last) = (body.lang(), body.styles, body.layout.evidence);
    for [left, right] in SIGNATURES {
        body.sheet.height(body.row, SIGNED)?;
        body.sheet.merged((body.row, TABLE), (body.row, OWN), pick(lang, left.0, left.1), &styles.line)?;
        body.sheet.merged(
            (body.row, OWN + 1),
            (body.row, last),
            pick(lang, right.0, right.1),
            &styles.line,
        )?;
        body.row = body.row.saturating_add(1);
    }
    Ok(())
}
