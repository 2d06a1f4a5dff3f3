//! Findings of lints: on screen as faults are shown, and for programs.

use miette::Severity;
use serde::Serialize;

use super::fault;
use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::{Lang, Text};

/// How findings are shown.
#[derive(Clone, Copy, Debug)]
pub struct LintView {
    /// Language of the reader.
    pub lang: Lang,
    /// With colours.
    pub color: bool,
    /// With what is only good to know; counted otherwise.
    pub info: bool,
}

/// The findings one after the other, and how many they are.
pub fn terminal(findings: &[LintFinding], shown: LintView) -> String {
    let listed = findings.iter().filter(|one| shown.info || one.level != LintLevel::Info);
    let drawn = listed.map(|one| fault::drawn(&one.fault, severity(one.level), shown.lang, shown.color));
    let drawn: String = drawn.map(|one| one + "\n").collect();
    drawn + summary(findings, shown).as_str()
}

fn severity(level: LintLevel) -> Severity {
    match level {
        LintLevel::Error => Severity::Error,
        LintLevel::Warning => Severity::Warning,
        LintLevel::Info => Severity::Advice,
    }
}

fn summary(findings: &[LintFinding], shown: LintView) -> String {
    let counts = Counts::of(findings);
    let (errors, warnings, infos) = (counts.errors, counts.warnings, counts.infos);
    let hidden = infos > 0 && !shown.info;
    match shown.lang {
        Lang::Zh => {
            let more = if hidden { "（--info 逐条列出）" } else { "" };
            format!("错误 {errors}，警告 {warnings}，提示 {infos}{more}\n")
        }
        Lang::En => {
            let more = if hidden { " (--info lists them)" } else { "" };
            format!("errors: {errors}, warnings: {warnings}, notes: {infos}{more}\n")
        }
    }
}

/// What a program reads.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    findings: Vec<Finding<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: LintLevel,
    rule: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    length: Option<usize>,
    text: Option<&'a str>,
    message: &'a Text,
    help: &'a Text,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
}

impl Counts {
    fn of(findings: &[LintFinding]) -> Self {
        let count = |level: LintLevel| findings.iter().filter(|one| one.level == level).count();
        Self {
            errors: count(LintLevel::Error),
            warnings: count(LintLevel::Warning),
            infos: count(LintLevel::Info),
        }
    }
}

/// All findings as JSON.
///
/// # Errors
///
/// They cannot be written.
pub fn json(findings: &[LintFinding]) -> Result<String, serde_json::Error> {
    let summary = Counts::of(findings);
    let document =
        Document { schema: "wangge.lint/1", findings: findings.iter().map(finding).collect(), summary };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn finding(one: &LintFinding) -> Finding<'_> {
    let fault = &one.fault;
    Finding {
        code: fault.code,
        level: one.level,
        rule: &one.rule,
        file: fault.file.as_deref(),
        line: fault.row,
        column: fault.column.as_ref().and_then(|column| column.parse().ok()),
        length: fault.excerpt.as_ref().map(|(_, _, length)| *length),
        text: fault.excerpt.as_ref().map(|(text, ..)| text.as_str()),
        message: &fault.message,
        help: &fault.help,
    }
}
