//! Keywords of a requirement, and whether a title suits them.

use std::ops::Range;

use super::title::{Title, covered, is_unread};
use crate::script::value::reference::title_dictionary::{Dictionary, bare};

/// Before a keyword that only suggests the subject.
const WEAK: char = '?';
/// Before a word that stands for itself alone, not for its group.
const EXACT: char = '=';

/// A word of a keyword.
#[derive(Clone, Debug)]
enum Word {
    /// Any word of this group.
    Group(usize),
    /// This one.
    Exact(String),
}

/// A word that has to be there, and words that must not be.
#[derive(Clone, Debug)]
struct Term {
    word: Word,
    without: Vec<Word>,
}

/// The keywords of one requirement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    strong: Vec<Vec<Term>>,
    weak: Vec<Vec<Term>>,
    /// Where all words of one of them are in a title, it is about something else.
    barring: Vec<Vec<Word>>,
}

/// How well a title suits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Not at all.
    None,
    /// It may be about this: only its text tells. The words in it that speak of something else.
    Likely(Vec<String>),
    /// It is about this, of the trade or of the organization itself.
    Sure,
}

impl Word {
    fn new(dictionary: &Dictionary, written: &str) -> Self {
        let written = written.trim();
        match written.strip_prefix(EXACT) {
            Some(exact) => Self::Exact(bare(exact)),
            None => {
                let word = bare(written);
                dictionary.group(&word).map_or(Self::Exact(word), Self::Group)
            }
        }
    }

    fn in_text(&self, title: &Title) -> bool {
        match self {
            Self::Group(group) => title.groups.contains(group),
            Self::Exact(word) => title.text.contains(word.as_str()),
        }
    }

    fn in_part(&self, title: &Title) -> bool {
        match self {
            Self::Group(group) => title.part_groups.contains(group),
            Self::Exact(word) => title.part().contains(word.as_str()),
        }
    }

    fn spans(&self, title: &Title) -> Vec<Range<usize>> {
        match self {
            Self::Group(group) => {
                let of_it = title.members.iter().filter(|member| member.group == *group);
                of_it.map(|member| member.at.clone()).collect()
            }
            Self::Exact(word) => {
                let found = title.text.match_indices(word.as_str());
                found.map(|(at, word)| at..at.saturating_add(word.len())).collect()
            }
        }
    }
}

