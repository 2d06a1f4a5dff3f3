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

    /// A sheet of any number of rows that goes to a temporary file row by row.
    pub(crate) fn long_sheet(&mut self, widths: &[u16]) -> io::Result<Sheet> {
        Sheet::new(self.inner.new_worksheet_with_constant_memory().map_err(failed)?, widths)
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
        self.inner.save_to_buffer().map_err(failed)
    }
}

/// The first moment of a day; of the first day that a workbook knows where it is none.
pub(crate) fn made_on(iso: &str) -> io::Result<ExcelDateTime> {
    let day = ExcelDateTime::parse_from_str(iso);
    day.or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1)).map_err(failed)
}
