//! Paragraphs: runs of text in a style.

use std::io;

use super::style;
use super::{section, table};
use crate::model::text::Lang;
use crate::report::workbook::display_text;
use crate::report::xml::Xml;

/// Characters of one text that a paragraph shows.
const LONGEST: usize = 2_000;

/// A run of text; line breaks stay. The hint keeps quotation marks and dashes of Chinese text as wide as characters.
pub(super) fn run(xml: &mut Xml, text: &str, bold: bool, lang: Lang) -> io::Result<()> {
    let shown = display_text(&table::clipped(text, LONGEST, lang));
    for (number, line) in shown.split('\n').enumerate() {
        xml.element("w:r", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                if lang == Lang::Zh {
                    xml.empty("w:rFonts", &[("w:hint", "eastAsia")])?;
                }
                if bold { xml.empty("w:b", &[]) } else { Ok(()) }
            })?;
            if number > 0 {
                xml.empty("w:br", &[])?;
            }
            xml.text("w:t", &[("xml:space", "preserve")], line)
        })?;
    }
    Ok(())
}

/// A paragraph in a style.
pub(super) fn styled(xml: &mut Xml, style: &str, text: &str, lang: Lang) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style))?;
        if text.is_empty() { Ok(()) } else { run(xml, text, false, lang) }
    })
}

/// The last paragraph of a text: it goes with the signature, which may not stand on a page without any text (GB/T 9704).
pub(super) fn last(xml: &mut Xml, text: &str, lang: Lang) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style::BODY)?;
            xml.empty("w:keepNext", &[])
        })?;
        run(xml, text, false, lang)
    })
}

/// A paragraph with a number, whose beginning is bold.
pub(super) fn lead(xml: &mut Xml, (number, lead): (&str, &str), text: &str, lang: Lang) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style::BODY))?;
        run(xml, number, false, lang)?;
        if !lead.is_empty() {
            run(xml, lead, true, lang)?;
        }
        run(xml, text, false, lang)
    })
}

/// The title of a document; an empty line sets it off.
pub(super) fn title(xml: &mut Xml, text: &str, lang: Lang) -> io::Result<()> {
    styled(xml, style::TITLE, text, lang)?;
    styled(xml, style::ADDRESS, "", lang)
}

/// The name of an annex at the top of a new page.
pub(super) fn annex(xml: &mut Xml, name: &str, lang: Lang) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style::ANNEX)?;
            xml.empty("w:pageBreakBefore", &[])
        })?;
        run(xml, name, false, lang)
    })
}

/// The end of a document that another follows.
pub(super) fn section_end(xml: &mut Xml) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style::NOTE)?;
            section::properties(xml)
        })
    })
}

/// A paragraph in a cell of a table.
pub(super) fn cell(xml: &mut Xml, look: table::Look<'_>, text: &str, lang: Lang) -> io::Result<()> {
    let table::Look { style, align, with_next } = look;
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style)?;
            if with_next {
                xml.empty("w:keepNext", &[])?;
            }
            xml.value("w:jc", align.word())
        })?;
        if text.is_empty() { Ok(()) } else { run(xml, text, false, lang) }
    })
}
