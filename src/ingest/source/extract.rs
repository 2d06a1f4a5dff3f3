//! An extract of a database.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use sha2::Sha256;

use super::{TableSource, display_path};
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::extract::{self, Line, Lines, TableHead};
use crate::ingest::files;
use crate::ingest::input::Input;
use crate::ingest::limit::Limit;
use crate::ingest::members::Member;
use crate::ingest::metered::Metered;
use crate::ingest::recognise::Names;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::SubmissionReader;
use crate::resources::progress::{self, ProgressEvent};
use crate::table::table_schema::Declarations;

/// The extract at a path.
pub(super) struct Extract<'p>(pub(super) &'p Path);

impl TableSource for Extract<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        progress::announce(ProgressEvent::Read, &display_path(self.0));
        let metered = Metered::begin(files::bytes(self.0), reader.memory());
        let input = self.open(metered.held())?;
        reader.extract(&input)?;
        input.unchanged()
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        let input = self.open(u64::MAX)?;
        input.digest(into)?;
        input.unchanged()
    }

    fn size(&self) -> u64 {
        files::bytes(self.0)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        let member = Member { path: self.0.to_owned(), name: display_path(self.0) };
        Ok(Listing { files: vec![Stamp::of(&member)?], beside: Beside::default() })
    }

    fn locate(&self, _: &str) -> String {
        display_path(self.0)
    }
}

impl Extract<'_> {
    fn open(&self, memory: u64) -> Result<Input, IngestError> {
        Input::open(self.0, display_path(self.0), Limit::File, memory)
    }
}

/// Whether every table of the extract at `path` is one of ours. The settings of the database are at `settings`.
///
/// # Errors
/// One is not, or it cannot be read any more.
pub fn check_tables(path: &Path, settings: &Path, decls: &Declarations) -> Result<(), IngestError> {
    let input = Extract(path).open(0)?;
    let names = Names::new(decls);
    let unknown = unknown(&input, &names).map_err(|error| input.unreadable(&error))?;
    unknown.map_or(Ok(()), |head| {
        let suggestion = names.suggestion(&head.table).map(|meant| meant.name.clone());
        Err(IngestError::NoSuchTable {
            file: display_path(settings),
            row: head.line,
            table: head.table,
            suggestion,
        })
    })
}

fn unknown(input: &Input, names: &Names<'_>) -> io::Result<Option<TableHead>> {
    let (_, mut lines) = Lines::of(input.stream())?;
    while let Some(head) = lines.table()? {
        if names.find(&head.table).is_none() {
            return Ok(Some(head));
        }
    }
    Ok(None)
}

/// The key of a row in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKey {
    /// The column that tells rows apart, as the database calls it.
    pub column: String,
    /// What stands in it.
    pub value: String,
}

/// Rows by what findings call their table and by their number in it.
pub type Numbered<T> = BTreeMap<(String, u32), T>;

/// The keys of the wanted rows of the submission at `path`; `None` where it did not come out of a database.
///
/// # Errors
/// The extract cannot be read any more.
pub fn row_keys(
    path: &Path,
    wanted: &BTreeSet<(String, u32)>,
) -> Result<Option<Numbered<RowKey>>, IngestError> {
    if !extract::is_extract(path) {
        return Ok(None);
    }
    let input = Extract(path).open(0)?;
    let keys = keys(&input, wanted).map_err(|error| input.unreadable(&error))?;
    Ok(Some(keys))
}

fn keys(input: &Input, wanted: &BTreeSet<(String, u32)>) -> io::Result<Numbered<RowKey>> {
    let (mut keys, mut head, mut number) = (BTreeMap::new(), TableHead::default(), 0_u32);
    let (_, mut lines) = Lines::of(input.stream())?;
    while let Some(line) = lines.next()? {
        match line {
            Line::Table(table) => (number, head) = (table.first, table),
            Line::Row(cells) => {
                let row = (head.source.clone(), number);
                number = number.saturating_add(1);
                let value = cells.get(head.key).map(extract::Cell::text).unwrap_or_default();
                if !value.is_empty() && wanted.contains(&row) {
                    let column = head.columns.get(head.key).cloned().unwrap_or_default();
                    keys.insert(row, RowKey { column, value: value.to_owned() });
                }
            }
        }
    }
    Ok(keys)
}
