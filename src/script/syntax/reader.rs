//! From the script engine's AST to a [`SyntaxTree`]: the one place that knows how the engine writes scripts down.

use std::collections::BTreeMap;

use rhai::{AST, ASTFlags, ASTNode, BinaryExpr, FnCallExpr, FnPtr, Ident};

use super::tree::{Expr, ExprKind, Function, Path, Position, Stmt, StmtKind, SyntaxTree};

impl SyntaxTree {
    /// What the script says.
    pub(crate) fn read(ast: &AST) -> Self {
        let (functions, imports) = functions(ast);
        let (closures, mut functions): (Vec<_>, Vec<_>) =
            functions.into_iter().partition(|function| function.name.starts_with("anon$"));
        functions.sort_by_key(|function| function.start);
        let closures = closures.into_iter().map(|closure| (closure.name.clone(), closure)).collect();
        Self { functions, closures, globals: block(ast.statements()), imports }
    }
}

/// Every function, closures among them, and what is imported anywhere.
fn functions(ast: &AST) -> (Vec<Function>, BTreeMap<String, String>) {
    let (mut functions, ends): (Vec<Function>, Vec<Option<Position>>) =
        ast.iter_fn_def().map(|definition| signature(definition)).unzip();
    let mut imports = BTreeMap::new();
    let own = ast.statements().len();
    let mut outermost = 0_usize;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Stmt(rhai::Stmt::Import(import, _))) = path.last() {
            imports.extend(imported(import));
        }
        if let [ASTNode::Stmt(one)] = path {
            outermost = outermost.saturating_add(1);
            let around = position(one.position()).filter(|_| outermost > own);
            let function = around.and_then(|at| innermost(&functions, &ends, at));
            if let Some(function) = function.and_then(|number| functions.get_mut(number)) {
                function.body.push(stmt(one));
            }
        }
        true
    });
    (functions, imports)
}

/// A function without its body, and where its body ends: nowhere where it is one expression.
fn signature(definition: &rhai::ScriptFuncDef) -> (Function, Option<Position>) {
    let (start, end) = (definition.body.start_position(), definition.body.end_position());
    let params = definition.params.iter().map(ToString::to_string).collect();
    let start = position(start).unwrap_or_default();
    (Function { name: definition.name.to_string(), params, start, body: Vec::new() }, position(end))
}

/// The walk does not say whose statement it shows: it belongs to the smallest body around it.
fn innermost(functions: &[Function], ends: &[Option<Position>], at: Position) -> Option<usize> {
    let spans = functions.iter().map(|function| function.start).zip(ends).enumerate();
    let around = spans.filter(|(_, (start, end))| match end {
        None => *start == at,
        Some(end) => *start < at && at < *end,
    });
    around.max_by_key(|(_, (start, end))| (end.is_none(), *start)).map(|(number, _)| number)
}

fn imported(import: &(rhai::Expr, Ident)) -> Option<(String, String)> {
    match &import.0 {
        rhai::Expr::StringConstant(path, _) => Some((import.1.name.to_string(), path.to_string())),
        _ => None,
    }
}

fn position(of: rhai::Position) -> Option<Position> {
    Some((of.line()?, of.position()?))
}

fn position_or_first(of: rhai::Position) -> Position {
    position(of).unwrap_or((1, 1))
}

fn block(all: &[rhai::Stmt]) -> Vec<Stmt> {
    all.iter().map(stmt).collect()
}

fn stmt(one: &rhai::Stmt) -> Stmt {
    let at = match one {
        rhai::Stmt::Var(var, ..) => var.0.pos,
        rhai::Stmt::Import(import, _) => import.0.position(),
        _ => one.position(),
    };
    Stmt { at: position_or_first(at), kind: stmt_kind(one) }
}

