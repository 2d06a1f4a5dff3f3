//! What a rule decides beside what the catalog wants decided.

use super::check::one_of;
use super::context::LintContext;
use super::diagnostics::{Diagnostics, words};
use super::list;
use crate::model::catalog::{Award, Decided, Item, Requirement};
use crate::model::text::Text;
use crate::script::error::did_you_mean;
use crate::script::function::{HostFunction, Type};
use crate::script::runtime::rule::Rule;
use crate::script::stdlib::{functions, in_english};
use crate::script::syntax::tree::{Expr, ExprKind, Node, Position, Stmt, StmtKind, SyntaxTree};

/// All of it.
pub(crate) fn check(
    context: &LintContext<'_>,
    rule: &Rule,
    script: &SyntaxTree,
    diagnostics: &mut Diagnostics,
) {
    ids(context, script, diagnostics);
    let Some(check) = script.functions.iter().find(|function| function.name == "check") else { return };
    let Some(item) = context.catalog.item(&rule.meta.id) else { return };
    let mut results = Vec::new();
    results_of(&check.body, true, &mut results);
    for result in results {
        match &result.kind {
            ExprKind::Map(entries) => map(script, item, result.at, entries, diagnostics),
            _ => decided(script, result).into_iter().for_each(|one| whole(item, one, diagnostics)),
        }
    }
}

/// What a function may come to: the values of its `return`s and of its last statement.
fn results_of<'a>(stmts: &'a [Stmt], last: bool, found: &mut Vec<&'a Expr>) {
    for (stmt, left) in stmts.iter().zip((0..stmts.len()).rev()) {
        let last = last && left == 0;
        match &stmt.kind {
            StmtKind::Return(Some(expr)) => value_of(expr, found),
            StmtKind::Expr(expr) if last => value_of(expr, found),
            StmtKind::If(_, yes, no) => {
                results_of(yes, last, found);
                results_of(no, last, found);
            }
            StmtKind::Block(inner) => results_of(inner, last, found),
            StmtKind::For { body: inner, .. } | StmtKind::While(_, inner) => results_of(inner, false, found),
            _ => {}
        }
    }
}

fn value_of<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match &expr.kind {
        ExprKind::Block(stmts) => results_of(stmts, true, found),
        _ => found.push(expr),
    }
}

/// The decisions a value comes to: of what settles, advises or weighs a decision, that one, and of a closure what it
/// comes to.
fn decided<'a>(script: &'a SyntaxTree, expr: &'a Expr) -> Vec<&'a Expr> {
    let mut values = Vec::new();
    value_of(expr, &mut values);
    values.into_iter().flat_map(|value| inside(script, value)).collect()
}

fn inside<'a>(script: &'a SyntaxTree, value: &'a Expr) -> Vec<&'a Expr> {
    if let ExprKind::Closure(name, _) = &value.kind {
        let mut results = Vec::new();
        if let Some(closure) = script.closures.get(name) {
            results_of(&closure.body, true, &mut results);
        }
        return results.into_iter().flat_map(|result| decided(script, result)).collect();
    }
    let (name, all): (_, Vec<&Expr>) = match &value.kind {
        ExprKind::Call { path: None, name, arguments: all, .. } => (name, all.iter().collect()),
        ExprKind::Method(of, name, all) => (name, std::iter::once(&**of).chain(all).collect()),
        _ => return vec![value],
    };
    let fits = |one: &HostFunction| one.gives == Type::Decision && one.parameters().count() == all.len();
    let function = functions().named(name).find(|one| fits(one));
    let taken = function.and_then(|one| one.parameters().position(|(_, kind)| DECIDING.contains(&kind)));
    match taken.and_then(|at| all.get(at).copied()) {
        Some(inner) => decided(script, inner),
        None => vec![value],
    }
}

/// Types of what a decision is made of that another one is.
const DECIDING: [&str; 2] = ["decision", "FnPtr"];

