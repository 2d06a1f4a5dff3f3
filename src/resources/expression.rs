//! Regular expressions of the program itself. They and the memory they search with stay for all scripts, so that no
//! script is charged for having been the first to need one.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::meter;

/// A regular expression, compiled when it is first used.
#[derive(Debug)]
pub struct Expression {
    pattern: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Of this pattern. One that is none matches nothing.
    pub const fn new(pattern: &'static str) -> Self {
        Self { pattern, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.pattern).ok()).as_ref()
    }

    /// Whether part of the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        meter::unmetered(|| self.regex().is_some_and(|regex| regex.is_match(text)), |_| 0)
    }

    /// The first part of the text that matches.
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        meter::unmetered(|| Some(self.regex()?.find(text)?.as_str()), |_| 0)
    }

    /// The groups of the first match. Whoever asks holds them.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let places = |found: &Option<Captures<'_>>| {
            found.as_ref().map_or(0, |groups| groups.len().saturating_mul(size_of::<Range<usize>>()))
        };
        meter::unmetered(|| self.regex()?.captures(text), places)
    }

    /// The first group of the first match.
    pub fn first_group<'t>(&self, text: &'t str) -> Option<&'t str> {
        meter::unmetered(|| Some(self.regex()?.captures(text)?.get(1)?.as_str()), |_| 0)
    }

    /// Where all matches stand, in bytes.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let all =
            || self.regex().into_iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range());
        meter::unmetered(|| all().collect(), held)
    }

    /// What `take` takes of the groups of each match.
    pub fn each<T>(&self, text: &str, mut take: impl FnMut(&Captures<'_>) -> Option<T>) -> Vec<T> {
        let mut all = || {
            let found = self.regex().into_iter().flat_map(|regex| regex.captures_iter(text));
            found.filter_map(|groups| take(&groups)).collect()
        };
        meter::unmetered(&mut all, held)
    }
}

fn held<T>(all: &Vec<T>) -> usize {
    all.capacity().saturating_mul(size_of::<T>())
}

#[cfg(test)]
mod tests {
    use super::super::meter::{Limits, Measurement, spent};
    use super::*;

    #[test]
    fn the_first_use_costs_no_more_than_the_next() {
        static PAIR: Expression = Expression::new(r"([a-z]+)=(\p{Han}+)");
        let measurement = Measurement::begin(Limits::NONE);
        let cost = || {
            let before = spent().bytes;
            assert!(PAIR.is_match("a=一") && PAIR.find("- b=二").is_some());
            assert_eq!(PAIR.first_group("cd=三"), Some("cd"));
            assert_eq!(PAIR.captures("a=一").map(|groups| groups.len()), Some(3));
            assert_eq!(PAIR.each("a=一 b=二", |groups| groups.get(2).map(|two| two.start())), [2, 8]);
            assert_eq!(PAIR.ranges("a=一 b=二"), [0..5, 6..11]);
            spent().bytes - before
        };
        let (first, next) = (cost(), cost());
        assert_eq!(first, next);
        assert_eq!(spent().live, 0);
        drop(measurement);
    }

    #[test]
    fn what_is_no_pattern_matches_nothing() {
        static BROKEN: Expression = Expression::new("(");
        assert!(!BROKEN.is_match("(") && BROKEN.captures("(").is_none() && BROKEN.ranges("(").is_empty());
    }
}
