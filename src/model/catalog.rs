//! The catalog of a scoring table, such as Appendix A: tables, items, requirements, points. Points are stated here
//! and nowhere else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::finding::Severity;
use super::text::Text;

/// The scoring table as the packs in force state it.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Tables in order.
    pub tables: Vec<ScoreTable>,
    /// Points from which an organization is qualified.
    pub pass: u32,
    /// Clause on what is owed, cited where an item scores 0 because nothing of it is there; may be empty.
    pub owed: String,
}

/// One table, such as A.1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreTable {
    /// Such as `A.1`.
    pub id: String,
    /// Points its heading declares.
    pub declared: u32,
    /// Printed pages.
    #[serde(default)]
    pub page: String,
    /// What it is printed in; that of its pack unless it says so itself.
    #[serde(default)]
    pub source: Text,
    /// Title.
    pub title: Text,
    /// Items in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// One scored line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Such as `A.4.6.2`.
    pub id: String,
    /// Points it is worth.
    pub points: u32,
    /// What its points, deductions and bands are multiplied by before anything is scored.
    #[serde(default = "once")]
    pub weight: u32,
    /// Printed page; 0 where there is none.
    #[serde(default)]
    pub page: u32,
    /// Title.
    pub title: Text,
    /// Deductible lines in printed order; none where the item awards by bands.
    #[serde(default, rename = "requirement")]
    pub requirements: Vec<Requirement>,
    /// Bands from best to worst, for items that award.
    #[serde(default)]
    pub award: Vec<Award>,
    /// How a banded item is decided.
    pub decided: Option<Decided>,
    /// The percentage its bands are reached by is a share: within 0 and 100.
    #[serde(default)]
    pub share: bool,
    /// Evidence accepted for a banded item.
    #[serde(default)]
    pub evidence: Text,
    /// What to do about a banded item.
    #[serde(default)]
    pub fix: Text,
}

/// One deductible line of an item.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Such as `A.4.6.2.b`.
    pub id: String,
    /// Points lost at most (before the item's floor).
    pub deduct: u32,
    /// Whether the deduction is printed for a thing that is missing or for falling short.
    pub nature: Nature,
    /// The requirement whose greater deduction of the same thing replaces this one.
    pub superseded_by: Option<String>,
    /// How it is decided.
    pub decided: Decided,
    /// Why data cannot decide it; given exactly for on-site requirements.
    pub why: Option<Text>,
    /// What is required.
    pub title: Text,
    /// What evidence is accepted.
    #[serde(default)]
    pub evidence: Text,
    /// What to do when it is not met.
    #[serde(default)]
    pub fix: Text,
    /// How grave it is to fall short of it; an error unless it says so.
    pub severity: Option<Severity>,
    /// Bands of a graded deduction, by percentage reached, best first.
    #[serde(default)]
    pub bands: Vec<LossBand>,
    /// A deduction counted by what is missing.
    pub count: Option<Count>,
}

/// What a deduction is printed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// A thing that is missing: unmet means absent.
    Missing,
    /// Falling short of something: unmet is not absent.
    FallingShort,
}

/// How a requirement is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// From data.
    Data,
    /// From data, and a person on site may see more.
    DataOrOnSite,
    /// On site only.
    OnSite,
}

/// Points lost from a percentage upwards.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossBand {
    /// Lowest percentage of the band.
    pub from: u32,
    /// Points lost in it.
    pub lose: u32,
}

/// A deduction for each thing missing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Points for each.
    pub each: u32,
    /// Number of things.
    pub of: u32,
    /// Policy that must read `each` for the count to apply; else the deduction is made once.
    pub policy: Option<String>,
}

/// Points awarded from a percentage upwards, or for a named level.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Lowest percentage of the band.
    pub from: Option<u32>,
    /// Named level.
    pub level: Option<String>,
    /// Words that mean the level, the first one being shown.
    #[serde(default)]
    pub words: Vec<String>,
    /// Points awarded.
    pub points: u32,
}

const fn once() -> u32 {
    1
}

impl Catalog {
    /// All items in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.tables.iter().flat_map(|table| &table.items)
    }

    /// All requirements in order.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        self.items().flat_map(|item| &item.requirements)
    }

    /// Ids of all items and requirements.
    pub fn ids(&self) -> BTreeSet<String> {
        let items = self.items().map(|item| item.id.clone());
        items.chain(self.requirements().map(|requirement| requirement.id.clone())).collect()
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items().find(|item| item.id == id)
    }

    /// The title of a table, item or requirement.
    pub fn title(&self, id: &str) -> Option<&Text> {
        let table = self.tables.iter().find(|table| table.id == id).map(|table| &table.title);
        table
            .or_else(|| self.item(id).map(|item| &item.title))
            .or_else(|| self.requirement(id).map(|requirement| &requirement.title))
    }

    /// The requirement with this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements().find(|requirement| requirement.id == id)
    }
}

impl Item {
    /// Whether it awards by bands instead of deducting.
    pub fn awards(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Multiplies all its points by its weight; `None` where they grow beyond all measure.
    #[must_use]
    pub fn weighed(mut self) -> Option<Self> {
        let heavier = |points: &mut u32| {
            *points = points.checked_mul(self.weight)?;
            Some(())
        };
        heavier(&mut self.points)?;
        self.award.iter_mut().try_for_each(|band| heavier(&mut band.points))?;
        for requirement in &mut self.requirements {
            heavier(&mut requirement.deduct)?;
            requirement.bands.iter_mut().try_for_each(|band| heavier(&mut band.lose))?;
            requirement.count.iter_mut().try_for_each(|count| heavier(&mut count.each))?;
        }
        Some(self)
    }

    /// The targets a decision may be made on: its requirements, or itself where it awards by bands.
    pub fn targets(&self) -> Vec<&str> {
        if self.awards() {
            return vec![&self.id];
        }
        self.requirements.iter().map(|requirement| requirement.id.as_str()).collect()
    }
}

impl Requirement {
    /// Its letter.
    pub fn letter(&self) -> &str {
        self.id.rsplit('.').next().unwrap_or(&self.id)
    }
}
