//! One file that holds tables: a text or a workbook.

use std::path::Path;

use sha2::Sha256;

use super::{TableSource, display_path};
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::files;
use crate::ingest::members::Member;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::{SubmissionReader, open};

/// The file at a path.
pub(super) struct TableFile<'p>(pub(super) &'p Path);

impl TableSource for TableFile<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        reader.member(&self.member())
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        digest(&self.member(), into)
    }

    fn size(&self) -> u64 {
        files::bytes(self.0)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        Ok(Listing { files: vec![Stamp::of(&self.member())?], beside: Beside::default() })
    }

    fn locate(&self, _: &str) -> String {
        display_path(self.0)
    }
}

impl TableFile<'_> {
    fn member(&self) -> Member {
        Member::alone(self.0)
    }
}

/// Adds one file to a digest.
pub(super) fn digest(member: &Member, into: &mut Sha256) -> Result<(), IngestError> {
    let input = open(member, u64::MAX)?;
    input.digest(into)?;
    input.unchanged()
}
