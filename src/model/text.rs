//! Text in the two languages of the program.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The language a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    /// Chinese (simplified).
    #[default]
    Zh,
    /// English.
    En,
}

/// The texts in their order, each where it comes first.
pub fn each_once<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut known = HashSet::new();
    texts.filter(|text| known.insert(*text)).collect()
}

/// One sentence or phrase in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "中英文文字"))]
pub struct Text {
    /// Chinese.
    #[schemars(extend("zh" = "中文"))]
    pub zh: String,
    /// English.
    #[schemars(extend("zh" = "英文"))]
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Whether there is nothing to say in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// This sentence and another after it.
    #[must_use]
    pub fn and(&self, next: &Self) -> Self {
        if self.is_empty() || next.is_empty() {
            return if self.is_empty() { next.clone() } else { self.clone() };
        }
        Self::new(format!("{}；{}", self.zh, next.zh), format!("{}; {}", self.en, next.en))
    }

    /// This text, or another where it says nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }

    /// Applies `edit` to both languages.
    #[must_use]
    pub fn map(&self, edit: impl Fn(&str) -> String) -> Self {
        Self { zh: edit(&self.zh), en: edit(&self.en) }
    }
}
