//! What a rule says of itself: title, META, clauses, parameters.

use std::collections::BTreeSet;

use super::context::LintContext;
use super::diagnostics::{Diagnostics, words};
use super::list;
use super::texts::has_chinese;
use crate::model::text::Text;
use crate::script::error::did_you_mean;
use crate::script::runtime::rule::Rule;
use crate::script::syntax::tree::{Expr, ExprKind, Node, Position, StmtKind, SyntaxTree};

/// All of it.
pub(crate) fn check(
    context: &LintContext<'_>,
    rule: &Rule,
    script: &SyntaxTree,
    diagnostics: &mut Diagnostics,
) {
    title(rule, diagnostics);
    let Some(meta) = meta(script) else { return };
    forms(&meta, diagnostics);
    clauses(context, rule, &meta, diagnostics);
    unused_parameters(script, &meta, diagnostics);
}

/// The literal META.
struct Meta<'a> {
    at: Position,
    entries: &'a [(String, Position, Expr)],
}

impl Meta<'_> {
    fn get(&self, key: &str) -> Option<(Position, &Expr)> {
        self.entries.iter().find(|(known, ..)| known == key).map(|(_, at, value)| (*at, value))
    }
}

fn meta(script: &SyntaxTree) -> Option<Meta<'_>> {
    script.globals.iter().find_map(|line| match &line.kind {
        StmtKind::Let(name, Expr { kind: ExprKind::Map(entries), .. }) if name == "META" => {
            Some(Meta { at: line.at, entries })
        }
        _ => None,
    })
}

fn title(rule: &Rule, diagnostics: &mut Diagnostics) {
    let head: Vec<&str> = rule.source.lines().take_while(|line| line.starts_with("//!")).collect();
    let said = |line: usize| head.get(line).map_or("", |line| line.trim_start_matches("//!").trim());
    let (zh, en) = (said(0), said(1));
    let (line, message) = if zh.is_empty() {
        (1, Text::new("缺少标题", "the title is missing"))
    } else if en.is_empty() {
        (1, Text::new("缺少英文标题", "the title in English is missing"))
    } else if !has_chinese(zh) && has_chinese(en) {
        (
            1,
            Text::new(
                "第一行应是中文标题，第二行是英文",
                "the title comes in Chinese first, then in English",
            ),
        )
    } else {
        // One text may stand for both languages.
        return;
    };
    let help = Text::new(
        "文件开头写两行：//! 中文标题。和 //! English title.",
        "begin the file with two lines: `//! 中文标题。` and `//! English title.`",
    );
    diagnostics.add(list::TITLE, (line, 1), message, help);
}

fn forms(meta: &Meta<'_>, diagnostics: &mut Diagnostics) {
    let texts = |expr: &Expr| match &expr.kind {
        ExprKind::List(all) => all.iter().all(|one| one.text().is_some()),
        _ => false,
    };
    let map = |expr: &Expr| matches!(expr.kind, ExprKind::Map(_));
    let wrong: [(&str, bool, &str, &str); 2] = [
        (
            "clauses",
            meta.get("clauses").is_none_or(|(_, expr)| texts(expr)),
            "文字列表，例如 [\"2/4.2\"]",
            "a list of texts, such as [\"2/4.2\"]",
        ),
        (
            "params",
            meta.get("params").is_none_or(|(_, expr)| map(expr)),
            "映射，例如 #{ least: 1 }",
            "a map, such as #{ least: 1 }",
        ),
    ];
    for (key, fine, zh, en) in wrong {
        if let (false, Some((at, _))) = (fine, meta.get(key)) {
            let message = words!("META 的 {key} 写法不对", "`{key}` of META is not written as it should be");
            let help = Text::new(format!("写成{zh}"), format!("write {en}"));
            diagnostics.add(list::METADATA, at, message, help);
        }
    }
}

fn clauses(context: &LintContext<'_>, rule: &Rule, meta: &Meta<'_>, diagnostics: &mut Diagnostics) {
    let known = || context.clauses.list.iter().map(|clause| clause.id.as_str());
    let of_an_item = context.catalog.item(&rule.meta.id).is_some();
    match meta.get("clauses").map(|(_, expr)| &expr.kind) {
        Some(ExprKind::List(cited)) if !cited.is_empty() => {
            let strange = cited.iter().filter_map(|one| Some((one.at, one.text()?)));
            for (at, id) in strange.filter(|(_, id)| context.clauses.get(id).is_none()) {
                let message = words!("没有条文“{id}”", "there is no clause `{id}`");
                diagnostics.add(list::UNKNOWN_CLAUSE, at, message, did_you_mean(id, known()));
            }
        }
        // Told already.
        Some(is) if !matches!(is, ExprKind::List(_)) => {}
        _ if of_an_item => {}
        _ => {
            let message = Text::new("规则没有写明判断哪一条", "the rule cites no clause");
            let help = Text::new("在 META 里写 clauses: [\"编号\"]", "write clauses: [\"id\"] in META");
            diagnostics.add(list::NO_CLAUSE, meta.at, message, help);
        }
    }
}

/// Parameters the rule does not read. One that hands them on as a whole may use any.
fn unused_parameters(script: &SyntaxTree, meta: &Meta<'_>, diagnostics: &mut Diagnostics) {
    let Some((_, Expr { kind: ExprKind::Map(declared), .. })) = meta.get("params") else { return };
    let check = script.functions.iter().find(|function| function.name == "check");
    let Some(name) = check.map(|check| check.params.get(1)) else { return };
    let mut read: BTreeSet<&str> = BTreeSet::new();
    let (mut names, mut gets) = (0_usize, 0_usize);
    script.walk_all(&mut |node| match node {
        Node::Expr(Expr { kind: ExprKind::Variable(used), .. }) if Some(used) == name => {
            names = names.saturating_add(1);
        }
        Node::Expr(Expr { kind: ExprKind::Property(of, key), .. })
            if of.variable() == name.map(String::as_str) && name.is_some() =>
        {
            gets = gets.saturating_add(1);
            read.insert(key);
        }
        _ => {}
    });
    if names > gets {
        return;
    }
    for (key, at, _) in declared.iter().filter(|(key, ..)| !read.contains(key.as_str())) {
        let message = words!("参数“{key}”没有用到", "the parameter `{key}` is not used");
        let help =
            words!("删去它，或在 check(t, p) 里用 p.{key}", "take it out, or use `p.{key}` in check(t, p)");
        diagnostics.add(list::UNUSED_PARAMETER, *at, message, help);
    }
}
