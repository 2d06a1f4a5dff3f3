//! A rulebook taken apart: things with an id and fields.

use crate::model::comparison::{Change, How, Section};
use crate::model::pack::OverrideKind;
use crate::model::text::Text;

/// A thing that may change.
pub(super) struct Thing {
    pub(super) section: Section,
    pub(super) target: String,
    pub(super) title: Text,
    /// What it is in a few words, told where it comes in or goes.
    pub(super) brief: Text,
    /// The thing it belongs to: where that comes in or goes too, this one is not told.
    pub(super) parent: Option<(Section, String)>,
    pub(super) fields: Vec<Field>,
}

/// One value of it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: Text,
    /// Its entries, where it is a list.
    pub(super) list: Vec<String>,
}

impl Thing {
    /// A thing without fields.
    pub(super) fn named(section: Section, target: &str, title: Text) -> Self {
        let target = target.to_owned();
        Self { section, target, title, brief: Text::default(), parent: None, fields: Vec::new() }
    }

    /// Adds a value that is the same in both languages.
    #[must_use]
    pub(super) fn with(self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.worded(name, Text::new(value.clone(), value))
    }

    /// Adds a value in words.
    #[must_use]
    pub(super) fn worded(mut self, name: &str, value: Text) -> Self {
        self.fields.push(Field { name: name.to_owned(), value, list: Vec::new() });
        self
    }

    /// What tells it from all others of its rulebook.
    pub(super) fn name(&self) -> (u8, &str) {
        (self.section as u8, &self.target)
    }

    /// Whether what it belongs to is among the things of the other rulebook.
    pub(super) fn within(&self, other: &[Self]) -> bool {
        let Some((section, target)) = &self.parent else { return true };
        other.iter().any(|thing| thing.section == *section && thing.target == *target)
    }

    /// The section of `pack.toml` that sets its fields.
    pub(super) fn kind(&self) -> Option<OverrideKind> {
        Some(match self.section {
            Section::Marks => OverrideKind::Marks,
            Section::Policy => OverrideKind::Policy,
            Section::Table => OverrideKind::Table,
            Section::Item => OverrideKind::Item,
            Section::Requirement => OverrideKind::Requirement,
            Section::Parameter => OverrideKind::Parameter,
            Section::Rule => OverrideKind::Rule,
            Section::Clause => OverrideKind::Clause,
            Section::Library | Section::DataTable | Section::Column | Section::Registry => return None,
        })
    }

    /// A change of a field of it, still without values.
    pub(super) fn change(&self, field: &str) -> Change {
        Change {
            section: self.section,
            target: self.target.clone(),
            title: self.title.clone(),
            field: field.to_owned(),
            how: How::Changed,
            was: Text::default(),
            now: Text::default(),
            put_in: Vec::new(),
            taken_out: Vec::new(),
            lines: None,
            provenance: None,
        }
    }
}

/// Where a setting of this kind is told.
pub(super) const fn section(kind: OverrideKind) -> Section {
    match kind {
        OverrideKind::Marks => Section::Marks,
        OverrideKind::Policy => Section::Policy,
        OverrideKind::Parameter => Section::Parameter,
        OverrideKind::Table => Section::Table,
        OverrideKind::Item => Section::Item,
        OverrideKind::Requirement => Section::Requirement,
        OverrideKind::Clause => Section::Clause,
        OverrideKind::Rule | OverrideKind::Replaced | OverrideKind::Off | OverrideKind::Pack => Section::Rule,
        OverrideKind::File => Section::Library,
    }
}
