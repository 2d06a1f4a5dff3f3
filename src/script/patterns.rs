//! Regular expressions in rules: bounded in size, compiled once for each thread.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use rhai::ImmutableString;

use super::fault;
use super::rows::Res;
use crate::model::text::Text;

/// Longest pattern, and the most memory one may take compiled.
const LONGEST: usize = 512;
const SIZE: usize = 1 << 20;
/// Patterns kept ready.
const KEPT: usize = 64;

thread_local! {
    // Never shared: threads would wait for each other at every match.
    static READY: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// Whether part of the text matches the pattern; `^` and `$` tie it to the whole.
pub(super) fn matches(text: ImmutableString, pattern: ImmutableString) -> Res<bool> {
    compiled(&pattern).map(|regex| regex.is_match(&text))
}

/// The pattern, for this thread alone.
pub(super) fn compiled(pattern: &str) -> Res<Regex> {
    if let Some(ready) = READY.with_borrow(|ready| ready.get(pattern).cloned()) {
        return Ok(ready);
    }
    let built = RegexBuilder::new(pattern).size_limit(SIZE).dfa_size_limit(SIZE).build();
    let regex = built.ok().filter(|_| pattern.len() <= LONGEST).ok_or_else(|| {
        fault::raise(
            Text::new(
                format!("“{pattern}”不是可用的正则表达式"),
                format!("`{pattern}` is not a regular expression that can be used"),
            ),
            Text::new(
                format!("检查括号和转义，不超过 {LONGEST} 字节"),
                format!("check brackets and escapes; at most {LONGEST} bytes"),
            ),
        )
    })?;
    READY.with_borrow_mut(|ready| {
        if ready.len() >= KEPT {
            ready.clear();
        }
        ready.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}
