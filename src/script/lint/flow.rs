//! Ways through a script: what is never reached, never ends, or is always the same.

use super::list;
use super::notes::{Notes, words};
use super::tree::{ExprKind, Function, Node, Part, Script, Seen, Statement, StmtKind};
use crate::model::manual::EntryKind;
use crate::model::text::Text;
use crate::script::stdlib::functions;
use crate::script::syntax::COMPARISONS;

/// All of it.
pub(crate) fn look(script: &Script, notes: &mut Notes) {
    for function in script.functions.iter().chain(script.closures.values()) {
        blocks(script, &function.body, notes);
    }
    for function in &script.functions {
        recursion(script, function, notes);
    }
}

fn blocks(script: &Script, lines: &[Statement], notes: &mut Notes) {
    after_end(lines, notes);
    discarded(lines, true, notes);
    script.walk(&Part::Lines(lines), &mut |seen| match seen {
        Seen::Statement(line) => {
            for part in line.parts() {
                if let Part::Lines(inner) = part {
                    after_end(inner, notes);
                }
            }
            conditions(line, notes);
            endless(script, line, notes);
        }
        Seen::Node(Node { is: ExprKind::Block(inner), .. }) => {
            after_end(inner, notes);
            discarded(inner, true, notes);
        }
        Seen::Node(_) => {}
    });
}

/// Whether nothing after this statement is reached.
fn ends(line: &Statement) -> bool {
    match &line.does {
        StmtKind::Return(_) | StmtKind::Throw(_) | StmtKind::Break(_) | StmtKind::Continue => true,
        StmtKind::Block(lines) | StmtKind::Plain(Node { is: ExprKind::Block(lines), .. }) => {
            lines.iter().any(ends)
        }
        StmtKind::If(_, yes, no) => yes.iter().any(ends) && no.iter().any(ends),
        _ => false,
    }
}

fn after_end(lines: &[Statement], notes: &mut Notes) {
    let Some(end) = lines.iter().position(ends) else { return };
    let after = lines.iter().skip(end.saturating_add(1)).find(|line| !matches!(line.does, StmtKind::Nothing));
    if let Some(line) = after {
        let message = Text::new("永远执行不到这里", "this is never reached");
        let help = Text::new(
            "删去它，或检查前面的 return、break 是否该在条件里",
            "take it out, or see whether the `return` or `break` before it belongs under a condition",
        );
        notes.add(list::UNREACHABLE, line.at, message, help);
    }
}

fn conditions(line: &Statement, notes: &mut Notes) {
    let (StmtKind::If(test, ..) | StmtKind::While(Some(test), _)) = &line.does else { return };
    // `while true` is a `loop`.
    if matches!((&line.does, &test.is), (StmtKind::While(..), ExprKind::Bool(true))) {
        return;
    }
    for part in operands(test) {
        if constant(part) {
            let message = Text::new("这个条件的结果总是一样", "this condition is always the same");
            let help = Text::new("检查两边的变量", "see whether another variable is meant");
            notes.add(list::CONSTANT_CONDITION, part.at, message, help);
        }
    }
}

/// The parts of `a && b`, `a || b`, and the condition itself.
fn operands(test: &Node) -> Vec<&Node> {
    match &test.is {
        ExprKind::And(all) | ExprKind::Or(all) => all.iter().flat_map(operands).collect(),
        _ => vec![test],
    }
}

fn constant(test: &Node) -> bool {
    match &test.is {
        ExprKind::Bool(_) => true,
        ExprKind::Call(None, sign, pair) if COMPARISONS.contains(&sign.as_str()) => match pair.as_slice() {
            [one, other] => same(one, other),
            _ => false,
        },
        _ => false,
    }
}

/// Whether two expressions are written alike, or both stand there as such.
fn same(one: &Node, other: &Node) -> bool {
    let literal = |node: &Node| {
        matches!(node.is, ExprKind::Int(_) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Decimal(_))
    };
    alike(one, other) || (literal(one) && literal(other))
}

fn alike(one: &Node, other: &Node) -> bool {
    match (&one.is, &other.is) {
        (ExprKind::Name(one), ExprKind::Name(other)) | (ExprKind::Text(one), ExprKind::Text(other)) => {
            one == other
        }
        (ExprKind::Int(one), ExprKind::Int(other)) => one == other,
        (ExprKind::Get(one, name), ExprKind::Get(other, called)) => name == called && alike(one, other),
        (ExprKind::Method(one, name, given), ExprKind::Method(other, called, taken)) => {
            name == called && alike(one, other) && all_alike(given, taken)
        }
        (ExprKind::Call(one, name, given), ExprKind::Call(other, called, taken)) => {
            one == other && name == called && all_alike(given, taken)
        }
        _ => false,
    }
}

fn all_alike(some: &[Node], others: &[Node]) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| alike(one, other))
}

