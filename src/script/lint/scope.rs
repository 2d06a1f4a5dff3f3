//! What is known of variables while a script is walked through.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use crate::script::syntax::COMPARISONS;
use crate::script::syntax::tree::{Child, Expr, ExprKind, Node, Stmt, StmtKind, SyntaxTree};

/// Variables of a function.
#[derive(Default)]
pub(crate) struct Scope {
    pub(crate) kinds: BTreeMap<String, Kind>,
    /// Variables that change: nothing is known about them.
    pub(crate) changing: BTreeSet<String>,
    pub(crate) imports: BTreeMap<String, String>,
    pub(crate) returns: Vec<Kind>,
}

impl Scope {
    /// Gives a variable a value of this kind.
    pub(crate) fn set(&mut self, name: &str, kind: Kind) {
        let kind = if self.changing.contains(name) { Kind::Unknown } else { kind };
        self.kinds.insert(name.to_owned(), kind);
    }
}

/// What is looked at one by one.
pub(crate) fn element(of: &Kind) -> Kind {
    match of {
        Kind::Rows(table) => Kind::Row(table.clone()),
        Kind::List(element) => (**element).clone(),
        _ => Kind::Unknown,
    }
}

/// What an operator comes to.
pub(crate) fn operator(name: &str, kinds: &[Kind]) -> Option<Kind> {
    match (name, kinds) {
        ("!", _) => Some(Kind::Bool),
        (sign, _) if COMPARISONS.contains(&sign) => Some(Kind::Bool),
        ("+", [Kind::Rows(one), Kind::Rows(other)]) if one == other => Some(Kind::Rows(one.clone())),
        ("+", [Kind::Text, _] | [_, Kind::Text]) => Some(Kind::Text),
        ("+" | "-" | "*" | "/" | "%", [Kind::Int, Kind::Int]) | ("-", [Kind::Date, Kind::Date]) => {
            Some(Kind::Int)
        }
        ("+" | "-" | "*" | "/", [Kind::Int | Kind::Decimal, Kind::Int | Kind::Decimal]) => {
            Some(Kind::Decimal)
        }
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
            found.extend(target.root().map(str::to_owned))
        }
        Node::Expr(Expr { kind: ExprKind::Method(of, name, _), .. }) if CHANGES.contains(&name.as_str()) => {
            found.extend(of.root().map(str::to_owned));
        }
        _ => {}
    });
    found
}
