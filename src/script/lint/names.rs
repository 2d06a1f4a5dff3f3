//! Names: declared and not used, or hiding what everybody knows by them.

use std::collections::BTreeSet;

use super::list;
use super::notes::{Notes, words};
use super::tree::{At, ExprKind, Function, Node, Part, Script, Seen, Statement, StmtKind};
use crate::model::text::Text;
use crate::script::error::Script as File;

/// Variables, imports and parameters of closures.
pub(crate) fn look(script: &Script, notes: &mut Notes) {
    for function in &script.functions {
        unused(script, function, notes);
        shadows(script, function, notes);
    }
}

/// Functions nothing calls, but for the one the program calls itself.
pub(crate) fn unused_functions(file: &File<'_>, script: &Script, entry: &str, notes: &mut Notes) {
    let mut called = BTreeSet::new();
    script.everything(&mut |seen| {
        if let Seen::Node(node) = seen {
            called.extend(self::called(node));
        }
    });
    let unused = |function: &&Function| function.name != entry && !called.contains(&function.name);
    script.functions.iter().filter(unused).for_each(|function| unused_function(file, function, notes));
}

/// That nothing calls the function.
pub(crate) fn unused_function(file: &File<'_>, function: &Function, notes: &mut Notes) {
    let name = &function.name;
    let found = file.find(&format!("fn {name}(")).map(|(line, column)| (line, column.saturating_add(3)));
    let message = words!("函数“{name}”没有用到", "the function `{name}` is not used");
    let help = Text::new("删去它，或检查调用处的拼写", "take it out, or see whether its calls are misspelt");
    notes.add(list::UNUSED_FUNCTION, found.unwrap_or(function.start), message, help);
}

/// The functions an expression calls.
pub(crate) fn called(node: &Node) -> Option<String> {
    match &node.is {
        ExprKind::Call(_, name, _) | ExprKind::Method(_, name, _) => Some(name.clone()),
        _ => None,
    }
}

/// Variables and libraries that are declared in a function and not read in it.
fn unused(script: &Script, function: &Function, notes: &mut Notes) {
    let mut read: BTreeSet<&str> = BTreeSet::new();
    let mut libraries: BTreeSet<&str> = BTreeSet::new();
    let mut declared: Vec<(&str, At)> = Vec::new();
    let mut imported: Vec<(&str, At)> = Vec::new();
    let mut targets: Vec<At> = Vec::new();
    script.walk(&Part::Lines(&function.body), &mut |seen| match seen {
        Seen::Statement(line) => match &line.does {
            StmtKind::Let(name, _) => declared.push((name, line.at)),
            StmtKind::Import(_, name) => imported.push((name, line.at)),
            // Set, not read.
            StmtKind::Assign(target, _) if target.name().is_some() => targets.push(target.at),
            _ => {}
        },
        Seen::Node(node) => match &node.is {
            ExprKind::Name(name) if !targets.contains(&node.at) => {
                read.insert(name);
            }
            ExprKind::Closure(_, captured) => read.extend(captured.iter().map(String::as_str)),
            ExprKind::Call(Some(library), ..) | ExprKind::Shared(library) => {
                libraries.insert(library);
            }
            _ => {}
        },
    });
    for (name, at) in declared.into_iter().filter(|(name, _)| !read.contains(name) && !name.starts_with('_'))
    {
        let message = words!("变量“{name}”没有用到", "the variable `{name}` is not used");
        let help =
            words!("删去它；有意不用的写成 _{name}", "take it out, or call it `_{name}` where that is meant");
        notes.add(list::UNUSED_VARIABLE, at, message, help);
    }
    for (name, at) in imported.into_iter().filter(|(name, _)| !libraries.contains(name)) {
        let message = words!("引入的库“{name}”没有用到", "the library `{name}` is not used");
        notes.add(list::UNUSED_IMPORT, at, message, Text::new("删去 import", "take the `import` out"));
    }
}

/// Names inside a function that hide its parameters `t` and `p`.
fn shadows(script: &Script, function: &Function, notes: &mut Notes) {
    let known: Vec<&str> =
        function.params.iter().map(String::as_str).filter(|name| ["t", "p"].contains(name)).collect();
    let mut hidden: Vec<(&str, At)> = Vec::new();
    script.walk(&Part::Lines(&function.body), &mut |seen| match seen {
        Seen::Statement(Statement { at, does: StmtKind::Let(name, _) }) => hidden.push((name, *at)),
        Seen::Statement(Statement { at, does: StmtKind::For(names, ..) }) => {
            hidden.extend(names.iter().map(|name| (name.as_str(), *at)));
        }
        Seen::Node(Node { at, is: ExprKind::Closure(name, captured) }) => {
            let params =
                script.closures.get(name).map(|closure| closure.params.as_slice()).unwrap_or_default();
            let own = params.get(captured.len()..).unwrap_or_default();
            hidden.extend(own.iter().map(|name| (name.as_str(), *at)));
        }
        _ => {}
    });
    for (name, at) in hidden.into_iter().filter(|(name, _)| known.contains(name)) {
        let message = words!(
            "这里的“{name}”遮住了 check 的“{name}”",
            "this `{name}` hides the `{name}` of the function"
        );
        notes.add(list::SHADOWED, at, message, Text::new("换一个名称", "take another name"));
    }
}
