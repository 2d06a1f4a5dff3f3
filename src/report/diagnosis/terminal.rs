//! A diagnosis on a terminal: what needs a look first, file by file; then what is missing; then what to do.

use super::words;
use crate::model::diagnosis::{Diagnosis, MissingColumn, SourceDiagnosis, SubmissionDiagnosis, TakenFor};
use crate::model::finding::Severity;
use crate::model::report::ReportFinding;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Table, cell};
use crate::report::words::{pick, severity};
use crate::report::{escape, place};

/// The diagnosis on a terminal of this width.
pub fn terminal(diagnosis: &Diagnosis, lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    for (at, submission) in diagnosis.submissions.iter().enumerate() {
        if at > 0 {
            page.divide();
        }
        one(&mut page, submission);
    }
    page.finish()
}

fn one(page: &mut Page, submission: &SubmissionDiagnosis) {
    let name = if submission.name.is_empty() { &submission.path } else { &submission.name };
    page.paragraph(0, name, Ink::Bold);
    if *name != submission.path {
        page.paragraph(0, &submission.path, Ink::Dim);
    }
    if let Some(unreadable) = &submission.unreadable {
        let place = [unreadable.file.as_deref(), unreadable.sheet.as_deref()];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let row = unreadable.row.map(|row| match page.lang {
            Lang::Zh => format!(" 第{row}行"),
            Lang::En => format!(" row {row}"),
        });
        let text = format!("{place}{} {}", row.unwrap_or_default(), page.get(&unreadable.message));
        page.labelled(0, page.pick("读不出来：", "cannot be read: "), text.trim());
        return steps(page, submission);
    }
    page.paragraph(0, &summary(submission, page.lang), Ink::Plain);
    let (odd, plain): (Vec<_>, Vec<_>) = submission.sources.iter().partition(|source| source.is_odd());
    if !odd.is_empty() {
        page.heading(page.pick("需要处理的文件", "Files that need a look"));
        odd.into_iter().for_each(|source| odd_source(page, source));
    }
    beside(page, &submission.findings);
    plain_sources(page, &plain);
    missing(page, submission);
    steps(page, submission);
}

fn summary(submission: &SubmissionDiagnosis, lang: Lang) -> String {
    let all = submission.sources.len();
    let read = submission.sources.iter().filter(|source| source.read).count();
    let odd = submission.sources.iter().filter(|source| source.is_odd()).count();
    match lang {
        Lang::Zh => format!("共{all}个文件或工作表，读取{read}个，其中须处理或核对的合计{odd}个"),
        Lang::En => format!("{all} files or sheets, {read} of them read; {odd} need a look"),
    }
}

fn odd_source(page: &mut Page, source: &SourceDiagnosis) {
    let lang = page.lang;
    page.blank();
    page.paragraph(0, &title(source, lang), Ink::Yellow);
    let mut line = |zh: &str, en: &str, text: &str| {
        if !text.is_empty() {
            page.labelled(2, pick(lang, zh, en), text);
        }
    };
    line("依据：", "why:     ", words::taken(source.taken, lang));
    line("格式：", "form:    ", &words::form(source, lang));
    if source.read {
        line("列：  ", "columns: ", &words::columns(source, lang));
        let others = by_other_names(source, lang);
        line("      ", "         ", &others);
        line("未识别：", "unknown: ", &unknown_headers(source, lang));
        line("行：  ", "rows:    ", &words::rows(source, lang));
    }
    source.findings.iter().for_each(|finding| told(page, finding));
}

fn title(source: &SourceDiagnosis, lang: Lang) -> String {
    let place = place::source(&source.file, source.sheet.as_deref(), lang);
    let table = source.table.as_ref().map(|table| words::name(table, lang));
    match (table, source.read, lang) {
        (Some(table), true, Lang::Zh) => format!("{place}：读作“{table}”"),
        (Some(table), true, Lang::En) => format!("{place}: read as {table}"),
        (Some(table), false, Lang::Zh) => format!("{place}：没有读取，可能是“{table}”"),
        (Some(table), false, Lang::En) => format!("{place}: not read, perhaps {table}"),
        (None, _, Lang::Zh) => format!("{place}：没有读取"),
        (None, _, Lang::En) => format!("{place}: not read"),
    }
}

