//! Which ideographs follow each other in Chinese words.
//!
//! The table is `pairs.txt`, written by `make_pairs.py`: each line a first ideograph and all that follow it.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ahash::RandomState;

use crate::resources::meter;

/// Words of one ideograph. Alone they neither make a text nor spoil it.
const PARTICLES: &str = "的了是在和与及或等对为于由向从把将被给让并也都还又再已未不没有无各每该其本所之以可须应能会到上下中内外后前里来去就个着过跟他她我们这那";

/// What the lines tell.
#[derive(Debug)]
struct Table {
    followers: HashMap<char, &'static str, RandomState>,
    /// Ideographs that stand in some pair.
    known: HashSet<char, RandomState>,
}

impl Table {
    fn read() -> Self {
        let text = include_str!("pairs.txt");
        let line = |line: &'static str| {
            let first = line.chars().next()?;
            Some((first, line.get(first.len_utf8()..)?))
        };
        Self {
            followers: text.lines().filter_map(line).collect(),
            known: text.chars().filter(|c| is_ideograph(*c)).collect(),
        }
    }
}

/// Made by the first rule that asks, for all.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| meter::unmetered(Table::read, |_| 0))
}

/// Whether the two stand beside each other in some word.
pub(crate) fn is_pair(first: char, second: char) -> bool {
    table().followers.get(&first).is_some_and(|followers| followers.contains(second))
}

/// How much of a text is made of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// Ideographs, without particles that stand alone.
    pub(super) all: usize,
    /// Those of them that stand in a pair with the one before or after.
    pub(super) paired: usize,
    /// Those that stand in no word of the table.
    pub(super) rare: usize,
    /// The longest stretch of ideographs none of which does.
    pub(super) longest: usize,
}

/// What stands between ideographs parts them.
pub(super) fn wording(text: &str) -> Wording {
    let signs: Vec<char> = text.chars().collect();
    let mut wording = Wording::default();
    for run in signs.split(|c| !is_ideograph(*c)) {
        let joined: Vec<bool> =
            run.windows(2).map(|pair| matches!(pair, [first, second] if is_pair(*first, *second))).collect();
        let is_joined = |at: Option<usize>| at.and_then(|at| joined.get(at)).copied().unwrap_or_default();
        let mut stretch = 0_usize;
        for (at, sign) in run.iter().enumerate() {
            let paired = is_joined(Some(at)) || is_joined(at.checked_sub(1));
            if !paired && PARTICLES.contains(*sign) {
                continue;
            }
            stretch = if paired { 0 } else { stretch.saturating_add(1) };
            wording.all = wording.all.saturating_add(1);
            wording.paired = wording.paired.saturating_add(usize::from(paired));
            wording.rare = wording.rare.saturating_add(usize::from(!table().known.contains(sign)));
            wording.longest = wording.longest.max(stretch);
        }
    }
    wording
}

/// The ideographs of a text; `None` where it has none.
pub(super) fn ideographs(text: &str) -> Option<String> {
    Some(text.chars().filter(|c| is_ideograph(*c)).collect()).filter(|signs: &String| !signs.is_empty())
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_pairs_and_what_stands_in_none_makes_a_stretch() {
        assert_eq!(wording("检查标准"), Wording { all: 4, paired: 4, rare: 0, longest: 0 });
        assert_eq!(wording("网格龘靐齉爩鱻"), Wording { all: 7, paired: 2, rare: 5, longest: 5 });
        assert_eq!(wording("龘靐，齉爩"), Wording { all: 4, paired: 0, rare: 4, longest: 2 });
        assert_eq!(wording("把检查"), Wording { all: 2, paired: 2, rare: 0, longest: 0 });
        assert_eq!(wording("2026-05-27"), Wording::default());
    }

    #[test]
    fn the_table_has_a_line_for_each_first_ideograph() {
        let lines = include_str!("pairs.txt").lines().count();
        assert_eq!(table().followers.len(), lines);
        for (first, followers) in &table().followers {
            assert!(is_ideograph(*first) && followers.chars().all(is_ideograph), "{first}{followers}");
        }
    }
}
