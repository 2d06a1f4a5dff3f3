//! `wangge report`: every format of a report that was written before, byte for byte as the run itself would have.

use std::path::{Path, PathBuf};

use crate::batch::outputs::Outputs;
use crate::batch::saved_report::{self, SavedReport};
use crate::batch::saved_reports::UNREADABLE;
use crate::batch::{OutputOptions, check_outputs};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::report::Report;
use crate::model::summary::Summary;
use crate::model::text::Text;

/// What was asked.
#[derive(Debug)]
pub struct ReportOptions {
    /// The saved report.
    pub from: PathBuf,
    /// Personal data may be written.
    pub unmask: bool,
    /// What is written.
    pub results: OutputOptions,
}

/// Runs the command.
pub fn run(options: &ReportOptions, console: &Console) -> Exit {
    match written(options, console) {
        Ok(faults) if faults.is_empty() => Exit::Passed,
        Ok(faults) | Err(faults) => console.refuse(&faults),
    }
}

/// Reads the report twice: before anything is written it is known to be whole.
fn written(options: &ReportOptions, console: &Console) -> Result<Vec<Fault>, Vec<Fault>> {
    let one = |fault| vec![fault];
    check_outputs(&options.results.outputs).map_err(one)?;
    if let Some(output) = options.results.outputs.iter().find(|output| output.format.writer.is_none()) {
        return Err(vec![no_report(output.format.name)]);
    }
    let mut source = SavedReport::open(&options.from, UNREADABLE).map_err(one)?;
    let run = source.read(|_| ()).map_err(one)?;
    fits(&run, options).map_err(one)?;
    let begun = Report {
        unreadable: Vec::new(),
        not_assessed: Vec::new(),
        summary: Summary::default(),
        digest: String::new(),
        ..run.clone()
    };
    let mut outputs = Outputs::begin(&begun, (&options.results, 0), console)?;
    let (mut kept, keep) = (Vec::new(), outputs.need_all());
    let again = source.read(|organization| {
        outputs.organization(&organization);
        if keep {
            kept.push(organization);
        }
    });
    if again.map_err(one)? != run {
        return Err(vec![changed_meanwhile(&options.from)]);
    }
    Ok(outputs.end(Report { organizations: kept, digest: String::new(), ..run }))
}

/// Whether everything that formats need is in it, and whether it may be shown as was asked.
fn fits(run: &Report, options: &ReportOptions) -> Result<(), Fault> {
    let fault = match (run.unmasked, options.unmask) {
        _ if run.standard.is_none() || run.digest.is_empty() => incomplete(&run.tool.version),
        (true, false) => saved_report::unmasked(&options.from),
        (false, true) => masked(),
        _ => return Ok(()),
    };
    Err(Fault { file: Some(options.from.display().to_string()), ..fault })
}

fn no_report(format: &str) -> Fault {
    Fault {
        code: "usage.from",
        message: Text::new(
            format!("{format} 是评估过程中的结果，不能由报告写出"),
            format!("{format} is the result of a run, and not written from a report"),
        ),
        help: Text::new("用 check 评估时写出", "have `check` write it"),
        ..Fault::default()
    }
}

fn changed_meanwhile(path: &Path) -> Fault {
    Fault {
        code: "report.changed",
        message: Text::new("报告在读取过程中被改动", "the report was changed while it was read"),
        help: Text::new("等写完后再试", "try again once it is wholly written"),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}

fn incomplete(version: &str) -> Fault {
    Fault {
        code: "report.incomplete",
        message: Text::new(
            format!("报告缺少写出其他格式所需的内容（写出报告的程序版本为 {version}）"),
            format!("the report lacks what other formats need (written by version {version})"),
        ),
        help: Text::new(
            "用本程序的 check -o json 重新评估并写出报告",
            "assess again with `check -o json` of this program",
        ),
        ..Fault::default()
    }
}

fn masked() -> Fault {
    Fault {
        code: "report.masked",
        message: Text::new(
            "报告中的个人信息已遮盖，--unmask 不能还原",
            "personal data in the report is masked, and --unmask cannot bring it back",
        ),
        help: Text::new(
            "去掉 --unmask，或用 check --unmask 重新评估",
            "leave it out, or assess again with `check --unmask`",
        ),
        ..Fault::default()
    }
}
