//! Files of entries that people read and change: TOML with the name of its form, an entry for each thing that does not
//! count at the gate.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::entry_error::{Defect, EntryError, Kind};
use crate::model::toml_error::{self, LineIndex};
use crate::table::date::Date;

/// What stands in such a file.
pub(super) trait Entry: DeserializeOwned {
    /// Which file it is.
    const KIND: &'static Kind;

    /// A whole file.
    type File: DeserializeOwned;

    /// The form that a file names, and its entries.
    fn parts(file: Self::File) -> (String, Vec<Spanned<Self>>);

    /// Why it does not count, and until when.
    fn ground(&self) -> (&str, &str);

    /// What else is missing in it.
    fn missing(&self) -> Option<Defect> {
        None
    }
}

/// The entries of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read<E: Entry>(path: &Path) -> Result<Vec<E>, Vec<EntryError>> {
    let file = path.to_string_lossy().replace('\\', "/");
    let error = |row, defect| EntryError { kind: E::KIND, file: file.clone(), row, defect };
    let text = fs::read_to_string(path).map_err(|why| vec![error(None, Defect::Unreadable(why))])?;
    parse(text.trim_start_matches('\u{feff}'), error)
}

/// The entries of a text; `error` locates what is wrong with it.
pub(super) fn parse<E: Entry>(
    text: &str,
    error: impl Fn(Option<usize>, Defect) -> EntryError,
) -> Result<Vec<E>, Vec<EntryError>> {
    let lines = LineIndex::of(text);
    let file: E::File = toml::from_str(text).map_err(|why| {
        let line = lines.line_at(why.span().unwrap_or_default().start);
        vec![error(Some(line), Defect::Syntax(toml_error::translate(why.message())))]
    })?;
    let (form, entries) = E::parts(file);
    if form != E::KIND.form {
        return Err(vec![error(None, Defect::Version)]);
    }
    let mut errors = Vec::new();
    for entry in &entries {
        let line = lines.line_at(entry.span().start);
        let (reason, expires) = entry.get_ref().ground();
        let reason = reason.trim().is_empty().then_some(Defect::Reason);
        let expires = Date::from_iso(expires).is_none().then_some(Defect::Expiry);
        let defects = [reason, expires, entry.get_ref().missing()];
        errors.extend(defects.into_iter().flatten().map(|defect| error(Some(line), defect)));
    }
    if errors.is_empty() { Ok(entries.into_iter().map(Spanned::into_inner).collect()) } else { Err(errors) }
}
