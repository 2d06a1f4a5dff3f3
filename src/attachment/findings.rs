//! What is wrong with the files of a submission, and with the cells that name them.

use super::claim::{ClaimCell, Claims, Missing, title};
use super::condition::Examined;
use super::file_names::FileNames;
use super::notices;
use crate::ingest::AttachedFile;
use crate::model::attachment::Condition;
use crate::model::finding::{Finding, Location};
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids as ids;
use crate::model::privacy::Redactor;
use crate::table::column::CellValue;
use crate::table::normalize;
use crate::table::table_schema::ColumnType;
use crate::table::{Source, Table};

/// What was found of a submission.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) files: &'a [AttachedFile],
    pub(super) examined: &'a [Examined],
    pub(super) claims: &'a Claims<'a>,
    pub(super) names: &'a FileNames,
    pub(super) redactor: &'a Redactor,
}

/// The target of findings about files that no row names.
const SUBMISSION: &str = "submission";

/// Cells for whose files the likeliest name is looked for.
const LIKELY: usize = 200;

/// Rows of one file that are compared with each other.
const COMPARED: usize = 100;

/// Words in the names of files that hold what many rows are about.
const COLLECTIONS: [&str; 16] = [
    "汇编", "汇总", "合集", "合订", "全集", "文集", "台账", "台帐", "清单", "目录", "记录", "登记", "报告",
    "通知", "公告", "纪要",
];

/// The findings; none where no file was sent with the tables.
pub(super) fn of(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = FindingCollector::default();
    let mut looked_for = 0_usize;
    for missing in &subject.claims.missing {
        looked_for = looked_for.saturating_add(usize::from(missing.is_file));
        subject.missing(missing, looked_for <= LIKELY, &mut found);
    }
    for (at, examined) in subject.examined.iter().enumerate() {
        subject.condition(at, examined, &mut found);
        subject.shared(at, &mut found);
        subject.repeated(at, examined, &mut found);
        if subject.claims.cells_of(at).is_empty() {
            let kind = FindingKey { rule: ids::ATTACHMENT_UNCLAIMED, target: SUBMISSION, detail: "" };
            found.add(kind, notices::unclaimed, || subject.file_place(at));
        }
    }
    found.finish()
}

