//! Looks at files of rulings before they are used: what is wrong, and what would not count or be left open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::assessment::session::{Session, display_path, within};
use crate::ingest;
use crate::model::fault::{Explain, Fault};
use crate::model::finding::{Finding, Severity};
use crate::model::privacy::Redactor;
use crate::model::ruling::Ruling;
use crate::score::{LineF, RULING_FINDINGS, RulingContext, apply_rulings};
use crate::table::normalize;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Linted {
    /// The files that can be used.
    pub files: Vec<RulingFile>,
    /// What keeps files from being used.
    pub faults: Vec<Fault>,
    /// Rulings that would not count, or leave their target open.
    pub warnings: Vec<Fault>,
}

/// What is in a file.
#[derive(Clone, Debug)]
pub struct RulingFile {
    /// Its path.
    pub file: String,
    /// How many rulings.
    pub rulings: usize,
    /// On how many organizations; one that is not named is one.
    pub organizations: usize,
    /// By how many persons.
    pub persons: usize,
}

impl RulingFile {
    fn of(file: &Path, rulings: &[Ruling]) -> Self {
        let count = |of: fn(&Ruling) -> String| rulings.iter().map(of).collect::<BTreeSet<_>>().len();
        Self {
            file: display_path(file),
            rulings: rulings.len(),
            organizations: count(|ruling| ruling.organization.clone()),
            persons: count(|ruling| normalize::name(&ruling.by)),
        }
    }
}

/// Looks at files as a run with these packs, policies and day would use them together.
pub fn lint(files: &[PathBuf], self_evaluation: bool, session: &Session) -> Linted {
    let mut linted = Linted::default();
    let each_counts = session.score_policies.line_f == LineF::Each;
    let mut all = Vec::new();
    for file in files {
        match ingest::rulings::read(file, &session.book.catalog, each_counts) {
            Ok(rulings) => {
                linted.files.push(RulingFile::of(file, &rulings));
                // Files of one name in several folders are told apart by their paths.
                all.extend(rulings.into_iter().map(|ruling| Ruling { file: display_path(file), ..ruling }));
            }
            Err(errors) => linted
                .faults
                .extend(errors.iter().map(|error| session.masking.fault(within(file, error.fault())))),
        }
    }
    for (organization, rulings) in by_organization(all) {
        linted.warnings.extend(warnings(&organization, &rulings, self_evaluation, session));
    }
    linted
}

/// The rulings on each organization. Those that name none may be on any: they are looked at by themselves.
fn by_organization(all: Vec<Ruling>) -> BTreeMap<String, Vec<Ruling>> {
    let mut by: BTreeMap<String, Vec<Ruling>> = BTreeMap::new();
    for ruling in all {
        by.entry(ruling.organization.clone()).or_default().push(ruling);
    }
    by
}

fn warnings(organization: &str, rulings: &[Ruling], self_evaluation: bool, session: &Session) -> Vec<Fault> {
    let redactor = Redactor::default();
    let context = RulingContext {
        organization,
        as_of: session.as_of,
        self_evaluation,
        redactor: &redactor,
        policies: session.score_policies,
    };
    let ruled = apply_rulings(&session.book.catalog, &BTreeMap::new(), rulings, &context);
    let told = ruled.findings.into_iter().filter(|finding| finding.severity != Severity::Advice);
    told.map(|finding| session.masking.fault(fault(finding))).collect()
}

fn fault(finding: Finding) -> Fault {
    let code = RULING_FINDINGS.into_iter().find(|code| *code == finding.rule).unwrap_or("ruling");
    let place = finding.locations.into_iter().next().unwrap_or_default();
    Fault {
        code,
        message: finding.message,
        help: finding.help,
        file: Some(place.file),
        sheet: place.sheet,
        row: place.row,
        ..Fault::default()
    }
}
