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

use claim::{Claims, Known};
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
    /// Name and fingerprint of each file.
    pub digests: Vec<(String, String)>,
}

/// Places of rows that a file of the report is listed with.
const LISTED: usize = 10;

/// Looks at the files of a submission one after the other, beside the names of those that were `read` as tables, and hands the texts of standards to `take`.
pub fn examine(
    files: &[AttachedFile],
    tables: &BTreeMap<String, Arc<Table>>,
    (read, redactor): (&[String], &Redactor),
    mut take: impl FnMut(Listed<'_>),
) -> Examination {
    let names = FileNames::new(files.iter().map(|file| file.name.as_str()));
    let of_tables = FileNames::new(read.iter().map(String::as_str));
    let claims = Claims::of(tables, Known { attachments: &names, tables: &of_tables });
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
    let subject = findings::Subject { files, examined: &examined, claims: &claims, names: &names, redactor };
    let findings = findings::of(&subject);
    let listed = files.iter().enumerate().zip(&examined);
    let listed = listed.map(|((at, file), one)| listed_file(&subject, at, file, one)).collect();
    let digest = |(file, one): (&AttachedFile, &Examined)| {
        let known = Some(one.sha256.clone()).filter(|sha256| !sha256.is_empty());
        (file.name.clone(), known.unwrap_or_else(|| file.fingerprint()))
    };
    let digests = files.iter().zip(&examined).map(digest);
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
    let same = one.same_as;
    Attachment {
        file: subject.name(at),
        format: one.format.clone(),
        bytes: file.bytes,
        sha256: one.sha256.clone(),
        pages: one.pages,
        characters: one.characters,
        condition: one.condition,
        remark: one.remark.clone(),
        same_as: same.map(|same| subject.name(same)),
        claims: u64::try_from(cells.len()).unwrap_or(u64::MAX),
        claimed_at: places,
    }
}
