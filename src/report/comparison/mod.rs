//! Two sets of packs compared, as a person reads it.

mod banded;
mod effects;
pub(super) mod vocabulary;

use self::vocabulary::{field_word, how_word, section_word, value_word};
use super::escape;
use super::layout::columns;
use super::page::Page;
use super::paint::Ink;
use super::table::{Align, Cell, Table, cell};
use crate::model::comparison::{Change, Comparison, How, Provenance, Section};
use crate::model::pack::PackInfo;
use crate::model::text::Lang;

/// How to show it.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Language of the reader.
    pub lang: Lang,
    /// Whether colours are wanted.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Lines of each list; 0 for all.
    pub top: usize,
}

impl Look {
    pub(super) const fn top(&self) -> usize {
        if self.top == 0 { usize::MAX } else { self.top }
    }
}

/// Values wider than this stand where there is room for them.
const WIDE: usize = 36;
/// Lines of a script shown, unless all are wanted.
const SCRIPT: usize = 40;

/// The comparison as text.
pub fn render(comparison: &Comparison, look: &Look) -> String {
    let mut page = Page::new(look.lang, look.color, look.width);
    heading(&mut page, comparison);
    let mut rest = comparison.changes.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|change| change.section == first.section).count();
        let (section, after) = rest.split_at(count);
        page.heading(section_word(first.section, look.lang));
        list(&mut page, section);
        rest = after;
    }
    if !comparison.later.is_empty() {
        page.heading(page.pick("以后生效的改动", "From a later day"));
        list(&mut page, &comparison.later);
    }
    scripts(&mut page, &comparison.changes, look);
    if let Some(effects) = &comparison.effects {
        effects::write(&mut page, effects, look);
    }
    page.finish()
}

fn heading(page: &mut Page, comparison: &Comparison) {
    let title = match page.lang {
        Lang::Zh => format!("规则包比较（按 {} 这一天）", comparison.as_of),
        Lang::En => format!("Packs compared, as of {}", comparison.as_of),
    };
    page.paragraph(0, &title, Ink::Bold);
    let names = |packs: &[PackInfo]| {
        packs.iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect::<Vec<_>>().join(" + ")
    };
    let (old, new) = (names(&comparison.old), names(&comparison.new));
    page.labelled(2, page.pick("旧  ", "old  "), &old);
    page.labelled(2, page.pick("新  ", "new  "), &new);
    if comparison.changes.is_empty() && comparison.later.is_empty() {
        page.blank();
        page.paragraph(0, page.pick("规则没有差别", "The rules do not differ"), Ink::Bold);
    }
}

/// The changes of a section under the things they are about.
fn list(page: &mut Page, changes: &[Change]) {
    let mut rows = Vec::new();
    let mut about = None;
    for change in changes {
        let whole = change.field.is_empty();
        let anew = about != Some(&change.target);
        about = Some(&change.target);
        if anew && !whole && !change.target.is_empty() {
            rows.push(vec![cell(named(page, change), Ink::Plain)]);
        }
        rows.push(if whole && change.section != Section::Policy {
            thing(page, change)
        } else {
            value(page, change)
        });
    }
    page.table(&Table { aligns: vec![Align::Left; 2], rows, indent: 4, ..Table::default() });
}

fn named(page: &Page, change: &Change) -> String {
    format!("{}  {}", change.target, page.get(&change.title)).trim_end().to_owned()
}

/// A thing that comes in or goes, told in one line.
fn thing(page: &Page, change: &Change) -> Vec<Cell> {
    let (sign, ink) = match change.how {
        How::Added | How::SwitchedOn => ("+", Ink::Green),
        How::Removed | How::SwitchedOff => ("-", Ink::Red),
        How::Changed | How::Replaced => ("~", Ink::Yellow),
    };
    let brief = [page.get(&change.was), page.get(&change.now)].concat();
    let lines = change.lines.as_ref().map(|lines| counted(page, lines.added, lines.removed));
    let parts = [how_word(change.how, page.lang), &brief, lines.as_deref().unwrap_or_default()];
    let value =
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(page.pick("，", ", "));
    let provenance =
        change.provenance.as_ref().map(|provenance| provenance_text(page, provenance)).unwrap_or_default();
    let text = format!("{sign} {}  {value}  {provenance}", named(page, change));
    vec![cell(text.trim_end(), ink)]
}

