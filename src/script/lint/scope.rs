//! What is known of variables while a script is walked through.

use std::collections::{BTreeMap, BTreeSet};

use super::value_kind::ValueKind;
use crate::script::syntax::COMPARISONS;
use crate::script::syntax::tree::{Child, Expr, ExprKind, Node, Stmt, StmtKind, SyntaxTree};

/// Variables of a function.
#[derive(Default)]
pub(crate) struct Scope {
    pub(crate) kinds: BTreeMap<String, ValueKind>,
    /// Variables that change: nothing is known about them.
    pub(crate) changing: BTreeSet<String>,
    pub(crate) imports: BTreeMap<String, String>,
    pub(crate) returns: Vec<ValueKind>,
}

impl Scope {
    /// Gives a variable a value of this kind.
    pub(crate) fn set(&mut self, name: &str, kind: ValueKind) {
        let kind = if self.changing.contains(name) { ValueKind::Unknown } else { kind };
        self.kinds.insert(name.to_owned(), kind);
    }
}

/// What is looked at one by one.
pub(crate) fn element(of: &ValueKind) -> ValueKind {
    match of {
        ValueKind::Rows(table) => ValueKind::Row(table.clone()),
        ValueKind::List(element) => (**element).clone(),
        _ => ValueKind::Unknown,
    }
}

/// What an operator comes to.
pub(crate) fn operator(name: &str, kinds: &[ValueKind]) -> Option<ValueKind> {
    match (name, kinds) {
        ("!", _) => Some(ValueKind::Bool),
        (sign, _) if COMPARISONS.contains(&sign) => Some(ValueKind::Bool),
        ("+", [ValueKind::Rows(one), ValueKind::Rows(other)]) if one == other => {
            Some(ValueKind::Rows(one.clone()))
        }
        ("+", [ValueKind::Text, _] | [_, ValueKind::Text]) => Some(ValueKind::Text),
        ("+" | "-" | "*" | "/" | "%", [ValueKind::Int, ValueKind::Int])
        | ("-", [ValueKind::Date, ValueKind::Date]) => Some(ValueKind::Int),
        (
            "+" | "-" | "*" | "/",
            [ValueKind::Int | ValueKind::Decimal, ValueKind::Int | ValueKind::Decimal],
        ) => Some(ValueKind::Decimal),
        _ => None,
    }
}

/// Methods that change what a variable holds.
const CHANGES: [&str; 6] = ["push", "append", "insert", "mixin", "set", "fill_with"];

/// Variables that are assigned to, or whose contents change.
pub(crate) fn changing(script: &SyntaxTree, body: &[Stmt]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    script.walk(&Child::Block(body), &mut |node| match node {
        Node::Stmt(Stmt { kind: StmtKind::Assign(target, ..) | StmtKind::AssignOp(target, ..), .. }) => {
            found.extend(target.root().map(str::to_owned));
        }
        Node::Expr(Expr { kind: ExprKind::Method(of, name, _), .. }) if CHANGES.contains(&name.as_str()) => {
            found.extend(of.root().map(str::to_owned));
        }
        _ => {}
    });
    found
}
