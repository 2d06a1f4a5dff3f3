//! The report as JSON, version 1: the contract with other programs. `docs/report.schema.json` describes it.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::escape;
use crate::model::described::schema_of;
use crate::model::report::{Organization, Report};

mod error;
mod read;
mod validation;
mod whole;

pub use self::error::ReadError;
pub use self::read::read;
pub use self::whole::{ReportDigest, WholeWriter};

/// Indented JSON with a newline at the end; the same value always gives the same bytes.
///
/// Characters that a terminal would act on are written as escapes, so that the file can be looked at with `cat`.
///
/// # Errors
///
/// When the value has no JSON form, which no part of a report lacks.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(value).map(|json| escaped(&json) + "\n")
}

/// A part of a report, or one without its organizations, as one line of JSON with a newline at the end.
///
/// # Errors
///
/// When a value has no JSON form, which no part of a report has.
pub fn line<T: Serialize>(part: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(part).map(|json| escaped(&json) + "\n")
}

/// A whole report as text: what `-o json` writes.
///
/// # Errors
///
/// When a value has no JSON form, which no report has.
pub fn whole(report: &Report) -> Result<String, serde_json::Error> {
    let mut writer = WholeWriter::begin(report);
    let parts = report.organizations.iter().map(|one| writer.organization(one));
    let mut text = parts.collect::<Result<String, _>>()?;
    text.push_str(&writer.end(report)?);
    Ok(text)
}

/// Reads a report back.
///
/// # Errors
///
/// When the text is not a report of version 1, or was changed since it was written.
pub fn from_str(json: &str) -> Result<Report, ReadError> {
    let mut organizations = Vec::new();
    let report = read(json.as_bytes(), |one| organizations.push(one))?;
    Ok(Report { organizations, ..report })
}

/// The JSON Schema of a report, as checked in.
pub fn schema() -> String {
    text(&schema_of::<Report>())
}

/// A schema as it is checked in.
pub fn text(schema: &Value) -> String {
    // The alternate form of a JSON value is indented JSON, and cannot fail.
    format!("{schema:#}\n")
}

/// The JSON Schema of a line of `-o jsonl`.
pub fn line_schema() -> Value {
    schema_of::<Line>()
}

/// A line of `-o jsonl`: an organization, and at the end the report without them.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(title = "line")]
#[expect(dead_code, reason = "what lines are made of; they are written by what they hold")]
enum Line {
    /// The assessment of one organization.
    Organization(Box<Organization>),
    /// The report without its organizations.
    Report(Box<Report>),
}

/// Valid JSON has these characters inside strings only, except the newlines between its lines.
pub(super) fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, hidden, after)) = split_hidden(rest) {
        safe.push_str(before);
        for unit in hidden.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{unit:04x}");
        }
        rest = after;
    }
    safe.push_str(rest);
    safe
}

/// What stands before the first hidden character, the character, and what stands after it.
fn split_hidden(json: &str) -> Option<(&str, char, &str)> {
    let (bytes, mut at) = (json.as_bytes(), 0_usize);
    while let Some(byte) = bytes.get(at) {
        let length = match byte {
            b' '..=b'~' | b'\n' => 1,
            // The first byte of U+4000 to U+9FFF, none of which is hidden.
            0xe4..=0xe9 => 3,
            _ => {
                let (before, rest) = json.split_at_checked(at)?;
                let mut characters = rest.chars();
                let c = characters.next()?;
                if escape::hidden(c) {
                    return Some((before, c, characters.as_str()));
                }
                c.len_utf8()
            }
        };
        at = at.saturating_add(length);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() -> Result<(), serde_json::Error> {
        let text = "甲\u{202e}\u{9b}\u{7f}\u{e0041}\u{1b}\n乙";
        let json = escaped(&serde_json::to_string(text)?);
        assert_eq!(json, r#""甲\u202e\u009b\u007f\udb40\udc41\u001b\n乙""#);
        assert_eq!(serde_json::from_str::<String>(&json)?, text);
        Ok(())
    }
}
