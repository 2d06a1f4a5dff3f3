//! The rules in force: compiled, with the parameters, severities and titles that packs set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::catalog::{item_places, nothing};
use super::changes::{Change, Changes, change_at};
use super::files::{Files, RuleFile, files};
use super::parameters::{blank_entry, change};
use crate::model::catalog::Catalog;
use crate::model::clause::{ClauseDecided, Clauses};
use crate::model::pack::{Override, OverrideKind};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Declared, Pack};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::{Place, Source};
use crate::rulebook::reader::MOST_ERRORS;
use crate::script::{Libraries, Rule, RuleFault};
use crate::table::date::Date;

/// Rules by the pack and path they were compiled from: those of the lowest pack serve twice.
pub(super) type Compiled = BTreeMap<(usize, String), Result<Arc<Rule>, RuleFault>>;

/// Packs and paths of rules by id.
pub(in crate::rulebook) type Homes = BTreeMap<String, (usize, String)>;

/// The rules of a rulebook.
#[derive(Default)]
pub(super) struct Rules {
    /// By path.
    pub(super) rules: Vec<Arc<Rule>>,
    pub(super) broken: Vec<RuleFault>,
    /// The pack each rule's file lies in, and its path there, by id.
    pub(super) homes: Homes,
    /// Rules switched off, and why.
    off: Vec<(Arc<Rule>, Text)>,
    /// The highest pack that had a say in what a rule decides, by id: tests of lower packs no longer suit.
    pub(super) touched: BTreeMap<String, usize>,
}

/// Rules that one thread compiles at a time.
const TOGETHER: usize = 4;

/// Compiles the rules of `packs` on a day, before what else is in the packs is known.
pub(super) fn compile_ahead(packs: &[Pack], as_of: Date, libraries: &Libraries, compiled: &mut Compiled) {
    let files = files(packs, as_of, &mut Changes::default()).files;
    compile_all(packs, libraries, files.iter(), compiled);
}

/// Rules of `packs` on a day.
///
/// # Errors
///
/// They hold too much memory together.
pub(super) fn rules(
    packs: &[Pack],
    as_of: Date,
    libraries: &Libraries,
    compiled: &mut Compiled,
    changes: &mut Changes,
) -> Result<Rules, PackFault> {
    let Files { files, off } = files(packs, as_of, changes);
    compile_all(packs, libraries, off.iter().map(|(id, file, _)| (id, file)).chain(&files), compiled);
    if let Some(fault) = over_budget(packs, compiled) {
        return Err(fault);
    }
    let mut rules = Rules::default();
    let mut ready = |id: &str, file: &RuleFile<'_>| {
        let key = (file.pack, file.path.to_owned());
        compiled.entry(key).or_insert_with(|| compile(packs, libraries, id, file)).clone()
    };
    for (id, file, why) in off {
        rules.off.extend(ready(&id, &file).ok().map(|rule| (rule, why)));
    }
    for (id, file) in &files {
        match ready(id, file) {
            Ok(rule) if rule.meta.id != *id => changes.faults.push(misnamed(&rule)),
            Ok(rule) => rules.rules.push(rule),
            Err(fault) => rules.broken.push(fault),
        }
        rules.homes.insert(id.clone(), (file.pack, file.path.to_owned()));
        rules.touched.insert(id.clone(), file.pack);
    }
    rules.declare(packs, changes);
    changes.apply(packs, as_of, &KINDS, &mut rules.rules, |rules, setting| {
        change(packs, rules, &files, setting)
    });
    rules.note_touched(packs, as_of);
    let homes = &rules.homes;
    rules.rules.sort_by_key(|rule| homes.get(&rule.meta.id).map(|(_, path)| path.clone()));
    Ok(rules)
}

fn set_by_declaration(pack: &Pack, declared: &Declared, (was, now): Change) -> Override {
    let thing = (OverrideKind::Parameter, declared.rule.as_str(), declared.name.as_str());
    let document = pack.manifest.whole.document.clone();
    Override { was, now, document, ..change_at(pack, &declared.place, thing) }
}

const KINDS: [OverrideKind; 2] = [OverrideKind::Parameter, OverrideKind::Rule];

