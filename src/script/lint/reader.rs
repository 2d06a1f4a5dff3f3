//! From the script engine's AST to a [`Script`]: besides `compile::source` the only file that touches rhai's internals.

use std::collections::BTreeMap;

use rhai::{AST, ASTFlags, BinaryExpr, Expr, FnCallExpr, FnPtr, Position, Stmt};

use super::tree::{At, Does, Function, Is, Line, Node, Script};
use crate::script::compile::source::{functions, place};

/// What the script says.
pub(crate) fn read(ast: &AST) -> Script {
    let mut script = Script { globals: lines(ast.statements()), ..Script::default() };
    let mut closures = BTreeMap::new();
    for (span, body) in functions(ast, line) {
        let function = Function { name: span.name, params: span.params, start: span.start, body };
        if function.name.starts_with("anon$") {
            closures.insert(function.name.clone(), function);
        } else {
            script.functions.push(function);
        }
    }
    script.functions.sort_by_key(|function| function.start);
    script.closures = closures;
    script
}

fn at(position: Position) -> At {
    place(position).unwrap_or((1, 1))
}

fn lines(all: &[Stmt]) -> Vec<Line> {
    all.iter().map(line).collect()
}

fn line(one: &Stmt) -> Line {
    let position = match one {
        Stmt::Var(var, ..) => var.0.pos,
        Stmt::Import(parts, _) => parts.0.position(),
        _ => one.position(),
    };
    Line { at: at(position), does: does(one) }
}

fn does(one: &Stmt) -> Does {
    match one {
        Stmt::Var(var, ..) => Does::Let(var.0.name.to_string(), node(&var.1)),
        Stmt::Assignment(parts) => Does::Assign(node(&parts.1.lhs), node(&parts.1.rhs)),
        Stmt::If(flow, _) => {
            Does::If(node(&flow.expr), lines(flow.body.statements()), lines(flow.branch.statements()))
        }
        Stmt::While(flow, _) => {
            let endless = matches!(flow.expr, Expr::Unit(_));
            Does::While((!endless).then(|| node(&flow.expr)), lines(flow.body.statements()))
        }
        Stmt::Do(flow, _, _) => Does::While(Some(node(&flow.expr)), lines(flow.body.statements())),
        Stmt::For(parts, _) => {
            let second = parts.1.iter().map(|name| name.name.to_string());
            let names = std::iter::once(parts.0.name.to_string()).chain(second).collect();
            Does::For(names, node(&parts.2.expr), lines(parts.2.body.statements()))
        }
        Stmt::Return(value, flags, _) => {
            let value = value.as_deref().map(node);
            if flags.contains(ASTFlags::BREAK) { Does::Throw(value) } else { Does::Return(value) }
        }
        Stmt::BreakLoop(value, flags, _) if flags.contains(ASTFlags::BREAK) => {
            Does::Break(value.as_deref().map(node))
        }
        Stmt::BreakLoop(..) => Does::Continue,
        Stmt::Import(parts, _) => match &parts.0 {
            Expr::StringConstant(path, _) => Does::Import(path.to_string(), parts.1.name.to_string()),
            _ => Does::Nothing,
        },
        Stmt::TryCatch(flow, _) => Does::Try(lines(flow.body.statements()), lines(flow.branch.statements())),
        Stmt::Switch(parts, _) => {
            let cases = parts.1.expressions.iter().map(|case| (node(&case.lhs), node(&case.rhs)));
            Does::Switch(node(&parts.0), cases.collect())
        }
        Stmt::FnCall(call, position) => Does::Plain(Node { at: at(*position), is: called(call) }),
        Stmt::Expr(value) => Does::Plain(node(value)),
        Stmt::Block(block) => Does::Block(lines(block.statements())),
        _ => Does::Nothing,
    }
}

fn nodes(list: &[Expr]) -> Vec<Node> {
    list.iter().map(node).collect()
}

