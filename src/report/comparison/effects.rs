//! Whose scores change, by what, and how many.

use super::Look;
use crate::model::comparison::{Cause, Effect, EffectSummary, Effects, ItemEffect, Standing};
use crate::model::text::Lang;
use crate::report::layout::clip;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::terminal::verdict_ink;
use crate::report::words;

/// Columns of a name.
const NAME: usize = 28;
/// Items given as reasons for one organization.
const ITEMS: usize = 6;

/// Causes, organizations, and the counts last.
pub(super) fn write(page: &mut Page, effects: &Effects, look: &Look) {
    causes(page, effects, look.top());
    organizations(page, effects, look.top());
    page.blank();
    page.paragraph(0, &counts(page, &effects.summary), Ink::Bold);
}

fn causes(page: &mut Page, effects: &Effects, top: usize) {
    if effects.causes.is_empty() {
        return;
    }
    page.heading(page.pick("得分因哪些评价内容改变", "Items by which scores change"));
    let heads = [("评价内容", "Item"), ("单位数", "Organizations"), ("平均增减", "Mean change"), ("", "")];
    let row = |cause: &Cause| {
        vec![
            cell(&cause.item, Ink::Plain),
            cell(cause.organizations.to_string(), Ink::Plain),
            cell(words::mean_change((cause.low, cause.high), cause.organizations, page.lang), Ink::Plain),
            cell(page.get(&cause.title), Ink::Dim),
        ]
    };
    let rows = std::iter::once(head(page, &heads)).chain(effects.causes.iter().take(top).map(row)).collect();
    let aligns = vec![Align::Left, Align::Right, Align::Right];
    page.table(&Table { aligns, rows, indent: 2, head: true, ..Table::default() });
    page.more(2, effects.causes.len().saturating_sub(top));
}

fn head(page: &Page, heads: &[(&str, &str)]) -> Vec<Cell> {
    heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect()
}

fn organizations(page: &mut Page, effects: &Effects, top: usize) {
    if effects.organizations.is_empty() {
        return;
    }
    page.heading(page.pick("得分或结论改变的单位", "Organizations whose score or verdict changes"));
    if let Some(first) = effects.organizations.first() {
        marks(page, &first.old, &first.new);
    }
    let heads =
        [("单位", "Organization"), ("原得分", "Old"), ("新得分", "New"), ("结论", "Verdict"), ("起因", "By")];
    let rows = effects.organizations.iter().take(top).map(|one| line(page, one));
    let rows = std::iter::once(head(page, &heads)).chain(rows).collect();
    let aligns = vec![Align::Left, Align::Right, Align::Right, Align::Left];
    page.table(&Table { aligns, rows, indent: 2, head: true, ..Table::default() });
    page.more(2, effects.organizations.len().saturating_sub(top));
}

fn marks(page: &mut Page, old: &Standing, new: &Standing) {
    if (old.full, old.pass) == (new.full, new.pass) {
        return;
    }
    let text = match page.lang {
        Lang::Zh => format!("满分 {} → {}，合格线 {} → {}", old.full, new.full, old.pass, new.pass),
        Lang::En => format!("full mark {} → {}, pass mark {} → {}", old.full, new.full, old.pass, new.pass),
    };
    page.paragraph(2, &text, Ink::Dim);
}

fn line(page: &Page, one: &Effect) -> Vec<Cell> {
    let name = if one.name.is_empty() { &one.path } else { &one.name };
    let range = |stands: &Standing| words::range(stands.low, stands.high, page.lang);
    let (old, new) = (one.old.verdict, one.new.verdict);
    let (was, now) = (words::verdict(old, page.lang), words::verdict(new, page.lang));
    let verdict = if old == new { now.to_owned() } else { format!("{was} → {now}") };
    vec![
        cell(clip(name, NAME), Ink::Plain),
        cell(range(&one.old), Ink::Plain),
        cell(range(&one.new), Ink::Bold),
        cell(verdict, if old == new { Ink::Plain } else { verdict_ink(new) }),
        cell(reasons(page, one), Ink::Plain),
    ]
}

/// The items that change, by how much, and the letters of the requirements behind it.
fn reasons(page: &Page, one: &Effect) -> String {
    let mut reasons: Vec<String> = one.items.iter().take(ITEMS).map(|item| reason(page, item)).collect();
    let left = one.items.len().saturating_sub(ITEMS);
    if left > 0 {
        reasons.push(match page.lang {
            Lang::Zh => format!("另 {left} 项"),
            Lang::En => format!("{left} more"),
        });
    }
    if one.old.eligibility != one.new.eligibility {
        let word = |stands: &Standing| words::eligibility(stands.eligibility, page.lang);
        reasons.push(format!(
            "{}{} → {}",
            page.pick("申请条件 ", "eligibility "),
            word(&one.old),
            word(&one.new)
        ));
    }
    reasons.join(page.pick("；", "; "))
}

fn reason(page: &Page, item: &ItemEffect) -> String {
    let letter = |id: &str| id.rsplit('.').next().unwrap_or(id).to_owned();
    // Where the item as a whole comes in or goes, its letters say no more.
    let both = item.old.is_some() && item.new.is_some();
    let letters: Vec<String> = item.requirements.iter().filter(|_| both).map(|one| letter(&one.id)).collect();
    let letters = if letters.is_empty() { String::new() } else { format!(" ({})", letters.join(" ")) };
    format!("{} {}{letters}", item.id, words::signed(item.change(), page.lang))
}

fn counts(page: &Page, all: &EffectSummary) -> String {
    let EffectSummary { organizations, verdicts, up, down, mixed, same, unreadable } = *all;
    match page.lang {
        Lang::Zh => format!(
            "共 {organizations} 个单位：结论改变 {verdicts}；得分上升 {up}，下降 {down}，一端升一端降 {mixed}，不变 {same}；无法读取 {unreadable}"
        ),
        Lang::En => format!(
            "{organizations} organizations: {verdicts} change their verdict; {up} rise, {down} fall, {mixed} both, {same} stay; {unreadable} unreadable"
        ),
    }
}
