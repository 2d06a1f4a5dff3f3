//! What was worked out once for a text of a dictionary, and the steps that took.

use rhai::NativeCallContext;

use super::super::calls::Host;
use super::evaluate::{Sure, Unsure};
use super::value::Value;

/// Answers by memory and dictionary number.
pub(super) struct Memory<'h> {
    /// Answers what there is no memory of.
    pub(super) host: Host<'h>,
    places: Vec<Vec<Option<Kept>>>,
    verdicts: Vec<Vec<Verdict>>,
    /// Rounds of closures inside closures.
    pub(super) steps: u64,
    limit: u64,
}

/// What a condition answers of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Unknown,
    No,
    Yes,
    /// The interpreter would object, or might.
    Unsure,
}

impl Verdict {
    pub(super) fn of(answer: Sure<bool>) -> Self {
        match answer {
            Ok(true) => Self::Yes,
            Ok(false) => Self::No,
            Err(Unsure) => Self::Unsure,
        }
    }

    pub(super) fn yes(self) -> Sure<bool> {
        match self {
            Self::Yes => Ok(true),
            Self::No => Ok(false),
            Self::Unsure | Self::Unknown => Err(Unsure),
        }
    }
}

struct Kept {
    value: Sure<Value<'static>>,
    steps: u64,
}

impl<'h> Memory<'h> {
    pub(super) fn new(context: &'h NativeCallContext<'h>, limit: u64) -> Self {
        Self { host: Host::new(context), places: Vec::new(), verdicts: Vec::new(), steps: 0, limit }
    }

    /// One more round; beyond the limit there is no answer.
    pub(super) fn step(&mut self) -> Sure<()> {
        self.steps = self.steps.saturating_add(1);
        if self.steps > self.limit { Err(Unsure) } else { Ok(()) }
    }

    /// What is known of each entry of a dictionary.
    pub(super) fn answers(&mut self, place: usize, entries: usize) -> &mut [Verdict] {
        if self.verdicts.len() <= place {
            self.verdicts.resize_with(place.saturating_add(1), Vec::new);
        }
        let Some(known) = self.verdicts.get_mut(place) else { return &mut [] };
        if known.len() < entries {
            known.resize(entries, Verdict::Unknown);
        }
        known
    }

    /// The answer, charged like the first time, so that a limit does not hang on the storage of a column.
    pub(super) fn known(&mut self, place: usize, code: u32) -> Option<Sure<Value<'static>>> {
        let kept = self.places.get(place)?.get(code as usize)?.as_ref()?;
        self.steps = self.steps.saturating_add(kept.steps);
        Some(kept.value.clone())
    }

    pub(super) fn keep(&mut self, place: usize, code: u32, value: Sure<Value<'static>>, before: u64) {
        if self.places.len() <= place {
            self.places.resize_with(place.saturating_add(1), Vec::new);
        }
        let Some(answers) = self.places.get_mut(place) else { return };
        if answers.len() <= code as usize {
            answers.resize_with((code as usize).saturating_add(1), || None);
        }
        if let Some(answer) = answers.get_mut(code as usize) {
            *answer = Some(Kept { value, steps: self.steps.saturating_sub(before) });
        }
    }
}
