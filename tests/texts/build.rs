//! Small documents, made for one purpose each.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const STYLE: &str = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

pub(crate) fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A DOCX of these paragraphs, styles and lists, each as markup.
pub(crate) fn docx(body: &str, styles: &str, numbering: &str) -> Vec<u8> {
    let part =
        |name: &str, inner: &str| format!("<w:{name} xmlns:w=\"{WORD}\">{inner}</w:{name}>").into_bytes();
    package(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("word/document.xml", part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/styles.xml", part("styles", styles)),
        ("word/numbering.xml", part("numbering", numbering)),
    ])
}

/// An ODT of these paragraphs and styles.
pub(crate) fn odt(body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"{OFFICE}\" xmlns:text=\"{TEXT}\" xmlns:style=\"{STYLE}\" \
         xmlns:table=\"{TABLE}\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>\
         {body}</office:text></office:body></office:document-content>"
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

/// The archive with one part changed.
pub(crate) fn change(archive: &[u8], name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let own = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if own == name {
            change(&mut bytes);
        }
        parts.push((own, bytes));
    }
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    package(&parts)
}

/// A PDF of these objects, numbered from 1, of which the first is the catalog.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut file, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    file.extend(format!("trailer <</Size {size} /Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// A stream object.
pub(crate) fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary} /Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// A PDF of one page with this content; further objects begin with 5.
pub(crate) fn page(content: &[u8], resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>".to_vec(),
        format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<{resources}>>>>"
        )
        .into_bytes(),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// A PDF of pages with these contents; further objects begin with 1000.
pub(crate) fn pages(contents: &[String], resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 3 + 2 * at)).collect();
    let mut objects = vec![
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        format!("<</Type /Pages /Kids [{}] /Count {}>>", kids.join(" "), kids.len()).into_bytes(),
    ];
    for (at, content) in contents.iter().enumerate() {
        let page = format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources <<{resources}>>>>",
            4 + 2 * at
        );
        objects.extend([page.into_bytes(), stream("", content.as_bytes())]);
    }
    objects.resize(999, b"null".to_vec());
    objects.extend_from_slice(more);
    pdf(&objects)
}
