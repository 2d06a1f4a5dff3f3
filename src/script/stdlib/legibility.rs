//! Texts that are no language: characters of which hardly any is a common one, or no ideograph at all.
//!
//! Of running Chinese two thirds are made of a few hundred characters; of characters taken at random a tenth is.

use std::collections::HashSet;

use ahash::RandomState;
use rhai::{Array, ImmutableString, Map};

use super::spread;
use crate::script::error::Res;
use crate::script::value::row_set::PerNumber;

/// Ideographs from which on their share says something.
const LEAST_IDEOGRAPHS: usize = 4;
/// Letters of a text without ideographs from which on it is one of another language.
const LEAST_LETTERS: usize = 6;

/// Texts of some columns: how many different ones can be judged, and the rows, by column, of those of which fewer than
/// `percent` of the ideographs are among the common ones.
pub(crate) fn illegible(columns: Array, common: ImmutableString, percent: i64) -> Res<Map> {
    let pairs = spread::pairs(&columns)?;
    spread::charge(&pairs)?;
    let common: HashSet<char, RandomState> = common.chars().collect();
    let (mut texts, mut wrong, mut rows) = (0_i64, 0_i64, Array::new());
    for (of, column) in &pairs {
        let Some(column) = *column else { continue };
        let mut known: PerNumber<Option<Legibility>> = of.per_number(column);
        let mut chosen = Vec::new();
        for (at, number) in of.numbers(column) {
            let Some(slot) = known.get_mut(number) else { continue };
            let first = slot.is_none();
            let legibility =
                *slot.get_or_insert_with(|| Legibility::of(&of.text_of(column, number), &common, percent));
            texts = texts.saturating_add(i64::from(first && legibility != Legibility::TooShort));
            wrong = wrong.saturating_add(i64::from(first && legibility == Legibility::Illegible));
            if legibility == Legibility::Illegible {
                chosen.push(at);
            }
        }
        rows.push(rhai::Dynamic::from(spread::sure(of, chosen.into_iter().collect())));
    }
    Ok(Map::from_iter([
        ("texts".into(), texts.into()),
        ("illegible".into(), wrong.into()),
        ("rows".into(), rows.into()),
    ]))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legibility {
    TooShort,
    Legible,
    Illegible,
}

impl Legibility {
    fn of(text: &str, common: &HashSet<char, RandomState>, percent: i64) -> Self {
        let ideographs =
            text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'));
        let (count, known) = ideographs.fold((0_usize, 0_usize), |(count, known), c| {
            (count.saturating_add(1), known.saturating_add(usize::from(common.contains(&c))))
        });
        if count == 0 {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            return if letters < LEAST_LETTERS { Self::TooShort } else { Self::Illegible };
        }
        if count < LEAST_IDEOGRAPHS {
            return Self::TooShort;
        }
        let share = known.saturating_mul(100) / count;
        let legible = i64::try_from(share).is_ok_and(|share| share >= percent);
        if legible { Self::Legible } else { Self::Illegible }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_rare_characters_or_of_letters_alone_is_no_chinese() {
        let common: HashSet<char, RandomState> = "的一是在人民工作大会上下标准实施检查".chars().collect();
        let of = |text: &str| Legibility::of(text, &common, 30);
        assert_eq!(of("检查标准实施工作"), Legibility::Legible);
        assert_eq!(of("兴上周重结为赖龙方羌"), Legibility::Illegible);
        assert_eq!(of("quarterly review"), Legibility::Illegible);
        for short in ["无", "合格", "OK", "12", ""] {
            assert_eq!(of(short), Legibility::TooShort, "{short}");
        }
    }
}
