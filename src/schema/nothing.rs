//! Words that stand in a cell and say nothing: 无, 待定, 略, `/` …

use std::collections::HashSet;

use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, NoneMeans, Nothing};

/// Longer cells say something.
const LONGEST: usize = 48;

/// The declared words, as they are compared.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    words: HashSet<String>,
    /// Those that may be the answer of a column.
    none: HashSet<String>,
    /// Words for not yet.
    pending: Vec<String>,
    /// What is not yet done, and words between.
    deeds: Vec<String>,
    /// What they begin with, as written and folded: a quick no for most cells.
    first: HashSet<char>,
}

/// What a cell that might say nothing says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Something,
    Nothing,
    /// That there is none, where that is an answer.
    None,
}

impl Placeholders {
    pub(super) fn new(declared: &Nothing) -> Self {
        let folded =
            |words: &[String]| words.iter().map(|word| normalize::name(word)).collect::<HashSet<_>>();
        let (words, none) = (folded(&declared.words), folded(&declared.none));
        let listed = |words: &[String]| words.iter().map(|word| normalize::name(word)).collect::<Vec<_>>();
        let (pending, deeds) = (listed(&declared.pending), listed(&declared.deeds));
        let all = words.iter().chain(&none).chain(&pending).filter_map(|word| word.chars().next());
        let written = declared
            .words
            .iter()
            .chain(&declared.none)
            .chain(&declared.pending)
            .filter_map(|word| word.chars().next());
        let first = all.chain(written).flat_map(|c| c.to_lowercase().chain(c.to_uppercase())).collect();
        Self { words, none, pending, deeds, first }
    }

    /// What a cell of the column says.
    pub(super) fn said(&self, text: &str, decl: &ColumnDecl) -> Said {
        let text = normalize::trimmed(text);
        let Some(first) = text.chars().next().filter(|_| text.len() <= LONGEST) else {
            return Said::Something;
        };
        // Wide signs and brackets are folded first; what begins with neither a letter nor a digit may be punctuation.
        let plain = first.is_alphabetic() && first < '\u{ff00}';
        if plain && !self.first.contains(&first) {
            return Said::Something;
        }
        let name = normalize::name(text);
        let name = name.trim_matches(|c: char| matches!(c, '。' | '.' | '(' | ')' | '…' | '、' | ';'));
        match (self.none.contains(name), self.words.contains(name)) {
            (true, _) if decl.none == Some(NoneMeans::Empty) => Said::None,
            (true, _) if decl.none == Some(NoneMeans::Answer) => Said::Something,
            (false, false) if decl.kind == ColumnType::Text && is_mere(text, decl.numbers) => Said::Nothing,
            (false, false) if decl.kind == ColumnType::Text && self.is_pending(name) => Said::Nothing,
            (false, false) => Said::Something,
            _ => Said::Nothing,
        }
    }
}

impl Placeholders {
    /// A text made of words for not yet and of what is not yet done alone, such as 正在编制，待印发后补报.
    fn is_pending(&self, name: &str) -> bool {
        let mut rest = name;
        let starts = self.pending.iter().any(|word| rest.starts_with(word.as_str()));
        while starts && !rest.is_empty() {
            let words = self.pending.iter().chain(&self.deeds).map(String::as_str);
            let word = words.filter(|word| rest.starts_with(word)).max_by_key(|word| word.len());
            let sign = rest.chars().next().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
            rest = match word.map_or(sign, str::len) {
                0 => return false,
                length => rest.get(length..).unwrap_or_default(),
            };
        }
        starts
    }
}

/// Punctuation alone, or digits alone where numbers are no answer.
fn is_mere(text: &str, numbers: bool) -> bool {
    let digits = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '，' | '．');
    !text.chars().any(char::is_alphanumeric) || (!numbers && text.chars().all(digits))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_only_says_not_yet_says_nothing() {
        let declared = "pending = [\"正在\", \"尚未\", \"待\", \"拟定中\"]\ndeeds = [\"编制\", \"印发\", \"后\", \"补报\"]";
        let placeholders = Placeholders::new(&toml::from_str(declared).unwrap());
        let column = toml::from_str("id = \"c\"\nzh = \"列\"\ntype = \"text\"").unwrap();
        let said = |text: &str| placeholders.said(text, &column);
        for text in ["正在编制，待印发后补报", "尚未编制。", "拟定中", "待 印发"] {
            assert_eq!(said(text), Said::Nothing, "{text}");
        }
        for text in ["待印发后由综合科归档", "编制后印发", "正在编制手册", "补报"] {
            assert_eq!(said(text), Said::Something, "{text}");
        }
    }
}
