//! `wangge plan`: the least that must be put right, and the options by which `check` says the same.

use std::path::PathBuf;

use clap::ValueEnum;

use super::argument::{Arguments, bind, record};
use super::batch::{cache_location_or_none, manifest};
use super::check::{all_choices, paths, rulings, self_evaluation, source, threads};
use super::command::Command;
use super::contained;
use super::value::{choice, option};
use crate::assessment::session::{Choices, PlanChoice};
use crate::batch::{CheckOptions, Output, OutputOptions};
use crate::gate::{Condition, Gate};
use crate::model::text::Text;

/// `wangge plan`.
pub(super) fn plan() -> Command {
    Command::leaf(
        "plan",
        "算出达到目标分数最少要整改哪些评价要求",
        "The least that must be put right to reach a number of points for sure",
        bind!(options: options(), threads: threads() => Ok((options, threads))),
        |(options, threads), console| contained::check(options, threads, console),
    )
}

/// Form of the result.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Text,
    Json,
}

/// A plan is part of what `check` finds, written in a form of its own.
fn options() -> Arguments<CheckOptions> {
    record!(CheckOptions {
        paths: paths(),
        rulings: rulings().many(),
        self_evaluation: self_evaluation(),
        choices: choices(),
        manifest: manifest(),
        source: source(),
        cache: cache_location_or_none(),
        results: form().map(|form| OutputOptions {
            outputs: vec![Output::plan(matches!(form, Form::Json))],
            quiet: false,
            top: 0,
            gate: Gate::only(Condition::Plan),
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

fn form() -> Arguments<Form> {
    choice("output", "FORMAT", "结果的格式", "Form of the result", |form| match form {
        Form::Text => Text::new("供阅读", "For a person at a terminal"),
        Form::Json => Text::new("供程序读取", "For a program"),
    })
    .with(|arg| arg.short('o'))
    .or("text")
}

fn choices() -> Arguments<Choices> {
    let asked = asked().map(Option::unwrap_or_default);
    bind!(choices: all_choices(), plan: asked => Ok(Choices { plan: Some(plan), ..choices }))
}

/// What is planned for; nothing where neither option is given.
pub(super) fn asked() -> Arguments<Option<PlanChoice>> {
    bind!(target: target(), costs: costs() => {
        let asked = target.is_some() || costs.is_some();
        Ok(asked.then_some(PlanChoice { target, costs }))
    })
}

fn target() -> Arguments<Option<u32>> {
    option(
        "target",
        "POINTS",
        "达标整改方案的目标：确定得分（得分下限）要达到几分",
        "Plan the least that must be put right to have these points for sure (the low end of the score)",
    )
    .otherwise("默认为合格线", "the pass mark otherwise")
    .with(|arg| arg.allow_negative_numbers(true))
    .maybe()
}

fn costs() -> Arguments<Option<PathBuf>> {
    option(
        "costs",
        "FILE",
        "各评价要求的整改成本（CSV、XLSX 或 TOML），不能整改的写“不可整改”",
        "What it costs to put each requirement right (CSV, XLSX or TOML); `excluded` for what cannot be",
    )
    .otherwise("默认每条为 1", "1 each otherwise")
    .maybe()
}
