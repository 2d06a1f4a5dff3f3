//! The page: A4 with the margins of GB/T 9704, page numbers outside at the foot.

use std::io;

use super::style;
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::xml::Xml;

/// Names of the vocabularies.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(super) const PLACED: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// A footer: its part, its relation, which pages it is for, and how its number stands.
pub(super) struct Footer {
    pub(super) part: &'static str,
    pub(super) id: &'static str,
    pages: &'static str,
    align: &'static str,
    side: &'static str,
}

/// Odd pages have their number at the right, even ones at the left, one character in.
pub(super) const FOOTERS: [Footer; 2] = [
    Footer { part: "word/footer1.xml", id: "rIdOdd", pages: "default", align: "right", side: "w:right" },
    Footer { part: "word/footer2.xml", id: "rIdEven", pages: "even", align: "left", side: "w:left" },
];

/// The part with the text.
pub(super) fn document(body: Xml) -> io::Result<Vec<u8>> {
    let names = [("xmlns:w", WORD), ("xmlns:r", RELATIONS), ("xmlns:wp", PLACED), ("xmlns:a", DRAWING)];
    Xml::document("w:document", &names, |xml| {
        xml.element("w:body", &[], |xml| {
            xml.append(body);
            properties(xml)
        })
    })
}

/// The properties of a section. In twentieths of a point: 37 mm above, 35 below, 28 left, 26 right, which leaves
/// 156 mm by 225 mm.
pub(super) fn properties(xml: &mut Xml) -> io::Result<()> {
    xml.element("w:sectPr", &[], |xml| {
        for footer in &FOOTERS {
            xml.empty("w:footerReference", &[("w:type", footer.pages), ("r:id", footer.id)])?;
        }
        xml.value("w:type", "nextPage")?;
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "2098"),
                ("w:right", "1468"),
                ("w:bottom", "1984"),
                ("w:left", "1587"),
                ("w:header", "851"),
                ("w:footer", "1247"),
                ("w:gutter", "0"),
            ],
        )?;
        xml.empty("w:pgNumType", &[("w:start", "1")])
    })
}

/// The parts with page numbers: `— 1 —`.
pub(super) fn footers() -> io::Result<[(&'static str, Vec<u8>); 2]> {
    let [odd, even] = &FOOTERS;
    Ok([(odd.part, footer(odd)?), (even.part, footer(even)?)])
}

fn footer(footer: &Footer) -> io::Result<Vec<u8>> {
    Xml::document("w:ftr", &[("xmlns:w", WORD)], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", style::FOOTER)?;
                xml.empty("w:ind", &[(footer.side, "280")])?;
                xml.value("w:jc", footer.align)
            })?;
            text(xml, "— ")?;
            xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| text(xml, "1"))?;
            text(xml, " —")
        })
    })
}

fn text(xml: &mut Xml, text: &str) -> io::Result<()> {
    xml.element("w:r", &[], |xml| xml.text("w:t", &[("xml:space", "preserve")], text))
}

/// The part with the settings of the whole paper.
pub(super) fn settings(lang: Lang) -> io::Result<Vec<u8>> {
    Xml::document("w:settings", &[("xmlns:w", WORD)], |xml| {
        xml.empty("w:evenAndOddHeaders", &[])?;
        xml.value("w:characterSpacingControl", "compressPunctuation")?;
        xml.element("w:compat", &[], |xml| {
            xml.empty(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            )
        })?;
        xml.empty("w:themeFontLang", &[("w:val", pick(lang, "zh-CN", "en-GB")), ("w:eastAsia", "zh-CN")])
    })
}
