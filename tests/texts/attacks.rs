//! Files made to exhaust whoever opens them, or to have other files read.

use std::io::{Read, Write};
use std::time::Duration;

use cpu_time::ThreadTime;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use wangge::document::{Limit, Problem, Suspicion};

use crate::build::{docx, odt, package, page, pdf, stream};
use crate::{problem, read};

/// How long a debug build may work on the slowest.
const SLOWEST: Duration = Duration::from_secs(20);

/// Reads or refuses the file in time.
fn survive(name: &str, bytes: &[u8]) {
    let started = ThreadTime::now();
    let _ = read(name, bytes);
    assert!(started.elapsed() < SLOWEST, "{name}: {:?}", started.elapsed());
}

fn repeated(text: &str, count: usize) -> String {
    text.repeat(count)
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// So many blanks, packed.
fn packed_blanks(count: u64) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut std::io::repeat(b' ').take(count), &mut encoder).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn archives_that_unpack_to_much_are_refused() {
    let blanks =
        |count: usize| docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", repeated(" ", count)), "", "");
    assert_eq!(problem(&blanks(20 << 20)), Problem::Suspicious(Suspicion::Ratio));
    assert_eq!(problem(&blanks(80 << 20)), Limit::Part.into());
    let two = package(&[("[Content_Types].xml", Vec::new()), ("word/document.xml", b"<a/>".to_vec())]);
    let at = two.windows(17).position(|name| name == b"word/document.xml").unwrap();
    let mut lying = two.clone();
    // Sizes before the name of the local header and in the directory.
    lying[at - 8..at - 4].copy_from_slice(&[0xff; 4]);
    survive("size", &lying);
}

#[test]
fn document_types_are_refused_whatever_they_declare() {
    let laughs = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&b;&x;</a>";
    for part in ["word/document.xml", "word/styles.xml", "word/numbering.xml"] {
        let mut parts =
            vec![("[Content_Types].xml", b"<Types/>".to_vec()), (part, laughs.as_bytes().to_vec())];
        if part != "word/document.xml" {
            parts.push(("word/document.xml", b"<a/>".to_vec()));
        }
        assert_eq!(problem(&package(&parts)), Problem::Suspicious(Suspicion::Doctype), "{part}");
    }
    let parts =
        [("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()), ("content.xml", laughs.into())];
    assert_eq!(problem(&package(&parts)), Problem::Suspicious(Suspicion::Doctype));
}

#[test]
fn markup_within_markup_is_bounded() {
    for element in ["w:p", "w:tbl", "w:sdt", "w:txbxContent", "w:del"] {
        let body = repeated(&format!("<{element}>"), 300_000);
        assert_eq!(problem(&docx(&body, "", "")), Limit::Depth.into(), "{element}");
    }
    assert_eq!(problem(&odt(&repeated("<text:list><text:list-item>", 300_000), "")), Limit::Depth.into());
    let attributes = (0..100_000).map(|at| format!("a{at}=\"1\"")).collect::<Vec<_>>().join(" ");
    survive("attributes", &docx(&format!("<w:p {attributes}/>"), "", ""));
    survive(
        "cells",
        &docx(
            &repeated(
                "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
                100_000,
            ),
            "",
            "",
        ),
    );
    survive("paragraphs", &docx(&repeated("<w:p><w:r><w:t>x</w:t></w:r></w:p>", 300_000), "", ""));
}

#[test]
fn a_target_leads_nowhere_but_into_the_archive() {
    let relations = b"<Relationships><Relationship Id=\"1\" Type=\"x/officeDocument\" Target=\"../../../../etc/passwd\"/></Relationships>";
    let file = package(&[
        ("[Content_Types].xml", Vec::new()),
        ("_rels/.rels", relations.to_vec()),
        ("word/document.xml", b"<a/>".to_vec()),
    ]);
    assert_eq!(problem(&file), Problem::Damaged("no part etc/passwd".to_owned()));
}

#[test]
fn pages_of_nothing_but_tags_are_read_in_time() {
    for tag in ["<div>", "<table><tr><td>", "<p hidden>", "<svg>", "&lt", "<a b='", "<!--", "<b><i></b>"] {
        survive(tag, format!("<html><p>x{}", repeated(tag, 300_000)).as_bytes());
    }
}

#[test]
fn streams_that_unpack_to_much_are_refused() {
    let bomb = stream("/Filter /FlateDecode", &packed_blanks(1 << 30));
    let objects = [
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>".to_vec(),
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>".to_vec(),
        bomb,
    ];
    assert_eq!(problem(&pdf(&objects)), Problem::Suspicious(Suspicion::Ratio));
    let shown = packed(&repeated("(a)Tj ", 5_000_000).into_bytes());
    let file = page(b"", "", &[stream("/Filter /FlateDecode", &shown)]);
    assert!(matches!(problem(&file), Problem::TooLarge(_) | Problem::Suspicious(_)));
}

#[test]
fn circles_in_a_pdf_end() {
    let catalog = || b"<</Type /Catalog /Pages 2 0 R>>".to_vec();
    let tree = |kids: &str, count: &str| {
        format!("<</Type /Pages /Kids [{kids}] /Count {count} /Parent 2 0 R>>").into_bytes()
    };
    survive("kids", &pdf(&[catalog(), tree("2 0 R 2 0 R 3 0 R", "4000000000"), tree("2 0 R 3 0 R", "1")]));
    survive(
        "many kids",
        &pdf(&[
            catalog(),
            tree(&repeated("3 0 R ", 20_000), "20000"),
            b"<</Type /Page /Parent 2 0 R>>".to_vec(),
        ]),
    );
    survive(
        "length",
        &pdf(&[catalog(), tree("3 0 R", "1"), b"<</Length 3 0 R>>\nstream\nx\nendstream".to_vec()]),
    );
    let form = |content: &str| {
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</A 5 0 R /B 6 0 R>>>>",
            content.as_bytes(),
        )
    };
    let calls = |name: &str| repeated(&format!("/{name} Do "), 10);
    survive(
        "forms",
        &page(b"/A Do", "/XObject <</A 5 0 R /B 6 0 R>>", &[form(&calls("B")), form(&calls("A"))]),
    );
    let chain: Vec<Vec<u8>> = (0..30)
        .map(|at| {
            let content = repeated("/X Do ", 10);
            stream(
                &format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X {} 0 R>>>>",
                    at + 6
                ),
                content.as_bytes(),
            )
        })
        .collect();
    survive("tree of forms", &page(b"/X Do", "/XObject <</X 5 0 R>>", &chain));
}

