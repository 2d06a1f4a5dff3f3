//! The text of scripts: their tokens, and characters of a Chinese keyboard that slipped into code.

pub(crate) mod confusables;
pub(crate) mod literals;
pub(crate) mod tokens;

/// The signs that compare two values.
pub(crate) const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];