fn node(one: &Expr) -> Node {
    let here = at(one.position());
    let is = match one {
        Expr::Unit(_) => Is::Unit,
        Expr::BoolConstant(yes, _) => Is::Bool(*yes),
        Expr::IntegerConstant(number, _) => Is::Int(*number),
        Expr::StringConstant(text, _) => Is::Text(text.to_string()),
        Expr::InterpolatedString(parts, _) => Is::Join(nodes(parts)),
        Expr::Array(list, _) => Is::List(nodes(list)),
        Expr::Map(map, _) => {
            let entry =
                |(name, value): &(rhai::Ident, Expr)| (name.name.to_string(), at(name.pos), node(value));
            Is::Map(map.0.iter().map(entry).collect())
        }
        Expr::And(list, _) => Is::And(nodes(list)),
        Expr::Or(list, _) => Is::Or(nodes(list)),
        Expr::Coalesce(list, _) => Is::Coalesce(nodes(list)),
        Expr::Variable(name, ..) => match name.2.path.first() {
            None => Is::Name(name.1.to_string()),
            Some(library) => Is::Shared(library.name.to_string()),
        },
        Expr::Dot(pair, flags, _) => return chain(node(&pair.lhs), true, pair, *flags),
        Expr::Index(pair, flags, _) => return chain(node(&pair.lhs), false, pair, *flags),
        Expr::FnCall(call, _) => called(call),
        Expr::Stmt(block) => {
            curried(block.statements()).unwrap_or_else(|| Is::Block(lines(block.statements())))
        }
        Expr::DynamicConstant(value, _) => closure(one, Vec::new())
            .or_else(|| value.as_decimal().ok().map(|number| Is::Decimal(number.to_string())))
            .unwrap_or(Is::Other),
        _ => Is::Other,
    };
    Node { at: here, is }
}

/// `a.b.c[d].e()`: the engine nests what follows inside the right-hand side, unless that ends the chain.
fn chain(base: Node, dot: bool, pair: &BinaryExpr, flags: ASTFlags) -> Node {
    match &pair.rhs {
        Expr::Dot(next, more, _) if !flags.contains(ASTFlags::BREAK) => {
            chain(step(base, dot, &next.lhs), true, next, *more)
        }
        Expr::Index(next, more, _) if !flags.contains(ASTFlags::BREAK) => {
            chain(step(base, dot, &next.lhs), false, next, *more)
        }
        last => step(base, dot, last),
    }
}

fn step(base: Node, dot: bool, one: &Expr) -> Node {
    let here = at(one.position());
    let is = match one {
        index if !dot => Is::Index(Box::new(base), Box::new(node(index))),
        Expr::Property(property, _) => Is::Get(Box::new(base), property.2.to_string()),
        Expr::MethodCall(call, _) => Is::Method(Box::new(base), call.name.to_string(), nodes(&call.args)),
        _ => Is::Other,
    };
    Node { at: here, is }
}

fn called(call: &FnCallExpr) -> Is {
    let library = call.namespace.path.first().map(|name| name.name.to_string());
    Is::Call(library, call.name.to_string(), nodes(&call.args))
}

/// What the engine makes of a closure that captures: its variables shared, then `curry(closure, …)`.
fn curried(block: &[Stmt]) -> Option<Is> {
    let [Stmt::Share(_), Stmt::Expr(inner)] = block else { return None };
    match &**inner {
        Expr::FnCall(call, _) if call.name == "curry" => {
            let (pointer, captured) = call.args.split_first()?;
            let names = captured.iter().filter_map(|one| match one {
                Expr::Variable(name, ..) => Some(name.1.to_string()),
                _ => None,
            });
            closure(pointer, names.collect())
        }
        _ => None,
    }
}

fn closure(pointer: &Expr, captured: Vec<String>) -> Option<Is> {
    match pointer {
        Expr::DynamicConstant(value, _) => {
            let pointer = value.read_lock::<FnPtr>()?;
            Some(Is::Closure(pointer.fn_name().to_owned(), captured))
        }
        _ => None,
    }
}
