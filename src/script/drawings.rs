//! The boundaries drawn in one column, read at most once for each column of a submission.

use super::drawing::{self, Drawing};
use super::fault::limits;
use super::fault::Res;
use super::rows::Rows;
use crate::model::table::Table;
use crate::model::text::Text;

/// What is drawn in a column.
#[derive(Debug)]
pub(crate) struct Drawings {
    /// By row, in table order: the boundary, or what is wrong with it. Rows without a drawing are not there.
    read: Vec<(u32, Result<Drawing, Text>)>,
}

/// A boundary and its row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn<'a> {
    pub(crate) at: u32,
    pub(crate) drawing: &'a Drawing,
}

impl Drawings {
    /// Reads them.
    pub(crate) fn new(table: &Table, column: usize) -> Self {
        let rows = 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
        let cells = table.columns.get(column);
        let read = |at: u32| Some((at, drawing::read(&cells?.text(at as usize))?));
        Self { read: rows.filter_map(read).collect() }
    }

    /// What is drawn in the row.
    pub(crate) fn at(&self, row: u32) -> Option<&Result<Drawing, Text>> {
        let place = self.read.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        self.read.get(place).map(|(_, read)| read)
    }
}

/// What is drawn in the column, for each of the rows in which something is; charged by the points.
pub(crate) fn read(rows: &Rows, column: usize) -> Res<Vec<(u32, &Result<Drawing, Text>)>> {
    let Some(all) = rows.of.drawings(column) else { return Ok(Vec::new()) };
    let read: Vec<_> = rows.chosen.iter().filter_map(|at| Some((at, all.at(at)?))).collect();
    let points = read.iter().filter_map(|(_, read)| read.as_ref().ok()).map(|drawing| drawing.points);
    super::fault::limits::charge(u64::try_from(points.sum::<usize>()).unwrap_or(u64::MAX))?;
    Ok(read)
}

/// The boundaries in the column that can be measured.
pub(crate) fn sound(rows: &Rows, column: usize) -> Res<Vec<Drawn<'_>>> {
    let sound = read(rows, column)?.into_iter();
    Ok(sound.filter_map(|(at, read)| Some(Drawn { at, drawing: read.as_ref().ok()? })).collect())
}
