//! The objects of SARIF 2.1.0 that are written, named as the standard names them.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use serde::Serialize;

/// A run but for its results, which are written before it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub(super) tool: Tool,
    pub(super) invocations: [Invocation; 1],
    pub(super) language: &'static str,
    pub(super) column_kind: &'static str,
    pub(super) properties: RunProperties,
}

#[derive(Serialize)]
pub(super) struct Tool {
    pub(super) driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) semantic_version: String,
    pub(super) language: &'static str,
    pub(super) rules: Vec<Rule>,
    pub(super) notifications: Vec<Notified>,
}

/// A rule that has results.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) help: Message,
    pub(super) default_configuration: Configuration,
    pub(super) properties: RuleProperties,
}

#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: &'static str,
}

#[derive(Serialize)]
pub(super) struct RuleProperties {
    /// The item of the scoring table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<String>,
    /// The clause as it is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clause: Option<String>,
    pub(super) tags: [&'static str; 1],
    /// How GitHub sorts rules.
    #[serde(rename = "problem.severity")]
    pub(super) severity: &'static str,
}

/// What a notification is about.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Notified {
    pub(super) id: &'static str,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) help: Message,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) markdown: Option<String>,
}

impl Message {
    /// Plain text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), markdown: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
    pub(super) tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
pub(super) struct Notification {
    pub(super) descriptor: Descriptor,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: [Location; 1],
}

#[derive(Serialize)]
pub(super) struct Descriptor {
    pub(super) id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RunProperties {
    /// The day on which dates were judged.
    pub(super) as_of: String,
    /// Organizations given.
    pub(super) organizations: usize,
    pub(super) qualified: usize,
    pub(super) unqualified: usize,
    pub(super) open: usize,
    /// Packs in force, with their versions.
    pub(super) packs: BTreeMap<String, String>,
    /// Personal data stands in it as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unmasked: Option<String>,
}

/// A result: one finding of one organization.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult {
    pub(super) rule_id: String,
    pub(super) rule_index: usize,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Location>,
    pub(super) partial_fingerprints: BTreeMap<&'static str, String>,
    pub(super) properties: ResultProperties,
}

#[derive(Serialize)]
pub(super) struct ResultProperties {
    /// Id of the organization.
    pub(super) organization: String,
    /// Requirement, clause or table that it is about.
    pub(super) target: String,
    /// Places in all.
    pub(super) total: usize,
    /// Grids of the places shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) grids: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

#[derive(Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation {
    pub(super) name: String,
    pub(super) fully_qualified_name: String,
    pub(super) kind: &'static str,
}
