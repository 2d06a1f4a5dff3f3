//! Why a text is no report of ours.

use thiserror::Error;

use crate::model::fault::{Explain, Fault};
use crate::model::report::SCHEMA;
use crate::model::text::Text;

/// Why a text is no report of ours.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Not JSON, or not of the form of a report.
    #[error("not a report: {why}{}", within(*.organization))]
    Form {
        /// What is wrong, and where.
        why: serde_json::Error,
        /// The organization it was found in, counted from 1; 0 outside all of them.
        organization: usize,
    },
    /// A report of another version.
    #[error("report of form `{0}`, not `{SCHEMA}`")]
    Version(String),
    /// A number that no assessment comes to, or what is no day.
    #[error("not a report: `{field}` has a value that no assessment gives{}", within(*.organization))]
    Value {
        /// The field.
        field: &'static str,
        /// The organization, counted from 1; 0 outside all of them.
        organization: usize,
    },
    /// The digest is of something else.
    #[error("the report is not as it was written: its digest is of something else (written by version {0})")]
    Changed(String),
    /// It is larger than any report.
    #[error("larger than any report")]
    TooLarge,
}

fn within(organization: usize) -> String {
    if organization == 0 { String::new() } else { format!(", in organization {organization}") }
}

impl Explain for ReadError {
    fn fault(&self) -> Fault {
        let of = |organization: usize| {
            if organization == 0 { String::new() } else { format!("，在第{organization}个单位处") }
        };
        let (code, zh) = match self {
            Self::Form { organization, .. } => {
                ("report.form", format!("不是有效的报告文件{}", of(*organization)))
            }
            Self::Version(found) => ("report.version", format!("报告格式为“{found}”，本程序只认“{SCHEMA}”")),
            Self::Value { field, organization } => {
                ("report.value", format!("“{field}”的值不可能出自评价{}", of(*organization)))
            }
            Self::Changed(version) => {
                ("report.changed", format!("报告与写出时不一致：摘要不符（写出报告的程序版本为 {version}）"))
            }
            Self::TooLarge => ("report.too-large", "文件大得不可能是报告，没有读下去".to_owned()),
        };
        let help = Text::new(
            "请给出用 check -o json 写出、未经改动的报告文件；新版程序写出的，用新版程序读取",
            "give a report written by `check -o json`, unedited; one of a newer program needs that program",
        );
        let (row, column) = self.place();
        Fault { code, message: Text::new(zh, self.to_string()), help, row, column, ..Fault::default() }
    }
}

impl ReadError {
    /// Line and column, both from 1.
    fn place(&self) -> (Option<u32>, Option<String>) {
        let Self::Form { why, .. } = self else { return (None, None) };
        let row = u32::try_from(why.line()).ok().filter(|row| *row > 0);
        (row, row.map(|_| why.column().to_string()))
    }
}
