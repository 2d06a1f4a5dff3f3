//! Finds the header among the first rows of a source: one row, or up to three where columns are grouped.

use std::sync::LazyLock;

use regex::Regex;

use super::merges::Merges;
use super::row::{self, Row};
use super::sheet::GivenHeader;
use crate::model::row::RawCell;
use crate::table::names::Rank;
use crate::table::normalize;
use crate::table::table_schema::TableDecl;

/// Where the declared columns of a table stand in a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Row of the header; the lower one of two.
    pub(super) row: u32,
    /// Its position among the rows held while looking for it.
    pub(super) position: usize,
    /// For each declared column its 1-based column and the header found there.
    pub(super) columns: Vec<Option<(u32, String)>>,
    /// Columns whose header names a declared column that another column was taken for.
    pub(super) duplicates: Vec<Duplicate>,
    /// Columns whose header names nothing declared.
    pub(super) undeclared: Vec<(u32, String)>,
    /// Last column with a header.
    pub(super) last: u32,
    /// Number of cells the header row has, where the file says so.
    pub(super) width: Option<u32>,
    /// Lines above the header that stand alone, such as the title, in the form in which they are compared.
    pub(super) titles: Vec<String>,
}

impl Layout {
    /// Calls columns by their own names, and forgets those that are there for another reason and name nothing declared.
    pub(super) fn rename(&mut self, given: &GivenHeader) {
        self.undeclared.retain(|(column, _)| !given.aside.contains(column));
        let found = self.columns.iter_mut().flatten().map(|(column, header)| (*column, header));
        let others = self.undeclared.iter_mut().map(|(column, header)| (*column, header));
        let twice = self.duplicates.iter_mut().map(|twice| (twice.column, &mut twice.header));
        found.chain(others).chain(twice).for_each(|(column, header)| given.rename(column, header));
    }
}

/// Two columns for one declared column.
#[derive(Clone, Debug)]
pub(super) struct Duplicate {
    /// The declared column.
    pub(super) declared: usize,
    /// Where the second stands.
    pub(super) column: u32,
    /// Its header.
    pub(super) header: String,
    /// Both carry the column's own name, or both an alias: neither is plainly the one meant.
    pub(super) same_rank: bool,
}

/// The number of a header in its row: `1.`, `（2）`, `三、`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[0-9]{1,2}[.、:)]|\([0-9]{1,2}\)|[一二三四五六七八九十]{1,3}[、.]|[①-⑳])").ok()
});

/// Stars of required columns, and signs after a name.
const STARS: [char; 7] = ['*', ':', '★', '※', '☆', '●', '▲'];

/// The column a header names: as written, then without its number, the star of required columns, units, and its English name.
pub(super) fn named(table: &TableDecl, header: &str) -> Option<(usize, Rank)> {
    let name = normalize::name(header);
    let plain = name.trim_matches(STARS);
    if let Some(named) = as_written(table, plain) {
        return Some(named);
    }
    let shorter = without_number(plain).trim_matches(STARS);
    let shorter = without_translation(shorter);
    (shorter.len() < plain.len()).then(|| as_written(table, shorter))?
}

fn as_written(table: &TableDecl, plain: &str) -> Option<(usize, Rank)> {
    let bare = || normalize::has_brackets(plain).then(|| normalize::without_brackets(plain));
    let bare = bare();
    let bare = bare.as_deref().map(|bare| bare.trim_matches(STARS));
    let named = table.column_named(plain).or_else(|| table.column_named(bare?));
    named.or_else(|| table.column_meant(plain)).or_else(|| table.column_meant(bare?))
}

fn without_number(name: &str) -> &str {
    let number = NUMBERED.as_ref().and_then(|number| number.find(name));
    number.and_then(|number| name.get(number.end()..)).unwrap_or(name)
}

