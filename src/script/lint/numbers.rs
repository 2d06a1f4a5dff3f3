//! Numbers in a rule that others will want to change.

use std::collections::BTreeSet;

use super::diagnostics::{Diagnostics, words};
use super::list;
use crate::model::text::Text;
use crate::script::syntax::COMPARISONS;
use crate::script::syntax::tree::{Expr, ExprKind, Node, Stmt, StmtKind, SyntaxTree};

/// Numbers that say nothing about the rule: none, one, the last, and all of a percentage.
const PLAIN: [i64; 4] = [0, 1, -1, 100];

/// What gives a length, a position or a part of a day: nothing a province would change.
const FORMS: [&str; 12] = [
    "len",
    "index_of",
    "长度",
    "year",
    "年",
    "chars",
    "bytes",
    "to_int",
    "parse_int",
    "round",
    "%",
    "find_map",
];

/// What may be multiplied by: halves, the months of a year, and what turns one unit into another.
const FACTORS: [i64; 6] = [2, 10, 12, 1000, 10_000, 1_000_000];

/// Numbers that are compared with, or multiplied by.
pub(crate) fn check(script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    let positions = positions(script);
    script.walk_all(&mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call { path: None, name: sign, arguments: pair, .. }, .. }) =
            node
        else {
            return;
        };
        let [one, other] = pair.as_slice() else { return };
        let times = sign == "*";
        if !times && !COMPARISONS.contains(&sign.as_str()) {
            return;
        }
        for (number, beside) in [(one, other), (other, one)] {
            let factor = times && matches!(number.kind, ExprKind::Int(value) if FACTORS.contains(&value));
            let position = beside.variable().is_some_and(|name| positions.contains(name));
            if !factor && !position {
                raw(number, beside, diagnostics);
            }
        }
    });
}

/// Names that stand for positions: the second of a loop or of a closure.
fn positions(script: &SyntaxTree) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    script.walk_all(&mut |node| match node {
        Node::Stmt(Stmt { kind: StmtKind::For { counter, .. }, .. }) => {
            found.extend(counter.as_deref());
        }
        Node::Expr(Expr { kind: ExprKind::Closure(name, captured), .. }) => {
            let params =
                script.closures.get(name).map(|closure| closure.params.as_slice()).unwrap_or_default();
            found.extend(params.iter().skip(captured.len().saturating_add(1)).map(String::as_str));
        }
        _ => {}
    });
    found
}

fn raw(number: &Expr, beside: &Expr, diagnostics: &mut Diagnostics) {
    let shown = match &number.kind {
        ExprKind::Int(value) if !PLAIN.contains(value) => value.to_string(),
        ExprKind::Decimal(value) => value.to_string(),
        ExprKind::Call { path: None, name: sign, arguments: of, .. } if sign == "-" && of.len() == 1 => {
            match of.first().map(|one| &one.kind) {
                Some(ExprKind::Int(value)) if !PLAIN.contains(value) => format!("-{value}"),
                _ => return,
            }
        }
        _ => return,
    };
    if form(beside) {
        return;
    }
    let message = words!("数字 {shown} 应写成参数", "the number {shown} should be a parameter");
    let help =
        Text::new("写进 META 的 params，再用 p.名称", "declare it in `params` of META and write `p.name`");
    diagnostics.add(list::RAW_NUMBER, number.at, message, help);
}

/// Whether the other side is a length, a position or the like.
fn form(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Property(_, name) | ExprKind::Method(_, name, _) => FORMS.contains(&name.as_str()),
        ExprKind::Call { path: None, name: sign, arguments: all, .. } => {
            FORMS.contains(&sign.as_str()) || (["+", "-"].contains(&sign.as_str()) && all.iter().any(form))
        }
        _ => false,
    }
}
