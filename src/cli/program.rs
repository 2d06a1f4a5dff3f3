//! The whole program: its commands in the order of the help, and the options that each of them has.

use clap::ValueEnum;

use super::argument::Declaration;
use super::command::{Command, Program};
use super::value::{choice, flag};
use super::{
    baseline, batch, check, completions, config, demo, diff, doctor, explain, help, history, init, log, man,
    plan, report, rules, sample, verify, waiver, worksheet,
};
use crate::model::text::{Lang, Text};

/// The program.
pub(super) fn program() -> Program {
    let commands = vec![
        check::check(),
        doctor::doctor(),
        sample::sample(),
        plan::plan(),
        report::report(),
        diff::diff(),
        history::history(),
        worksheet::worksheet(),
        worksheet::rulings(),
        verify::sign(),
        verify::verify(),
        log::log(),
        explain::explain(),
        rules::rules(),
        batch::merge(),
        baseline::baseline(),
        waiver::waiver(),
        batch::cache(),
        explain::schema(),
        init::init(),
        demo::demo(),
        config::config(),
        completions::completions(),
        man::man(),
        help::help(),
    ];
    let root = Command::group(
        "wangge",
        "按 T/CSSG 001 / T/CA 007 评估网格化治理组织的标准体系",
        "Assesses grid-governance organizations against T/CSSG 001 / T/CA 007",
        commands,
    );
    Program { root, globals: [lang(), color(), isolated()].concat() }
}

/// When messages and results are coloured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColorChoice {
    /// Where a person reads them.
    Auto,
    Always,
    Never,
}

/// The option of [`ColorChoice`].
pub(super) const COLOR: &str = "color";

/// Read before the other arguments are parsed, since their errors are in the language.
fn lang() -> Vec<Declaration> {
    let zh = "界面和报告的语言";
    let lang = choice("lang", "LANG", zh, "Language of messages and reports", |lang| match lang {
        Lang::Zh => Text::new("中文", "Chinese (simplified)"),
        Lang::En => Text::new("英文", "English"),
    });
    lang.otherwise("默认随系统", "from the locale otherwise").maybe().declarations
}

fn isolated() -> Vec<Declaration> {
    let isolated = flag(
        config::ISOLATED,
        "不读取配置文件 wangge.toml 和环境变量中的设置",
        "Leave wangge.toml and settings in the environment out of account",
    );
    isolated.given().declarations
}

fn color() -> Vec<Declaration> {
    let color = choice(COLOR, "COLOR", "颜色", "Colours", |color| match color {
        ColorChoice::Auto => Text::new("仅在终端使用", "On a terminal"),
        ColorChoice::Always => Text::new("始终使用", "Everywhere"),
        ColorChoice::Never => Text::new("不使用", "Nowhere"),
    });
    color.or("auto").declarations
}
