//! Workbooks in their forms: how their sheets, cells, number formats and merged areas are written.
//!
//! Markup and archives are read by libraries. The cells of packages are read here and not by the library that reads the old
//! form: that ends a sheet at the first cell that is wrong, and does not say how a number is shown, so that 000012 and 85%
//! are lost.

mod cells;
mod compound;
mod html;
mod number_format;
mod ods;
mod package;
mod records;
mod spreadsheet_xml;
mod strings;
mod xls;
mod xlsb;
mod xml;

pub(super) use cells::{Cells, Placed};
pub(super) use number_format::EPOCH_1904;
pub(super) use package::{Package, failed};

use super::budget::Budget;
use super::encoding::Wanted;
use super::error::IngestError;
use super::guard;
use super::input::{Decoded, Input, Text};
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

/// The sheets of a workbook, and what is in them.
pub(super) type Whole = (Vec<Sheet>, Vec<Loaded>);

/// The sheets of a workbook in a form that is read whole, told from its bytes; `None` for a package of parts.
pub(super) fn loaded(input: &Input, budget: &mut Budget) -> Result<Option<Whole>, IngestError> {
    match input.magic()? {
        [b'P', b'K', 3, 4] => zipped(input, budget),
        [0xd0, 0xcf, 0x11, 0xe0] => compound(input).map(Some),
        [0, ..] => Ok(None),
        _ => markup(input),
    }
}

/// A workbook of `OpenDocument`, or one of records.
fn zipped(input: &Input, budget: &mut Budget) -> Result<Option<Whole>, IngestError> {
    let mut archive = guard::open(input)?;
    if archive.index_for_name(xlsb::MAIN).is_some() {
        return xlsb::sheets(input, &mut archive, budget).map(Some);
    }
    let (Some(at), None) =
        (archive.index_for_name("content.xml"), archive.index_for_name("[Content_Types].xml"))
    else {
        return Ok(None);
    };
    guard::check_part(input, &mut archive, at, budget)?;
    let part = archive.by_index(at).map_err(|error| guard::damaged(input, error.into()))?;
    let read = xml::Xml::of(part).map_err(|error| input.unreadable(&error))?;
    ods::sheets(read).map(Some).map_err(|failure| guard::damaged(input, failure))
}

/// An old workbook; or a new one that has a password, which is kept in the same way.
fn compound(input: &Input) -> Result<Whole, IngestError> {
    let bytes = input.whole()?;
    let file = compound::Compound::of(&bytes);
    let has = |name: &str| file.as_ref().is_some_and(|file| file.has(name));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(IngestError::Encrypted { file: input.name.clone() });
    }
    if !has("Workbook") && !has("Book") {
        return Err(IngestError::NotAWorkbook { file: input.name.clone() });
    }
    xls::sheets(&bytes).map_err(|failure| guard::damaged(input, failure))
}

/// A page or a workbook of markup, which systems call workbooks of the old form.
fn markup(input: &Input) -> Result<Option<Whole>, IngestError> {
    let Ok(decoded) = input.decoded(Wanted::Either) else { return Ok(None) };
    let Text::Held(text) = &decoded.text else { return Ok(None) };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Ok(None);
    }
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") && text.contains("Worksheet") {
        return spreadsheet_xml::sheets(text).map(Some).map_err(|failure| guard::damaged(input, failure));
    }
    let is_page = text.contains("<table") || text.contains("<TABLE");
    Ok(is_page.then(|| html::sheets(text)))
}

/// Whether a file is text that has the name of a workbook, as systems write it.
pub(super) fn is_text(input: &Input) -> Result<bool, IngestError> {
    Ok(match input.magic()? {
        [b'P', b'K', 3, 4] | [0xd0, 0xcf, 0x11, 0xe0] | [0, ..] => false,
        _ => match input.decoded(Wanted::Either) {
            Ok(Decoded { text: Text::Held(text), .. }) => {
                !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && !text.contains('\0')
            }
            _ => false,
        },
    })
}
