//! Appendices: their titles and natures, which stand in lines of their own, and whether the text names them.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Line, Part, Section};
use crate::table::normalize;

/// Whether a section is an appendix of which the nature or the title is still to come, and a line is it.
pub(super) fn is_unnamed(section: &Section, line: &Line) -> bool {
    let bare = section.title.trim_end_matches([')', '）']);
    let is_of_appendix = section.part == Part::Appendix && section.level == 1;
    let is_title = section.lines.is_empty()
        && (section.title.is_empty() || (bare.len() < section.title.len() && bare.chars().count() < 9));
    let text = normalize::trimmed(&line.text);
    let is_nature = text.starts_with(['(', '（']) && text.chars().count() < 9 && section.lines.len() < 2;
    is_of_appendix && (is_title || (is_nature && section.nature().is_none()))
}

/// Notes of each appendix whether the text outside it names it, or a table or figure of it.
pub(super) fn mention(sections: &mut [Section]) {
    let is_appendix = |section: &Section| section.part == Part::Appendix && section.level == 1;
    let told =
        |section: &Section| matches!(section.part, Part::Scope | Part::Terms | Part::Body | Part::Appendix);
    let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (at, section) in sections.iter().enumerate().filter(|(_, section)| told(section)) {
        for letter in named_appendices(&section.text()) {
            places.entry(letter).or_default().push(at);
        }
    }
    for (at, section) in sections.iter_mut().enumerate().filter(|(_, section)| is_appendix(section)) {
        let own = section.number.chars().find(char::is_ascii_uppercase);
        let places = own.and_then(|own| places.get(&own));
        section.is_mentioned = places.is_some_and(|places| places.iter().any(|place| *place != at));
    }
}

/// Letters of the appendices that a text names: one by one, in a list, as a range, or by a table or figure of them.
fn named_appendices(text: &str) -> BTreeSet<char> {
    let text: String = normalize::nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
    let mut named = BTreeSet::new();
    for (at, word) in text.match_indices("附录") {
        let rest = text.get(at.saturating_add(word.len())..).unwrap_or_default();
        let (mut last, mut is_range) = (None, false);
        for c in rest.chars() {
            match c {
                'A'..='Z' if is_range => named.extend(last.unwrap_or(c)..=c),
                'A'..='Z' => drop(named.insert(c)),
                '~' | '-' | '—' | '至' => is_range = true,
                '附' | '录' => {}
                '、' | ',' | '和' | '及' | '与' => is_range = false,
                _ => break,
            }
            last = Some(c).filter(char::is_ascii_uppercase).or(last);
        }
    }
    for sign in ['表', '图', '式'] {
        for (at, _) in text.match_indices(sign) {
            let rest = text.get(at.saturating_add(sign.len_utf8())..).unwrap_or_default();
            let mut rest = rest.trim_start_matches('(').chars();
            if let (Some(letter @ 'A'..='Z'), Some('.')) = (rest.next(), rest.next()) {
                named.insert(letter);
            }
        }
    }
    named
}
