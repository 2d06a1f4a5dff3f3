//! Everything one organization sent, read and typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attachment::Attachments;
use super::finding::Finding;
use super::left_out::LeftOut;
use super::privacy::Redactor;
use super::row_evidence::RowEvidence;
use crate::table::Table;

/// A submission, read.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Path as the user gave it.
    pub path: String,
    /// SHA-256 over names and bytes of all files, in hexadecimal.
    pub sha256: String,
    /// Every declared table by id; those not in the submission are empty and not `present`.
    pub tables: BTreeMap<String, Arc<Table>>,
    /// What reading and typing found.
    pub findings: Vec<Finding>,
    /// The files behind the tables.
    pub attachments: Attachments,
    /// Whether rows have a file behind them.
    pub evidence: Arc<RowEvidence>,
    /// Rows that were read as no data.
    pub left_out: Vec<LeftOut>,
    /// Masks its personal data.
    pub redactor: Arc<Redactor>,
}

impl Dataset {
    /// Tables that never were files.
    pub fn inline(
        tables: BTreeMap<String, Arc<Table>>,
        findings: Vec<Finding>,
        redactor: Arc<Redactor>,
    ) -> Self {
        Self {
            path: String::new(),
            sha256: String::new(),
            tables,
            findings,
            attachments: Attachments::default(),
            evidence: Arc::default(),
            left_out: Vec::new(),
            redactor,
        }
    }

    /// Text of a cell in the one row of `organization`; empty where there is none or it was not understood.
    pub fn organization(&self, column: &str) -> String {
        let Some(table) = self.tables.get("organization") else { return String::new() };
        let known = |at: &usize| table.unclear_word(0, *at).is_none();
        table.decl.position(column).filter(known).map(|at| table.display(0, at)).unwrap_or_default()
    }
}
