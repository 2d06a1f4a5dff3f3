//! Samples of what to look at on site and whom to ask (Part 5, 6.4 and 6.5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Location;
use super::text::Text;

/// Whose samples are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// Id of the organization.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Digest of its submission.
    pub sha256: String,
    /// What was drawn of it.
    pub sample: Sample,
}

/// Rows drawn by chance, in the order in which they were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sample {
    /// What was drawn from.
    pub of: SampleKind,
    /// What the draw was begun with: whoever knows it can draw the same again.
    pub seed: String,
    /// Rows there are.
    pub population: usize,
    /// Of what the size follows, where it was reckoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// The rows.
    pub rows: Vec<SampledRow>,
}

/// What a sample is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SampleKind {
    /// Standards in the list.
    Standards,
    /// Records of carrying standards out, checking, training, improving.
    Records,
    /// Staff and grid members.
    Staff,
    /// Those who are served, to be asked how satisfied they are.
    ServiceObjects,
}

/// How sure a share found in a sample is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Precision {
    /// Confidence in percent: 90, 95 or 99.
    pub confidence: u32,
    /// Margin of error in percent.
    pub margin: u32,
}

/// A row that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SampledRow {
    /// The table.
    pub table: Text,
    /// The code of the row.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub place: Option<Location>,
    /// By which it was drawn: SHA-256 of the seed, the table and the code, in hexadecimal. The least come first.
    pub rank: String,
}

impl SampleKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Standards, Self::Records, Self::Staff, Self::ServiceObjects];

    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standards => "standards",
            Self::Records => "records",
            Self::Staff => "staff",
            Self::ServiceObjects => "service-objects",
        }
    }

    /// In words, Chinese and English.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Standards => ("标准", "standards"),
            Self::Records => ("记录", "records"),
            Self::Staff => ("人员", "staff"),
            Self::ServiceObjects => ("服务对象", "service objects"),
        }
    }

    /// Ids of the tables it is drawn from.
    pub const fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Standards => &["standards"],
            Self::Records => {
                &["implementation", "inspections", "training", "improvements", "reviews", "revisions"]
            }
            Self::Staff => &["personnel", "grid_members"],
            Self::ServiceObjects => &["service_objects"],
        }
    }
}

impl Precision {
    /// Confidences whose quantile is known.
    pub const CONFIDENCES: [u32; 3] = [90, 95, 99];

    /// The two-sided quantile of the normal distribution, in thousandths.
    pub const fn quantile(self) -> u64 {
        match self.confidence {
            90 => 1_645,
            99 => 2_576,
            _ => 1_960,
        }
    }

    /// How many of a population are to be drawn, so that a share found among them is so sure whatever it is (a half, at worst):
    /// `n = n0 / (1 + (n0 - 1) / N)` with `n0 = z² / 4e²`, rounded up.
    pub fn size(self, population: usize) -> usize {
        let all = u64::try_from(population).unwrap_or(u64::MAX);
        // z in thousandths and the margin in percent: z² / (4 e²) is their squares over 400.
        let above = u128::from(self.quantile().saturating_mul(self.quantile()));
        let below =
            u128::from(self.margin.max(1)).saturating_mul(u128::from(self.margin.max(1))).saturating_mul(400);
        let all = u128::from(all);
        // n0 N / (N + n0 - 1), all over `below`.
        let numerator = above.saturating_mul(all);
        let denominator = below.saturating_mul(all.saturating_sub(1)).saturating_add(above);
        let size = if denominator == 0 { 0 } else { numerator.div_ceil(denominator) };
        usize::try_from(size.min(all)).unwrap_or(population)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_books() {
        let usual = Precision { confidence: 95, margin: 5 };
        assert_eq!(
            [0, 1, 10, 100, 1_000, 10_000, 1_000_000].map(|all| usual.size(all)),
            [0, 1, 10, 80, 278, 370, 385]
        );
        assert_eq!(Precision { confidence: 99, margin: 1 }.size(1_000_000), 16_319);
        assert_eq!(Precision { confidence: 90, margin: 10 }.size(500), 60);
    }
}
