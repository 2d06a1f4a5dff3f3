//! From the script engine's AST to a [`Unit`]. A differential test compares kernels with interpretation.

use std::collections::BTreeMap;

use rhai::{AST, ASTFlags, ASTNode, BinaryExpr, Expr, FnCallExpr, FnPtr, Position, Stmt};

use super::refusal::Form;
use super::syntax::{Expression, Function, Statement, Unit};

/// Where closures come from.
pub(crate) trait ClosureSource {
    /// Its functions, closures among them, and what it imports.
    fn unit(&self) -> Unit;
}

/// A function's name, parameters, and where its body begins and ends.
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) params: Vec<String>,
    pub(crate) start: Place,
    /// None for a closure of one expression.
    pub(crate) end: Option<Place>,
}

/// Line and column.
pub(crate) type Place = (usize, usize);

impl ClosureSource for AST {
    fn unit(&self) -> Unit {
        let mut imports = BTreeMap::new();
        self.walk(&mut |path: &[ASTNode<'_>]| {
            if let Some(ASTNode::Stmt(Stmt::Import(import, _))) = path.last() {
                imports.extend(imported(import));
            }
            true
        });
        let functions = functions(self, statement);
        let functions = functions.into_iter().map(|(span, body)| {
            let line = span.start.0;
            let key = (span.name.clone(), span.params.len());
            (key, Function { name: span.name, params: span.params, line, body })
        });
        Unit { functions: functions.collect(), imports }
    }
}

/// Every function, closures among them, with what `read` makes of the statements of its body.
pub(crate) fn functions<T>(ast: &AST, read: impl Fn(&Stmt) -> T) -> Vec<(Span, Vec<T>)> {
    let span = |def: &rhai::Shared<rhai::ScriptFuncDef>| {
        let (start, end) = (def.body.start_position(), def.body.end_position());
        let params = def.params.iter().map(ToString::to_string).collect();
        Span { name: def.name.to_string(), params, start: place(start).unwrap_or_default(), end: place(end) }
    };
    let spans: Vec<Span> = ast.iter_fn_def().map(span).collect();
    let mut bodies: Vec<Vec<T>> = spans.iter().map(|_| Vec::new()).collect();
    let own = ast.statements().len();
    let mut seen = 0_usize;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(one)] = path {
            seen = seen.saturating_add(1);
            let body = innermost(&spans, one.position()).and_then(|at| bodies.get_mut(at));
            if let Some(body) = body.filter(|_| seen > own) {
                body.push(read(one));
            }
        }
        true
    });
    spans.into_iter().zip(bodies).collect()
}

pub(crate) fn place(position: Position) -> Option<Place> {
    Some((position.line()?, position.position()?))
}

/// The walk does not say whose statement it shows: it belongs to the smallest body around it.
fn innermost(spans: &[Span], position: Position) -> Option<usize> {
    let at = place(position)?;
    let around = spans.iter().enumerate().filter(|(_, span)| match span.end {
        None => span.start == at,
        Some(end) => span.start < at && at < end,
    });
    let latest = around.max_by_key(|(_, span)| (span.end.is_none(), span.start));
    latest.map(|(at, _)| at)
}

fn imported(import: &(Expr, rhai::Ident)) -> Option<(String, String)> {
    match &import.0 {
        Expr::StringConstant(path, _) => Some((import.1.name.to_string(), path.to_string())),
        _ => None,
    }
}

fn statements(all: &[Stmt]) -> Vec<Statement> {
    all.iter().map(statement).collect()
}

fn statement(one: &Stmt) -> Statement {
    match one {
        Stmt::Noop(_) | Stmt::Share(_) | Stmt::Import(..) => Statement::Nothing,
        Stmt::Var(var, flags, _) if !flags.contains(ASTFlags::EXPORTED) => {
            Statement::Let(var.0.name.to_string(), expression(&var.1))
        }
        Stmt::Assignment(parts) if !parts.0.is_op_assignment() => match &parts.1.lhs {
            Expr::Variable(name, ..) if name.2.path.is_empty() => {
                Statement::Assign(name.1.to_string(), expression(&parts.1.rhs))
            }
            _ => Statement::Odd(Form::PartAssignment),
        },
        Stmt::If(flow, _) => Statement::If(
            expression(&flow.expr),
            statements(flow.body.statements()),
            statements(flow.branch.statements()),
        ),
        Stmt::For(parts, _) if parts.1.is_none() => Statement::For(
            parts.0.name.to_string(),
            expression(&parts.2.expr),
            statements(parts.2.body.statements()),
        ),
        Stmt::Return(value, flags, _) if !flags.contains(ASTFlags::BREAK) => {
            Statement::Return(value.as_ref().map_or(Expression::Unit, |value| expression(value)))
        }
        Stmt::FnCall(call, _) => Statement::Plain(called(call)),
        Stmt::Expr(value) => Statement::Plain(expression(value)),
        Stmt::Block(block) => Statement::Block(statements(block.statements())),
        Stmt::Assignment(_) => Statement::Odd(Form::OperatorAssignment),
        Stmt::Switch(..) => Statement::Odd(Form::Switch),
        Stmt::While(..) | Stmt::Do(..) | Stmt::For(..) | Stmt::BreakLoop(..) => Statement::Odd(Form::Loop),
        Stmt::Return(..) | Stmt::TryCatch(..) => Statement::Odd(Form::Throw),
        _ => Statement::Odd(Form::Unknown),
    }
}

