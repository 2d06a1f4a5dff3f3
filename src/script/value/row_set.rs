//! Rows by the numbers of a column: what look-ups, references, duplicates and groups go by.

use std::borrow::Cow;
use std::collections::HashMap;

use super::column_codes::ColumnCodes;
use super::rows::Rows;
use super::selection::Chosen;

impl Rows {
    /// Number and text of each chosen row's cell, empty ones left out; equal texts have equal numbers.
    pub(crate) fn numbers(&self, column: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        let codes = self.of.codes_of(column);
        let numbered = self.chosen.iter().map(move |at| (at, codes.map_or(0, |codes| codes.number(at))));
        numbered.filter(|(_, number)| *number > 0)
    }

    /// What rows whose cell has this number say.
    pub(crate) fn text_of(&self, column: usize, number: u32) -> Cow<'_, str> {
        self.of.codes_of(column).map_or(Cow::Borrowed(""), |codes| codes.text_of(&self.of.table, number))
    }

    /// The chosen rows for which `keep` says yes of the text of their cell; it is asked once for each text.
    pub(crate) fn keeping(&self, column: usize, keep: impl Fn(&str) -> bool) -> Chosen {
        let mut known: PerNumber<Option<bool>> = self.per_number(column);
        let kept = self.numbers(column).filter(|(_, number)| {
            let Some(known) = known.get_mut(*number) else { return false };
            *known.get_or_insert_with(|| keep(&self.text_of(column, *number)))
        });
        kept.map(|(at, _)| at).collect()
    }

    /// A value for each number that the column has in these rows, the default to begin with.
    pub(crate) fn per_number<T: Clone + Default>(&self, column: usize) -> PerNumber<T> {
        let numbers = self.of.codes_of(column).map_or(0, ColumnCodes::len);
        if numbers / SPARSE > self.chosen.len() {
            PerNumber::Sparse(HashMap::with_capacity(self.chosen.len()))
        } else {
            PerNumber::Dense(vec![T::default(); numbers])
        }
    }

    /// The rows of whose number in the column it holds; empty cells have none.
    pub(crate) fn numbered(&self, column: usize, holds: impl Fn(u32) -> bool) -> Self {
        let numbers = self.of.codes_of(column).map_or(&[][..], ColumnCodes::numbers);
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

/// Numbers of a column for each chosen row from which on they are held by hash. Rules ask for a few rows at a time, group
/// by group: a list of all numbers each time would cost the square of the rows.
const SPARSE: usize = 16;

/// Values by the numbers of a column; see [`Rows::per_number`].
pub(crate) enum PerNumber<T> {
    /// One for every number of the column.
    Dense(Vec<T>),
    /// For the numbers asked for.
    Sparse(HashMap<u32, T>),
}

impl<T: Default> PerNumber<T> {
    /// The value of a number, where it has one.
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        match self {
            Self::Dense(values) => values.get(number as usize),
            Self::Sparse(values) => values.get(&number),
        }
    }

    /// The value of a number; `None` for one the column does not have, as far as that is known.
    pub(crate) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        match self {
            Self::Dense(values) => values.get_mut(number as usize),
            Self::Sparse(values) => Some(values.entry(number).or_default()),
        }
    }
}
