//! Readers by kind.

use super::budget::Budget;
use super::content::Document;
use super::docx::Docx;
use super::error::Problem;
use super::html::Html;
use super::kind::FileKind;
use super::odt::Odt;
use super::pdf::Pdf;
use super::plain::Plain;
use super::source::Source;

/// Reads the text of one kind of document.
pub(super) trait DocumentReader: Sync {
    /// The text of a file of this kind.
    ///
    /// # Errors
    /// It is damaged, encrypted, beyond what is read, or has no text.
    fn read(&self, source: &mut Source<'_>, kind: FileKind, budget: &mut Budget)
    -> Result<Document, Problem>;
}

/// The reader of a kind, if its text is read.
pub(super) fn of(kind: FileKind) -> Option<&'static dyn DocumentReader> {
    match kind {
        FileKind::Docx => Some(&Docx),
        FileKind::Odt => Some(&Odt),
        FileKind::Pdf => Some(&Pdf),
        FileKind::Html => Some(&Html),
        FileKind::Text(_) | FileKind::Markdown => Some(&Plain),
        _ => None,
    }
}