#[test]
fn what_a_pdf_shows_again_and_again_is_bounded() {
    let font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_vec();
    let shown = repeated("(a) Tj ", 1_000);
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
        format!("BT /F 12 Tf 72 700 Td {shown} ET").as_bytes(),
    );
    let resources = "/XObject <</A 6 0 R>> /Font <</F 5 0 R>>";
    let calls = repeated("/#41 % \n Do ", 4_000);
    assert_eq!(problem(&page(calls.as_bytes(), resources, &[font.clone(), form])), Limit::Spans.into());
    let same = repeated("5 0 R ", 9);
    let objects = [
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>".to_vec(),
        format!("<</Type /Page /Parent 2 0 R /Contents [{same}]>>").into_bytes(),
        font.clone(),
        stream("", b"q Q"),
    ];
    assert_eq!(problem(&pdf(&objects)), Limit::Unpacked.into());
    let long = repeated("a", 25_000);
    let content = format!("BT /F 1 Tf 7 70 Td ({long}) Tj ET");
    let kids = (5..905).map(|at| format!("{at} 0 R")).collect::<Vec<_>>().join(" ");
    let one = b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F 3 0 R>>>>>>".to_vec();
    let mut objects = vec![
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        format!("<</Type /Pages /Kids [{kids}] /Count 900>>").into_bytes(),
        font,
        stream("", content.as_bytes()),
    ];
    objects.resize(904, one);
    assert!(matches!(problem(&pdf(&objects)), Problem::TooLarge(_)));
}

#[test]
fn a_stored_part_with_a_wrong_byte_is_damaged() {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("[Content_Types].xml", ""), ("word/document.xml", "<a><p><r><t>sound text</t></r></p></a>")]
    {
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let mut file = writer.finish().unwrap().into_inner();
    assert_eq!(read("x", &file).unwrap().text(), "sound text");
    let at = file.windows(5).position(|text| text == b"sound").unwrap();
    file[at] ^= 0x20;
    assert!(matches!(problem(&file), Problem::Damaged(_)));
}

#[test]
fn what_a_pdf_nests_or_counts_is_bounded() {
    survive("arrays", &page(repeated("[", 1_000_000).as_bytes(), "", &[]));
    survive("dictionaries", &page(b"", &format!("/A {}", repeated("<</A ", 300_000)), &[]));
    survive("states", &page(repeated("q ", 1_000_000).as_bytes(), "", &[]));
    let filters = format!("/Filter [{}]", repeated("/ASCIIHexDecode ", 10_000));
    survive("filters", &page(b"", "", &[stream(&filters, b"00>")]));
    let map = b"begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange";
    let font = b"<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [7 0 R]>>".to_vec();
    let inner = b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 4294967295 1000] /DescendantFonts [5 0 R]>>".to_vec();
    let text = b"BT /F 12 Tf 72 700 Td <0041004200430044> Tj ET";
    survive("ranges", &page(text, "/Font <</F 5 0 R>>", &[font, stream("", map), inner]));
    let objects = stream("/Type /ObjStm /N 4294967295 /First 10", b"5 0 5 0");
    survive("object streams", &page(text, "/Font <</F 5 0 R>>", &[objects]));
    let letters = stream("", repeated("BT /F 12 Tf 72 700 Td (a) Tj ET ", 200_000).as_bytes());
    let plain = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_vec();
    survive("letters", &page(&letters, "/Font <</F 5 0 R>>", &[plain]));
}
