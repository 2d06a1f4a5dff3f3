//! `wangge init`.

use std::path::PathBuf;

use super::argument::{Arguments, bind, record};
use super::command::Command;
use super::rules::{Day, choices, scripts};
use super::value::{choice, flag, positional};
use crate::assessment::session::Choices;
use crate::command::init::{self, Asked, TemplateForm, TemplateLevel};
use crate::model::text::Text;

/// `wangge init`.
pub(super) fn init() -> Command {
    Command::leaf(
        "init",
        "写出申报材料模板（填写说明、示例、下拉列表）或数据字典，规则包自己的数据表也在内",
        "Write a template of a submission (instructions, examples, lists to choose from) or the dictionary of the tables, those of the packs too",
        bind!(asked: asked(), choices: choices(Day::Now) => Ok((asked, choices))),
        scripts(|(asked, choices): &(Asked, Choices), console| init::run(asked, choices, console)),
    )
}

fn asked() -> Arguments<Asked> {
    record!(Asked {
        folder: positional::<PathBuf>("DIR", "写到哪个文件夹", "Folder to write to").required(),
        form: form(),
        level: level(),
        force: flag("force", "覆盖已有的文件", "Replace files that are there").given(),
    })
}

fn form() -> Arguments<TemplateForm> {
    choice("format", "FORMAT", "写什么", "What is written", |form| match form {
        TemplateForm::Xlsx => {
            Text::new("一个工作簿，每张数据表一个工作表", "One workbook with a sheet for each table")
        }
        TemplateForm::Csv => {
            Text::new("每张数据表一个 CSV 文件，另有填报说明", "A CSV file for each table, and instructions")
        }
        TemplateForm::Dictionary => Text::new("数据字典（XLSX）", "The dictionary of the tables (XLSX)"),
    })
    .or("xlsx")
}

fn level() -> Arguments<TemplateLevel> {
    choice("level", "LEVEL", "填报单位的层级", "Level of the organizations", |level| match level {
        TemplateLevel::City => Text::new("地市", "Cities"),
        TemplateLevel::County => Text::new("区县", "Counties"),
        TemplateLevel::Town => Text::new("乡镇街道", "Towns"),
        TemplateLevel::Village => Text::new("村、社区", "Villages"),
    })
    .or("county")
}
