//! Words of the program in texts that hold data as well: they are not masked, whatever persons are called.

use std::ops::Range;

use crate::table::table_schema::{ColumnDecl, TableDecl};

/// Whether what stands at these bytes of the text is part of one of the words, which stands there as a whole.
pub fn holds<'w>(words: impl IntoIterator<Item = &'w str>, text: &str, bytes: &Range<usize>) -> bool {
    let Some(name) = text.get(bytes.clone()).filter(|name| !name.is_empty()) else { return false };
    words.into_iter().any(|word| {
        let mut inside = word.match_indices(name);
        inside.any(|(at, _)| {
            let start = bytes.start.checked_sub(at);
            start.and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(word))
        })
    })
}

/// What tables, their columns and the values of these are called.
pub fn declared(table: &TableDecl) -> impl Iterator<Item = &str> {
    let of_table = [&table.id, &table.zh].into_iter().chain(&table.aliases);
    of_table.map(String::as_str).chain(table.columns.iter().flat_map(of_column))
}

fn of_column(column: &ColumnDecl) -> impl Iterator<Item = &str> {
    let names = [&column.id, &column.zh].into_iter().chain(&column.aliases);
    let values = column.values.iter().flat_map(|(id, words)| std::iter::once(id).chain(words));
    names.chain(values).map(String::as_str)
}
