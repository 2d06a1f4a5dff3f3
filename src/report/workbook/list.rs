//! Lists: a title, a row of heads, a row for each thing. Each column is declared once.

use std::io;

use super::cell::display_text;
use super::measure::{height, lines};
use super::sheet::{Print, Sheet, failed};
use super::style::{POINTS, Styles};
use crate::model::text::Lang;
use crate::report::words::pick;

/// What stands in a cell.
#[derive(Debug)]
pub(crate) enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(u32),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

/// How the cells of a column look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Running text.
    Text,
    /// Short text, a number.
    Short,
    /// To be filled in with running text.
    Input,
    /// To be filled in with a word.
    InputShort,
    /// For the program: nobody sees it.
    Hidden,
}

/// A column of a list of `R`.
pub(crate) struct Column<R> {
    /// Its head in Chinese and English.
    pub(crate) title: (&'static str, &'static str),
    /// Its width in pixels.
    pub(crate) width: u16,
    /// How it looks.
    pub(crate) kind: Kind,
    /// What stands in it, in a language.
    pub(crate) value: fn(&R, Lang) -> Value,
}

/// A list being written.
pub(crate) struct List {
    /// Its sheet.
    pub(crate) sheet: Sheet,
    lang: Lang,
    /// The row of the heads.
    pub(crate) head: u32,
    /// The next row.
    pub(crate) next: u32,
}

impl List {
    /// Begins a list with a title and lines about it. `make` makes the sheet for columns of these widths.
    pub(crate) fn begin<R>(
        columns: &[Column<R>],
        (title, about): (&str, &[String]),
        (styles, lang): (&Styles, Lang),
        make: impl FnOnce(&[u16]) -> io::Result<Sheet>,
    ) -> io::Result<Self> {
        let widths: Vec<u16> = columns.iter().map(|column| column.width).collect();
        let mut sheet = make(&widths)?;
        for (at, _) in (0..).zip(columns).filter(|(_, column)| column.kind == Kind::Hidden) {
            sheet.inner.set_column_hidden(at).map_err(failed)?;
        }
        let right = sheet.last_column();
        sheet.merged((0, 0), (0, right), title, &styles.title)?;
        sheet.height(0, 34.0)?;
        let mut head = 1;
        for line in about {
            head = sheet.line(head, line, &styles.line)?;
        }
        let mut list = Self { sheet, lang, head, next: head.saturating_add(1) };
        list.heads(columns, styles)?;
        Ok(list)
    }

    fn heads<R>(&mut self, columns: &[Column<R>], styles: &Styles) -> io::Result<()> {
        let mut most = 1;
        for (at, column) in (0..).zip(columns) {
            let title = pick(self.lang, column.title.0, column.title.1);
            self.sheet.text((self.head, at), title, &styles.head)?;
            most = most.max(lines(title, column.width, POINTS));
        }
        self.sheet.height(self.head, height(most, POINTS) + 4.0)?;
        self.sheet.inner.set_freeze_panes(self.next, 0).map(drop).map_err(failed)
    }

    /// Writes the next row, by the columns it was begun with.
    pub(crate) fn row<R>(&mut self, columns: &[Column<R>], row: &R, styles: &Styles) -> io::Result<()> {
        let mut most = 1;
        for (at, column) in (0..).zip(columns) {
            let at = (self.next, at);
            let format = match column.kind {
                Kind::Text | Kind::Hidden => &styles.text,
                Kind::Short => &styles.centre,
                Kind::Input => &styles.input,
                Kind::InputShort => &styles.input_centre,
            };
            match (column.value)(row, self.lang) {
                Value::Number(number) => self.sheet.number(at, number, format)?,
                Value::Text(text) => {
                    if column.kind != Kind::Hidden {
                        most = most.max(lines(&display_text(&text), column.width, POINTS));
                    }
                    self.sheet.text(at, &text, format)?;
                }
            }
        }
        self.sheet.height(self.next, height(most, POINTS) + 2.0)?;
        self.next = self.next.saturating_add(1);
        Ok(())
    }

    /// Rows written.
    pub(crate) fn len(&self) -> u32 {
        self.next.saturating_sub(self.head).saturating_sub(1)
    }

    /// Ends it: heads that filter, repeated on every page.
    pub(crate) fn finish(mut self, print: Print) -> io::Result<Sheet> {
        let last = self.next.saturating_sub(1).max(self.head);
        let columns = self.sheet.last_column();
        self.sheet.inner.autofilter(self.head, 0, last, columns).map_err(failed)?;
        self.sheet.print(&Print { repeated: Some((self.head, self.head)), ..print })?;
        Ok(self.sheet)
    }
}
