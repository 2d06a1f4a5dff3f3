//! The words of the lexicon, made ready to be found in titles.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::lexicon::Lexicon;
use crate::table::normalize;

/// Marks around words: what stands between them is read, they themselves are not.
const MARKS: &str = "()[]{}【】〔〕《》〈〉<>“”‘’\"'「」『』";

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// It tells the trade.
    pub(crate) domain: bool,
    /// It says nothing of the subject, or tells the trade.
    pub(crate) known: bool,
    /// It is of another trade.
    pub(crate) trade: bool,
    /// Groups it belongs to.
    pub(crate) groups: Vec<usize>,
}

/// A word of the lexicon where it stands in a title, as bytes of the folded text.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'a> {
    pub(crate) at: Range<usize>,
    pub(crate) entry: &'a Entry,
}

/// The lexicon by words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    /// Words by their first character.
    words: HashMap<char, Vec<(String, Entry)>>,
    /// Number of each group by its first word.
    heads: HashMap<String, usize>,
    /// Joiners, as they stand in folded titles.
    pub(crate) joiners: Vec<String>,
    /// Characters that say nothing.
    pub(crate) particles: String,
    /// How papers that are no standards begin.
    pub(crate) begins: Vec<String>,
    /// How they end.
    pub(crate) ends: Vec<String>,
}

/// A title or word in the form in which they are compared: compatibility form, upper case, nothing invisible, no
/// spaces, no brackets or quotation marks.
pub(crate) fn bare(text: &str) -> String {
    let plain = normalize::nfkc(text);
    let kept =
        plain.chars().filter(|c| !c.is_whitespace() && !normalize::is_invisible(*c) && !MARKS.contains(*c));
    kept.flat_map(char::to_uppercase).collect()
}

impl Dictionary {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut all = Self {
            joiners: lexicon.joiners.iter().map(|word| bare(word)).collect(),
            particles: lexicon.particles.clone(),
            begins: lexicon.papers.begins.iter().map(|word| bare(word)).collect(),
            ends: lexicon.papers.ends.iter().map(|word| bare(word)).collect(),
            ..Self::default()
        };
        for (number, group) in lexicon.groups.iter().enumerate() {
            if let Some(head) = group.first() {
                all.heads.insert(bare(head), number);
            }
            group.iter().for_each(|word| all.learn(word, |entry| entry.groups.push(number)));
        }
        for word in &lexicon.domain {
            all.learn(word, |entry| (entry.domain, entry.known) = (true, true));
        }
        lexicon.plain.iter().for_each(|word| all.learn(word, |entry| entry.known = true));
        lexicon.trades.iter().for_each(|word| all.learn(word, |entry| entry.trade = true));
        all
    }

    fn learn(&mut self, word: &str, note: impl FnOnce(&mut Entry)) {
        let word = bare(word);
        let Some(first) = word.chars().next() else { return };
        let alike = self.words.entry(first).or_default();
        if let Some((_, entry)) = alike.iter_mut().find(|(known, _)| *known == word) {
            note(entry);
            return;
        }
        let mut entry = Entry::default();
        note(&mut entry);
        alike.push((word, entry));
    }

    /// The group that a keyword stands for.
    pub(crate) fn group(&self, head: &str) -> Option<usize> {
        self.heads.get(head).copied()
    }

    /// Every word of the lexicon in a folded text, those inside others too.
    pub(crate) fn hits<'a>(&'a self, text: &str) -> Vec<Hit<'a>> {
        let mut found = Vec::new();
        for (at, first) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            let words = self.words.get(&first).map_or(&[][..], Vec::as_slice);
            let here = words.iter().filter(|(word, _)| rest.starts_with(word.as_str()));
            found.extend(here.map(|(word, entry)| Hit { at: at..at.saturating_add(word.len()), entry }));
        }
        found
    }
}
