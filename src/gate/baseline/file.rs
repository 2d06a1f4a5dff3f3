//! The file of a baseline: TOML, an entry for each finding, to be read and changed by people.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use toml::Spanned;

use super::entry::BaselineEntry;
use crate::gate::entry_error::{EntryError, Kind};
use crate::gate::entry_file::{self, Entry};
use crate::model::described::schema_of;

/// Name and version of the form.
pub const FORM: &str = "wangge.baseline/1";

static KIND: Kind = Kind {
    form: FORM,
    name: ("基准", "baseline"),
    codes: [
        "baseline.unreadable",
        "baseline.syntax",
        "baseline.version",
        "baseline.reason",
        "baseline.expiry",
        "baseline.approver",
    ],
    help: ("用 wangge baseline write 重新写出", "have `wangge baseline write` write it anew"),
};

/// A whole file as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::gate) struct File {
    form: String,
    #[serde(default)]
    finding: Vec<Spanned<BaselineEntry>>,
}

/// A whole file as it is written.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "baseline")]
pub(in crate::gate) struct Written<'e> {
    /// Name and version of the form.
    form: &'static str,
    /// Findings that are known.
    finding: &'e [BaselineEntry],
}

impl Entry for BaselineEntry {
    const KIND: &'static Kind = &KIND;
    type File = File;

    fn parts(file: File) -> (String, Vec<Spanned<Self>>) {
        (file.form, file.finding)
    }

    fn ground(&self) -> (&str, &str) {
        (&self.reason, &self.expires)
    }
}

/// The JSON Schema of a baseline.
pub fn schema() -> Value {
    schema_of::<Written<'_>>()
}

/// The entries of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &Path) -> Result<Vec<BaselineEntry>, Vec<EntryError>> {
    entry_file::read(path)
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

    fn parse(text: &str) -> Result<Vec<BaselineEntry>, Vec<EntryError>> {
        entry_file::parse(text, |row, defect| EntryError {
            kind: BaselineEntry::KIND,
            file: "a".to_owned(),
            row,
            defect,
        })
    }

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
        assert_eq!(parse(&text).unwrap(), entries);
        assert!(text.starts_with("form = \"wangge.baseline/1\""), "{text}");
    }

    #[test]
    fn entries_without_a_reason_or_a_day_are_told_by_their_lines() {
        let mut entries =
            vec![BaselineEntry { reason: " ".to_owned(), expires: "明年".to_owned(), ..entry() }];
        let text = write(&mut entries).unwrap();
        let faults: Vec<_> =
            parse(&text).unwrap_err().iter().map(|error| (error.fault().code, error.fault().row)).collect();
        assert_eq!(faults, [("baseline.reason", Some(3)), ("baseline.expiry", Some(3))]);
        let code = |text| parse(text).unwrap_err().first().map(|error| error.fault().code);
        assert_eq!(code("form = \"wangge.baseline/9\""), Some("baseline.version"));
        assert_eq!(code("form = 1"), Some("baseline.syntax"));
        assert_eq!(code("x"), Some("baseline.syntax"));
    }
}
