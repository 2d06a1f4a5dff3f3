//! The catalog of Appendix A: tables, items, requirements, points. Points are stated here and nowhere else.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::text::Text;

/// Appendix A as a pack states it.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Tables in order.
    pub tables: Vec<ScoreTable>,
}

/// One of the tables A.1 to A.7.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreTable {
    /// `A.1` to `A.7`.
    pub id: String,
    /// Points its heading declares.
    pub declared: u32,
    /// Printed pages.
    pub page: String,
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
    /// Printed page.
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
    pub evidence: Text,
    /// What to do when it is not met.
    pub fix: Text,
    /// Bands of a graded deduction, by percentage reached, best first.
    #[serde(default)]
    pub bands: Vec<LossBand>,
    /// A deduction counted by what is missing.
    pub count: Option<Count>,
}

/// What a deduction is printed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// A thing that is missing: unmet means absent.
    Missing,
    /// Falling short of something: unmet is not absent.
    FallingShort,
}

/// How a requirement is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossBand {
    /// Lowest percentage of the band.
    pub from: u32,
    /// Points lost in it.
    pub lose: u32,
}

/// A deduction for each thing missing.
#[derive(Clone, Debug, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Lowest percentage of the band.
    pub from: Option<u32>,
    /// Named level.
    pub level: Option<String>,
    /// Points awarded.
    pub points: u32,
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
