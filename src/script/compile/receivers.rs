//! What closures are given to, as far as the script shows: which of them look at a whole table and know all they
//! capture before the run, and which do not look at rows at all.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{Expression, Statement, Unit};
use crate::script::function::FunctionTable;

/// What a closure is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// A whole table, by name; the closure captures the as-of day so many times and nothing else.
    Table(String, usize),
    /// A list.
    List,
    /// Groups of rows.
    Groups,
    /// Rows, or something the script does not show.
    Unknown,
}

#[derive(Clone, PartialEq, Eq)]
enum Thing {
    Tables,
    Table(String),
    AsOf,
    List,
    Groups,
    Other,
}

/// Methods of any value that give a list, and those of a list that give a list.
const LISTS: [&str; 6] = ["map", "unique", "keys", "values", "split", "extract"];

/// The receivers of the closures in the unit's functions, by the closure's name.
pub(crate) fn of(unit: &Unit, functions: &'static FunctionTable) -> BTreeMap<String, Receiver> {
    let tables = unit.functions.values().find(|function| function.name == "check");
    let tables = tables.and_then(|check| check.params.first()).map_or("t", String::as_str);
    let mut found = BTreeMap::new();
    for function in unit.functions.values().filter(|function| !function.is_closure()) {
        let mut things = BTreeMap::new();
        if function.params.iter().any(|name| name == tables) {
            things.insert(tables.to_owned(), Thing::Tables);
        }
        Walk { things, functions, found: &mut found }.statements(&function.body);
    }
    found
}

/// The closures `|| …`: they take no row, and are called once where they stand.
pub(crate) fn without_row(unit: &Unit) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    unit.expressions(&mut |one| {
        if let Expression::Closure(name, captured) = one
            && unit.functions.contains_key(&(name.clone(), captured.len()))
        {
            found.insert(name.as_str());
        }
    });
    found
}

struct Walk<'a> {
    things: BTreeMap<String, Thing>,
    functions: &'static FunctionTable,
    found: &'a mut BTreeMap<String, Receiver>,
}

impl Walk<'_> {
    fn statements(&mut self, all: &[Statement]) {
        for one in all {
            match one {
                Statement::Let(name, value) | Statement::Assign(name, value) => {
                    let thing = self.thing(value);
                    self.things.insert(name.clone(), thing);
                }
                Statement::If(test, yes, no) => {
                    self.thing(test);
                    self.statements(yes);
                    self.statements(no);
                }
                Statement::For(name, list, body) => {
                    self.thing(list);
                    self.things.insert(name.clone(), Thing::Other);
                    self.statements(body);
                }
                Statement::Return(value) | Statement::Plain(value) => {
                    self.thing(value);
                }
                Statement::Block(body) => self.statements(body),
                Statement::Nothing | Statement::Odd(_) => {}
            }
        }
    }

    fn thing(&mut self, one: &Expression) -> Thing {
        match one {
            Expression::Variable(name) => self.things.get(name).cloned().unwrap_or(Thing::Other),
            Expression::Get(value, name) => match (self.thing(value), name.as_str()) {
                (Thing::Tables, "as_of" | "截止日") => Thing::AsOf,
                (Thing::Tables, name) => Thing::Table(name.to_owned()),
                _ => Thing::Other,
            },
            Expression::Method(value, name, arguments) => {
                let receiver = self.thing(value);
                self.each(arguments, &receiver);
                match (receiver, self.functions.in_english(name)) {
                    (_, "group") => Thing::Groups,
                    (_, name) if LISTS.contains(&name) => Thing::List,
                    (kept @ (Thing::List | Thing::Groups), "filter") => kept,
                    _ => Thing::Other,
                }
            }
            Expression::List(all) => {
                self.each(all, &Thing::Other);
                Thing::List
            }
            Expression::Call(_, _, all)
            | Expression::Join(all)
            | Expression::And(all)
            | Expression::Or(all)
            | Expression::Coalesce(all) => {
                self.each(all, &Thing::Other);
                Thing::Other
            }
            Expression::At(value, index) => {
                self.thing(value);
                self.thing(index);
                Thing::Other
            }
            Expression::Block(body) => {
                self.statements(body);
                Thing::Other
            }
            _ => Thing::Other,
        }
    }

    fn each(&mut self, arguments: &[Expression], receiver: &Thing) {
        for one in arguments {
            let Expression::Closure(name, captured) = one else {
                self.thing(one);
                continue;
            };
            let known = captured.iter().all(|one| self.thing(one) == Thing::AsOf);
            let receiver = match receiver {
                Thing::Table(table) if known => Receiver::Table(table.clone(), captured.len()),
                Thing::List => Receiver::List,
                Thing::Groups => Receiver::Groups,
                _ => Receiver::Unknown,
            };
            self.found.insert(name.clone(), receiver);
        }
    }
}
