//! Running heads and numbers of pages: what stands at the top or foot of several pages is no text.

use std::collections::{HashMap, HashSet};

use super::line::{Item, PageLines};
use crate::document::clause;

/// Lines at the top and at the foot that may be heads or numbers.
const EDGE: usize = 2;

/// Pages that must have a line at the same place for it to be a head: so many, and one in so many of all.
const REPEATED: usize = 3;
const SHARE: usize = 4;

/// A line at an edge: its text, whether that is the top, and how many lines are between.
type Edge = (String, bool, usize);

/// Whether a page has more text than heads and a number.
pub(super) fn has_text(page: &PageLines) -> bool {
    page.items.iter().any(|item| match item {
        Item::Line(line) => number(&line.text).is_none(),
        Item::Head(_) => false,
        Item::Table(rows) => rows.iter().flatten().any(|cell| !cell.trim().is_empty()),
    })
}

/// The pages without numbers of pages; running heads stand as such.
pub(super) fn strip(mut pages: Vec<PageLines>) -> Vec<PageLines> {
    let numbered = page_numbers(&pages);
    let repeated = heads(&pages);
    for page in &mut pages {
        let count = page.items.len();
        let mut kept = Vec::with_capacity(count);
        for (at, item) in page.items.drain(..).enumerate() {
            let is_edge = is_edge(at, count);
            match item {
                Item::Line(line) if is_edge && is_numbered(&line.text, page.number, numbered) => {}
                Item::Line(line) if places(&line.text, at, count).any(|edge| repeated.contains(&edge)) => {
                    kept.push(Item::Head(line.text));
                }
                other => kept.push(other),
            }
        }
        page.items = kept;
    }
    pages
}

fn is_edge(at: usize, count: usize) -> bool {
    at < EDGE || at.saturating_add(EDGE) >= count
}

/// Lines at the edges of pages.
fn edges(pages: &[PageLines]) -> impl Iterator<Item = (u32, &str)> {
    pages.iter().flat_map(|page| {
        let count = page.items.len();
        let lines = page.items.iter().enumerate().filter(move |(at, _)| is_edge(*at, count));
        lines.filter_map(|(_, item)| match item {
            Item::Line(line) => Some((page.number, line.text.trim())),
            Item::Head(_) | Item::Table(_) => None,
        })
    })
}

/// The edges a line is at; on a page of few lines it may be at both.
fn places(text: &str, at: usize, count: usize) -> impl Iterator<Item = Edge> {
    let from_end = count.saturating_sub(at).saturating_sub(1);
    let text = text.trim().to_owned();
    let both = [(text.clone(), true, at), (text, false, from_end)];
    both.into_iter().filter(|(_, _, between)| *between < EDGE)
}

/// Lines that many pages have at the same place, but for titles that go on: of tables, figures and notes.
fn heads(pages: &[PageLines]) -> HashSet<Edge> {
    let mut counts: HashMap<Edge, usize> = HashMap::new();
    for page in pages {
        let count = page.items.len();
        for (at, item) in page.items.iter().enumerate() {
            if let Item::Line(line) = item {
                places(&line.text, at, count).for_each(|edge| *counts.entry(edge).or_default() += 1);
            }
        }
    }
    let least = REPEATED.max(pages.len().div_euclid(SHARE));
    let is_head = |text: &str| !text.is_empty() && !text.contains('续') && !is_label(text);
    counts.retain(|(text, ..), count| *count >= least && is_head(text));
    counts.into_keys().collect()
}

/// Whether a text is the title of a table or figure, or a note.
fn is_label(text: &str) -> bool {
    clause::split(text).is_some_and(|(number, _)| number.starts_with(['表', '图', '注']))
}

/// How far the numbers on pages are from the count of pages, where two or more agree.
fn page_numbers(pages: &[PageLines]) -> [Option<i64>; 2] {
    let mut counts: HashMap<i64, u32> = HashMap::new();
    for (page, text) in edges(pages) {
        if let Some(number) = number(text) {
            *counts.entry(i64::from(number).saturating_sub(i64::from(page))).or_default() += 1;
        }
    }
    let mut found: Vec<(u32, i64)> =
        counts.into_iter().map(|(apart, count)| (count, apart)).filter(|(count, _)| *count > 1).collect();
    // The pages before the text are often numbered by themselves.
    found.sort_unstable_by(|one, other| other.cmp(one));
    let mut found = found.into_iter().map(|(_, apart)| apart);
    [found.next(), found.next()]
}

