//! A package of Office Open XML read back: its parts, and what a text document says, a paragraph a line.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The parts of a package: path and bytes, in their order.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// A part of a package.
pub fn part(bytes: &[u8], path: &str) -> String {
    let found = parts(bytes).into_iter().find(|(name, _)| name == path).unwrap();
    String::from_utf8(found.1).unwrap()
}

/// Every event of XML that must be well-formed, entities in texts resolved.
pub fn events(xml: &str) -> Vec<Event<'static>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return all,
            event => all.push(event.into_owned()),
        }
    }
}

/// An attribute of an element.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().map(Result::unwrap).find(|one| one.key.0 == name)?;
    Some(quick_xml::escape::unescape(&found.value).unwrap().into_owned())
}

/// Values of an attribute wherever an element has it.
pub fn attributes(xml: &str, element: &str, name: &str) -> Vec<String> {
    let all = events(xml).into_iter().filter_map(|event| match event {
        Event::Start(start) | Event::Empty(start) if start.name().0 == element => attribute(&start, name),
        _ => None,
    });
    all.collect()
}

/// What a document says: a paragraph a line with its style, a row a line with its cells, where charts and sections are.
pub fn told(xml: &str) -> String {
    let (mut text, mut line, mut style) = (String::new(), String::new(), String::new());
    let mut in_row = false;
    for event in events(xml) {
        match event {
            Event::Start(start) if start.name().0 == "w:tr" => in_row = true,
            Event::Start(start) | Event::Empty(start) => match start.name().0 {
                "w:pStyle" => style = attribute(&start, "w:val").unwrap(),
                "w:br" => line.push('⏎'),
                "wp:docPr" => line.extend(["(", &attribute(&start, "descr").unwrap(), ")"]),
                "w:sectPr" => line.push_str("(end of section)"),
                _ => {}
            },
            Event::Text(content) => line.push_str(&content.into_inner()),
            Event::GeneralRef(name) => {
                line.push_str(&quick_xml::escape::unescape(&format!("&{};", name.into_inner())).unwrap());
            }
            Event::End(end) => match end.name().0 {
                "w:tc" => line.push_str(" | "),
                "w:tr" => {
                    text.extend(["  | ", &line, "\n"]);
                    (in_row, line) = (false, String::new());
                }
                "w:p" if !in_row => {
                    if !line.is_empty() {
                        text.extend([&style, ": ", &line, "\n"]);
                    }
                    line.clear();
                }
                _ => {}
            },
            _ => {}
        }
    }
    text
}