/// A Chinese name without the English one behind or before it: `姓名/name`, `name姓名`.
fn without_translation(name: &str) -> &str {
    let is_english = |c: char| c.is_ascii() && !matches!(c, '(' | ')' | '[' | ']');
    let rest = name.trim_matches(is_english);
    let is_chinese = rest.chars().count() > 1 && rest.chars().all(|c| !c.is_ascii_alphabetic());
    if is_chinese { rest } else { name }
}

/// The column whose name stands in a longer header, in a row that is a header by its other cells.
fn named_within(table: &TableDecl, header: &str) -> Option<(usize, Rank)> {
    let name = normalize::name(header);
    let bare = normalize::without_brackets(without_number(name.trim_matches(STARS)));
    (bare.chars().count() <= LONGEST_HEADER).then(|| table.column_in(&bare))?
}

/// How well a header names the column at a position.
pub(super) fn rank(table: &TableDecl, header: &str, at: usize) -> Option<Rank> {
    let found = named(table, header).or_else(|| named_within(table, header));
    found.filter(|(named, _)| *named == at).map(|(_, rank)| rank)
}

/// Longer texts, in characters, are no headers.
const LONGEST_HEADER: usize = 14;

/// One column of a candidate header: its label, and texts that may name it, the most telling first.
struct Label {
    column: u32,
    shown: String,
    texts: Vec<String>,
}

/// Rows a header may take.
const MOST_ROWS: usize = 3;

