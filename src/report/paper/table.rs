//! Tables as wide as the text, 156 mm. WPS reads the widths of the grid, Word those of the cells: both are written.

use std::io;

use super::paragraph;
use super::style;
use crate::model::text::Lang;
use crate::report::xml::Xml;

/// Twentieths of a point in ten millimetres.
const TWIPS: u32 = 567;

/// Characters of one text from data that a cell shows.
const SHOWN: usize = 400;

/// How the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
}

impl Align {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Centre => "center",
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its head.
    pub(crate) title: &'static str,
    /// Its width in millimetres.
    pub(crate) width: u32,
    pub(crate) align: Align,
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A text over all columns, which says what the rows below it belong to.
    Group(String),
    /// A cell for each column.
    Cells(Vec<String>),
    /// The same, of a sum.
    Sum(Vec<String>),
}

/// How the rows of a table stand.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// Least height in twentieths of a point.
    height: &'static str,
    /// On one page with what follows the table.
    with_next: bool,
}

/// Rows to be read, and rows to be signed.
pub(super) const PLAIN: Rows = Rows { height: "0", with_next: false };
pub(super) const SIGNED: Rows = Rows { height: "560", with_next: true };

/// Rows of a table that does not run over the end of a page.
const SHORT: usize = 12;

/// How a cell looks.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) style: &'a str,
    pub(super) align: Align,
    /// On one page with the next row.
    pub(super) with_next: bool,
}

/// Writes a table; the head of a long one stands on every page it runs over.
pub(super) fn write(
    xml: &mut Xml,
    columns: &[Column],
    (rows, stand): (&[Row], Rows),
    lang: Lang,
) -> io::Result<()> {
    let widths: Vec<String> = columns.iter().map(|column| twips(column.width)).collect();
    let together = rows.len() <= SHORT;
    xml.element("w:tbl", &[], |xml| {
        properties(xml, &widths)?;
        head(xml, columns, lang)?;
        for (number, one) in (1..).zip(rows) {
            let with_next = together && (number < rows.len() || stand.with_next);
            write_row(xml, columns, one, Rows { with_next, ..stand }, lang)?;
        }
        Ok(())
    })?;
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style::GAP)?;
            if stand.with_next { xml.empty("w:keepNext", &[]) } else { Ok(()) }
        })
    })
}

fn twips(millimetres: u32) -> String {
    (millimetres.saturating_mul(TWIPS) / 10).to_string()
}

fn properties(xml: &mut Xml, widths: &[String]) -> io::Result<()> {
    let all: u32 = widths.iter().filter_map(|width| width.parse::<u32>().ok()).sum();
    xml.element("w:tblPr", &[], |xml| {
        xml.empty("w:tblW", &[("w:w", &all.to_string()), ("w:type", "dxa")])?;
        xml.value("w:jc", "center")?;
        xml.element("w:tblBorders", &[], |xml| {
            let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")];
            let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
            sides.iter().try_for_each(|side| xml.empty(side, &line))
        })?;
        xml.empty("w:tblLayout", &[("w:type", "fixed")])?;
        xml.element("w:tblCellMar", &[], |xml| {
            let margin = [("w:w", "57"), ("w:type", "dxa")];
            ["w:left", "w:right"].iter().try_for_each(|side| xml.empty(side, &margin))
        })
    })?;
    xml.element("w:tblGrid", &[], |xml| {
        widths.iter().try_for_each(|width| xml.empty("w:gridCol", &[("w:w", width)]))
    })
}

fn head(xml: &mut Xml, columns: &[Column], lang: Lang) -> io::Result<()> {
    let look = Look { style: style::TABLE_HEAD, align: Align::Centre, with_next: true };
    row(xml, (PLAIN, true), |xml| {
        columns.iter().try_for_each(|column| cell(xml, (&twips(column.width), 1), look, column.title, lang))
    })
}

fn write_row(xml: &mut Xml, columns: &[Column], one: &Row, stand: Rows, lang: Lang) -> io::Result<()> {
    let (cells, style) = match one {
        Row::Group(text) => {
            let all = columns.iter().fold(0_u32, |all, column| all.saturating_add(column.width));
            let look = Look { style: style::TABLE_HEAD, align: Align::Left, with_next: true };
            return row(xml, (stand, false), |xml| cell(xml, (&twips(all), columns.len()), look, text, lang));
        }
        Row::Cells(cells) => (cells, style::TABLE),
        Row::Sum(cells) => (cells, style::TABLE_HEAD),
    };
    row(xml, (stand, false), |xml| {
        let texts = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        columns.iter().zip(texts).try_for_each(|(column, text)| {
            let look = Look { style, align: column.align, with_next: stand.with_next };
            cell(xml, (&twips(column.width), 1), look, text, lang)
        })
    })
}

fn row(
    xml: &mut Xml,
    (stand, is_head): (Rows, bool),
    cells: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[])?;
            if stand.height != PLAIN.height {
                xml.empty("w:trHeight", &[("w:val", stand.height), ("w:hRule", "atLeast")])?;
            }
            if is_head { xml.empty("w:tblHeader", &[]) } else { Ok(()) }
        })?;
        cells(xml)
    })
}

fn cell(
    xml: &mut Xml,
    (width, span): (&str, usize),
    look: Look<'_>,
    text: &str,
    lang: Lang,
) -> io::Result<()> {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])?;
            if span > 1 {
                xml.value("w:gridSpan", &span.to_string())?;
            }
            xml.value("w:vAlign", "center")
        })?;
        paragraph::cell(xml, look, &clipped(text, SHOWN, lang), lang)
    })
}

/// A text of at most so many characters, with their number where some are left out.
pub(crate) fn clipped(text: &str, most: usize, lang: Lang) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    match lang {
        Lang::Zh => format!("{kept}……（共{count}字）"),
        Lang::En => format!("{kept}... ({count} characters)"),
    }
}
