//! What lies in a submission besides its tables and is told, not read.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{self, Content};
use super::{notices, stamp};
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::table::Source;

/// Names inside the submission, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Folders that hold tables.
    pub nested: Vec<String>,
    /// Links that lead to a folder.
    pub linked: Vec<String>,
    /// Files of rulings, which are never the team's here.
    pub rulings: Vec<String>,
    /// Archives.
    pub archives: Vec<String>,
}

/// A list, the id of its finding, and what is said of an entry.
type Told<'a> = (&'a [String], &'static str, fn(&str) -> Notice);

impl Beside {
    /// What lies in a submission with this content, and in the folders directly in it, whose content `of` tells.
    pub(super) fn of(content: &Content, of: impl Fn(&Path) -> Option<Content>) -> Self {
        let names = |paths: &[PathBuf]| paths.iter().map(|path| files::name(path)).collect::<Vec<_>>();
        let mut beside = Self {
            nested: Vec::new(),
            linked: names(&content.linked),
            rulings: names(&content.rulings),
            archives: names(&content.archives),
        };
        for folder in &content.folders {
            let Some(inner) = of(folder) else { continue };
            let name = files::name(folder);
            let within = |path: &PathBuf| format!("{name}/{}", files::name(path));
            beside.rulings.extend(inner.rulings.iter().map(within));
            if !inner.tables.is_empty() {
                beside.nested.push(name);
            }
        }
        beside
    }

    /// The same with digests in place of names.
    #[must_use]
    pub(super) fn sealed(self) -> Self {
        let seal = |names: Vec<String>| names.iter().map(|name| stamp::sealed(name)).collect();
        Self {
            nested: seal(self.nested),
            linked: seal(self.linked),
            rulings: seal(self.rulings),
            archives: seal(self.archives),
        }
    }

    /// Makes a finding of each.
    pub(super) fn tell(&self, findings: &mut FindingCollector) {
        let all: [Told<'_>; 4] = [
            (&self.nested, finding_ids::NESTED_FOLDER, notices::nested_folder),
            (&self.linked, finding_ids::LINKED_FOLDER, notices::linked_folder),
            (&self.rulings, finding_ids::RULINGS_INSIDE, notices::rulings_inside),
            (&self.archives, finding_ids::ARCHIVE, notices::archive),
        ];
        for (names, rule, notice) in all {
            for name in names {
                let source = Source { file: name.clone(), sheet: None };
                let place = || Some(Location::in_source(&source, None, None));
                findings.add(FindingKey { rule, target: name, detail: "" }, || notice(name), place);
            }
        }
    }
}
