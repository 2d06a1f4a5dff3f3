//! What comes out of each format, against what was put in.

use std::io::Cursor;

use wangge::document::{FileKind, Paragraph, Place, Problem, Remark};

use crate::build::{docx, odt, package, page, pages, stream};
use crate::{case, problem, read};

/// The share of the characters of `truth`, blanks aside, that `text` has in the same order: their longest common
/// subsequence.
fn recall(truth: &str, text: &str) -> f64 {
    let characters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
    let (truth, text) = (characters(truth), characters(text));
    let mut row = vec![0_u32; text.len() + 1];
    for wanted in &truth {
        let mut before = 0;
        for (at, found) in text.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if wanted == found { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    f64::from(row[text.len()]) / f64::from(u32::try_from(truth.len()).unwrap())
}

#[test]
fn every_format_gives_the_text_that_was_put_in() {
    let truth = String::from_utf8(case("t1_utf8.txt")).unwrap();
    let mut poor = Vec::new();
    for (name, kind, pages, least) in [
        ("d1_typed.docx", FileKind::Docx, None, 1.0),
        ("d2_auto.docx", FileKind::Docx, None, 1.0),
        ("o1.odt", FileKind::Odt, Some(7), 1.0),
        ("h1.html", FileKind::Html, None, 1.0),
        ("t1_utf8.txt", FileKind::Text(encoding_rs::UTF_8), None, 1.0),
        ("t2_gb18030.txt", FileKind::Text(encoding_rs::GB18030), None, 1.0),
        ("p1_libreoffice.pdf", FileKind::Pdf, Some(7), 1.0),
        ("p12_enc_emptypw.pdf", FileKind::Pdf, Some(7), 1.0),
        // Its font has no sign for four of the characters.
        ("p3_reportlab_cid.pdf", FileKind::Pdf, Some(5), 0.995),
    ] {
        let document = read(name, &case(name)).unwrap();
        let share = recall(&truth, &document.text());
        assert_eq!((document.kind, document.pages), (kind, pages), "{name}");
        if share < least {
            poor.push(format!("{name}: {share}"));
        }
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

/// Number, depth and text of every clause with a depth.
fn clauses(paragraphs: &[Paragraph]) -> Vec<(&str, u8)> {
    paragraphs
        .iter()
        .filter_map(|one| Some((one.number.as_str(), one.level.filter(|_| !one.number.is_empty())?)))
        .collect()
}

#[test]
fn clauses_are_the_same_whoever_counts_them() {
    let typed = read("d1", &case("d1_typed.docx")).unwrap();
    let typed = clauses(&typed.paragraphs);
    assert_eq!(typed.len(), 31, "{typed:?}");
    assert!(typed.starts_with(&[
        ("1", 1),
        ("2", 1),
        ("3", 1),
        ("3.1", 2),
        ("3.2", 2),
        ("4", 1),
        ("4.1", 2),
        ("4.1.1", 3)
    ]));
    assert!(typed.ends_with(&[("附录A", 1), ("A.1", 2), ("A.2", 2)]));
    for name in
        ["d2_auto.docx", "o1.odt", "h1.html", "p1_libreoffice.pdf", "p3_reportlab_cid.pdf", "t2_gb18030.txt"]
    {
        let document = read(name, &case(name)).unwrap();
        assert_eq!(clauses(&document.paragraphs), typed, "{name}");
    }
}

#[test]
fn tables_are_rows_of_cells_and_heads_are_no_text() {
    for name in ["d1_typed.docx", "o1.odt", "h1.html", "p1_libreoffice.pdf"] {
        let document = read(name, &case(name)).unwrap();
        let cells: Vec<_> = document
            .paragraphs
            .iter()
            .filter(|one| matches!(one.place, Place::Cell { table: 1, .. }))
            .collect();
        assert_eq!(cells.len(), 25, "{name}");
        assert_eq!(cells[24].place, Place::Cell { table: 1, row: 5, column: 5 }, "{name}");
        let heads = document.paragraphs.iter().filter(|one| one.place == Place::Header).count();
        assert_eq!(heads, usize::from(name != "h1.html"), "{name}");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(problem(&case("p11_enc_userpw.pdf")), Problem::Encrypted);
    assert!(read("x", &case("p12_enc_emptypw.pdf")).unwrap().has(Remark::Encrypted));
    let cut = &case("p1_libreoffice.pdf")[..114_060];
    assert!(matches!(problem(cut), Problem::Damaged(_)));
    assert_eq!(problem(b""), Problem::Blank { pages: None });
    assert_eq!(problem("\n \n".as_bytes()), Problem::Blank { pages: None });
    assert_eq!(problem(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Problem::NotADocument);
    assert_eq!(problem(b"{\\rtf1 text}"), Problem::Unsupported);
    assert_eq!(problem(&docx("<w:p/>", "", "")), Problem::Blank { pages: None });
}

#[test]
fn pages_without_text_are_scans_or_blank() {
    assert_eq!(problem(&page(b"1 1 1 rg 0 0 595 842 re f", "", &[])), Problem::Blank { pages: Some(1) });
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"\x00",
    );
    let scan = page(b"500 0 0 800 0 0 cm /I Do", "/XObject <</I 5 0 R>>", &[image]);
    assert_eq!(problem(&scan), Problem::NoTextLayer { pages: Some(1) });
    stamped_scans();
    pictures_in_other_formats();
}

/// Scans on which heads and numbers of pages were printed.
fn stamped_scans() {
    let image =
        stream("/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x00");
    let font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_vec();
    let stamped = |number: u32, more: &str| {
        format!(
            "q 500 0 0 800 0 0 cm /I Do Q BT /F 12 Tf 72 800 Td (Q/LJWG 1-2024) Tj ET {more} \
             BT /F 12 Tf 290 30 Td ({number}) Tj ET"
        )
    };
    let resources = "/XObject <</I 1000 0 R>> /Font <</F 1001 0 R>>";
    let scans: Vec<String> = (1..5).map(|number| stamped(number, "")).collect();
    let more = [image, font];
    assert_eq!(problem(&pages(&scans, resources, &more)), Problem::NoTextLayer { pages: Some(4) });
    let text = "BT /F 12 Tf 72 500 Td (Scope of the document) Tj 0 -20 Td (Terms of it) Tj ET";
    let mixed: Vec<String> =
        (1..5).map(|number| stamped(number, if number == 2 { text } else { "" })).collect();
    let document = read("x", &pages(&mixed, resources, &more)).unwrap();
    assert_eq!(document.pages_without_text, [1, 3, 4]);
    let blank: Vec<String> = (1..5).map(|number| format!("BT /F 12 Tf 290 30 Td ({number}) Tj ET")).collect();
    assert_eq!(problem(&pages(&blank, resources, &more)), Problem::Blank { pages: Some(4) });
}

fn pictures_in_other_formats() {
    let picture = "<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>";
    assert_eq!(problem(&docx(picture, "", "")), Problem::NoTextLayer { pages: None });
    assert_eq!(problem(&odt("<text:p><text:image/></text:p>", "")), Problem::NoTextLayer { pages: None });
    assert_eq!(problem(b"<html><img src=a.png></html>"), Problem::NoTextLayer { pages: None });
    let chunk = "<w:altChunk/>";
    assert_eq!(problem(&docx(chunk, "", "")), Problem::Unsupported);
    assert!(read("x", &docx(&format!("{chunk}{}", p("", "x")), "", "")).unwrap().has(Remark::Truncated));
}

#[test]
fn simple_fonts_that_carry_bytes_of_gbk_are_decoded() {
    let (bytes, ..) = encoding_rs::GB18030.encode("1 范围：本文件规定了编码规则");
    let shown = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let font = b"<</Type /Font /Subtype /TrueType /BaseFont /SimSun /Encoding /WinAnsiEncoding>>".to_vec();
    let file =
        page(format!("BT /F 12 Tf 72 700 Td <{shown}> Tj ET").as_bytes(), "/Font <</F 5 0 R>>", &[font]);
    let document = read("x", &file).unwrap();
    assert!(document.has(Remark::Reencoded));
    assert_eq!(document.text(), "1\u{3000}范围：本文件规定了编码规则");
}

/// A page that shows bytes in a composite font of this encoding, without the font.
fn composite(encoding: &str, shown: &[u8]) -> Vec<u8> {
    let shown = shown.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let font = format!(
        "<</Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding}\n/DescendantFonts [6 0 R]>>"
    );
    let inner = b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /FontDescriptor 7 0 R \
        /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>>>>";
    let descriptor = b"<</Type /FontDescriptor /FontName /SimSun /Flags 4 /Ascent 800 /Descent -200>>";
    let content = format!("BT /F 12 Tf 72 700 Td <{shown}> Tj ET");
    page(content.as_bytes(), "/Font <</F 5 0 R>>", &[font.into_bytes(), inner.to_vec(), descriptor.to_vec()])
}

#[test]
fn encodings_of_chinese_fonts_that_are_not_in_the_file_are_known() {
    let text = "4.1 本文件规定了编码规则，王喆、李镕";
    let gbk = encoding_rs::GB18030.encode(text).0.into_owned();
    let gb = encoding_rs::GB18030.encode("4.1 本文件规定了编码规则，").0.into_owned();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (encoding, shown) in [
        ("GB-EUC-H", &gb),
        ("GBK-EUC-H", &gbk),
        ("GBKp-EUC-H", &gbk),
        ("GBK2K-H", &gbk),
        ("UniGB-UCS2-H", &wide),
        ("UniGB-UTF16-H", &wide),
    ] {
        let document = read(encoding, &composite(encoding, shown)).unwrap();
        assert!(
            "4.1\u{3000}本文件规定了编码规则，王喆、李镕".starts_with(&document.text()),
            "{encoding} {document:?}"
        );
        assert_eq!(document.characters, if encoding == "GB-EUC-H" { 14 } else { 19 });
        assert!(!document.has(Remark::Vertical));
    }
    let vertical = read("x", &composite("UniGB-UCS2-V", &wide)).unwrap();
    assert!(vertical.has(Remark::Vertical), "{vertical:?}");
}

#[test]
fn packages_are_told_by_their_parts() {
    let types = ("[Content_Types].xml", Vec::new());
    let mime = |text: &str| ("mimetype", text.as_bytes().to_vec());
    let empty = |name: &'static str| (name, Vec::new());
    for (parts, kind) in [
        (vec![types.clone(), empty("word/document.xml")], FileKind::Docx),
        (vec![types.clone(), empty("xl/workbook.xml")], FileKind::Workbook),
        (vec![types.clone(), empty("ppt/presentation.xml")], FileKind::Presentation),
        (vec![mime("application/vnd.oasis.opendocument.text"), empty("content.xml")], FileKind::Odt),
        (
            vec![mime("application/vnd.oasis.opendocument.spreadsheet"), empty("content.xml")],
            FileKind::Workbook,
        ),
        (vec![types.clone(), empty("Word\\document.xml")], FileKind::Docx),
        (vec![empty("OFD.xml"), empty("Doc_0/Document.xml")], FileKind::Ofd),
        (vec![empty("word/照片.jpg")], FileKind::Zip),
    ] {
        let file = package(&parts);
        assert_eq!(FileKind::of(&mut Cursor::new(file)).unwrap(), kind, "{parts:?}");
    }
}

/// One paragraph of a DOCX with properties and text as markup.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn lines(file: &[u8]) -> Vec<String> {
    read("x", file).unwrap().paragraphs.iter().map(Paragraph::line).collect()
}

/// A level of a list of a DOCX.
fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>{more}</w:lvl>"
    )
}

#[test]
fn numbers_of_a_docx_are_those_that_word_shows() {
    let list = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"2\"/></w:num>",
        level(0, "chineseCounting", "第%1章", "<w:pStyle w:val=\"H\"/>"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%3)", "<w:lvlRestart w:val=\"1\"/>"),
    );
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"/>\
         <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"N\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr>\
         <w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"B\"/></w:style>\
         <w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId=\"X\"><w:basedOn w:val=\"Y\"/></w:style><w:style w:styleId=\"Y\"><w:basedOn w:val=\"X\"/></w:style>";
    let num =
        |id: u32, at: u32| format!("<w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"{id}\"/></w:numPr>");
    let heading = "<w:pStyle w:val=\"H\"/>";
    let body = [
        p(heading, "甲"),
        p(&num(1, 1), "乙"),
        p(&num(1, 2), "丙"),
        p(&num(1, 1), "丁"),
        p(&num(1, 2), "戊"),
        p(&format!("{heading}<w:numPr><w:numId w:val=\"0\"/></w:numPr>"), "无"),
        p(&num(2, 1), "己"),
        p(&num(2, 1), "庚"),
        p(&num(3, 0), "辛"),
        p(&num(2, 1), "壬"),
        p("<w:pStyle w:val=\"X\"/>", "环"),
        p(&num(9, 4_000_000_000), "错"),
    ];
    let file = docx(&body.concat(), styles, &list);
    let expected = [
        "第一章　甲",
        "1.1　乙",
        "a)　丙",
        "1.2　丁",
        "b)　戊",
        "无",
        "1.5　己",
        "1.6　庚",
        "第二章　辛",
        "2.5　壬",
        "环",
        "错",
    ];
    assert_eq!(lines(&file), expected);
    assert_eq!(read("x", &file).unwrap().paragraphs[5].level, Some(1));
}

