//! What can be said of a file without a person looking at it: its kind, whether it opens, whether something is in it.

use std::io;

use crate::document::{self, Document, DocumentError, FileClass, FileKind, Problem};
use crate::ingest::{AttachedFile, Stream};
use crate::model::attachment::Condition;
use crate::model::digest::Digest;
use crate::model::fault::Explain;
use crate::model::file_digest::sha256;
use crate::model::text::Text;
use crate::resources::unwind;

/// What was found of a file.
#[derive(Clone, Debug)]
pub(super) struct Examined {
    /// What it is by its bytes.
    pub(super) format: Text,
    /// Digest; empty where it cannot be read.
    pub(super) sha256: String,
    pub(super) pages: Option<u32>,
    pub(super) characters: Option<u64>,
    pub(super) condition: Condition,
    /// What is the matter with it.
    pub(super) remark: Option<Text>,
    /// Whether it is a document whose text cannot be read.
    pub(super) is_without_text: bool,
    /// Digest of its text but for blanks.
    pub(super) text: Option<String>,
    /// The first file with the same bytes or text.
    pub(super) same_as: Option<usize>,
}

/// Looks at a file; its text where it is a document that is read.
pub(super) fn of(file: &AttachedFile) -> (Examined, Option<Document>) {
    let looked = file.look(|stream| look(&file.name, stream));
    looked.and_then(|looked| looked).unwrap_or_else(|error| (unreadable(&error), None))
}

fn look(name: &str, mut stream: &mut dyn Stream) -> io::Result<(Examined, Option<Document>)> {
    let kind = FileKind::of(&mut stream)?;
    stream.rewind()?;
    let sha256 = sha256(&mut stream)?;
    let known = Examined { format: kind.text(), sha256, ..closed(None) };
    Ok(match kind.class() {
        FileClass::Readable => {
            // A library that fails costs the file and nothing else.
            let failed = |_| Err(error(name, kind, Problem::Damaged("the reader failed".to_owned())));
            readable(known, unwind::caught(|| document::read(name, stream)).unwrap_or_else(failed))
        }
        FileClass::Document => (without_text(known, Problem::Unsupported, (name, kind)), None),
        FileClass::Picture => (picture(known, stream)?, None),
        FileClass::Empty => {
            let remark = Some(Text::new("文件为空（0字节）", "the file is empty (0 bytes)"));
            (Examined { condition: Condition::Blank, remark, ..known }, None)
        }
        FileClass::Locked => {
            let remark = Some(error(name, kind, Problem::Encrypted).fault().message);
            (Examined { remark, ..known }, None)
        }
        FileClass::Table | FileClass::Recording | FileClass::Archive | FileClass::Other => {
            (Examined { condition: Condition::Opens, ..known }, None)
        }
    })
}

fn error(name: &str, kind: FileKind, problem: Problem) -> DocumentError {
    DocumentError { file: name.to_owned(), kind: Some(kind), problem }
}

/// A document, as reading it went.
fn readable(known: Examined, read: Result<Document, DocumentError>) -> (Examined, Option<Document>) {
    let error = match read {
        Ok(document) => return (opened(known, &document), Some(document)),
        Err(error) => error,
    };
    let condition = match &error.problem {
        Problem::Blank { .. } => Condition::Blank,
        Problem::NoTextLayer { .. } | Problem::TooLarge(_) | Problem::Unsupported | Problem::NotADocument => {
            Condition::Opens
        }
        Problem::Encrypted | Problem::Damaged(_) | Problem::Suspicious(_) | Problem::Unreadable(_) => {
            Condition::Closed
        }
    };
    let pages = match error.problem {
        Problem::NoTextLayer { pages } | Problem::Blank { pages } => pages,
        _ => None,
    };
    let is_without_text = condition == Condition::Opens;
    (Examined { condition, pages, remark: Some(error.fault().message), is_without_text, ..known }, None)
}

fn opened(known: Examined, document: &Document) -> Examined {
    let garbled = || {
        Text::new(
            "文字大量不能识别，不能据以判断",
            "so much of its text could not be decoded that nothing follows from it",
        )
    };
    let scanned = document.pages_without_text.as_slice();
    let remark = match (document.is_garbled(), scanned) {
        (true, _) => Some(garbled()),
        (false, []) => document.remarks.first().map(|remark| remark.text()),
        (false, pages) => Some(scans(pages)),
    };
    Examined {
        condition: Condition::Opens,
        pages: document.pages,
        characters: Some(document.characters),
        remark,
        is_without_text: document.is_garbled() || !scanned.is_empty(),
        text: Some(text_digest(document)),
        ..known
    }
}

/// Pages that are pictures.
fn scans(pages: &[u32]) -> Text {
    const LISTED: usize = 10;
    let listed: Vec<String> = pages.iter().take(LISTED).map(u32::to_string).collect();
    let more = if pages.len() > LISTED { "等" } else { "" };
    Text::new(
        format!("第{}{more}页是图片，没有文字层", listed.join("、")),
        format!("pages that are pictures without a text layer: {}", listed.join(", ")),
    )
}

fn without_text(known: Examined, problem: Problem, (name, kind): (&str, FileKind)) -> Examined {
    let remark = Some(error(name, kind, problem).fault().message);
    Examined { condition: Condition::Opens, remark, is_without_text: true, ..known }
}

fn picture(known: Examined, stream: &mut dyn Stream) -> io::Result<Examined> {
    let is_blank = document::is_one_colour(stream)? == Some(true);
    let one_colour =
        || Text::new("图片只有一种颜色，没有内容", "the picture is of one colour: nothing is on it");
    Ok(Examined {
        condition: if is_blank { Condition::Blank } else { Condition::Opens },
        remark: is_blank.then(one_colour),
        ..known
    })
}

/// A file the system does not let be read.
fn unreadable(error: &io::Error) -> Examined {
    closed(Some(Text::new(format!("无法读取：{error}"), format!("it cannot be read: {error}"))))
}

fn closed(remark: Option<Text>) -> Examined {
    Examined {
        format: FileKind::Unknown.text(),
        sha256: String::new(),
        pages: None,
        characters: None,
        condition: Condition::Closed,
        remark,
        is_without_text: false,
        text: None,
        same_as: None,
    }
}

/// What tells one text from another: its characters but for blanks.
fn text_digest(document: &Document) -> String {
    let parts = document
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
}