fn map(
    script: &SyntaxTree,
    item: &Item,
    at: Position,
    entries: &[(String, Position, Expr)],
    diagnostics: &mut Diagnostics,
) {
    let id = &item.id;
    if item.awards() {
        let message = words!(
            "{id} 按比例或等次给分，应作出一个总的结论",
            "{id} awards by bands: one decision is wanted"
        );
        return diagnostics.add(
            list::LETTERS,
            at,
            message,
            Text::new("返回一个 measured(…)", "return one measured(…)"),
        );
    }
    let letters = || item.requirements.iter().map(Requirement::letter);
    let help = Text::new("逐个字母给出结论", "decide each letter");
    let owed = item.requirements.iter().filter(|one| one.decided != Decided::OnSite).map(Requirement::letter);
    for letter in owed.filter(|letter| !entries.iter().any(|(known, ..)| known == letter)) {
        let message = words!("没有对 {id}.{letter} 作出结论", "nothing is decided for {id}.{letter}");
        diagnostics.add(list::LETTERS, at, message, help.clone());
    }
    for (letter, at, value) in entries {
        match item.requirements.iter().find(|one| one.letter() == letter) {
            None => {
                let message = words!("{id} 没有评价要求“{letter}”", "{id} has no requirement `{letter}`");
                diagnostics.add(list::LETTERS, *at, message, did_you_mean(letter, letters()));
            }
            Some(requirement) => {
                decided(script, value).into_iter().for_each(|one| measured(requirement, one, diagnostics));
            }
        }
    }
}

/// A requirement that is not graded takes no measure.
fn measured(requirement: &Requirement, value: &Expr, diagnostics: &mut Diagnostics) {
    let ExprKind::Call { path: None, name, arguments: all, .. } = &value.kind else { return };
    let graded = !requirement.bands.is_empty() || requirement.count.is_some();
    let of_text = all.first().is_some_and(|one| one.text().is_some());
    if in_english(name) == "measured" && (!graded || of_text) {
        let id = &requirement.id;
        let message = if graded {
            words!("{id} 按数判断，没有等次", "{id} is graded by a number, not by a level")
        } else {
            words!(
                "{id} 不分档也不计数，不能用 {name}",
                "{id} has neither bands nor a count: nothing is measured"
            )
        };
        let help = Text::new("用 require、met、unmet 作出结论", "decide with require, met, unmet …");
        diagnostics.add(list::MEASURED, value.at, message, help);
    }
}

/// One decision as a whole.
fn whole(item: &Item, result: &Expr, diagnostics: &mut Diagnostics) {
    let ExprKind::Call { path: None, name, arguments: all, .. } = &result.kind else { return };
    let (name, id) = (in_english(name), &item.id);
    let decides = || functions().named(name).any(|one| one.gives == Type::Decision);
    // That nothing is known is said of all letters at once.
    if !item.awards() && name != "unknown" && decides() {
        let message = words!("{id} 应逐个字母给出结论", "each letter of {id} is decided for itself");
        let help = Text::new("返回 #{ a: …, b: … }", "return #{ a: …, b: … }");
        return diagnostics.add(list::LETTERS, result.at, message, help);
    }
    let Some(level) = all.first().and_then(Expr::text).filter(|_| name == "measured" && item.awards()) else {
        return;
    };
    let levels = || item.award.iter().filter_map(|award: &Award| award.level.as_deref());
    if level != "none" && !levels().any(|known| known == level) {
        let message = words!("{id} 没有等次“{level}”", "{id} has no level `{level}`");
        let help = one_of(level, &levels().collect::<Vec<_>>());
        diagnostics.add(list::MEASURED, result.at, message, help);
    }
}

/// Ids written out for `known_requirement`.
fn ids(context: &LintContext<'_>, script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    let known = context.catalog.ids();
    script.walk_all(&mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Method(_, name, all), .. }) = node else { return };
        let id = all.first().and_then(Expr::text).filter(|_| in_english(name) == "known_requirement");
        if let Some(id) = id.filter(|id| !known.contains(*id)) {
            let message = words!("评分表中没有“{id}”", "the catalog has no `{id}`");
            let at = all.first().map_or((1, 1), |one| one.at);
            diagnostics.add(
                list::UNKNOWN_TARGET,
                at,
                message,
                did_you_mean(id, known.iter().map(String::as_str)),
            );
        }
    });
}
