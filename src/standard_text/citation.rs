//! Standards that a standard names.

use std::collections::BTreeSet;

use super::designation;
use super::outline::{Part, Section};
use crate::model::designation::canonical;
use crate::table::normalize;

/// A standard that is named at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// Its number without the year.
    pub number: String,
    /// The year of the edition; empty where none is given.
    pub edition: String,
    /// Its title, in the list of references.
    pub title: String,
    /// Where it is named.
    pub place: CitationPlace,
    /// Of one in the list, whether the text names it; of one in the text, whether the list has it.
    pub is_paired: bool,
    /// Number of the clause in which it is named.
    pub section: String,
    /// The sentence, or the line of the list.
    pub text: String,
    /// The page, where that is known.
    pub page: Option<u32>,
    /// The paragraph, from 1.
    pub paragraph: u32,
}

/// Where a standard is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationPlace {
    /// In the list of references.
    List,
    /// In what the standard requires.
    #[default]
    Text,
    /// Where it binds to nothing: foreword, introduction, bibliography, sources of terms.
    Aside,
}

/// The standards named in these sections, in order.
pub(super) fn of(sections: &[Section]) -> Vec<Citation> {
    let mut all = Vec::new();
    for section in sections {
        let mut add = |text: &str, page, paragraph| {
            let found = designation::all(text).into_iter();
            all.extend(found.map(|named| Citation {
                title: if section.part == Part::References { title(&named.rest) } else { String::new() },
                number: named.number,
                edition: named.edition,
                place: place(section.part, text),
                is_paired: false,
                section: section.number.clone(),
                text: text.to_owned(),
                page,
                paragraph,
            }));
        };
        add(&section.title, section.page, section.paragraph);
        for line in &section.lines {
            add(&line.text, line.page.or(section.page), line.paragraph.max(section.paragraph));
        }
    }
    pair(&mut all);
    all
}

/// Notes which of those in the list the text names, and which of those in the text the list has.
fn pair(citations: &mut [Citation]) {
    let in_place = |wanted: CitationPlace| {
        let those = citations.iter().filter(|citation| citation.place == wanted);
        those.map(|citation| canonical(&citation.number)).collect::<BTreeSet<_>>()
    };
    let (listed, named) = (in_place(CitationPlace::List), in_place(CitationPlace::Text));
    for citation in citations {
        let others = if citation.place == CitationPlace::List { &named } else { &listed };
        citation.is_paired = others.contains(&canonical(&citation.number));
    }
}

fn place(part: Part, text: &str) -> CitationPlace {
    match part {
        Part::References => CitationPlace::List,
        Part::Foreword | Part::Introduction | Part::Bibliography | Part::Contents | Part::Index => {
            CitationPlace::Aside
        }
        _ if is_aside(normalize::trimmed(text)) => CitationPlace::Aside,
        Part::Scope | Part::Terms | Part::Body | Part::Appendix => CitationPlace::Text,
    }
}

/// Whether a line binds to nothing: a note, an example, a source, or a hint at where more is said.
fn is_aside(line: &str) -> bool {
    line.starts_with(['[', '［', '注'])
        || line.starts_with("示例")
        || line.contains("参见")
        || line.contains("参考")
}

/// The title behind a number, without what is said of editions.
fn title(rest: &str) -> String {
    let rest = rest.trim_start_matches(['(', ')', ' ', ',']);
    rest.trim_matches(['《', '》', ' ', ';', '。', ',']).to_owned()
}
