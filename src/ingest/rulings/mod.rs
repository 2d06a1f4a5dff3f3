//! Reads rulings, the decisions of persons, and reports everything that is wrong with them.

mod check;
mod draft;
mod error;
mod form;
mod toml;
mod value;

use std::path::Path;

use self::check::Checker;
use self::draft::Drafts;
pub use self::error::{RulingError, RulingFault, SourcePosition};
pub use self::form::schema;
use super::encoding::Wanted;
use super::error::IngestError;
use super::files::{self, Form};
use super::input::Input;
use super::limit::Limit;
use super::members::Member;
use super::metered::Metered;
use super::recognise;
use super::sheet::Out;
use super::submission::{open, read_csv};
use super::workbook::Workbook;
use crate::model::catalog::Catalog;
use crate::model::row::TableSink;
use crate::model::ruling::Ruling;
use crate::model::ruling_form::Field;

/// Errors told at most of one file; how many more there are is told too.
const MOST_TOLD: usize = 100;

/// Reads the rulings in a CSV, XLSX (worksheets that the program wrote, else the first sheet that holds data) or TOML file.
///
/// Rows of a worksheet on which nothing but the target is filled in are not yet ruled on and left out.
/// `line_f_each` says whether the policy `line_f` reads `each`, which makes its targets take a count.
///
/// # Errors
/// Everything that is wrong, each at its place.
pub fn read(path: &Path, catalog: &Catalog, line_f_each: bool) -> Result<Vec<Ruling>, Vec<RulingError>> {
    let Drafts { all, mut errors, .. } = drafts(path).map_err(|error| vec![RulingError::Ingest(error)])?;
    let checker = Checker { catalog, line_f_each };
    let mut rulings = Vec::new();
    for draft in all.iter().filter(|draft| !draft.is_open()) {
        if draft.is_moved() {
            errors.push(RulingError::At(Box::new(draft.place(Field::Target)), RulingFault::Moved));
            continue;
        }
        match checker.check(draft) {
            Ok(ruling) => rulings.push(ruling),
            Err(more) => errors.extend(more),
        }
    }
    if errors.is_empty() { Ok(rulings) } else { Err(located(errors, files::name(path))) }
}

/// As many of the errors in `file` as are told.
fn located(mut errors: Vec<RulingError>, file: String) -> Vec<RulingError> {
    let more = errors.len().saturating_sub(MOST_TOLD);
    errors.truncate(MOST_TOLD);
    let place = SourcePosition { file, ..SourcePosition::default() };
    errors.extend((more > 0).then(|| RulingError::At(Box::new(place), RulingFault::More(more))));
    errors
}

fn drafts(path: &Path) -> Result<Drafts, IngestError> {
    let name = files::name(path);
    let mut drafts = Drafts::default();
    let mut metered = Metered::begin(files::bytes(path), None);
    let input = match files::form(path) {
        None if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) => {
            Input::open(path, name, Limit::Rulings, metered.held())?
        }
        _ => open(&Member::alone(path), metered.held())?,
    };
    match files::form(path) {
        Some(Form::Text) => rows_of_text(&input, &mut drafts)?,
        Some(_) => rows_of_workbook(&input, &mut metered, &mut drafts)?,
        None => toml::read(&input, &mut drafts)?,
    }
    input.unchanged()?;
    Ok(drafts)
}

fn rows_of_text(input: &Input, sink: &mut dyn TableSink) -> Result<(), IngestError> {
    let mut out = Out::new(sink);
    read_csv(input, &input.decoded(Wanted::Either)?, &draft::table(), &mut out)?;
    out.finish();
    Ok(())
}

/// Worksheets, however many, count alone where there are any: other sheets are notes of those who filled them in.
fn rows_of_workbook(input: &Input, metered: &mut Metered, drafts: &mut Drafts) -> Result<(), IngestError> {
    let mut book = Workbook::open(input, metered)?;
    let (mut worksheets, mut others) = (Vec::new(), Vec::new());
    for sheet in book.sheets() {
        if recognise::is_explanation(&sheet.name) || book.head(&sheet)?.rows.is_empty() {
            continue;
        }
        let mut own = Drafts::default();
        let mut out = Out::new(&mut own);
        book.read(&sheet, &draft::table(), &mut out)?;
        out.finish();
        if own.is_worksheet() {
            own.refuse(&book.formulas(&sheet)?);
            worksheets.push(own);
        } else {
            others.push(own);
        }
    }
    if worksheets.is_empty() {
        let first = others.into_iter().next();
        drafts.append(first.ok_or_else(|| IngestError::Nothing { path: input.name.clone() })?);
        return Ok(());
    }
    worksheets.into_iter().for_each(|own| drafts.append(own));
    drafts.errors.extend(others.iter().filter_map(Drafts::without_key));
    Ok(())
}

#[cfg(test)]
mod tests;