fn misnamed(rule: &Rule) -> PackFault {
    let (file, id) = (&rule.file, &rule.meta.id);
    let place = find(file, &rule.source, "META");
    uncovered(place, format!("这个文件里的规则编号是“{id}”"), format!("this file holds rule `{id}`"))
}

fn uncovered(at: Place, zh: String, en: String) -> PackFault {
    PackFault::At { at, error: PackError::Uncovered(Text::new(zh, en)) }
}

/// The first place of a file that has these words.
fn find(file: &str, text: &str, words: &str) -> Place {
    let start = text.find(words);
    start.map_or_else(
        || Place::whole(file),
        |start| Source::new(file, text).place(&(start..start.saturating_add(words.len()))),
    )
}

/// Compiles the rules that are not compiled yet, in parallel.
fn compile_all<'f>(
    packs: &[Pack],
    libraries: &Libraries,
    files: impl Iterator<Item = (&'f String, &'f RuleFile<'f>)>,
    compiled: &mut Compiled,
) {
    let codes = files.map(|(id, file)| ((file.pack, file.path.to_owned()), id, file));
    let wanted: Vec<_> = codes.filter(|(key, ..)| !compiled.contains_key(key)).collect();
    let wanted = wanted.into_par_iter().with_max_len(TOGETHER);
    let held = AtomicUsize::new(compiled.values().map(bytes).fold(0, usize::saturating_add));
    let each = wanted.map(|(key, id, file)| {
        // Once it is too much, nothing more is compiled: the packs are refused as a whole.
        let excess = held.load(Ordering::Relaxed) > TREE_BYTES;
        let rule = if excess { Err(too_large(id)) } else { compile(packs, libraries, id, file) };
        held.fetch_add(bytes(&rule), Ordering::Relaxed);
        (key, rule)
    });
    compiled.par_extend(each);
}

/// Bytes of all compiled rules: many times what the built-in ones hold.
const TREE_BYTES: usize = 64 * 1024 * 1024;

fn bytes(rule: &Result<Arc<Rule>, RuleFault>) -> usize {
    rule.as_ref().map_or(0, |rule| rule.bytes)
}

/// That the rules of all packs hold more memory than they may.
fn over_budget(packs: &[Pack], compiled: &Compiled) -> Option<PackFault> {
    let held = compiled.values().map(bytes).fold(0, usize::saturating_add);
    // The pack whose rules hold most of it.
    let of_pack = |at: usize| {
        let own = compiled.iter().filter(|((pack, _), _)| *pack == at);
        own.map(|(_, rule)| bytes(rule)).fold(0, usize::saturating_add)
    };
    let largest = packs.iter().enumerate().max_by_key(|(at, _)| of_pack(*at)).map(|(_, pack)| pack);
    let text = over_budget_text();
    largest
        .filter(|_| held > TREE_BYTES)
        .map(|pack| PackFault::at(&pack.manifest.place, PackError::Limit(text)))
}

fn over_budget_text() -> Text {
    let mib = TREE_BYTES / 1024 / 1024;
    Text::new(
        format!("规则编译后占用的内存合计超过 {mib} MiB"),
        format!("the rules hold more than {mib} MiB when they are compiled"),
    )
}

fn too_large(id: &str) -> RuleFault {
    RuleFault::whole(id, id, over_budget_text(), Text::default())
}

/// Rules of the built-in pack are named by their path inside it, others by their path on this machine.
fn compile(
    packs: &[Pack],
    libraries: &Libraries,
    id: &str,
    file: &RuleFile<'_>,
) -> Result<Arc<Rule>, RuleFault> {
    let foreign = packs.get(file.pack).filter(|pack| !pack.built_in);
    let shown = foreign.map_or_else(|| file.path.to_owned(), |pack| pack.display_path(file.path));
    let rule = Rule::compile(libraries, &shown, file.text);
    rule.map(Arc::new).map_err(|fault| RuleFault { rule: id.to_owned(), ..fault })
}

