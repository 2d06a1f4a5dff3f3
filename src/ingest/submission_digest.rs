//! Digests by which a submission is known again.

use std::collections::BTreeSet;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::attached_file::AttachedFile;
use super::error::IngestError;
use super::recognise::Names;
use super::source;
use crate::model;
use crate::model::digest::hex;
use crate::table::table_schema::Declarations;

/// The digest of the submission at `path`, from its bytes alone: [`submission_digest`] of what [`read`] gives of its tables
/// and of its attachments.
///
/// # Errors
/// When a file of it cannot be read.
pub fn fingerprint(path: &Path, decls: &Declarations) -> Result<String, IngestError> {
    let (source, mut digest) = (source::at(path, Names::new(decls)), Sha256::new());
    source.digest(&mut digest)?;
    let of = |file: AttachedFile| {
        let fingerprint = file.fingerprint();
        (file.name, fingerprint)
    };
    let attached: Vec<_> = source.attachments(&BTreeSet::new())?.into_iter().map(of).collect();
    Ok(submission_digest(&hex(&digest.finalize()), &attached))
}

/// The digest of a submission: that of its tables where it has no attachments, else one of both; each attachment with its
/// name and its fingerprint.
pub fn submission_digest(tables: &str, attachments: &[(String, String)]) -> String {
    if attachments.is_empty() {
        return tables.to_owned();
    }
    let parts = attachments.iter().flat_map(|(name, sha256)| [name, sha256]);
    let parts = std::iter::once(tables).chain(parts.map(String::as_str));
    parts.fold(model::digest::Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
}
