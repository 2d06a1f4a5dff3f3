//! What a rule is handed: the tables of a submission and the circumstances of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map};

use super::doubt;
use super::fault;
use super::loaded::Loaded;
use super::maybe::open;
use super::natives;
use super::registry::Registry;
use super::remembered;
use super::rows::{Res, Rows};
use super::titles::Dictionary;
use crate::model::divisions::{Divisions, Standing};
use crate::model::lexicon::Lexicon;
use crate::table::Table;
use crate::table::date::Date;

/// The circumstances of a run, the same for every organization.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub(super) as_of: Date,
    pub(super) policies: BTreeMap<String, String>,
    pub(super) registry: Registry,
    pub(super) divisions: Arc<Divisions>,
    pub(super) requirements: Arc<BTreeSet<String>>,
    pub(super) titles: Arc<Dictionary>,
}

impl Surroundings {
    /// The day on which dates are judged, readings of the standard by name, registries of standards laid over each
    /// other, the codes of divisions, the ids of the catalog's items and requirements, and the words of titles.
    pub fn new(
        as_of: Date,
        policies: BTreeMap<String, String>,
        registries: &[Arc<Table>],
        divisions: Arc<Divisions>,
        requirements: BTreeSet<String>,
        lexicon: &Lexicon,
    ) -> Self {
        let registry = Registry::new(registries.iter().map(|table| &**table));
        let requirements = Arc::new(requirements);
        let titles = Arc::new(Dictionary::new(lexicon));
        Self { as_of, policies, registry, divisions, requirements, titles }
    }

    /// The same with other readings in force.
    #[must_use]
    pub fn under(&self, policies: BTreeMap<String, String>) -> Self {
        Self { policies, ..self.clone() }
    }

    /// The same with some policies read otherwise.
    pub(super) fn reading(&self, readings: &Map) -> Res<Self> {
        let mut other = self.clone();
        for (name, value) in readings {
            let policy = other.policies.get_mut(name.as_str()).ok_or_else(|| self.no_policy(name))?;
            *policy = natives::brief(value);
        }
        Ok(other)
    }

    fn no_policy(&self, name: &str) -> Box<EvalAltResult> {
        fault::unknown_policy(name, self.policies.keys().map(String::as_str))
    }
}

impl Surroundings {
    /// The place that a six-digit code stands for on the as-of day.
    pub fn place_name(&self, code: &str) -> Option<String> {
        match self.divisions.standing(code, self.as_of) {
            Standing::Current { name } => Some(name),
            _ => None,
        }
    }
}

/// The `t` of a rule.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub(super) loaded: Loaded,
    pub(super) around: Arc<Surroundings>,
}

/// `t.grids`, `t.网格`, `t.as_of`.
pub(super) fn table(tables: &mut Tables, name: ImmutableString) -> Res<Dynamic> {
    if matches!(name.as_str(), "as_of" | "截止日") {
        return Ok(Dynamic::from(tables.around.as_of));
    }
    let found = tables.loaded.table(&name).map(|table| {
        doubt::asked(table);
        Dynamic::from(Rows::all(table))
    });
    found.ok_or_else(|| fault::unknown_table(&name, tables.loaded.names()))
}

/// The reading in force under this name.
pub(super) fn policy(tables: &mut Tables, name: ImmutableString) -> Res<ImmutableString> {
    let reading = tables.around.policies.get(name.as_str()).map(ImmutableString::from);
    reading.ok_or_else(|| tables.around.no_policy(&name))
}

/// The standing of a standard on the as-of day.
pub(super) fn edition(tables: &mut Tables, number: ImmutableString) -> Dynamic {
    (*remembered::edition(&tables.around, &number)).clone()
}

/// Rows whose number is that of a standard abolished or replaced on the as-of day.
pub(super) fn lapsed(tables: &mut Tables, rows: Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let around = &tables.around;
        let gone = rows.of.lapsed(column, around.as_of, |text| around.registry.gone(text, around.as_of));
        let pick =
            |rows: &Rows| Ok(rows.choose(rows.chosen.iter().filter(|at| gone.binary_search(at).is_ok())));
        rows.settled(&[column], pick, open)
    })
}

/// Whether the catalog has an item or requirement of this id.
pub(super) fn known_requirement(tables: &mut Tables, id: ImmutableString) -> bool {
    tables.around.requirements.contains(id.as_str())
}

/// What a six-digit code is on the as-of day: `status` is `current`, `abolished`, `not-yet` or `unknown`; `name`;
/// `ended` and `successors` of an abolished one;
/// `predecessors`, the names of those that have gone into it.
pub(super) fn division(tables: &mut Tables, code: ImmutableString) -> Map {
    let (status, name, ended, successors) = match tables.around.divisions.standing(&code, tables.around.as_of)
    {
        Standing::Current { name } => ("current", name, None, Vec::new()),
        Standing::Abolished { name, on, successors } => ("abolished", name, on, successors),
        Standing::NotYet { name, from: _ } => ("not-yet", name, None, Vec::new()),
        Standing::Unknown => ("unknown", String::new(), None, Vec::new()),
    };
    let successors: Array = successors.into_iter().map(Dynamic::from).collect();
    let before = tables.around.divisions.predecessors(&code, tables.around.as_of);
    let predecessors: Array = before.into_iter().map(|name| Dynamic::from(name.to_owned())).collect();
    Map::from_iter([
        ("status".into(), status.into()),
        ("name".into(), name.into()),
        ("ended".into(), ended.map_or(Dynamic::UNIT, Dynamic::from)),
        ("successors".into(), successors.into()),
        ("predecessors".into(), predecessors.into()),
    ])
}
