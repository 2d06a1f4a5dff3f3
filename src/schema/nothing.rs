//! Words that stand in a cell and say nothing: 无, 待定, 略, `/` …

use std::collections::HashSet;

use crate::model::declare::{ColumnDecl, ColumnType, NoneMeans, Nothing};
use crate::model::fold;

/// Longer cells say something.
const LONGEST: usize = 48;

/// The declared words, as they are compared.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    words: HashSet<String>,
    /// Those that may be the answer of a column.
    none: HashSet<String>,
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
        let folded = |words: &[String]| words.iter().map(|word| fold::name(word)).collect::<HashSet<_>>();
        let (words, none) = (folded(&declared.words), folded(&declared.none));
        let all = words.iter().chain(&none).filter_map(|word| word.chars().next());
        let written = declared.words.iter().chain(&declared.none).filter_map(|word| word.chars().next());
        let first = all.chain(written).flat_map(|c| c.to_lowercase().chain(c.to_uppercase())).collect();
        Self { words, none, first }
    }

    /// What a cell of the column says.
    pub(super) fn said(&self, text: &str, decl: &ColumnDecl) -> Said {
        let text = fold::trimmed(text);
        let Some(first) = text.chars().next().filter(|_| text.len() <= LONGEST) else {
            return Said::Something;
        };
        // Wide signs and brackets are folded first; what begins with neither a letter nor a digit may be punctuation.
        let plain = first.is_alphabetic() && first < '\u{ff00}';
        if plain && !self.first.contains(&first) {
            return Said::Something;
        }
        let name = fold::name(text);
        let name = name.trim_matches(|c: char| matches!(c, '。' | '.' | '(' | ')' | '…' | '、' | ';'));
        match (self.none.contains(name), self.words.contains(name)) {
            (true, _) if decl.none == Some(NoneMeans::Empty) => Said::None,
            (true, _) if decl.none == Some(NoneMeans::Answer) => Said::Something,
            (false, false) if decl.kind == ColumnType::Text && is_mere(text, decl.numbers) => Said::Nothing,
            (false, false) => Said::Something,
            _ => Said::Nothing,
        }
    }
}

/// Punctuation alone, or digits alone where numbers are no answer.
fn is_mere(text: &str, numbers: bool) -> bool {
    let digits = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '，' | '．');
    !text.chars().any(char::is_alphanumeric) || (!numbers && text.chars().all(digits))
}
