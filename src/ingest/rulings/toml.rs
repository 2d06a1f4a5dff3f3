//! Rulings in TOML: `[[ruling]]` with the same keys as the columns of a table.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::draft::{Cell, Draft, Drafts, of_key, suggestion};
use super::error::{RulingError, RulingFault, SourcePosition};
use super::{IngestError, Input};
use crate::ingest::encoding::{Encoding, Wanted};
use crate::model::toml_error::{self, LineIndex};
use crate::table::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ruling: Vec<Spanned<BTreeMap<Spanned<String>, Spanned<Value>>>>,
}

/// Reads the rulings of a TOML file.
pub(super) fn read(input: &Input, drafts: &mut Drafts) -> Result<(), IngestError> {
    // TOML is UTF-8 by definition.
    input.decoded(Wanted::Fixed(Encoding::Utf8))?;
    let mut text = String::new();
    input.stream().read_to_string(&mut text).map_err(|error| input.unreadable(&error))?;
    let text = text.trim_start_matches('\u{feff}');
    let source = Arc::new(Source { file: input.name.clone(), sheet: None });
    match toml::from_str::<File>(text) {
        Ok(file) => {
            let lines = LineIndex::of(text);
            for ruling in file.ruling {
                input.poll().map_err(|error| input.unreadable(&error))?;
                take(&ruling, &source, &lines, drafts);
            }
        }
        Err(error) => {
            let row = error.span().map(|span| line(&LineIndex::of(text), span.start));
            let fault = RulingFault::Syntax(toml_error::translate(error.message()));
            drafts.errors.push(at(&source, row, None, fault));
        }
    }
    Ok(())
}

fn take(
    ruling: &Spanned<BTreeMap<Spanned<String>, Spanned<Value>>>,
    source: &Arc<Source>,
    lines: &LineIndex,
    drafts: &mut Drafts,
) {
    let mut draft = Draft::new(source, line(lines, ruling.span().start));
    for (key, value) in ruling.get_ref() {
        let row = line(lines, key.span().start);
        let header = key.get_ref().clone();
        let (Some(field), Some(value_text)) = (of_key(&header), value_text(value.get_ref())) else {
            let fault = RulingFault::UnknownKey { suggestion: suggestion(&header) };
            drafts.errors.push(at(source, Some(row), Some(header), fault));
            continue;
        };
        draft.set(field, Cell { text: value_text, header, row });
    }
    drafts.all.push(draft);
}

/// A value as text; lists and tables are none.
fn value_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Datetime(date) => Some(date.to_string()),
        Value::Boolean(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

fn at(source: &Source, row: Option<u32>, column: Option<String>, fault: RulingFault) -> RulingError {
    let place = SourcePosition { file: source.file.clone(), sheet: None, row, column, value: None };
    RulingError::At(Box::new(place), fault)
}

fn line(lines: &LineIndex, at: usize) -> u32 {
    u32::try_from(lines.line_at(at)).unwrap_or(u32::MAX)
}
