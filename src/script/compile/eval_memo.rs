//! What was worked out once for a text of a dictionary, and the operations that took.

use std::collections::HashMap;

use ahash::RandomState;
use rhai::{Dynamic, NativeCallContext};

use super::fuel::{self, Allowance};
use super::memo_comparison::Scalar;
use crate::resources::meter;
use crate::script::value::calls::Host;
use crate::script::value::kernel_value::{Fallback, KernelResult, Value};

/// Answers by memory and dictionary number.
pub(crate) struct EvalMemo<'h> {
    context: &'h NativeCallContext<'h>,
    host: Option<Host<'h>>,
    places: Vec<Vec<Option<MemoEntry>>>,
    states: Vec<Vec<MemoState>>,
    scalars: Vec<Vec<Scalar>>,
    words: HashMap<Box<str>, u32, RandomState>,
    /// Operations beside those of the pass: of closures inside closures, and of what the script engine was asked.
    pub(crate) steps: u64,
    limit: u64,
    /// Bytes that may still be held.
    pub(crate) room: usize,
}

/// What a condition answers of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemoState {
    Unknown,
    No,
    Yes,
    /// The interpreter would object, or might.
    Fallback,
}

impl MemoState {
    pub(crate) fn of(answer: KernelResult<bool>) -> Self {
        match answer {
            Ok(true) => Self::Yes,
            Ok(false) => Self::No,
            Err(Fallback) => Self::Fallback,
        }
    }

    pub(crate) fn yes(self) -> KernelResult<bool> {
        match self {
            Self::Yes => Ok(true),
            Self::No => Ok(false),
            Self::Fallback | Self::Unknown => Err(Fallback),
        }
    }
}

struct MemoEntry {
    value: KernelResult<Value<'static>>,
    steps: u64,
}

impl<'h> EvalMemo<'h> {
    pub(crate) fn new(context: &'h NativeCallContext<'h>, allowance: Allowance) -> Self {
        Self {
            context,
            host: None,
            places: Vec::new(),
            states: Vec::new(),
            scalars: Vec::new(),
            words: HashMap::default(),
            steps: 0,
            limit: allowance.operations,
            room: allowance.room,
        }
    }

    /// Answers what there is no memory of.
    fn host(&mut self) -> &mut Host<'h> {
        self.host.get_or_insert_with(|| Host::new(self.context))
    }

    /// One more round; beyond the limit there is no answer.
    pub(crate) fn step(&mut self) -> KernelResult<()> {
        self.spend(fuel::ROUND)
    }

    /// Operations of something else.
    pub(crate) fn spend(&mut self, operations: u64) -> KernelResult<()> {
        self.steps = self.steps.saturating_add(operations);
        // Closures that run together have none to spend, and ask for nothing.
        if operations > 0 && self.steps > self.limit { Err(Fallback) } else { Ok(()) }
    }

    /// What the host's own function answers, paid for as it says.
    pub(crate) fn ask(
        &mut self,
        name: &str,
        changing: bool,
        arguments: &mut [Dynamic],
    ) -> KernelResult<Dynamic> {
        let before = meter::spent().operations;
        let answer = self.host().call(name, changing, arguments);
        let own = meter::spent().operations.saturating_sub(before);
        self.spend(own.saturating_add(fuel::ASKED))?;
        answer.map_err(|_| Fallback)
    }

    /// What is known of each entry of a dictionary.
    pub(crate) fn answers(&mut self, place: usize, entries: usize) -> &mut [MemoState] {
        if self.states.len() <= place {
            self.states.resize_with(place.saturating_add(1), Vec::new);
        }
        let Some(known) = self.states.get_mut(place) else { return &mut [] };
        if known.len() < entries {
            known.resize(entries, MemoState::Unknown);
        }
        known
    }

    /// What was worked out for texts as numbers, as far as anything was.
    pub(crate) fn scalars(&self, place: usize) -> &[Scalar] {
        self.scalars.get(place).map_or(&[], Vec::as_slice)
    }

    /// Keeps what was worked out for a text.
    pub(crate) fn keep_scalar(&mut self, place: usize, code: u32, scalar: Scalar) {
        if self.scalars.len() <= place {
            self.scalars.resize_with(place.saturating_add(1), Vec::new);
        }
        let Some(known) = self.scalars.get_mut(place) else { return };
        if known.len() <= code as usize {
            known.resize((code as usize).saturating_add(1), Scalar::Missing);
        }
        if let Some(slot) = known.get_mut(code as usize) {
            *slot = scalar;
        }
    }

    /// A number for a text: equal ones have the same. None where there is no room to keep it.
    pub(crate) fn word(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.words.get(text) {
            return Some(*number);
        }
        self.take_room(text.len())?;
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.insert(text.into(), number);
        Some(number)
    }

    /// Takes room for so many bytes. Half of it stays for what the kernel makes.
    fn take_room(&mut self, bytes: usize) -> Option<()> {
        self.room = self.room.checked_sub(bytes.checked_mul(2)?)?;
        Some(())
    }

    /// The answer, charged like the first time, so that a limit does not hang on the storage of a column.
    pub(crate) fn known(&mut self, place: usize, code: u32) -> Option<KernelResult<Value<'static>>> {
        let kept = self.places.get(place)?.get(code as usize)?.as_ref()?;
        self.steps = self.steps.saturating_add(kept.steps);
        Some(kept.value.clone())
    }

    pub(crate) fn keep(&mut self, place: usize, code: u32, value: KernelResult<Value<'static>>, before: u64) {
        if self.places.len() <= place {
            self.places.resize_with(place.saturating_add(1), Vec::new);
        }
        let long = value.as_ref().map_or(0, |value| value.with_text(str::len).unwrap_or(0));
        if self.take_room(long).is_none() {
            return;
        }
        let Some(answers) = self.places.get_mut(place) else { return };
        if answers.len() <= code as usize {
            answers.resize_with((code as usize).saturating_add(1), || None);
        }
        if let Some(answer) = answers.get_mut(code as usize) {
            *answer = Some(MemoEntry { value, steps: self.steps.saturating_sub(before) });
        }
    }
}
