//! Ways through a script: what is never reached, never ends, or is always the same.

use super::diagnostics::{Diagnostics, words};
use super::list;
use crate::model::function_reference::EntryKind;
use crate::model::text::Text;
use crate::script::stdlib::functions;
use crate::script::syntax::COMPARISONS;
use crate::script::syntax::tree::{Child, Expr, ExprKind, Function, Node, Stmt, StmtKind, SyntaxTree};

/// All of it.
pub(crate) fn check(script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    for function in script.functions.iter().chain(script.closures.values()) {
        blocks(script, &function.body, diagnostics);
    }
    for closure in script.closures.values() {
        assigned(closure, diagnostics);
    }
    for function in &script.functions {
        recursion(script, function, diagnostics);
    }
}

/// A closure that ends in an assignment, where what it is given for wants a value of it.
fn assigned(closure: &Function, diagnostics: &mut Diagnostics) {
    if let Some(Stmt { at, kind: StmtKind::Assign(..) }) = closure.body.last() {
        let message = words!(
            "这里是赋值“=”，闭包因此没有值",
            "this is an assignment, so that the closure has no value"
        );
        diagnostics.add(list::ASSIGNED, *at, message, words!("比较请写“==”", "write `==` to compare"));
    }
}

fn blocks(script: &SyntaxTree, stmts: &[Stmt], diagnostics: &mut Diagnostics) {
    after_end(stmts, diagnostics);
    discarded(stmts, true, diagnostics);
    script.walk(&Child::Block(stmts), &mut |node| match node {
        Node::Stmt(stmt) => {
            stmt.each_child(&mut |child| {
                if let Child::Block(inner) = child {
                    after_end(inner, diagnostics);
                }
            });
            conditions(stmt, diagnostics);
            endless(script, stmt, diagnostics);
        }
        Node::Expr(Expr { kind: ExprKind::Block(inner), .. }) => {
            after_end(inner, diagnostics);
            discarded(inner, true, diagnostics);
        }
        Node::Expr(_) => {}
    });
}

/// Whether nothing after this statement is reached.
fn ends(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Throw(_) | StmtKind::Break(_) | StmtKind::Continue => true,
        StmtKind::Block(stmts) | StmtKind::Expr(Expr { kind: ExprKind::Block(stmts), .. }) => {
            stmts.iter().any(ends)
        }
        StmtKind::If(_, yes, no) => yes.iter().any(ends) && no.iter().any(ends),
        _ => false,
    }
}

fn after_end(stmts: &[Stmt], diagnostics: &mut Diagnostics) {
    let Some(end) = stmts.iter().position(ends) else { return };
    let after = stmts
        .iter()
        .skip(end.saturating_add(1))
        .find(|stmt| !matches!(stmt.kind, StmtKind::Empty | StmtKind::Other));
    if let Some(stmt) = after {
        let message = Text::new("永远执行不到这里", "this is never reached");
        let help = Text::new(
            "删去它，或检查前面的 return、break 是否该在条件里",
            "take it out, or see whether the `return` or `break` before it belongs under a condition",
        );
        diagnostics.add(list::UNREACHABLE, stmt.at, message, help);
    }
}

fn conditions(stmt: &Stmt, diagnostics: &mut Diagnostics) {
    let (StmtKind::If(test, ..) | StmtKind::While(Some(test), _)) = &stmt.kind else { return };
    // `while true` is a `loop`.
    if matches!((&stmt.kind, &test.kind), (StmtKind::While(..), ExprKind::Bool(true))) {
        return;
    }
    for part in operands(test) {
        if constant(part) {
            let message = Text::new("这个条件的结果总是一样", "this condition is always the same");
            let help = Text::new("检查两边的变量", "see whether another variable is meant");
            diagnostics.add(list::CONSTANT_CONDITION, part.at, message, help);
        }
    }
}

/// The parts of `a && b`, `a || b`, and the condition itself.
fn operands(test: &Expr) -> Vec<&Expr> {
    match &test.kind {
        ExprKind::And(all) | ExprKind::Or(all) => all.iter().flat_map(operands).collect(),
        _ => vec![test],
    }
}