fn stmt_kind(one: &rhai::Stmt) -> StmtKind {
    match one {
        rhai::Stmt::Noop(_) | rhai::Stmt::Share(_) => StmtKind::Empty,
        rhai::Stmt::Var(var, ..) => StmtKind::Let(var.0.name.to_string(), expr(&var.1)),
        rhai::Stmt::Assignment(parts) => {
            let (target, value) = (expr(&parts.1.lhs), expr(&parts.1.rhs));
            if parts.0.is_op_assignment() {
                StmtKind::AssignOp(target, value)
            } else {
                StmtKind::Assign(target, value)
            }
        }
        rhai::Stmt::If(flow, _) => {
            StmtKind::If(expr(&flow.expr), block(flow.body.statements()), block(flow.branch.statements()))
        }
        rhai::Stmt::While(flow, _) => {
            let endless = matches!(flow.expr, rhai::Expr::Unit(_));
            StmtKind::While((!endless).then(|| expr(&flow.expr)), block(flow.body.statements()))
        }
        rhai::Stmt::Do(flow, ..) => StmtKind::While(Some(expr(&flow.expr)), block(flow.body.statements())),
        rhai::Stmt::For(parts, _) => StmtKind::For {
            variable: parts.0.name.to_string(),
            counter: parts.1.as_ref().map(|counter| counter.name.to_string()),
            over: expr(&parts.2.expr),
            body: block(parts.2.body.statements()),
        },
        rhai::Stmt::Return(value, flags, _) => {
            let value = value.as_deref().map(expr);
            if flags.contains(ASTFlags::BREAK) { StmtKind::Throw(value) } else { StmtKind::Return(value) }
        }
        rhai::Stmt::BreakLoop(value, flags, _) if flags.contains(ASTFlags::BREAK) => {
            StmtKind::Break(value.as_deref().map(expr))
        }
        rhai::Stmt::BreakLoop(..) => StmtKind::Continue,
        rhai::Stmt::Import(import, _) => {
            imported(import).map_or(StmtKind::Empty, |(name, path)| StmtKind::Import(path, name))
        }
        rhai::Stmt::TryCatch(flow, _) => {
            StmtKind::Try(block(flow.body.statements()), block(flow.branch.statements()))
        }
        rhai::Stmt::Switch(parts, _) => {
            let cases = parts.1.expressions.iter().map(|case| (expr(&case.lhs), expr(&case.rhs)));
            StmtKind::Switch(expr(&parts.0), cases.collect())
        }
        rhai::Stmt::FnCall(fn_call, at) => StmtKind::Expr(plain(position_or_first(*at), call(fn_call))),
        rhai::Stmt::Expr(value) => StmtKind::Expr(expr(value)),
        rhai::Stmt::Block(inner) => StmtKind::Block(block(inner.statements())),
        _ => StmtKind::Other,
    }
}

fn plain(at: Position, kind: ExprKind) -> Expr {
    Expr { at, optional: false, kind }
}

fn exprs(all: &[rhai::Expr]) -> Vec<Expr> {
    all.iter().map(expr).collect()
}

fn expr(one: &rhai::Expr) -> Expr {
    match one {
        rhai::Expr::Dot(pair, flags, _) => chain(expr(&pair.lhs), true, pair, *flags, false),
        rhai::Expr::Index(pair, flags, _) => chain(expr(&pair.lhs), false, pair, *flags, false),
        _ => plain(position_or_first(one.position()), expr_kind(one)),
    }
}

