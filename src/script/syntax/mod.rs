//! The text of scripts: their tree, their tokens, and characters of a Chinese keyboard that slipped into code.

pub(crate) mod confusables;
pub(crate) mod literals;
mod reader;
pub(crate) mod tokens;
pub(crate) mod tree;

/// The signs that compare two values.
pub(crate) const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];
