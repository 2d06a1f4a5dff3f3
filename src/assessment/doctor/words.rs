//! Words of a source that stand for no declared value, and days whose order nobody said: what a mapping can settle.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::missing::named_column;
use crate::model::dataset::Dataset;
use crate::model::diagnosis::{DayOrderGuess, Named, UnknownWord};
use crate::model::suggest::closest;
use crate::table::Table;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// Words of a column that are told; what has more of them is no list of values.
const MOST_WORDS: usize = 30;

/// A day with its year last.
static YEAR_LAST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?<one>[0-9]{1,2})[/.-](?<other>[0-9]{1,2})[/.-][0-9]{4}(?:\s.*)?$").ok());

/// The words and days of one source of a table.
pub(super) fn of(
    dataset: &Dataset,
    decl: &TableDecl,
    file: &str,
    sheet: Option<&str>,
) -> (Vec<UnknownWord>, Vec<DayOrderGuess>) {
    let (mut words, mut days) = (Vec::new(), Vec::new());
    let Some(table) = dataset.tables.get(&decl.id) else { return (words, days) };
    let rows = rows_of(table, file, sheet);
    for (at, column) in decl.columns.iter().enumerate() {
        match column.kind {
            ColumnType::Enumerated | ColumnType::YesNo => {
                let unclear = unclear(table, at, &rows);
                let few = unclear.len() <= MOST_WORDS;
                let all = unclear.into_iter().filter(|_| few);
                words.extend(all.map(|(word, total)| UnknownWord {
                    column: named_column(column),
                    like: like(column, &word),
                    word: dataset.redactor.text(&word),
                    total,
                }));
            }
            ColumnType::Date => days.extend(day_order(column, unclear(table, at, &rows).keys())),
            _ => {}
        }
    }
    (words, days)
}

/// The rows of a table that came from a source.
fn rows_of(table: &Table, file: &str, sheet: Option<&str>) -> Vec<Range<usize>> {
    let own = table
        .parts()
        .filter(|(segment, _)| segment.source.file == file && segment.source.sheet.as_deref() == sheet);
    own.map(|(_, rows)| rows).collect()
}

/// What was filled in and not understood, and how often.
fn unclear(table: &Table, column: usize, rows: &[Range<usize>]) -> BTreeMap<String, u64> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows.iter().cloned().flatten() {
        if let Some(word) = table.unclear_word(row, column) {
            let total = found.entry(word.into_owned()).or_default();
            *total = total.saturating_add(1);
        }
    }
    found
}

/// The declared value that a word is most like.
fn like(column: &ColumnDecl, word: &str) -> Option<Named> {
    let (id, words) = match column.kind {
        ColumnType::YesNo => return None,
        _ => {
            let all = column.values.values().flatten().map(String::as_str);
            let near = closest(word, all)?;
            column.values.iter().find(|(_, words)| words.iter().any(|known| known == near))?
        }
    };
    Some(Named { id: id.clone(), zh: words.first().cloned().unwrap_or_default() })
}

/// In which order days with their year last are written, where any of them tells.
fn day_order<'w>(column: &ColumnDecl, words: impl Iterator<Item = &'w String>) -> Option<DayOrderGuess> {
    let form = YEAR_LAST.as_ref()?;
    let (mut example, mut order) = (None, None);
    for word in words {
        let found = form.captures(word)?;
        let number = |name: &str| found.name(name)?.as_str().parse::<u8>().ok();
        let told = match (number("one")?, number("other")?) {
            (13.., 13..) => return None,
            (13.., _) => Some("day/month/year"),
            (_, 13..) => Some("month/day/year"),
            _ => None,
        };
        if order.is_some() && told.is_some() && order != told {
            return None;
        }
        order = order.or(told);
        example.get_or_insert_with(|| word.clone());
    }
    Some(DayOrderGuess { column: named_column(column), order, example: example? })
}
