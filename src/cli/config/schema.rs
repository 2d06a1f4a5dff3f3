//! The JSON Schema of `wangge.toml`: a key for each option that can stand in it.

use clap::ArgAction;
use serde_json::{Map, Value, json};

use super::setting::{COMMANDS, SETTINGS, SettingName};
use crate::cli::argument::{Declaration, NAME_AND_VALUE};
use crate::cli::command::Program;
use crate::gate;
use crate::model::described::document;

/// The schema.
pub(in crate::cli) fn schema(program: &Program) -> Value {
    let all = |command: Option<&str>| -> Map<String, Value> {
        let own =
            SETTINGS.iter().filter(|setting| command.is_none_or(|name| setting.commands.contains(&name)));
        own.filter_map(|setting| Some((setting.key.to_owned(), value(program, setting, command)?))).collect()
    };
    let mut properties = all(None);
    let extends =
        json!({"type": "string", "description": "先读哪个文件，本文件的设置优先\nThe file it goes on from"});
    properties.insert("extends".to_owned(), extends);
    for command in COMMANDS {
        let part = json!({"type": "object", "additionalProperties": false, "properties": all(Some(command))});
        properties.insert((*command).to_owned(), part);
    }
    let mut schema = json!({"type": "object", "additionalProperties": false, "properties": properties});
    document(&mut schema, "wangge 的设置", "Settings of wangge", Map::new());
    schema
}

/// What can be written for a setting; of a command, or of the first that has it.
fn value(program: &Program, setting: &SettingName, command: Option<&str>) -> Option<Value> {
    let command = command.or_else(|| setting.commands.first().copied())?;
    let command = program.root.commands().iter().find(|one| one.name == command)?;
    let declared = command.arguments().iter().find(|one| one.arg.get_id() == setting.argument)?;
    let mut value = form(declared);
    let help = format!("{}\n{}", declared.help.zh, declared.help.en);
    value.as_object_mut()?.insert("description".to_owned(), help.into());
    Some(value)
}

fn form(declared: &Declaration) -> Value {
    let is_by_name =
        declared.arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == NAME_AND_VALUE));
    let one = || json!({"type": ["string", "integer"]});
    match declared.arg.get_action() {
        _ if declared.arg.get_id() == "gate" => gate::schema(),
        _ if declared.parser.is_none() => json!({"type": "boolean"}),
        _ if is_by_name => json!({"type": "object"}),
        ArgAction::Append => json!({"anyOf": [one(), {"type": "array", "items": one()}]}),
        _ => one(),
    }
}
