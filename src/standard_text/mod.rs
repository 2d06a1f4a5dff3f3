//! The parts of a standard in the text of a document: cover, chapters, terms, citations, captions, as GB/T 1.1 lays them
//! out.
//!
//! ```text
//! Document ─▶ outline (chapters and clauses) ─┬▶ cover ─▶ number, title, dates
//!                                             ├▶ term, citation, caption, provision
//! ```
//!
//! Nothing here judges: what a part lacks is left empty, for rules to tell.

mod caption;
mod citation;
mod cover;
mod designation;
mod likeness;
mod outline;
mod provision;
mod rows;
mod term;

pub use caption::{Caption, CaptionKind};
pub use citation::{Citation, CitationPlace};
pub use cover::Cover;
pub use outline::{Part, Section};
pub use provision::{Limit, Modal, Provision};
pub use rows::{Listed, Writer};
pub use term::Term;

use crate::document::Document;

/// The text of one standard, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardText {
    /// What its cover says.
    pub cover: Cover,
    /// Chapters and clauses in order.
    pub sections: Vec<Section>,
    /// Terms that it defines.
    pub terms: Vec<Term>,
    /// Standards that it names, in the list of references and elsewhere.
    pub citations: Vec<Citation>,
    /// Captions of figures and tables.
    pub captions: Vec<Caption>,
    /// Sentences with a word that says how binding they are.
    pub provisions: Vec<Provision>,
}

impl StandardText {
    /// The parts of a document; most are empty where it is no standard.
    pub fn of(document: &Document) -> Self {
        let outline::Outline { cover, sections } = outline::of(document);
        Self {
            cover: cover::of(&cover, document),
            terms: term::of(&sections),
            citations: citation::of(&sections),
            captions: caption::of(&sections),
            provisions: provision::of(&sections),
            sections,
        }
    }
}

#[cfg(test)]
mod tests;
