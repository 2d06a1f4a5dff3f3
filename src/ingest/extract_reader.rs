//! Reads an extract of a database: its tables are named and headed, so that neither is looked for.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::error::IngestError;
use super::extract::{Cell, Line, Lines, TableHead};
use super::header;
use super::info::{FileInfo, SheetInfo, Taken};
use super::input::Input;
use super::merges::Merges;
use super::row::Row;
use super::sheet::{GivenHeader, SheetReader};
use super::submission::{SubmissionReader, file_info};
use crate::model::row::{RawCell, Rows};
use crate::table::Source;
use crate::table::table_schema::TableDecl;

impl<'a> SubmissionReader<'a, '_> {
    /// Reads an extract.
    pub(super) fn extract(&mut self, input: &Input) -> Result<(), IngestError> {
        input.digest(&mut self.digest)?;
        let mut infos: Vec<SheetInfo> = Vec::new();
        let name = self.tables(input, &mut infos).map_err(|error| input.unreadable(&error))?;
        self.files.push(FileInfo { name, ..file_info(input, infos) });
        Ok(())
    }

    /// Reads its tables; the file that findings name.
    fn tables(&mut self, input: &Input, infos: &mut Vec<SheetInfo>) -> io::Result<String> {
        let (opening, mut lines) = Lines::of(input.stream())?;
        let mut head = lines.table()?;
        while let Some(table) = head.take() {
            let source = Source { file: opening.file.clone(), sheet: Some(table.source.clone()) };
            let Some(decl) = self.names.find(&table.table) else {
                infos.push(self.unknown(&source.file, source.sheet.as_deref(), &table.table));
                head = lines.table()?;
                continue;
            };
            let mut rows = TableRows { decl, source: Arc::new(source), table };
            let info = rows.read(self, &mut lines, &mut head)?;
            infos.push(SheetInfo { taken: Taken::SheetName, ..info });
        }
        Ok(opening.file)
    }
}

/// A table of an extract.
struct TableRows<'a> {
    decl: &'a Arc<TableDecl>,
    source: Arc<Source>,
    table: TableHead,
}

impl TableRows<'_> {
    /// Reads its rows; the head of the table after it is left in `next`. A table may come in several pieces.
    fn read<R: io::Read>(
        &mut self,
        reader: &mut SubmissionReader<'_, '_>,
        lines: &mut Lines<R>,
        next: &mut Option<TableHead>,
    ) -> io::Result<SheetInfo> {
        let merges = Merges::default();
        let mut rows = Rows::new(self.decl.columns.len());
        let mut sheet = SheetReader::new(self.decl, Arc::clone(&self.source), &mut reader.out);
        sheet.header(self.header(), self.given());
        let (mut row, mut number) = (Row::default(), self.table.first);
        while let Some(line) = lines.next()? {
            match line {
                Line::Row(cells) => {
                    row.begin(number, None);
                    cells.into_iter().zip(1..).for_each(|(cell, column)| row.push(column, raw(cell)));
                    sheet.row(&mut row, &merges, &mut rows);
                    number = number.saturating_add(1);
                }
                Line::Table(more) if is_same(&more, &self.table) => number = more.first,
                Line::Table(other) => {
                    *next = Some(other);
                    break;
                }
            }
        }
        Ok(sheet.finish(&merges, &mut rows))
    }

    /// Key and organization need not be columns of ours.
    fn given(&self) -> GivenHeader {
        let aside = [Some(self.table.key), self.table.organization].into_iter().flatten();
        let aside = aside.filter_map(|at| u32::try_from(at).ok()?.checked_add(1)).collect();
        GivenHeader { called: self.table.columns.clone(), aside }
    }

    fn header(&self) -> Row<'static> {
        let mut header = Row::default();
        for ((at, name), column) in self.table.headers.iter().enumerate().zip(1..) {
            if !self.is_replaced(at, name) {
                header.push(column, RawCell::Text(Cow::Owned(name.clone())));
            }
        }
        header
    }

    /// Whether the settings say that another column is the one of ours that this one is called like.
    fn is_replaced(&self, at: usize, name: &str) -> bool {
        let ours = |header: &str| header::named(self.decl, header).map(|(column, _)| column);
        let given = || self.table.given.iter().filter_map(|at| ours(self.table.headers.get(*at)?));
        !self.table.given.contains(&at) && ours(name).is_some_and(|column| given().any(|one| one == column))
    }
}

fn is_same(more: &TableHead, table: &TableHead) -> bool {
    (&more.table, &more.source, &more.columns) == (&table.table, &table.source, &table.columns)
}

fn raw(cell: Cell) -> RawCell<'static> {
    match cell {
        Cell::Empty => RawCell::Empty,
        Cell::Text(text) => RawCell::Text(Cow::Owned(text)),
        Cell::Binary => RawCell::Unread,
    }
}
