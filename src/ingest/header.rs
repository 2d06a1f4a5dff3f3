//! Finds the header among the first rows of a source: one row, or two where columns are grouped.

use super::merges::Merges;
use super::row::Row;
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

/// The column a header names: as written, then without the star of required columns and without units.
pub(super) fn named(table: &TableDecl, header: &str) -> Option<(usize, Rank)> {
    let name = normalize::name(header);
    let plain = name.trim_matches(['*', ':', '★', '※']);
    let bare = || normalize::has_brackets(plain).then(|| normalize::without_brackets(plain));
    let bare = bare();
    let bare = bare.as_deref().map(|bare| bare.trim_matches('*'));
    let named = table.column_named(plain).or_else(|| table.column_named(bare?));
    named.or_else(|| table.column_meant(plain)).or_else(|| table.column_meant(bare?))
}

/// The column whose name stands in a longer header, in a row that is a header by its other cells.
fn named_within(table: &TableDecl, header: &str) -> Option<(usize, Rank)> {
    let name = normalize::name(header);
    let bare = normalize::without_brackets(name.trim_matches(['*', ':', '★', '※']));
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

/// The best header among the rows: the one that names most declared columns; of equals one row rather than two,
/// and the upper one.
pub(super) fn find(table: &TableDecl, rows: &[Row<'_>], merges: &Merges) -> Option<Layout> {
    let mut best: Option<(usize, Layout)> = None;
    let singles = (0..rows.len()).map(|at| (None, at));
    let pairs = (1..rows.len()).map(|at| (at.checked_sub(1), at));
    for (parent, child) in singles.chain(pairs) {
        let Some(row) = rows.get(child) else { continue };
        let parent = parent.and_then(|at| rows.get(at));
        let most = best.as_ref().map_or(0, |(most, _)| *most);
        if columns(parent, row) <= most {
            continue;
        }
        let labels = labels(parent, row, merges);
        let layout = lay_out(table, &labels);
        let matched = layout.columns.iter().flatten().count();
        if matched <= most || !convincing(table, matched, labels.len()) {
            continue;
        }
        let width = row.width.max(parent.and_then(|parent| parent.width));
        best = Some((matched, Layout { row: row.number, position: child, width, ..layout }));
    }
    best.map(|(_, layout)| layout)
}

/// How many columns have something in them; no more can have a header.
fn columns(parent: Option<&Row<'_>>, child: &Row<'_>) -> usize {
    let above =
        |parent: &Row<'_>| parent.cells().iter().filter(|(column, _)| child.get(*column).is_none()).count();
    child.cells().len().saturating_add(parent.map_or(0, above))
}

/// One name may be chance, unless the row or the table has nothing else.
fn convincing(table: &TableDecl, matched: usize, labels: usize) -> bool {
    matched >= 2 || (matched == 1 && (labels == 1 || table.columns.len() == 1))
}

fn labels(parent: Option<&Row<'_>>, child: &Row<'_>, merges: &Merges) -> Vec<Label> {
    let Some(parent) = parent else {
        let own = |(column, cell): &(u32, RawCell<'_>)| {
            text(cell).map(|text| Label { column: *column, shown: text.clone(), texts: vec![text] })
        };
        return child.cells().iter().filter_map(own).collect();
    };
    let mut columns: Vec<u32> =
        parent.cells().iter().chain(child.cells()).map(|(column, _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().filter_map(|column| stacked(parent, child, column, merges)).collect()
}

/// The label of a column under a header of two rows.
fn stacked(parent: &Row<'_>, child: &Row<'_>, column: u32, merges: &Merges) -> Option<Label> {
    let below = child.get(column).and_then(text);
    let above = above(parent, column, merges, below.is_some());
    let (shown, texts) = match (above, below) {
        (Some(above), Some(below)) => {
            let both = format!("{above}{below}");
            (both.clone(), vec![both, below])
        }
        (None, Some(only)) | (Some(only), None) => (only.clone(), vec![only]),
        (None, None) => return None,
    };
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
        RawCell::Text(text) => Some(normalize::trimmed(text).to_owned()),
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
        let wordy = || found(label, |text| named_within(table, text)).filter(|_| is_header);
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
