//! `manifest.json`: what a demo consists of, and every fault in it.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::DemoError;
use super::faults::Injected;
use super::places::Place;

const NAME: &str = "manifest.json";
const SCHEMA: &str = "wangge.demo/1";

/// What was made.
#[derive(Debug, Serialize)]
pub(super) struct Manifest {
    schema: &'static str,
    as_of: String,
    seed: u64,
    organizations: Vec<Organization>,
}

/// One submission.
#[derive(Debug, Serialize)]
pub(super) struct Organization {
    id: String,
    name: String,
    level: &'static str,
    parent: String,
    path: String,
    faults: Vec<Injected>,
}

impl Organization {
    pub(super) fn of(place: &Place) -> Self {
        Self {
            id: place.code.clone(),
            name: place.centre(),
            level: place.level_id(),
            parent: place.parent.clone(),
            path: folder_of(place),
            faults: Vec::new(),
        }
    }
}

/// The folder of a submission.
pub(super) fn folder_of(place: &Place) -> String {
    format!("{}{}", place.code, place.name)
}

impl Manifest {
    pub(super) fn new(seed: u64, organizations: Vec<Organization>) -> Self {
        let (year, month, day) = super::AS_OF;
        Self { schema: SCHEMA, as_of: format!("{year}-{month:02}-{day:02}"), seed, organizations }
    }

    /// Takes over the faults of each organization.
    pub(super) fn add_faults(&mut self, faults: Vec<Vec<Injected>>) {
        for (organization, faults) in self.organizations.iter_mut().zip(faults) {
            organization.faults = faults;
        }
    }

    /// Faults in all.
    pub(super) fn faults(&self) -> usize {
        self.organizations.iter().map(|one| one.faults.len()).sum()
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), DemoError> {
        let unwritable = |error| DemoError::Unwritable(folder.join(NAME), error);
        let text = serde_json::to_string_pretty(self).map_err(|error| unwritable(error.into()))?;
        fs::create_dir_all(folder).map_err(unwritable)?;
        fs::write(folder.join(NAME), text + "\n").map_err(unwritable)
    }
}

/// What is read back of a manifest: enough to know what may be removed.
#[derive(Deserialize)]
struct Old {
    schema: String,
    organizations: Vec<OldOrganization>,
}

#[derive(Deserialize)]
struct OldOrganization {
    path: String,
}

/// Makes sure that a folder is empty; removes an earlier demo that has it to itself where that is wanted.
pub(super) fn clear(folder: &Path, force: bool) -> Result<(), DemoError> {
    let found = entries(folder)?;
    if found.is_empty() {
        return Ok(());
    }
    let old = if force { old(folder) } else { None };
    if !old.is_some_and(|old| found.iter().all(|name| old.holds(name))) {
        return Err(DemoError::Occupied(folder.to_owned()));
    }
    // The manifest last: until then the rest can still be told to be a demo.
    let folders = found.iter().filter(|name| *name != NAME).map(|name| folder.join(name));
    let unwritable = |path: &Path, error| DemoError::Unwritable(path.to_owned(), error);
    for path in folders {
        fs::remove_dir_all(&path).map_err(|error| unwritable(&path, error))?;
    }
    let manifest = folder.join(NAME);
    fs::remove_file(&manifest).map_err(|error| unwritable(&manifest, error))
}

/// The names in a folder; none where there is no folder.
fn entries(folder: &Path) -> Result<Vec<OsString>, DemoError> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.filter_map(Result::ok).map(|entry| entry.file_name()).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(DemoError::Unwritable(folder.to_owned(), error)),
    }
}

fn old(folder: &Path) -> Option<Old> {
    let text = fs::read_to_string(folder.join(NAME)).ok()?;
    serde_json::from_str::<Old>(&text).ok().filter(|old| old.schema == SCHEMA)
}

impl Old {
    fn holds(&self, name: &OsStr) -> bool {
        name == NAME || self.organizations.iter().any(|one| name == one.path.as_str())
    }
}
