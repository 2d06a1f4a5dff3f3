//! A folder of tables.

use std::path::{Path, PathBuf};

use sha2::Sha256;

use super::{TableSource, display_path, file};
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::files::{self, Content};
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::SubmissionReader;

/// The folder at a path.
pub(super) struct Folder<'p>(pub(super) &'p Path);

impl TableSource for Folder<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        self.listed()?.iter().try_for_each(|file| reader.file(file))?;
        reader.beside(&self.beside());
        Ok(())
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        self.listed()?.iter().try_for_each(|file| file::digest(file, into))
    }

    fn size(&self) -> u64 {
        let files = self.tables().unwrap_or_default();
        files.iter().map(|file| files::bytes(file)).fold(0, u64::saturating_add)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        let files = self.listed()?.iter().map(|file| Stamp::of(file)).collect::<Result<_, _>>()?;
        Ok(Listing { files, beside: self.beside() })
    }

    fn locate(&self, file: &str) -> String {
        let whole = display_path(self.0);
        let is_path = file.strip_prefix(&whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if is_path { whole } else { format!("{whole}/{file}") }
    }
}

impl Folder<'_> {
    /// The files directly in it that hold tables, whether readable or not, sorted by name.
    fn tables(&self) -> Result<Vec<PathBuf>, IngestError> {
        let tables = Content::of(self.0)?.tables;
        tables.iter().try_for_each(|path| usable(self.0, path))?;
        Ok(tables)
    }

    /// The same, of which there must be some.
    fn listed(&self) -> Result<Vec<PathBuf>, IngestError> {
        let tables = self.tables()?;
        if tables.is_empty() {
            return Err(IngestError::Nothing { path: self.0.display().to_string() });
        }
        Ok(tables)
    }

    fn beside(&self) -> Beside {
        let of = |folder: &Path| Content::of(folder).ok();
        of(self.0).map(|content| Beside::of(&content, of)).unwrap_or_default()
    }
}

/// What a submission shows must be in it. A link that leads nowhere is no file, which is told when it is opened.
fn usable(folder: &Path, path: &Path) -> Result<(), IngestError> {
    let inside = || Some(path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
    if path.is_symlink() && inside() == Some(false) {
        return Err(IngestError::Link { file: files::name(path) });
    }
    Ok(())
}
