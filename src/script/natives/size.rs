//! How large a text, list or map of a script may be.

use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map, Position};

use super::super::rows::Res;
use super::work::elements;
use crate::resources::meter;

/// Longest text, in bytes: what a rule makes of the longest cells of a dozen columns or rows.
pub(in crate::script) const TEXT: usize = 262_144;

pub(in crate::script) fn too_large(what: &str) -> Box<EvalAltResult> {
    EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE).into()
}

/// The value, if it is not too large.
pub(super) fn fits(value: &Dynamic) -> Res<()> {
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

/// A text or character as text.
fn text(value: Option<&&mut Dynamic>) -> Option<ImmutableString> {
    let value = value?;
    value
        .as_char()
        .map(|one| one.to_string().into())
        .or_else(|_| value.as_immutable_string_ref().map(|text| text.clone()))
        .ok()
}

/// What `replace` would make is not too long. The engine looks only when it has been made.
pub(super) fn replaced(arguments: &[&mut Dynamic]) -> Res<()> {
    let (whole, part, by) = (text(arguments.first()), text(arguments.get(1)), text(arguments.get(2)));
    let (Some(whole), Some(part), Some(by)) = (whole, part, by) else { return Ok(()) };
    let times = whole.matches(part.as_str()).count();
    let longer = by.len().saturating_sub(part.len()).saturating_mul(times);
    if whole.len().saturating_add(longer) > TEXT { Err(too_large("Length of string")) } else { Ok(()) }
}

/// What `join` would make of a list is not too long.
pub(super) fn joined(arguments: &[&mut Dynamic]) -> Res<()> {
    let signs = arguments.first().and_then(|list| list.read_lock::<Array>().map(|list| list.len()));
    let between = text(arguments.get(1)).map_or(0, |sign| sign.len());
    let length = signs.unwrap_or(0).saturating_sub(1).saturating_mul(between);
    if length > TEXT { Err(too_large("Length of string")) } else { Ok(()) }
}

/// What `pad` would make is not too long, and something is padded with: with an empty text it never ends.
pub(super) fn padded(arguments: &[&mut Dynamic]) -> Res<()> {
    let wanted = arguments.get(1).and_then(|length| length.as_int().ok()).unwrap_or(0);
    let wanted = usize::try_from(wanted).unwrap_or(0);
    let list = arguments.first().is_some_and(|value| value.is_array());
    let with = text(arguments.get(2));
    if !list && wanted > 0 && with.is_some_and(|with| with.is_empty()) {
        return Err(too_large("Length of string"));
    }
    let filler = arguments.get(2).map_or(0, |filler| elements(filler));
    let filler = usize::try_from(filler).unwrap_or(usize::MAX);
    match list {
        true if filler.saturating_add(1).saturating_mul(wanted) > meter::limits().list => {
            Err(too_large("Size of array/BLOB"))
        }
        false if wanted > TEXT => Err(too_large("Length of string")),
        _ => Ok(()),
    }
}
