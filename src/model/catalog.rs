//! The catalog of a scoring table, such as Appendix A: tables, items, requirements, points. Points are stated here
//! and nowhere else.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Severity;
use super::text::Text;

/// The scoring table as the packs in force state it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Catalog {
    /// Tables in order.
    pub tables: Vec<ScoreTable>,
    /// Points from which an organization is qualified.
    pub pass: u32,
    /// Clause on what is owed, cited where an item scores 0 because nothing of it is there; may be empty.
    pub owed: String,
    /// Grades of what is qualified, as packs declare them, the highest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<DeclaredGrade>,
}

/// A grade of what is qualified, such as 优.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "合格者的一个等级，如优"))]
pub struct DeclaredGrade {
    /// What it is called.
    #[schemars(extend("zh" = "名称"))]
    pub title: Text,
    /// Points from which it is reached.
    #[schemars(extend("zh" = "达到多少分"))]
    pub points: u32,
}

/// One table, such as A.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一张评分表"))]
pub struct ScoreTable {
    /// Such as `A.1`.
    #[schemars(extend("zh" = "编号，如 A.1"))]
    pub id: String,
    /// Points its heading declares.
    #[schemars(extend("zh" = "标题写明的分值"))]
    pub declared: u32,
    /// Points below which nothing is qualified, whatever the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("zh" = "最低分：低于此分的，不论总分均不合格"))]
    pub minimum: Option<u32>,
    /// Printed pages.
    #[serde(default)]
    #[schemars(extend("zh" = "印在哪几页"))]
    pub page: String,
    /// What it is printed in; that of its pack unless it says so itself.
    #[serde(default)]
    #[schemars(extend("zh" = "印在哪份文件里；不写则取规则包的"))]
    pub source: Text,
    /// Title.
    #[schemars(extend("zh" = "标题"))]
    pub title: Text,
    /// Items in order.
    #[serde(rename = "item")]
    #[schemars(extend("zh" = "各评价内容，依次列出"))]
    pub items: Vec<Item>,
}

/// One scored line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一项评价内容"))]
pub struct Item {
    /// Such as `A.4.6.2`.
    #[schemars(extend("zh" = "编号，如 A.4.6.2"))]
    pub id: String,
    /// Points it is worth.
    #[schemars(extend("zh" = "分值"))]
    pub points: u32,
    /// Points below which nothing is qualified, whatever the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("zh" = "最低分：低于此分的，不论总分均不合格"))]
    pub minimum: Option<u32>,
    /// What its points, deductions and bands are multiplied by before anything is scored.
    #[serde(default = "once")]
    #[schemars(extend("zh" = "分值、扣分和档次同乘的倍数"))]
    pub weight: u32,
    /// Printed page; 0 where there is none.
    #[serde(default)]
    #[schemars(extend("zh" = "印在哪一页；没有则为 0"))]
    pub page: u32,
    /// Title.
    #[schemars(extend("zh" = "标题"))]
    pub title: Text,
    /// Deductible lines in printed order; none where the item awards by bands.
    #[serde(default, rename = "requirement")]
    #[schemars(extend("zh" = "各评价要求，依次列出；按档次给分的没有"))]
    pub requirements: Vec<Requirement>,
    /// Bands from best to worst, for items that award.
    #[serde(default)]
    #[schemars(extend("zh" = "得分档次，由好到差"))]
    pub award: Vec<Award>,
    /// How a banded item is decided.
    #[schemars(extend("zh" = "按档次给分的怎样判断"))]
    pub decided: Option<Decided>,
    /// The percentage its bands are reached by is a share: within 0 and 100.
    #[serde(default)]
    #[schemars(extend("zh" = "档次所看的百分比是占比：0 到 100"))]
    pub share: bool,
    /// Evidence accepted for a banded item.
    #[serde(default)]
    #[schemars(extend("zh" = "按档次给分的认可什么依据"))]
    pub evidence: Text,
    /// What to do about a banded item.
    #[serde(default)]
    #[schemars(extend("zh" = "按档次给分的怎样提高"))]
    pub fix: Text,
}

