//! What was assessed before is not assessed again while nothing has changed that it rests on.
//!
//! Each submission has one entry, a file that holds its assessment and everything that led to it ([`key`]). An entry is
//! used only when all of that is as it was, and its own bytes are as they were written; whatever else lies there is
//! passed over and replaced. The files of a submission count as unchanged when the system says that none of them was
//! touched since; where it does not say so, their bytes are read and compared.

mod entry;
pub mod folder;
mod key;

use std::path::Path;

use self::entry::Header;
use self::folder::Folder;
pub use self::folder::Location;
pub use self::key::{RunKey, differing, input};
use crate::assessment::assess::Assessed;
use crate::assessment::session::display_path;
use crate::batch::snapshot::{ChangeStatus, Snapshot};
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::ruling::Ruling;
use crate::table::table_schema::Declarations;

/// The assessments kept of earlier runs, as far as this run may use them.
pub struct Cache {
    folder: Folder,
    run: RunKey,
}

impl Cache {
    /// The cache at `location`; none where it is off, or where the platform has no place for one. Personal data that is
    /// not masked stays out of files nobody looks after.
    ///
    /// # Errors
    ///
    /// A folder that the user named cannot be used.
    pub fn open(location: &Location, run: RunKey) -> Result<Option<Self>, Fault> {
        let location = if run.is_masked() { location } else { &Location::Off };
        Ok(Folder::open(location)?.map(|folder| Self { folder, run }))
    }

    /// The assessment of the submission at `path`, which now looks like `snapshot`, if nothing has changed.
    pub fn find(
        &self,
        path: &Path,
        snapshot: &Snapshot,
        rulings: &[Ruling],
        decls: &Declarations,
    ) -> Option<Assessed> {
        let name = self.run.entry(path);
        let bytes = self.folder.read(&name)?;
        let (header, body) = entry::decode(&bytes)?;
        let content = &header.key.content;
        if header.key != self.run.key(&masked(path), content.clone(), &header.whose, rulings) {
            return None;
        }
        let since = header.snapshot.status_since(snapshot, path, content, decls);
        if since == ChangeStatus::Changed {
            return None;
        }
        let assessed = entry::assessed(&header, body)?;
        if since == ChangeStatus::SameContent {
            let header = Header { snapshot: snapshot.clone(), ..header };
            self.folder.write(&name, &entry::encode(&header, body)?);
        }
        Some(assessed)
    }

    /// Keeps an assessment. Not one in which a rule broke: what broke it may not be in the submission.
    pub fn keep(&self, path: &Path, snapshot: &Snapshot, assessed: &Assessed, rulings: &[Ruling]) {
        let one = &assessed.organization;
        if !assessed.faults.is_empty() {
            return;
        }
        let key = self.run.key(&masked(path), one.submission.sha256.clone(), &assessed.whose, rulings);
        let header = Header { key, snapshot: snapshot.clone(), whose: assessed.whose.clone() };
        let bytes = serde_json::to_vec(assessed).ok().and_then(|body| entry::encode(&header, &body));
        if let Some(bytes) = bytes {
            self.folder.write(&self.run.entry(path), &bytes);
        }
    }
}

/// A path as reports show it: entries are kept of masked ones alone.
fn masked(path: &Path) -> String {
    Masking::On.text(&display_path(path))
}
