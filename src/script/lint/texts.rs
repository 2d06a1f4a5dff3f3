//! Reasons of decisions: in Chinese, then in English.

use super::diagnostics::Diagnostics;
use super::list;
use crate::model::text::Text;
use crate::script::function::HostFunction;
use crate::script::stdlib::functions;
use crate::script::syntax::tree::{Expr, ExprKind, Node, SyntaxTree};

/// Reasons that are there in one language only.
pub(crate) fn check(script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    script.walk_all(&mut |node| {
        let Node::Expr(expr) = node else { return };
        let (name, all, count) = match &expr.kind {
            ExprKind::Call { path: None, name, arguments: all, .. } => (name, all, all.len()),
            ExprKind::Method(_, name, all) => (name, all, all.len().saturating_add(1)),
            _ => return,
        };
        let reasoned = |one: &HostFunction| one.ends_in_reason() && one.parameters().count() == count;
        if let [.., zh, en] = all.as_slice()
            && functions().named(name).any(reasoned)
        {
            pair(expr, zh, en, diagnostics);
        }
    });
}

fn pair(call: &Expr, zh: &Expr, en: &Expr, diagnostics: &mut Diagnostics) {
    let (Some(chinese), Some(english)) = (written(zh), written(en)) else { return };
    let (message, at) = if chinese.trim().is_empty() && english.trim().is_empty() {
        return;
    } else if chinese.trim().is_empty() {
        (Text::new("中文理由是空的", "the Chinese reason is empty"), zh.at)
    } else if english.trim().is_empty() {
        (Text::new("英文理由是空的", "the English reason is empty"), en.at)
    } else if !has_chinese(&chinese) && has_letters(&chinese) {
        (Text::new("中文理由里没有汉字", "there is no Chinese in the Chinese reason"), zh.at)
    } else if has_chinese(&english) && !has_letters(&english) {
        (Text::new("英文理由是中文", "the English reason is in Chinese"), en.at)
    } else {
        return;
    };
    let help = Text::new("先写中文，后写英文", "write it in Chinese first, then in English");
    diagnostics.add(list::ONE_LANGUAGE, if at == (1, 1) { call.at } else { at }, message, help);
}

/// What is written of a text; values inside of it are left out, and a text of values alone is none.
fn written(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Text(text) => Some(text.clone()),
        ExprKind::Interpolation(parts) => {
            let text: String = parts.iter().filter_map(Expr::text).collect();
            (!text.trim().is_empty()).then_some(text)
        }
        _ => None,
    }
}

/// Whether there is a Chinese character in it.
pub(crate) fn has_chinese(text: &str) -> bool {
    text.chars().any(|sign| matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Whether there is a Latin letter in it.
fn has_letters(text: &str) -> bool {
    text.chars().any(|sign| sign.is_ascii_alphabetic())
}
