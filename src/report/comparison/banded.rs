//! Bands of points as packs write them (`from 90, points 20; from 80, points 15`), in words.

use crate::model::bands;
use crate::model::catalog::{Award, Count, LossBand};
use crate::model::text::Text;

/// The bands of a field in words; none where the field has none, or they are written otherwise.
pub(super) fn bands_text(field: &str, value: &str) -> Option<Text> {
    if !matches!(field, "award" | "bands" | "count") || value.is_empty() {
        return None;
    }
    let texts: Option<Vec<Text>> = entries(value).iter().map(|one| entry(one)).collect();
    texts.map(|texts| texts.iter().fold(Text::default(), |all, next| all.and(next)))
}

/// The entries of a list. The words of a level are a list too: an entry begins where a band is named.
fn entries(value: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for piece in value.split("; ") {
        let begins = ["from ", "level ", "each "].iter().any(|key| named(piece, key).is_some());
        match entries.last_mut() {
            Some(last) if !begins => *last = format!("{last}; {piece}"),
            _ => entries.push(piece.to_owned()),
        }
    }
    entries
}

/// The value under a key that ends with a space.
fn named<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.split(", ").find_map(|pair| pair.strip_prefix(key))
}

fn entry(one: &str) -> Option<Text> {
    let number = |key: &str| named(one, key).and_then(|value| value.parse::<u32>().ok());
    if let (Some(each), Some(of)) = (number("each "), number("of ")) {
        return Some(bands::count(&Count { each, of, policy: None }));
    }
    if let (Some(from), Some(lose)) = (number("from "), number("lose ")) {
        return Some(bands::loss(&LossBand { from, lose }));
    }
    let words = named(one, "words ").unwrap_or_default().split("; ");
    let words = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let (from, level) = (number("from "), named(one, "level ").map(str::to_owned));
    let known = from.is_some() || level.is_some();
    number("points ").filter(|_| known).map(|points| bands::award(&Award { from, level, words, points }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zh(field: &str, value: &str) -> Option<String> {
        bands_text(field, value).map(|text| text.zh)
    }

    #[test]
    fn bands_are_told_in_words() {
        let bands = "from 90, points 20; from 80, points 15";
        assert_eq!(zh("award", bands).as_deref(), Some("90%以上得20分；80%以上得15分"));
        let levels = "level national, points 10, words 国家级; 国家; level city, points 3, words 市级";
        assert_eq!(zh("award", levels).as_deref(), Some("国家级得10分；市级得3分"));
        assert_eq!(zh("bands", "from 60, lose 2").as_deref(), Some("60%以上扣2分"));
        assert_eq!(zh("count", "each 1, of 4, policy line_f").as_deref(), Some("每项未达到扣1分，共4项"));
    }

    #[test]
    fn what_is_written_otherwise_stands_as_it_is() {
        assert_eq!(zh("award", "twenty"), None);
        assert_eq!(zh("award", "points 3"), None);
        assert_eq!(zh("points", "from 90, points 20"), None);
    }
}
