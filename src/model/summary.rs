//! What a run as a whole came to: counts, ranking, distribution, failures, levels, regions, grids.
//!
//! Means are not stated: a sum and a count are exact, and whoever shows a mean rounds it as suits him.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::grid::GridLine;
use super::report::Verdict;
use super::text::Text;

/// The summary of a run. Parts that compare organizations are empty where there is one only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Organizations given.
    pub organizations: usize,
    /// Qualified.
    pub qualified: usize,
    /// Unqualified.
    pub unqualified: usize,
    /// Open.
    pub open: usize,
    /// Could not be read.
    pub unreadable: usize,
    /// Every organization, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranking: Vec<Ranked>,
    /// Scores by band, the lowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Scores by table, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableScores>,
    /// What organizations fail, the most frequent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure>,
    /// Organizations by level, the highest level first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelScores>,
    /// Organizations that others belong to, each before those below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// What keeps organizations from forming a tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub irregular: Vec<Irregular>,
    /// Findings by grid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grids: Option<GridSummary>,
}

/// One organization in the ranking: by points for sure, then by points at most. Equal scores share a rank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ranked {
    /// Rank in the run, from 1.
    pub rank: usize,
    /// Rank among those of its level.
    pub rank_in_level: usize,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Level; empty where not given.
    pub level: String,
    /// Id of the parent as given.
    pub parent: String,
    /// Submission.
    pub path: String,
    /// Points for sure.
    pub low: u32,
    /// Points at most.
    pub high: u32,
    /// The verdict.
    pub verdict: Verdict,
}

/// Organizations whose points for sure lie between two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Band {
    /// Lowest points.
    pub from: u32,
    /// Highest points.
    pub to: u32,
    /// How they were judged.
    #[serde(flatten)]
    pub verdicts: Verdicts,
}

/// Counts by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdicts {
    /// Qualified.
    pub qualified: usize,
    /// Unqualified.
    pub unqualified: usize,
    /// Open.
    pub open: usize,
}

/// Least, most and sum of some points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// Least.
    pub min: u32,
    /// Most.
    pub max: u32,
    /// Sum; the mean is this divided by the number of organizations.
    pub sum: u64,
}

/// Scores of several organizations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scores {
    /// How many.
    pub organizations: usize,
    /// How they were judged.
    #[serde(flatten)]
    pub verdicts: Verdicts,
    /// Points for sure.
    pub low: Spread,
    /// Points at most.
    pub high: Spread,
}

/// Points of several organizations in one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableScores {
    /// Table id.
    pub id: String,
    /// Points its heading declares.
    pub declared: u32,
    /// How many organizations.
    pub organizations: usize,
    /// Points for sure.
    pub low: Spread,
    /// Points at most.
    pub high: Spread,
}

/// What kind of thing is failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// A scored item with nothing there at all.
    Item,
    /// A scored item that awards by bands, and was not awarded all its points.
    Award,
    /// A requirement of an item.
    Requirement,
    /// A structural clause.
    Clause,
}

/// Something that organizations fail: decided against for sure, not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// Item, requirement or clause.
    pub target: String,
    /// Which of these.
    pub kind: FailureKind,
    /// Its title; empty where it has none.
    pub title: Text,
    /// How many organizations fail it.
    pub organizations: usize,
    /// Points they lose by it together. Where an item has nothing there at all, its points are lost with the item
    /// and not with its requirements.
    pub points: u64,
}

/// The organizations of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LevelScores {
    /// The level; empty where not given.
    pub level: String,
    /// Their scores.
    #[serde(flatten)]
    pub scores: Scores,
}

/// An organization that others belong to, with all below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Id.
    pub id: String,
    /// Name; where it is not itself in the run that of the division its id is the code of, if it is one.
    pub name: String,
    /// Level; empty where not given or not in the run.
    pub level: String,
    /// The region it stands in; empty at the top.
    pub parent: String,
    /// How deep it stands; 0 at the top.
    pub depth: usize,
    /// Submissions of its own in the run: 0 where only others name it as their parent.
    pub submissions: usize,
    /// Scores of itself and all below it.
    #[serde(flatten)]
    pub scores: Scores,
}

/// What is irregular about ids, levels and parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Irregularity {
    /// Several submissions have this id.
    SharedId,
    /// The organization is below itself by the parents given; here it stands at the top.
    Cycle,
    /// Its level is not below that of its parent.
    Level,
    /// Others name it as their parent, and it is not in the run.
    ParentNotInRun,
}

/// Ids about which something is irregular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Irregular {
    /// What.
    pub kind: Irregularity,
    /// How many ids.
    pub total: usize,
    /// The first of them.
    pub ids: Vec<String>,
}

/// Findings by grid over all organizations; advice is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridSummary {
    /// Organizations with findings in grids.
    pub organizations: usize,
    /// Grids with findings.
    pub grids: usize,
    /// Places of errors in them.
    pub errors: u64,
    /// Places of warnings.
    pub warnings: u64,
    /// The worst grids.
    pub worst: Vec<WorstGrid>,
}

/// A grid and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorstGrid {
    /// Id of the organization.
    pub organization: String,
    /// Its name.
    pub organization_name: String,
    /// The grid.
    #[serde(flatten)]
    pub grid: GridLine,
}

impl Summary {
    /// Names the regions that are not themselves in the run, as far as `name` knows their ids.
    pub fn name_regions(&mut self, name: impl Fn(&str) -> Option<String>) {
        for region in self.regions.iter_mut().filter(|region| region.submissions == 0) {
            region.name = name(&region.id).unwrap_or_default();
        }
    }
}

impl Verdicts {
    /// Counts one more.
    pub const fn count(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Qualified => &mut self.qualified,
            Verdict::Unqualified => &mut self.unqualified,
            Verdict::Open => &mut self.open,
        };
        *count = count.saturating_add(1);
    }

    /// All together.
    pub const fn total(self) -> usize {
        self.qualified.saturating_add(self.unqualified).saturating_add(self.open)
    }

    const fn add(&mut self, other: Self) {
        self.qualified = self.qualified.saturating_add(other.qualified);
        self.unqualified = self.unqualified.saturating_add(other.unqualified);
        self.open = self.open.saturating_add(other.open);
    }
}

impl Spread {
    /// Of one number.
    pub const fn of(points: u32) -> Self {
        Self { min: points, max: points, sum: points as u64 }
    }

    /// With others; neither may be of no numbers.
    pub fn add(&mut self, other: Self) {
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.sum = self.sum.saturating_add(other.sum);
    }
}

impl Scores {
    /// Of one organization.
    pub fn of(low: u32, high: u32, verdict: Verdict) -> Self {
        let mut verdicts = Verdicts::default();
        verdicts.count(verdict);
        Self { organizations: 1, verdicts, low: Spread::of(low), high: Spread::of(high) }
    }

    /// With others.
    pub fn add(&mut self, other: Self) {
        if self.organizations == 0 || other.organizations == 0 {
            *self = if self.organizations == 0 { other } else { *self };
            return;
        }
        self.organizations = self.organizations.saturating_add(other.organizations);
        self.verdicts.add(other.verdicts);
        self.low.add(other.low);
        self.high.add(other.high);
    }
}
