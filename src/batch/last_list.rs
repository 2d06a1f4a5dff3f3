//! The list of last time, from the workbook that people filled in or from the report of then.

use std::path::Path;

use super::saved_report::{SavedReport, Unreadable, unmasked};
use crate::assessment::session::within;
use crate::ingest::last_list::{self, LastLists};
use crate::model::fault::Fault;
use crate::model::last_list::LastProblem;
use crate::model::privacy::Masking;
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::output;

/// How the names of saved reports end; all else is a list.
const REPORTS: [&str; 2] = ["json", "zst"];

const UNREADABLE: Unreadable =
    ("list.unreadable", "上次的报告不能读取", "the report of last time cannot be read");

/// Reads it: a list as XLSX or CSV, or a report as JSON. What people wrote into a list is masked as everywhere; a report whose
/// personal data is not masked is refused where masking was asked for.
pub(super) fn read(path: &Path, masking: Masking, lang: Lang) -> Result<LastLists, Vec<Fault>> {
    let is_report =
        path.extension().is_some_and(|end| REPORTS.iter().any(|one| end.eq_ignore_ascii_case(one)));
    let read = if is_report {
        of_report(path, masking, lang).map_err(|fault| vec![fault])
    } else {
        last_list::read(path).map_err(|all| all.into_iter().map(|fault| within(path, fault)).collect())
    };
    let masked = |line: LastProblem| line.with_texts(|text| masking.text(text));
    let lists = read.map_err(|faults: Vec<Fault>| {
        faults.into_iter().map(|fault| masking.fault(fault)).collect::<Vec<_>>()
    })?;
    Ok(lists.into_iter().map(|(id, lines)| (id, lines.into_iter().map(masked).collect())).collect())
}

fn of_report(path: &Path, masking: Masking, lang: Lang) -> Result<LastLists, Fault> {
    let mut lists = LastLists::new();
    let keep = |one: Organization| drop(lists.insert(one.id.clone(), output::list_lines(&one, lang)));
    let run = SavedReport::open(path, UNREADABLE)?.read(keep)?;
    if run.unmasked && masking == Masking::On { Err(unmasked(path)) } else { Ok(lists) }
}
