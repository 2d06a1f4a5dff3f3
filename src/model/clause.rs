//! The clauses of both parts: what each asks for and how it is decided. Stated here and nowhere else.

use serde::{Deserialize, Serialize};

use super::text::Text;

/// All clauses in the order of the texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clauses {
    /// One by one.
    #[serde(default, rename = "clause")]
    pub list: Vec<Clause>,
}

/// One clause, or one item of a lettered or numbered list in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Such as `2/9.1.a`: part, clause, letter.
    pub id: String,
    /// What it asks for.
    pub title: Text,
    /// How strongly.
    pub force: Force,
    /// How it is decided.
    pub decided: ClauseDecided,
    /// Why data cannot decide it, or why there is nothing to decide.
    pub why: Option<Text>,
    /// What one looks for.
    #[serde(default)]
    pub asks: Text,
    /// What to do when it fails.
    #[serde(default)]
    pub fix: Text,
    /// It says who may apply, apart from the score.
    #[serde(default)]
    pub eligibility: bool,
    /// Requirements of the scoring table about the same thing.
    #[serde(default)]
    pub requirements: Vec<String>,
}

/// How strongly a clause asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// It must be so.
    Shall,
    /// It is advised.
    Should,
    /// It says something, it asks for nothing.
    Informative,
}

/// How a clause is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseDecided {
    /// From data.
    Data,
    /// From data, and a person on site may see more.
    DataOrOnSite,
    /// On site only.
    OnSite,
    /// There is nothing to decide.
    Informative,
}

impl Clauses {
    /// The clause with this id.
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.list.iter().find(|clause| clause.id == id)
    }
}
