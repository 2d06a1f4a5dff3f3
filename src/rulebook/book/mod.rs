//! The rulebook in force: catalog, readings, compiled rules, of all packs together.

mod catalog;
mod catalog_validation;
mod changes;
mod files;
mod item_validation;
mod parameters;
mod readings;
mod replaced;
mod rules;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) use self::catalog::{CatalogFile, files as catalog_files};
use self::changes::Changes;
pub(super) use self::changes::display_value;
use self::files::{RULE_FOLDERS, TEST};
use self::rules::{Compiled, Homes, Rules};
use super::fault::PackFault;
use super::pack::Pack;
use super::pack_set;
use super::place::Place;
use super::trust::{self, Trust, lock_path};
use crate::model::catalog::Catalog;
use crate::model::clause::Clauses;
use crate::model::pack::{Override, PackInfo};
use crate::model::policy::Policies;
use crate::resources::meter::{Limits, Measurement};
use crate::script::{Libraries, Rule, RuleFault};
use crate::table::date::Date;

/// Everything packs say, checked as a whole.
pub struct Rulebook {
    /// Packs in force, the lowest first.
    pub packs: Vec<PackInfo>,
    /// The scoring table.
    pub catalog: Catalog,
    /// Clauses of the standard.
    pub clauses: Clauses,
    /// Readings of the standard.
    pub policies: Policies,
    /// Engine and libraries.
    pub libraries: Arc<Libraries>,
    /// Rules of items, then of structural clauses, by id.
    pub rules: Vec<Arc<Rule>>,
    /// Rules that do not compile: what they decide is unknown. The id is that of their file.
    pub broken: Vec<RuleFault>,
    /// Files and texts of the declarations of tables, those of the lowest pack first.
    pub tables: Vec<(String, String)>,
    /// Files and texts of the words of titles, those of the lowest pack first.
    pub lexicon: Vec<(String, String)>,
    /// The registry of standards as CSV.
    pub registry: String,
    /// Division codes as CSV.
    pub divisions: String,
    /// What packs say otherwise than those below them.
    pub overrides: Vec<Override>,
    /// What they will say otherwise from a later day.
    pub pending: Vec<Override>,
    /// The rulebook of the lowest pack alone, where others are laid over it.
    pub base: Option<Box<Rulebook>>,
    /// Which fixtures exercise what: `id,fixture fixture …` a line.
    pub(super) fixtures: String,
    /// File and text of the tests of a rule, with the position of their pack, by its id.
    pub(super) tests: BTreeMap<String, Tests>,
    /// The packs themselves.
    pub(super) layers: Arc<Vec<Pack>>,
    /// The pack each rule's file lies in, and its path there, by id.
    pub(super) homes: Homes,
    /// The highest pack that had a say in what a rule decides, by id.
    pub(super) touched: BTreeMap<String, usize>,
}

/// What a rulebook is loaded from.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// Packs, or folders of packs.
    pub packs: &'a [PathBuf],
    /// The day on which settings with a day hold or do not.
    pub as_of: Date,
    /// What the packs must live up to.
    pub trust: &'a Trust,
}

/// What reading and putting packs together may use, beside what their scripts do.
const LOADING: Limits = Limits {
    cap: 384 * 1024 * 1024,
    millis: if cfg!(debug_assertions) { 60_000 } else { 10_000 },
    ..Limits::NONE
};

impl Rulebook {
    /// The packs given with all they extend, laid over each other; the built-in pack where none is given.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the packs.
    pub fn load(sources: &Sources<'_>) -> Result<Self, Vec<PackFault>> {
        // The last resort: what packs hold is bounded by its amount. The watchman ends the process that goes beyond.
        let _watched = Measurement::begin(LOADING);
        let mut packs = pack_set::resolve(sources.packs)?;
        let untrusted = trust::hold(&mut packs, sources.trust);
        if !untrusted.is_empty() {
            return Err(untrusted);
        }
        let layers = Arc::new(packs);
        let mut compiled = Compiled::new();
        let mut book = Self::assemble(&layers, layers.len(), sources.as_of, &mut compiled)?;
        if layers.len() > 1 {
            if layers.iter().skip(1).any(|pack| libraries_of(pack).next().is_some()) {
                compiled.clear();
            }
            book.base = Some(Box::new(Self::assemble(&layers, 1, sources.as_of, &mut compiled)?));
        }
        Ok(book)
    }

