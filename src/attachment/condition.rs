//! What can be said of a file without a person looking at it: its kind, whether it opens, whether something is in it.

use std::io;

use zip::ZipArchive;

use crate::document::{self, Document, DocumentError, FileClass, FileKind, PictureContent, Problem};
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
    file.look(|stream| look(&file.name, stream)).unwrap_or_else(|why| (closed(Some(why)), None))
}

fn look(name: &str, mut stream: &mut dyn Stream) -> io::Result<(Examined, Option<Document>)> {
    let kind = FileKind::of(&mut stream)?;
    stream.rewind()?;
    let sha256 = sha256(&mut stream)?;
    let known = Examined { format: kind.text(), sha256, ..closed(None) };
    if is_misnamed(name, kind) {
        let remark = Text::new(
            "扩展名与内容不符，不能按扩展名打开",
            "it is not what its ending says and does not open as that",
        );
        return Ok((Examined { remark: Some(remark), ..known }, None));
    }
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
        FileClass::Archive if kind == FileKind::Zip => (archive(known, stream), None),
        FileClass::Table | FileClass::Recording | FileClass::Archive => {
            (Examined { condition: Condition::Opens, ..known }, None)
        }
        FileClass::Other if kind == FileKind::Unknown || kind == FileKind::Program => {
            let remark = Text::new("不是能够查阅的文件", "it is no file that can be read");
            (Examined { remark: Some(remark), ..known }, None)
        }
        FileClass::Other => (Examined { condition: Condition::Opens, ..known }, None),
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
    let (condition, said) = match document::picture_content(stream)? {
        PictureContent::Drawn | PictureContent::NotLookedAt => (Condition::Opens, None),
        PictureContent::OneColour => (
            Condition::Blank,
            Some(("图片只有一种颜色，没有内容", "the picture is of one colour: nothing is on it")),
        ),
        PictureContent::Broken => {
            (Condition::Closed, Some(("图片不完整或者已损坏", "the picture is cut off or corrupt")))
        }
    };
    Ok(Examined { condition, remark: said.map(|(zh, en)| Text::new(zh, en)), ..known })
}

/// A ZIP: it opens where its directory can be read, and something is in it.
fn archive(known: Examined, stream: &mut dyn Stream) -> Examined {
    let said = |zh, en| Some(Text::new(zh, en));
    match ZipArchive::new(stream) {
        Ok(archive) if archive.is_empty() => {
            let remark = said("压缩包中没有文件", "the archive holds no file");
            Examined { condition: Condition::Blank, remark, ..known }
        }
        Ok(_) => Examined { condition: Condition::Opens, ..known },
        Err(_) => Examined { remark: said("压缩包已损坏", "the archive is corrupt"), ..known },
    }
}

/// Whether a file that is text, by its bytes, has the ending of something else: no program opens it as that.
fn is_misnamed(name: &str, kind: FileKind) -> bool {
    const OTHERS: [&str; 14] =
        ["pdf", "docx", "doc", "wps", "xlsx", "et", "jpg", "jpeg", "png", "bmp", "tif", "tiff", "zip", "mp4"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(kind, FileKind::Text(_)) && ending.is_some_and(|ending| OTHERS.contains(&ending.as_str()))
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
