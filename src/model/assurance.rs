//! How an outcome is known, and how many points rest on what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The low end of a score by how it is known. The four add up to it: each tells by how many points the low end would
/// fall further if what is known in this way, or in a weaker one, were unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointsByAssurance {
    /// Rows of the submission say so, and nothing else.
    pub claimed: u32,
    /// The files named by the rows are there and open.
    pub evidenced: u32,
    /// Texts were read.
    pub examined: u32,
    /// A person ruled so.
    pub ruled: u32,
}

/// How a decision that earns points is known, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// A row of the submission says so.
    Claimed,
    /// The file it names is there and opens.
    Evidenced,
    /// Its text was read.
    Examined,
    /// A person ruled so.
    Ruled,
}

impl Assurance {
    /// All of them, the weakest first.
    pub const ALL: [Self; 4] = [Self::Claimed, Self::Evidenced, Self::Examined, Self::Ruled];

    /// Its word, as in the JSON of a report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Evidenced => "evidenced",
            Self::Examined => "examined",
            Self::Ruled => "ruled",
        }
    }
}

impl PointsByAssurance {
    /// The points known in one way.
    pub const fn of(&self, assurance: Assurance) -> u32 {
        match assurance {
            Assurance::Claimed => self.claimed,
            Assurance::Evidenced => self.evidenced,
            Assurance::Examined => self.examined,
            Assurance::Ruled => self.ruled,
        }
    }
}
