//! Snapshots of a submission before it is read: whether it is still as it was when it was assessed.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::ingest;
use crate::ingest::stamp::{self, Listing};
use crate::table::table_schema::Declarations;

/// The files of a submission with sizes and times, and the moment at which they were listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    listing: Listing,
    moment: i64,
}

/// How a submission compares with an earlier snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeStatus {
    /// Sizes and times say that no file was touched.
    Untouched,
    /// Times differ, the bytes are the same.
    SameContent,
    /// Its bytes differ, or cannot be read.
    Changed,
}

impl Snapshot {
    /// Of the submission at `path`; `None` where it cannot be listed.
    pub fn of(path: &Path, decls: &Declarations) -> Option<Self> {
        let moment = stamp::now();
        Some(Self { listing: Listing::of(path, decls).ok()?.sealed(), moment })
    }

    /// How the submission at `path` compares with this snapshot, after which it was read and had the digest `content`;
    /// `now` is a snapshot taken just now. Bytes are read only where sizes and times do not settle it.
    pub fn status_since(&self, now: &Self, path: &Path, content: &str, decls: &Declarations) -> ChangeStatus {
        if self.listing == now.listing && self.listing.is_settled(self.moment) {
            return ChangeStatus::Untouched;
        }
        let same = self.listing.beside == now.listing.beside
            && ingest::fingerprint(path, decls).is_ok_and(|digest| digest == content);
        if same { ChangeStatus::SameContent } else { ChangeStatus::Changed }
    }
}
