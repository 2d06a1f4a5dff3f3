//! Packs of rules, and what they change in each other, as reports name them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// A pack in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PackInfo {
    /// Pack id.
    pub id: String,
    /// Pack version.
    pub version: String,
    /// Digest over names and bytes of its files.
    pub sha256: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Who issues it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub authority: Text,
    /// What is known of its signature; nothing of the pack that comes with the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureState>,
    /// Id of the trusted key that signed it, where keys are configured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
}

/// What is known of the signature of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureState {
    /// It has none.
    Unsigned,
    /// It has one, and its files are not those that were signed.
    Altered,
    /// It has one over its files as they are; no trusted key was given to check it with.
    Unchecked,
    /// A trusted key signed its files as they are.
    Verified,
}

impl SignatureState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unsigned, Self::Altered, Self::Unchecked, Self::Verified];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Altered => "altered",
            Self::Unchecked => "unchecked",
            Self::Verified => "verified",
        }
    }
}

/// Something a pack says otherwise than the packs it is laid over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Override {
    /// What kind of thing is changed.
    pub kind: OverrideKind,
    /// Id of what is changed.
    pub target: String,
    /// What of it is changed, such as `points` or the name of a parameter; empty for the whole.
    pub field: String,
    /// What it was.
    pub was: String,
    /// What it is now.
    pub now: String,
    /// Pack that changes it.
    pub pack: String,
    /// File in which it does so.
    pub file: String,
    /// 1-based line in the file.
    pub line: u32,
    /// Number of the document that decided it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub reason: Text,
    /// Day from which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// What an override changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OverrideKind {
    /// Full mark or pass mark.
    Marks,
    /// A reading of the standard.
    Policy,
    /// A parameter of a rule.
    Parameter,
    /// A table of the catalog.
    Table,
    /// An item.
    Item,
    /// A requirement.
    Requirement,
    /// A clause.
    Clause,
    /// Severity or title of a rule.
    Rule,
    /// A rule is replaced by another of the same id.
    Replaced,
    /// A rule or item is switched off.
    Off,
    /// A file in the place of one of the packs below, or what it adds to one.
    File,
    /// A pack in the place of the one that comes with the program.
    Pack,
}

impl OverrideKind {
    /// Its word, as in the section of `pack.toml` where it has one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Policy => "policy",
            Self::Parameter => "parameters",
            Self::Table => "tables",
            Self::Item => "items",
            Self::Requirement => "requirements",
            Self::Clause => "clauses",
            Self::Rule => "rules",
            Self::Replaced => "replaces",
            Self::Off => "off",
            Self::File => "files",
            Self::Pack => "packs",
        }
    }
}
