//! The tests of rules on a terminal: how many passed of each rule, and where a test failed what differs.

use super::fault;
use super::page::Page;
use super::paint::Ink;
use super::table::{Align, Cell, Table, cell};
use super::words;
use crate::model::outcome::Outcome;
use crate::model::test_result::{Compared, FailedTest, RuleResult};
use crate::model::text::Lang;

/// Most cells that are named.
const CELLS: usize = 6;

/// The counts of all rules, then each test that failed.
pub fn terminal(results: &[RuleResult], lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    if !results.is_empty() {
        page.table(&counts(results, lang));
    }
    for result in results {
        for failed in &result.failed {
            page.blank();
            failure(&mut page, result, failed);
        }
    }
    page.finish()
}

fn counts(results: &[RuleResult], lang: Lang) -> Table {
    let pick = |zh, en| words::pick(lang, zh, en);
    let head =
        [pick("规则", "rule"), pick("通过", "passed"), pick("失败", "failed"), pick("测试文件", "tests")];
    let row = |result: &RuleResult| {
        let failed = result.failed.len();
        let none = result.passed == 0 && failed == 0;
        let file = if none { pick("没有测试", "no tests") } else { &result.file };
        let ink = if failed > 0 { Ink::Red } else { Ink::Plain };
        vec![
            cell(&result.rule, ink),
            cell(result.passed.to_string(), Ink::Plain),
            cell(failed.to_string(), ink),
            cell(file, if none { Ink::Yellow } else { Ink::Dim }),
        ]
    };
    let head: Vec<Cell> = head.iter().map(|word| cell(word, Ink::Bold)).collect();
    Table {
        aligns: vec![Align::Left, Align::Right, Align::Right],
        rows: std::iter::once(head).chain(results.iter().map(row)).collect(),
        head: true,
        ..Table::default()
    }
}

fn failure(page: &mut Page, result: &RuleResult, failed: &FailedTest) {
    let name = format!("{} {}  {}", page.pick("× 失败", "× FAILED"), result.rule, failed.name);
    page.paragraph(0, &name, Ink::Red);
    let line = failed.line.map(|line| match page.lang {
        Lang::Zh => format!(" 第{line}行"),
        Lang::En => format!(" line {line}"),
    });
    page.paragraph(2, &format!("{}{}", result.file, line.unwrap_or_default()), Ink::Dim);
    if !failed.text.is_empty() {
        page.paragraph(2, &format!("{} | {}", failed.line.unwrap_or(1), failed.text.trim()), Ink::Plain);
    }
    match &failed.fault {
        Some(fault) => {
            page.blank();
            page.raw(fault::render(std::slice::from_ref(fault), page.lang, page.color).trim_end());
        }
        None => {
            page.blank();
            page.table(&differences(&failed.compared, page.lang));
        }
    }
}

fn differences(compared: &[Compared], lang: Lang) -> Table {
    let pick = |zh, en| words::pick(lang, zh, en);
    let head = [
        "",
        pick("字母", "letter"),
        pick("预期", "expected"),
        pick("实得", "got"),
        pick("单元格", "cells"),
        pick("规则说的理由", "reason the rule gave"),
    ];
    let head: Vec<Cell> = head.iter().map(|word| cell(word, Ink::Bold)).collect();
    let row = |one: &Compared| {
        let ink = if one.same { Ink::Dim } else { Ink::Plain };
        let (want, got) = if one.same { (Ink::Dim, Ink::Dim) } else { (Ink::Green, Ink::Red) };
        let letter = if one.letter.is_empty() { pick("整条", "(whole)") } else { &one.letter };
        vec![
            cell(if one.same { "√" } else { "×" }, got),
            cell(letter, ink),
            cell(outcome(&one.want, lang), want),
            cell(
                one.got
                    .as_ref()
                    .map_or_else(|| pick("没有结论", "nothing").to_owned(), |got| outcome(got, lang)),
                got,
            ),
            cell(cells(one, lang), ink),
            cell(one.reason.get(lang), ink),
        ]
    };
    Table {
        aligns: vec![Align::Left; 5],
        rows: std::iter::once(head).chain(compared.iter().map(row)).collect(),
        indent: 2,
        head: true,
        ..Table::default()
    }
}

/// The word tests use, and in Chinese what it means.
fn outcome(word: &str, lang: Lang) -> String {
    let known = [Outcome::Met, Outcome::Unmet, Outcome::Absent, Outcome::Unknown, Outcome::NotApplicable];
    let named = known.into_iter().find(|one| words::outcome(*one, Lang::En).replace(' ', "-") == word);
    match (named, lang) {
        (Some(named), Lang::Zh) => format!("{} {word}", words::outcome(named, lang)),
        _ => word.to_owned(),
    }
}

fn cells(one: &Compared, lang: Lang) -> String {
    let got = some(&one.got_cells, lang);
    match &one.want_cells {
        Some(want) if *want != one.got_cells => {
            let want = some(want, lang);
            match lang {
                Lang::Zh => format!("应为 {want}，实为 {got}"),
                Lang::En => format!("want {want}, got {got}"),
            }
        }
        None if one.got_cells.is_empty() => String::new(),
        _ => got,
    }
}

/// The first cells, and how many there are.
fn some(cells: &str, lang: Lang) -> String {
    let all: Vec<&str> = cells.split_whitespace().collect();
    let shown: Vec<&str> = all.iter().take(CELLS).copied().collect();
    match (all.len(), lang) {
        (0, _) => words::pick(lang, "无", "none").to_owned(),
        (count, _) if count <= CELLS => shown.join(" "),
        (count, Lang::Zh) => format!("{} 等 {count} 格", shown.join(" ")),
        (count, Lang::En) => format!("{} … ({count})", shown.join(" ")),
    }
}