    /// The built-in pack alone.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn built_in() -> Result<Self, Vec<PackFault>> {
        // None of its settings waits for a day.
        Self::load(&Sources { packs: &[], as_of: Date::from_days(0), trust: &Trust::default() })
    }

    /// The lowest `count` packs together.
    fn assemble(
        layers: &Arc<Vec<Pack>>,
        count: usize,
        as_of: Date,
        compiled: &mut Compiled,
    ) -> Result<Self, Vec<PackFault>> {
        let packs = layers.get(..count).unwrap_or_default();
        let mut changes = Changes::default();
        replaced::note(packs, &mut changes);
        let read = || {
            let policies = readings::policies(packs, as_of, &mut changes);
            let clauses = readings::clauses(packs, as_of, &mut changes);
            let catalog = catalog::catalog(packs, as_of, &policies, &mut changes);
            (policies, clauses, catalog)
        };
        let compile = || {
            let libraries = libraries(packs)?;
            rules::compile_ahead(packs, as_of, &libraries, compiled);
            Ok(libraries)
        };
        let ((policies, mut clauses, catalog), libraries) = rayon::join(read, compile);
        let libraries = libraries.map_err(|found: Vec<PackFault>| changes.faults.extend(found));
        let (Ok(libraries), true) = (libraries, changes.faults.is_empty()) else {
            return Err(changes.faults);
        };
        let rules =
            rules::rules(packs, as_of, &libraries, compiled, &mut changes).map_err(|one| vec![one])?;
        changes.faults.extend(rules.uncovered(packs, &catalog));
        if !changes.faults.is_empty() {
            return Err(changes.faults);
        }
        rules.excuse(&mut clauses);
        let tests = tests(packs, &rules);
        Ok(Self {
            packs: packs.iter().map(|pack| pack.info.clone()).collect(),
            catalog,
            clauses,
            policies,
            libraries: Arc::new(libraries),
            tests,
            homes: rules.homes,
            touched: rules.touched,
            rules: rules.rules,
            broken: rules.broken,
            tables: each(packs, TABLES),
            lexicon: each(packs, LEXICON),
            registry: topmost(packs, "registry/standards.csv"),
            divisions: topmost(packs, "registry/divisions.csv"),
            fixtures: topmost(packs, "fixtures.csv"),
            overrides: changes.made,
            pending: changes.pending,
            base: None,
            layers: Arc::clone(layers),
        })
    }

    /// Readings in force by name.
    pub fn readings(&self) -> BTreeMap<String, String> {
        self.policies.iter().map(|(name, policy)| (name.clone(), policy.value.clone())).collect()
    }

    /// Whether one of the libraries of rules is such.
    pub fn libraries_have(&self, such: impl Fn(&str) -> bool) -> bool {
        self.layers.iter().flat_map(libraries_of).any(|(_, text)| such(text))
    }

    /// Ids of rules that lie in packs laid over the lowest, and the id of their pack.
    pub fn local_rules(&self) -> impl Iterator<Item = (&str, &str)> {
        let local = self.homes.iter().filter(|(_, (at, _))| *at > 0);
        local.filter_map(|(id, (at, _))| Some((id.as_str(), self.layers.get(*at)?.info.id.as_str())))
    }

    /// Path in its pack and text of a rule's file, and of the tests beside it.
    pub fn rule_files(&self, id: &str) -> Vec<(String, String)> {
        let home = self.homes.get(id).and_then(|(at, path)| Some((self.layers.get(*at)?, path)));
        let Some((pack, path)) = home else { return Vec::new() };
        let beside = path.replace(".rhai", TEST);
        let text = |path: String| pack.file(&path).map(str::to_owned).map(|text| (path, text));
        [path.clone(), beside].into_iter().filter_map(text).collect()
    }

    /// Where the lock of these packs lies: with the topmost of those given.
    pub fn lock_path(&self) -> Option<PathBuf> {
        let top = self.layers.last().filter(|pack| !pack.built_in)?;
        Some(lock_path(&top.home))
    }

    /// Sets one reading, as `--policy name=value` does.
    ///
    /// # Errors
    ///
    /// There is no such reading.
    pub fn set_policy(&mut self, name: &str, value: &str) -> Result<(), PackFault> {
        let set = readings::set_policy(&mut self.policies, name, value);
        set.map(|_| ()).map_err(|error| PackFault::At { at: Place::whole("--policy"), error })
    }
}

pub(super) fn libraries_of(pack: &Pack) -> impl Iterator<Item = (&String, &String)> {
    pack.below("lib", ".rhai").filter(|(path, _)| !path.ends_with(TEST))
}

/// The libraries in force: those of upper packs take the place of those below.
pub(super) fn library_files(packs: &[Pack]) -> Vec<(String, String)> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for pack in packs {
        files.extend(libraries_of(pack).map(|(path, text)| (path.clone(), text.clone())));
    }
    files.into_iter().collect()
}

fn libraries(packs: &[Pack]) -> Result<Libraries, Vec<PackFault>> {
    Libraries::compile(&library_files(packs))
        .map_err(|faults| faults.into_iter().map(PackFault::Rule).collect())
}

/// The tests of a rule.
#[derive(Clone, Debug)]
pub(super) struct Tests {
    /// The file as shown.
    pub(super) file: String,
    pub(super) text: String,
    /// Position of their pack; those of the lowest suit it alone as well as all packs together.
    pub(super) pack: usize,
    /// Path of the file in its pack.
    pub(super) path: String,
}

/// For each rule the test file of the topmost pack that has one, but of none below those that changed the rule, nor of one
/// whose rule waits for its day.
fn tests(packs: &[Pack], rules: &Rules) -> BTreeMap<String, Tests> {
    let mut tests = BTreeMap::new();
    for (at, pack) in packs.iter().enumerate() {
        for (path, text) in RULE_FOLDERS.iter().flat_map(|folder| pack.below(folder, TEST)) {
            let rule = path.replace(TEST, ".rhai");
            let id = files::id_of(&rule);
            let below = rules.homes.get(&id).is_some_and(|(home, _)| *home < at);
            if below && pack.file(&rule).is_some() {
                continue;
            }
            if rules.touched.get(&id).is_none_or(|least| *least <= at) {
                let file = if pack.built_in { path.clone() } else { pack.display_path(path) };
                let own = Tests { file, text: text.clone(), pack: at, path: path.clone() };
                tests.insert(id, own);
            }
        }
    }
    tests
}

const TABLES: &str = "tables.toml";
const LEXICON: &str = "lexicon.toml";

fn each(packs: &[Pack], path: &str) -> Vec<(String, String)> {
    let own = |pack: &Pack| Some((pack.display_path(path), pack.file(path)?.to_owned()));
    packs.iter().filter_map(own).collect()
}

fn topmost(packs: &[Pack], path: &str) -> String {
    packs.iter().rev().find_map(|pack| pack.file(path)).unwrap_or_default().to_owned()
}
