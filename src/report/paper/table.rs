//! Tables as wide as the text. WPS reads the widths of the grid, Word those of the cells: both are written.

use std::io;

use super::paragraph;
use super::style;
use super::xml::Xml;
use crate::model::text::Lang;

/// Width of the text in millimetres: that of all columns together.
pub(crate) const WIDTH: u32 = 156;
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

/// Least heights of rows in twentieths of a point: of plain ones, and of those to be signed.
pub(super) const PLAIN: &str = "0";
pub(super) const SIGNED: &str = "560";

/// Writes a table of rows of some height; its head stands on every page it runs over.
pub(super) fn write(
    xml: &mut Xml,
    columns: &[Column],
    (rows, height): (&[Row], &str),
    lang: Lang,
) -> io::Result<()> {
    let widths: Vec<String> = columns.iter().map(|column| twips(column.width)).collect();
    xml.element("w:tbl", &[], |xml| {
        properties(xml, &widths)?;
        head(xml, columns, lang)?;
        rows.iter().try_for_each(|row| write_row(xml, columns, (row, height), lang))
    })?;
    paragraph::styled(xml, style::GAP, "", lang)
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
    row(xml, (PLAIN, true), |xml| {
        columns.iter().try_for_each(|column| {
            cell(xml, (&twips(column.width), 1), style::TABLE_HEAD, Align::Centre, column.title, lang)
        })
    })
}

fn write_row(xml: &mut Xml, columns: &[Column], (one, height): (&Row, &str), lang: Lang) -> io::Result<()> {
    let (cells, style) = match one {
        Row::Group(text) => {
            let all = columns.iter().fold(0_u32, |all, column| all.saturating_add(column.width));
            let span = (twips(all), columns.len());
            return row(xml, (height, false), |xml| {
                cell(xml, (&span.0, span.1), style::TABLE_HEAD, Align::Left, text, lang)
            });
        }
        Row::Cells(cells) => (cells, style::TABLE),
        Row::Sum(cells) => (cells, style::TABLE_HEAD),
    };
    row(xml, (height, false), |xml| {
        let texts = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        columns.iter().zip(texts).try_for_each(|(column, text)| {
            cell(xml, (&twips(column.width), 1), style, column.align, text, lang)
        })
    })
}

fn row(
    xml: &mut Xml,
    (height, is_head): (&str, bool),
    cells: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[])?;
            if height != PLAIN {
                xml.empty("w:trHeight", &[("w:val", height), ("w:hRule", "atLeast")])?;
            }
            if is_head { xml.empty("w:tblHeader", &[]) } else { Ok(()) }
        })?;
        cells(xml)
    })
}

fn cell(
    xml: &mut Xml,
    (width, span): (&str, usize),
    style: &str,
    align: Align,
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
        paragraph::cell(xml, style, align, &clipped(text, SHOWN, lang), lang)
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
