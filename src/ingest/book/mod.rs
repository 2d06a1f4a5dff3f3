//! Workbooks in their forms: how their sheets, cells, number formats and merged areas are written.

mod cells;
mod number_format;
mod package;
mod strings;
mod xml;

pub(super) use cells::{Cells, Placed};
pub(super) use number_format::EPOCH_1904;
pub(super) use package::{Package, failed};

use super::budget::Budget;
use super::error::IngestError;
use super::input::Input;
use super::merges::Area;
use super::row::Row;

/// A worksheet's name and whether it is hidden.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its place among the sheets.
    pub(super) number: usize,
}

/// A sheet that was read whole.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) rows: Vec<Row<'static>>,
    pub(super) merges: Vec<Area>,
}

/// The sheets of a workbook in a form that is read whole; `None` for a package of parts.
pub(super) fn loaded(
    input: &Input,
    budget: &mut Budget,
) -> Result<Option<(Vec<Sheet>, Vec<Loaded>)>, IngestError> {
    let _ = (input, budget);
    Ok(None)
}
