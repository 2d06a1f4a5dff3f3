//! Options and positional arguments, each declared once: its names, what it is for in both languages, how its value is
//! read, and where that value goes.
//!
//! [`Arguments`] is the declaration of some of them together with the way their values become one value of a type of
//! [`crate::command`]. Help, completions, manual pages and parsing follow from [`Declaration`]s.

use std::path::Path;
use std::rc::Rc;

use clap::builder::{PossibleValue, Resettable, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};

use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};

/// Builds the parser of a value, whose errors are in a language.
pub(super) type MakeParser = Rc<dyn Fn(Lang) -> ValueParser>;

/// One of the values that an argument can take.
#[derive(Clone)]
pub(super) struct ListedValue {
    pub(super) value: PossibleValue,
    /// What it stands for.
    pub(super) meaning: Text,
}

/// One option or positional argument, in both languages.
#[derive(Clone)]
pub(super) struct Declaration {
    /// Everything that is the same in both languages. Its id is unique within the command.
    pub(super) arg: Arg,
    /// What it is for.
    pub(super) help: Text,
    /// What holds where it is not given and there is no default value; perhaps empty.
    pub(super) otherwise: Text,
    /// The values it can take, where they can be listed.
    pub(super) values: Vec<ListedValue>,
    /// None for a flag.
    pub(super) parser: Option<MakeParser>,
    /// A value as it is written in a file that lies in this folder, from the folder at hand.
    pub(super) place: fn(&str, &Path) -> String,
}

/// How the value is called of options that are given once for each name.
pub(super) const NAME_AND_VALUE: &str = "NAME=VALUE";

impl Declaration {
    /// The argument as clap knows it, in a language.
    pub(super) fn arg(&self, lang: Lang) -> Arg {
        let arg = self.arg.clone().help(self.help_line(lang));
        let arg = match &self.parser {
            Some(parser) => arg.value_parser(parser(lang)),
            None => arg,
        };
        match lang {
            Lang::En => arg,
            Lang::Zh => {
                let heading = if self.arg.is_positional() { "参数" } else { "选项" };
                let arg = arg.help_heading(heading);
                // clap has English words for these: they are part of the line.
                if self.parser.is_some() {
                    arg.hide_possible_values(true).hide_default_value(true)
                } else {
                    arg
                }
            }
        }
    }

    /// The line of help. clap adds the values and the default in English alone.
    fn help_line(&self, lang: Lang) -> String {
        let repeatable = matches!(self.arg.get_action(), ArgAction::Append) && !self.arg.is_positional();
        let mut line = self.help.get(lang).to_owned();
        if lang == Lang::Zh {
            line.extend(self.chinese_values());
        }
        let mut add = |part: &str| {
            line.push_str(if lang == Lang::Zh { "；" } else { "; " });
            line.push_str(part);
        };
        if !self.otherwise.is_empty() {
            add(self.otherwise.get(lang));
        }
        if let (Lang::Zh, [default, ..]) = (lang, self.arg.get_default_values()) {
            add(&format!("默认 {}", default.to_string_lossy()));
        }
        if repeatable {
            add(if lang == Lang::Zh { "可重复" } else { "repeatable" });
        }
        line
    }

    fn chinese_values(&self) -> Option<String> {
        let named = |listed: &ListedValue| match listed.meaning.zh.as_str() {
            "" => listed.value.get_name().to_owned(),
            meaning => format!("{}（{meaning}）", listed.value.get_name()),
        };
        let all: Vec<String> = self.values.iter().map(named).collect();
        (!all.is_empty()).then(|| format!("：{}", all.join("、")))
    }
}

impl ListedValue {
    /// The value with its meaning in a language.
    pub(super) fn in_language(&self, lang: Lang) -> PossibleValue {
        let meaning = self.meaning.get(lang).to_owned();
        let help = if meaning.is_empty() { Resettable::Reset } else { Resettable::Value(meaning.into()) };
        self.value.clone().help(help)
    }
}

/// Makes a value of what was given.
pub(super) type Read<V> = Box<dyn Fn(&ArgMatches) -> Result<V, Fault>>;

/// Arguments of a command, and how what is given for them becomes a value.
pub(super) struct Arguments<V> {
    pub(super) declarations: Vec<Declaration>,
    pub(super) read: Read<V>,
}

impl<V: 'static> Arguments<V> {
    pub(super) fn of(
        declarations: Vec<Declaration>,
        read: impl Fn(&ArgMatches) -> Result<V, Fault> + 'static,
    ) -> Self {
        Self { declarations, read: Box::new(read) }
    }

    /// The same arguments, of whose value another one is made.
    pub(super) fn map<W: 'static>(self, make: impl Fn(V) -> W + 'static) -> Arguments<W> {
        self.try_map(move |value| Ok(make(value)))
    }

    /// The same arguments, of whose value another one is made where that is possible.
    pub(super) fn try_map<W: 'static>(self, make: impl Fn(V) -> Result<W, Fault> + 'static) -> Arguments<W> {
        let Self { declarations, read } = self;
        Arguments::of(declarations, move |given| make(read(given)?))
    }
}

/// Declares arguments by name, and makes a value of theirs: `bind!(folder: …, check: … => Ok((folder, check)))`.
macro_rules! bind {
    ($($name:ident: $argument:expr),+ $(,)? => $value:expr) => {{
        $(let $name = $argument;)+
        let mut declarations = Vec::new();
        $(declarations.extend($name.declarations);)+
        $(let $name = $name.read;)+
        $crate::cli::argument::Arguments::of(declarations, move |given| {
            $(let $name = $name(given)?;)+
            $value
        })
    }};
}

/// Declares a record whose fields are read from arguments: `record!(Output { format: …, path: … })`; after `;` fields that
/// are not asked for.
macro_rules! record {
    ($($record:ident)::+ { $($field:ident: $argument:expr),+ $(,)? $(; $($rest:ident: $fixed:expr),+ $(,)?)? }) => {
        $crate::cli::argument::bind!(
            $($field: $argument),+ => Ok($($record)::+ { $($field,)+ $($($rest: $fixed,)+)? })
        )
    };
}

pub(super) use {bind, record};
