//! What a script says, in types of our own: what `source` reads and `translate` and `receivers` work on.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::refusal::Form;

/// The functions of one script, closures among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unit {
    /// By name and number of parameters.
    pub(crate) functions: BTreeMap<(String, usize), Function>,
    /// Libraries by the name they have here.
    pub(crate) imports: BTreeMap<String, String>,
}

/// A function or closure; captured values come first among a closure's parameters.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) params: Vec<String>,
    pub(crate) line: usize,
    pub(crate) body: Vec<Statement>,
}

impl Unit {
    /// Shows every expression of its functions, each before what is inside of it.
    pub(crate) fn expressions<'u>(&'u self, seen: &mut dyn FnMut(&'u Expression)) {
        self.functions.values().for_each(|function| statements(&function.body, seen));
    }
}

fn statements<'u>(all: &'u [Statement], seen: &mut dyn FnMut(&'u Expression)) {
    for one in all {
        match one {
            Statement::Let(_, value)
            | Statement::Assign(_, value)
            | Statement::Return(value)
            | Statement::Plain(value) => value.walk(seen),
            Statement::If(test, yes, no) => {
                test.walk(seen);
                statements(yes, seen);
                statements(no, seen);
            }
            Statement::For(_, list, body) => {
                list.walk(seen);
                statements(body, seen);
            }
            Statement::Block(body) => statements(body, seen),
            Statement::Nothing | Statement::Odd(_) => {}
        }
    }
}

impl Function {
    /// Whether it is written `|x| …`.
    pub(crate) fn is_closure(&self) -> bool {
        self.name.starts_with("anon$")
    }
}

/// A statement.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Nothing,
    Let(String, Expression),
    Assign(String, Expression),
    If(Expression, Vec<Statement>, Vec<Statement>),
    For(String, Expression, Vec<Statement>),
    Return(Expression),
    Plain(Expression),
    Block(Vec<Statement>),
    /// Something kernels do not know.
    Odd(Form),
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Unit,
    Bool(bool),
    Int(i64),
    Decimal(Decimal),
    Text(String),
    Join(Vec<Expression>),
    List(Vec<Expression>),
    /// Values of a map.
    Map(Vec<Expression>),
    Variable(String),
    Get(Box<Expression>, String),
    At(Box<Expression>, Box<Expression>),
    /// `receiver.name(arguments)`.
    Method(Box<Expression>, String, Vec<Expression>),
    /// `library::name(arguments)`; operators have their sign as name.
    Call(Option<String>, String, Vec<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// The first that is not `()`.
    Coalesce(Vec<Expression>),
    Block(Vec<Statement>),
    /// A closure by its name, with the expressions it captures.
    Closure(String, Vec<Expression>),
    /// Something kernels do not know.
    Odd(Form),
}

impl Expression {
    fn walk<'u>(&'u self, seen: &mut dyn FnMut(&'u Self)) {
        seen(self);
        match self {
            Self::Join(all)
            | Self::List(all)
            | Self::Map(all)
            | Self::Call(_, _, all)
            | Self::And(all)
            | Self::Or(all)
            | Self::Coalesce(all)
            | Self::Closure(_, all) => all.iter().for_each(|one| one.walk(seen)),
            Self::Get(one, _) => one.walk(seen),
            Self::At(one, other) => {
                one.walk(seen);
                other.walk(seen);
            }
            Self::Method(receiver, _, all) => {
                receiver.walk(seen);
                all.iter().for_each(|one| one.walk(seen));
            }
            Self::Block(body) => statements(body, seen),
            Self::Unit
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Decimal(_)
            | Self::Text(_)
            | Self::Variable(_)
            | Self::Odd(_) => {}
        }
    }
}
