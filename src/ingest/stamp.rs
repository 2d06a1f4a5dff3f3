//! What the system says of the files of a submission, without reading them: whether they may have changed.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::error::IngestError;
use super::members::Member;
use super::recognise::Names;
use super::source;
use crate::model::digest::Digest;
use crate::table::table_schema::Declarations;

/// The files of a submission as the system lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Files in the order in which they are read.
    pub files: Vec<Stamp>,
    /// What is told of besides, and not read.
    pub beside: Beside,
}

/// What the system says of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Name inside the submission.
    pub name: String,
    /// Size.
    pub bytes: u64,
    /// When its content was last written, in nanoseconds of the epoch; anybody may set it.
    pub modified: Option<i64>,
    /// When anything of it last changed, which the system alone sets; not every system tells.
    pub changed: Option<i64>,
    /// Which file of which disk it is.
    pub identity: Option<(u64, u64)>,
}

/// No file system in use has a coarser clock than this (FAT: 2 s).
const TICK: Duration = Duration::from_secs(2);

impl Listing {
    /// The files of the submission at `path`.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn of(path: &Path, decls: &Declarations) -> Result<Self, IngestError> {
        source::at(path, Names::new(decls)).listing()
    }

    /// The same with digests in place of names, which may be those of persons.
    #[must_use]
    pub fn sealed(self) -> Self {
        let stamp = |stamp: Stamp| Stamp { name: sealed(&stamp.name), ..stamp };
        Self { files: self.files.into_iter().map(stamp).collect(), beside: self.beside.sealed() }
    }

    /// Whether every file was last touched so long before `moment` that one written after it shows a later time.
    /// Never where the system does not say when a file changed.
    pub fn is_settled(&self, moment: i64) -> bool {
        let tick = i64::try_from(TICK.as_nanos()).unwrap_or(i64::MAX);
        let settled = |time: Option<i64>| time.is_some_and(|time| time.saturating_add(tick) < moment);
        self.files.iter().all(|file| settled(file.changed) && settled(file.modified))
    }
}

impl Stamp {
    /// What the system says of a file.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn of(member: &Member) -> Result<Self, IngestError> {
        let name = member.name.clone();
        let metadata =
            member.path.metadata().map_err(|error| IngestError::unreadable(name.clone(), &error))?;
        Ok(Self::new(name, &metadata))
    }

    /// That of a file of which the system says nothing.
    pub(super) fn none(member: &Member) -> Self {
        Self { name: member.name.clone(), bytes: 0, modified: None, changed: None, identity: None }
    }

    /// What the system says of the file of this name.
    pub(super) fn new(name: String, metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(nanoseconds);
        let (changed, identity) = (changed(metadata), identity(metadata));
        Self { name, bytes: metadata.len(), modified, changed, identity }
    }
}

/// What stands for a name where it is kept.
pub(super) fn sealed(name: &str) -> String {
    Digest::default().part(name.as_bytes()).hex()
}

/// The present moment in nanoseconds of the epoch.
pub fn now() -> i64 {
    nanoseconds(SystemTime::now()).unwrap_or(i64::MIN)
}

fn nanoseconds(time: SystemTime) -> Option<i64> {
    i64::try_from(time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_nanos()).ok()
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().checked_mul(1_000_000_000)?.checked_add(metadata.ctime_nsec())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i64> {
    None
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn stamp(changed: Option<i64>) -> Listing {
        let file = Stamp { name: "a.csv".into(), bytes: 1, modified: Some(0), changed, identity: None };
        Listing { files: vec![file], beside: Beside::default() }
    }

    #[test]
    fn a_file_touched_just_now_is_not_settled() {
        assert!(stamp(Some(0)).is_settled(2_000_000_001));
        assert!(!stamp(Some(1)).is_settled(2_000_000_001));
        assert!(!stamp(Some(i64::MAX)).is_settled(i64::MAX));
        assert!(!stamp(None).is_settled(i64::MAX));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_rewritten_with_its_old_time_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("部门.csv");
        let decls: Declarations = toml::from_str("").unwrap();
        std::fs::write(&path, "a").unwrap();
        let (before, time) =
            (Listing::of(folder.path(), &decls).unwrap(), path.metadata().unwrap().modified().unwrap());
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(&path, "b").unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let after = Listing::of(folder.path(), &decls).unwrap();
        let modified = |listing: &Listing| listing.files.iter().map(|file| file.modified).collect::<Vec<_>>();
        assert_eq!(modified(&before), modified(&after));
        assert_ne!(before, after);
    }
}
