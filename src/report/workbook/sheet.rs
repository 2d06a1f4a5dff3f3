//! One sheet being written. Texts are written as strings only; formulas are made here of names of cells alone.

use std::io;

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::cell::display_text;
use super::measure::{height, lines};
use super::style::POINTS;

/// A cell: row and column, from 0.
pub(crate) type At = (u32, u16);

/// Points that a page gives to rows: A4 lying, without margins.
pub(crate) const LINES_OF_A_PAGE: f64 = 490.0;

/// A4, as programs number sizes of paper.
const A4: u8 = 9;

/// Margins in inches: sides, top, bottom, header, footer.
const SIDE: f64 = 0.45;
const TOP: f64 = 0.65;
const BOTTOM: f64 = 0.7;
const EDGE: f64 = 0.3;

/// A sheet being written.
pub(crate) struct Sheet {
    /// For what only some sheets have.
    pub(crate) inner: Worksheet,
    widths: Vec<u16>,
}

/// How a sheet is printed.
#[derive(Debug, Default)]
pub(crate) struct Print {
    /// Rows that every page begins with.
    pub(crate) repeated: Option<(u32, u32)>,
    /// Above and below every page.
    pub(crate) header: String,
    pub(crate) footer: String,
}

/// What the library says, as an error of writing.
pub(crate) fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// The name of a cell in a formula, such as `D12`.
pub(crate) fn formula_name((row, column): At) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, column)
}

impl Sheet {
    /// A sheet with columns of these widths in pixels.
    pub(crate) fn new(inner: Worksheet, widths: &[u16]) -> io::Result<Self> {
        let mut sheet = Self { inner, widths: widths.to_vec() };
        for (column, pixels) in (0..).zip(widths) {
            sheet.inner.set_column_width_pixels(column, u32::from(*pixels)).map_err(failed)?;
        }
        sheet.inner.set_paper_size(A4).set_landscape().set_print_center_horizontally(true);
        sheet.inner.set_margins(SIDE, SIDE, TOP, BOTTOM, EDGE, EDGE);
        Ok(sheet)
    }

    /// Pixels of some columns together.
    pub(crate) fn width(&self, first: u16, last: u16) -> u16 {
        let wanted = self.widths.iter().zip(0_u16..).filter(|(_, at)| (first..=last).contains(at));
        wanted.fold(0, |sum: u16, (width, _)| sum.saturating_add(*width))
    }

    /// Number of columns.
    pub(crate) fn last_column(&self) -> u16 {
        u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, (row, column): At, text: &str, format: &Format) -> io::Result<()> {
        self.inner.write_string_with_format(row, column, display_text(text), format).map(drop).map_err(failed)
    }

    /// Writes a number.
    pub(crate) fn number(&mut self, (row, column): At, number: u32, format: &Format) -> io::Result<()> {
        self.inner.write_number_with_format(row, column, number, format).map(drop).map_err(failed)
    }

    /// Writes what a person stated: a number where it is one.
    pub(crate) fn stated(&mut self, at: At, stated: Option<&str>, format: &Format) -> io::Result<()> {
        let stated = stated.unwrap_or_default();
        match stated.parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => {
                self.inner.write_number_with_format(at.0, at.1, number, format).map(drop).map_err(failed)
            }
            None => self.text(at, stated, format),
        }
    }

    /// Writes a formula with what it comes to, so that those who do not calculate see it too.
    pub(crate) fn formula(
        &mut self,
        (row, column): At,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> io::Result<()> {
        let formula = Formula::new(formula).set_result(result);
        self.inner.write_formula_with_format(row, column, formula, format).map(drop).map_err(failed)
    }

    /// Makes one cell of several with a text in it.
    pub(crate) fn merged(&mut self, first: At, last: At, text: &str, format: &Format) -> io::Result<()> {
        if first == last {
            return self.text(first, text, format);
        }
        self.inner
            .merge_range(first.0, first.1, last.0, last.1, &display_text(text), format)
            .map(drop)
            .map_err(failed)
    }

    /// Sets the height of a row in points.
    pub(crate) fn height(&mut self, row: u32, points: f64) -> io::Result<()> {
        self.inner.set_row_height(row, points).map(drop).map_err(failed)
    }

    /// Writes a line of text over all columns, as high as it needs; the next row.
    pub(crate) fn line(&mut self, row: u32, text: &str, format: &Format) -> io::Result<u32> {
        let last = self.last_column();
        self.merged((row, 0), (row, last), text, format)?;
        let count = lines(text, self.width(0, last), POINTS + 1);
        self.height(row, height(count, POINTS + 1) + 2.0)?;
        Ok(row.saturating_add(1))
    }

    /// Sets how it is printed.
    pub(crate) fn print(&mut self, print: &Print) -> io::Result<()> {
        if let Some((first, last)) = print.repeated {
            self.inner.set_repeat_rows(first, last).map_err(failed)?;
        }
        // Columns are as wide as the digits of a font that is not everywhere.
        self.inner.set_print_fit_to_pages(1, 0);
        self.inner.set_header(&print.header).set_footer(&print.footer);
        Ok(())
    }
}
