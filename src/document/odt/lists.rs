//! Automatic numbers of an ODT.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::document::label::Style;

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

/// How the levels of a list are numbered.
#[derive(Clone, Debug, Default)]
pub(super) struct ListStyle(HashMap<usize, Level>);

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) style: Style,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// How many levels its number shows.
    pub(super) shown: usize,
    pub(super) start: u32,
    /// The number with `%1%` to `%10%` for those of the levels: what newer programs write.
    pub(super) format: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (prefix, suffix) = (String::new(), String::new());
        Self { style: Style::None, prefix, suffix, shown: 1, start: 1, format: None }
    }
}

/// The last number on each level of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counters([Option<u32>; LEVELS]);

impl ListStyle {
    pub(super) fn set(&mut self, at: usize, level: Level) {
        if at < LEVELS {
            self.0.insert(at, level);
        }
    }

    fn level(&self, at: usize) -> Level {
        self.0.get(&at).cloned().unwrap_or_default()
    }

    /// Counts one on a level, or begins it at `start`; the number as it shows, empty for a bullet.
    pub(super) fn count(&self, counters: &mut Counters, at: usize, start: Option<u32>) -> String {
        for (level, counter) in counters.0.iter_mut().enumerate() {
            let first = self.level(level).start;
            *counter = match level.cmp(&at) {
                // A level above that has no number yet shows its first one.
                Ordering::Less => counter.or(Some(first)),
                Ordering::Equal => {
                    start.or_else(|| Some(counter.map_or(first, |last| last.saturating_add(1))))
                }
                Ordering::Greater => None,
            };
        }
        self.show(*counters, at)
    }

    fn show(&self, counters: Counters, at: usize) -> String {
        let own = self.level(at);
        if own.style == Style::Bullet {
            return String::new();
        }
        let number = |level: usize| {
            let count = counters.0.get(level).copied().flatten().unwrap_or(0);
            self.level(level).style.write(count)
        };
        if let Some(format) = &own.format {
            return fill(format, number);
        }
        let first = at.saturating_add(1).saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (first..=at).map(number).filter(|number| !number.is_empty()).collect();
        format!("{}{}{}", own.prefix, numbers.join("."), own.suffix)
    }
}

/// A format with the numbers of its levels.
fn fill(format: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    for (at, piece) in format.split('%').enumerate() {
        // Every second piece stands between signs: it is a level, or text among stray ones.
        match piece.parse::<usize>() {
            Ok(level) if at % 2 == 1 && (1..=LEVELS).contains(&level) => filled.push_str(&number(level - 1)),
            _ => filled.push_str(piece),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_the_levels_they_are_to_show() {
        let mut list = ListStyle::default();
        list.set(0, Level { style: Style::UpperLetter, prefix: "附录".to_owned(), ..Level::default() });
        list.set(1, Level { style: Style::Decimal, shown: 2, ..Level::default() });
        list.set(
            2,
            Level { style: Style::Decimal, format: Some("%1%.%2%.%3%)".to_owned()), ..Level::default() },
        );
        let mut counters = Counters::default();
        let mut count = |at, start| list.count(&mut counters, at, start);
        let numbers = [
            count(0, None),
            count(1, None),
            count(1, None),
            count(2, Some(7)),
            count(0, None),
            count(2, None),
        ];
        assert_eq!(numbers, ["附录A", "A.1", "A.2", "A.2.7)", "附录B", "B.1.1)"]);
    }
}
