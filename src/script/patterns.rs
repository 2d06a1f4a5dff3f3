//! Regular expressions in rules: bounded in size, compiled once for each thread.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use rhai::ImmutableString;

use super::bounds;
use super::fault;
use super::rows::Res;
use crate::model::meter;
use crate::model::text::Text;

/// Longest pattern, and the most memory one may take compiled.
const LONGEST: usize = 512;
const SIZE: usize = 1 << 17;
/// Patterns kept ready.
const KEPT: usize = 64;
/// Patterns of one rule that are sure to be ready when they are used again.
const OWN: usize = KEPT / 2;
/// Operations that take as long as compiling a pattern.
const COMPILING: u64 = 20_000;

thread_local! {
    // Never shared between threads: they would wait for each other at every match. Never copied: a copy begins with
    // an empty cache, which costs more than most matches.
    static READY: RefCell<HashMap<String, Arc<Regex>>> = RefCell::default();
    // What the running rule asked for.
    static ASKED: RefCell<HashSet<String>> = RefCell::default();
}

/// A rule begins.
pub(super) fn begin() {
    meter::apart(|| ASKED.with_borrow_mut(HashSet::clear), |()| 0);
}

/// Whether part of the text matches the pattern; `^` and `$` tie it to the whole.
pub(super) fn matches(text: ImmutableString, pattern: ImmutableString) -> Res<bool> {
    charge(&pattern)?;
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    bounds::charge(length.saturating_mul(u64::try_from(pattern.len()).unwrap_or(u64::MAX)) / 64)?;
    compiled(&pattern).map(|regex| regex.is_match(&text))
}

/// A pattern costs its compiling when a rule first asks for it, whether or not it was ready; a rule that asks for too
/// many to keep pays each time.
pub(super) fn charge(pattern: &str) -> Res<()> {
    let asked = || {
        ASKED.with_borrow_mut(|asked| {
            let known = asked.contains(pattern);
            if !known && asked.len() < OWN && pattern.len() <= LONGEST {
                asked.insert(pattern.to_owned());
            }
            known
        })
    };
    if meter::apart(asked, |_| 0) { Ok(()) } else { bounds::charge(COMPILING) }
}

/// The pattern, for this thread alone.
pub(super) fn compiled(pattern: &str) -> Res<Arc<Regex>> {
    if let Some(ready) = READY.with_borrow(|ready| ready.get(pattern).map(Arc::clone)) {
        return Ok(ready);
    }
    // Kept beyond the rule that asked first.
    meter::apart(|| build(pattern), |_| 0).ok_or_else(|| {
        fault::raise(
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

fn build(pattern: &str) -> Option<Arc<Regex>> {
    if pattern.len() > LONGEST {
        return None;
    }
    let regex = Arc::new(RegexBuilder::new(pattern).size_limit(SIZE).dfa_size_limit(SIZE).build().ok()?);
    READY.with_borrow_mut(|ready| {
        if ready.len() >= KEPT {
            ready.clear();
        }
        ready.insert(pattern.to_owned(), Arc::clone(&regex));
    });
    Some(regex)
}