fn endless(script: &Script, line: &Statement, notes: &mut Notes) {
    let StmtKind::While(None | Some(Node { is: ExprKind::Bool(true), .. }), body) = &line.does else {
        return;
    };
    if !leaves(script, body, true) {
        let message = Text::new("循环没有出口", "the loop has no way out");
        let help = Text::new("加上 break 或 return", "add a `break` or a `return`");
        notes.add(list::ENDLESS_LOOP, line.at, message, help);
    }
}

/// Whether a loop over these statements can be left; `own`: a `break` among them is of this loop.
fn leaves(script: &Script, lines: &[Statement], own: bool) -> bool {
    lines.iter().any(|line| match &line.does {
        StmtKind::Return(_) | StmtKind::Throw(_) => true,
        StmtKind::Break(_) => own,
        StmtKind::While(_, body) | StmtKind::For(_, _, body) => leaves(script, body, false),
        _ => line.parts().iter().any(|part| part_leaves(script, part, own)),
    })
}

fn part_leaves(script: &Script, part: &Part<'_>, own: bool) -> bool {
    match part {
        Part::Lines(lines) => leaves(script, lines, own),
        Part::Node(node) => node.parts(script).iter().any(|part| part_leaves(script, part, own)),
        // A `return` inside of a closure leaves the closure alone.
        Part::Closure(_) => false,
    }
}

/// Whether running these statements always calls the function again; where it stands.
fn always_calls<'a>(function: &Function, lines: &'a [Statement]) -> Option<&'a Node> {
    lines.iter().find_map(|line| match &line.does {
        StmtKind::Let(_, node)
        | StmtKind::Plain(node)
        | StmtKind::Return(Some(node))
        | StmtKind::Assign(_, node) => node_calls(function, node),
        StmtKind::If(test, yes, no) => node_calls(function, test)
            .or_else(|| always_calls(function, yes).filter(|_| always_calls(function, no).is_some())),
        StmtKind::Block(lines) => always_calls(function, lines),
        StmtKind::For(_, over, _) => node_calls(function, over),
        StmtKind::While(Some(test), _) => node_calls(function, test),
        _ => None,
    })
}

fn node_calls<'a>(function: &Function, node: &'a Node) -> Option<&'a Node> {
    match &node.is {
        ExprKind::Call(None, name, all) if *name == function.name && all.len() == function.params.len() => {
            Some(node)
        }
        ExprKind::Call(_, _, all) | ExprKind::Join(all) | ExprKind::List(all) => {
            all.iter().find_map(|one| node_calls(function, one))
        }
        // Only the first is always looked at.
        ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Coalesce(all) => {
            all.first().and_then(|one| node_calls(function, one))
        }
        ExprKind::Map(entries) => entries.iter().find_map(|(_, _, one)| node_calls(function, one)),
        ExprKind::Get(of, _) => node_calls(function, of),
        ExprKind::Index(of, index) => node_calls(function, of).or_else(|| node_calls(function, index)),
        ExprKind::Method(of, _, all) => {
            node_calls(function, of).or_else(|| all.iter().find_map(|one| node_calls(function, one)))
        }
        ExprKind::Block(lines) => always_calls(function, lines),
        _ => None,
    }
}

fn recursion(script: &Script, function: &Function, notes: &mut Notes) {
    let returns_before = |call: &Node| {
        let mut early = false;
        script.walk(&Part::Lines(&function.body), &mut |seen| {
            if let Seen::Statement(Statement { at, does: StmtKind::Return(_) | StmtKind::Throw(_) }) = seen {
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
    notes.add(list::ENDLESS_RECURSION, call.at, message, help);
}

/// `taken`: somebody takes what the last statement comes to.
fn discarded(lines: &[Statement], taken: bool, notes: &mut Notes) {
    for (line, left) in lines.iter().zip((0..lines.len()).rev()) {
        let taken = taken && left == 0;
        match &line.does {
            StmtKind::For(_, _, body) | StmtKind::While(_, body) => discarded(body, false, notes),
            StmtKind::If(_, yes, no) => {
                discarded(yes, taken, notes);
                discarded(no, taken, notes);
            }
            StmtKind::Block(inner) => discarded(inner, taken, notes),
            StmtKind::Plain(node) if !taken => unused_value(node, notes),
            _ => {}
        }
    }
}

fn unused_value(node: &Node, notes: &mut Notes) {
    let (ExprKind::Call(None, name, _) | ExprKind::Method(_, name, _)) = &node.is else { return };
    // Functions of the host change nothing: what they come to must be used.
    if functions().named(name).any(|one| one.kind == EntryKind::Function) {
        let message = words!("“{name}”得出的值没有用上", "what `{name}` comes to is not used");
        let help = Text::new(
            "前面写 return，或用 let 取一个名称",
            "put `return` before it, or give it a name with `let`",
        );
        notes.add(list::DISCARDED, node.at, message, help);
    }
}
