//! The findings as a table for Excel and WPS: a line for each place of each finding, in UTF-8 with a byte order mark
//! (without it they take Chinese for GBK), no cell of which is taken for a formula.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{Out, ReportWriter};
use crate::model::finding::{Location, Severity};
use crate::model::report::{Organization, Report, ReportFinding};
use crate::model::text::Lang;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::{escape, words};

/// Says that the file is UTF-8.
pub(in crate::report) const MARK: &str = "\u{feff}";

/// Number of columns.
const COLUMNS: usize = 18;

/// The headers in both languages.
const HEADERS: [(&str, &str); COLUMNS] = [
    ("单位编号", "organization id"),
    ("单位", "organization"),
    ("规则", "rule"),
    ("对象", "target"),
    ("事项", "title"),
    ("严重程度", "severity"),
    ("问题", "problem"),
    ("整改", "remedy"),
    ("文件", "file"),
    ("工作表", "sheet"),
    ("行", "row"),
    ("列", "column"),
    ("单元格", "cell"),
    ("内容", "value"),
    ("网格", "grid"),
    ("共几处", "places in all"),
    ("标识", "fingerprint"),
    ("不计入门禁", "not at the gate"),
];

/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;

/// Bytes of the id and of the name of an organization that its file is named by: with both it stays below the 255 that
/// systems allow.
const NAMED: usize = 100;

/// Writes findings.
pub(super) struct FindingsWriter {
    lang: Lang,
    /// Organizations so far.
    count: usize,
    /// Whether personal data is not masked: then a last column says so in its header.
    unmasked: bool,
}

/// A line, escaped.
type Line = [String; COLUMNS];

impl FindingsWriter {
    pub(super) const fn new(lang: Lang) -> Self {
        Self { lang, count: 0, unmasked: false }
    }

    fn headers(&self) -> String {
        headers(&HEADERS, self.unmasked, self.lang)
    }

    /// The lines of an organization.
    fn organization_lines(&self, one: &Organization, titles: Titles<'_>) -> io::Result<Vec<u8>> {
        let nowhere = [Location::default()];
        let mut lines = Vec::new();
        for finding in &one.findings {
            let title = titles.of(&finding.target).map_or("", |title| title.get(self.lang));
            let places = if finding.locations.is_empty() { nowhere.as_slice() } else { &finding.locations };
            lines.extend(places.iter().map(|place| self.line(one, finding, title, place)));
        }
        table(lines, self.unmasked)
    }

    fn line(&self, one: &Organization, finding: &ReportFinding, title: &str, place: &Location) -> Line {
        let row = place.row.map(|row| row.to_string()).unwrap_or_default();
        let total = finding.total.max(1).to_string();
        let accepted = finding.accepted.as_ref().map(|ground| words::accepted(ground, self.lang));
        [
            &one.id,
            &one.name,
            &finding.rule,
            &finding.target,
            title,
            words::severity(finding.severity, self.lang),
            finding.message.get(self.lang),
            finding.help.get(self.lang),
            &place.file,
            given(place.sheet.as_ref()),
            &row,
            given(place.column.as_ref()),
            // A row of a database has no cell that could be named.
            given(place.cell.as_ref().or(place.key.as_ref())),
            given(place.value.as_ref()),
            given(place.grid.as_ref()),
            &total,
            &finding.fingerprint,
            accepted.as_deref().unwrap_or_default(),
        ]
        .map(cell)
    }

    /// The lines of what was not assessed: a list that leaves it out would look as if all were well.
    fn unassessed_lines(&self, report: &Report) -> io::Result<Vec<u8>> {
        let interrupted = words::interrupted(self.lang);
        let unread = report.unreadable.iter().map(|one| {
            let row = one.row.map(|row| row.to_string()).unwrap_or_default();
            let file = one.file.as_deref().unwrap_or(&one.path);
            self.unassessed(
                &one.path,
                one.message.get(self.lang),
                [file, given(one.sheet.as_ref()), &row, given(one.column.as_ref())],
            )
        });
        let left =
            report.not_assessed.iter().map(|path| self.unassessed(path, interrupted, [path, "", "", ""]));
        table(unread.chain(left), self.unmasked)
    }

