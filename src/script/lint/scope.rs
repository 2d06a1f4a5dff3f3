//! What is known of variables while a script is walked through.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use super::tree::{ExprKind, Node, Part, Script, Seen, Statement, StmtKind};
use crate::script::syntax::COMPARISONS;

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
pub(crate) fn changing(script: &Script, body: &[Statement]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    script.walk(&Part::Lines(body), &mut |seen| match seen {
        Seen::Statement(Statement { does: StmtKind::Assign(target, ..), .. }) => found.extend(root(target)),
        Seen::Node(Node { is: ExprKind::Method(of, name, _), .. }) if CHANGES.contains(&name.as_str()) => {
            found.extend(root(of));
        }
        _ => {}
    });
    found
}

/// The variable a chain begins with.
pub(crate) fn root(node: &Node) -> Option<String> {
    match &node.is {
        ExprKind::Name(name) => Some(name.clone()),
        ExprKind::Get(of, _) | ExprKind::Index(of, _) | ExprKind::Method(of, ..) => root(of),
        _ => None,
    }
}
