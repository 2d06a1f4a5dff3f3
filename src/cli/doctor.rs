//! `wangge doctor`.

use super::argument::{Arguments, bind, record};
use super::check::{all_choices, source, submissions};
use super::command::Command;
use super::contained;
use super::value::{option, parsed_option};
use crate::assessment::session::Choices;
use crate::command::doctor::{self, Asked, DiagnosisOutput};

/// `wangge doctor`.
pub(super) fn doctor() -> Command {
    Command::leaf(
        "doctor",
        "诊断申报材料：每个文件读作什么、依据什么、哪些没读懂、缺什么、怎么办",
        "Examine submissions: what each file was taken for and why, what was not understood, what is missing, what to do",
        bind!(asked: asked(), choices: all_choices() => Ok((asked, choices))),
        |(asked, choices): (Asked, Choices), console| {
            let source = asked.source.clone();
            contained::with_source(source.as_deref(), choices.masking, console, |extracts| {
                let asked = Asked { extracts, ..asked };
                contained::scripts(console, || doctor::run(&asked, &choices, console))
            })
        },
    )
}

fn asked() -> Arguments<Asked> {
    record!(Asked {
        paths: submissions(|arg| arg.required_unless_present("source")),
        source: source(),
        outputs: outputs(),
        mapping: option(
            "write-mapping",
            "FILE",
            "起草对应表：没认出的文件、列和取值各一行，核对后用 --mapping 读取",
            "Draft a mapping: a line for each file, header and word that was not recognised, to be checked and read with --mapping",
        )
        .maybe();
        extracts: Vec::new(),
    })
}

fn outputs() -> Arguments<Vec<DiagnosisOutput>> {
    let outputs = parsed_option(
        "output",
        "FORMAT[:PATH]",
        "输出格式和文件：terminal（在屏幕上阅读，默认）、json（供程序读取）、xlsx（标明单元格的工作簿，退回填报单位；以 / 结尾的是文件夹，每份材料一个文件）",
        "Format and file: terminal (to be read on a screen, where none is given), json (for programs), xlsx (a workbook with the cells marked, to be sent back; a path that ends with `/` is a folder, with a file for each submission)",
        DiagnosisOutput::parse,
    );
    outputs.with(|arg| arg.short('o')).many().map(|outputs| match outputs.as_slice() {
        [] => vec![DiagnosisOutput::default()],
        _ => outputs,
    })
}
