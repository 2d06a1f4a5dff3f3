//! What scripts may call: functions of the program, and those of the libraries.

use std::collections::{BTreeMap, BTreeSet};

use super::reader;
use super::tree::Script;
use crate::script::runtime::rule::Libraries;

/// Functions of the program by name, with the numbers of arguments they take, and the libraries.
pub(crate) struct Shelf {
    pub(crate) functions: BTreeMap<String, BTreeSet<usize>>,
    pub(crate) libraries: BTreeMap<String, Script>,
}

impl Shelf {
    /// What these libraries and their engine know.
    pub(crate) fn read(libraries: &Libraries) -> Self {
        let mut functions: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for signature in libraries.engine.gen_fn_signatures(true) {
            if let Some((name, count)) = signed(&signature) {
                functions.entry(name).or_default().insert(count);
            }
        }
        let library = |(path, source): &(String, String)| {
            Some((library_name(path).to_owned(), reader::read(&libraries.engine.compile(source).ok()?)))
        };
        Self { functions, libraries: libraries.files.iter().filter_map(library).collect() }
    }
}

/// The name by which a library is imported.
pub(crate) fn library_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai")
}

/// The name of a function and how many arguments it takes: `name(a: T, b: U) -> R`.
fn signed(signature: &str) -> Option<(String, usize)> {
    let (name, rest) = signature.split_once('(')?;
    let (mut depth, mut count, mut some) = (0_usize, 0_usize, false);
    for sign in rest.chars() {
        match sign {
            ')' if depth == 0 => break,
            '(' | '[' | '<' => depth = depth.saturating_add(1),
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => count = count.saturating_add(1),
            sign if !sign.is_whitespace() => some = true,
            _ => {}
        }
    }
    let name = name.trim();
    (!name.is_empty()).then(|| (name.to_owned(), count.saturating_add(usize::from(some))))
}
