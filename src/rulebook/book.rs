//! The rulebook in force: catalog, readings, compiled rules, of all packs together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::fault::PackFault;
use super::pack::{MANIFEST, Pack, malformed};
use crate::model::catalog::{Catalog, ScoreTable};
use crate::model::clause::Clauses;
use crate::model::policy::Policies;
use crate::model::report::PackInfo;
use crate::model::suggest::closest;
use crate::model::text::Text;
use crate::script::{Libraries, Rule, RuleFault};

/// Everything packs say, checked as a whole.
pub struct Rulebook {
    /// Packs in force, the lowest first.
    pub packs: Vec<PackInfo>,
    /// Appendix A.
    pub catalog: Catalog,
    /// Clauses of both parts.
    pub clauses: Clauses,
    /// Readings of the standard.
    pub policies: Policies,
    /// Engine and libraries.
    pub libraries: Arc<Libraries>,
    /// Rules of items, then of structural clauses, by id.
    pub rules: Vec<Arc<Rule>>,
    /// Rules that do not compile: what they decide is unknown. The id is that of their file.
    pub broken: Vec<RuleFault>,
    /// Text of `tables.toml`.
    pub tables: String,
    /// The registry of standards as CSV.
    pub registry: String,
    /// Division codes as CSV.
    pub divisions: String,
    /// Which fixtures exercise what: `id,fixture fixture …` a line.
    pub(super) fixtures: String,
    /// Tests by the path of their rule.
    pub(super) tests: BTreeMap<String, String>,
}

/// Folders of rules.
const RULE_FOLDERS: [&str; 2] = ["items", "structure"];

impl Rulebook {
    /// The built-in pack with these folders laid over it. A folder whose `pack.toml` extends nothing stands
    /// on its own.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the packs.
    pub fn load(folders: &[PathBuf]) -> Result<Self, Vec<PackFault>> {
        let mut packs = vec![Pack::built_in().map_err(|fault| vec![fault])?];
        let mut faults = Vec::new();
        for folder in folders {
            match Pack::from_folder(folder) {
                Ok(pack) if pack.extends.is_empty() => packs = vec![pack],
                Ok(pack) => packs.push(pack),
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(unmet_extensions(&packs));
        if faults.is_empty() { Self::assemble(&packs) } else { Err(faults) }
    }

    fn assemble(packs: &[Pack]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Vec::new();
        let catalog = gather(catalog(packs), &mut faults);
        let clauses = gather(clauses(packs), &mut faults);
        let policies = gather(policies(packs), &mut faults);
        let libraries = gather(libraries(packs), &mut faults);
        let (Some(catalog), Some(clauses), Some(policies), Some(libraries)) =
            (catalog, clauses, policies, libraries)
        else {
            return Err(faults);
        };
        let mut broken = Vec::new();
        let rules = rules(packs, &libraries, &mut broken, &mut faults);
        faults.extend(uncovered(&catalog, &rules, &broken));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            packs: packs.iter().map(|pack| pack.info.clone()).collect(),
            catalog,
            clauses,
            policies,
            libraries: Arc::new(libraries),
            rules: rules.into_iter().map(Arc::new).collect(),
            broken,
            tables: topmost(packs, "tables.toml"),
            registry: topmost(packs, "registry/standards.csv"),
            divisions: topmost(packs, "registry/divisions.csv"),
            fixtures: topmost(packs, "fixtures.csv"),
            tests: layered(packs, ".test.rhai"),
        })
    }

    /// Readings in force by name.
    pub fn readings(&self) -> BTreeMap<String, String> {
        self.policies.iter().map(|(name, policy)| (name.clone(), policy.value.clone())).collect()
    }

    /// Sets one reading, as `--policy name=value` does.
    ///
    /// # Errors
    ///
    /// There is no such reading.
    pub fn set_policy(&mut self, name: &str, value: &str) -> Result<(), PackFault> {
        set_policy(&mut self.policies, name, value, "--policy")
    }
}

fn gather<T>(result: Result<T, Vec<PackFault>>, faults: &mut Vec<PackFault>) -> Option<T> {
    result.map_err(|found| faults.extend(found)).ok()
}

/// A pack must be laid over the packs it says it extends.
fn unmet_extensions(packs: &[Pack]) -> Vec<PackFault> {
    let below = |at: usize, id: &String| packs.iter().take(at).any(|pack| pack.info.id == *id);
    let missing = |(at, pack): (usize, &Pack)| {
        let unmet = pack.extends.iter().find(|id| !below(at, id))?;
        let message = Text::new(
            format!("规则包扩展的“{unmet}”没有加载"),
            format!("the pack extends `{unmet}`, which is not loaded"),
        );
        Some(PackFault::NothingToOverride { file: pack.shown(MANIFEST), message })
    };
    packs.iter().enumerate().filter_map(missing).collect()
}

fn catalog(packs: &[Pack]) -> Result<Catalog, Vec<PackFault>> {
    let mut files: BTreeMap<&String, (&Pack, &String)> = BTreeMap::new();
    for pack in packs {
        files.extend(pack.below("catalog", ".toml").map(|(path, text)| (path, (pack, text))));
    }
    let (mut tables, mut faults) = (Vec::new(), Vec::new());
    for (path, (pack, text)) in files {
        match toml::from_str::<ScoreTable>(text) {
            Ok(table) => tables.push(table),
            Err(error) => faults.push(malformed(&pack.shown(path), text, &error)),
        }
    }
    if faults.is_empty() { Ok(Catalog { tables }) } else { Err(faults) }
}

