//! `wangge report`: every format of a report that was written before.

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::argument::{Arguments, Declaration, record};
use super::batch::results_without_gate;
use super::check;
use super::command::Command;
use super::value::{flag, option};
use crate::command::report::{self, ReportOptions};
use crate::model::fault::Fault;
use crate::model::text::Text;

/// `wangge report`.
pub(super) fn report() -> Command {
    Command::leaf(
        "report",
        "由已保存的 JSON 报告写出各种格式，不重新评估",
        "Write any format of a report saved as JSON, without assessing again",
        refusing(record!(ReportOptions {
            from: option(
                "from",
                "REPORT",
                "check 写出的 json 或 json.zst 文件",
                "A json or json.zst file of check"
            )
            .required(),
            unmask: flag(
                "unmask",
                "报告含未遮盖的个人信息时，照样写出",
                "Write personal data of a report that holds it",
            )
            .given(),
            results: results_without_gate(),
        })),
        |options, console| report::run(&options, console),
    )
}

/// The arguments, and besides them every option of `check` that changes what is assessed: these are known, to be refused
/// by name.
fn refusing(own: Arguments<ReportOptions>) -> Arguments<ReportOptions> {
    let ids: Vec<_> = own.declarations.iter().map(|declared| declared.arg.get_id().clone()).collect();
    let other = check::options()
        .declarations
        .into_iter()
        .filter(|declared| !declared.arg.is_positional() && !ids.contains(declared.arg.get_id()));
    let hidden = |declared: Declaration| Declaration { arg: declared.arg.hide(true), ..declared };
    let refused: Vec<_> = other.map(hidden).collect();
    let names: Vec<String> = refused.iter().map(|declared| declared.arg.get_id().to_string()).collect();
    let Arguments { mut declarations, read } = own;
    declarations.extend(refused);
    Arguments::of(declarations, move |given| match names.iter().find(|name| is_given(given, name)) {
        Some(name) => Err(changes_the_result(name)),
        None => read(given),
    })
}

fn is_given(given: &ArgMatches, name: &str) -> bool {
    given.value_source(name) == Some(ValueSource::CommandLine)
}

fn changes_the_result(name: &str) -> Fault {
    Fault {
        code: "usage.from",
        message: Text::new(
            format!("--{name} 用于评估，已保存的报告不再评估"),
            format!("--{name} is about assessing, and a saved report is not assessed again"),
        ),
        help: Text::new(
            format!("去掉 --{name}；需要改变评估的，用 check 重新评估"),
            format!("leave --{name} out, or assess again with `check`"),
        ),
        ..Fault::default()
    }
}
