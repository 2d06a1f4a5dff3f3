//! Running heads and numbers of pages: what stands at the top or foot of several pages is no text.

use std::collections::HashMap;

use super::line::{Item, PageLines};

/// Lines at the top and at the foot that may be heads or numbers.
const EDGE: usize = 2;

/// Pages that must have a line at the same edge for it to be a head.
const REPEATED: usize = 3;

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
                Item::Line(line) if is_edge && repeated.contains_key(line.text.trim()) => {
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

/// Lines at edges that several pages have.
fn heads(pages: &[PageLines]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, text) in edges(pages) {
        *counts.entry(text.to_owned()).or_default() += 1;
    }
    counts.retain(|text, count| *count >= REPEATED && !text.is_empty());
    counts
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
}
