//! Kinds of formats that are ZIP archives, told by the parts they have.

use std::io::{Read, Seek};

use memchr::memmem;
use zip::ZipArchive;

use super::FileKind;
use crate::document::directory;
use crate::document::limit::Limit;
use crate::document::package::plain;

/// Parts by which a kind is known; a name that ends with `/` is a folder. The first that is there decides.
const PARTS: [(&str, FileKind); 6] = [
    ("word/", FileKind::Docx),
    ("xl/", FileKind::Workbook),
    ("ppt/", FileKind::Presentation),
    ("visio/", FileKind::Drawing),
    ("OFD.xml", FileKind::Ofd),
    ("Workbook.xml", FileKind::Workbook),
];

/// What the part `mimetype` says of a kind. Documents and templates alike begin so.
const MIME_TYPES: [(&str, FileKind); 4] = [
    ("application/vnd.oasis.opendocument.text", FileKind::Odt),
    ("application/vnd.oasis.opendocument.spreadsheet", FileKind::Workbook),
    ("application/vnd.oasis.opendocument.presentation", FileKind::Presentation),
    ("application/vnd.oasis.opendocument.graphics", FileKind::Drawing),
];

/// The longest type there is.
const MIME_TYPE: u64 = 128;

/// The kind of an archive; of one whose directory cannot be read, what its first parts tell.
pub(super) fn kind(stream: &mut (impl Read + Seek), sample: &[u8]) -> FileKind {
    let is_bounded =
        directory::entries(stream).is_ok_and(|entries| entries.unwrap_or(0) <= Limit::Parts.most());
    if !is_bounded {
        return of_sample(sample);
    }
    let Ok(mut archive) = ZipArchive::new(stream) else { return of_sample(sample) };
    let mut said = String::new();
    if let Ok(part) = archive.by_name("mimetype")
        && part.take(MIME_TYPE).read_to_string(&mut said).is_ok()
        && let Some((_, kind)) = MIME_TYPES.iter().find(|(prefix, _)| said.starts_with(prefix))
    {
        return *kind;
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| plain(&name)).collect();
    let has = |wanted: &str| {
        let begins = |name: &String| {
            let start = name.get(..wanted.len()).filter(|_| wanted.ends_with('/')).unwrap_or(name);
            start.eq_ignore_ascii_case(wanted)
        };
        names.iter().any(begins)
    };
    let found = has("[Content_Types].xml") || has("OFD.xml");
    let kind = PARTS.iter().find(|(part, _)| found && has(part));
    kind.map_or(FileKind::Zip, |(_, kind)| *kind)
}

fn of_sample(sample: &[u8]) -> FileKind {
    let has = |text: &str| memmem::find(sample, text.as_bytes()).is_some();
    let all = MIME_TYPES.iter().chain(&PARTS);
    all.into_iter().find(|(text, _)| has(text)).map_or(FileKind::Zip, |(_, kind)| *kind)
}
