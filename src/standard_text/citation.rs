//! Standards that a standard names.

use std::collections::BTreeSet;
use std::ops::Bound;

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

/// Notes which of those in the list the text names anywhere, and which of those in the text the list has: the same, one of its
/// parts, or a paper of which words stand before the number.
fn pair(citations: &mut [Citation]) {
    let is_listed = |citation: &&Citation| citation.place == CitationPlace::List;
    let own = |citation: &Citation| likeness(&citation.number);
    let listed = Numbers::of(citations.iter().filter(is_listed).map(own));
    let papers = Numbers::of(listed.all.iter().filter(|number| is_paper(number)).cloned());
    let wholes = citations.iter().filter(is_listed).filter(|one| has_all_parts(one));
    let wholes = Numbers::of(wholes.map(own));
    let named = Numbers::of(citations.iter().filter(|citation| !is_listed(citation)).map(own));
    for citation in citations {
        let own = likeness(&citation.number);
        citation.is_paired = if citation.place == CitationPlace::List {
            named.all.contains(&own)
                || (has_all_parts(citation) && named.has_part_of(&own))
                || (is_paper(&own) && (named.has_longer(&own) || named.has_shorter(&own)))
        } else {
            listed.all.contains(&own)
                || wholes.has_whole_of(&own)
                || papers.has_longer(&own)
                || papers.has_shorter(&own)
        };
    }
}

fn has_all_parts(citation: &Citation) -> bool {
    citation.title.contains("所有部分")
}

/// Whether a number is that of an office's paper.
fn is_paper(number: &str) -> bool {
    number.contains(['〔', '['])
}

/// Numbers as they are compared, in an order in which those with one beginning or one end stand together.
struct Numbers {
    all: BTreeSet<String>,
    backwards: BTreeSet<String>,
}

impl Numbers {
    fn of(numbers: impl Iterator<Item = String>) -> Self {
        let all: BTreeSet<String> = numbers.collect();
        let backwards = all.iter().map(|number| backwards(number)).collect();
        Self { all, backwards }
    }

    /// Whether there is one that begins with `number` and a point.
    fn has_part_of(&self, number: &str) -> bool {
        begins_one(&self.all, &format!("{number}."))
    }

    /// Whether there is one of which `number` is a part.
    fn has_whole_of(&self, number: &str) -> bool {
        number
            .match_indices('.')
            .any(|(at, _)| number.get(..at).is_some_and(|whole| self.all.contains(whole)))
    }

    /// Whether there is one that ends with `number`.
    fn has_longer(&self, number: &str) -> bool {
        begins_one(&self.backwards, &backwards(number))
    }

    /// Whether there is one with which `number` ends.
    fn has_shorter(&self, number: &str) -> bool {
        number.char_indices().any(|(at, _)| number.get(at..).is_some_and(|end| self.all.contains(end)))
    }
}

/// Whether one of these begins with a text.
fn begins_one(all: &BTreeSet<String>, text: &str) -> bool {
    let from = (Bound::Included(text), Bound::Unbounded);
    all.range::<str, _>(from).next().is_some_and(|first| first.starts_with(text))
}

fn backwards(text: &str) -> String {
    text.chars().rev().collect()
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
