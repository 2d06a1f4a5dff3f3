//! Regular expressions in rules: bounded in size, compiled once for each thread.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};
use regex_automata::Input;
use regex_automata::dfa::{Automaton, StartKind, dense};
use rhai::ImmutableString;

use crate::model::text::Text;
use crate::resources::meter;
use crate::script::error::{self, Res, exceeded};

/// Longest pattern, and the most memory one may take compiled.
const LONGEST: usize = 512;
const SIZE: usize = 1 << 17;
/// Patterns kept ready.
const KEPT: usize = 64;
/// Patterns of one rule that are sure to be ready when they are used again.
const OWN: usize = KEPT / 2;
/// Operations that take as long as compiling a pattern.
const COMPILING: u64 = 20_000;
/// Texts after which it pays to work out all states of a pattern beforehand.
const OFTEN: u32 = 4_096;

thread_local! {
    // Never shared between threads: they would wait for each other at every match. Never copied: a copy begins with
    // an empty cache, which costs more than most matches.
    static READY: RefCell<HashMap<String, Arc<Pattern>>> = RefCell::default();
    // What the running rule asked for.
    static ASKED: RefCell<HashSet<String>> = RefCell::default();
}

/// A rule begins.
pub(crate) fn begin() {
    meter::unmetered(|| ASKED.with_borrow_mut(HashSet::clear), |()| 0);
}

/// Whether part of the text matches the pattern; `^` and `$` tie it to the whole.
pub(crate) fn matches(text: ImmutableString, pattern: ImmutableString) -> Res<bool> {
    charge(&pattern)?;
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    exceeded::charge(length.saturating_mul(u64::try_from(pattern.len()).unwrap_or(u64::MAX)) / 64)?;
    compiled(&pattern).map(|regex| regex.is_match(&text))
}

/// A pattern costs its compiling when a rule first asks for it, whether or not it was ready; a rule that asks for too
/// many to keep pays each time.
pub(crate) fn charge(pattern: &str) -> Res<()> {
    let asked = || {
        ASKED.with_borrow_mut(|asked| {
            let known = asked.contains(pattern);
            if !known && asked.len() < OWN && pattern.len() <= LONGEST {
                asked.insert(pattern.to_owned());
            }
            known
        })
    };
    if meter::unmetered(asked, |_| 0) { Ok(()) } else { exceeded::charge(COMPILING) }
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    asked: AtomicU32,
    /// All of its states, where it was asked often and they are few.
    full: OnceLock<Option<dense::DFA<Vec<u32>>>>,
}

impl Pattern {
    fn new(pattern: &str) -> Option<Self> {
        let regex = RegexBuilder::new(pattern).size_limit(SIZE).dfa_size_limit(SIZE).build().ok()?;
        Some(Self { regex, asked: AtomicU32::new(0), full: OnceLock::new() })
    }

    /// Whether part of the text matches.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let full = self.full.get().or_else(|| {
            let often = self.asked.fetch_add(1, Ordering::Relaxed) >= OFTEN;
            often.then(|| self.full.get_or_init(|| meter::unmetered(|| full(self.regex.as_str()), |_| 0)))
        });
        // The memory it searches with is kept beyond the rule.
        let searched = || meter::unmetered(|| self.regex.is_match(text), |_| 0);
        match full {
            // It gives up only where it has met a sign it was not made for.
            Some(Some(full)) => match full.try_search_fwd(&Input::new(text).earliest(true)) {
                Ok(found) => found.is_some(),
                Err(_) => searched(),
            },
            _ => searched(),
        }
    }
}

/// The pattern with all of its states, unless they are too many.
fn full(pattern: &str) -> Option<dense::DFA<Vec<u32>>> {
    let config = dense::Config::new().start_kind(StartKind::Unanchored);
    let config = config.dfa_size_limit(Some(SIZE)).determinize_size_limit(Some(SIZE));
    dense::Builder::new().configure(config).build(pattern).ok()
}

/// The pattern, for this thread alone.
pub(crate) fn compiled(pattern: &str) -> Res<Arc<Pattern>> {
    if let Some(ready) = READY.with_borrow(|ready| ready.get(pattern).map(Arc::clone)) {
        return Ok(ready);
    }
    // Kept beyond the rule that asked first.
    meter::unmetered(|| build(pattern), |_| 0).ok_or_else(|| {
        error::raise(
            Text::new(
                format!("“{pattern}”不是可用的正则表达式"),
                format!("`{pattern}` is not a regular expression that can be used"),
            ),
            Text::new(
                format!("检查括号、转义和重复次数，不超过 {LONGEST} 字节"),
                format!("check brackets, escapes and repetitions; at most {LONGEST} bytes"),
            ),
        )
    })
}

fn build(pattern: &str) -> Option<Arc<Pattern>> {
    if pattern.len() > LONGEST {
        return None;
    }
    let built = Arc::new(Pattern::new(pattern)?);
    READY.with_borrow_mut(|ready| {
        if ready.len() >= KEPT {
            ready.clear();
        }
        ready.insert(pattern.to_owned(), Arc::clone(&built));
    });
    Some(built)
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn all_states_worked_out_answer_the_same() {
        let patterns = [
            "^SJ(0[1-9]|1[0-2])[0-9]{2}$",
            "满意|化解$",
            r"\d+号",
            r"^[\u4e00-\u9fa5]{2,4}$",
            "",
            "^$",
            "(?i)ab",
        ];
        let texts = [
            "SJ0112",
            "SJ1312",
            "xSJ0112",
            "满意",
            "已化解",
            "化解中",
            "第12号",
            "第１２号",
            "张三",
            "",
            "Ab",
            "a\nb",
        ];
        for pattern in patterns {
            let full = full(pattern).expect("few states");
            let regex = Pattern::new(pattern).expect("a pattern").regex;
            for text in texts {
                let found =
                    full.try_search_fwd(&Input::new(text).earliest(true)).expect("no sign to give up at");
                assert_eq!(found.is_some(), regex.is_match(text), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn what_is_asked_often_still_answers_the_same() {
        let pattern = Pattern::new(r"^[A-Z]{2}\d{4}$").expect("a pattern");
        for at in 0..2 * OFTEN {
            assert!(pattern.is_match(&format!("GB{:04}", at % 10_000)));
            assert!(!pattern.is_match(&format!("GB{at}x")));
        }
        assert!(matches!(pattern.full.get(), Some(Some(_))));
        // Too many states: the pattern is asked as before.
        assert!(full(r"[\w\s]{1,40}x").is_none());
    }
}