fn is_numbered(text: &str, page: u32, apart: [Option<i64>; 2]) -> bool {
    let Some(number) = number(text) else { return false };
    let own = i64::from(number).saturating_sub(i64::from(page));
    apart.contains(&Some(own))
}

/// The number of a page: `3`, `— 3 —`, `第3页 共9页`, `3/9`, `IV`.
fn number(text: &str) -> Option<u32> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_matches(['-', '—', '－', '–', '·', '•']);
    let bare = bare.strip_prefix('第').map_or(bare, |rest| rest.split('页').next().unwrap_or(rest));
    let bare = bare.split(['/', '／']).next().unwrap_or(bare);
    if (1..5).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit()) {
        return bare.parse().ok();
    }
    roman(bare)
}

/// A Roman number up to 39.
fn roman(text: &str) -> Option<u32> {
    let mut total = 0_u32;
    let mut last = 0;
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    for c in text.chars().rev() {
        let value = match c.to_ascii_uppercase() {
            'I' | 'Ⅰ' => 1,
            'Ⅱ' => 2,
            'Ⅲ' => 3,
            'Ⅳ' => 4,
            'V' | 'Ⅴ' => 5,
            'X' | 'Ⅹ' => 10,
            _ => return None,
        };
        total = if value < last { total.checked_sub(value)? } else { total.checked_add(value)? };
        last = value;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::super::line::Line;
    use super::*;

    #[test]
    fn numbers_of_pages_are_told_in_their_forms() {
        for (text, is) in [
            ("3", Some(3)),
            ("— 12 —", Some(12)),
            ("第 3 页 共 9 页", Some(3)),
            ("3 / 9", Some(3)),
            ("IV", Some(4)),
            ("Ⅲ", Some(3)),
            ("2024年", None),
            ("范围", None),
            ("", None),
        ] {
            assert_eq!(number(text), is, "{text}");
        }
    }

    #[test]
    fn what_several_pages_have_at_their_edges_is_no_text() {
        let line = |text: &str| Item::Line(Line { text: text.to_owned(), ..Line::default() });
        let body = ["范围", "正文", "结束"];
        let pages = (1..4).map(|page| {
            let mut items = vec![line("Q/LJWG 1-2024")];
            items.extend(body.iter().map(|text| line(&format!("{text}{page}"))));
            items.push(line(&(page + 2).to_string()));
            PageLines { number: page, items }
        });
        for page in strip(pages.collect()) {
            assert!(matches!(page.items.first(), Some(Item::Head(text)) if text == "Q/LJWG 1-2024"));
            assert_eq!(page.items.len(), 4);
        }
    }

    #[test]
    fn titles_that_go_on_and_lines_of_few_pages_are_text() {
        let line = |text: &str| Item::Line(Line { text: text.to_owned(), ..Line::default() });
        let pages = |count: u32, top: &dyn Fn(u32) -> Vec<String>| -> Vec<PageLines> {
            let body = |page| ["甲", "乙", "丙", "丁"].map(|text| format!("{text}{page}"));
            (1..=count)
                .map(|number| {
                    let texts = top(number).into_iter().chain(body(number));
                    PageLines { number, items: texts.map(|text| line(&text)).collect() }
                })
                .collect()
        };
        let heads = |pages: Vec<PageLines>| {
            let items = strip(pages).into_iter().flat_map(|page| page.items);
            items.filter(|item| matches!(item, Item::Head(_))).count()
        };
        assert_eq!(heads(pages(4, &|_| vec!["表1　代码".to_owned()])), 0);
        assert_eq!(heads(pages(4, &|_| vec!["代码（续）".to_owned()])), 0);
        assert_eq!(heads(pages(4, &|_| vec!["规则".to_owned()])), 4);
        assert_eq!(
            heads(pages(20, &|page| if page < 5 { vec!["应符合规定".to_owned()] } else { vec![] })),
            0
        );
        // The same words one line lower are a line of the text.
        let lower = |page: u32| {
            if page == 4 { vec!["首".to_owned(), "规则".to_owned()] } else { vec!["规则".to_owned()] }
        };
        assert_eq!(heads(pages(4, &lower)), 3);
    }

    #[test]
    fn a_page_with_a_number_alone_has_no_text() {
        let page = |text: &str| PageLines {
            number: 1,
            items: vec![
                Item::Head("规则".to_owned()),
                Item::Line(Line { text: text.to_owned(), ..Line::default() }),
            ],
        };
        assert!(!has_text(&page("— 3 —")) && has_text(&page("范围")));
    }
}
