//! How paragraphs look: fonts by name with what stands in for them, sizes and lines of GB/T 9704.

use std::io;

use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::xml::Xml;

/// Ids of styles.
pub(super) const TITLE: &str = "Title";
pub(super) const HEADING_1: &str = "Heading1";
pub(super) const HEADING_2: &str = "Heading2";
pub(super) const BODY: &str = "BodyText";
pub(super) const ADDRESS: &str = "Address";
pub(super) const ANNEX: &str = "Annex";
pub(super) const CAPTION: &str = "Caption";
pub(super) const FIGURE: &str = "Figure";
pub(super) const TABLE: &str = "TableText";
pub(super) const TABLE_HEAD: &str = "TableHead";
pub(super) const NOTE: &str = "Note";
pub(super) const GAP: &str = "Gap";
pub(super) const SIGNATURE: &str = "Signature";
pub(super) const FOOTER: &str = "Footer";

/// Letters and digits.
const LATIN: &str = "Times New Roman";

/// A font by the name that papers ask for, what stands in for it where it is missing, and its kind.
#[derive(Clone, Copy)]
struct Font {
    name: &'static str,
    instead: &'static str,
    family: &'static str,
}

const TITLE_SONG: Font = Font { name: "方正小标宋简体", instead: "宋体", family: "auto" };
const FANG_SONG: Font = Font { name: "仿宋_GB2312", instead: "仿宋", family: "modern" };
const KAI: Font = Font { name: "楷体_GB2312", instead: "楷体", family: "modern" };
const HEI: Font = Font { name: "黑体", instead: "SimHei", family: "auto" };
const SONG: Font = Font { name: "宋体", instead: "SimSun", family: "auto" };
const FONTS: [Font; 5] = [TITLE_SONG, FANG_SONG, KAI, HEI, SONG];

/// Where a paragraph begins.
#[derive(Clone, Copy)]
enum Indent {
    None,
    /// The first line two characters in.
    First,
    /// All lines so many hundredths of a character before the right margin.
    Right(&'static str, &'static str),
}

/// A style of paragraphs. Sizes are half points, lines twentieths of a point.
struct Style {
    id: &'static str,
    name: &'static str,
    font: Font,
    size: &'static str,
    line: &'static str,
    align: &'static str,
    indent: Indent,
    /// Level in the outline, 0 being the highest.
    outline: Option<&'static str>,
    /// On one page with what follows.
    with_next: bool,
    /// Space above and below.
    around: &'static str,
}

/// 三号 on 22 lines of a page.
const PLAIN: Style = Style {
    id: BODY,
    name: "Body Text",
    font: FANG_SONG,
    size: "32",
    line: "579",
    align: "both",
    indent: Indent::First,
    outline: None,
    with_next: false,
    around: "0",
};

/// 五号, for tables and notes.
const SMALL: Style = Style {
    id: TABLE,
    name: "Table Text",
    size: "21",
    line: "320",
    align: "left",
    indent: Indent::None,
    around: "30",
    ..PLAIN
};

const STYLES: [Style; 14] = [
    Style {
        id: TITLE,
        name: "Title",
        font: TITLE_SONG,
        size: "44",
        line: "700",
        align: "center",
        indent: Indent::None,
        with_next: true,
        ..PLAIN
    },
    Style {
        id: HEADING_1,
        name: "heading 1",
        font: HEI,
        align: "left",
        outline: Some("0"),
        with_next: true,
        ..PLAIN
    },
    Style {
        id: HEADING_2,
        name: "heading 2",
        font: KAI,
        align: "left",
        outline: Some("1"),
        with_next: true,
        ..PLAIN
    },
    PLAIN,
    Style { id: ADDRESS, name: "Address", indent: Indent::None, ..PLAIN },
    Style {
        id: ANNEX,
        name: "Annex",
        font: HEI,
        align: "left",
        indent: Indent::None,
        with_next: true,
        ..PLAIN
    },
    Style {
        id: CAPTION,
        name: "caption",
        font: HEI,
        size: "24",
        line: "440",
        align: "center",
        with_next: true,
        ..SMALL
    },
    Style { id: FIGURE, name: "Figure", font: HEI, size: "24", line: "440", align: "center", ..SMALL },
    SMALL,
    Style { id: TABLE_HEAD, name: "Table Head", font: HEI, ..SMALL },
    Style { id: NOTE, name: "Note", align: "both", ..SMALL },
    Style { id: GAP, name: "Gap", size: "10", line: "160", around: "0", ..SMALL },
    Style {
        id: SIGNATURE,
        name: "Signature",
        with_next: true,
        align: "right",
        indent: Indent::Right("400", "1264"),
        ..PLAIN
    },
    // 四号, as page numbers are.
    Style { id: FOOTER, name: "footer", font: SONG, size: "28", line: "360", indent: Indent::None, ..PLAIN },
];

