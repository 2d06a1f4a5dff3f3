//! The list of last time, from the workbook that people filled in or from the report of then.

use std::fs;
use std::path::Path;

use crate::assessment::session::{display_path, within};
use crate::ingest::last_list::{self, LastLists};
use crate::model::fault::{Explain, Fault};
use crate::model::last_list::LastProblem;
use crate::model::privacy::Masking;
use crate::model::system;
use crate::model::text::{Lang, Text};
use crate::report::{json, output};

/// Reads it: a list as XLSX or CSV, or a report as JSON. Personal data in it is masked as everywhere.
pub(super) fn read(path: &Path, masking: Masking, lang: Lang) -> Result<LastLists, Vec<Fault>> {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let read =
        if is_json { of_report(path, lang) } else { last_list::read(path).map_err(|all| located(path, all)) };
    let masked = |line: LastProblem| line.with_texts(|text| masking.text(text));
    let lists =
        read.map_err(|faults| faults.into_iter().map(|fault| masking.fault(fault)).collect::<Vec<_>>())?;
    Ok(lists.into_iter().map(|(id, lines)| (id, lines.into_iter().map(masked).collect())).collect())
}

fn located(path: &Path, faults: Vec<Fault>) -> Vec<Fault> {
    faults.into_iter().map(|fault| within(path, fault)).collect()
}

fn of_report(path: &Path, lang: Lang) -> Result<LastLists, Vec<Fault>> {
    let text = fs::read_to_string(path).map_err(|error| vec![unreadable(path, &error)])?;
    let report = json::from_str(&text);
    let report = report.map_err(|error| vec![Fault { file: Some(display_path(path)), ..error.fault() }])?;
    Ok(report.organizations.iter().map(|one| (one.id.clone(), output::list_lines(one, lang))).collect())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let system::Refusal { cause, help } = system::refusal(error);
    Fault {
        code: "list.unreadable",
        message: Text::new(
            format!("上次的报告不能读取：{}", cause.zh),
            format!("the report of last time cannot be read: {}", cause.en),
        ),
        help,
        file: Some(display_path(path)),
        ..Fault::default()
    }
}