/// The best header among the rows: the one that names most declared columns; of equals the one with fewer rows, and the
/// upper one. It reaches as far down as the merged cells in it.
pub(super) fn find(table: &TableDecl, rows: &[Row<'_>], merges: &Merges) -> Option<Layout> {
    let mut best: Option<(usize, usize, Layout)> = None;
    for height in 1..=MOST_ROWS {
        for spans in rows.windows(height).enumerate() {
            let (first, span) = spans;
            let most = best.as_ref().map_or(0, |(most, ..)| *most);
            if height > 1 && !may_be_one(span, merges) || columns(span) <= most {
                continue;
            }
            let labels = labels(span, merges);
            let layout = lay_out(table, &labels);
            let matched = layout.columns.iter().flatten().count();
            if matched > most && convincing(table, matched, labels.len()) {
                best = Some((matched, first, placed(layout, span, first)));
            }
        }
    }
    let (matched, first, layout) = best?;
    Some(deepened(table, rows, merges, first, matched).unwrap_or(layout))
}

fn placed(layout: Layout, span: &[Row<'_>], first: usize) -> Layout {
    let row = span.last().map_or(0, |row| row.number);
    let width = span.iter().filter_map(|row| row.width).max();
    Layout { row, position: first.saturating_add(span.len()).saturating_sub(1), width, ..layout }
}

/// Whether rows may be one header: of three, cells of the first reach down or across.
fn may_be_one(span: &[Row<'_>], merges: &Merges) -> bool {
    span.len() < MOST_ROWS
        || span.first().is_some_and(|first| merges.begin_in(first.number) || first.width.is_some())
}

/// The header that begins at a row, with the rows into which its merged cells reach.
fn deepened(
    table: &TableDecl,
    rows: &[Row<'_>],
    merges: &Merges,
    first: usize,
    matched: usize,
) -> Option<Layout> {
    let top = rows.get(first)?;
    let bottom = merges.bottom(top.number, MOST_ROWS)?;
    let height = rows.get(first..)?.iter().take_while(|row| row.number <= bottom).count();
    let span = rows.get(first..first.saturating_add(height)).filter(|span| span.len() > 1)?;
    let layout = lay_out(table, &labels(span, merges));
    (layout.columns.iter().flatten().count() >= matched).then(|| placed(layout, span, first))
}

/// How many columns have something in them; no more can have a header.
fn columns(span: &[Row<'_>]) -> usize {
    let mut all: Vec<u32> =
        span.iter().flat_map(|row| row.cells().iter().map(|(column, _)| *column)).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// One name may be chance, unless the row or the table has nothing else.
fn convincing(table: &TableDecl, matched: usize, labels: usize) -> bool {
    matched >= 2 || (matched == 1 && (labels == 1 || table.columns.len() == 1))
}

fn labels(span: &[Row<'_>], merges: &Merges) -> Vec<Label> {
    let mut columns: Vec<u32> =
        span.iter().flat_map(|row| row.cells().iter().map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().filter_map(|column| stacked(span, column, merges)).collect()
}

/// The label of a column: what stands over it in each row of the header, from its own upwards.
fn stacked(span: &[Row<'_>], column: u32, merges: &Merges) -> Option<Label> {
    let mut texts: Vec<String> = Vec::new();
    for (at, row) in span.iter().enumerate().rev() {
        let grouped = !texts.is_empty();
        let over = if at.saturating_add(1) == span.len() {
            row.get(column).and_then(text)
        } else {
            above(row, column, merges, grouped)
        };
        let Some(over) = over else { continue };
        match texts.last() {
            Some(below) if *below == over => {}
            Some(below) => texts.push(format!("{over}{below}")),
            None => texts.push(over),
        }
    }
    texts.reverse();
    let shown = texts.first().cloned()?;
    Some(Label { column, shown, texts })
}

/// The label over a column: its own, or that of the group it belongs to. A workbook says how far a group
/// reaches; a CSV leaves the cells after its first one empty.
fn above(parent: &Row<'_>, column: u32, merges: &Merges, grouped: bool) -> Option<String> {
    if let Some(own) = parent.get(column).and_then(text) {
        return Some(own);
    }
    if let Some(first) = merges.first_column(parent.number, column) {
        return parent.get(first).and_then(text);
    }
    if parent.width.is_none() || !grouped {
        return None;
    }
    parent.cells().iter().rev().find(|(at, _)| *at < column).and_then(|(_, cell)| text(cell))
}

pub(super) fn text(cell: &RawCell<'_>) -> Option<String> {
    match cell {
        RawCell::Text(text) => Some(normalize::trimmed(&row::unprotected(text)).to_owned()),
        RawCell::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn lay_out(table: &TableDecl, labels: &[Label]) -> Layout {
    let mut layout = Layout { columns: vec![None; table.columns.len()], ..Layout::default() };
    let mut ranks: Vec<Option<Rank>> = vec![None; table.columns.len()];
    let strict: Vec<_> = labels.iter().map(|label| found(label, |text| named(table, text))).collect();
    let is_header = strict.iter().any(Option::is_some);
    for (label, strict) in labels.iter().zip(strict) {
        layout.last = layout.last.max(label.column);
        let wordy = || is_header.then(|| found(label, |text| named_within(table, text)))?;
        let Some(((declared, rank), text)) = strict.or_else(wordy) else {
            layout.undeclared.push((label.column, label.shown.clone()));
            continue;
        };
        let (Some(slot), Some(held)) = (layout.columns.get_mut(declared), ranks.get_mut(declared)) else {
            continue;
        };
        let mut second = Some((label.column, text.clone()));
        let same_rank = *held == Some(rank);
        let mut less = rank;
        if held.is_none_or(|held| rank < held) {
            less = held.replace(rank).unwrap_or(rank);
            std::mem::swap(slot, &mut second);
        }
        let Some((column, header)) = second else { continue };
        // A name in other words is no second name beside the column's own.
        if less >= Rank::Wordy || (less == Rank::Meant && !same_rank) {
            layout.undeclared.push((column, header));
        } else {
            layout.duplicates.push(Duplicate { declared, column, header, same_rank });
        }
    }
    layout
}

/// What the first of a label's texts names that names anything, and that text.
fn found(label: &Label, named: impl Fn(&str) -> Option<(usize, Rank)>) -> Option<((usize, Rank), &String)> {
    label.texts.iter().find_map(|text| named(text).map(|hit| (hit, text)))
}