fn all(list: &[Expr]) -> Vec<Expression> {
    list.iter().map(expression).collect()
}

fn expression(one: &Expr) -> Expression {
    match one {
        Expr::Unit(_) => Expression::Unit,
        Expr::BoolConstant(yes, _) => Expression::Bool(*yes),
        Expr::IntegerConstant(number, _) => Expression::Int(*number),
        Expr::StringConstant(text, _) => Expression::Text(text.to_string()),
        Expr::InterpolatedString(parts, _) => Expression::Join(all(parts)),
        Expr::Array(list, _) => Expression::List(all(list)),
        Expr::And(list, _) => Expression::And(all(list)),
        Expr::Or(list, _) => Expression::Or(all(list)),
        Expr::Coalesce(list, _) => Expression::Coalesce(all(list)),
        Expr::Variable(name, ..) if name.2.path.is_empty() => Expression::Variable(name.1.to_string()),
        Expr::Variable(..) => Expression::Odd(Form::Constant),
        Expr::Dot(pair, flags, _) => chain(expression(&pair.lhs), true, pair, *flags),
        Expr::Index(pair, flags, _) => chain(expression(&pair.lhs), false, pair, *flags),
        Expr::FnCall(call, _) => called(call),
        Expr::Stmt(block) => {
            curried(block.statements()).unwrap_or_else(|| Expression::Block(statements(block.statements())))
        }
        Expr::DynamicConstant(value, _) => closure(one, Vec::new())
            .or_else(|| value.as_decimal().ok().map(Expression::Decimal))
            .unwrap_or(Expression::Odd(Form::Constant)),
        Expr::CharConstant(..) => Expression::Odd(Form::Character),
        Expr::Map(map, _) => Expression::Map(map.0.iter().map(|(_, value)| expression(value)).collect()),
        _ => Expression::Odd(Form::Unknown),
    }
}

/// `a.b.c[d].e()`: the engine nests what follows inside the right-hand side.
fn chain(base: Expression, dot: bool, pair: &BinaryExpr, flags: ASTFlags) -> Expression {
    if flags.contains(ASTFlags::NEGATED) {
        return Expression::Odd(Form::Optional);
    }
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

fn step(base: Expression, dot: bool, one: &Expr) -> Expression {
    match one {
        index if !dot => Expression::At(Box::new(base), Box::new(expression(index))),
        Expr::Property(property, _) => Expression::Get(Box::new(base), property.2.to_string()),
        Expr::MethodCall(call, _) if call.namespace.path.is_empty() => {
            Expression::Method(Box::new(base), call.name.to_string(), all(&call.args))
        }
        _ => Expression::Odd(Form::Call),
    }
}

fn called(call: &FnCallExpr) -> Expression {
    if call.capture_parent_scope || call.namespace.path.len() > 1 {
        return Expression::Odd(Form::Call);
    }
    let library = call.namespace.path.first().map(|name| name.name.to_string());
    Expression::Call(library, call.name.to_string(), all(&call.args))
}

/// What the engine makes of a closure that captures: its variables shared, then `curry(closure, …)`.
fn curried(block: &[Stmt]) -> Option<Expression> {
    let [Stmt::Share(_), Stmt::Expr(inner)] = block else { return None };
    match &**inner {
        Expr::FnCall(call, _) if call.name == "curry" => {
            let (pointer, captured) = call.args.split_first()?;
            closure(pointer, all(captured))
        }
        _ => None,
    }
}

fn closure(pointer: &Expr, captured: Vec<Expression>) -> Option<Expression> {
    match pointer {
        Expr::DynamicConstant(value, _) => {
            let pointer = value.read_lock::<FnPtr>()?;
            Some(Expression::Closure(pointer.fn_name().to_owned(), captured))
        }
        _ => None,
    }
}
