//! Declaring one argument: a flag, an option with a value, or a positional argument.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, ValueEnum};

use super::argument::{Arguments, Declaration, ListedValue, MakeParser};
use crate::model::fault::Fault;
use crate::model::text::Text;

/// A type of values whose text needs no explanation.
pub(super) trait Value: Clone + Send + Sync + 'static {
    /// Its parser.
    fn parser() -> MakeParser;

    /// A value as it is written in a file that lies in this folder, from the folder at hand.
    fn place(text: &str, _: &Path) -> String {
        text.to_owned()
    }
}

impl Value for PathBuf {
    fn parser() -> MakeParser {
        Rc::new(|_| ValueParser::path_buf())
    }

    fn place(text: &str, base: &Path) -> String {
        base.join(text).to_string_lossy().into_owned()
    }
}

impl Value for String {
    fn parser() -> MakeParser {
        Rc::new(|_| ValueParser::string())
    }
}

macro_rules! whole_numbers {
    ($($number:ty),+) => {$(
        impl Value for $number {
            fn parser() -> MakeParser {
                parsed_by(|text| text.parse::<$number>().ok().ok_or_else(|| whole_number(0, None)))
            }
        }
    )+};
}

whole_numbers!(u32, u64, usize);

/// What to write where a whole number is wanted: the least one, and the greatest where there is one.
pub(super) fn whole_number(least: u32, most: Option<u32>) -> Text {
    match most {
        Some(most) => Text::new(
            format!("要写 {least} 至 {most} 的整数"),
            format!("write a whole number from {least} to {most}"),
        ),
        None => {
            Text::new(format!("要写不小于 {least} 的整数"), format!("write a whole number, {least} or more"))
        }
    }
}

/// A parser whose reasons are in the language of the reader.
fn parsed_by<T: Clone + Send + Sync + 'static>(parse: fn(&str) -> Result<T, Text>) -> MakeParser {
    Rc::new(move |lang| {
        ValueParser::new(move |text: &str| parse(text).map_err(|why| why.get(lang).to_owned()))
    })
}

/// A flag: given or not.
pub(super) fn flag(name: &'static str, zh: &str, en: &str) -> Flag {
    let arg = Arg::new(name).long(name).action(ArgAction::SetTrue);
    Flag(Declaration {
        arg,
        help: Text::new(zh, en),
        otherwise: Text::default(),
        values: Vec::new(),
        parser: None,
        place: |text, _| text.to_owned(),
    })
}

/// A flag being declared.
pub(super) struct Flag(Declaration);

impl Flag {
    /// Sets what is not a matter of language.
    pub(super) fn with(mut self, set: impl FnOnce(Arg) -> Arg) -> Self {
        self.0.arg = set(self.0.arg);
        self
    }

    /// Whether it is given.
    pub(super) fn given(self) -> Arguments<bool> {
        let id = self.0.arg.get_id().as_str().to_owned();
        Arguments::of(vec![self.0], move |given| Ok(first::<bool>(given, &id).unwrap_or(false)))
    }
}

/// An option `--name VALUE`.
pub(super) fn option<T: Value>(name: &'static str, value: &'static str, zh: &str, en: &str) -> Valued<T> {
    Valued::new(Arg::new(name).long(name).value_name(value), zh, en, T::parser()).placed(T::place)
}

/// An option `--name VALUE` read by a function that says in both languages what is not as it should be.
pub(super) fn parsed_option<T: Clone + Send + Sync + 'static>(
    name: &'static str,
    value: &'static str,
    zh: &str,
    en: &str,
    parse: fn(&str) -> Result<T, Text>,
) -> Valued<T> {
    Valued::new(Arg::new(name).long(name).value_name(value), zh, en, parsed_by(parse))
}

/// A positional argument. Its value name is its id.
pub(super) fn positional<T: Value>(value: &'static str, zh: &str, en: &str) -> Valued<T> {
    Valued::new(Arg::new(value).value_name(value), zh, en, T::parser()).placed(T::place)
}

/// An option that takes one of several values, each with what it stands for.
pub(super) fn choice<T: ValueEnum + Clone + Send + Sync + 'static>(
    name: &'static str,
    value: &'static str,
    zh: &str,
    en: &str,
    meaning: fn(&T) -> Text,
) -> Valued<T> {
    one_of(Arg::new(name).long(name).value_name(value), zh, en, meaning)
}

