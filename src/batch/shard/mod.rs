//! A batch in parts: each process assesses one shard and writes its results to a file; `wangge merge` makes of the files
//! what one process would have made.
//!
//! A file of results is JSON lines, each with the digest of what it says ([`line`]): the first tells what the run is
//! ([`Header`]), the others how one submission each ended ([`TaskResult`](super::executor::TaskResult)), in the order in
//! which they ended. A file that was cut off is good up to there. The digests show that a file was cut off, mixed up or
//! damaged, and that shards are of one run. They have no key: whoever can write the file can make them anew, so that it
//! is to be trusted as its writers are.

pub mod line;
pub mod writer;

use std::collections::VecDeque;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::addressee::Addressee;
use super::cache::{RunKey, differing};
use super::rulings::RunRulings;
use crate::model::digest::Digest;
use crate::model::fault::Fault;
use crate::model::run_inputs::InputFile;
use crate::model::system;
use crate::model::text::Text;

/// Name and version of the form of the file.
pub const FORM: &str = "wangge.shard/1";

/// Which part of a batch: every `of`th submission, beginning with number `number`, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Which one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Shard {
    /// The whole batch.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Reads `2/7`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, of) = text.split_once('/')?;
        let shard = Self { number: number.trim().parse().ok()?, of: of.trim().parse().ok()? };
        shard.is_one().then_some(shard)
    }

    /// Whether the submission at this place of the report belongs to it. Sizes have no say in it: a file that grows
    /// while shards are run must not move a submission from one to the other.
    pub fn holds(self, at: usize) -> bool {
        at.checked_rem(self.of) == self.number.checked_sub(1)
    }

    /// Whether it is one of so many; a file may say anything.
    pub fn is_one(self) -> bool {
        (1..=self.of).contains(&self.number)
    }

    /// How many places of the report belong to it, of so many.
    pub fn count(self, all: usize) -> usize {
        let after = all.checked_sub(self.number).and_then(|after| after.checked_div(self.of));
        after.map_or(0, |whole| whole.saturating_add(1))
    }

    /// The places of the report that belong to it, of so many.
    pub fn places(self, all: usize) -> VecDeque<usize> {
        (0..all).filter(|at| self.holds(*at)).collect()
    }
}

/// What the run of a shard is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always [`FORM`].
    pub form: String,
    /// Which part it is.
    pub shard: Shard,
    /// What is the same for all parts.
    pub run: RunFingerprint,
}

/// What must be the same for all shards of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFingerprint {
    /// Number of submissions in all shards.
    pub submissions: usize,
    /// Digest of their paths, in the order of the report.
    pub manifest: String,
    /// Program, packs, readings, choices.
    pub key: RunKey,
    /// Digest of all rulings.
    pub rulings: String,
    /// The files they are from.
    pub ruling_files: Vec<InputFile>,
    /// Whom the rulings are about.
    pub addressees: Vec<Addressee>,
    /// What was passed over.
    pub notices: Vec<Fault>,
}

impl RunFingerprint {
    /// The run over the submissions at `paths` with these rulings.
    pub fn of(key: RunKey, paths: impl ExactSizeIterator<Item = String>, rulings: &RunRulings) -> Self {
        let submissions = paths.len();
        let manifest = paths.fold(Digest::default(), |digest, path| digest.part(path.as_bytes()));
        Self {
            submissions,
            manifest: manifest.hex(),
            key,
            rulings: rulings.digest(),
            ruling_files: rulings.files.clone(),
            addressees: rulings.addressees.clone(),
            notices: rulings.notices.clone(),
        }
    }

    /// What differs from `other` besides the submissions.
    pub fn differs(&self, other: &Self) -> Option<Text> {
        let rulings = (&self.rulings, &self.ruling_files, &self.addressees)
            == (&other.rulings, &other.ruling_files, &other.addressees);
        self.key.differs(&other.key).or_else(|| differing(&[(rulings, "裁定", "the rulings")]))
    }
}

/// The system does not give the file of a shard.
pub fn unreadable(path: &Path, error: &io::Error) -> Fault {
    let what = Text::new("分片文件不能读取", "the file of the shard cannot be read");
    system::refusal(error).fault("merge.unreadable", &what, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_one_of_so_many() {
        assert_eq!(Shard::parse("2/7"), Some(Shard { number: 2, of: 7 }));
        for wrong in ["", "2", "0/7", "8/7", "a/7", "2/", "-1/7", "1/0", "2/7/9"] {
            assert_eq!(Shard::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shards_share_all_places_out() {
        for of in 1..9 {
            let mut places: Vec<_> = (1..=of).flat_map(|number| Shard { number, of }.places(20)).collect();
            let counted = (1..=of).map(|number| Shard { number, of }.count(20)).sum::<usize>();
            assert_eq!(places.len(), counted);
            places.sort_unstable();
            assert_eq!(places, (0..20).collect::<Vec<_>>());
        }
    }
}
