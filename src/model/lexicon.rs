//! Words of the titles of standards: which say the same, which tell the trade, which say nothing of the subject.
//!
//! The file is `lexicon.toml` of a pack; that of a pack above adds to those below it.

use serde::Deserialize;

use super::text::Text;
use super::toml_error;

/// Before a word that a pack takes out.
const OUT: char = '-';

/// The words of one file, or of several laid over each other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// Words that say the same; the first names the group.
    pub groups: Vec<Vec<String>>,
    /// Words that say that a title is of the trade.
    pub domain: Vec<String>,
    /// Words that say nothing of the subject.
    pub plain: Vec<String>,
    /// Characters that say nothing, wherever they stand.
    pub particles: String,
    /// Words between two subjects.
    pub joiners: Vec<String>,
    /// Words of other trades.
    pub trades: Vec<String>,
    /// Titles of papers that are no standards.
    pub papers: Papers,
}

/// How titles of papers that are no standards begin and end.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Papers {
    /// What they begin with.
    pub begins: Vec<String>,
    /// What they end with.
    pub ends: Vec<String>,
}

/// A file of words that cannot be read.
#[derive(Debug)]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// What the reader of TOML says.
    pub cause: Text,
}

impl Lexicon {
    /// The words of all files `(name, text)`, the lowest pack first.
    ///
    /// # Errors
    ///
    /// The first file that is not in the form of a lexicon.
    pub fn of(files: &[(String, String)]) -> Result<Self, LexiconError> {
        let mut whole = Self::default();
        for (file, text) in files {
            let own = toml::from_str::<Self>(text).map_err(|error| {
                let start = error.span().map_or(0, |span| span.start);
                let line = toml_error::line_at(text, start);
                LexiconError { file: file.clone(), line, cause: toml_error::translate(error.message()) }
            })?;
            whole.take_in(own);
        }
        Ok(whole)
    }

    /// Lays another over this one.
    fn take_in(&mut self, other: Self) {
        for group in other.groups {
            let head = group.first().cloned().unwrap_or_default();
            match self.groups.iter_mut().find(|known| known.first() == Some(&head)) {
                Some(known) => add(known, group),
                None => self.groups.push(group),
            }
        }
        add(&mut self.domain, other.domain);
        add(&mut self.plain, other.plain);
        self.particles.push_str(&other.particles);
        add(&mut self.joiners, other.joiners);
        add(&mut self.trades, other.trades);
        add(&mut self.papers.begins, other.papers.begins);
        add(&mut self.papers.ends, other.papers.ends);
    }
}

/// Adds the words that are new, and takes out those that a `-` stands before.
fn add(words: &mut Vec<String>, more: Vec<String>) {
    for word in more {
        match word.strip_prefix(OUT) {
            Some(gone) => words.retain(|known| known != gone),
            None if words.contains(&word) => {}
            None => words.push(word),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Result<Lexicon, LexiconError> {
        let files: Vec<_> =
            texts.iter().map(|text| ("lexicon.toml".to_owned(), (*text).to_owned())).collect();
        Lexicon::of(&files)
    }

    #[test]
    fn a_pack_adds_words_and_takes_words_out() {
        let below = "groups = [[\"巡查\", \"巡检\"]]\ntrades = [\"物业\", \"电梯\"]\n";
        let above = "groups = [[\"巡查\", \"走巡\", \"-巡检\"], [\"代办\", \"帮办\"]]\ntrades = [\"-物业\", \"殡葬\"]\n";
        let whole = of(&[below, above]).unwrap();
        assert_eq!(whole.groups, [["巡查", "走巡"], ["代办", "帮办"]]);
        assert_eq!(whole.trades, ["电梯", "殡葬"]);
    }

    #[test]
    fn a_slip_is_told_with_its_line() {
        let error = of(&["groups = []\nunknown = 1\n"]).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("lexicon.toml", 2));
    }
}
