//! The rules in force: compiled, with the parameters, severities and titles that packs set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalog::nothing;
use super::changes::{Change, Changes, set};
use crate::model::catalog::Catalog;
use crate::model::clause::{ClauseDecided, Clauses};
use crate::model::date::Date;
use crate::model::pack::OverrideKind;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Declared, Given, Pack, Setting};
use crate::rulebook::wrong::Wrong;
use crate::script::{Libraries, Rule, RuleFault};

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
    text: &'p str,
}

/// Rules by the pack and path they were compiled from: those of the lowest pack serve twice.
pub(super) type Compiled = BTreeMap<(usize, String), Result<Arc<Rule>, RuleFault>>;

/// The rules of a rulebook.
#[derive(Default)]
pub(super) struct Rules {
    /// By path.
    pub(super) rules: Vec<Arc<Rule>>,
    pub(super) broken: Vec<RuleFault>,
    /// The pack each rule's file lies in, by id.
    pub(super) homes: BTreeMap<String, usize>,
    /// Rules switched off, and why.
    off: Vec<(Arc<Rule>, Text)>,
    /// The highest pack that had a say in what a rule decides, by id: tests of lower packs no longer suit.
    pub(super) touched: BTreeMap<String, usize>,
}

/// Rules of `packs` on a day.
pub(super) fn rules(
    packs: &[Pack],
    as_of: Date,
    libraries: &Libraries,
    compiled: &mut Compiled,
    changes: &mut Changes,
) -> Rules {
    let Files { files, off } = files(packs, as_of, changes);
    let mut rules = Rules::default();
    let mut ready = |id: &str, file: &RuleFile<'_>| {
        let key = (file.pack, file.path.to_owned());
        compiled.entry(key).or_insert_with(|| compile(libraries, id, file)).clone()
    };
    for (id, file, why) in off {
        rules.off.extend(ready(&id, &file).ok().map(|rule| (rule, why)));
    }
    for (id, file) in &files {
        match ready(id, file) {
            Ok(rule) => rules.rules.push(rule),
            Err(fault) => rules.broken.push(fault),
        }
        rules.homes.insert(id.clone(), file.pack);
        rules.touched.insert(id.clone(), file.pack);
    }
    rules.declare(packs, changes);
    changes.apply(packs, as_of, &KINDS, &mut rules.rules, |rules, setting| {
        change(packs, rules, &files, setting)
    });
    rules.note_touched(packs, as_of);
    rules.rules.sort_by(|a, b| a.file.cmp(&b.file));
    rules
}

const KINDS: [OverrideKind; 2] = [OverrideKind::Parameter, OverrideKind::Rule];

fn compile(libraries: &Libraries, id: &str, file: &RuleFile<'_>) -> Result<Arc<Rule>, RuleFault> {
    let rule = Rule::compile(libraries, file.path, file.text);
    rule.map(Arc::new).map_err(|fault| RuleFault { rule: id.to_owned(), ..fault })
}

/// Rule files by id.
#[derive(Default)]
struct Files<'p> {
    files: BTreeMap<String, RuleFile<'p>>,
    /// Those switched off, and why.
    off: Vec<(String, RuleFile<'p>, Text)>,
}

