//! Tool failures: why a run could not judge. Not to be confused with findings about the data.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use super::text::Text;

/// A code of the program: as long-lived as it.
type Code = &'static str;

/// A failure, ready to be shown: what, where, what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Stable code, such as `ingest.encoding`.
    #[serde(deserialize_with = "code")]
    pub code: Code,
    /// What failed and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// File, if any.
    pub file: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row or line.
    pub row: Option<u32>,
    /// 1-based column in characters, or the header of a table's column.
    pub column: Option<String>,
    /// Text of the failing line and the characters to mark in it (start, length), if there is one.
    pub excerpt: Option<(String, usize, usize)>,
}

/// A named failure that can explain itself.
pub trait Explain {
    /// The failure as it is shown.
    fn fault(&self) -> Fault;
}

/// Codes are part of the program; one that is read back lives as long, and each only once.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let read = String::deserialize(deserializer)?;
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(code) = codes.get(read.as_str()) {
        return Ok(code);
    }
    let code = Box::leak(read.into_boxed_str());
    codes.insert(code);
    Ok(code)
}
