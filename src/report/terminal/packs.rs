//! Which packs a report rests on, and what they say otherwise than each other.

use crate::model::pack::Override;
use crate::model::report::Report;
use crate::model::text::Lang;
use crate::report::comparison::vocabulary::{field_word, kind_word, value_word};
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// Characters of a digest that tell packs apart.
const DIGEST: usize = 12;

/// The packs and what they changed, where there is more than one, or one in the place of the built-in one.
pub(super) fn write(page: &mut Page, report: &Report, top: usize) {
    if report.packs.len() < 2 && report.overrides.is_empty() {
        return;
    }
    page.heading(page.pick("规则包", "Packs"));
    let pack = |one: &crate::model::pack::PackInfo| {
        vec![
            cell(&one.id, Ink::Bold),
            cell(&one.version, Ink::Plain),
            cell(page.get(&one.title), Ink::Plain),
            cell(one.sha256.get(..DIGEST).unwrap_or(&one.sha256), Ink::Dim),
            cell(words::signature(one, page.lang).unwrap_or_default(), Ink::Plain),
        ]
    };
    let rows = report.packs.iter().map(pack).collect();
    page.table(&Table { aligns: vec![Align::Left; 5], rows, indent: 2, ..Table::default() });
    if report.overrides.is_empty() {
        return;
    }
    let count = report.overrides.len();
    let shown = top.min(count);
    page.heading(&match page.lang {
        Lang::Zh => format!("与下层规则包不同之处（共 {count} 处，列出 {shown} 处）"),
        Lang::En => format!("What is otherwise than in the packs below ({shown} of {count})"),
    });
    let rows = report.overrides.iter().take(shown).map(|one| changed(page, one)).collect();
    page.table(&Table { aligns: vec![Align::Left; 3], rows, indent: 2, ..Table::default() });
}

fn changed(page: &Page, one: &Override) -> Vec<Cell> {
    let name = [kind_word(one.kind, page.lang), &one.target, field_word(&one.field, page.lang)];
    let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let values = [&one.was, &one.now].map(|value| value_word(&one.field, value, page.lang));
    let values = values.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" → ");
    let from = one.from.as_ref().map(|day| match page.lang {
        Lang::Zh => format!("自 {day} 起"),
        Lang::En => format!("from {day}"),
    });
    let ground = [one.document.as_str(), from.as_deref().unwrap_or_default(), page.get(&one.reason)];
    let ground = ground.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    vec![cell(name, Ink::Plain), cell(values, Ink::Plain), cell(ground, Ink::Dim)]
}