impl Subject<'_> {
    /// The name of a file as it may be shown.
    pub(super) fn name(&self, file: usize) -> String {
        self.files.get(file).map(|file| visible(&self.redactor.text(&file.name))).unwrap_or_default()
    }

    fn file_place(&self, file: usize) -> Option<Location> {
        let source = Source { file: visible(&self.files.get(file)?.name), sheet: None };
        Some(self.redactor.place(Location::in_source(&source, None, None)))
    }

    fn cell_place(&self, cell: &ClaimCell<'_>) -> Option<Location> {
        Location::of(cell.table, cell.row, Some(cell.column), self.redactor)
    }

    fn missing(&self, missing: &Missing<'_>, is_looked_for: bool, found: &mut FindingCollector) {
        let target = column_target(&missing.cell);
        let likely = || {
            let by_title = || self.names.likeliest(&title(missing.cell.table, missing.cell.row)?);
            self.names.likeliest(&missing.name).or_else(by_title).map(|file| self.name(file))
        };
        let likely = (missing.is_file && is_looked_for).then(likely).flatten();
        let (rule, detail) = if missing.is_file {
            (ids::ATTACHMENT_MISSING, likely.as_deref().unwrap_or_default())
        } else {
            (ids::ATTACHMENT_NOT_SENT, "")
        };
        let notice = || {
            if missing.is_file {
                notices::missing(&self.redactor.text(&missing.name), likely.as_deref())
            } else {
                notices::not_sent()
            }
        };
        found.add(FindingKey { rule, target: &target, detail }, notice, || self.cell_place(&missing.cell));
    }

    /// A file that is blank, does not open, or has no text that is read.
    fn condition(&self, file: usize, examined: &Examined, found: &mut FindingCollector) {
        let name = self.name(file);
        let remark = examined.remark.clone().unwrap_or_default();
        let (rule, notice): (_, fn(&str, &_) -> Notice) = match examined.condition {
            Condition::Blank => (ids::ATTACHMENT_BLANK, notices::blank),
            Condition::Closed => (ids::ATTACHMENT_CLOSED, notices::closed),
            Condition::Opens if examined.is_without_text => {
                (ids::ATTACHMENT_WITHOUT_TEXT, notices::without_text)
            }
            Condition::Opens => return,
        };
        let kind = FindingKey { rule, target: SUBMISSION, detail: &name };
        let cells = self.claims.cells_of(file);
        for cell in cells {
            found.add(kind, || notice(&name, &remark), || self.cell_place(cell));
        }
        if cells.is_empty() {
            found.add(kind, || notice(&name, &remark), || self.file_place(file));
        }
    }

    /// A file of rows that have nothing in common.
    fn shared(&self, file: usize, found: &mut FindingCollector) {
        let name = self.name(file);
        let cells = self.claims.cells_of(file);
        if COLLECTIONS.iter().any(|word| name.contains(word)) {
            return;
        }
        let subjects = subjects(self.claims.rows_of(file));
        if subjects < 2 {
            return;
        }
        let kind = FindingKey { rule: ids::ATTACHMENT_SHARED, target: SUBMISSION, detail: &name };
        for cell in cells {
            found.add(kind, || notices::shared(&name, subjects), || self.cell_place(cell));
        }
    }

    /// A file with the bytes or the text of another, where both are those of rows that have nothing in common.
    fn repeated(&self, file: usize, examined: &Examined, found: &mut FindingCollector) {
        let Some(first) = examined.same_as.filter(|_| examined.condition != Condition::Blank) else { return };
        let rows = [self.claims.rows_of(first), self.claims.rows_of(file)];
        if rows.iter().any(|rows| rows.is_empty()) || subjects(&rows.concat()) < 2 {
            return;
        }
        let (name, other) = (self.name(file), self.name(first));
        let kind = FindingKey { rule: ids::ATTACHMENT_REPEATED, target: SUBMISSION, detail: &name };
        for cell in self.claims.cells_of(file) {
            found.add(kind, || notices::repeated(&name, &other), || self.cell_place(cell));
        }
    }
}

/// `table.column` of a cell.
fn column_target(cell: &ClaimCell<'_>) -> String {
    let column = cell.table.decl.columns.get(cell.column).map(|column| column.id.as_str());
    format!("{}.{}", cell.table.decl.id, column.unwrap_or_default())
}

/// A name in which every character shows: one that hides or turns round what is read is U+FFFD.
fn visible(name: &str) -> String {
    let hides = |c: char| c.is_control() || normalize::is_invisible(c);
    name.chars().map(|c| if hides(c) { '\u{fffd}' } else { c }).collect()
}

/// Number of things that the first rows are about: rows with a code in common, or with a title that is part of the other's, are about
/// one.
fn subjects(rows: &[(&Table, usize)]) -> usize {
    let mut groups: Vec<Vec<(Vec<String>, String)>> = Vec::new();
    for (table, row) in rows.iter().take(COMPARED) {
        let own = (codes(table, *row), normalize::name(&title(table, *row).unwrap_or_default()));
        let is_alike = |group: &Vec<(Vec<String>, String)>| group.iter().any(|other| alike(&own, other));
        match groups.iter().position(is_alike).and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    groups.len()
}

fn alike((codes, title): &(Vec<String>, String), (other_codes, other): &(Vec<String>, String)) -> bool {
    codes.iter().any(|code| other_codes.contains(code))
        || (!title.is_empty() && !other.is_empty() && (title.contains(other) || other.contains(title)))
}

/// The codes in a row, but for those of one or two characters.
fn codes(table: &Table, row: usize) -> Vec<String> {
    let columns = table.decl.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| column.kind == ColumnType::Code);
    let code = |at| match table.cell(row, at) {
        CellValue::Text(code) if code.chars().count() > 2 => Some(normalize::name(&code)),
        _ => None,
    };
    columns.filter_map(|(at, _)| code(at)).collect()
}
