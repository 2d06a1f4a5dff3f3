//! Everything one organization sent, read and typed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::finding::Finding;
use super::table::Table;

/// A submission, read.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Path as the user gave it.
    pub path: String,
    /// SHA-256 over names and bytes of all files read, in hexadecimal.
    pub sha256: String,
    /// Every declared table by id; those not in the submission are empty and not `present`.
    pub tables: BTreeMap<String, Arc<Table>>,
    /// Ids of tables with headers that name no declared column: a missing column may be one of these.
    pub unrecognized: BTreeSet<String>,
    /// What reading and typing found.
    pub findings: Vec<Finding>,
}

impl Dataset {
    /// Text of a cell in the one row of `organization`; empty where there is none.
    pub fn organization(&self, column: &str) -> String {
        let Some(table) = self.tables.get("organization") else { return String::new() };
        table.decl.position(column).map(|at| table.display(0, at)).unwrap_or_default()
    }
}