/// A positional argument that takes one of several values, each with what it stands for.
pub(super) fn positional_choice<T: ValueEnum + Clone + Send + Sync + 'static>(
    value: &'static str,
    zh: &str,
    en: &str,
    meaning: fn(&T) -> Text,
) -> Valued<T> {
    one_of(Arg::new(value).value_name(value), zh, en, meaning)
}

fn one_of<T: ValueEnum + Clone + Send + Sync + 'static>(
    arg: Arg,
    zh: &str,
    en: &str,
    meaning: fn(&T) -> Text,
) -> Valued<T> {
    let listed = |variant: &T| {
        let value = variant.to_possible_value()?;
        Some(ListedValue { value, meaning: meaning(variant) })
    };
    let values: Vec<ListedValue> = T::value_variants().iter().filter_map(listed).collect();
    let known = values.clone();
    let parser: MakeParser = Rc::new(move |lang| {
        let names = PossibleValuesParser::new(known.iter().map(|value| value.in_language(lang)));
        ValueParser::new(names.try_map(|name| T::from_str(&name, false)))
    });
    let mut argument = Valued::new(arg, zh, en, parser);
    argument.declaration.values = values;
    argument
}

/// An argument with a value being declared; how often it may be given decides what is read.
pub(super) struct Valued<T> {
    declaration: Declaration,
    value: std::marker::PhantomData<T>,
}

impl<T: Clone + Send + Sync + 'static> Valued<T> {
    fn new(arg: Arg, zh: &str, en: &str, parser: MakeParser) -> Self {
        let (help, otherwise) = (Text::new(zh, en), Text::default());
        let place = |text: &str, _: &Path| text.to_owned();
        let declaration =
            Declaration { arg, help, otherwise, values: Vec::new(), parser: Some(parser), place };
        Self { declaration, value: std::marker::PhantomData }
    }

    /// Says how a value in a file of another folder is to be read.
    pub(super) fn placed(mut self, place: fn(&str, &Path) -> String) -> Self {
        self.declaration.place = place;
        self
    }

    /// Says what holds where it is not given.
    pub(super) fn otherwise(mut self, zh: &str, en: &str) -> Self {
        self.declaration.otherwise = Text::new(zh, en);
        self
    }

    /// Sets what is not a matter of language.
    pub(super) fn with(mut self, set: impl FnOnce(Arg) -> Arg) -> Self {
        self.declaration.arg = set(self.declaration.arg);
        self
    }

    /// The value, if it is given.
    pub(super) fn maybe(self) -> Arguments<Option<T>> {
        self.read(|given, id| Ok(first(given, id)))
    }

    /// The value, which has to be given.
    pub(super) fn required(self) -> Arguments<T> {
        self.with(|arg| arg.required(true)).one()
    }

    /// The value, or this one.
    pub(super) fn or(self, default: &'static str) -> Arguments<T> {
        self.with(|arg| arg.default_value(default)).one()
    }

    /// All values that are given, in their order.
    pub(super) fn many(self) -> Arguments<Vec<T>> {
        let many = |arg: Arg| {
            let positional = arg.is_positional();
            let arg = arg.action(ArgAction::Append);
            if positional { arg.num_args(1..) } else { arg }
        };
        self.with(many).read(|given, id| {
            let values = given.try_get_many::<T>(id).ok().flatten();
            Ok(values.into_iter().flatten().cloned().collect())
        })
    }

    fn one(self) -> Arguments<T> {
        self.read(|given, id| first(given, id).ok_or_else(|| missing(id)))
    }

    fn read<V: 'static>(self, read: fn(&ArgMatches, &str) -> Result<V, Fault>) -> Arguments<V> {
        let id = self.declaration.arg.get_id().as_str().to_owned();
        Arguments::of(vec![self.declaration], move |given| read(given, &id))
    }
}

fn first<T: Clone + Send + Sync + 'static>(given: &ArgMatches, id: &str) -> Option<T> {
    given.try_get_one::<T>(id).ok().flatten().cloned()
}

/// An argument without a value, which the parser should have refused.
fn missing(id: &str) -> Fault {
    Fault {
        code: "usage.missing",
        message: Text::new(format!("缺少参数 {id}"), format!("the argument {id} is missing")),
        ..Fault::default()
    }
}
