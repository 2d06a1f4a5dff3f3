//! The clauses of both parts: what each asks for and how it is decided. Stated here and nowhere else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// All clauses in the order of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一个规则包自己的条款"))]
pub struct Clauses {
    /// One by one.
    #[serde(default, rename = "clause")]
    #[schemars(extend("zh" = "逐条"))]
    pub list: Vec<Clause>,
}

/// One clause, or one item of a lettered or numbered list in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一个条款，或其中的一项"))]
pub struct Clause {
    /// Such as `2/9.1.a`: part, clause, letter.
    #[schemars(extend("zh" = "编号，如 2/9.1.a：部分、条、项"))]
    pub id: String,
    /// What it asks for.
    #[schemars(extend("zh" = "要求什么"))]
    pub title: Text,
    /// How strongly.
    #[schemars(extend("zh" = "约束力"))]
    pub force: Force,
    /// How it is decided.
    #[schemars(extend("zh" = "怎样判断"))]
    pub decided: ClauseDecided,
    /// Why data cannot decide it, or why there is nothing to decide.
    #[schemars(extend("zh" = "数据为什么判断不了，或者为什么没有可判断的"))]
    pub why: Option<Text>,
    /// What one looks for.
    #[serde(default)]
    #[schemars(extend("zh" = "看什么依据"))]
    pub asks: Text,
    /// What to do when it fails.
    #[serde(default)]
    #[schemars(extend("zh" = "不符合时怎样整改"))]
    pub fix: Text,
    /// It says who may apply, apart from the score.
    #[serde(default)]
    #[schemars(extend("zh" = "属于申请条件，不计入得分"))]
    pub eligibility: bool,
    /// Requirements of the scoring table about the same thing.
    #[serde(default)]
    #[schemars(extend("zh" = "评分表中说同一件事的评价要求"))]
    pub requirements: Vec<String>,
}

/// A clause as running text cites it: `2/10.6.1` is 第2部分10.6.1, in English Part 2, 10.6.1. Clauses that are not numbered
/// by part stand as they are; of several in a row (`5/A.2.1, A.3.1`) the part is told once.
pub fn cited(ids: &str) -> Text {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for id in ids.split(", ") {
        let numbered = id
            .split_once('/')
            .filter(|(part, _)| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit()));
        let (in_zh, in_en) = match numbered {
            Some((part, number)) => (format!("第{part}部分{number}"), format!("Part {part}, {number}")),
            None => (id.to_owned(), id.to_owned()),
        };
        zh.push(in_zh);
        en.push(in_en);
    }
    Text::new(zh.join("、"), en.join(", "))
}

/// How something is decided, by the catalog's word for it.
pub fn way(word: &str) -> Text {
    match word {
        "data" => Text::new("由数据判断", "from data"),
        "data-or-on-site" => Text::new("由数据判断，现场可以补充", "from data; people on site may see more"),
        "on-site" => Text::new("只能现场判断", "on site only"),
        "informative" => Text::new("没有需要判断的内容", "there is nothing to decide"),
        other => Text::new(other, other),
    }
}

/// How strongly a clause asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "约束力"))]
pub enum Force {
    /// It must be so.
    #[schemars(extend("zh" = "必须如此"))]
    Shall,
    /// It is advised.
    #[schemars(extend("zh" = "宜如此"))]
    Should,
    /// It says something, it asks for nothing.
    #[schemars(extend("zh" = "只作说明，不提要求"))]
    Informative,
}

/// How a clause is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "条款怎样判断"))]
pub enum ClauseDecided {
    /// From data.
    #[schemars(extend("zh" = "由数据判断"))]
    Data,
    /// From data, and a person on site may see more.
    #[schemars(extend("zh" = "由数据判断，现场也可能看到更多"))]
    DataOrOnSite,
    /// On site only.
    #[schemars(extend("zh" = "只能现场判断"))]
    OnSite,
    /// There is nothing to decide.
    #[schemars(extend("zh" = "没有可判断的内容"))]
    Informative,
}

impl Clauses {
    /// The ids of all of them.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|clause| clause.id.as_str())
    }

    /// The clause with this id.
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.list.iter().find(|clause| clause.id == id)
    }
}
