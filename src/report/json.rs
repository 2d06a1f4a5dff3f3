//! The report as JSON, version 1: the contract with other programs. `docs/report.schema.json` describes it.

use std::fmt::Write;

use serde::Serialize;
use thiserror::Error;

use super::escape;
use crate::model::described::schema_of;
use crate::model::fault::{Explain, Fault};
use crate::model::report::{Report, SCHEMA};
use crate::model::text::Text;

/// Why a text is no report of ours.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Not JSON, or not of the form of a report.
    #[error("not a report: {0}")]
    Form(#[from] serde_json::Error),
    /// A report of another version.
    #[error("report of form `{0}`, not `{SCHEMA}`")]
    Version(String),
}

impl Explain for ReadError {
    fn fault(&self) -> Fault {
        let (code, zh, row) = match self {
            Self::Form(error) => ("report.form", "不是有效的报告文件".to_owned(), row(error)),
            Self::Version(found) => {
                ("report.version", format!("报告格式为“{found}”，本程序只认“{SCHEMA}”"), None)
            }
        };
        let help = Text::new(
            "请给出用 check -o json 写出的报告文件，不要手工修改",
            "Give a report written by `check -o json`, unedited",
        );
        Fault { code, message: Text::new(zh, self.to_string()), help, row, ..Fault::default() }
    }
}

fn row(error: &serde_json::Error) -> Option<u32> {
    u32::try_from(error.line()).ok().filter(|line| *line > 0)
}

/// The report as indented JSON with a newline at the end; the same report always gives the same bytes.
///
/// Characters that a terminal would act on are written as escapes, so that the file can be looked at with `cat`.
///
/// # Errors
///
/// When a value has no JSON form, which no report has.
pub fn to_string<T: Serialize>(report: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|json| escaped(&json) + "\n")
}

/// A part of a report, or one without its organizations, as one line of JSON with a newline at the end.
///
/// # Errors
///
/// When a value has no JSON form, which no part of a report has.
pub fn line<T: Serialize>(part: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(part).map(|json| escaped(&json) + "\n")
}

/// Reads a report back.
///
/// # Errors
///
/// When the text is not a report of version 1.
pub fn from_str(json: &str) -> Result<Report, ReadError> {
    // The version first: the form of another version would only give a misleading message.
    let version: Version = serde_json::from_str(json)?;
    if version.schema != SCHEMA {
        return Err(ReadError::Version(version.schema));
    }
    Ok(serde_json::from_str(json)?)
}

/// The JSON Schema of a report, as checked in.
pub fn schema() -> String {
    // The alternate form of a JSON value is indented JSON, and cannot fail.
    format!("{:#}\n", schema_of::<Report>())
}

#[derive(serde::Deserialize)]
struct Version {
    schema: String,
}

/// Valid JSON has these characters inside strings only, except the newlines between its lines.
pub(super) fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut copied = 0;
    for (at, c) in json.char_indices() {
        if c == '\n' || !escape::hidden(c) {
            continue;
        }
        safe.push_str(json.get(copied..at).unwrap_or_default());
        copied = at.saturating_add(c.len_utf8());
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{unit:04x}");
        }
    }
    safe.push_str(json.get(copied..).unwrap_or_default());
    safe
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

    #[test]
    fn another_version_is_named() {
        let read = from_str(r#"{"schema": "wangge.report/9"}"#);
        assert!(
            matches!(&read, Err(ReadError::Version(version)) if version == "wangge.report/9"),
            "{read:?}"
        );
        let read = from_str("{\n\"schema\": 1 }");
        let row = read.err().and_then(|error| error.fault().row);
        assert_eq!(row, Some(2));
    }
}