/// Columns that were recognised by another name than their own.
fn by_other_names(source: &SourceDiagnosis, lang: Lang) -> String {
    let odd = source.columns.iter().filter(|column| column.by.is_likeness());
    let each = odd.map(|column| {
        let (name, by) = (words::name(&column.column, lang), words::matched(column.by, lang));
        match lang {
            Lang::Zh => format!("“{}”读作“{name}”（{by}，请核对）", column.header),
            Lang::En => format!("\"{}\" as {name} ({by}: please check)", column.header),
        }
    });
    each.collect::<Vec<_>>().join(pick(lang, "；", "; "))
}

fn unknown_headers(source: &SourceDiagnosis, lang: Lang) -> String {
    let each = source.unknown_headers.iter().map(|unknown| {
        let like = unknown.like.as_ref().map(|like| words::name(like, lang));
        match (like, lang) {
            (Some(like), Lang::Zh) => format!("“{}”（可能是“{like}”）", unknown.header),
            (Some(like), Lang::En) => format!("\"{}\" (perhaps {like})", unknown.header),
            (None, Lang::Zh) => format!("“{}”", unknown.header),
            (None, Lang::En) => format!("\"{}\"", unknown.header),
        }
    });
    each.collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

fn told(page: &mut Page, finding: &ReportFinding) {
    let ink = match finding.severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Advice => Ink::Dim,
    };
    let label = format!("{}{}", severity(finding.severity, page.lang), page.pick("：", ": "));
    page.labelled(2, &label, page.get(&finding.message));
    let places = words::places(finding, page.lang);
    let values = values(finding, page.lang);
    if !places.is_empty() {
        page.labelled(4, page.pick("位置：", "at:   "), &format!("{places}{values}"));
    }
    if !finding.help.is_empty() {
        let text = format!("{}{}", page.pick("改法：", "help: "), page.get(&finding.help));
        page.paragraph(4, &text, if ink == Ink::Red { Ink::Plain } else { Ink::Dim });
    }
}

/// Values shown with the places of a finding.
const VALUES: usize = 3;

fn values(finding: &ReportFinding, lang: Lang) -> String {
    let mut values: Vec<&str> = Vec::new();
    for value in finding.locations.iter().filter_map(|place| place.value.as_deref()) {
        if !value.is_empty() && !values.contains(&value) && values.len() < VALUES {
            values.push(value);
        }
    }
    if values.is_empty() {
        return String::new();
    }
    match lang {
        Lang::Zh => format!("，如“{}”", values.join("”“")),
        Lang::En => format!(", such as \"{}\"", values.join("\", \"")),
    }
}

/// What was found beside the sources.
fn beside(page: &mut Page, findings: &[ReportFinding]) {
    if findings.is_empty() {
        return;
    }
    page.heading(page.pick("文件之外", "Beside the files"));
    findings.iter().for_each(|finding| told(page, finding));
}

fn plain_sources(page: &mut Page, sources: &[&SourceDiagnosis]) {
    if sources.is_empty() {
        return;
    }
    page.heading(page.pick("没有问题的文件", "Files in order"));
    let lang = page.lang;
    let heads = [("文件", "file"), ("读作", "read as"), ("行", "rows"), ("依据和格式", "why, and its form")];
    let mut rows = vec![heads.map(|(zh, en)| cell(pick(lang, zh, en), Ink::Dim)).to_vec()];
    rows.extend(sources.iter().map(|source| {
        let form = words::form(source, lang);
        let columns = if source.read { words::columns(source, lang) } else { String::new() };
        let parts = [words::taken(source.taken, lang), &form, &columns];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        vec![
            cell(place::source(&source.file, source.sheet.as_deref(), lang), Ink::Plain),
            cell(source.table.as_ref().map_or("", |table| words::name(table, lang)), Ink::Plain),
            cell(if source.read { source.rows.to_string() } else { String::new() }, Ink::Plain),
            cell(parts.collect::<Vec<_>>().join(pick(lang, "；", "; ")), Ink::Dim),
        ]
    }));
    page.table(&Table {
        aligns: vec![Align::Left, Align::Left, Align::Right],
        rows,
        head: true,
        ..Table::default()
    });
}

