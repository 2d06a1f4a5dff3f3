//! `wangge log verify`: whether the log of assessments is as it was written.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::batch::assessment_log::{self, Link, LogError};
use crate::batch::saved_report::SavedReport;
use crate::batch::saved_reports::UNREADABLE;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::system;
use crate::model::text::Text;

/// What was asked.
#[derive(Clone, Debug)]
pub struct LogOptions {
    /// The log.
    pub file: PathBuf,
    /// The digest that a run told.
    pub last: Option<String>,
    /// A report that must be in it.
    pub report: Option<PathBuf>,
}

/// Runs the command: 1 where the log is not as it was written.
pub fn run(options: &LogOptions, console: &Console) -> Exit {
    match verified(options) {
        Ok((told, faults)) => {
            console.faults(&faults);
            console.print_lines(&told).max(if faults.is_empty() { Exit::Passed } else { Exit::GateNotMet })
        }
        Err(fault) => console.refuse(&[fault]),
    }
}

type Told = (Vec<Text>, Vec<Fault>);

fn verified(options: &LogOptions) -> Result<Told, Fault> {
    let file = &options.file;
    let report = options.report.as_deref().map(digest_of).transpose()?;
    let (mut named, mut logged) = (None, None);
    let opened = system::open_file(file)
        .map_err(|error| LogError::System { file: file.display().to_string(), error }.fault())?;
    let read = assessment_log::read(file, BufReader::new(opened.0), |link: &Link| {
        if options.last.as_deref().is_some_and(|last| last.eq_ignore_ascii_case(&link.digest)) {
            named = Some(link.number);
        }
        if report.as_deref() == Some(link.entry.report.as_str()) {
            logged = Some(link.number);
        }
    });
    let chain = match read {
        Ok(chain) => chain,
        Err(broken @ LogError::Broken { .. }) => return Ok((Vec::new(), vec![broken.fault()])),
        Err(error) => return Err(error.fault()),
    };
    let mut told = vec![chain.last.as_ref().map_or_else(empty, whole)];
    let mut faults = Vec::new();
    let count = chain.last.map_or(0, |last| last.number);
    match (&options.last, named) {
        (Some(_), Some(number)) => told.push(stands(number, count.saturating_sub(number))),
        (Some(last), None) => faults.push(missing(file, last)),
        (None, _) => told.push(Text::new(
            "没有给出运行时显示的摘要（--last），末尾是否被删去无从核对",
            "no digest that a run told was given (--last): whether entries are missing at the end is not known",
        )),
    }
    match (&options.report, logged) {
        (Some(_), Some(number)) => {
            told.push(Text::new(format!("这份报告是第{number}条"), format!("the report is entry {number}")));
        }
        (Some(report), None) => faults.push(unlogged(report)),
        (None, _) => {}
    }
    Ok((told, faults))
}

fn digest_of(report: &Path) -> Result<String, Fault> {
    SavedReport::open(report, UNREADABLE)?.read(|_| ()).map(|run| run.digest)
}

fn empty() -> Text {
    Text::new("评价记录中没有记录", "the log has no entry")
}

fn whole(last: &Link) -> Text {
    let (count, digest, at) = (last.number, &last.digest, &last.entry.at);
    Text::new(
        format!("评价记录共{count}条，前后相接，最后一条写于 {at}，摘要 {digest}"),
        format!("{count} entries, each following the one before; the last is of {at}, digest {digest}"),
    )
}

fn stands(number: u64, later: u64) -> Text {
    match later {
        0 => Text::new("所给摘要就是最后一条", "the digest given is that of the last entry"),
        _ => Text::new(
            format!("所给摘要是第{number}条，此后又有{later}条"),
            format!("the digest given is that of entry {number}; {later} came after it"),
        ),
    }
}

fn missing(file: &Path, last: &str) -> Fault {
    Fault {
        code: "log.missing",
        message: Text::new(
            format!("评价记录中没有摘要为 {last} 的一条：有记录被删去，或整个文件被换过"),
            format!("no entry has the digest {last}: entries were removed, or the file is another"),
        ),
        help: Text::new(
            "换回原来的记录文件，并核对摘要",
            "go back to the log as it was, and make sure of the digest",
        ),
        file: Some(file.display().to_string()),
        ..Fault::default()
    }
}

fn unlogged(report: &Path) -> Fault {
    Fault {
        code: "log.unlogged",
        message: Text::new("评价记录中没有这份报告", "the report is not in the log"),
        help: Text::new(
            "报告可能改动过，或评价时没有加 --log",
            "it may have been changed, or the run was without --log",
        ),
        file: Some(report.display().to_string()),
        ..Fault::default()
    }
}
