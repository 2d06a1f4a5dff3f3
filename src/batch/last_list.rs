//! The list of last time, from the workbook that people filled in or from the report of then.

use std::fs;
use std::path::Path;

use crate::assessment::session::{display_path, within};
use crate::ingest::last_list::{self, LastLists};
use crate::model::fault::{Explain, Fault};
use crate::model::system;
use crate::model::text::{Lang, Text};
use crate::report::{json, output};

/// Reads it: a list as XLSX or CSV, or a report as JSON.
pub(super) fn read(path: &Path, lang: Lang) -> Result<LastLists, Vec<Fault>> {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if !is_json {
        let located = |faults: Vec<Fault>| faults.into_iter().map(|fault| within(path, fault)).collect();
        return last_list::read(path).map_err(located);
    }
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
