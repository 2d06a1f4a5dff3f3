//! From the script engine's AST to a [`Script`].

use std::collections::BTreeMap;

use rhai::{AST, ASTFlags, BinaryExpr, Expr, FnCallExpr, FnPtr, Position, Stmt};

use super::tree::{At, ExprKind, Function, Node, Script, Statement, StmtKind};
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

fn lines(all: &[Stmt]) -> Vec<Statement> {
    all.iter().map(line).collect()
}

fn line(one: &Stmt) -> Statement {
    let position = match one {
        Stmt::Var(var, ..) => var.0.pos,
        Stmt::Import(parts, _) => parts.0.position(),
        _ => one.position(),
    };
    Statement { at: at(position), does: does(one) }
}

fn does(one: &Stmt) -> StmtKind {
    match one {
        Stmt::Var(var, ..) => StmtKind::Let(var.0.name.to_string(), node(&var.1)),
        Stmt::Assignment(parts) => StmtKind::Assign(node(&parts.1.lhs), node(&parts.1.rhs)),
        Stmt::If(flow, _) => {
            StmtKind::If(node(&flow.expr), lines(flow.body.statements()), lines(flow.branch.statements()))
        }
        Stmt::While(flow, _) => {
            let endless = matches!(flow.expr, Expr::Unit(_));
            StmtKind::While((!endless).then(|| node(&flow.expr)), lines(flow.body.statements()))
        }
        Stmt::Do(flow, _, _) => StmtKind::While(Some(node(&flow.expr)), lines(flow.body.statements())),
        Stmt::For(parts, _) => {
            let second = parts.1.iter().map(|name| name.name.to_string());
            let names = std::iter::once(parts.0.name.to_string()).chain(second).collect();
            StmtKind::For(names, node(&parts.2.expr), lines(parts.2.body.statements()))
        }
        Stmt::Return(value, flags, _) => {
            let value = value.as_deref().map(node);
            if flags.contains(ASTFlags::BREAK) { StmtKind::Throw(value) } else { StmtKind::Return(value) }
        }
        Stmt::BreakLoop(value, flags, _) if flags.contains(ASTFlags::BREAK) => {
            StmtKind::Break(value.as_deref().map(node))
        }
        Stmt::BreakLoop(..) => StmtKind::Continue,
        Stmt::Import(parts, _) => match &parts.0 {
            Expr::StringConstant(path, _) => StmtKind::Import(path.to_string(), parts.1.name.to_string()),
            _ => StmtKind::Nothing,
        },
        Stmt::TryCatch(flow, _) => {
            StmtKind::Try(lines(flow.body.statements()), lines(flow.branch.statements()))
        }
        Stmt::Switch(parts, _) => {
            let cases = parts.1.expressions.iter().map(|case| (node(&case.lhs), node(&case.rhs)));
            StmtKind::Switch(node(&parts.0), cases.collect())
        }
        Stmt::FnCall(call, position) => StmtKind::Plain(Node { at: at(*position), is: called(call) }),
        Stmt::Expr(value) => StmtKind::Plain(node(value)),
        Stmt::Block(block) => StmtKind::Block(lines(block.statements())),
        _ => StmtKind::Nothing,
    }
}

fn nodes(list: &[Expr]) -> Vec<Node> {
    list.iter().map(node).collect()
}

fn node(one: &Expr) -> Node {
    let here = at(one.position());
    let is = match one {
        Expr::Unit(_) => ExprKind::Unit,
        Expr::BoolConstant(yes, _) => ExprKind::Bool(*yes),
        Expr::IntegerConstant(number, _) => ExprKind::Int(*number),
        Expr::StringConstant(text, _) => ExprKind::Text(text.to_string()),
        Expr::InterpolatedString(parts, _) => ExprKind::Join(nodes(parts)),
        Expr::Array(list, _) => ExprKind::List(nodes(list)),
        Expr::Map(map, _) => {
            let entry =
                |(name, value): &(rhai::Ident, Expr)| (name.name.to_string(), at(name.pos), node(value));
            ExprKind::Map(map.0.iter().map(entry).collect())
        }
        Expr::And(list, _) => ExprKind::And(nodes(list)),
        Expr::Or(list, _) => ExprKind::Or(nodes(list)),
        Expr::Coalesce(list, _) => ExprKind::Coalesce(nodes(list)),
        Expr::Variable(name, ..) => match name.2.path.first() {
            None => ExprKind::Name(name.1.to_string()),
            Some(library) => ExprKind::Shared(library.name.to_string()),
        },
        Expr::Dot(pair, flags, _) => return chain(node(&pair.lhs), true, pair, *flags),
        Expr::Index(pair, flags, _) => return chain(node(&pair.lhs), false, pair, *flags),
        Expr::FnCall(call, _) => called(call),
        Expr::Stmt(block) => {
            curried(block.statements()).unwrap_or_else(|| ExprKind::Block(lines(block.statements())))
        }
        Expr::DynamicConstant(value, _) => closure(one, Vec::new())
            .or_else(|| value.as_decimal().ok().map(|number| ExprKind::Decimal(number.to_string())))
            .unwrap_or(ExprKind::Other),
        _ => ExprKind::Other,
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
        index if !dot => ExprKind::Index(Box::new(base), Box::new(node(index))),
        Expr::Property(property, _) => ExprKind::Get(Box::new(base), property.2.to_string()),
        Expr::MethodCall(call, _) => {
            ExprKind::Method(Box::new(base), call.name.to_string(), nodes(&call.args))
        }
        _ => ExprKind::Other,
    };
    Node { at: here, is }
}

fn called(call: &FnCallExpr) -> ExprKind {
    let library = call.namespace.path.first().map(|name| name.name.to_string());
    ExprKind::Call(library, call.name.to_string(), nodes(&call.args))
}

/// What the engine makes of a closure that captures: its variables shared, then `curry(closure, …)`.
fn curried(block: &[Stmt]) -> Option<ExprKind> {
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

fn closure(pointer: &Expr, captured: Vec<String>) -> Option<ExprKind> {
    match pointer {
        Expr::DynamicConstant(value, _) => {
            let pointer = value.read_lock::<FnPtr>()?;
            Some(ExprKind::Closure(pointer.fn_name().to_owned(), captured))
        }
        _ => None,
    }
}
