//! Findings about the header and the rows of one file or sheet.

use super::header::Layout;
use super::notices;
use super::row::Row;
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::model::row::RawCell;
use crate::table::Source;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// A misspelt word is at least this much like the one it means.
pub(super) const ALIKE: f64 = 0.8;

/// Reports on one source of one table.
pub(super) struct Reporter<'a> {
    pub(super) table: &'a TableDecl,
    pub(super) source: &'a Source,
    pub(super) findings: &'a mut FindingCollector,
}

impl Reporter<'_> {
    /// No header was found.
    pub(super) fn no_header(&mut self, first: Option<u32>) {
        let table = self.table;
        let place = Location::in_source(self.source, first, None);
        self.add(finding_ids::NO_HEADER, None, || notices::no_header(table), place);
    }

    /// A record with more or fewer fields than the header.
    pub(super) fn ragged(&mut self, layout: &Layout, row: u32) {
        let place = Location::in_source(self.source, Some(row), None);
        self.add(finding_ids::RAGGED_ROW, None, || notices::ragged_row(layout), place);
    }

    /// Everything there is to say about the header.
    pub(super) fn header(&mut self, layout: &Layout) {
        self.duplicates(layout);
        let found = self.table.columns.iter().zip(&layout.columns);
        let missing: Vec<_> = found.filter(|(_, found)| found.is_none()).map(|(decl, _)| decl).collect();
        self.missing(layout, &missing);
        self.misspelt(layout, &missing);
    }

    fn duplicates(&mut self, layout: &Layout) {
        for duplicate in &layout.duplicates {
            let used = layout.columns.get(duplicate.declared).and_then(Option::as_ref);
            let Some(column) = self.table.columns.get(duplicate.declared) else { continue };
            let used = used.map_or("", |(_, header)| header.as_str());
            let place = Location::in_source(
                self.source,
                Some(layout.row),
                Some((duplicate.column, &duplicate.header)),
            );
            let notice = || notices::duplicate_header(column, duplicate, used);
            self.add(finding_ids::DUPLICATE_HEADER, Some(column), notice, place);
        }
    }

    fn missing(&mut self, layout: &Layout, missing: &[&ColumnDecl]) {
        for column in missing.iter().filter(|column| column.required) {
            let place = Location::in_source(self.source, Some(layout.row), None);
            self.add(
                finding_ids::MISSING_COLUMN,
                Some(column),
                || notices::missing_column(column, &layout.undeclared),
                place,
            );
        }
        let optional: Vec<_> =
            missing.iter().filter(|column| !column.required && !column.seldom).copied().collect();
        if !optional.is_empty() {
            let place = Location::in_source(self.source, Some(layout.row), None);
            self.add(
                finding_ids::OPTIONAL_COLUMN,
                None,
                || notices::optional_columns(&optional, &layout.undeclared),
                place,
            );
        }
    }

    fn misspelt(&mut self, layout: &Layout, missing: &[&ColumnDecl]) {
        for (column, header) in &layout.undeclared {
            let folded = normalize::name(header);
            let alike = |name: &String| strsim::jaro_winkler(&normalize::name(name), &folded) >= ALIKE;
            let meant = missing
                .iter()
                .find(|decl| alike(&decl.zh) || alike(&decl.id) || decl.aliases.iter().any(alike));
            let Some(meant) = meant else { continue };
            let place = Location::in_source(self.source, Some(layout.row), Some((*column, header)));
            let notice = || notices::misspelt_column(header, meant);
            self.add(finding_ids::MISSPELT_COLUMN, Some(meant), notice, place);
        }
    }

    /// Characters that a wrong decoding leaves behind.
    pub(super) fn odd_characters(&mut self, layout: &Layout, row: &Row<'_>) {
        for (at, cell) in row.cells() {
            let RawCell::Text(text) = cell else { continue };
            if !has_odd_character(text) {
                continue;
            }
            let found = layout.columns.iter().zip(&self.table.columns);
            let mut found = found.filter_map(|(found, decl)| Some((found.as_ref()?, decl)));
            if let Some(((_, header), decl)) = found.find(|((column, _), _)| column == at) {
                let place = Location::in_source(self.source, Some(row.number), Some((*at, header)));
                self.add(finding_ids::ODD_CHARACTER, Some(decl), notices::odd_character, place);
            }
        }
    }

    /// Cells whose text is longer than a cell may be, if they stand in declared columns.
    pub(super) fn long_cells(&mut self, layout: &Layout, row: &Row<'_>) {
        for at in &row.long {
            let found = layout.columns.iter().zip(&self.table.columns);
            let mut found = found.filter_map(|(found, decl)| Some((found.as_ref()?, decl)));
            if let Some(((_, header), decl)) = found.find(|((column, _), _)| column == at) {
                let place = Location::in_source(self.source, Some(row.number), Some((*at, header)));
                self.add(finding_ids::LONG_CELL, Some(decl), notices::long_cell, place);
            }
        }
    }

    /// Cells of these columns had signs that only protect their texts.
    pub(super) fn protected(&mut self, layout: &Layout, row: u32, columns: &[u32]) {
        for place in self.places(layout, row, columns) {
            self.add(finding_ids::PROTECTIVE_SIGN, None, notices::protective_sign, place);
        }
    }

    /// Days in these columns have their years from a column of years.
    pub(super) fn years_beside(&mut self, layout: &Layout, row: u32, columns: &[u32]) {
        for place in self.places(layout, row, columns) {
            self.add(finding_ids::YEAR_BESIDE, None, notices::year_beside, place);
        }
    }

    /// The cells of a row in those of the columns that are declared.
    fn places(&self, layout: &Layout, row: u32, columns: &[u32]) -> Vec<Location> {
        let found = columns.iter().filter_map(|at| {
            let (_, header) = layout.columns.iter().flatten().find(|(column, _)| column == at)?;
            Some(Location::in_source(self.source, Some(row), Some((*at, header))))
        });
        found.collect()
    }

    /// A row directly under the header explains it.
    pub(super) fn explaining_row(&mut self, row: u32) {
        let place = Location::in_source(self.source, Some(row), None);
        self.add(finding_ids::EXPLAINING_ROW, None, notices::explaining_row, place);
    }

    /// A workbook gives one cell two values.
    pub(super) fn duplicate_cell(&mut self, row: u32, column: u32) {
        let cell = Location::in_source(self.source, Some(row), Some((column, "")));
        let place = Location { column: None, ..cell };
        self.add(finding_ids::DUPLICATE_CELL, None, notices::duplicate_cell, place);
    }

    fn add(
        &mut self,
        rule: &'static str,
        column: Option<&ColumnDecl>,
        notice: impl FnOnce() -> Notice,
        place: Location,
    ) {
        let target = column.map_or_else(|| self.table.id.clone(), |c| format!("{}.{}", self.table.id, c.id));
        let Source { file, sheet } = self.source;
        let detail = format!("{file}\u{1f}{}", sheet.as_deref().unwrap_or_default());
        self.findings.add(FindingKey { rule, target: &target, detail: &detail }, notice, || Some(place));
    }
}

/// Whether a wrong decoding left something behind.
pub(super) fn has_odd_character(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_odd)
}

/// The replacement character, C1 controls, private use.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..)
}
