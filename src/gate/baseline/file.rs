//! The file of a baseline: TOML, an entry for each finding, to be read and changed by people.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::entry::BaselineEntry;
use super::error::BaselineError;
use crate::model::toml_error::{self, LineIndex};
use crate::table::date::Date;

/// Name and version of the form.
pub const FORM: &str = "wangge.baseline/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    form: String,
    #[serde(default)]
    finding: Vec<Spanned<BaselineEntry>>,
}

#[derive(Serialize)]
struct Written<'e> {
    form: &'static str,
    finding: &'e [BaselineEntry],
}

/// The entries of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &Path) -> Result<Vec<BaselineEntry>, Vec<BaselineError>> {
    let file = path.to_string_lossy().replace('\\', "/");
    let text =
        fs::read_to_string(path).map_err(|error| vec![BaselineError::Unreadable(file.clone(), error)])?;
    parse(text.trim_start_matches('\u{feff}'), &file)
}

fn parse(text: &str, file: &str) -> Result<Vec<BaselineEntry>, Vec<BaselineError>> {
    let lines = LineIndex::of(text);
    let read: Read = toml::from_str(text).map_err(|error| {
        let line = lines.line_at(error.span().unwrap_or_default().start);
        vec![BaselineError::Syntax(file.to_owned(), line, toml_error::translate(error.message()))]
    })?;
    if read.form != FORM {
        return Err(vec![BaselineError::Version(file.to_owned())]);
    }
    let mut errors = Vec::new();
    for entry in &read.finding {
        let (line, file) = (lines.line_at(entry.span().start), || file.to_owned());
        if entry.get_ref().reason.trim().is_empty() {
            errors.push(BaselineError::Reason(file(), line));
        }
        if Date::from_iso(&entry.get_ref().expires).is_none() {
            errors.push(BaselineError::Expiry(file(), line));
        }
    }
    if errors.is_empty() {
        Ok(read.finding.into_iter().map(Spanned::into_inner).collect())
    } else {
        Err(errors)
    }
}

/// The text of a file with these entries, in order.
///
/// # Errors
/// An entry has no form in TOML, which does not happen.
pub fn write(entries: &mut [BaselineEntry]) -> Result<String, toml::ser::Error> {
    entries.sort();
    toml::to_string(&Written { form: FORM, finding: entries })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::model::fault::Explain;
    use crate::model::finding::Severity;

    fn entry() -> BaselineEntry {
        BaselineEntry {
            organization: "350602".to_owned(),
            rule: "A.1.3".to_owned(),
            target: "A.1.3.b".to_owned(),
            severity: Severity::Error,
            message: "缺少“标准”\n两处".to_owned(),
            places: vec!["0a".to_owned()],
            more: 2,
            reason: "历史数据".to_owned(),
            expires: "2027-06-30".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut entries = vec![entry(), BaselineEntry { organization: "1".to_owned(), more: 0, ..entry() }];
        let text = write(&mut entries).unwrap();
        assert_eq!(parse(&text, "a").unwrap(), entries);
        assert!(text.starts_with("form = \"wangge.baseline/1\""), "{text}");
    }

    #[test]
    fn entries_without_a_reason_or_a_day_are_told_by_their_lines() {
        let mut entries =
            vec![BaselineEntry { reason: " ".to_owned(), expires: "明年".to_owned(), ..entry() }];
        let text = write(&mut entries).unwrap();
        let faults: Vec<_> = parse(&text, "a")
            .unwrap_err()
            .iter()
            .map(|error| (error.fault().code, error.fault().row))
            .collect();
        assert_eq!(faults, [("baseline.reason", Some(3)), ("baseline.expiry", Some(3))]);
        let code = |text| parse(text, "a").unwrap_err().first().map(|error| error.fault().code);
        assert_eq!(code("form = \"wangge.baseline/9\""), Some("baseline.version"));
        assert_eq!(code("form = 1"), Some("baseline.syntax"));
        assert_eq!(code("x"), Some("baseline.syntax"));
    }
}
