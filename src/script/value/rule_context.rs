//! What a rule is handed: the tables of a submission and the circumstances of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{Dynamic, EvalAltResult, ImmutableString, Map};

use super::loaded_table::Loaded;
use super::reference::registry::Registry;
use super::reference::title_dictionary::Dictionary;
use super::rows::Rows;
use super::taint;
use crate::model::divisions::{Divisions, Standing};
use crate::model::lexicon::Lexicon;
use crate::script::error::{self, Res, sizes};
use crate::table::Table;
use crate::table::date::Date;

/// The circumstances of a run, the same for every organization.
#[derive(Clone, Debug)]
pub struct RuleContext {
    pub(crate) as_of: Date,
    pub(crate) policies: BTreeMap<String, String>,
    pub(crate) registry: Registry,
    pub(crate) divisions: Arc<Divisions>,
    pub(crate) requirements: Arc<BTreeSet<String>>,
    pub(crate) titles: Arc<Dictionary>,
}

impl RuleContext {
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
    pub(crate) fn reading(&self, readings: &Map) -> Res<Self> {
        let mut other = self.clone();
        for (name, value) in readings {
            let policy = other.policies.get_mut(name.as_str()).ok_or_else(|| self.no_policy(name))?;
            *policy = sizes::brief(value);
        }
        Ok(other)
    }

    pub(crate) fn no_policy(&self, name: &str) -> Box<EvalAltResult> {
        error::unknown_policy(name, self.policies.keys().map(String::as_str))
    }
}

impl RuleContext {
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
pub(crate) struct Tables {
    pub(crate) loaded: Loaded,
    pub(crate) around: Arc<RuleContext>,
}

/// `t.grids`, `t.网格`, `t.as_of`.
pub(crate) fn table(tables: &mut Tables, name: ImmutableString) -> Res<Dynamic> {
    if matches!(name.as_str(), "as_of" | "截止日") {
        return Ok(Dynamic::from(tables.around.as_of));
    }
    let found = tables.loaded.table(&name).map(|table| {
        taint::asked(table);
        Dynamic::from(Rows::all(table))
    });
    found.ok_or_else(|| error::unknown_table(&name, tables.loaded.names()))
}
