//! Readers by kind.

use super::budget::Budget;
use super::content::Document;
use super::docx::Docx;
use super::error::Problem;
use super::html::Html;
use super::kind::Kind;
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
    fn read(&self, source: &mut Source<'_>, kind: Kind, budget: &mut Budget) -> Result<Document, Problem>;
}

/// The reader of a kind, if its text is read.
pub(super) fn of(kind: Kind) -> Option<&'static dyn DocumentReader> {
    match kind {
        Kind::Docx => Some(&Docx),
        Kind::Odt => Some(&Odt),
        Kind::Pdf => Some(&Pdf),
        Kind::Html => Some(&Html),
        Kind::Text(_) | Kind::Markdown => Some(&Plain),
        _ => None,
    }
}
