//! The JSON of plans, version 1.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::described::schema_of;
use crate::model::plan::Plan;
use crate::model::report::{Organization, PackInfo, Report, Score, Submission, Tool, Unreadable, Verdict};

/// Name and version of the form.
const SCHEMA: &str = "wangge.plan/1";

/// The plans of a run.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct PlanDocument<'a> {
    /// Always `wangge.plan/1`.
    schema: &'static str,
    /// What made it.
    tool: &'a Tool,
    /// The day on which dates were judged, ISO.
    as_of: &'a str,
    /// Packs in force.
    packs: &'a [PackInfo],
    /// Readings of the standard in force.
    policies: &'a BTreeMap<String, String>,
    /// One entry for each organization that could be read.
    organizations: Vec<PlannedOrganization<'a>>,
    /// Submissions that could not be read, and why.
    unreadable: &'a [Unreadable],
    /// Submissions the run did not come to because it was stopped.
    not_assessed: &'a [String],
}

/// The plan of an organization.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct PlannedOrganization<'a> {
    /// Id from its submission.
    id: &'a str,
    /// Name.
    name: &'a str,
    /// What was read.
    submission: &'a Submission,
    /// The score as it is.
    score: &'a Score,
    /// The verdict as it is.
    verdict: Verdict,
    /// What brings it to the target.
    plan: Option<&'a Plan>,
}

impl<'a> PlanDocument<'a> {
    /// The plans of a report.
    pub(in crate::report) fn of(report: &'a Report) -> Self {
        Self {
            schema: SCHEMA,
            tool: &report.tool,
            as_of: &report.as_of,
            packs: &report.packs,
            policies: &report.policies,
            organizations: report.organizations.iter().map(PlannedOrganization::of).collect(),
            unreadable: &report.unreadable,
            not_assessed: &report.not_assessed,
        }
    }

    /// The JSON Schema, as checked in.
    pub(in crate::report) fn schema() -> String {
        // The alternate form of a JSON value is indented JSON, and cannot fail.
        format!("{:#}\n", schema_of::<Self>())
    }
}

impl<'a> PlannedOrganization<'a> {
    fn of(one: &'a Organization) -> Self {
        let Organization { id, name, submission, score, verdict, plan, .. } = one;
        Self { id, name, submission, score, verdict: *verdict, plan: plan.as_ref() }
    }
}
