//! The templates, and how they are filled in.

use std::collections::BTreeMap;

use crate::model::text::{Lang, Text};

/// A template in Chinese and in English.
pub(super) type Template = (&'static str, &'static str);

macro_rules! template {
    ($name:literal, $ending:literal) => {
        (
            include_str!(concat!("templates/", $name, ".zh.", $ending)),
            include_str!(concat!("templates/", $name, ".en.", $ending)),
        )
    };
}

pub(super) const PACK: Template = template!("pack", "toml");
pub(super) const ALONE_PACK: Template = template!("alone_pack", "toml");
pub(super) const ALONE_TABLES: Template = template!("alone_tables", "toml");
pub(super) const ALONE_CATALOG: Template = template!("alone_catalog", "toml");
pub(super) const ALONE_RULE: Template = template!("alone_rule", "rhai");
pub(super) const ALONE_TEST: Template = template!("alone_test", "rhai");
pub(super) const MARKS: Template = template!("marks", "toml");
pub(super) const CLAUSE: Template = template!("clause", "toml");
pub(super) const TABLE: Template = template!("table", "toml");
pub(super) const ITEM: Template = template!("item", "toml");
pub(super) const ITEM_RULE: Template = template!("item", "rhai");
pub(super) const ITEM_TEST: Template = template!("item_test", "rhai");
pub(super) const CLAUSE_RULE: Template = template!("clause", "rhai");
pub(super) const CLAUSE_TEST: Template = template!("clause_test", "rhai");

/// What stands for the names in braces.
#[derive(Clone, Debug, Default)]
pub(super) struct Fill(BTreeMap<&'static str, String>);

impl Fill {
    /// As it is.
    #[must_use]
    pub(super) fn set(mut self, name: &'static str, value: String) -> Self {
        self.0.insert(name, value);
        self
    }

    /// As a text of TOML.
    #[must_use]
    pub(super) fn quoted(self, name: &'static str, value: &str) -> Self {
        self.set(name, quote(value))
    }

    /// As a text of TOML in both languages: not every file takes one text for both.
    #[must_use]
    pub(super) fn both(self, name: &'static str, text: &Text) -> Self {
        self.set(name, format!("{{ zh = {}, en = {} }}", quote(&text.zh), quote(&text.en)))
    }
}

fn quote(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The template in a language, filled in. What is filled in is not looked at again.
pub(super) fn fill((zh, en): Template, lang: Lang, fill: &Fill) -> String {
    let mut rest = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        text.push_str(before);
        text.push_str(fill.0.get(name).map_or("", String::as_str));
        rest = behind;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let template = ("一{{a}}二{{b}}", "");
        let filled =
            fill(template, Lang::Zh, &Fill::default().set("a", "{{b}}".to_owned()).set("b", "c".to_owned()));
        assert_eq!(filled, "一{{b}}二c");
    }
}
