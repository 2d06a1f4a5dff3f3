//! What functions of the host take and give, as their declarations say: which arguments name columns, and what comes
//! of a call.

use super::value_kind::ValueKind;
use crate::model::function_reference::EntryKind;
use crate::script::function::{ColumnArgument, HostFunction, Type};
use crate::script::stdlib::functions;

/// Which arguments of a method of rows, of a row or of a tree name columns.
pub(crate) fn columns(name: &str) -> Vec<ColumnArgument> {
    let mut found: Vec<ColumnArgument> = Vec::new();
    for argument in functions().named(name).filter(|one| one.is_of_rows()).flat_map(HostFunction::columns) {
        if !found.contains(&argument) {
            found.push(argument);
        }
    }
    // Where one may name several, the other form is among them.
    let lists: Vec<usize> = found
        .iter()
        .filter_map(|one| if let ColumnArgument::OwnList(at) = one { Some(*at) } else { None })
        .collect();
    found.retain(|one| !matches!(one, ColumnArgument::Own(at) if lists.contains(at)));
    found
}

/// What a method comes to that is called on a value of a table, with so many arguments; `made`: what the closure given
/// to it makes.
pub(crate) fn on(
    receiver: &ValueKind,
    name: &str,
    arguments: usize,
    table: Option<&str>,
    made: &ValueKind,
) -> ValueKind {
    let Some(word) = word(receiver) else { return ValueKind::Unknown };
    let fits = |one: &&HostFunction| one.receiver() == word && one.gives != Type::Decision;
    agreed(functions().named(name).filter(fits), arguments.saturating_add(1), table, made)
}

/// What a function called by its name alone comes to.
pub(crate) fn of_function(name: &str, arguments: usize) -> ValueKind {
    if matches!(name, "contains" | "!") {
        return ValueKind::Bool;
    }
    agreed(functions().named(name), arguments, None, &ValueKind::Unknown)
}

/// What all functions with so many parameters come to, where it is the same.
fn agreed(
    all: impl Iterator<Item = &'static HostFunction>,
    parameters: usize,
    table: Option<&str>,
    made: &ValueKind,
) -> ValueKind {
    let fits = all.filter(|one| one.kind == EntryKind::Function && one.parameters().count() == parameters);
    let kinds = fits.map(|one| kind(one.gives, table, made));
    kinds.reduce(ValueKind::or).unwrap_or_default()
}

fn kind(gives: Type, table: Option<&str>, made: &ValueKind) -> ValueKind {
    let of = |make: fn(String) -> ValueKind| table.map_or(ValueKind::Unknown, |table| make(table.to_owned()));
    match gives {
        Type::Any | Type::Cells | Type::CsvFile | Type::List(Type::Any) | Type::Map([]) => ValueKind::Unknown,
        Type::Nothing => ValueKind::Nothing,
        Type::Bool => ValueKind::Bool,
        Type::Int => ValueKind::Int,
        Type::Decimal => ValueKind::Decimal,
        Type::Text => ValueKind::Text,
        Type::Date => ValueKind::Date,
        Type::Decision => ValueKind::Decision,
        Type::Rows => of(ValueKind::Rows),
        Type::Row => of(ValueKind::Row),
        Type::Group => of(ValueKind::Group),
        Type::Tree => of(ValueKind::Tree),
        Type::List(element) => kind(*element, table, made).list(),
        Type::Made => made.clone().list(),
        Type::Map(entries) => {
            ValueKind::map(entries.iter().map(|(key, gives)| (*key, kind(*gives, table, made))))
        }
        // Where there is none it is nothing: that is the author's to see to.
        Type::Optional(gives) => kind(*gives, table, made),
    }
}

/// The English name of a method called on a value of this kind.
pub(crate) fn in_english<'n>(receiver: &ValueKind, name: &'n str) -> &'n str {
    let word = match receiver {
        ValueKind::List(_) => Some(Type::Made.word()),
        ValueKind::Text => Some(Type::Text.word()),
        _ => word(receiver),
    };
    word.map_or_else(|| functions().in_english(name), |word| functions().in_english_on(word, name))
}

/// The declared type of a value of this kind, where functions are called on it.
fn word(kind: &ValueKind) -> Option<&'static str> {
    Some(match kind {
        ValueKind::Tables => "tables",
        ValueKind::Rows(_) => "rows",
        ValueKind::Row(_) => "row",
        ValueKind::Group(_) => "group",
        ValueKind::Tree(_) => "tree",
        ValueKind::Date => "date",
        ValueKind::Decision => "decision",
        _ => return None,
    })
}

fn properties_of(of: &ValueKind) -> impl Iterator<Item = &'static HostFunction> {
    let word = word(of);
    functions().iter().filter(move |one| one.kind == EntryKind::Property && Some(one.receiver()) == word)
}

/// The properties of a host value by their English names; none where the value has others too.
pub(crate) fn properties(of: &ValueKind) -> Option<Vec<&'static str>> {
    let closed = matches!(
        of,
        ValueKind::Rows(_) | ValueKind::Group(_) | ValueKind::Tree(_) | ValueKind::Date | ValueKind::Decision
    );
    closed.then(|| properties_of(of).map(|one| one.name).collect())
}

/// What a property of a host value comes to.
pub(crate) fn property(of: &ValueKind, name: &str) -> ValueKind {
    let table = match of {
        ValueKind::Rows(table) | ValueKind::Group(table) | ValueKind::Tree(table) => Some(table.as_str()),
        _ => None,
    };
    let found = properties_of(of).find(|one| one.name == name);
    found.map_or(ValueKind::Unknown, |one| kind(one.gives, table, &ValueKind::Unknown))
}