#[test]
fn a_docx_is_read_as_it_shows_with_changes_accepted() {
    let body = "<w:p><w:r><w:t>一</w:t></w:r><w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>\
         <w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>\
         <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r></w:p>\
         <w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>\
         <w:p><w:r><w:AlternateContent><w:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:Choice>\
         <w:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:Fallback></w:AlternateContent>\
         </w:r><w:r><w:t>外</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>";
    assert_eq!(lines(&docx(body, "", "")), ["一加显链拼≥", "控件", "框", "外", "前后"]);
}

#[test]
fn what_was_to_go_on_stays_where_it_stood() {
    let gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>";
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let body = format!(
        "{gone}<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p><w:r><w:t>上</w:t><w:br w:type=\"page\"/><w:t>下</w:t></w:r></w:p>\
         <w:p><w:f><w:num><w:r><w:t>a</w:t></w:r></w:num><w:den><w:r><w:t>b</w:t></w:r></w:den></w:f></w:p>{gone}",
        cell(gone),
        cell(&p("", "后")),
    );
    assert_eq!(lines(&docx(&body, "", "")), ["前", "前", "后", "上\n下", "a/b", "前"]);
}

#[test]
fn an_odt_is_read_as_it_shows() {
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"a\" \
         style:num-suffix=\")\"/><text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\"/>\
         </text:list-style><style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let body = format!(
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:list text:style-name=\"L\">{}<text:list-item>\
         <text:p>乙</text:p><text:p>续</text:p><text:list>{}</text:list></text:list-item></text:list>\
         <text:list text:style-name=\"L\" text:continue-numbering=\"true\">{}</text:list><text:list text:style-name=\"L\">{}</text:list>\
         <text:p>可<text:span text:style-name=\"H\">隐</text:span>见<text:s text:c=\"4000000000\"/><text:note><text:note-citation>1\
         </text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p>",
        item("甲"),
        item("丙"),
        item("丁"),
        item("戊"),
    );
    let expected = ["a)　甲", "b)　乙", "续", "b.1　丙", "c)　丁", "a)　戊", "可见", "注"];
    assert_eq!(lines(&odt(&body, styles)), expected);
}
