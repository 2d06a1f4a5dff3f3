//! What a call of a host function costs, told from its arguments before it is made.

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::super::bounds;
use super::super::lookups::LOOKUP;
use super::super::rows::{Res, Rows};
use super::size;
use crate::resources::meter::LimitExceeded;

/// How the cost of a call follows from its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::script) enum Work {
    /// Nothing beside the operation itself.
    Free,
    /// A pass over texts and lists.
    Walk,
    /// A pass over all that lists and maps hold.
    Deep,
    /// Making a text of all that lists and maps hold.
    Text,
    /// The same with a text between all elements.
    Join,
    /// The text with parts of it replaced.
    Replace,
    /// Something made as long as asked for.
    Pad,
    /// A pass that may move all that follows for each element.
    Shift,
    /// Sorting, or going through the keys of maps.
    Sort,
    /// Always the same, and much.
    Slow,
    /// Always the same, and very much.
    Slower,
    /// Looking in a text for each text of a list.
    Seek,
    /// So many passes over rows.
    Rows(u64),
    /// A pass over rows, and over others unless there are so many that looking up takes less.
    Except,
}

/// Deeper than anything a rule needs, and far from the end of any stack.
const DEPTH: usize = 100;
/// Bytes or elements walked in the time of an operation.
const STRIDE: u64 = 16;
/// Elements moved in the time of an operation.
const MOVED: u64 = 2_048;
/// Operations that take as long as a pass over no rows.
const PASS: u64 = 16;
/// Operations that take as long as a function worked out by series.
const SERIES: u64 = 400;
/// Operations that take as long as a power of decimals.
const POWERS: u64 = 2_000;
/// Longest text a list is made into.
const LONGEST: u64 = 2 * size::TEXT as u64;

const PASSES: [&str; 22] = [
    "unique",
    "group",
    "sum",
    "duplicates",
    "distinct",
    "alike",
    "blank",
    "filled",
    "told",
    "latest",
    "refers",
    "dangling",
    "later",
    "earlier",
    "above",
    "below",
    "malformed",
    "misplaced",
    "lapsed",
    "tree",
    "strays",
    "+",
];
/// Functions that read titles by the words of the packs.
pub(in crate::script) const TITLES: [&str; 6] =
    ["titled", "foreign", "papers", "related", "unlike", "fitting"];
const DRAWINGS: [&str; 5] = ["drawn", "misdrawn", "overlaps", "uncovered", "outside"];

impl Work {
    /// The cost of a function of the host.
    pub(in crate::script) fn of_host(name: &str) -> Self {
        match name {
            "except" => Self::Except,
            _ if PASSES.contains(&name) => Self::Rows(2),
            _ if TITLES.contains(&name) => Self::Rows(48),
            _ if DRAWINGS.contains(&name) => Self::Rows(4),
            "mentions" | "parts" => Self::Seek,
            "join" => Self::Join,
            "quoted" => Self::Text,
            _ => Self::Deep,
        }
    }

    /// Charges a call; an error where it must not be made.
    pub(super) fn charge(self, arguments: &[&mut Dynamic]) -> Res<()> {
        let cost = match self {
            Self::Free => return Ok(()),
            Self::Slow => SERIES,
            Self::Slower => POWERS,
            Self::Walk => walk(arguments),
            Self::Shift => {
                let elements = arguments.first().map_or(0, |list| length(list));
                walk(arguments).saturating_add(elements.saturating_mul(elements) / MOVED)
            }
            Self::Sort => walk(arguments).saturating_mul(STRIDE),
            Self::Replace => {
                size::replaced(arguments)?;
                walk(arguments)
            }
            Self::Pad => {
                size::padded(arguments)?;
                walk(arguments)
            }
            Self::Seek => sought(arguments)?,
            Self::Rows(passes) => {
                let rows = arguments.iter().map(|argument| rows(argument)).fold(0, u64::saturating_add);
                let pass = (rows.saturating_mul(passes) / STRIDE).saturating_add(PASS);
                pass.saturating_add(deep(arguments)?.cost())
            }
            Self::Except => {
                let mut rows = arguments.iter().map(|argument| rows(argument));
                let (own, others) = (rows.next().unwrap_or(0), rows.next().unwrap_or(0));
                let others = others.min(own.saturating_mul(LOOKUP as u64));
                (own.saturating_add(others) / STRIDE).saturating_mul(2).saturating_add(PASS)
            }
            Self::Deep => deep(arguments)?.cost(),
            Self::Text => told(&deep(arguments)?)?,
            Self::Join => {
                size::joined(arguments)?;
                told(&deep(arguments)?)?
            }
        };
        if cost == 0 { Ok(()) } else { bounds::charge(cost) }
    }
}

