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