const CLAUSES: &str = "clauses.toml";

fn clauses(packs: &[Pack]) -> Result<Clauses, Vec<PackFault>> {
    let Some(pack) = packs.iter().rev().find(|pack| pack.file(CLAUSES).is_some()) else {
        return Ok(Clauses::default());
    };
    let text = pack.file(CLAUSES).unwrap_or_default();
    toml::from_str(text).map_err(|error| vec![malformed(&pack.shown(CLAUSES), text, &error)])
}

fn policies(packs: &[Pack]) -> Result<Policies, Vec<PackFault>> {
    let mut policies = Policies::new();
    let mut faults = Vec::new();
    for pack in packs {
        policies.extend(pack.declares.clone());
        for (name, value) in &pack.sets {
            faults.extend(set_policy(&mut policies, name, value, &pack.shown(MANIFEST)).err());
        }
    }
    if faults.is_empty() { Ok(policies) } else { Err(faults) }
}

fn set_policy(policies: &mut Policies, name: &str, value: &str, file: &str) -> Result<(), PackFault> {
    let nothing = |message| PackFault::NothingToOverride { file: file.to_owned(), message };
    let known = policies.keys().cloned().collect::<Vec<_>>().join(", ");
    let near = closest(name, policies.keys().map(String::as_str)).unwrap_or(&known).to_owned();
    let Some(policy) = policies.get_mut(name) else {
        return Err(nothing(Text::new(
            format!("没有名为“{name}”的口径，最接近的是“{near}”"),
            format!("there is no policy `{name}`; the nearest is `{near}`"),
        )));
    };
    if !policy.values.iter().any(|known| known == value) {
        let values = policy.values.join(", ");
        return Err(nothing(Text::new(
            format!("口径“{name}”没有取值“{value}”，可取 {values}"),
            format!("policy `{name}` has no value `{value}`; it takes {values}"),
        )));
    }
    value.clone_into(&mut policy.value);
    Ok(())
}

fn libraries(packs: &[Pack]) -> Result<Libraries, Vec<PackFault>> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for pack in packs {
        let own = pack.below("lib", ".rhai").filter(|(path, _)| !path.ends_with(".test.rhai"));
        files.extend(own.map(|(path, text)| (path.clone(), text.clone())));
    }
    let files: Vec<(String, String)> = files.into_iter().collect();
    Libraries::compile(&files).map_err(|faults| faults.into_iter().map(PackFault::Rule).collect())
}

/// Files of rules or tests by path, the topmost pack's where several have one.
fn layered(packs: &[Pack], ending: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for pack in packs {
        for folder in RULE_FOLDERS {
            let own = pack.below(folder, ending);
            files.extend(own.map(|(path, text)| (path.clone(), text.clone())));
        }
    }
    files
}

fn rules(
    packs: &[Pack],
    libraries: &Libraries,
    broken: &mut Vec<RuleFault>,
    faults: &mut Vec<PackFault>,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (path, text) in layered(packs, ".rhai").iter().filter(|(path, _)| !path.ends_with(".test.rhai")) {
        match Rule::compile(libraries, path, text) {
            Ok(rule) => rules.push(rule),
            Err(fault) => broken.push(RuleFault { rule: id_of(path), ..fault }),
        }
    }
    for pack in packs {
        for (id, values) in &pack.parameters {
            let file = pack.shown(MANIFEST);
            if broken.iter().any(|fault| fault.rule == *id) {
                continue;
            }
            let rule = rules.iter_mut().find(|rule| rule.meta.id == *id);
            let set = rule.map_or_else(|| Err(no_rule(id)), |rule| rule.set_parameters(values));
            faults.extend(set.err().map(|message| PackFault::NothingToOverride { file, message }));
        }
    }
    rules
}

fn no_rule(id: &str) -> Text {
    Text::new(format!("没有规则“{id}”"), format!("there is no rule `{id}`"))
}

/// The id a rule file is named after.
fn id_of(path: &str) -> String {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai");
    if path.starts_with("structure/") { stem.replacen('-', "/", 1) } else { stem.to_owned() }
}

/// Each item has exactly one rule; each item rule an item; each file is named after its id.
fn uncovered(catalog: &Catalog, rules: &[Rule], broken: &[RuleFault]) -> Vec<PackFault> {
    let mut faults = Vec::new();
    let mut tell = |zh: String, en: String| faults.push(PackFault::Uncovered { message: Text::new(zh, en) });
    let items: BTreeSet<&str> = catalog.items().map(|item| item.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for rule in rules {
        let id = rule.meta.id.as_str();
        let stem = rule.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".rhai");
        if stem != id.replace('/', "-") {
            tell(
                format!("文件 {} 里的规则编号是“{id}”", rule.file),
                format!("file {} holds rule `{id}`", rule.file),
            );
        }
        if !seen.insert(id) {
            tell(format!("规则“{id}”有两条"), format!("there are two rules `{id}`"));
        }
        if rule.file.starts_with("items/") && !items.contains(id) {
            tell(format!("评分表中没有“{id}”"), format!("the catalog has no item `{id}`"));
        }
    }
    let known = |id: &str| seen.contains(id) || broken.iter().any(|fault| fault.rule == id);
    for id in items.iter().filter(|id| !known(id)) {
        tell(format!("评价内容“{id}”没有规则"), format!("item `{id}` has no rule"));
    }
    faults
}

fn topmost(packs: &[Pack], path: &str) -> String {
    packs.iter().rev().find_map(|pack| pack.file(path)).unwrap_or_default().to_owned()
}