/// The part that holds the styles.
pub(super) fn styles(lang: Lang) -> io::Result<Vec<u8>> {
    Xml::document("w:styles", &[("xmlns:w", super::section::WORD)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    fonts_of(xml, FANG_SONG)?;
                    sized(xml, PLAIN.size)?;
                    let latin = pick(lang, "zh-CN", "en-GB");
                    xml.empty("w:lang", &[("w:val", latin), ("w:eastAsia", "zh-CN")])
                })
            })
        })?;
        xml.element(
            "w:style",
            &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")],
            |xml| {
                xml.value("w:name", "Normal")?;
                xml.empty("w:qFormat", &[])
            },
        )?;
        STYLES.iter().try_for_each(|style| write_style(xml, style, lang))
    })
}

fn write_style(xml: &mut Xml, style: &Style, lang: Lang) -> io::Result<()> {
    xml.element("w:style", &[("w:type", "paragraph"), ("w:styleId", style.id)], |xml| {
        xml.value("w:name", style.name)?;
        xml.value("w:basedOn", "Normal")?;
        xml.empty("w:qFormat", &[])?;
        xml.element("w:pPr", &[], |xml| paragraph(xml, style, lang))?;
        xml.element("w:rPr", &[], |xml| {
            fonts_of(xml, style.font)?;
            // Letters have no face that stands out as the one of Chinese headings does.
            if lang == Lang::En && style.outline.is_some() {
                xml.empty("w:b", &[])?;
            }
            if style.size == PLAIN.size && lang == Lang::Zh {
                // 28 characters of 15.8 points are as wide as the text.
                xml.value("w:spacing", "-4")?;
            }
            sized(xml, measures(style, lang).0)
        })
    })
}

/// Size and line of a style: letters need less of them than characters.
fn measures(style: &Style, lang: Lang) -> (&'static str, &'static str) {
    match (lang, style.size) {
        (Lang::En, "32") => ("24", "380"),
        (Lang::En, "44") => ("36", "520"),
        _ => (style.size, style.line),
    }
}

fn paragraph(xml: &mut Xml, style: &Style, lang: Lang) -> io::Result<()> {
    if style.with_next {
        xml.empty("w:keepNext", &[])?;
    }
    // Lines are as high as their type says, whatever font stands in for the one asked for.
    xml.value("w:snapToGrid", "0")?;
    xml.empty(
        "w:spacing",
        &[
            ("w:before", style.around),
            ("w:after", style.around),
            ("w:line", measures(style, lang).1),
            ("w:lineRule", "exact"),
        ],
    )?;
    match style.indent {
        Indent::None => {}
        Indent::First => xml.empty("w:ind", &[("w:firstLineChars", "200"), ("w:firstLine", "632")])?,
        Indent::Right(characters, twips) => {
            xml.empty("w:ind", &[("w:rightChars", characters), ("w:right", twips)])?;
        }
    }
    let align = if lang == Lang::En && style.align == "both" { "left" } else { style.align };
    xml.value("w:jc", align)?;
    style.outline.map_or(Ok(()), |level| xml.value("w:outlineLvl", level))
}

fn fonts_of(xml: &mut Xml, font: Font) -> io::Result<()> {
    xml.empty(
        "w:rFonts",
        &[("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:eastAsia", font.name), ("w:cs", LATIN)],
    )
}

fn sized(xml: &mut Xml, half_points: &str) -> io::Result<()> {
    xml.value("w:sz", half_points)?;
    xml.value("w:szCs", half_points)
}

/// The part that says what stands in for fonts that are missing.
pub(super) fn fonts() -> io::Result<Vec<u8>> {
    Xml::document("w:fonts", &[("xmlns:w", super::section::WORD)], |xml| {
        FONTS.iter().try_for_each(|font| {
            xml.element("w:font", &[("w:name", font.name)], |xml| {
                xml.value("w:altName", font.instead)?;
                xml.value("w:charset", "86")?;
                xml.value("w:family", font.family)
            })
        })
    })
}
