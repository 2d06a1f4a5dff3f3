//! Rows that list several codes where one is expected: one review of four standards. Each is read as a row for each of
//! its codes, all at the same place of the source, so that rules need to know of one form only.

use std::borrow::Cow;

use crate::model::row::{RawCell, Rows};
use crate::model::written;
use crate::table::table_schema::TableDecl;

/// Signs around a name of which each may hold a separator.
const NAMES: [(char, char); 2] = [('《', '》'), ('“', '”')];

/// The rows with each of those that list codes in a column of `unnest` repeated for each code; none where no row does.
pub(super) fn unnested<'t>(table: &TableDecl, rows: &Rows<'t>) -> Option<Rows<'t>> {
    let at = table.columns.iter().position(|column| column.unnest)?;
    let listed = |cell: &RawCell<'t>| match cell {
        RawCell::Text(text) => listed(text).filter(|codes| codes.len() > 1),
        _ => None,
    };
    let lists: Vec<Option<Vec<String>>> = rows.column(at).iter().map(listed).collect();
    if lists.iter().all(Option::is_none) {
        return None;
    }
    let times = |row: usize| lists.get(row).and_then(Option::as_ref).map_or(1, Vec::len);
    let repeated = || (0..rows.len()).flat_map(|row| std::iter::repeat_n(row, times(row)));
    let mut unnested = Rows::new(table.columns.len());
    let numbers = repeated().filter_map(|row| rows.numbers().get(row).copied());
    unnested.extend(numbers, |column, cells| {
        cells.extend(repeated().map(|row| rows.column(column).get(row).cloned().unwrap_or_default()));
    });
    let codes = lists
        .into_iter()
        .flat_map(|list| list.map_or_else(|| vec![None], |list| list.into_iter().map(Some).collect()));
    for (row, code) in codes.enumerate() {
        if let Some(code) = code {
            unnested.set(at, row, RawCell::Text(Cow::Owned(code)));
        }
    }
    Some(unnested)
}

/// The codes of a cell, where each part of it is one: it has a figure, or is a name in 《》. A name may hold separators.
fn listed(cell: &str) -> Option<Vec<String>> {
    if !cell.contains(written::is_separator) {
        return None;
    }
    let mut open = None;
    let parts = cell.split(|sign: char| {
        match open {
            Some(close) if sign == close => open = None,
            None => open = NAMES.iter().find(|(begin, _)| *begin == sign).map(|(_, close)| *close),
            Some(_) => {}
        }
        open.is_none() && written::is_separator(sign)
    });
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_code = |part: &&str| part.contains(char::is_numeric) || part.starts_with('《');
    parts.iter().all(is_code).then(|| parts.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_of_codes_alone() {
        let of = |cell: &str| listed(cell).map(|codes| codes.join("|"));
        assert_eq!(
            of("Q/LH 1-2024、Q/LH 2-2024；《受理、处置规范》").as_deref(),
            Some("Q/LH 1-2024|Q/LH 2-2024|《受理、处置规范》")
        );
        assert_eq!(of("Q/LH 1-2024\nQ/LH 2-2024\n").as_deref(), Some("Q/LH 1-2024|Q/LH 2-2024"));
        assert_eq!(of("Ｑ／ＬＨ　１；Ｑ／ＬＨ　２").as_deref(), Some("Ｑ／ＬＨ　１|Ｑ／ＬＨ　２"));
        for one in ["Q/LH 1-2024", "网格事件受理、处置规范", "Q/LH 1-2024、受理规范", ""] {
            assert_eq!(of(one), None, "{one}");
        }
    }
}
