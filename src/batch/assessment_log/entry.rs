//! What the log tells of one run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::gate::GateResult;
use crate::model::described::schema_of;
use crate::model::report::{Report, Tool};
use crate::model::run_inputs::RunInputs;
use crate::table::date;

/// Name and version of the form of a line.
pub const FORM: &str = "wangge.log/1";

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Always [`FORM`].
    pub form: String,
    /// Which one it is, from 1.
    pub number: u64,
    /// Digest of the line before.
    pub previous: String,
    /// When the run ended, in UTC to the second.
    pub at: String,
    /// What made it.
    pub tool: Tool,
    /// The day on which dates were judged, ISO.
    pub as_of: String,
    /// Packs in force.
    pub packs: Vec<LoggedPack>,
    /// What else the run was given.
    pub inputs: RunInputs,
    /// Submissions of the run.
    pub submissions: usize,
    /// Those that could not be read.
    pub unreadable: usize,
    /// Those the run did not come to.
    pub not_assessed: usize,
    /// What the gate made of it.
    pub gate: Judged,
    /// Digest of the report, as the report itself tells it.
    pub report: String,
}

/// A pack, as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoggedPack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Digest over its files.
    pub sha256: String,
}

/// What the gate made of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Judged {
    /// Its conditions are met.
    #[default]
    Passed,
    /// Some are not.
    NotMet,
    /// It has none.
    NotAsked,
    /// The run could not judge.
    Unjudged,
}

/// The JSON Schema of a line.
pub fn schema() -> Value {
    schema_of::<Entry>()
}

impl Judged {
    /// Of a run that could judge or could not.
    pub fn of(could_judge: bool, gate: &GateResult) -> Self {
        match (could_judge, gate.is_asked(), gate.is_passed()) {
            (false, ..) => Self::Unjudged,
            (true, false, _) => Self::NotAsked,
            (true, true, true) => Self::Passed,
            (true, true, false) => Self::NotMet,
        }
    }
}

impl Entry {
    /// What is told of a run that ends now, and whose report has this digest.
    pub fn of(report: &Report, digest: String) -> Self {
        let pack = |pack: &crate::model::pack::PackInfo| LoggedPack {
            id: pack.id.clone(),
            version: pack.version.clone(),
            sha256: pack.sha256.clone(),
        };
        Self {
            tool: report.tool.clone(),
            as_of: report.as_of.clone(),
            packs: report.packs.iter().map(pack).collect(),
            inputs: report.inputs.clone(),
            submissions: report.summary.organizations,
            unreadable: report.unreadable.len(),
            not_assessed: report.not_assessed.len(),
            report: digest,
            at: date::now(),
            ..Self::default()
        }
    }
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            form: FORM.to_owned(),
            number: 0,
            previous: String::new(),
            at: String::new(),
            tool: Tool { name: String::new(), version: String::new() },
            as_of: String::new(),
            packs: Vec::new(),
            inputs: RunInputs::default(),
            submissions: 0,
            unreadable: 0,
            not_assessed: 0,
            gate: Judged::default(),
            report: String::new(),
        }
    }
}
