//! One file that holds tables: a text or a workbook.

use std::path::Path;

use sha2::Sha256;

use super::{TableSource, display_path};
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::files;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::{SubmissionReader, open};

/// The file at a path.
pub(super) struct TableFile<'p>(pub(super) &'p Path);

impl TableSource for TableFile<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        reader.file(self.0)
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        digest(self.0, into)
    }

    fn size(&self) -> u64 {
        files::bytes(self.0)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        Ok(Listing { files: vec![Stamp::of(self.0)?], beside: Beside::default() })
    }

    fn locate(&self, _: &str) -> String {
        display_path(self.0)
    }
}

/// Adds one file to a digest.
pub(super) fn digest(path: &Path, into: &mut Sha256) -> Result<(), IngestError> {
    let input = open(path, u64::MAX)?;
    input.digest(into)?;
    input.unchanged()
}
