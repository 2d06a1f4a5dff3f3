//! Names: declared and not used, or hiding what everybody knows by them.

use std::collections::BTreeSet;

use super::diagnostics::{Diagnostics, words};
use super::list;
use crate::model::text::Text;
use crate::script::error::Script;
use crate::script::syntax::tree::{
    Child, Expr, ExprKind, Function, Node, Position, Stmt, StmtKind, SyntaxTree,
};

/// Variables, imports and parameters of closures.
pub(crate) fn check(script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    for function in &script.functions {
        unused(script, function, diagnostics);
        shadows(script, function, diagnostics);
    }
}

/// Functions nothing calls, but for the one the program calls itself.
pub(crate) fn unused_functions(
    file: &Script<'_>,
    script: &SyntaxTree,
    entry: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut called = BTreeSet::new();
    script.walk_all(&mut |node| {
        if let Node::Expr(expr) = node {
            called.extend(self::called(expr));
        }
    });
    let unused = |function: &&Function| function.name != entry && !called.contains(&function.name);
    script.functions.iter().filter(unused).for_each(|function| unused_function(file, function, diagnostics));
}

/// That nothing calls the function.
pub(crate) fn unused_function(file: &Script<'_>, function: &Function, diagnostics: &mut Diagnostics) {
    let name = &function.name;
    let found = file.find(&format!("fn {name}(")).map(|(line, column)| (line, column.saturating_add(3)));
    let message = words!("函数“{name}”没有用到", "the function `{name}` is not used");
    let help = Text::new("删去它，或检查调用处的拼写", "take it out, or see whether its calls are misspelt");
    diagnostics.add(list::UNUSED_FUNCTION, found.unwrap_or(function.start), message, help);
}

/// The functions an expression calls.
pub(crate) fn called(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Call { name, .. } | ExprKind::Method(_, name, _) => Some(name.clone()),
        _ => None,
    }
}

/// Variables and libraries that are declared in a function and not read in it.
fn unused(script: &SyntaxTree, function: &Function, diagnostics: &mut Diagnostics) {
    let mut read: BTreeSet<&str> = BTreeSet::new();
    let mut libraries: BTreeSet<&str> = BTreeSet::new();
    let mut declared: Vec<(&str, Position)> = Vec::new();
    let mut imported: Vec<(&str, Position)> = Vec::new();
    let mut targets: Vec<Position> = Vec::new();
    script.walk(&Child::Block(&function.body), &mut |node| match node {
        Node::Stmt(line) => match &line.kind {
            StmtKind::Let(name, _) => declared.push((name, line.at)),
            StmtKind::Import(_, name) => imported.push((name, line.at)),
            // Set, not read.
            StmtKind::Assign(target, _) | StmtKind::AssignOp(target, _) if target.variable().is_some() => {
                targets.push(target.at);
            }
            _ => {}
        },
        Node::Expr(expr) => match &expr.kind {
            ExprKind::Variable(name) if !targets.contains(&expr.at) => {
                read.insert(name);
            }
            ExprKind::Closure(_, captured) => read.extend(captured.iter().map(String::as_str)),
            ExprKind::Call { path: Some(path), .. } | ExprKind::Constant(path) => {
                libraries.insert(path.library());
            }
            _ => {}
        },
    });
    for (name, at) in declared.into_iter().filter(|(name, _)| !read.contains(name) && !name.starts_with('_'))
    {
        let message = words!("变量“{name}”没有用到", "the variable `{name}` is not used");
        let help =
            words!("删去它；有意不用的写成 _{name}", "take it out, or call it `_{name}` where that is meant");
        diagnostics.add(list::UNUSED_VARIABLE, at, message, help);
    }
    for (name, at) in imported.into_iter().filter(|(name, _)| !libraries.contains(name)) {
        let message = words!("引入的库“{name}”没有用到", "the library `{name}` is not used");
        diagnostics.add(list::UNUSED_IMPORT, at, message, Text::new("删去 import", "take the `import` out"));
    }
}

/// Names inside a function that hide its parameters `t` and `p`.
fn shadows(script: &SyntaxTree, function: &Function, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> =
        function.params.iter().map(String::as_str).filter(|name| ["t", "p"].contains(name)).collect();
    let mut hidden: Vec<(&str, Position)> = Vec::new();
    script.walk(&Child::Block(&function.body), &mut |node| match node {
        Node::Stmt(Stmt { at, kind: StmtKind::Let(name, _) }) => hidden.push((name, *at)),
        Node::Stmt(Stmt { at, kind: StmtKind::For { variable, counter, .. } }) => {
            hidden.push((variable, *at));
            hidden.extend(counter.iter().map(|name| (name.as_str(), *at)));
        }
        Node::Expr(Expr { at, kind: ExprKind::Closure(name, captured), .. }) => {
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
        diagnostics.add(list::SHADOWED, at, message, Text::new("换一个名称", "take another name"));
    }
}
