//! Standards that a standard names.

use std::collections::BTreeSet;

use super::designation;
use super::outline::{Part, Section};
use crate::model::designation::likeness;
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

/// The standards named in these sections, in order: of a line of the list of references the first alone, since what follows is
/// what it was made from.
pub(super) fn of(sections: &[Section]) -> Vec<Citation> {
    let mut all = Vec::new();
    for section in sections {
        let titles = [(section.title.as_str(), section.page, section.paragraph)];
        let lines = section.lines.iter().map(|line| (line.text.as_str(), line.page, line.paragraph));
        let mut is_example = false;
        for (text, page, paragraph) in titles.into_iter().chain(lines) {
            let line = normalize::trimmed(text);
            let most = if section.part == Part::References { 1 } else { usize::MAX };
            for named in designation::all(text).into_iter().take(most) {
                let place = place(section.part, &named.before, is_example || is_aside(line));
                let title = if section.part == Part::References { title(&named.rest) } else { String::new() };
                all.push(Citation {
                    title,
                    place,
                    is_paired: false,
                    section: section.number.clone(),
                    text: text.to_owned(),
                    page: page.or(section.page),
                    paragraph: paragraph.max(section.paragraph),
                    number: named.number,
                    edition: named.edition,
                });
            }
            is_example = matches!(line.trim_end_matches(['：', ':']), "示例" | "示例1" | "示例2");
        }
    }
    pair(&mut all);
    all
}

/// Notes which of those in the list the text names anywhere, and which of those in the text the list has.
fn pair(citations: &mut [Citation]) {
    let in_place = |is: fn(CitationPlace) -> bool| {
        let those = citations.iter().filter(|citation| is(citation.place));
        those
            .map(|citation| (likeness(&citation.number), citation.title.contains("所有部分")))
            .collect::<BTreeSet<_>>()
    };
    let listed = in_place(|place| place == CitationPlace::List);
    let named = in_place(|place| place != CitationPlace::List);
    for citation in citations {
        let own = likeness(&citation.number);
        let has_all_parts = citation.title.contains("所有部分");
        citation.is_paired = if citation.place == CitationPlace::List {
            named.iter().any(|(other, _)| fits(&own, other, has_all_parts))
        } else {
            listed.iter().any(|(other, has_all_parts)| fits(other, &own, *has_all_parts))
        };
    }
}

/// Whether what the list has is what the text names: the same, one of its parts, or a paper of which words stand before the number.
fn fits(listed: &str, named: &str, has_all_parts: bool) -> bool {
    let is_paper = listed.contains('〔') || listed.contains('[');
    listed == named
        || (has_all_parts && named.strip_prefix(listed).is_some_and(|rest| rest.starts_with('.')))
        || (is_paper && (named.ends_with(listed) || listed.ends_with(named)))
}

fn place(part: Part, before: &str, is_aside: bool) -> CitationPlace {
    match part {
        Part::References => CitationPlace::List,
        Part::Foreword | Part::Introduction | Part::Bibliography | Part::Contents | Part::Index => {
            CitationPlace::Aside
        }
        _ if is_aside || before.ends_with("参见") || before.ends_with("参考") => CitationPlace::Aside,
        Part::Scope | Part::Terms | Part::Body | Part::Appendix => CitationPlace::Text,
    }
}

/// Whether a line binds to nothing: a note, an example, a source.
fn is_aside(line: &str) -> bool {
    let bare = line.trim_start_matches(['[', '［', '(', '（']);
    bare.starts_with("来源")
        || line.starts_with('注')
        || line.starts_with("示例")
        || line.starts_with(['[', '［'])
}

/// The title behind a number, without what is said of editions.
fn title(rest: &str) -> String {
    let rest = rest.trim_start_matches([')', ' ', ',']);
    rest.trim_matches(['《', '》', ' ', ';', '。', ',']).to_owned()
}