impl Wanted {
    /// Makes keywords ready, as they are written in rules: `a+b-c`, `?a+b`, `-c`, `=a`.
    pub(crate) fn new<'a>(dictionary: &Dictionary, keywords: impl Iterator<Item = &'a str>) -> Self {
        let mut wanted = Self::default();
        let word = |written: &str| Word::new(dictionary, written);
        let term = |written: &str| {
            let mut words = written.split('-').map(word);
            words.next().map(|first| Term { word: first, without: words.collect() })
        };
        for keyword in keywords {
            if let Some(barred) = keyword.strip_prefix('-') {
                wanted.barring.push(barred.split('+').map(word).collect());
                continue;
            }
            match keyword.strip_prefix(WEAK) {
                Some(weak) => wanted.weak.push(weak.split('+').filter_map(term).collect()),
                None => wanted.strong.push(keyword.split('+').filter_map(term).collect()),
            }
        }
        wanted
    }

    /// How well a title suits; `own` is that of a standard of the organization itself. More than `most` subjects in one
    /// title, or a word of another one, leave it open; words in `name`, that of the organization, speak of nothing else.
    pub(crate) fn fit(&self, read: &Reading<'_>, own: bool) -> Fit {
        let title = read.title;
        let used = self.used(title);
        let Some((strong, used)) = used else { return Fit::None };
        let other_trade = !excused(title, &used);
        if other_trade && !own && !title.domain {
            return Fit::None;
        }
        let mut others = read.others(&used);
        if other_trade {
            let words = title.trades.iter().filter_map(|at| title.text.get(at.clone()));
            for word in words {
                if !others.iter().any(|known| known == word) {
                    others.push(word.to_owned());
                }
            }
        }
        // What only suggests the subject, beside words nobody knows, is no evidence of it.
        if !strong && !title.domain && (other_trade || read.is_strange(&used)) {
            return Fit::None;
        }
        let few = title.subjects <= read.most;
        if strong && others.is_empty() && few && (own || title.domain) {
            Fit::Sure
        } else {
            Fit::Likely(others)
        }
    }

    /// Whether the title has a word of another trade that these keywords do not ask for.
    pub(crate) fn is_of_another_trade(&self, title: &Title) -> bool {
        let used = self.used(title).map(|(_, used)| used).unwrap_or_default();
        !excused(title, &used)
    }

    /// Whether the title has a word of what is wanted: one that says something by itself, or all of a keyword.
    pub(crate) fn is_touched_by(&self, title: &Title) -> bool {
        let speaks = |term: &Term| {
            let says =
                |at: &Range<usize>| title.known.get(at.clone()).is_some_and(|known| known.contains(&false));
            term.word.spans(title).iter().any(says)
        };
        let all = |keyword: &Vec<Term>| keyword.iter().all(|term| term.word.in_text(title));
        self.strong.iter().chain(&self.weak).any(|keyword| all(keyword) || keyword.iter().any(speaks))
    }

    /// Whether a strong keyword suits, and where the words of those that suit stand.
    fn used(&self, title: &Title) -> Option<(bool, Vec<Range<usize>>)> {
        if self.barring.iter().any(|words| words.iter().all(|word| word.in_part(title))) {
            return None;
        }
        let there = |keyword: &&Vec<Term>| {
            keyword
                .iter()
                .all(|term| term.word.in_text(title) && !term.without.iter().any(|word| word.in_part(title)))
        };
        let in_part =
            |keyword: &&Vec<Term>| title.part == 0 || keyword.iter().any(|term| term.word.in_part(title));
        let strong: Vec<_> = self.strong.iter().filter(there).filter(in_part).collect();
        let sure = !strong.is_empty();
        // What only suggests the subject explains nothing of a title that is sure.
        let suiting: Vec<_> = if sure { strong } else { self.weak.iter().filter(there).collect() };
        let words = suiting.iter().flat_map(|keyword| keyword.iter());
        let used = words.flat_map(|term| term.word.spans(title)).collect();
        (!suiting.is_empty()).then_some((sure, used))
    }
}

fn excused(title: &Title, used: &[Range<usize>]) -> bool {
    let within =
        |trade: &Range<usize>| used.iter().any(|word| word.start <= trade.start && trade.end <= word.end);
    title.trades.iter().all(within)
}

/// A title with what it is read by.
pub(crate) struct Reading<'a> {
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) title: &'a Title,
    /// Subjects one title may list.
    pub(crate) most: usize,
    /// The name of the organization.
    pub(crate) name: &'a str,
}

impl Reading<'_> {
    /// Whether there are words that neither the keywords nor the lexicon explain.
    fn is_strange(&self, used: &[Range<usize>]) -> bool {
        let title = self.title;
        let words = title.members.iter().map(|member| member.at.clone());
        let known = covered(title.text.len(), used.iter().cloned().chain(words));
        let explained: Vec<_> =
            known.iter().zip(&title.known).map(|(known, plain)| *known || *plain).collect();
        title.text.char_indices().any(|(at, c)| is_unread(self.dictionary, &explained, at, c))
    }

    /// Words beside those of the keywords that speak of something.
    fn others(&self, used: &[Range<usize>]) -> Vec<String> {
        let title = self.title;
        let mut known = covered(title.text.len(), used.iter().cloned());
        if title.subjects > 1 {
            // Other subjects that the title lists beside this one.
            let listed = covered(title.text.len(), title.members.iter().map(|member| member.at.clone()));
            known.iter_mut().zip(listed).for_each(|(known, listed)| *known |= listed);
        }
        known.iter_mut().zip(&title.known).for_each(|(known, plain)| *known |= plain);
        let mut words = vec![String::new()];
        for (at, c) in title.text.char_indices() {
            match words.last_mut() {
                Some(word) if is_unread(self.dictionary, &known, at, c) => word.push(c),
                Some(word) if !word.is_empty() => words.push(String::new()),
                _ => {}
            }
        }
        words.retain(|word| !word.is_empty() && !self.name.contains(word.as_str()));
        words
    }
}
