//! How much of what is told in free text is made of the same pieces in table after table.
//!
//! People who describe their own work use other words for a plan than for a problem that an inspection found. A
//! submission that was filled from a stock of sentences has the same ones everywhere, however they are put together.

use std::collections::HashMap;

use ahash::RandomState;
use rhai::{Array, Dynamic, Map};
use rust_decimal::Decimal;

use super::spread::{self, Pair};
use crate::script::error::{Res, exceeded};

/// Characters that are read of all columns together.
const MOST: usize = 200_000;
/// Characters that are read of one text.
const LONGEST: usize = 100;
/// Tables are told apart by the bits of a number.
const TABLES: usize = 64;

/// In which tables a piece stands, each a bit.
type Pieces<'a> = HashMap<&'a [char], u64, RandomState>;

/// One of the different texts of a column.
struct Told {
    /// Which of the columns.
    pair: usize,
    /// Number of the text there.
    number: u32,
    /// Bit of the table.
    table: u64,
    /// Its Chinese characters: names are told by others, dates and numbers differ from row to row by themselves.
    signs: Vec<char>,
}

/// Share of the texts that stands in pieces of `length` characters found in at least `tables` tables.
pub(crate) fn reused(columns: Array, length: i64, tables: i64) -> Res<Map> {
    let pairs = spread::pairs(&columns)?;
    spread::charge(&pairs)?;
    let length = usize::try_from(length).unwrap_or_default().max(1);
    let tables = u32::try_from(tables).unwrap_or_default().max(1);
    let texts = all(&pairs, length);
    let signs = texts.iter().map(|text| text.signs.len()).fold(0, usize::saturating_add);
    exceeded::charge(u64::try_from(signs).unwrap_or(u64::MAX))?;
    let pieces = pieces(&texts, length);
    let common = |piece: &[char]| pieces.get(piece).is_some_and(|bits| bits.count_ones() >= tables);
    let covered: Vec<usize> = texts.iter().map(|text| covered(&text.signs, length, common)).collect();
    let mostly =
        texts.iter().zip(&covered).filter(|(text, covered)| covered.saturating_mul(2) > text.signs.len());
    let mostly: Vec<&Told> = mostly.map(|(text, _)| text).collect();
    let rows: Array = pairs.iter().enumerate().map(|(pair, of)| rows_of(of, pair, &mostly)).collect();
    let covered = covered.iter().fold(0, |sum: usize, one| sum.saturating_add(*one));
    let number = |number: usize| Decimal::from(u64::try_from(number).unwrap_or(u64::MAX));
    let share = number(covered).checked_mul(100.into()).and_then(|part| part.checked_div(number(signs)));
    Ok(Map::from_iter([
        ("share".into(), Dynamic::from_decimal(share.unwrap_or_default())),
        ("texts".into(), Dynamic::from(i64::try_from(texts.len()).unwrap_or(i64::MAX))),
        ("rows".into(), rows.into()),
    ]))
}

/// The different texts of the columns; those shorter than a piece say too little.
fn all(pairs: &[Pair], length: usize) -> Vec<Told> {
    let mut names: Vec<&str> = Vec::new();
    let mut texts = Vec::new();
    for (pair, (rows, column)) in pairs.iter().enumerate() {
        let id = rows.of.table.decl.id.as_str();
        let table = names.iter().position(|known| *known == id).unwrap_or_else(|| {
            names.push(id);
            names.len().saturating_sub(1)
        });
        let bit = 1_u64.checked_shl(u32::try_from(table.min(TABLES.saturating_sub(1))).unwrap_or(0));
        let Some(column) = column else { continue };
        let mut left = MOST.checked_div(pairs.len()).unwrap_or_default();
        for (number, _) in spread::counted(rows, *column) {
            let text = rows.text_of(*column, number);
            let signs: Vec<char> = text.chars().filter(|c| is_chinese(*c)).take(LONGEST).collect();
            if signs.len() < length {
                continue;
            }
            let Some(after) = left.checked_sub(signs.len()) else { break };
            left = after;
            texts.push(Told { pair, number, table: bit.unwrap_or(1), signs });
        }
    }
    texts
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn pieces(texts: &[Told], length: usize) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    for text in texts {
        for piece in text.signs.windows(length) {
            let tables = pieces.entry(piece).or_default();
            *tables |= text.table;
        }
    }
    pieces
}

/// How many characters lie in pieces that are common.
fn covered(signs: &[char], length: usize, common: impl Fn(&[char]) -> bool) -> usize {
    let (mut covered, mut end) = (0_usize, 0_usize);
    for (start, piece) in signs.windows(length).enumerate() {
        if common(piece) {
            let stop = start.saturating_add(length);
            covered = covered.saturating_add(stop.saturating_sub(start.max(end)));
            end = stop;
        }
    }
    covered
}

/// The rows of a column that say one of the texts.
fn rows_of((rows, column): &Pair, pair: usize, texts: &[&Told]) -> Dynamic {
    let mut numbers: Vec<u32> =
        texts.iter().filter(|text| text.pair == pair).map(|text| text.number).collect();
    numbers.sort_unstable();
    let holds = |number: u32| numbers.binary_search(&number).is_ok();
    let sure = spread::sure(rows, rows.chosen.clone());
    Dynamic::from(match column {
        Some(column) => sure.numbered(*column, holds),
        None => spread::sure(rows, Vec::new().into_iter().collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(table: u64, words: &str) -> Told {
        Told { pair: 0, number: 0, table, signs: words.chars().collect() }
    }

    #[test]
    fn what_stands_in_several_tables_is_counted_once_for_each_character() {
        let texts =
            [text(1, "确保工作落到实处"), text(2, "力争确保工作落到实处"), text(4, "补训补考全部通过了")];
        let pieces = pieces(&texts, 4);
        let share = |least: u32, words: &str| {
            let signs: Vec<char> = words.chars().collect();
            covered(&signs, 4, |piece| pieces.get(piece).is_some_and(|bits| bits.count_ones() >= least))
        };
        assert_eq!(share(2, "力争确保工作落到实处"), 8);
        assert_eq!(share(3, "力争确保工作落到实处"), 0);
        assert_eq!(share(1, "补训补考全部通过了"), 9);
        assert_eq!(share(1, "短"), 0);
    }
}
