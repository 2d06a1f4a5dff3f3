//! What lies in a submission besides its tables and is told, not read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::files::Content;
use super::members::{is_inside, within};
use super::{notices, part_notices, stamp};
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::table::Source;

/// Names inside the submission, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Folders inside, or table files in them, that are not read.
    pub nested: Vec<(String, LeftFolder)>,
    /// Links that lead to a folder.
    pub linked: Vec<String>,
    /// Files of rulings, which are never the team's here.
    pub rulings: Vec<String>,
    /// Archives.
    pub archives: Vec<String>,
}

/// Why a folder inside, or a table file in it, is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftFolder {
    /// It says whose it is: it is a submission of its own.
    Submission,
    /// By its name it holds copies or forms.
    Copy,
    /// It lies too deep.
    Deep,
    /// The system does not say what is in it.
    Unlisted,
    /// The file has no table's name.
    Nameless,
}

/// A list, the id of its finding, and what is said of an entry.
type Told<'a> = (&'a [String], &'static str, fn(&str) -> Notice);

impl Beside {
    /// Notes what lies in a folder with this content; the submission itself has no name.
    pub(super) fn add(&mut self, content: &Content, folder: &str) {
        let names = |paths: &[PathBuf]| paths.iter().map(|path| within(folder, path)).collect::<Vec<_>>();
        self.linked.extend(names(&content.linked));
        self.rulings.extend(names(&content.rulings));
        self.archives.extend(names(&content.archives));
    }

    /// Notes what is not read.
    pub(super) fn leave(&mut self, names: &[String], why: LeftFolder) {
        self.nested.extend(names.iter().map(|name| (name.clone(), why)));
    }

    /// The same with digests in place of names.
    #[must_use]
    pub(super) fn sealed(self) -> Self {
        let seal = |names: Vec<String>| names.iter().map(|name| stamp::sealed(name)).collect();
        Self {
            nested: self.nested.into_iter().map(|(name, why)| (stamp::sealed(&name), why)).collect(),
            linked: seal(self.linked),
            rulings: seal(self.rulings),
            archives: seal(self.archives),
        }
    }

    /// Makes a finding of each; of files of one folder inside a single one.
    pub(super) fn tell(&self, findings: &mut FindingCollector) {
        for (name, why) in &self.nested {
            let target = if *why == LeftFolder::Nameless { folder(name) } else { name };
            tell(findings, (finding_ids::NESTED_FOLDER, target, name), || {
                part_notices::nested_folder(target, *why)
            });
        }
        let all: [Told<'_>; 3] = [
            (&self.linked, finding_ids::LINKED_FOLDER, notices::linked_folder),
            (&self.rulings, finding_ids::RULINGS_INSIDE, notices::rulings_inside),
            (&self.archives, finding_ids::ARCHIVE, notices::archive),
        ];
        for (names, rule, notice) in all {
            for name in names {
                let is_many = rule == finding_ids::ARCHIVE && is_inside(name);
                let target = if is_many { folder(name) } else { name };
                tell(findings, (rule, target, name), || notice(target));
            }
        }
    }
}

fn tell(
    findings: &mut FindingCollector,
    (rule, target, name): (&'static str, &str, &str),
    notice: impl FnOnce() -> Notice,
) {
    let source = Source { file: name.to_owned(), sheet: None };
    let place = || Some(Location::in_source(&source, None, None));
    findings.add(FindingKey { rule, target, detail: "" }, notice, place);
}

/// The folder in which something inside lies.
fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(folder, _)| folder)
}
