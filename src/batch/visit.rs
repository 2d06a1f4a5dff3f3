//! Whether a submission is as it was when it was assessed.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::ingest;
use crate::ingest::stamp::{self, Listing};

/// A submission as it lay there before it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    listing: Listing,
    moment: i64,
}

/// What has become of a submission since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The system says that nobody touched it.
    Untouched,
    /// Its bytes are the same, and now settled at another time.
    Same,
    /// It is another.
    Changed,
}

impl Visit {
    /// Looks at the submission at `path`; nothing where it cannot be listed.
    pub fn of(path: &Path) -> Option<Self> {
        let moment = stamp::now();
        Some(Self { listing: Listing::of(path).ok()?, moment })
    }

    /// What has become since of the submission at `path`, which was read after this visit and had the digest
    /// `content`; `now` is a visit before it is read again.
    pub fn since(&self, now: &Self, path: &Path, content: &str) -> Since {
        if self.listing == now.listing && self.listing.is_settled(self.moment) {
            return Since::Untouched;
        }
        let same = self.listing.beside == now.listing.beside
            && ingest::fingerprint(path).is_ok_and(|digest| digest == content);
        if same { Since::Same } else { Since::Changed }
    }
}
