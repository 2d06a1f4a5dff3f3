//! On what ground a rulebook says what it says.

use super::super::book::{Rulebook, catalog_files};
use super::super::pack::Pack;
use super::ground_of;
use crate::model::comparison::{Ground, Section};
use crate::model::pack::OverrideKind;

/// The grounds of a rulebook.
pub(super) struct Grounds<'b> {
    pub(super) book: &'b Rulebook,
}

impl<'b> Grounds<'b> {
    pub(super) fn of(book: &'b Rulebook) -> Self {
        Self { book }
    }

    /// That of the last setting of a value, if one has a say in it.
    pub(super) fn stated(&self, kind: OverrideKind, target: &str, field: &str) -> Option<Ground> {
        let same = |one: &&crate::model::pack::Override| {
            one.kind == kind && one.target == target && one.field == field
        };
        self.book.overrides.iter().rfind(same).map(ground_of)
    }

    /// That of the pack a thing comes from.
    pub(super) fn home(&self, section: Section, target: &str) -> Option<Ground> {
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

/// The ground of a whole pack; the lowest one needs none.
pub(super) fn whole(pack: &Pack) -> Option<Ground> {
    let basis = &pack.manifest.whole;
    let ground = Ground {
        document: basis.document.clone(),
        reason: basis.reason.clone(),
        from: basis.from.map(|day| day.to_string()),
        pack: pack.info.id.clone(),
    };
    (!pack.manifest.extends.is_empty()).then_some(ground)
}