/// What it costs to tell it, if it is not too long.
fn told(held: &Held) -> Res<u64> {
    if held.bytes > LONGEST { Err(size::too_large("Length of string")) } else { Ok(held.cost()) }
}

fn rows(argument: &Dynamic) -> u64 {
    let rows = argument.read_lock::<Rows>().map_or(0, |rows| rows.chosen.len());
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// Length of a text, list or map.
fn length(value: &Dynamic) -> u64 {
    let length = if let Ok(text) = value.as_immutable_string_ref() {
        text.len()
    } else if let Ok(list) = value.as_array_ref() {
        list.len()
    } else if let Ok(map) = value.as_map_ref() {
        map.len()
    } else {
        0
    };
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn walk(arguments: &[&mut Dynamic]) -> u64 {
    arguments.iter().map(|argument| length(argument)).fold(0, u64::saturating_add) / STRIDE
}

/// What lists and maps hold.
#[derive(Default)]
struct Held {
    elements: u64,
    bytes: u64,
}

impl Held {
    fn cost(&self) -> u64 {
        self.elements.saturating_mul(2).saturating_add(self.bytes / STRIDE)
    }

    fn add(&mut self, value: &Dynamic, depth: usize) -> Result<(), LimitExceeded> {
        if depth > DEPTH {
            return Err(LimitExceeded::Depth);
        }
        if let Some(text) = value.read_lock::<ImmutableString>() {
            self.bytes = self.bytes.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        } else if let Some(list) = value.read_lock::<Array>() {
            self.count(list.len());
            list.iter().try_for_each(|value| self.add(value, depth.saturating_add(1)))?;
        } else if let Some(map) = value.read_lock::<Map>() {
            self.count(map.len());
            for (key, value) in map.iter() {
                self.bytes = self.bytes.saturating_add(u64::try_from(key.len()).unwrap_or(u64::MAX));
                self.add(value, depth.saturating_add(1))?;
            }
        }
        Ok(())
    }

    fn count(&mut self, elements: usize) {
        self.elements = self.elements.saturating_add(u64::try_from(elements).unwrap_or(u64::MAX));
    }
}

fn deep(arguments: &[&mut Dynamic]) -> Res<Held> {
    let mut held = Held::default();
    for argument in arguments {
        held.add(argument, 0).map_err(bounds::stopped)?;
    }
    Ok(held)
}

/// Operations a pass over all that a value holds takes.
pub(in crate::script) fn walked(value: &Dynamic) -> Res<u64> {
    let mut held = Held::default();
    held.add(value, 0).map_err(bounds::stopped)?;
    Ok(held.cost())
}

/// Elements in a list or map, and in those it holds.
pub(super) fn elements(value: &Dynamic) -> u64 {
    let mut held = Held::default();
    // Deeper than that it cannot be padded with.
    held.add(value, 0).map_or(u64::MAX, |()| held.elements)
}

/// The text is looked through for every word of the list.
fn sought(arguments: &[&mut Dynamic]) -> Res<u64> {
    let text = arguments.first().map_or(0, |text| length(text));
    let held = deep(arguments.get(1..).unwrap_or_default())?;
    let words = held.elements.saturating_add(held.bytes);
    Ok((text.saturating_mul(words) / 512).saturating_add(held.cost()))
}

/// The value as text, unless it is nested too deeply or too long to be told.
pub(in crate::script) fn brief(value: &Dynamic) -> String {
    let mut held = Held::default();
    let told = held.add(value, 0).is_ok() && held.bytes.saturating_add(held.elements) <= size::TEXT as u64;
    if told { value.to_string() } else { "…".to_owned() }
}
