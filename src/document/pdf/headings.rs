//! Headings by the size of their font: what is larger than the text of the whole document.

use std::collections::BTreeMap;

use super::line::{Item, PageLines};

/// Sizes above that of the text that are told apart.
const LEVELS: usize = 6;

/// Gives lines whose font is larger than that of most text a depth: the largest is 1.
pub(super) fn rank(pages: &mut [PageLines]) {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for line in lines(pages) {
        *counts.entry(halves(line.size)).or_default() += line.text.chars().count();
    }
    let usual = counts.iter().max_by_key(|(_, count)| **count).map_or(0, |(size, _)| *size);
    // Half a point more is the same size in another font.
    let larger: Vec<u32> =
        counts.into_keys().rev().take_while(|size| *size > usual.saturating_add(1)).take(LEVELS).collect();
    for page in pages {
        for item in &mut page.items {
            if let Item::Line(line) = item {
                let level = larger.iter().position(|size| *size == halves(line.size));
                line.level = level.and_then(|level| u8::try_from(level.saturating_add(1)).ok());
            }
        }
    }
}

fn lines(pages: &[PageLines]) -> impl Iterator<Item = &super::line::Line> {
    let items = pages.iter().flat_map(|page| &page.items);
    items.filter_map(|item| if let Item::Line(line) = item { Some(line) } else { None })
}

/// A size in halves of a point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a small number")]
fn halves(size: f32) -> u32 {
    (size.clamp(0.0, 1_000.0) * 2.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::super::line::Line;
    use super::*;

    #[test]
    fn what_is_larger_than_the_text_is_a_heading() {
        let line =
            |text: &str, size: f32| Item::Line(Line { text: text.to_owned(), size, ..Line::default() });
        let items = vec![
            line("标题", 22.0),
            line("范围", 16.0),
            line("本文件规定了编码规则", 12.0),
            line("注：", 9.0),
        ];
        let mut pages = [PageLines { number: 1, items }];
        rank(&mut pages);
        let levels: Vec<_> = lines(&pages).map(|line| line.level).collect();
        assert_eq!(levels, [Some(1), Some(2), None, None]);
    }
}
