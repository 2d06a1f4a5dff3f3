//! Rows by the numbers of a column: what look-ups, references, duplicates and groups go by.

use std::borrow::Cow;

use super::chosen::Chosen;
use super::keyed::Keyed;
use super::rows::Rows;

impl Rows {
    /// Number and text of each chosen row's cell, empty ones left out; equal texts have equal numbers.
    pub(super) fn numbers(&self, column: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        let keyed = self.of.keyed(column);
        let numbered = self.chosen.iter().map(move |at| (at, keyed.map_or(0, |keyed| keyed.number(at))));
        numbered.filter(|(_, number)| *number > 0)
    }

    /// What rows whose cell has this number say.
    pub(super) fn text_of(&self, column: usize, number: u32) -> Cow<'_, str> {
        self.of.keyed(column).map_or(Cow::Borrowed(""), |keyed| keyed.text_of(&self.of.table, number))
    }

    /// The chosen rows for which `keep` says yes of the text of their cell; it is asked once for each text.
    pub(super) fn keeping(&self, column: usize, keep: impl Fn(&str) -> bool) -> Chosen {
        let mut known: Vec<Option<bool>> = vec![None; self.of.keyed(column).map_or(0, Keyed::len)];
        let kept = self.numbers(column).filter(|(_, number)| {
            let Some(known) = known.get_mut(*number as usize) else { return false };
            *known.get_or_insert_with(|| keep(&self.text_of(column, *number)))
        });
        kept.map(|(at, _)| at).collect()
    }

    /// The rows of whose number in the column it holds; empty cells have none.
    pub(super) fn numbered(&self, column: usize, holds: impl Fn(u32) -> bool) -> Self {
        let numbers = self.of.keyed(column).map_or(&[][..], Keyed::numbers);
        let holds = |number: u32| number > 0 && holds(number);
        match &self.chosen {
            Chosen::All(_) => {
                let rows = numbers.iter().zip(0..).filter(|(number, _)| holds(**number));
                self.choose(rows.map(|(_, at)| at))
            }
            Chosen::Some(rows) => {
                let number = |at: u32| numbers.get(at as usize).copied().unwrap_or(0);
                self.choose(rows.iter().copied().filter(|at| holds(number(*at))))
            }
        }
    }
}
