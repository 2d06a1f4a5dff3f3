//! A workbook being made.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use super::names::SheetNames;
use super::sheet::{Sheet, failed};
use super::stamp::Stamp;
use super::style::Styles;

/// A workbook being made.
pub(crate) struct Book {
    /// For what only some workbooks have.
    pub(crate) inner: Workbook,
    names: SheetNames,
    /// How its cells look.
    pub(crate) styles: Styles,
}

impl Book {
    /// One of this title. It says that it was made on the day on which dates were judged: the same input gives the same
    /// bytes.
    pub(crate) fn new(title: &str, stamp: &Stamp) -> io::Result<Self> {
        let mut inner = Workbook::new();
        let day = made_on(&stamp.as_of)?;
        let properties =
            DocProperties::new().set_title(title).set_author(&stamp.tool).set_creation_datetime(&day);
        inner.set_properties(&properties);
        Ok(Self { inner, names: SheetNames::default(), styles: Styles::default() })
    }

    /// A sheet that is kept in memory, with columns of these widths in pixels.
    pub(crate) fn sheet(widths: &[u16]) -> io::Result<Sheet> {
        Sheet::new(Worksheet::new(), widths)
    }

    /// A sheet of any number of rows that goes to a temporary file row by row: in the current folder where the system has no
    /// place for such files.
    pub(crate) fn long_sheet(&mut self, widths: &[u16]) -> io::Result<Sheet> {
        let sheet = self.inner.new_worksheet_with_constant_memory().or_else(|_| {
            self.inner.set_tempdir(".")?;
            self.inner.new_worksheet_with_constant_memory()
        });
        Sheet::new(sheet.map_err(failed)?, widths)
    }

    /// Puts a sheet after the others under a name like this one; its name.
    pub(crate) fn add(&mut self, mut sheet: Sheet, name: &str) -> io::Result<String> {
        let name = self.names.add(name);
        sheet.inner.set_name(&name).map_err(failed)?;
        self.inner.push_worksheet(sheet.inner);
        Ok(name)
    }

    /// Its bytes.
    pub(crate) fn bytes(mut self) -> io::Result<Vec<u8>> {
        saved(&mut self.inner)
    }
}

/// The bytes of a workbook. An entry of a ZIP says on which kind of system it was made, which the writer takes from the
/// machine; here it is the same on all of them, since the same input gives the same bytes.
pub(crate) fn saved(book: &mut Workbook) -> io::Result<Vec<u8>> {
    let mut bytes = book.save_to_buffer().map_err(failed)?;
    // A directory that is not where it should be stays as it was written.
    let _ = say_made_on_unix(&mut bytes);
    Ok(bytes)
}

/// Goes through the directory of a ZIP, at whose end its place is told.
fn say_made_on_unix(zip: &mut [u8]) -> Option<()> {
    /// Bytes of the end of a ZIP without a comment, and of an entry of its directory without name and fields.
    const SIZES: (usize, usize) = (22, 46);
    const UNIX: u8 = 3;
    let end = zip.len().checked_sub(SIZES.0)?;
    let place = zip.get(end.checked_add(16)?..)?.first_chunk()?;
    let mut at = usize::try_from(u32::from_le_bytes(*place)).ok()?;
    while zip.get(at..)?.starts_with(b"PK\x01\x02") {
        *zip.get_mut(at.checked_add(5)?)? = UNIX;
        let mut next = at.checked_add(SIZES.1)?;
        for length in [28, 30, 32] {
            let told = zip.get(at.checked_add(length)?..)?.first_chunk()?;
            next = next.checked_add(u16::from_le_bytes(*told).into())?;
        }
        at = next;
    }
    Some(())
}

/// The first moment of a day; of the first day that a workbook knows where it is none.
pub(crate) fn made_on(iso: &str) -> io::Result<ExcelDateTime> {
    let day = ExcelDateTime::parse_from_str(iso);
    day.or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1)).map_err(failed)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_does_not_tell_on_which_system_it_was_made() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "东山区").unwrap();
        let bytes = saved(&mut book).unwrap();
        let entries: Vec<usize> =
            (0..bytes.len()).filter(|at| bytes.get(*at..).unwrap().starts_with(b"PK\x01\x02")).collect();
        assert!(entries.len() > 5, "{entries:?}");
        let mut other = bytes.clone();
        entries.iter().for_each(|at| *other.get_mut(at + 5).unwrap() = 0);
        say_made_on_unix(&mut other).unwrap();
        assert!(bytes == other, "a byte of the directory was left as it was");
    }
}
