//! How a submission was read: what each file was taken for and why, what is missing and for which items, what to do.

mod missing;
mod sources;
mod steps;
mod words;

use std::path::Path;

use super::row_keys;
use super::session::{Session, display_path};
use crate::model::dataset::Dataset;
use crate::model::diagnosis::{SubmissionDiagnosis, Unreadable};
use crate::model::fault::Fault;
use crate::model::finding::Location;
use crate::rulebook::ItemsByData;

/// A submission as it was read, and what is said of it.
pub struct Examined {
    /// What is said of it.
    pub diagnosis: SubmissionDiagnosis,
    /// What was read; nothing where it cannot be read.
    pub dataset: Option<Dataset>,
}

/// Examines the submission at `path`; one that cannot be read is told as such.
pub fn examine(session: &Session, items: &ItemsByData, path: &Path) -> Examined {
    let (dataset, info) = match session.dataset_with_info(path) {
        Ok(read) => read,
        Err(fault) => {
            let diagnosis = unreadable(session.masking.text(&display_path(path)), fault);
            return Examined { diagnosis, dataset: None };
        }
    };
    let (sources, findings) = sources::all(session, &dataset, &info);
    let mut diagnosis = SubmissionDiagnosis {
        path: session.masking.text(&dataset.path),
        id: session.masking.code(&dataset.organization("id")),
        name: dataset.redactor.text(&dataset.organization("name")),
        unreadable: None,
        sources,
        findings,
        missing_tables: missing::tables(session, items, &dataset),
        missing_columns: missing::columns(items, &dataset),
        steps: Vec::new(),
    };
    if let Err(fault) = row_keys::name(session, path, &dataset, places(&mut diagnosis)) {
        return Examined { diagnosis: unreadable(diagnosis.path, fault), dataset: None };
    }
    diagnosis.steps = steps::of(&diagnosis);
    Examined { diagnosis, dataset: Some(dataset) }
}

/// The places of all that was found.
fn places(diagnosis: &mut SubmissionDiagnosis) -> impl Iterator<Item = &mut Location> {
    let of_sources = diagnosis.sources.iter_mut().flat_map(|source| &mut source.findings);
    of_sources.chain(&mut diagnosis.findings).flat_map(|finding| &mut finding.locations)
}

fn unreadable(path: String, fault: Fault) -> SubmissionDiagnosis {
    let Fault { code, message, help, file, sheet, row, .. } = fault;
    let steps = vec![if help.is_empty() { message.clone() } else { help.clone() }];
    SubmissionDiagnosis {
        path,
        id: String::new(),
        name: String::new(),
        unreadable: Some(Unreadable { code: code.to_owned(), message, help, file, sheet, row }),
        sources: Vec::new(),
        findings: Vec::new(),
        missing_tables: Vec::new(),
        missing_columns: Vec::new(),
        steps,
    }
}
