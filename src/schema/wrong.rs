//! What is wrong with a cell.

/// Why a cell is not of its column's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wrong {
    /// A formula that failed.
    Fault,
    /// A formula that no program has calculated.
    Uncalculated,
    /// Not what the workbook says it is.
    Damaged,
    /// Not of the type at all.
    Type,
    /// A month where a day is wanted.
    DayMissing,
    /// A day of no year: which year is meant is never guessed.
    YearMissing,
    /// A code that the office program took for a date.
    DateForCode,
    /// None of the declared values.
    Value,
    /// A number that nothing in an office has: sums of such numbers cannot be told.
    Range,
    /// Words of its own are wanted, and it says that it repeats the cell above.
    Ditto,
}

impl Wrong {
    /// Whether something stands in the cell that a person might understand.
    pub(super) fn is_unclear(self) -> bool {
        self != Self::Fault
    }

    /// Tells findings apart.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Uncalculated => "formula",
            Self::Damaged => "damaged",
            Self::Type => "type",
            Self::DayMissing => "day",
            Self::YearMissing => "year",
            Self::DateForCode => "date",
            Self::Value => "value",
            Self::Range => "range",
            Self::Ditto => "ditto",
        }
    }
}
