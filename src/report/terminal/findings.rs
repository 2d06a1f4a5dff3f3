//! What is wrong in the data: each finding with the rows it was found in.

use miette::Severity as Level;

use crate::model::finding::{EXCERPTS, Location, Severity};
use crate::model::finding_ids;
use crate::model::report::{Organization, ReportFinding};
use crate::model::text::Lang;
use crate::report::diagnostic::{Note, Style, draw};
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::{excerpt, place, words};

/// Findings shown of one organization; JSON has all.
const SHOWN: usize = 50;

/// The findings of one organization by severity; all of them where `top` is 0.
pub(super) fn write(page: &mut Page, organization: &Organization, top: usize) {
    let shown = if top == 0 { usize::MAX } else { SHOWN };
    let mut room = shown;
    let (unread, read): (Vec<_>, Vec<_>) =
        organization.findings.iter().partition(|found| UNREAD.contains(&found.rule.as_str()));
    let heading = format!("{}{}", page.pick("未能读取：", "Not read: "), unread.len());
    let mut groups = vec![(heading, unread)];
    for severity in [Severity::Error, Severity::Warning, Severity::Advice] {
        let group: Vec<_> = read.iter().filter(|found| found.severity == severity).copied().collect();
        let count = format!("{} {}", words::severity(severity, page.lang), group.len());
        groups.push((format!("{}{count}", page.pick("数据问题：", "In the data: ")), group));
    }
    for (heading, group) in groups {
        if group.is_empty() || room == 0 {
            continue;
        }
        page.heading(&heading);
        for finding in group.iter().take(room) {
            page.blank();
            one(page, finding);
        }
        room = room.saturating_sub(group.len());
    }
    let more = organization.findings.len().saturating_sub(shown);
    if more > 0 {
        page.blank();
        let text = match page.lang {
            Lang::Zh => format!("还有 {more} 个问题未显示；--top 0 全部列出，JSON 报告（-o json）中也有全部"),
            Lang::En => format!(
                "{more} more findings are not shown; --top 0 shows all, and the JSON report (-o json) has them"
            ),
        };
        page.paragraph(0, &text, Ink::Yellow);
    }
    reading(page, organization);
}

/// Findings that something was not read at all: they come before all others.
const UNREAD: [&str; 6] = [
    finding_ids::NO_HEADER,
    finding_ids::UNKNOWN_TABLE,
    finding_ids::HIDDEN_SHEET,
    finding_ids::NESTED_FOLDER,
    finding_ids::LINKED_FOLDER,
    finding_ids::ARCHIVE,
];

/// Findings about columns that were not recognised.
const COLUMNS: [&str; 3] =
    [finding_ids::MISSING_COLUMN, finding_ids::MISSPELT_COLUMN, finding_ids::DUPLICATE_HEADER];

/// Findings about cells and rows that were not understood.
const CELLS: [&str; 5] = [
    finding_ids::WRONG_TYPE,
    finding_ids::UNKNOWN_VALUE,
    finding_ids::LOST_DIGITS,
    finding_ids::RAGGED_ROW,
    finding_ids::LONG_CELL,
];

/// In one line what `doctor` says at length, where there is something.
fn reading(page: &mut Page, organization: &Organization) {
    let total = |rules: &[&str]| {
        let own = organization.findings.iter().filter(|found| rules.contains(&found.rule.as_str()));
        own.fold(0_usize, |sum, found| sum.saturating_add(found.total.max(1)))
    };
    let counts = [
        (total(&UNREAD), "文件或工作表没有读取", "files or sheets were not read"),
        (total(&COLUMNS), "列缺少或没有识别", "columns are missing or were not recognised"),
        (total(&CELLS), "处内容没有读懂", "cells or rows were not understood"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, zh, en)| match page.lang {
            Lang::Zh => format!("{count}{}{zh}", if zh.starts_with("文件") { "个" } else { "" }),
            Lang::En => format!("{count} {en}"),
        })
        .collect();
    if told.is_empty() {
        return;
    }
    page.blank();
    let path = &organization.submission.path;
    let text = match page.lang {
        Lang::Zh => format!("读取情况：{}；逐项说明和改法见 wangge doctor {path}", told.join("，")),
        Lang::En => {
            format!("Reading: {}; `wangge doctor {path}` says which, and what to do", told.join(", "))
        }
    };
    page.paragraph(0, &text, Ink::Yellow);
}

fn one(page: &mut Page, finding: &ReportFinding) {
    let windows: Vec<_> = finding
        .locations
        .iter()
        .take(EXCERPTS)
        .map_while(|at| excerpt::window(at, page.lang, page.width))
        .collect();
    let rest = finding.locations.get(windows.len()..).unwrap_or_default();
    let label =
        if windows.is_empty() { page.pick("位置：", "at:   ") } else { page.pick("另见：", "also: ") };
    let drawn = draw(
        Note {
            code: code(finding),
            severity: level(finding.severity),
            message: page.get(&finding.message).to_owned(),
            help: page.get(&finding.help).to_owned(),
            help_word: page.pick("整改：", "help: "),
            windows,
        },
        Style { color: page.color, width: page.width },
    );
    page.raw(drawn.trim_end_matches('\n'));
    if let Some(text) = others(page, finding, rest) {
        page.labelled(2, label, &text);
    }
    if let Some(accepted) = &finding.accepted {
        let label = if accepted.approver.is_empty() {
            page.pick("基准：", "known: ")
        } else {
            page.pick("豁免：", "waived: ")
        };
        page.labelled(2, label, &words::accepted(accepted, page.lang));
    }
}

/// Places without excerpts, and how many there are besides.
fn others(page: &Page, finding: &ReportFinding, rest: &[Location]) -> Option<String> {
    let list = place::list(rest, page.lang);
    let more = finding.total.saturating_sub(finding.locations.len());
    let count = match page.lang {
        _ if more == 0 => String::new(),
        Lang::Zh => format!("（共 {} 处，另有 {more} 处未列出）", finding.total),
        Lang::En => format!(" ({} places in all, {more} not listed)", finding.total),
    };
    let text = list + count.as_str();
    (!text.is_empty()).then_some(text)
}

/// The rule, and what the finding is about where the rule does not say it.
fn code(finding: &ReportFinding) -> String {
    let ReportFinding { rule, target, .. } = finding;
    match target.strip_prefix(rule.as_str()) {
        _ if target.is_empty() => rule.clone(),
        // A requirement names its item.
        Some(rest) if rest.is_empty() || rest.starts_with('.') => target.clone(),
        _ => format!("{rule} ({target})"),
    }
}

const fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Advice => Level::Advice,
    }
}
