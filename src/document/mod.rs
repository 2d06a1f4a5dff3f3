//! Texts of standards: what a file is by its bytes, and the paragraphs of one that is a document.
//!
//! [`FileKind::of`] tells what any file is, however large: it looks at its start and, of archives, at their directory.
//! [`read`] gives the text of DOCX, ODT, PDF with a text layer, pages, Markdown and plain text, each paragraph with the number of
//! its clause (typed or counted by the program that shows it), depth, page and place. What cannot be read is a
//! [`DocumentError`] that says what, why and what to do.
//!
//! ```
//! use std::io::Cursor;
//!
//! use wangge::document::{self, FileKind, Place};
//!
//! let mut file = Cursor::new("基础标识编码规则\n1　范围\n本文件规定了编码对象。\n4.1.1　唯一性\n");
//! assert_eq!(FileKind::of(&mut file)?.text().zh, "UTF-8编码的文本文件");
//! let document = document::read("总则.txt", &mut file).map_err(|error| format!("{error:?}"))?;
//! let clause = document.paragraphs.last().ok_or("empty")?;
//! assert_eq!((clause.number.as_str(), clause.level, clause.text.as_str()), ("4.1.1", Some(3), "唯一性"));
//! assert_eq!(clause.place, Place::Body);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to call it
//!
//! Everything here is bounded ([`Limit`]), and nothing of it is known to panic. PDF is read by a library that is given
//! files within bounds, but nobody can promise for it: what is not trusted is to be read in a process of its own with
//! limits of memory and time, as workbooks are. Files are read one at a time, without threads.

mod budget;
mod characters;
mod charset;
mod clause;
mod collector;
mod content;
mod directory;
mod docx;
mod error;
mod html;
mod kind;
mod label;
mod limit;
mod markup;
mod odt;
mod package;
mod pdf;
mod picture;
mod plain;
mod reader;
mod source;

use std::io::{Read, Seek};

pub use content::{Document, Paragraph, Place, Remark};
pub use error::{DocumentError, Problem, Suspicion};
pub use kind::{FileClass, FileKind};
pub use limit::Limit;
pub use picture::{PictureContent, picture_content};

/// The text of a document; `name` is what messages call it.
///
/// # Errors
/// It is no document, is of a kind that is not read, is encrypted, damaged, blank or beyond a limit, or has no text layer.
pub fn read(name: &str, mut stream: impl Read + Seek) -> Result<Document, DocumentError> {
    let failed = |kind, problem| DocumentError { file: name.to_owned(), kind, problem };
    let kind = FileKind::of(&mut stream).map_err(|error| failed(None, error.into()))?;
    let reader = reader::of(kind).ok_or_else(|| failed(Some(kind), kind.refused()))?;
    let read = source::Source::new(&mut stream).map_err(Problem::from);
    let read = read.and_then(|mut source| reader.read(&mut source, kind, &mut budget::Budget::new()));
    read.map_err(|problem| failed(Some(kind), problem))
}