/// One deductible line of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一条评价要求"))]
pub struct Requirement {
    /// Such as `A.4.6.2.b`.
    #[schemars(extend("zh" = "编号，如 A.4.6.2.b"))]
    pub id: String,
    /// Points lost at most (before the item's floor).
    #[schemars(extend("zh" = "最多扣几分"))]
    pub deduct: u32,
    /// Whether the deduction is printed for a thing that is missing or for falling short.
    #[schemars(extend("zh" = "扣分是因为没有，还是因为欠缺"))]
    pub nature: Nature,
    /// The requirement whose greater deduction of the same thing replaces this one.
    #[schemars(extend("zh" = "说同一件事而扣分更重的评价要求，扣了它就不再扣本条"))]
    pub superseded_by: Option<String>,
    /// How it is decided.
    #[schemars(extend("zh" = "怎样判断"))]
    pub decided: Decided,
    /// Why data cannot decide it; given exactly for on-site requirements.
    #[schemars(extend("zh" = "数据为什么判断不了；只能现场判断的须写明"))]
    pub why: Option<Text>,
    /// What is required.
    #[schemars(extend("zh" = "要求什么"))]
    pub title: Text,
    /// What evidence is accepted.
    #[serde(default)]
    #[schemars(extend("zh" = "认可什么依据"))]
    pub evidence: Text,
    /// What to do when it is not met.
    #[serde(default)]
    #[schemars(extend("zh" = "不符合时怎样整改"))]
    pub fix: Text,
    /// How grave it is to fall short of it; an error unless it says so.
    #[schemars(extend("zh" = "不符合有多严重；不写则为错误"))]
    pub severity: Option<Severity>,
    /// Bands of a graded deduction, by percentage reached, best first.
    #[serde(default)]
    #[schemars(extend("zh" = "按达到的百分比分档扣分，由好到差"))]
    pub bands: Vec<LossBand>,
    /// A deduction counted by what is missing.
    #[schemars(extend("zh" = "按缺少的数目扣分"))]
    pub count: Option<Count>,
    /// Where it is not met nothing is qualified, whatever the total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(extend("zh" = "一票否决：不符合的，不论总分均不合格"))]
    pub veto: bool,
}

/// What a deduction is printed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "扣分的缘由"))]
pub enum Nature {
    /// A thing that is missing: unmet means absent.
    #[schemars(extend("zh" = "没有这样东西：不符合即为缺失"))]
    Missing,
    /// Falling short of something: unmet is not absent.
    #[schemars(extend("zh" = "有而欠缺：不符合不等于缺失"))]
    FallingShort,
}

/// How a requirement is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "怎样判断"))]
pub enum Decided {
    /// From data.
    #[schemars(extend("zh" = "由数据判断"))]
    Data,
    /// From data, and a person on site may see more.
    #[schemars(extend("zh" = "由数据判断，现场也可能看到更多"))]
    DataOrOnSite,
    /// On site only.
    #[schemars(extend("zh" = "只能现场判断"))]
    OnSite,
}

/// Points lost from a percentage upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "从某个百分比起扣几分"))]
pub struct LossBand {
    /// Lowest percentage of the band.
    #[schemars(extend("zh" = "这一档最低的百分比"))]
    pub from: u32,
    /// Points lost in it.
    #[schemars(extend("zh" = "扣几分"))]
    pub lose: u32,
}

/// A deduction for each thing missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "每缺一样扣几分"))]
pub struct Count {
    /// Points for each.
    #[schemars(extend("zh" = "每样几分"))]
    pub each: u32,
    /// Number of things.
    #[schemars(extend("zh" = "共几样"))]
    pub of: u32,
    /// Policy that must read `each` for the count to apply; else the deduction is made once.
    #[schemars(extend("zh" = "取值为 each 时才按数目扣的口径；否则只扣一次"))]
    pub policy: Option<String>,
}

/// Points awarded from a percentage upwards, or for a named level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "从某个百分比起，或达到某个等级，得几分"))]
pub struct Award {
    /// Lowest percentage of the band.
    #[schemars(extend("zh" = "这一档最低的百分比"))]
    pub from: Option<u32>,
    /// Named level.
    #[schemars(extend("zh" = "等级的名称"))]
    pub level: Option<String>,
    /// Words that mean the level, the first one being shown.
    #[serde(default)]
    #[schemars(extend("zh" = "表示这一等级的词，第一个用于显示"))]
    pub words: Vec<String>,
    /// Points awarded.
    #[schemars(extend("zh" = "得几分"))]
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
        self.minimum.iter_mut().try_for_each(heavier)?;
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
