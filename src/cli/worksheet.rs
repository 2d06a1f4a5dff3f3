//! `wangge worksheet` and `wangge rulings lint`: the form to be filled in on site, and what came back.

use std::path::PathBuf;

use super::argument::{Arguments, bind, record};
use super::batch::{cache_location_or_none, manifest};
use super::check::{all_choices, paths, rulings as files, self_evaluation, source, threads};
use super::command::Command;
use super::contained;
use super::rules::{Day, choices, scripts};
use super::value::{option, positional};
use crate::assessment::session::Choices;
use crate::batch::{CheckOptions, Output, OutputOptions};
use crate::command::rulings::run_lint;
use crate::gate::Gate;

/// `wangge worksheet`.
pub(super) fn worksheet() -> Command {
    Command::leaf(
        "worksheet",
        "写出评估工作底稿（XLSX）：待定的评价要求在前，填好后用 --rulings 读回",
        "Write the worksheet to fill in on site (XLSX): open requirements first; --rulings reads it back",
        bind!(options: options(), threads: threads() => Ok((options, threads))),
        |(options, threads), console| contained::check(options, threads, console),
    )
}

/// A worksheet is what `check` finds, written in a form of its own: there is no gate.
fn options() -> Arguments<CheckOptions> {
    record!(CheckOptions {
        paths: paths(),
        rulings: files().many(),
        self_evaluation: self_evaluation(),
        choices: choices_with_sample(),
        manifest: manifest(),
        source: source(),
        cache: cache_location_or_none(),
        results: outputs().map(|outputs| OutputOptions {
            outputs,
            quiet: false,
            top: 0,
            gate: Gate::OPEN,
            baseline: None,
            waivers: None,
            ratchet: None,
            log: None,
            last_list: None,
        });
        shard: None,
        resume: false,
        changed: None,
        extracts: Vec::new(),
        careful: false,
        restarted_after: 0,
    })
}

/// The worksheet, and the plan of the assessment where it is asked for.
fn outputs() -> Arguments<Vec<Output>> {
    let plan = option::<PathBuf>(
        "evaluation-plan",
        "FILE",
        "另写评估方案（DOCX）：评估组、程序和时间、抽样、须核实的评价要求；以 / 结尾的是文件夹，每个单位一个文件",
        "Write the plan of the assessment, too (DOCX): team, steps and days, samples, open requirements; one that ends with `/` is a folder, with a file for each organization",
    );
    bind!(worksheet: output(), plan: plan.maybe() => {
        let plan = plan.map(Output::evaluation_plan);
        Ok([Some(Output::worksheet(worksheet)), plan].into_iter().flatten().collect())
    })
}

fn choices_with_sample() -> Arguments<Choices> {
    let sample = option::<String>(
        "sample",
        "SEED",
        "附现场抽样表：用这个种子随机抽取标准、记录、人员、服务对象（置信水平90%，允许误差10%）",
        "Add sheets of what to look at on site, drawn with this seed: standards, records, staff, service objects (confidence 90 %, margin 10 %)",
    );
    bind!(choices: all_choices(), sample: sample.maybe() => Ok(Choices { sample, ..choices }))
}

fn output() -> Arguments<PathBuf> {
    option(
        "output",
        "FILE",
        "写到哪个文件，如 底稿.xlsx；以 / 结尾的是文件夹，每个单位一个文件",
        "File to write, such as worksheet.xlsx; one that ends with `/` is a folder, with a file for each organization",
    )
    .with(|arg| arg.short('o'))
    .required()
}

/// `wangge rulings`.
pub(super) fn rulings() -> Command {
    let arguments = bind!(
        files: positional::<PathBuf>("FILE", "裁定文件（CSV、XLSX 或 TOML）", "Files of rulings (CSV, XLSX or TOML)")
            .with(|arg| arg.required(true))
            .many(),
        self_evaluation: self_evaluation(),
        choices: choices(Day::Now)
        => Ok((files, self_evaluation, choices))
    );
    let lint = Command::leaf(
        "lint",
        "评估前检查裁定文件：写错的、过期的、意见不一致的",
        "Check files of rulings before a run: what is wrong, has expired, or differs between persons",
        arguments,
        scripts(|asked: &(Vec<PathBuf>, bool, Choices), console| {
            run_lint(&asked.0, asked.1, &asked.2, console)
        }),
    );
    Command::group(
        "rulings",
        "评估组和自评的裁定",
        "Rulings of the team and of organizations themselves",
        vec![lint],
    )
}
