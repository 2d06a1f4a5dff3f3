//! JSON Schemas of the TOML files of a pack, for editors.

use serde_json::Value;

use super::pack;
use crate::model::catalog::ScoreTable;
use crate::model::clause::Clauses;
use crate::model::described::schema_of;
use crate::table::table_schema::Declarations;

/// A schema for some files of a pack.
pub struct FileSchema {
    /// What the files are named after.
    pub name: &'static str,
    /// Patterns of their paths.
    pub files: &'static [&'static str],
    /// The schema.
    pub schema: Value,
}

/// The schemas.
pub fn schemas() -> Vec<FileSchema> {
    let one = |name, files, schema| FileSchema { name, files, schema };
    vec![
        one("pack", &["**/pack.toml"], pack::schema()),
        one("tables", &["**/tables.toml"], schema_of::<Declarations>()),
        one("clauses", &["**/clauses.toml"], schema_of::<Clauses>()),
        one("catalog", &["**/catalog/*.toml"], schema_of::<ScoreTable>()),
    ]
}
