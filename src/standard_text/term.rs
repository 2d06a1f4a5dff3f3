//! Terms and their definitions.

use super::outline::{Part, Section};
use crate::table::normalize;

/// A term that a standard defines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Number of its entry.
    pub number: String,
    /// The term.
    pub term: String,
    /// What it is defined as.
    pub definition: String,
    /// The page, where that is known.
    pub page: Option<u32>,
    /// The paragraph, from 1.
    pub paragraph: u32,
}

/// The terms of the chapter on them: the term stands beside the number or in the next line, the definition below it.
pub(super) fn of(sections: &[Section]) -> Vec<Term> {
    let entries = sections.iter().filter(|section| section.part == Part::Terms && section.level > 1);
    entries.filter_map(entry).collect()
}

fn entry(section: &Section) -> Option<Term> {
    let mut lines =
        section.lines.iter().map(|line| normalize::trimmed(&line.text)).filter(|line| !line.is_empty());
    let name = if section.title.is_empty() { lines.next()? } else { section.title.as_str() };
    let definition: Vec<&str> = lines.take_while(|line| !is_note(line)).collect();
    let term = own_language(name);
    (!term.is_empty() && !definition.is_empty()).then(|| Term {
        number: section.number.clone(),
        term,
        definition: definition.join(""),
        page: section.page,
        paragraph: section.paragraph,
    })
}

/// A term without its name in another language.
fn own_language(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    let own: Vec<&str> = words.take_while(|word| !word.is_ascii()).collect();
    own.join(" ")
}

fn is_note(line: &str) -> bool {
    line.starts_with('注')
        || line.starts_with("[来源")
        || line.starts_with("［来源")
        || line.starts_with("示例")
}
