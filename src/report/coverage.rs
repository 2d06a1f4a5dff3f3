//! What tests reach and what they do not, on a terminal and for programs.

use super::page::Page;
use super::paint::Ink;
use super::table::{Align, Cell, Table, cell};
use super::words;
use crate::model::coverage::{Coverage, Gap, GapKind, Share};
use crate::model::text::Lang;

/// The shares, then everything that is not reached, by file.
pub fn terminal(coverage: &Coverage, lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    page.paragraph(0, words::pick(lang, "测试覆盖", "Covered by the tests"), Ink::Bold);
    page.table(&shares(coverage, lang));
    let mut file = None;
    for gap in &coverage.gaps {
        if file != Some(&gap.file) {
            page.blank();
            page.paragraph(0, &gap.file, Ink::Bold);
            file = Some(&gap.file);
        }
        one(&mut page, gap);
    }
    for file in &coverage.unmeasured {
        let label = words::pick(lang, "不能统计分支：", "its branches cannot be counted: ");
        page.paragraph(0, &format!("{label}{file}"), Ink::Yellow);
    }
    page.finish()
}

/// The coverage as JSON.
///
/// # Errors
///
/// The serializer's, which for these types cannot happen.
pub fn json(coverage: &Coverage) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(coverage).map(|text| text + "\n")
}

fn shares(coverage: &Coverage, lang: Lang) -> Table {
    let pick = |zh, en| words::pick(lang, zh, en);
    let row = |name: &str, share: Share, what: &str| -> Vec<Cell> {
        let ink = if share.reached == share.all { Ink::Green } else { Ink::Yellow };
        let percent = if share.all == 0 { String::new() } else { words::percent(share.reached, share.all) };
        let count = format!("{}/{}", share.reached, share.all);
        vec![cell(name, Ink::Plain), cell(count, ink), cell(percent, ink), cell(what, Ink::Dim)]
    };
    Table {
        aligns: vec![Align::Left, Align::Right, Align::Right],
        rows: vec![
            row(
                pick("评价要求", "requirements"),
                coverage.requirements,
                pick("符合与不符合都有测试", "tested both met and not met"),
            ),
            row(
                pick("分支", "branches"),
                coverage.branches,
                pick("if、switch 的每一支都走到", "every way of an if or switch taken"),
            ),
            row(
                pick("条件", "closures"),
                coverage.closures,
                pick("|r| … 被调用，是与否都出现过", "|r| … called, and true as well as false"),
            ),
        ],
        indent: 2,
        ..Table::default()
    }
}

fn one(page: &mut Page, gap: &Gap) {
    let what = kind(gap.kind, page.lang);
    let text = match (gap.line, page.lang) {
        (Some(line), Lang::Zh) => format!("第{line}行  {what}"),
        (Some(line), Lang::En) => format!("line {line}  {what}"),
        (None, _) if gap.text.is_empty() => what.to_owned(),
        (None, _) => format!("{}  {what}", gap.text),
    };
    page.paragraph(2, &text, Ink::Yellow);
    if gap.line.is_some() {
        page.paragraph(6, &gap.text, Ink::Dim);
    }
}

const fn kind(kind: GapKind, lang: Lang) -> &'static str {
    match kind {
        GapKind::NeverMet => words::pick(lang, "没有测试它符合的情形", "no test expects it to be met"),
        GapKind::NeverFailed => {
            words::pick(lang, "没有测试它不符合的情形", "no test expects it not to be met")
        }
        GapKind::OneValue => words::pick(lang, "只测试了一个数值", "tested with one value only"),
        GapKind::NeverHeld => {
            words::pick(lang, "这个 if 的条件从未成立", "the condition of this if never held")
        }
        GapKind::AlwaysHeld => {
            words::pick(lang, "这个 if 的条件总是成立", "the condition of this if always held")
        }
        GapKind::ArmNotTaken => {
            words::pick(lang, "switch 的这一支从未走到", "this way of the switch was never taken")
        }
        GapKind::NotCalled => words::pick(lang, "这个条件从未用到", "this closure was never called"),
        GapKind::NeverTrue => words::pick(lang, "这个条件从未为是", "this closure was never true"),
        GapKind::NeverFalse => words::pick(lang, "这个条件从未为否", "this closure was never false"),
    }
}
