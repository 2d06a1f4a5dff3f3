//! What functions of the host take and give, as their declarations say: which arguments name columns, and what comes
//! of a call.

use super::kind::Kind;
use crate::model::manual::EntryKind;
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
pub(crate) fn on(receiver: &Kind, name: &str, arguments: usize, table: Option<&str>, made: &Kind) -> Kind {
    let Some(word) = word(receiver) else { return Kind::Unknown };
    let fits = |one: &&HostFunction| one.receiver() == word && one.gives != Type::Decision;
    agreed(functions().named(name).filter(fits), arguments.saturating_add(1), table, made)
}

/// What a function called by its name alone comes to.
pub(crate) fn of_function(name: &str, arguments: usize) -> Kind {
    if matches!(name, "contains" | "!") {
        return Kind::Bool;
    }
    agreed(functions().named(name), arguments, None, &Kind::Unknown)
}

/// What all functions with so many parameters come to, where it is the same.
fn agreed(
    all: impl Iterator<Item = &'static HostFunction>,
    parameters: usize,
    table: Option<&str>,
    made: &Kind,
) -> Kind {
    let fits = all.filter(|one| one.kind == EntryKind::Function && one.parameters().count() == parameters);
    let kinds = fits.map(|one| kind(one.gives, table, made));
    kinds.reduce(Kind::or).unwrap_or_default()
}

fn kind(gives: Type, table: Option<&str>, made: &Kind) -> Kind {
    let of = |make: fn(String) -> Kind| table.map_or(Kind::Unknown, |table| make(table.to_owned()));
    match gives {
        Type::Any | Type::Cells | Type::CsvFile | Type::List(Type::Any) | Type::Map([]) => Kind::Unknown,
        Type::Nothing => Kind::Nothing,
        Type::Bool => Kind::Bool,
        Type::Int => Kind::Int,
        Type::Decimal => Kind::Decimal,
        Type::Text => Kind::Text,
        Type::Date => Kind::Date,
        Type::Decision => Kind::Decision,
        Type::Rows => of(Kind::Rows),
        Type::Row => of(Kind::Row),
        Type::Group => of(Kind::Group),
        Type::Tree => of(Kind::Tree),
        Type::List(element) => kind(*element, table, made).list(),
        Type::Made => made.clone().list(),
        Type::Map(entries) => Kind::map(entries.iter().map(|(key, gives)| (*key, kind(*gives, table, made)))),
        // Where there is none it is nothing: that is the author's to see to.
        Type::Optional(gives) => kind(*gives, table, made),
    }
}

/// The English name of a method called on a value of this kind.
pub(crate) fn in_english<'n>(receiver: &Kind, name: &'n str) -> &'n str {
    let word = match receiver {
        Kind::List(_) => Some(Type::Made.word()),
        Kind::Text => Some(Type::Text.word()),
        _ => word(receiver),
    };
    word.map_or_else(|| functions().in_english(name), |word| functions().in_english_on(word, name))
}

/// The declared type of a value of this kind, where functions are called on it.
fn word(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Tables => "tables",
        Kind::Rows(_) => "rows",
        Kind::Row(_) => "row",
        Kind::Group(_) => "group",
        Kind::Tree(_) => "tree",
        Kind::Date => "date",
        Kind::Decision => "decision",
        _ => return None,
    })
}

fn properties_of(of: &Kind) -> impl Iterator<Item = &'static HostFunction> {
    let word = word(of);
    functions().iter().filter(move |one| one.kind == EntryKind::Property && Some(one.receiver()) == word)
}

/// The properties of a host value by their English names; none where the value has others too.
pub(crate) fn properties(of: &Kind) -> Option<Vec<&'static str>> {
    let closed = matches!(of, Kind::Rows(_) | Kind::Group(_) | Kind::Tree(_) | Kind::Date | Kind::Decision);
    closed.then(|| properties_of(of).map(|one| one.name).collect())
}

/// What a property of a host value comes to.
pub(crate) fn property(of: &Kind, name: &str) -> Kind {
    let table = match of {
        Kind::Rows(table) | Kind::Group(table) | Kind::Tree(table) => Some(table.as_str()),
        _ => None,
    };
    let found = properties_of(of).find(|one| one.name == name);
    found.map_or(Kind::Unknown, |one| kind(one.gives, table, &Kind::Unknown))
}