    fn unassessed(&self, path: &str, why: &str, [file, sheet, row, column]: [&str; 4]) -> Line {
        let error = words::severity(Severity::Error, self.lang);
        ["", path, "", "", "", error, why, "", file, sheet, row, column, "", "", "", "", "", ""].map(cell)
    }
}

impl ReportWriter for FindingsWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        self.unmasked = run.unmasked;
        if out.target.is_folder() { Ok(()) } else { out.target.write(self.headers().as_bytes()) }
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        if out.target.is_folder() {
            out.target.begin_file(&file_name(self.count, &one.id, &one.name, "csv"))?;
            out.target.write(self.headers().as_bytes())?;
        }
        out.target.write(&self.organization_lines(one, out.titles)?)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let lines = self.unassessed_lines(report)?;
        if lines.is_empty() {
            return Ok(());
        }
        if out.target.is_folder() {
            out.target.begin_file(pick(self.lang, "未评估.csv", "not-assessed.csv"))?;
            out.target.write(self.headers().as_bytes())?;
        }
        out.target.write(&lines)
    }
}

fn given(text: Option<&String>) -> &str {
    text.map(String::as_str).unwrap_or_default()
}

/// The first line, with the mark of UTF-8; where personal data is not masked its last header says so.
pub(in crate::report) fn headers(all: &[(&str, &str)], unmasked: bool, lang: Lang) -> String {
    let headers: Vec<_> = all.iter().map(|(zh, en)| pick(lang, zh, en)).collect();
    let unmasked = if unmasked { format!(",{}", words::unmasked(lang)) } else { String::new() };
    format!("{MARK}{}{unmasked}\r\n", headers.join(","))
}

/// Lines as bytes; `wider` by an empty cell.
pub(in crate::report) fn table<const N: usize>(
    lines: impl IntoIterator<Item = [String; N]>,
    wider: bool,
) -> io::Result<Vec<u8>> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let last = wider.then(String::new);
    let mut write = |line: [String; N]| table.write_record(line.iter().chain(&last));
    lines.into_iter().try_for_each(&mut write).map_err(io::Error::other)?;
    table.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A cell that is text and nothing else. A number longer than a spreadsheet keeps, such as a code, would lose digits.
pub(in crate::report) fn cell(text: &str) -> String {
    let is_long = text.len() > KEPT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_long { format!("'{text}") } else { escape::spreadsheet(text) }
}

/// The file of an organization in a folder: its number in the report, its id and name, without the signs that a system
/// may not allow in names.
pub(in crate::report) fn file_name(number: usize, id: &str, name: &str, ending: &str) -> String {
    format!("{number:04}-{}-{}.{ending}", plain_name(id), plain_name(name))
}

fn plain_name(text: &str) -> String {
    let mut plain = String::new();
    for sign in text.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '_' }) {
        if plain.len().saturating_add(sign.len_utf8()) > NAMED {
            break;
        }
        plain.push(sign);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_loses_digits() {
        for text in ["=1", "+1", "-1", "@A1", "＝1", " =1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["\t=1", "\r=1", "\n=1"] {
            assert!(cell(text).starts_with('\\'), "{text:?}");
        }
        assert_eq!(cell("350602105001001001"), "'350602105001001001");
        assert_eq!(cell("350602105001001"), "350602105001001");
    }

    #[test]
    fn files_have_plain_names_of_their_own() {
        assert_eq!(file_name(3, "../a", "甲县/乙", "csv"), "0003-___a-甲县_乙.csv");
        assert_eq!(file_name(4, "", "\u{202e}", "csv"), "0004--_.csv");
        assert!(file_name(5, "", &"长".repeat(500), "xlsx").len() < 255);
        let (rare, widest) =
            ("𠀀".repeat(99), file_name(usize::MAX, &"𠀀".repeat(99), &"𠀀".repeat(99), "xlsx"));
        assert!(
            widest.len() < 255 && file_name(6, "", &rare, "csv") == format!("0006--{}.csv", "𠀀".repeat(25))
        );
    }
}
