//! What scripts may call: functions of the program, and those of the libraries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::script::compile::Libraries;
use crate::script::runtime::rule;

/// Functions of the program by name, with the numbers of arguments they take, and the libraries.
pub(crate) struct SymbolTable {
    pub(crate) functions: BTreeMap<String, BTreeSet<usize>>,
    pub(crate) libraries: Arc<Libraries>,
}

impl SymbolTable {
    /// What these libraries and their engine know.
    pub(crate) fn of(libraries: &rule::Libraries) -> Self {
        let mut functions: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for signature in libraries.engine.gen_fn_signatures(true) {
            if let Some((name, count)) = parse_signature(&signature) {
                functions.entry(name).or_default().insert(count);
            }
        }
        Self { functions, libraries: Arc::clone(libraries.closures.libraries()) }
    }
}

/// The name by which a library is imported.
pub(crate) fn library_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rhai")
}

/// The name of a function and how many arguments it takes: `name(a: T, b: U) -> R`.
fn parse_signature(signature: &str) -> Option<(String, usize)> {
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
