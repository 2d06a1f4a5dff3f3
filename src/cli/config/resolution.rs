//! Which layer decides each argument of a command.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::layer::{Layer, Setting, Value};
use super::setting::{INPUTS, LEAST_POINTS, SettingName};
use crate::cli::argument::{Declaration, NAME_AND_VALUE};
use crate::cli::command::{Command, Program};
use crate::model::text::Lang;

/// A setting that holds, as arguments.
pub(super) struct Chosen {
    pub(super) name: &'static SettingName,
    /// The argument as an error of the parser names it, such as `--top <N>`.
    pub(super) argument: String,
    /// Its values, from the command line's folder.
    pub(super) values: Vec<Value>,
    /// To be added to the command line.
    pub(super) arguments: Vec<OsString>,
}

/// A command with what its arguments exclude.
pub(super) struct Resolution<'p> {
    name: &'p str,
    command: Option<&'p Command>,
    clap: clap::Command,
}

impl<'p> Resolution<'p> {
    pub(super) fn new(program: &'p Program, name: &'p str, lang: Lang) -> Self {
        let mut clap = program.clap(lang);
        clap.build();
        let clap = clap.find_subcommand(name).cloned().unwrap_or_default();
        let command = program.root.commands().iter().find(|command| command.name == name);
        Self { name, command, clap }
    }

    /// What the layers, the highest first, add to what was given on the command line.
    pub(super) fn choose(&self, given: Option<&ArgMatches>, layers: &[Layer]) -> Vec<Chosen> {
        let mut taken: BTreeSet<&str> = self.declarations().filter(|id| is_given(given, id)).collect();
        let mut chosen = Vec::new();
        let mut named = BTreeMap::new();
        for layer in layers {
            let mut of_layer = BTreeSet::new();
            for setting in layer.of(self.name) {
                let id = setting.name.argument;
                let Some(declaration) = self.declaration(id) else { continue };
                if has_names(declaration) {
                    collect(setting, given, &mut named);
                } else if !of_layer.contains(id) && !self.is_excluded(id, &taken) {
                    of_layer.insert(id);
                    chosen.extend(self.chosen(setting, setting.values.clone(), declaration, &layer.base));
                }
            }
            taken.extend(of_layer);
        }
        for (setting, value) in named.into_values() {
            let declaration = self.declaration(setting.name.argument);
            let made = |declaration| self.chosen(setting, vec![value], declaration, Path::new(""));
            chosen.extend(declaration.and_then(made));
        }
        chosen
    }

    fn declarations(&self) -> impl Iterator<Item = &'p str> {
        let all = self.command.map(Command::arguments).unwrap_or_default();
        all.iter().map(|declaration| declaration.arg.get_id().as_str())
    }

    pub(super) fn declaration(&self, id: &str) -> Option<&'p Declaration> {
        self.command?.arguments().iter().find(|declaration| declaration.arg.get_id() == id)
    }

    /// Whether a higher layer has it, or what stands in its way.
    fn is_excluded(&self, id: &str, taken: &BTreeSet<&str>) -> bool {
        // A conflict is declared by one of the two.
        let excludes = |one: &str, other: &str| {
            let argument = self.clap.get_arguments().find(|argument| argument.get_id() == one);
            let conflicts = argument.map(|argument| self.clap.get_arg_conflicts_with(argument));
            conflicts.is_some_and(|all| all.iter().any(|argument| argument.get_id() == other))
        };
        taken.contains(id)
            || taken.iter().any(|other| excludes(id, other) || excludes(other, id))
            || (INPUTS.contains(&id) && INPUTS.iter().any(|input| taken.contains(input)))
    }

    fn chosen(
        &self,
        setting: &Setting,
        mut values: Vec<Value>,
        declaration: &Declaration,
        base: &Path,
    ) -> Option<Chosen> {
        let id = setting.name.argument;
        let argument = self.clap.get_arguments().find(|argument| argument.get_id() == id)?;
        if declaration.parser.is_none() {
            // A flag that is set to false is not given.
            values.retain(|value| !matches!(value.text.as_str(), "false" | "0"));
        }
        values.iter_mut().for_each(|value| value.text = (declaration.place)(&value.text, base));
        let arguments = values.iter().map(|value| match (&declaration.parser, argument.is_positional()) {
            (None, _) => format!("--{id}").into(),
            (Some(_), true) => value.text.clone().into(),
            (Some(_), false) => format!("--{id}={}", value.text).into(),
        });
        let arguments: Vec<OsString> = arguments.collect();
        (!values.is_empty()).then(|| Chosen {
            name: setting.name,
            argument: argument.to_string(),
            arguments,
            values,
        })
    }
}

fn is_given(given: Option<&ArgMatches>, id: &str) -> bool {
    let source = given.filter(|given| given.try_contains_id(id).unwrap_or(false));
    source.is_some_and(|given| given.value_source(id) == Some(ValueSource::CommandLine))
}

fn has_names(declaration: &Declaration) -> bool {
    let names = declaration.arg.get_value_names().unwrap_or_default();
    names.iter().any(|name| name.as_str() == NAME_AND_VALUE)
}

/// Notes values by their names, each as the highest layer has it. Those on the command line come after them, and count.
fn collect<'l>(
    setting: &'l Setting,
    given: Option<&ArgMatches>,
    into: &mut BTreeMap<(&'static str, String), (&'l Setting, Value)>,
) {
    let (option, conditions) = LEAST_POINTS;
    let is_set = is_given(given, option);
    for value in &setting.values {
        let name = value.name.clone().unwrap_or_default();
        if is_set && conditions.contains(&name.as_str()) {
            continue;
        }
        into.entry((setting.name.key, name)).or_insert_with(|| (setting, value.clone()));
    }
}
