//! What a kind of finding about the data means, what follows from it and what to do.

use super::text::Text;

/// Chinese and English.
pub(super) type Words = (&'static str, &'static str);

/// A kind of finding about the data.
#[derive(Clone, Copy, Debug)]
pub struct FindingKind {
    /// Its id, `data.<kind>`.
    pub id: &'static str,
    title: Words,
    effect: Words,
    fix: Words,
}

impl FindingKind {
    /// What it is.
    pub fn title(&self) -> Text {
        Text::new(self.title.0, self.title.1)
    }

    /// What follows from it for the assessment.
    pub fn effect(&self) -> Text {
        Text::new(self.effect.0, self.effect.1)
    }

    /// What to do.
    pub fn fix(&self) -> Text {
        Text::new(self.fix.0, self.fix.1)
    }
}

pub(super) const fn of(id: &'static str, title: Words, effect: Words, fix: Words) -> FindingKind {
    FindingKind { id, title, effect, fix }
}
