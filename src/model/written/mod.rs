//! What people write in cells: days, months, numbers and lists of codes in their many forms.

pub mod clause;
pub mod date;
pub mod number;
pub mod term;

/// The codes of a cell that holds several.
pub fn codes(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(is_separator).map(str::trim).filter(|code| !code.is_empty())
}

/// Whether a sign stands between the codes of a cell.
pub fn is_separator(sign: char) -> bool {
    matches!(sign, ';' | '；' | '、' | ',' | '，' | '\n')
}
