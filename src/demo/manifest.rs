//! `manifest.json`: what a demo consists of, and every fault in it.

use std::fs;
use std::path::Path;

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
    pub(super) fn tell(&mut self, faults: Vec<Vec<Injected>>) {
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

/// Makes sure that a folder is empty; removes an earlier demo from it, and nothing else, where that is wanted.
pub(super) fn clear(folder: &Path, force: bool) -> Result<(), DemoError> {
    if force {
        if let Some(old) = old(folder) {
            for one in old.organizations {
                remove(folder, &one.path)?;
            }
            let manifest = folder.join(NAME);
            fs::remove_file(&manifest).map_err(|error| DemoError::Unwritable(manifest, error))?;
        }
    }
    let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file();
    if occupied { Err(DemoError::Occupied(folder.to_owned())) } else { Ok(()) }
}

fn old(folder: &Path) -> Option<Old> {
    let text = fs::read_to_string(folder.join(NAME)).ok()?;
    serde_json::from_str::<Old>(&text).ok().filter(|old| old.schema == SCHEMA)
}

/// Removes the folder of a submission; a manifest that names any other place is not believed.
fn remove(folder: &Path, name: &str) -> Result<(), DemoError> {
    let inside = folder.join(name);
    let plain = Path::new(name).file_name().is_some_and(|last| last == name);
    if !plain || !inside.is_dir() {
        return Ok(());
    }
    fs::remove_dir_all(&inside).map_err(|error| DemoError::Unwritable(inside, error))
}