impl Rules {
    /// Gives rules the parameters that packs declare for them. One that a rule of a pack below has already is set by
    /// that, which is told.
    fn declare(&mut self, packs: &[Pack], changes: &mut Changes) {
        for (at, pack) in packs.iter().enumerate() {
            for declared in &pack.manifest.parameters {
                match self.declare_one(declared) {
                    Err(error) if changes.faults.len() < MOST_ERRORS => {
                        changes.faults.push(PackFault::at(&declared.place, error));
                    }
                    Ok(Some((was, now))) if was != now && self.is_below(&declared.rule, at) => {
                        self.touched.insert(declared.rule.clone(), at);
                        changes.made.push(set_by_declaration(pack, declared, (was, now)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether a rule comes from a pack below one.
    fn is_below(&self, rule: &str, pack: usize) -> bool {
        self.homes.get(rule).is_some_and(|(home, _)| *home < pack)
    }

    /// What the parameter was before, if the rule had it.
    fn declare_one(&mut self, declared: &Declared) -> Result<Option<Change>, PackError> {
        if let Some(text) = declared.breaks(&declared.value).or_else(|| blank_entry(&declared.value)) {
            return Err(PackError::Value(text));
        }
        if self.broken.iter().any(|fault| fault.rule == declared.rule) {
            return Ok(None);
        }
        let Some(rule) = self.rules.iter_mut().find(|rule| rule.meta.id == declared.rule) else {
            let known = self.rules.iter().map(|rule| rule.meta.id.clone()).collect();
            return Err(nothing("规则", "rule", &declared.rule, known));
        };
        let mut changed = Rule::clone(rule);
        let was = changed.parameter(&declared.name);
        changed.declare_parameter(&declared.name, &declared.value).map_err(PackError::Value)?;
        let now = changed.parameter(&declared.name).unwrap_or_default();
        *rule = Arc::new(changed);
        Ok(was.map(|was| (was, now)))
    }

    /// Clauses that only rules switched off look at are not asked about.
    pub(super) fn excuse(&self, clauses: &mut Clauses) {
        let looked_at =
            |id: &str| self.rules.iter().any(|rule| rule.meta.clauses.iter().any(|one| one == id));
        for (rule, why) in &self.off {
            for id in rule.meta.clauses.iter().filter(|id| !looked_at(id)) {
                for clause in clauses.list.iter_mut().filter(|clause| clause.id == *id) {
                    clause.decided = ClauseDecided::Informative;
                    clause.why = Some(why.clone());
                }
            }
        }
    }

    fn note_touched(&mut self, packs: &[Pack], as_of: Date) {
        for (at, pack) in packs.iter().enumerate() {
            let settings = pack.manifest.settings.iter().filter(|one| one.basis.holds(as_of));
            for setting in settings.filter(|one| one.kind == OverrideKind::Parameter) {
                self.touched.insert(setting.target.clone(), at);
            }
        }
    }

    /// Each item has a rule; each item rule an item.
    pub(super) fn uncovered(&self, packs: &[Pack], catalog: &Catalog) -> Vec<PackFault> {
        let items: BTreeSet<&str> = catalog.items().map(|item| item.id.as_str()).collect();
        let strays = self.rules.iter().filter(|rule| {
            let id = rule.meta.id.as_str();
            let of_items = self.homes.get(id).is_some_and(|(_, path)| path.starts_with("items/"));
            of_items && !items.contains(id)
        });
        let strays = strays.map(|rule| {
            let (file, id) = (&rule.file, &rule.meta.id);
            let place = find(file, &rule.source, "META");
            uncovered(place, format!("评分表中没有“{id}”"), format!("the catalog has no item `{id}`"))
        });
        let bare: Vec<&str> = items.iter().copied().filter(|id| !self.homes.contains_key(*id)).collect();
        let places = if bare.is_empty() { BTreeMap::new() } else { item_places(packs) };
        let bare = bare.into_iter().map(|id| {
            let place = places.get(id).cloned().unwrap_or_else(|| Place::whole(id));
            uncovered(place, format!("评价内容“{id}”没有规则"), format!("item `{id}` has no rule"))
        });
        strays.chain(bare).take(MOST_ERRORS).collect()
    }
}