/// Of everything but chains.
fn expr_kind(one: &rhai::Expr) -> ExprKind {
    match one {
        rhai::Expr::Unit(_) => ExprKind::Unit,
        rhai::Expr::BoolConstant(yes, _) => ExprKind::Bool(*yes),
        rhai::Expr::IntegerConstant(number, _) => ExprKind::Int(*number),
        rhai::Expr::CharConstant(..) => ExprKind::Char,
        rhai::Expr::StringConstant(text, _) => ExprKind::Text(text.to_string()),
        rhai::Expr::InterpolatedString(parts, _) => ExprKind::Interpolation(exprs(parts)),
        rhai::Expr::Array(list, _) => ExprKind::List(exprs(list)),
        rhai::Expr::Map(map, _) => {
            let entry = |(key, value): &(Ident, rhai::Expr)| {
                (key.name.to_string(), position_or_first(key.pos), expr(value))
            };
            ExprKind::Map(map.0.iter().map(entry).collect())
        }
        rhai::Expr::And(list, _) => ExprKind::And(exprs(list)),
        rhai::Expr::Or(list, _) => ExprKind::Or(exprs(list)),
        rhai::Expr::Coalesce(list, _) => ExprKind::Coalesce(exprs(list)),
        rhai::Expr::Variable(name, ..) => {
            path(&name.2.path).map_or_else(|| ExprKind::Variable(name.1.to_string()), ExprKind::Constant)
        }
        rhai::Expr::FnCall(fn_call, _) => call(fn_call),
        rhai::Expr::Stmt(inner) => {
            curried(inner.statements()).unwrap_or_else(|| ExprKind::Block(block(inner.statements())))
        }
        rhai::Expr::DynamicConstant(value, _) => closure(one, Vec::new())
            .or_else(|| value.as_decimal().ok().map(ExprKind::Decimal))
            .unwrap_or(ExprKind::Literal),
        _ => ExprKind::Other,
    }
}

/// `a.b.c[d].e()`: the engine nests what follows inside the right-hand side, unless that ends the chain.
fn chain(base: Expr, dot: bool, pair: &BinaryExpr, flags: ASTFlags, optional: bool) -> Expr {
    let optional = optional || flags.contains(ASTFlags::NEGATED);
    let ends = flags.contains(ASTFlags::BREAK);
    match &pair.rhs {
        rhai::Expr::Dot(next, more, _) if !ends => {
            chain(link(base, dot, &next.lhs, optional), true, next, *more, optional)
        }
        rhai::Expr::Index(next, more, _) if !ends => {
            chain(link(base, dot, &next.lhs, optional), false, next, *more, optional)
        }
        last => link(base, dot, last, optional),
    }
}

fn link(base: Expr, dot: bool, one: &rhai::Expr, optional: bool) -> Expr {
    let kind = match one {
        index if !dot => ExprKind::Index(Box::new(base), Box::new(expr(index))),
        rhai::Expr::Property(property, _) => ExprKind::Property(Box::new(base), property.2.to_string()),
        rhai::Expr::MethodCall(call, _) => {
            ExprKind::Method(Box::new(base), call.name.to_string(), exprs(&call.args))
        }
        _ => ExprKind::Other,
    };
    Expr { at: position_or_first(one.position()), optional, kind }
}

fn path(names: &[Ident]) -> Option<Path> {
    Path::new(names.iter().map(|name| name.name.to_string()).collect())
}

fn call(call: &FnCallExpr) -> ExprKind {
    ExprKind::Call {
        path: path(&call.namespace.path),
        name: call.name.to_string(),
        arguments: exprs(&call.args),
        captures_scope: call.capture_parent_scope,
    }
}

/// What the engine makes of a closure that captures: its variables shared, then `curry(closure, …)`.
fn curried(block: &[rhai::Stmt]) -> Option<ExprKind> {
    let [rhai::Stmt::Share(_), rhai::Stmt::Expr(inner)] = block else { return None };
    match &**inner {
        rhai::Expr::FnCall(call, _) if call.name == "curry" => {
            let (pointer, captured) = call.args.split_first()?;
            let names = captured.iter().filter_map(|one| match one {
                rhai::Expr::Variable(name, ..) => Some(name.1.to_string()),
                _ => None,
            });
            closure(pointer, names.collect())
        }
        _ => None,
    }
}

fn closure(pointer: &rhai::Expr, captured: Vec<String>) -> Option<ExprKind> {
    match pointer {
        rhai::Expr::DynamicConstant(value, _) => {
            let pointer = value.read_lock::<FnPtr>()?;
            Some(ExprKind::Closure(pointer.fn_name().to_owned(), captured))
        }
        _ => None,
    }
}
