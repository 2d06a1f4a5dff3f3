//! The rulings of a run: which files of them count, and for which submissions.
//!
//! Rulings are the team's word. They count from the files named with `--rulings`, for all submissions, and from the
//! folder of a batch that was itself named on the command line, for the submissions in it. What an organization sent
//! may look like a batch; in doubt its rulings are passed over, and that is told.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{self, Path, PathBuf};

use super::addressee::Addressee;
use super::cache::input;
use super::passed_over;
use crate::assessment::session::{Session, display_path, within};
use crate::ingest::{self, Found, Given};
use crate::model::catalog::Catalog;
use crate::model::digest::Digest;
use crate::model::fault::{Explain, Fault};
use crate::model::ruling::{Ruling, digest};
use crate::model::run_inputs::{InputFile, InputRole};
use crate::model::text::Text;
use crate::score::LineF;

/// The paths of a run.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Files named with `--rulings`.
    pub files: &'a [PathBuf],
    /// What was found at the paths given.
    pub found: &'a Found,
    /// How many of these, the first ones, were named on the command line.
    pub named: usize,
}

/// The rulings of a run.
#[derive(Clone, Debug, Default)]
pub struct RunRulings {
    sets: Vec<Set>,
    /// Those that do not say whom they are about, where there are several submissions: they are nobody's.
    open: Vec<Ruling>,
    /// The files they are from.
    pub files: Vec<InputFile>,
    /// Whom all of them are about.
    pub addressees: Vec<Addressee>,
    /// What was passed over: files of rulings, and links.
    pub notices: Vec<Fault>,
}

/// Rulings on the submissions in one folder; on all where there is none.
#[derive(Clone, Debug)]
struct Set {
    scope: Option<PathBuf>,
    rulings: Vec<Ruling>,
}

impl RunRulings {
    /// Reads the rulings that count, about what stands in a catalog.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn read(asked: Asked<'_>, session: &Session, catalog: &Catalog) -> Result<Self, Vec<Fault>> {
        let (mut all, mut faults) = (Self::default(), Vec::new());
        let named = asked.files.iter().map(|file| (None, file.clone()));
        let (beside, passed) = beside(asked);
        let each_counts = session.score_policies.line_f == LineF::Each;
        for (scope, file) in named.chain(beside) {
            match ingest::rulings::read(&file, catalog, each_counts) {
                Ok(rulings) => {
                    all.files.push(input(InputRole::Rulings, &file));
                    let addressee = |one| Addressee::of(one, scope.as_deref(), &file, session.masking);
                    all.addressees.extend(rulings.iter().map(addressee));
                    all.add(scope, rulings, asked.found.submissions.len() > 1);
                }
                Err(errors) => faults
                    .extend(errors.iter().map(|error| session.masking.fault(within(&file, error.fault())))),
            }
        }
        let linked = asked.found.passed.iter().map(|link| passed_over::link(link));
        let folders = passed_over::folders(&asked.found.without_tables);
        let notices = passed.iter().map(|file| not_adopted(file)).chain(linked).chain(folders);
        all.notices = notices.map(|notice| session.masking.fault(notice)).collect();
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    fn add(&mut self, scope: Option<PathBuf>, rulings: Vec<Ruling>, several: bool) {
        let (open, rulings): (Vec<_>, Vec<_>) =
            rulings.into_iter().partition(|ruling| several && ruling.names_nobody());
        self.open.extend(open);
        match self.sets.iter_mut().find(|set| set.scope == scope) {
            Some(set) => set.rulings.extend(rulings),
            None => self.sets.push(Set { scope, rulings }),
        }
    }

    /// Those that count for the submission at `path`, in the order in which they were read.
    pub fn on(&self, path: &Path) -> Cow<'_, [Ruling]> {
        let here = |set: &&Set| set.scope.as_ref().is_none_or(|scope| path.starts_with(scope));
        let mut sets = self.sets.iter().filter(here);
        match (sets.next(), sets.next()) {
            (None, _) => Cow::Borrowed(&[]),
            (Some(set), None) => Cow::Borrowed(&set.rulings),
            _ => Cow::Owned(self.sets.iter().filter(here).flat_map(|set| set.rulings.clone()).collect()),
        }
    }

    /// Digest of all of them.
    pub fn digest(&self) -> String {
        let scope = |set: &Set| set.scope.as_deref().map(display_path).unwrap_or_default();
        let sets = self.sets.iter().map(|set| (scope(set), digest(&set.rulings)));
        // The last are those that are nobody's.
        let all = sets.chain([(String::new(), digest(&self.open))]);
        let parts = all.flat_map(|(scope, rulings)| [scope, rulings]);
        parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
    }
}

/// A file, and the folder on whose submissions it rules.
type Scoped = (Option<PathBuf>, PathBuf);

/// The files of rulings beside batches, and those that are passed over.
fn beside(Asked { found, named, .. }: Asked<'_>) -> (Vec<Scoped>, BTreeSet<PathBuf>) {
    let (mut counting, mut passed) = (Vec::new(), BTreeSet::new());
    for (at, given) in found.given.iter().enumerate() {
        let batch = at < named && is_batch(given, &found.given);
        for file in &given.rulings {
            if batch && file.parent() == Some(&given.path) && file.is_file() {
                counting.push((Some(given.path.clone()), file.clone()));
            } else {
                passed.insert(file.clone());
            }
        }
    }
    counting.dedup();
    passed.retain(|file| counting.iter().all(|(_, other)| other != file));
    (counting, passed)
}

/// Whether a path is surely a batch, and not what one organization sent: several organizations are in it, it does not
/// lie in another path given, and none of its neighbours that were given with it is what one organization sent.
fn is_batch(given: &Given, all: &[Given]) -> bool {
    let others = || all.iter().filter(|other| other.real != given.real);
    let inside = others().any(|other| given.real.starts_with(&other.real));
    let beside = |other: &Given| {
        above(&given.path) == above(&other.path) || given.real.parent() == other.real.parent()
    };
    given.organizations > 1 && !inside && !others().any(|other| other.organizations < 2 && beside(other))
}

/// The folder a path lies in, as it really is.
fn above(path: &Path) -> Option<PathBuf> {
    path::absolute(path).ok()?.parent()?.canonicalize().ok()
}

fn not_adopted(file: &Path) -> Fault {
    Fault {
        code: "ruling.passed-over",
        message: Text::new(
            "未采用这里的裁定：所在文件夹不是命令行中直接给出的、含多个被评估单位的批量文件夹，可能属于申报材料",
            "these rulings do not count: their folder is no batch of several organizations that was itself named on \
             the command line, and may be part of a submission",
        ),
        help: Text::new(
            "若是评估组的裁定，用 --rulings 给出这个文件；否则请核实其来源",
            "if they are the team's, give the file with --rulings; otherwise ask where they come from",
        ),
        file: Some(display_path(file)),
        ..Fault::default()
    }
}
