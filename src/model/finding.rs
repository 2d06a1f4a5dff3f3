//! Findings: what is wrong in the data, where, why it matters, what to do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::grid::{self, ByGrid};
use super::privacy::Redactor;
use super::text::Text;
use super::{department, excerpt_form};
use crate::table::{Place, Source, Table};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "严重程度"))]
pub enum Severity {
    /// Against a "shall", or data that cannot be used as given.
    #[schemars(extend("zh" = "违反“应”，或数据不能照用"))]
    Error,
    /// Likely wrong, or against a "should".
    #[schemars(extend("zh" = "可能有误，或违反“宜”"))]
    Warning,
    /// Worth knowing.
    #[schemars(extend("zh" = "供参考"))]
    Advice,
}

/// A place in a submission, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Path inside the submission.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row, as a spreadsheet counts.
    pub row: Option<u32>,
    /// Header of the column, as written in the file.
    pub column: Option<String>,
    /// Spreadsheet name of the cell, such as `D12`.
    pub cell: Option<String>,
    /// Of a row of a database: the column that tells its rows apart and what stands in it, such as `id=12`. Its number is
    /// then that of the row in the order of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Of a place in a document: its page, where that is known, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Of a place in a document: its paragraph, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// Text of the cell.
    pub value: Option<String>,
    /// Code of the grid the row belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<String>,
    /// Department that the row names: its name, or its code where no table has the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Headers and cells of the row: of the first places of a finding alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "excerpt_form")]
    #[schemars(with = "excerpt_form::Excerpt")]
    pub excerpt: Vec<ExcerptCell>,
    /// Digest of what the place is about, without its row: it stays while the row moves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The same with personal data masked, where it is not: what a finding is recognised by is the same either way.
    #[serde(skip)]
    pub masked: Option<Box<Self>>,
}

/// One cell of an excerpt.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExcerptCell {
    /// Header.
    pub header: String,
    /// Text of the cell.
    pub value: String,
    /// Whether the finding is about this cell.
    pub marked: bool,
}

/// One diagnostic about the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Rule that made it: an item, a structural clause, or `data.<kind>` for reading and typing.
    pub rule: String,
    /// Requirement, item, clause or table it is about.
    pub target: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// Places shown; never more than [`MAX_LOCATIONS`].
    pub locations: Vec<Location>,
    /// Places in all.
    pub total: usize,
    /// Places in all, by grid; those of no grid are not in it.
    pub grids: ByGrid,
}

/// Places shown for one finding; the rest are counted.
pub const MAX_LOCATIONS: usize = 20;

/// Places of these shown with their rows; the others are listed.
pub const EXCERPTS: usize = 3;

/// The spreadsheet name of a cell, such as `D12`; both numbers begin with 1.
fn cell_name(column: u32, row: u32) -> String {
    format!("{}{row}", column_name(column))
}

/// The spreadsheet name of a column: 1 is `A`, 27 is `AA`.
fn column_name(mut column: u32) -> String {
    let mut name = Vec::new();
    while let Some(rest) = column.checked_sub(1) {
        name.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        column = rest / 26;
    }
    name.iter().rev().collect()
}

/// The number of the column that a cell is named by: that of `D12` is 4.
fn column_number(cell: &str) -> Option<u32> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters
        .fold(0_u32, |number, letter| number.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1));
    (number > 0).then_some(number)
}

impl Location {
    /// The number of the column of the cell, from 1, where it is known.
    pub fn column_number(&self) -> Option<u32> {
        column_number(self.cell.as_deref()?)
    }

    /// The place of a source, of a row of it, or of a cell by the number of its column and its header; as they were read.
    pub fn in_source(source: &Source, row: Option<u32>, column: Option<(u32, &str)>) -> Self {
        Self {
            file: source.file.clone(),
            sheet: source.sheet.clone(),
            row,
            column: column.map(|(_, header)| header.to_owned()),
            cell: column.zip(row).map(|((column, _), row)| cell_name(column, row)),
            ..Self::default()
        }
    }

    /// The place of a row (`column` = `None`) or a cell, with its excerpt.
    pub fn of(table: &Table, row: usize, column: Option<usize>, redactor: &Redactor) -> Option<Self> {
        if redactor.masks() {
            return Self::with(table, row, column, redactor, true);
        }
        let masked = Self::with(table, row, column, redactor, true).map(Box::new);
        Some(Self { masked, ..Self::with(table, row, column, redactor, false)? })
    }

    fn with(
        table: &Table,
        row: usize,
        column: Option<usize>,
        redactor: &Redactor,
        masks: bool,
    ) -> Option<Self> {
        let text = |text: &str| if masks { redactor.masked_text(text) } else { text.to_owned() };
        let shown = |at: usize| {
            let cell = table.display(row, at);
            if masks { redactor.masked_cell(table, at, &cell) } else { cell }
        };
        let place = table.place(row, column.unwrap_or(0))?;
        let header = |place: Place| text(&place.header);
        let excerpt = (0..table.decl.columns.len())
            .filter(|at| Some(*at) == column || table.has_column(*at))
            .map(|at| ExcerptCell {
                header: table.place(row, at).map(header).unwrap_or_default(),
                value: shown(at),
                marked: Some(at) == column,
            })
            .collect();
        let is_document = table.decl.derived;
        let page = || table.decl.position("page").and_then(|at| table.display(row, at).parse().ok());
        Some(Self {
            file: text(&place.source.file),
            sheet: place.source.sheet.as_deref().map(text),
            row: (!is_document).then_some(place.row),
            cell: column.and(place.column).filter(|_| !is_document).map(|at| cell_name(at, place.row)),
            key: None,
            page: is_document.then(page).flatten(),
            paragraph: is_document.then_some(place.row),
            value: column.map(shown),
            column: column.map(|_| header(place)),
            grid: grid::of_row(table, row).map(|grid| if masks { redactor.masked_grid(&grid) } else { grid }),
            department: department::of_row(table, row).map(shown),
            excerpt,
            subject: String::new(),
            masked: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{column_name, column_number};

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names = [1, 26, 27, 702, 703].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
        let numbers = names.map(|name| column_number(&(name + "12")));
        assert_eq!(numbers, [1, 26, 27, 702, 703].map(Some));
        assert_eq!(column_number("12"), None);
    }
}
