//! How large a text, list or map of a script may be.

use rhai::{Array, Dynamic, ImmutableString};

use crate::resources::meter;
use crate::script::error::Res;
use crate::script::error::sizes::{TEXT, elements, too_large};

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
pub(crate) fn replaced(arguments: &[&mut Dynamic]) -> Res<()> {
    let (whole, part, by) = (text(arguments.first()), text(arguments.get(1)), text(arguments.get(2)));
    let (Some(whole), Some(part), Some(by)) = (whole, part, by) else { return Ok(()) };
    let times = whole.matches(part.as_str()).count();
    let longer = by.len().saturating_sub(part.len()).saturating_mul(times);
    if whole.len().saturating_add(longer) > TEXT { Err(too_large("Length of string")) } else { Ok(()) }
}

/// What `join` would make of a list is not too long.
pub(crate) fn joined(arguments: &[&mut Dynamic]) -> Res<()> {
    let signs = arguments.first().and_then(|list| list.read_lock::<Array>().map(|list| list.len()));
    let between = text(arguments.get(1)).map_or(0, |sign| sign.len());
    let length = signs.unwrap_or(0).saturating_sub(1).saturating_mul(between);
    if length > TEXT { Err(too_large("Length of string")) } else { Ok(()) }
}

/// What `pad` would make is not too long, and something is padded with: with an empty text it never ends.
pub(crate) fn padded(arguments: &[&mut Dynamic]) -> Res<()> {
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
