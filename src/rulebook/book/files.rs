//! The rule files in force: those of upper packs take the place of those below, and some are switched off.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::nothing;
use super::changes::{Changes, change_at};
use crate::model::pack::{Override, OverrideKind};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Pack, Setting};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::table::date::Date;

/// Folders of rules.
pub(super) const RULE_FOLDERS: [&str; 2] = ["items", "structure"];
/// What test files end in.
pub(super) const TEST: &str = ".test.rhai";

/// A rule file of a pack.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleFile<'p> {
    /// Position of the pack, the lowest being 0.
    pub(super) pack: usize,
    pub(super) path: &'p str,
    pub(super) text: &'p str,
}

/// Rule files by id.
#[derive(Default)]
pub(super) struct Files<'p> {
    pub(super) files: BTreeMap<String, RuleFile<'p>>,
    /// Those switched off, and why.
    pub(super) off: Vec<(String, RuleFile<'p>, Text)>,
}

/// The rule files in force: one of an upper pack takes the place of one below, from its day on.
pub(super) fn files<'p>(packs: &'p [Pack], as_of: Date, changes: &mut Changes) -> Files<'p> {
    let mut all = Files::default();
    for (at, pack) in packs.iter().enumerate() {
        let mut own: BTreeMap<String, RuleFile<'p>> = BTreeMap::new();
        for (path, text) in RULE_FOLDERS.iter().flat_map(|folder| pack.below(folder, ".rhai")) {
            if path.ends_with(TEST) {
                continue;
            }
            let id = id_of(path);
            if let Some(other) = own.insert(id.clone(), RuleFile { pack: at, path, text }) {
                let what = Text::new(format!("规则“{id}”"), format!("the rule `{id}`"));
                let error = PackError::Duplicate { what, other: pack.display_path(other.path) };
                changes.faults.push(PackFault::At { at: Place::whole(&pack.display_path(path)), error });
            }
        }
        replace(packs, pack, as_of, own, &mut all.files, changes);
        all.switch_off(packs, pack, as_of, changes);
    }
    all
}

/// Lays the rule files of a pack over those below it.
fn replace<'p>(
    packs: &'p [Pack],
    pack: &'p Pack,
    as_of: Date,
    own: BTreeMap<String, RuleFile<'p>>,
    files: &mut BTreeMap<String, RuleFile<'p>>,
    changes: &mut Changes,
) {
    let mut stated = BTreeSet::new();
    let mut waiting = BTreeSet::new();
    let replaces = pack.manifest.settings.iter().filter(|one| one.kind == OverrideKind::Replaced);
    for setting in replaces {
        let holds = setting.basis.holds(as_of);
        let change = match (files.get(&setting.target), own.get(&setting.target)) {
            (Some(below), Some(file)) => Ok((display_path(packs, below), display_path(packs, file))),
            (None, _) => Err(nothing(
                "可替换的规则",
                "rule to replace",
                &setting.target,
                files.keys().cloned().collect(),
            )),
            (_, None) => {
                Err(nothing("替换用的规则文件", "file that replaces rule", &setting.target, Vec::new()))
            }
        };
        changes.note(pack, setting, change, holds);
        stated.insert(setting.target.as_str());
        if !holds {
            waiting.insert(setting.target.as_str());
        }
    }
    for (id, file) in own {
        if waiting.contains(id.as_str()) {
            continue;
        }
        if let Some(below) = files.get(&id).filter(|_| !stated.contains(id.as_str())) {
            changes.made.push(unstated(pack, &id, display_path(packs, below), display_path(packs, &file)));
        }
        files.insert(id, file);
    }
}

fn display_path(packs: &[Pack], file: &RuleFile<'_>) -> String {
    packs.get(file.pack).map(|pack| pack.display_path(file.path)).unwrap_or_default()
}

/// A replacement without an entry in `[replaces]`: the file itself is the place of the change.
fn unstated(pack: &Pack, id: &str, was: String, now: String) -> Override {
    let file = Place::whole(&now);
    Override { was, now, line: 1, ..change_at(pack, &file, (OverrideKind::Replaced, id, "")) }
}

impl Files<'_> {
    /// Takes out the rules a pack switches off.
    fn switch_off(&mut self, packs: &[Pack], pack: &Pack, as_of: Date, changes: &mut Changes) {
        let off = pack.manifest.settings.iter().filter(|one| one.kind == OverrideKind::Off);
        for setting in off {
            let id = &setting.target;
            let change = match self.files.get(id) {
                Some(file) => Ok((display_path(packs, file), String::new())),
                None => Err(nothing("规则", "rule", id, self.files.keys().cloned().collect())),
            };
            let holds = setting.basis.holds(as_of);
            let file = if holds { self.files.remove(id) } else { None };
            self.off.extend(file.map(|file| (id.clone(), file, switched_off(pack, setting))));
            changes.note(pack, setting, change, holds);
        }
    }
}

fn switched_off(pack: &Pack, setting: &Setting) -> Text {
    let (title, basis) = (&pack.info.title, &setting.basis);
    let document = |before: &str, after: &str| {
        if basis.document.is_empty() { String::new() } else { format!("{before}{}{after}", basis.document) }
    };
    Text::new(
        format!("{}停用这一检查{}：{}", title.zh, document("（", "）"), basis.reason.zh),
        format!("switched off by {}{}: {}", title.en, document(" (", ")"), basis.reason.en),
    )
}

/// The id a rule file is named after.
pub(super) fn id_of(path: &str) -> String {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai");
    if path.starts_with("structure/") { stem.replacen('-', "/", 1) } else { stem.to_owned() }
}