fn constant(test: &Expr) -> bool {
    match &test.kind {
        ExprKind::Bool(_) => true,
        ExprKind::Call { path: None, name: sign, arguments: pair, .. }
            if COMPARISONS.contains(&sign.as_str()) =>
        {
            match pair.as_slice() {
                [one, other] => same(one, other),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether two expressions are written alike, or both stand there as such.
fn same(one: &Expr, other: &Expr) -> bool {
    let literal = |expr: &Expr| {
        matches!(expr.kind, ExprKind::Int(_) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Decimal(_))
    };
    alike(one, other) || (literal(one) && literal(other))
}

fn alike(one: &Expr, other: &Expr) -> bool {
    match (&one.kind, &other.kind) {
        (ExprKind::Variable(one), ExprKind::Variable(other))
        | (ExprKind::Text(one), ExprKind::Text(other)) => one == other,
        (ExprKind::Int(one), ExprKind::Int(other)) => one == other,
        (ExprKind::Property(one, name), ExprKind::Property(other, called)) => {
            name == called && alike(one, other)
        }
        (ExprKind::Method(one, name, given), ExprKind::Method(other, called, taken)) => {
            name == called && alike(one, other) && all_alike(given, taken)
        }
        (
            ExprKind::Call { path: one, name, arguments: given, .. },
            ExprKind::Call { path: other, name: called, arguments: taken, .. },
        ) => one == other && name == called && all_alike(given, taken),
        _ => false,
    }
}

fn all_alike(some: &[Expr], others: &[Expr]) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| alike(one, other))
}

fn endless(script: &SyntaxTree, stmt: &Stmt, diagnostics: &mut Diagnostics) {
    let StmtKind::While(None | Some(Expr { kind: ExprKind::Bool(true), .. }), body) = &stmt.kind else {
        return;
    };
    if !leaves(script, body, true) {
        let message = Text::new("循环没有出口", "the loop has no way out");
        let help = Text::new("加上 break 或 return", "add a `break` or a `return`");
        diagnostics.add(list::ENDLESS_LOOP, stmt.at, message, help);
    }
}

/// Whether a loop over these statements can be left; `own`: a `break` among them is of this loop.
fn leaves(script: &SyntaxTree, stmts: &[Stmt], own: bool) -> bool {
    stmts.iter().any(|stmt| match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Throw(_) => true,
        StmtKind::Break(_) => own,
        StmtKind::While(_, body) | StmtKind::For { body, .. } => leaves(script, body, false),
        _ => {
            let mut found = false;
            stmt.each_child(&mut |child| found = found || child_leaves(script, &child, own));
            found
        }
    })
}

fn child_leaves(script: &SyntaxTree, child: &Child<'_>, own: bool) -> bool {
    match child {
        Child::Block(stmts) => leaves(script, stmts, own),
        Child::Expr(expr) => {
            let mut found = false;
            expr.each_child(script, &mut |child| found = found || child_leaves(script, &child, own));
            found
        }
        // A `return` inside of a closure leaves the closure alone.
        Child::Closure(_) => false,
    }
}

/// Whether running these statements always calls the function again; where it stands.
fn always_calls<'a>(function: &Function, stmts: &'a [Stmt]) -> Option<&'a Expr> {
    stmts.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Let(_, expr)
        | StmtKind::Expr(expr)
        | StmtKind::Return(Some(expr))
        | StmtKind::Assign(_, expr)
        | StmtKind::AssignOp(_, expr) => node_calls(function, expr),
        StmtKind::If(test, yes, no) => node_calls(function, test)
            .or_else(|| always_calls(function, yes).filter(|_| always_calls(function, no).is_some())),
        StmtKind::Block(stmts) => always_calls(function, stmts),
        StmtKind::For { over, .. } => node_calls(function, over),
        StmtKind::While(Some(test), _) => node_calls(function, test),
        _ => None,
    })
}

fn node_calls<'a>(function: &Function, expr: &'a Expr) -> Option<&'a Expr> {
    match &expr.kind {
        ExprKind::Call { path: None, name, arguments: all, .. }
            if *name == function.name && all.len() == function.params.len() =>
        {
            Some(expr)
        }
        ExprKind::Call { arguments: all, .. } | ExprKind::Interpolation(all) | ExprKind::List(all) => {
            all.iter().find_map(|one| node_calls(function, one))
        }
        // Only the first is always looked at.
        ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Coalesce(all) => {
            all.first().and_then(|one| node_calls(function, one))
        }
        ExprKind::Map(entries) => entries.iter().find_map(|(_, _, one)| node_calls(function, one)),
        ExprKind::Property(of, _) => node_calls(function, of),
        ExprKind::Index(of, index) => node_calls(function, of).or_else(|| node_calls(function, index)),
        ExprKind::Method(of, _, all) => {
            node_calls(function, of).or_else(|| all.iter().find_map(|one| node_calls(function, one)))
        }
        ExprKind::Block(stmts) => always_calls(function, stmts),
        _ => None,
    }
}

fn recursion(script: &SyntaxTree, function: &Function, diagnostics: &mut Diagnostics) {
    let returns_before = |call: &Expr| {
        let mut early = false;
        script.walk(&Child::Block(&function.body), &mut |node| {
            if let Node::Stmt(Stmt { at, kind: StmtKind::Return(_) | StmtKind::Throw(_) }) = node {
                early |= *at < call.at;
            }
        });
        early
    };
    let Some(call) = always_calls(function, &function.body).filter(|call| !returns_before(call)) else {
        return;
    };
    let name = &function.name;
    let message = words!("函数“{name}”无条件地调用自己", "the function `{name}` always calls itself");
    let help = Text::new("先写不再调用自己的分支", "begin with the case in which it does not");
    diagnostics.add(list::ENDLESS_RECURSION, call.at, message, help);
}

/// `taken`: somebody takes what the last statement comes to.
fn discarded(stmts: &[Stmt], taken: bool, diagnostics: &mut Diagnostics) {
    for (stmt, left) in stmts.iter().zip((0..stmts.len()).rev()) {
        let taken = taken && left == 0;
        match &stmt.kind {
            StmtKind::For { body, .. } | StmtKind::While(_, body) => discarded(body, false, diagnostics),
            StmtKind::If(_, yes, no) => {
                discarded(yes, taken, diagnostics);
                discarded(no, taken, diagnostics);
            }
            StmtKind::Block(inner) => discarded(inner, taken, diagnostics),
            StmtKind::Expr(expr) if !taken => unused_value(expr, diagnostics),
            _ => {}
        }
    }
}

fn unused_value(expr: &Expr, diagnostics: &mut Diagnostics) {
    let (ExprKind::Call { path: None, name, .. } | ExprKind::Method(_, name, _)) = &expr.kind else { return };
    // Functions of the host change nothing: what they come to must be used.
    if functions().named(name).any(|one| one.kind == EntryKind::Function) {
        let message = words!("“{name}”得出的值没有用上", "what `{name}` comes to is not used");
        let help = Text::new(
            "前面写 return，或用 let 取一个名称",
            "put `return` before it, or give it a name with `let`",
        );
        diagnostics.add(list::DISCARDED, expr.at, message, help);
    }
}
