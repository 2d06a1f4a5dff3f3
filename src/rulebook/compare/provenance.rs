//! Provenance of the values of a rulebook: the document, reason, day and pack that set them.

use super::super::book::{Rulebook, catalog_files};
use super::super::pack::Pack;
use super::provenance_of;
use crate::model::comparison::{Provenance, Section};
use crate::model::pack::OverrideKind;

/// Provenance of the values of a rulebook.
pub(super) struct Provenances<'b> {
    pub(super) book: &'b Rulebook,
}

impl<'b> Provenances<'b> {
    pub(super) fn of(book: &'b Rulebook) -> Self {
        Self { book }
    }

    /// The provenance of the last setting of a value; none where no pack sets it.
    pub(super) fn stated(&self, kind: OverrideKind, target: &str, field: &str) -> Option<Provenance> {
        let same = |one: &&crate::model::pack::Override| {
            one.kind == kind && one.target == target && one.field == field
        };
        self.book.overrides.iter().rfind(same).map(provenance_of)
    }

    /// The provenance of the pack a thing comes from.
    pub(super) fn home(&self, section: Section, target: &str) -> Option<Provenance> {
        let written = format!("id = \"{target}\"");
        let holds = |text: &str| text.lines().any(|line| line.trim() == written);
        let pack = match section {
            Section::Clause => {
                self.book.layers.iter().find(|pack| pack.file("clauses.toml").is_some_and(holds))
            }
            Section::Table | Section::Item | Section::Requirement => {
                let files = catalog_files(&self.book.layers);
                files.iter().find(|file| holds(file.text)).map(|file| file.pack)
            }
            Section::Rule => self.book.homes.get(target).and_then(|(at, _)| self.book.layers.get(*at)),
            _ => None,
        };
        pack.and_then(whole)
    }
}

/// The provenance of everything in a pack; none for the lowest one, which changes nothing.
pub(super) fn whole(pack: &Pack) -> Option<Provenance> {
    let basis = &pack.manifest.whole;
    let provenance = Provenance {
        document: basis.document.clone(),
        reason: basis.reason.clone(),
        from: basis.from.map(|day| day.to_string()),
        pack: pack.info.id.clone(),
    };
    (!pack.manifest.extends.is_empty()).then_some(provenance)
}