/// The rule files in force: one of an upper pack takes the place of one below, from its day on.
fn files<'p>(packs: &'p [Pack], as_of: Date, changes: &mut Changes) -> Files<'p> {
    let mut all = Files::default();
    for (at, pack) in packs.iter().enumerate() {
        let mut own: BTreeMap<String, RuleFile<'p>> = BTreeMap::new();
        for (path, text) in RULE_FOLDERS.iter().flat_map(|folder| pack.below(folder, ".rhai")) {
            if path.ends_with(TEST) {
                continue;
            }
            let id = id_of(path);
            if let Some(other) = own.insert(id.clone(), RuleFile { pack: at, path, text }) {
                let message = Text::new(
                    format!("规则“{id}”有两条：{path} 和 {}", other.path),
                    format!("there are two rules `{id}`: {path} and {}", other.path),
                );
                changes.faults.push(PackFault::Uncovered { message });
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
        let changed = match (files.get(&setting.target), own.get(&setting.target)) {
            (Some(below), Some(file)) => Ok((shown(packs, below), shown(packs, file))),
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
        changes.note(pack, setting, changed, holds);
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
            changes.made.push(unstated(pack, &id, shown(packs, below), shown(packs, &file)));
        }
        files.insert(id, file);
    }
}

fn shown(packs: &[Pack], file: &RuleFile<'_>) -> String {
    packs.get(file.pack).map(|pack| pack.shown(file.path)).unwrap_or_default()
}

/// A replacement without an entry in `[replaces]`.
fn unstated(pack: &Pack, id: &str, was: String, now: String) -> crate::model::pack::Override {
    crate::model::pack::Override {
        kind: OverrideKind::Replaced,
        target: id.to_owned(),
        field: String::new(),
        was,
        file: now.clone(),
        now,
        pack: pack.info.id.clone(),
        line: 1,
        document: String::new(),
        reason: Text::default(),
        from: None,
    }
}

impl Files<'_> {
    /// Takes out the rules a pack switches off.
    fn switch_off(&mut self, packs: &[Pack], pack: &Pack, as_of: Date, changes: &mut Changes) {
        let off = pack.manifest.settings.iter().filter(|one| one.kind == OverrideKind::Off);
        for setting in off {
            let id = &setting.target;
            let changed = match self.files.get(id) {
                Some(file) => Ok((shown(packs, file), String::new())),
                None => Err(nothing("规则", "rule", id, self.files.keys().cloned().collect())),
            };
            let holds = setting.basis.holds(as_of);
            let file = if holds { self.files.remove(id) } else { None };
            self.off.extend(file.map(|file| (id.clone(), file, switched_off(pack, setting))));
            changes.note(pack, setting, changed, holds);
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

fn change(
    packs: &[Pack],
    rules: &mut [Arc<Rule>],
    files: &BTreeMap<String, RuleFile<'_>>,
    setting: &Setting,
) -> Result<Change, Wrong> {
    let id = setting.target.as_str();
    let known: Vec<String> = files.keys().cloned().collect();
    let Some(rule) = rules.iter_mut().find(|rule| rule.meta.id == id) else {
        // A rule that does not compile is told as such.
        let broken = files.contains_key(id);
        return if broken { Ok(Change::default()) } else { Err(nothing("规则", "rule", id, known)) };
    };
    let mut changed = Rule::clone(rule);
    let change = match (setting.kind, setting.field.as_str()) {
        (OverrideKind::Parameter, name) => parameter(packs, &mut changed, name, setting)?,
        (_, "severity") => set(&mut changed.meta.severity, setting)?,
        _ => {
            let mut title = Text::new(changed.meta.title.clone(), changed.meta.doc.clone());
            let change = set(&mut title, setting)?;
            (changed.meta.title, changed.meta.doc) = (title.zh, title.en);
            change
        }
    };
    *rule = Arc::new(changed);
    Ok(change)
}

fn parameter(packs: &[Pack], rule: &mut Rule, name: &str, setting: &Setting) -> Result<Change, Wrong> {
    let known: Vec<String> = rule.parameters().into_iter().map(|(name, _)| name).collect();
    let now = |rule: &Rule| rule.parameter(name);
    let Some(was) = now(rule) else {
        let (zh, en) =
            (format!("规则 {} 的参数", rule.meta.id), format!("parameter of rule {}", rule.meta.id));
        return Err(nothing(&zh, &en, name, known));
    };
    let value = match &setting.given {
        Given::Value(value) => value.clone(),
        Given::Entries { add, remove } => entries(rule, name, add, remove)?,
        Given::Name => return Err(super::changes::wants_a_value()),
    };
    let declared = packs.iter().flat_map(|pack| &pack.manifest.parameters);
    let bounds = declared.filter(|one| one.rule == rule.meta.id && one.name == name);
    if let Some(text) = bounds.filter_map(|one| one.breaks(&value)).next() {
        return Err(Wrong::Value(text));
    }
    rule.set_parameter(name, &value).map_err(Wrong::Value)?;
    Ok((was, now(rule).unwrap_or_default()))
}

/// The list a parameter holds, with entries put in and taken out.
fn entries(
    rule: &Rule,
    name: &str,
    add: &[toml::Value],
    remove: &[toml::Value],
) -> Result<toml::Value, Wrong> {
    let list = rule.parameter_list(name).ok_or_else(|| {
        Wrong::Value(Text::new(
            format!("参数“{name}”不是列表，不能用 add 和 remove"),
            format!("parameter `{name}` is no list: it takes neither `add` nor `remove`"),
        ))
    })?;
    if let Some(strange) = remove.iter().find(|one| !list.contains(one)) {
        let known = list.iter().map(word).collect();
        return Err(nothing("可删去的", "entry to remove:", &word(strange), known));
    }
    if let Some(twice) = add.iter().find(|one| list.contains(one)) {
        let text =
            Text::new(format!("列表里已有“{}”", word(twice)), format!("`{}` is in the list", word(twice)));
        return Err(Wrong::Value(text));
    }
    let kept = list.into_iter().filter(|one| !remove.contains(one));
    Ok(toml::Value::Array(kept.chain(add.iter().cloned()).collect()))
}

fn word(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Rules {
    /// Gives rules the parameters that packs declare for them.
    fn declare(&mut self, packs: &[Pack], changes: &mut Changes) {
        for declared in packs.iter().flat_map(|pack| &pack.manifest.parameters) {
            if let Err(wrong) = self.declare_one(declared) {
                changes.faults.push(PackFault::at(&declared.place, wrong));
            }
        }
    }

    fn declare_one(&mut self, declared: &Declared) -> Result<(), Wrong> {
        if let Some(text) = declared.breaks(&declared.value) {
            return Err(Wrong::Value(text));
        }
        if self.broken.iter().any(|fault| fault.rule == declared.rule) {
            return Ok(());
        }
        let known = self.rules.iter().map(|rule| rule.meta.id.clone()).collect();
        let rule = self.rules.iter_mut().find(|rule| rule.meta.id == declared.rule);
        let rule = rule.ok_or_else(|| nothing("规则", "rule", &declared.rule, known))?;
        let mut changed = Rule::clone(rule);
        changed.declare_parameter(&declared.name, &declared.value).map_err(Wrong::Value)?;
        *rule = Arc::new(changed);
        Ok(())
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

    /// Each item has exactly one rule; each item rule an item; each file is named after its id.
    pub(super) fn uncovered(&self, catalog: &Catalog) -> Vec<PackFault> {
        let mut faults = Vec::new();
        let mut tell =
            |zh: String, en: String| faults.push(PackFault::Uncovered { message: Text::new(zh, en) });
        let items: BTreeSet<&str> = catalog.items().map(|item| item.id.as_str()).collect();
        for rule in &self.rules {
            let id = rule.meta.id.as_str();
            if id_of(&rule.file) != id {
                tell(
                    format!("文件 {} 里的规则编号是“{id}”", rule.file),
                    format!("file {} holds rule `{id}`", rule.file),
                );
            }
            if rule.file.starts_with("items/") && !items.contains(id) {
                tell(format!("评分表中没有“{id}”"), format!("the catalog has no item `{id}`"));
            }
        }
        let known = |id: &str| self.homes.contains_key(id);
        for id in items.iter().filter(|id| !known(id)) {
            tell(format!("评价内容“{id}”没有规则"), format!("item `{id}` has no rule"));
        }
        faults
    }
}

/// The id a rule file is named after.
fn id_of(path: &str) -> String {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai");
    if path.starts_with("structure/") { stem.replacen('-', "/", 1) } else { stem.to_owned() }
}
