//! How much the values of a script hold, and what is refused for being too large.

use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map, Position};

use super::exceeded::stopped;
use super::raise::Res;
use crate::resources::meter::{self, LimitExceeded};

/// Longest text, in bytes: what a rule makes of the longest cells of a dozen columns or rows.
pub(crate) const TEXT: usize = 262_144;

pub(crate) fn too_large(what: &str) -> Box<EvalAltResult> {
    EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE).into()
}

/// The value, if it is not too large.
pub(crate) fn fits(value: &Dynamic) -> Res<()> {
    if value.read_lock::<ImmutableString>().is_some_and(|text| text.len() > TEXT) {
        return Err(too_large("Length of string"));
    }
    if value.read_lock::<Array>().is_some_and(|list| list.len() > meter::limits().list) {
        return Err(too_large("Size of array/BLOB"));
    }
    if value.read_lock::<Map>().is_some_and(|map| map.len() > meter::limits().map) {
        return Err(too_large("Size of object map"));
    }
    Ok(())
}

/// Deeper than anything a rule needs, and far from the end of any stack.
const DEPTH: usize = 100;
/// Bytes or elements walked in the time of an operation.
pub(crate) const STRIDE: u64 = 16;

/// Length of a text, list or map.
pub(crate) fn length(value: &Dynamic) -> u64 {
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

/// What lists and maps hold.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) elements: u64,
    pub(crate) bytes: u64,
}

impl Held {
    pub(crate) fn cost(&self) -> u64 {
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

pub(crate) fn deep(arguments: &[&mut Dynamic]) -> Res<Held> {
    let mut held = Held::default();
    for argument in arguments {
        held.add(argument, 0).map_err(stopped)?;
    }
    Ok(held)
}

/// Operations a pass over all that a value holds takes.
pub(crate) fn walked(value: &Dynamic) -> Res<u64> {
    let mut held = Held::default();
    held.add(value, 0).map_err(stopped)?;
    Ok(held.cost())
}

/// Elements in a list or map, and in those it holds.
pub(crate) fn elements(value: &Dynamic) -> u64 {
    let mut held = Held::default();
    // Deeper than that it cannot be padded with.
    held.add(value, 0).map_or(u64::MAX, |()| held.elements)
}

/// The value as text, unless it is nested too deeply or too long to be told.
pub(crate) fn brief(value: &Dynamic) -> String {
    let mut held = Held::default();
    let told = held.add(value, 0).is_ok() && held.bytes.saturating_add(held.elements) <= TEXT as u64;
    if told { text(value) } else { "…".to_owned() }
}

/// What the engine writes, but for values of the host's types, of which it knows nothing but what they are called here.
fn text(value: &Dynamic) -> String {
    if let Ok(list) = value.as_array_ref() {
        return format!("[{}]", list.iter().map(inner).collect::<Vec<_>>().join(", "));
    }
    if let Ok(map) = value.as_map_ref() {
        let entries = map.iter().map(|(name, value)| format!("{name}: {}", inner(value)));
        return format!("#{{{}}}", entries.collect::<Vec<_>>().join(", "));
    }
    if value.is_variant() { "…".to_owned() } else { value.to_string() }
}

/// The same inside a list or a map, where texts are quoted.
fn inner(value: &Dynamic) -> String {
    if value.is_string() || value.is_char() { format!("{value:?}") } else { text(value) }
}

/// A list of so many may be made.
pub(crate) fn listed(count: usize) -> Res<()> {
    if count > meter::limits().list { Err(too_large("Size of array/BLOB")) } else { Ok(()) }
}
