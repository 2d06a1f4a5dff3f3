//! The files behind the tables: which rows name which file, what each file is, whether it opens, and what follows for
//! the rows.
//!
//! ```text
//! tables ─▶ claims ─┐
//!                   ├▶ what rows have a file ─▶ findings, the list of the report, the evidence of rows
//! files ─▶ names ───┤
//!       ─▶ condition ┘
//! ```

mod claim;
mod condition;
mod duplicates;
mod file_names;
mod findings;
mod notices;

use std::collections::BTreeMap;
use std::sync::Arc;

use claim::Claims;
use condition::Examined;
use file_names::FileNames;

use crate::ingest::AttachedFile;
use crate::model::attachment::{Attachment, Attachments, Condition};
use crate::model::finding::{Finding, Location};
use crate::model::privacy::Redactor;
use crate::model::row_evidence::RowEvidence;
use crate::resources::progress::{self, ProgressEvent};
use crate::standard_text::Listed;
use crate::table::Table;

/// What the files of a submission tell of its rows.
#[derive(Debug, Default)]
pub struct Examination {
    /// The files, as the report lists them.
    pub attachments: Attachments,
    /// Whether rows have a file behind them.
    pub evidence: RowEvidence,
    /// What is wrong with files, and with cells that name them.
    pub findings: Vec<Finding>,
    /// Name and SHA-256 of each file; without a digest where its bytes could not be read.
    pub digests: Vec<(String, String)>,
}

/// Places of rows that a file of the report is listed with.
const LISTED: usize = 10;

/// Looks at the files of a submission one after the other, and hands the texts of standards to `take`.
pub fn examine(
    files: &[AttachedFile],
    tables: &BTreeMap<String, Arc<Table>>,
    redactor: &Redactor,
    mut take: impl FnMut(Listed<'_>),
) -> Examination {
    let names = FileNames::new(files.iter().map(|file| file.name.as_str()));
    let claims = Claims::of(tables, &names);
    let mut first = duplicates::FirstFiles::default();
    let mut examined = Vec::new();
    for (at, file) in files.iter().enumerate() {
        progress::announce(ProgressEvent::Read, &file.name);
        let (mut one, document) = condition::of(file);
        one.same_as = first.first_alike(at, &one, document.as_ref());
        if let Some((document, (standard, title))) = document.as_ref().zip(claims.standard_of(at)) {
            take(Listed { file: &file.name, standard, title, document });
        }
        examined.push(one);
    }
    let opens = |file: usize| examined.get(file).is_some_and(|one| one.condition == Condition::Opens);
    let evidence = claims.evidence(tables, opens);
    let (rows, backed) = evidence.count();
    let subject = findings::Subject { files, examined: &examined, claims: &claims, redactor };
    let findings = findings::of(&subject);
    let listed = files.iter().enumerate().zip(&examined);
    let listed = listed.map(|((at, file), one)| listed_file(&subject, at, file, one)).collect();
    let digests = files.iter().zip(&examined).map(|(file, one)| (file.name.clone(), one.sha256.clone()));
    Examination {
        attachments: Attachments { rows, backed, files: listed },
        evidence,
        findings,
        digests: digests.collect(),
    }
}

/// A file as the report lists it.
fn listed_file(
    subject: &findings::Subject<'_>,
    at: usize,
    file: &AttachedFile,
    one: &Examined,
) -> Attachment {
    let redactor = subject.redactor;
    let cells = subject.claims.cells_of(at);
    let first = cells.iter().take(LISTED);
    let places: Vec<Location> =
        first.filter_map(|cell| Location::of(cell.table, cell.row, Some(cell.column), redactor)).collect();
    let same = one.same_as.and_then(|same| subject.files.get(same));
    Attachment {
        file: redactor.text(&file.name),
        format: one.format.clone(),
        bytes: file.bytes,
        sha256: one.sha256.clone(),
        pages: one.pages,
        characters: one.characters,
        condition: one.condition,
        remark: one.remark.clone(),
        same_as: same.map(|same| redactor.text(&same.name)),
        claims: u64::try_from(cells.len()).unwrap_or(u64::MAX),
        claimed_at: places,
    }
}
