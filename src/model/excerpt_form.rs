//! The JSON of a row: its headers and its cells beside each other, since a report has very many of them.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::finding::ExcerptCell;

/// A row as it stands in JSON.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct Excerpt {
    /// Headers.
    columns: Vec<String>,
    /// Texts of the cells, one for each header.
    cells: Vec<String>,
    /// Which of them the finding is about, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    marked: Option<usize>,
}

/// The same, of texts that stand elsewhere.
#[derive(Serialize)]
struct ExcerptRef<'a> {
    columns: Vec<&'a str>,
    cells: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marked: Option<usize>,
}

pub(super) fn serialize<S: Serializer>(row: &[ExcerptCell], serializer: S) -> Result<S::Ok, S::Error> {
    ExcerptRef {
        columns: row.iter().map(|cell| cell.header.as_str()).collect(),
        cells: row.iter().map(|cell| cell.value.as_str()).collect(),
        marked: row.iter().position(|cell| cell.marked),
    }
    .serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ExcerptCell>, D::Error> {
    let Excerpt { columns, cells, marked } = Excerpt::deserialize(deserializer)?;
    if columns.len() != cells.len() || marked.is_some_and(|marked| marked >= cells.len()) {
        return Err(D::Error::custom("an excerpt needs a cell for each column"));
    }
    let cells = columns.into_iter().zip(cells).enumerate();
    Ok(cells.map(|(at, (header, value))| ExcerptCell { header, value, marked: marked == Some(at) }).collect())
}