fn missing(page: &mut Page, submission: &SubmissionDiagnosis) {
    let lang = page.lang;
    if !submission.missing_tables.is_empty() {
        page.heading(
            page.pick("缺少的数据表和涉及的评价内容", "Missing tables, and the items that rest on them"),
        );
        let rows = submission.missing_tables.iter().map(|missing| {
            let name = words::name(&missing.table, lang).to_owned();
            vec![cell(name, Ink::Plain), cell(words::items(&missing.items, lang), Ink::Plain)]
        });
        let rows = rows.collect();
        page.table(&Table { aligns: vec![Align::Left], rows, indent: 2, ..Table::default() });
    }
    let of = |required: bool| {
        submission.missing_columns.iter().filter(move |missing| missing.required == required)
    };
    let heads = [
        (true, "缺少的必填列和涉及的评价内容", "Missing required columns, and the items that rest on them"),
        (
            false,
            "没有的选填列和涉及的评价内容",
            "Optional columns not there, and the items that rest on them",
        ),
    ];
    for (required, zh, en) in heads {
        columns(page, page.pick(zh, en).to_owned().as_str(), of(required));
    }
}

fn columns<'a>(page: &mut Page, heading: &str, missing: impl Iterator<Item = &'a MissingColumn>) {
    let lang = page.lang;
    let name = |missing: &MissingColumn| {
        let (table, column) = (words::name(&missing.table, lang), words::name(&missing.column, lang));
        format!("{table}{}{column}", pick(lang, "·", "."))
    };
    let rows: Vec<_> = missing
        .map(|missing| {
            vec![cell(name(missing), Ink::Plain), cell(words::items(&missing.items, lang), Ink::Plain)]
        })
        .collect();
    if !rows.is_empty() {
        page.heading(heading);
        page.table(&Table { aligns: vec![Align::Left], rows, indent: 2, ..Table::default() });
    }
}

fn steps(page: &mut Page, submission: &SubmissionDiagnosis) {
    page.heading(page.pick("怎么办", "What to do"));
    for (at, step) in (1_usize..).zip(&submission.steps) {
        page.labelled(0, &format!("{at}. "), &escape::terminal_lines(page.get(step)));
    }
    hints(page, submission);
}

/// What the program can do about it.
fn hints(page: &mut Page, submission: &SubmissionDiagnosis) {
    let has_findings = submission.sources.iter().any(|source| !source.findings.is_empty());
    let can_be_mapped = |source: &SourceDiagnosis| {
        !source.unknown_headers.is_empty()
            || !source.unknown_words.is_empty()
            || !source.day_orders.is_empty()
            || source.taken == TakenFor::Unknown
    };
    let can_be_mapped = submission.sources.iter().any(can_be_mapped);
    let hints = [
        (
            has_findings,
            "-o xlsx:问题.xlsx 写出标明单元格的工作簿，可退回填报单位。",
            "-o xlsx:problems.xlsx writes a workbook with the cells marked, to be sent back.",
        ),
        (
            can_be_mapped,
            "--write-mapping 对应表.toml 起草对应表，核对后用 --mapping 读取，不必改动原文件。",
            "--write-mapping mapping.toml drafts a mapping: once checked, --mapping reads the files as they are.",
        ),
    ];
    if has_findings || can_be_mapped {
        page.blank();
    }
    for (_, zh, en) in hints.into_iter().filter(|(holds, ..)| *holds) {
        page.paragraph(0, pick(page.lang, zh, en), Ink::Dim);
    }
}
