//! The rows of a table on their way to the extracts: put in one order where the database leaves it open, and counted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::extraction::{Extraction, Roles};
use crate::ingest::extract::{Cell, LONGEST_CODE, TableHead, write_line};

/// Rows that may be the same to the database and are put in order together, and the bytes in them.
pub(super) const MOST_ALIKE: usize = 10_000;
const MOST_BYTES: usize = 64 << 20;

/// What there is to say of the rows of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Cells that hold bytes, by column.
    pub(super) binary: BTreeMap<usize, u64>,
    /// Rows with the key of another.
    pub(super) twice: u64,
    /// Keys of so many rows that they could not be put in order.
    pub(super) unordered: u64,
    /// Rows of no organization.
    pub(super) nobodys: u64,
    /// Why no further row was taken.
    pub(super) refused: Option<Refused>,
}

/// Why a row is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The code of an organization is too long for one.
    TooLong,
    /// What tells rows or organizations apart is bytes, in this column.
    Bytes(usize),
}

/// The rows of a table.
pub(super) struct TableRows<'a> {
    extraction: &'a Extraction<'a>,
    roles: &'a Roles,
    pub(super) told: Told,
    alike: Alike,
    /// The organization written last, and its extract.
    open: Option<(Option<String>, BufWriter<File>)>,
    /// Rows written, by organization.
    pub(super) written: BTreeMap<Option<String>, u32>,
}

/// Rows which the database may take for the same, and give in any order.
#[derive(Default)]
struct Alike {
    identity: [String; 2],
    rows: Vec<Vec<Cell>>,
    bytes: usize,
    /// How often rows were written before the last of them.
    cuts: usize,
}

impl<'a> TableRows<'a> {
    pub(super) fn new(extraction: &'a Extraction<'a>, roles: &'a Roles) -> Self {
        let (told, written) = (Told::default(), BTreeMap::new());
        Self { extraction, roles, told, alike: Alike::default(), open: None, written }
    }

    pub(super) fn take(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for (at, _) in cells.iter().enumerate().filter(|(_, cell)| **cell == Cell::Binary) {
            if at == self.roles.key || Some(at) == self.roles.organization {
                return Err(self.refuse(Refused::Bytes(at)));
            }
            let count = self.told.binary.entry(at).or_default();
            *count = count.saturating_add(1);
        }
        let identity = identity(self.roles, &cells).map(folded);
        if self.alike.identity != identity {
            self.write_alike()?;
            self.alike = Alike { identity, ..Alike::default() };
        }
        let bytes = cells.iter().map(|cell| cell.text().len().saturating_add(size_of::<Cell>()));
        self.alike.bytes = bytes.fold(self.alike.bytes, usize::saturating_add);
        self.alike.rows.push(cells);
        if self.alike.rows.len() >= MOST_ALIKE || self.alike.bytes >= MOST_BYTES {
            self.write_alike()?;
            self.alike.cuts = self.alike.cuts.saturating_add(1);
        }
        Ok(())
    }

    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.write_alike()?;
        self.open.as_mut().map_or(Ok(()), |(_, writer)| writer.flush())
    }

    fn refuse(&mut self, why: Refused) -> io::Error {
        self.told.refused = Some(why);
        io::ErrorKind::InvalidInput.into()
    }

    /// Writes the rows held, in an order of their own.
    fn write_alike(&mut self) -> io::Result<()> {
        let (mut rows, roles) = (std::mem::take(&mut self.alike.rows), self.roles);
        let cuts = if rows.is_empty() { 0 } else { self.alike.cuts };
        self.told.unordered = self.told.unordered.saturating_add(u64::from(cuts == 1));
        self.alike.bytes = 0;
        rows.sort_by(|one, other| (identity(roles, one), one).cmp(&(identity(roles, other), other)));
        let same = |pair: &&[Vec<Cell>]| {
            let [one, other] = pair else { return false };
            identity(roles, one) == identity(roles, other)
        };
        let again = rows.windows(2).filter(same).count().saturating_add(usize::from(cuts > 0));
        self.told.twice = self.told.twice.saturating_add(u64::try_from(again).unwrap_or(u64::MAX));
        for cells in rows {
            self.write_row(&cells)?;
        }
        Ok(())
    }

    /// Writes a row into the extract of whose it is.
    fn write_row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let Some(at) = self.roles.organization else { return self.write(None, cells) };
        let code = cells.get(at).map(|cell| cell.text().trim()).unwrap_or_default();
        if code.is_empty() {
            self.told.nobodys = self.told.nobodys.saturating_add(1);
            return Ok(());
        }
        if code.len() > LONGEST_CODE {
            return Err(self.refuse(Refused::TooLong));
        }
        self.write(Some(code.to_owned()), cells)
    }

    fn write(&mut self, organization: Option<String>, cells: &[Cell]) -> io::Result<()> {
        let written = self.written.entry(organization.clone()).or_default();
        let is_open = self.open.as_ref().is_some_and(|(open, _)| *open == organization);
        if !is_open {
            if let Some((_, mut writer)) = self.open.take() {
                writer.flush()?;
            }
            let mut writer = self.extraction.extract_of(organization.as_deref())?;
            let first = written.saturating_add(1);
            write_line(&mut writer, &TableHead { first, ..self.roles.head.clone() })?;
            self.open = Some((organization, writer));
        }
        *written = written.saturating_add(1);
        self.open.as_mut().map_or(Ok(()), |(_, writer)| write_line(writer, &cells))
    }
}

/// What tells a row apart: whose it is, and its key.
fn identity<'c>(roles: &Roles, cells: &'c [Cell]) -> [&'c str; 2] {
    let text = |at: usize| cells.get(at).map(Cell::text).unwrap_or_default();
    [roles.organization.map(text).unwrap_or_default(), text(roles.key)]
}

/// A text as coarse as the coarsest order of a database: it may take `a` for `A`, `e` for `é`, `1.0` for `1.00`, and pass over
/// blanks at the end.
fn folded(text: &str) -> String {
    let text = text.trim();
    if let Ok(number) = text.parse::<Decimal>() {
        return number.normalize().to_string();
    }
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c) && !c.is_control());
    plain.flat_map(char::to_lowercase).collect()
}
