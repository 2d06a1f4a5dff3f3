//! Texts that are no language: ideographs that no word has beside each other, or no ideograph at all.
//!
//! Of the ideographs of running Chinese nine in ten stand in a pair that words have; of the same taken at random one in
//! ten, and long stretches of them in none.

pub(super) mod pairs;

use std::collections::HashSet;

use ahash::RandomState;
use rhai::{Array, Dynamic, Map};

use self::pairs::Wording;
use super::spread::{self, Pair};
use crate::script::error::Res;

/// Ideographs from which on what they make says something.
const LEAST_IDEOGRAPHS: usize = 4;
/// Ideographs from which on it is asked how they stand beside each other: names of four, as 低保初审, are made of words that
/// a table of common ones may lack.
const LEAST_IN_PAIRS: usize = 6;
/// Letters and digits, among them a letter, from which on a text without ideographs is a code or of another language.
const LEAST_SIGNS: usize = 4;
/// Characters that are read of one text.
const LONGEST: usize = 200;

/// From which share of paired ideographs on, in percent, and up to which stretch of others a text is language.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    percent: i64,
    run: i64,
}

/// Texts of some columns, all together and of each: how many different ones can be judged, and how many of them are no
/// language; how many ideographs they have, and how many of these are paired; the rows of those that are none, by column.
pub(crate) fn illegible(columns: Array, percent: i64, run: i64) -> Res<Map> {
    let pairs = spread::pairs(&columns)?;
    spread::charge(&pairs)?;
    let each: Vec<Judged> = pairs.iter().map(|pair| judged(pair, Bounds { percent, run })).collect();
    let sum = |of: fn(&Judged) -> i64| Dynamic::from(each.iter().map(of).fold(0, i64::saturating_add));
    let of_each = |one: &Judged| {
        Map::from_iter([("texts".into(), one.texts.into()), ("illegible".into(), one.illegible.into())])
    };
    Ok(Map::from_iter([
        ("texts".into(), sum(|one| one.texts)),
        ("illegible".into(), sum(|one| one.illegible)),
        ("signs".into(), sum(|one| one.signs)),
        ("paired".into(), sum(|one| one.paired)),
        ("rows".into(), each.iter().map(|one| one.rows.clone()).collect::<Array>().into()),
        ("each".into(), each.iter().map(of_each).map(Dynamic::from).collect::<Array>().into()),
    ]))
}

/// What was found in one column.
struct Judged {
    texts: i64,
    illegible: i64,
    signs: i64,
    paired: i64,
    rows: Dynamic,
}

impl Judged {
    /// One more of the different texts.
    fn add(&mut self, wording: &Wording, legibility: Legibility) {
        let more = |sum: i64, count: usize| sum.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
        self.texts = more(self.texts, usize::from(legibility != Legibility::TooShort));
        self.illegible = more(self.illegible, usize::from(legibility == Legibility::Illegible));
        self.signs = more(self.signs, wording.all);
        self.paired = more(self.paired, wording.paired);
    }
}

fn judged(column: &Pair, bounds: Bounds) -> Judged {
    let mut found = Judged { texts: 0, illegible: 0, signs: 0, paired: 0, rows: Dynamic::UNIT };
    // Texts that differ by their figures alone are one.
    let mut seen: HashSet<String, RandomState> = HashSet::default();
    let rows = spread::chosen_texts(column, |text| {
        let text: String = text.chars().take(LONGEST).collect();
        let wording = pairs::wording(&text);
        let legibility = Legibility::of(&text, &wording, bounds);
        if seen.insert(pairs::ideographs(&text).unwrap_or(text)) {
            found.add(&wording, legibility);
        }
        legibility == Legibility::Illegible
    });
    Judged { rows: Dynamic::from(rows), ..found }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Legibility {
    TooShort,
    Legible,
    Illegible,
}

impl Legibility {
    fn of(text: &str, wording: &Wording, bounds: Bounds) -> Self {
        if wording.all == 0 {
            let signs = text.chars().filter(|c| c.is_alphanumeric()).count();
            let is_code = signs >= LEAST_SIGNS && text.chars().any(char::is_alphabetic);
            return if is_code { Self::Illegible } else { Self::TooShort };
        }
        if wording.all < LEAST_IDEOGRAPHS {
            return Self::TooShort;
        }
        if wording.all < LEAST_IN_PAIRS {
            return if wording.rare.saturating_mul(2) >= wording.all {
                Self::Illegible
            } else {
                Self::Legible
            };
        }
        let share = wording.paired.saturating_mul(100) / wording.all;
        let worded = i64::try_from(share).is_ok_and(|share| share >= bounds.percent);
        let joined = i64::try_from(wording.longest).is_ok_and(|longest| longest < bounds.run);
        if worded && joined { Self::Legible } else { Self::Illegible }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_characters_in_no_order_of_codes_or_of_letters_alone_is_no_chinese() {
        let of = |text: &str| Legibility::of(text, &pairs::wording(text), Bounds { percent: 40, run: 5 });
        for text in [
            "检查标准实施工作",
            "低保初审",
            "全员参训",
            "由张伟负责，按月回访独居老人",
            "编制操作卡片并张贴上墙，专人督促",
        ] {
            assert_eq!(of(text), Legibility::Legible, "{text}");
        }
        for text in ["兴重周赖结龙方羌", "网格巡查龘靐齉爩鱻麤", "quarterly review", "TG21•3-07"]
        {
            assert_eq!(of(text), Legibility::Illegible, "{text}");
        }
        for short in ["无", "合格", "OK", "12", "2026-05-27", ""] {
            assert_eq!(of(short), Legibility::TooShort, "{short}");
        }
    }

    /// Some characters of a text without order stand in pairs by chance: short ones are told by all of them together.
    #[test]
    fn what_is_in_order_by_chance_is_told_by_all_texts_together() {
        let mut found = Judged { texts: 0, illegible: 0, signs: 0, paired: 0, rows: Dynamic::UNIT };
        for text in ["兴上周重结为赖龙方羌", "作准施工实标查检"] {
            found.add(&pairs::wording(text), Legibility::Legible);
        }
        assert_eq!((found.texts, found.signs, found.paired), (2, 18, 8));
        let ordered = pairs::wording("由张伟负责，按月回访独居老人");
        assert!(ordered.paired * 100 >= ordered.all * 64, "{ordered:?}");
    }
}
