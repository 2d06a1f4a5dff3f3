//! Things of two lists that are the same thing, by a key.

use std::collections::BTreeMap;

use crate::report::finding::by_number;

/// A thing of either list, or of both.
pub(super) struct Pair<'t, T> {
    pub(super) key: &'t str,
    pub(super) old: Option<&'t T>,
    pub(super) new: Option<&'t T>,
}

/// The things of both lists by their keys, as a reader numbers these; where a key comes again, the first is held against the
/// first, the second against the second.
pub(super) fn pairs<'t, T>(
    old: impl IntoIterator<Item = &'t T>,
    new: impl IntoIterator<Item = &'t T>,
    key: impl Fn(&'t T) -> &'t str,
) -> Vec<Pair<'t, T>> {
    let mut found: BTreeMap<(&str, usize), Pair<'t, T>> = BTreeMap::new();
    for (number, one) in numbered(old, &key) {
        found.insert(number, Pair { key: number.0, old: Some(one), new: None });
    }
    for (number, one) in numbered(new, &key) {
        let pair = found.entry(number).or_insert(Pair { key: number.0, old: None, new: None });
        pair.new = Some(one);
    }
    let mut pairs: Vec<_> = found.into_values().collect();
    pairs.sort_by(|a, b| by_number(a.key, b.key));
    pairs
}

/// Each with its key and how many of that key came before.
fn numbered<'t, T>(
    all: impl IntoIterator<Item = &'t T>,
    key: &impl Fn(&'t T) -> &'t str,
) -> Vec<((&'t str, usize), &'t T)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let number = |one: &'t T| {
        let key = key(one);
        let count = seen.entry(key).or_default();
        *count = count.saturating_add(1);
        ((key, *count), one)
    };
    all.into_iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_comes_again_is_held_against_its_like() {
        let (old, new) = (["A.10", "A.2", "A.2"].map(str::to_owned), ["A.2", "A.3"].map(str::to_owned));
        let pairs = pairs(&old, &new, |text| text.as_str());
        let found: Vec<_> =
            pairs.iter().map(|pair| (pair.key, pair.old.is_some(), pair.new.is_some())).collect();
        let expected =
            [("A.2", true, true), ("A.2", true, false), ("A.3", false, true), ("A.10", true, false)];
        assert_eq!(found, expected);
    }
}
