//! Where the tables of a submission come from. What kind of source a path is gets decided here and nowhere else: a new
//! kind is one implementation of [`TableSource`] and one line of [`at`].

mod archive;
mod directory;
mod extract;
mod file;
mod folder;
mod names;
mod refusal;
mod unpack;

use std::collections::BTreeSet;
use std::path::Path;

use sha2::Sha256;

use super::attached_file::AttachedFile;
use super::error::IngestError;
use super::extract as extracts;
use super::files;
use super::recognise::Names;
use super::stamp::Listing;
use super::submission::SubmissionReader;
use crate::table::table_schema::Declarations;

pub(super) use archive::{Packing, split};
pub use extract::{Numbered, RowKey, check_tables, row_keys};
pub use refusal::{ArchiveError, ArchiveFault};
pub(super) use unpack::{Packed, Unpacking};

/// A submission, or one table, before it is read: the counterpart of
/// [`TableSink`](crate::model::row::TableSink), which takes its rows.
pub(super) trait TableSource {
    /// Hands every table to `reader`, always in the same order, and tells what lies beside them.
    ///
    /// # Errors
    /// When a table cannot be read: then the submission as a whole cannot be judged.
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError>;

    /// Adds to a digest what [`TableSource::read`] parses, and nothing else.
    ///
    /// # Errors
    /// When it cannot be read.
    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError>;

    /// The files that hold no table, always in the same order: those that by their names hold none, and those of which
    /// reading has shown it, whose names are given.
    ///
    /// # Errors
    /// When it cannot be listed.
    fn attachments(&self, _: &BTreeSet<&str>) -> Result<Vec<AttachedFile>, IngestError> {
        Ok(Vec::new())
    }

    /// Bytes of its files as they lie on disk, none of which is opened; what cannot be told counts nothing.
    fn size(&self) -> u64;

    /// What the system says of the files it is made of, and what lies beside the tables.
    ///
    /// # Errors
    /// When it cannot be listed.
    fn listing(&self) -> Result<Listing, IngestError>;

    /// The path, as a user finds it, of what is called `file` in messages about this source.
    fn locate(&self, file: &str) -> String;
}

/// The source at a path: a folder of tables, an archive of one or a place in an archive of several, an extract of a database, or a file.
/// Nothing is opened yet. Which files in the folders inside are parts of the tables is told by the names of these.
pub(super) fn at<'p>(path: &'p Path, names: Names<'p>) -> Box<dyn TableSource + 'p> {
    if path.is_dir() {
        Box::new(folder::Folder(path, names))
    } else if let Some(archive) = archive::Archive::at(path, names) {
        Box::new(archive)
    } else if extracts::is_extract(path) {
        Box::new(extract::Extract(path))
    } else {
        Box::new(file::TableFile(path))
    }
}

/// Whether a file, by its name, is a source that is read.
pub(super) fn is_read(path: &Path) -> bool {
    files::is_zip(path) || matches!(files::form(path), Some(files::Form::Text | files::Form::Workbook))
}

/// Bytes of the source at `path` as it lies on disk; what cannot be told counts nothing.
pub fn size(path: &Path, decls: &Declarations) -> u64 {
    at(path, Names::new(decls)).size()
}

/// The path, as a user finds it, of what an error about the source at `path` calls `file`.
pub fn locate(path: &Path, file: &str) -> String {
    at(path, Names::none()).locate(file)
}

/// A path as reports show it: with `/`, whatever the system; an extract by the file that says how it came to be.
pub fn display_path(path: &Path) -> String {
    let shown = extracts::shown(path).unwrap_or_else(|| path.to_string_lossy());
    shown.replace('\\', "/")
}
