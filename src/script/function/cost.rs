//! What a call of a host function costs, told from its arguments before it is made.

use rhai::Dynamic;

use super::sizes;
use crate::script::error::sizes::{Held, STRIDE, TEXT, deep, length, too_large};
use crate::script::error::{Res, exceeded};
use crate::script::value::rows::Rows;
use crate::script::value::selection::LOOKUP;
use crate::script::value::tree::Tree;

/// How the cost of a call follows from its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CostModel {
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

/// Elements moved in the time of an operation.
const MOVED: u64 = 2_048;
/// Operations that take as long as a pass over no rows.
const PASS: u64 = 16;
/// Operations that take as long as a function worked out by series.
const SERIES: u64 = 400;
/// Operations that take as long as a power of decimals.
const POWERS: u64 = 2_000;
/// Longest text a list is made into.
const LONGEST: u64 = 2 * TEXT as u64;

impl CostModel {
    /// Charges a call; an error where it must not be made.
    pub(crate) fn charge(self, arguments: &[&mut Dynamic]) -> Res<()> {
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
                sizes::replaced(arguments)?;
                walk(arguments)
            }
            Self::Pad => {
                sizes::padded(arguments)?;
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
            Self::Text => text_cost(&deep(arguments)?)?,
            Self::Join => {
                sizes::joined(arguments)?;
                text_cost(&deep(arguments)?)?
            }
        };
        if cost == 0 { Ok(()) } else { exceeded::charge(cost) }
    }
}

/// Operations that making the text of a value costs; an error where the text would be too long.
fn text_cost(held: &Held) -> Res<u64> {
    if held.bytes > LONGEST { Err(too_large("Length of string")) } else { Ok(held.cost()) }
}

/// Rows of a selection or a tree.
fn rows(argument: &Dynamic) -> u64 {
    let rows = argument.read_lock::<Rows>().map(|rows| rows.chosen.len());
    let rows = rows.or_else(|| argument.read_lock::<Tree>().map(|tree| tree.len())).unwrap_or(0);
    u64::try_from(rows).unwrap_or(u64::MAX)
}

fn walk(arguments: &[&mut Dynamic]) -> u64 {
    arguments.iter().map(|argument| length(argument)).fold(0, u64::saturating_add) / STRIDE
}

/// The text is looked through for every word of the list.
fn sought(arguments: &[&mut Dynamic]) -> Res<u64> {
    let text = arguments.first().map_or(0, |text| length(text));
    let held = deep(arguments.get(1..).unwrap_or_default())?;
    let words = held.elements.saturating_add(held.bytes);
    Ok((text.saturating_mul(words) / 512).saturating_add(held.cost()))
}
