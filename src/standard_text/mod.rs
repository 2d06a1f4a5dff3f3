//! The parts of a standard in the text of a document: cover, chapters, terms, citations, captions, as GB/T 1.1 lays them
//! out.
//!
//! ```text
//! Document ─▶ outline (chapters and clauses) ─┬▶ cover ─▶ number, title, dates
//!                                             ├▶ term, citation, caption, provision
//! ```
//!
//! Nothing here judges: what a part lacks is left empty, for rules to tell.

mod appendix;
mod caption;
mod citation;
mod cover;
mod designation;
mod likeness;
mod outline;
mod provision;
mod rows;
mod term;
mod title;

pub use caption::{Caption, CaptionKind};
pub use citation::{Citation, CitationPlace};
pub use cover::Cover;
pub use outline::{Part, Section};
pub use provision::{Limit, Modal, Provision};
pub use rows::{Listed, Writer};
pub use term::Term;

use std::collections::BTreeSet;

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
        let outline::Outline { cover, sections, .. } = outline::of(document);
        Self {
            cover: cover::of(&cover, document),
            terms: term::of(&sections),
            citations: citation::of(&sections),
            captions: caption::of(&sections),
            provisions: provision::of(&sections),
            sections,
        }
    }

    /// Chapters with a number.
    fn chapters(&self) -> usize {
        let is_chapter = |section: &&Section| section.level == 1 && !section.number.is_empty();
        self.sections.iter().filter(|section| is_chapter(section) && section.part != Part::Appendix).count()
    }

    /// Characters of what it requires or defines, without titles.
    fn body(&self) -> u64 {
        let binding =
            self.sections.iter().filter(|section| section.is_binding() || section.part == Part::Terms);
        binding.map(Section::characters_of_lines).fold(0, u64::saturating_add)
    }

    /// Of a hundred clauses that have none below them, those without any text.
    fn bare(&self) -> usize {
        let after = self.sections.iter().skip(1).map(Some).chain([None]);
        let is_lowest = |(one, next): &(&Section, Option<&Section>)| {
            one.is_binding() && next.is_none_or(|next| next.level <= one.level)
        };
        let lowest: Vec<_> = self.sections.iter().zip(after).filter(is_lowest).collect();
        let bare = lowest.iter().filter(|(section, _)| section.lines.is_empty()).count();
        bare.saturating_mul(100).checked_div(lowest.len()).unwrap_or(0)
    }

    /// Of a hundred sentences of what it requires, those that stand there before.
    fn repeated(&self) -> usize {
        let binding = self.sections.iter().filter(|section| section.is_binding());
        let lines = binding.flat_map(|section| &section.lines).filter(|line| !line.is_cell);
        let sentences: Vec<String> = lines
            .flat_map(|line| line.text.split(['。', '；']))
            .map(|sentence| sentence.chars().filter(|c| c.is_alphabetic()).collect::<String>())
            .filter(|sentence| !sentence.is_empty())
            .collect();
        let distinct: BTreeSet<&String> = sentences.iter().collect();
        let again = sentences.len().saturating_sub(distinct.len());
        again.saturating_mul(100).checked_div(sentences.len()).unwrap_or(0)
    }

    /// By section, characters of its text and of the clauses below it, without titles.
    fn contents(&self) -> Vec<u64> {
        let mut contents = Vec::with_capacity(self.sections.len());
        // Sections that those read so far lie in, with their levels.
        let mut above: Vec<(usize, u8)> = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            above.retain(|(_, level)| *level < section.level);
            above.push((at, section.level));
            contents.push(0_u64);
            let own = section.characters_of_lines();
            for (at, _) in &above {
                if let Some(content) = contents.get_mut(*at) {
                    *content = content.saturating_add(own);
                }
            }
        }
        contents
    }
}

#[cfg(test)]
mod tests;
