//! Workbooks in their forms: how their sheets, cells, number formats and merged areas are written.
//!
//! Markup and archives are read by libraries, the cells are read here: what is wrong in one is a finding there and ends
//! nothing, and how a number is shown is part of it, so that 000012 and 85% are not lost.

mod biff;
mod cells;
mod compound;
mod html;
mod number_format;
mod ods;
mod package;
mod records;
mod spreadsheet_xml;
mod strings;
mod tally;
mod xls;
mod xls_cells;
mod xlsb;
mod xml;

use std::io::Read as _;

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
        [0xd0, 0xcf, 0x11, 0xe0] => compound(input, budget).map(Some),
        magic if xls::is_bare(magic) => xls::sheets(input, &input.whole()?, budget).map(Some),
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
        return if archive.index_for_name("encrypted-package").is_some() {
            Err(encrypted(input))
        } else {
            Ok(None)
        };
    };
    if is_encrypted(&mut archive) {
        return Err(encrypted(input));
    }
    guard::check_part(input, &mut archive, at, budget)?;
    let part = archive.by_index(at).map_err(|error| guard::damaged(input, error.into()))?;
    let read = xml::Xml::of(part).map_err(|error| input.unreadable(&error))?;
    ods::sheets(read).map(Some).map_err(|failure| guard::damaged(input, failure))
}

fn encrypted(input: &Input) -> IngestError {
    IngestError::Encrypted { file: input.name.clone() }
}

/// Bytes of a list of parts that are looked at.
const LIST: u64 = 1 << 20;

/// Whether the parts of a workbook of `OpenDocument` are encrypted, as its list of them says.
fn is_encrypted(archive: &mut package::Zip<'_>) -> bool {
    let Ok(list) = archive.by_name("META-INF/manifest.xml") else { return false };
    let mut bytes = Vec::new();
    let read = list.take(LIST).read_to_end(&mut bytes);
    read.is_ok() && String::from_utf8_lossy(&bytes).contains("encryption-data")
}

/// An old workbook; or a new one that has a password, which is kept in the same way.
fn compound(input: &Input, budget: &mut Budget) -> Result<Whole, IngestError> {
    let bytes = input.whole()?;
    let file = compound::Compound::of(&bytes);
    let has = |name: &str| file.as_ref().is_some_and(|file| file.has(name));
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(encrypted(input));
    }
    let stream = file.and_then(|file| file.stream("Workbook").or_else(|| file.stream("Book")));
    let stream = stream.ok_or_else(|| IngestError::NotAWorkbook { file: input.name.clone() })?;
    drop(bytes);
    xls::sheets(input, &stream, budget)
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
    if text.contains("urn:oasis:names:tc:opendocument:xmlns:office") && text.contains("spreadsheet") {
        let xml = xml::Xml::of(text.as_bytes()).map_err(|error| input.unreadable(&error))?;
        return ods::sheets(xml).map(Some).map_err(|failure| guard::damaged(input, failure));
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::ingest::limit::Limit;

    #[test]
    fn workbooks_of_opendocument_are_one_piece_of_markup_too() {
        let book = "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body>\
                    <office:spreadsheet><table:table table:name='网格'><table:table-row><table:table-cell>\
                    <text:p>一</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>\
                    </office:body></office:document>";
        let (sheets, loaded) = markup(&Input::text("网格.ods", book)).unwrap().unwrap();
        let rows: Vec<usize> = loaded.iter().map(|sheet| sheet.rows.len()).collect();
        assert_eq!((sheets.first().map(|sheet| sheet.name.as_str()), rows), (Some("网格"), vec![1]));
    }

    #[test]
    fn a_password_of_opendocument_is_told() {
        for (parts, is_told) in [
            (&[("content.xml", "\u{1}"), ("META-INF/manifest.xml", "<m:encryption-data/>")][..], true),
            (&[("encrypted-package", "\u{1}")], true),
            (&[("content.xml", "<body/>"), ("META-INF/manifest.xml", "<m:manifest/>")], false),
        ] {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            let mut archive = zip::ZipWriter::new(&mut file);
            for (name, content) in parts {
                archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
                archive.write_all(content.as_bytes()).unwrap();
            }
            archive.finish().unwrap();
            let input = Input::open(file.path(), "网格.ods".to_owned(), Limit::Workbook, u64::MAX).unwrap();
            let read = loaded(&input, &mut Budget::default());
            assert_eq!(matches!(read, Err(IngestError::Encrypted { .. })), is_told, "{parts:?}");
        }
    }
}