fn value(page: &Page, change: &Change) -> Vec<Cell> {
    let name = match change.section {
        Section::Policy => change.target.clone(),
        _ => field_word(&change.field, page.lang).to_owned(),
    };
    let provenance =
        change.provenance.as_ref().map(|provenance| provenance_text(page, provenance)).unwrap_or_default();
    let value = change_text(page, change);
    if columns(&value) <= WIDE {
        return vec![cell(name, Ink::Plain), cell(value, ink(change)), cell(provenance, Ink::Dim)];
    }
    let last = format!("{value}  {provenance}");
    vec![
        cell(name, Ink::Plain),
        cell(how_word(change.how, page.lang), ink(change)),
        cell(last.trim_end(), Ink::Plain),
    ]
}

const fn ink(change: &Change) -> Ink {
    match change.how {
        How::Added | How::SwitchedOn => Ink::Green,
        How::Removed | How::SwitchedOff => Ink::Red,
        How::Changed | How::Replaced => Ink::Yellow,
    }
}

/// What became of a value.
fn change_text(page: &Page, change: &Change) -> String {
    if let Some(lines) = &change.lines {
        let how = how_word(change.how, page.lang);
        return format!("{how}{}{}", page.pick("，", ", "), counted(page, lines.added, lines.removed));
    }
    if !change.put_in.is_empty() || !change.taken_out.is_empty() {
        let signed = |sign: &str, list: &[String]| -> Vec<String> {
            list.iter().map(|one| format!("{sign}{one}")).collect()
        };
        return [signed("+", &change.put_in), signed("-", &change.taken_out)].concat().join(" ");
    }
    let empty = page.pick("（无）", "(none)");
    let words = |text| value_word(&change.field, page.get(text), page.lang);
    let (was, now) = (words(&change.was), words(&change.now));
    let or_none = |text: &str| if text.is_empty() { empty.to_owned() } else { text.to_owned() };
    match change.how {
        How::Changed => format!("{} → {}", or_none(&was), or_none(&now)),
        how => format!("{} {}", how_word(how, page.lang), [was, now].concat()),
    }
}

fn counted(page: &Page, added: usize, removed: usize) -> String {
    match page.lang {
        Lang::Zh => format!("增 {added} 行、删 {removed} 行"),
        Lang::En => format!("{added} lines in, {removed} out"),
    }
}

/// Document, reason and day.
fn provenance_text(page: &Page, provenance: &Provenance) -> String {
    let from = provenance.from.as_ref().map(|day| match page.lang {
        Lang::Zh => format!("自 {day} 起"),
        Lang::En => format!("from {day}"),
    });
    let parts =
        [provenance.document.as_str(), from.as_deref().unwrap_or_default(), page.get(&provenance.reason)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(page.pick("，", ", "))
}

/// The lines of rules and libraries that change.
fn scripts(page: &mut Page, changes: &[Change], look: &Look) {
    let most = if look.top == 0 { usize::MAX } else { SCRIPT };
    let shown = |change: &&Change| {
        let within = !matches!(change.how, How::Added | How::Removed);
        within && change.lines.as_ref().is_some_and(|lines| !lines.lines.is_empty())
    };
    for (at, change) in changes.iter().filter(shown).enumerate() {
        if at == 0 {
            page.heading(page.pick("改动的脚本", "Scripts that change"));
        }
        page.paragraph(2, &named(page, change), Ink::Plain);
        let lines = change.lines.iter().flat_map(|lines| &lines.lines);
        let left = lines.clone().count().saturating_sub(most);
        for line in lines.take(most) {
            let ink = match line.chars().next() {
                Some('+') => Ink::Green,
                Some('-') => Ink::Red,
                Some('@') => Ink::Dim,
                _ => Ink::Plain,
            };
            let line = ink.on(&escape::terminal(line), page.color);
            page.raw(format!("    {line}").trim_end());
        }
        page.more(4, left);
    }
}
