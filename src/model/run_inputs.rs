//! What a run was given besides submissions, packs and readings, by digests: whether another run had the same can be told.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file_digest;

/// What a run was given besides submissions, packs and readings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunInputs {
    /// Files, by what they are for and in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<InputFile>,
    /// Options that results depend on and that the report does not tell elsewhere, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
}

impl RunInputs {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.options.is_empty()
    }
}

/// A file that a run was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// What it is for.
    pub role: InputRole,
    /// Where it lies, as it was given.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal; empty of one that went away since it was read.
    pub sha256: String,
}

impl InputFile {
    /// A file, told of as `shown`.
    pub fn of(role: InputRole, file: &Path, shown: String) -> Self {
        let digest = File::open(file).and_then(file_digest::sha256);
        Self { role, path: shown, sha256: digest.unwrap_or_default() }
    }
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InputRole {
    /// Rulings.
    Rulings,
    /// Standards laid over the built-in registry.
    Registry,
    /// Which table, column and value the files of a software stand for.
    Mapping,
    /// What was to be put right last time.
    LastList,
    /// Findings that are known.
    Baseline,
    /// What the gate does not ask of some organizations.
    Waivers,
}

impl InputRole {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Rulings, Self::Registry, Self::Mapping, Self::LastList, Self::Baseline, Self::Waivers];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rulings => "rulings",
            Self::Registry => "registry",
            Self::Mapping => "mapping",
            Self::LastList => "last-list",
            Self::Baseline => "baseline",
            Self::Waivers => "waivers",
        }
    }
}
