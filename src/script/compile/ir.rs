//! What a closure says, free of the script engine.

use super::callee::Callee;
use crate::script::function::FunctionTable;
use crate::script::syntax::COMPARISONS;
use rust_decimal::Decimal;

/// An expression over one row, the captured values and names bound inside the closure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ir {
    /// The row.
    Row,
    /// A value bound inside the closure, by its number.
    Slot(usize),
    /// A captured value, by its place.
    Captured(usize),
    /// `()`.
    Unit,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Ir>),
    /// Text with values put in.
    Join(Vec<Ir>),
    /// `value.name`.
    Get(Box<Ir>, String),
    /// `value[index]`.
    At(Box<Ir>, Box<Ir>),
    /// A comparison.
    Compare(Comparison, Box<Ir>, Box<Ir>),
    /// `&&`.
    And(Vec<Ir>),
    /// `||`.
    Or(Vec<Ir>),
    /// `!`.
    Not(Box<Ir>),
    /// `needle in list`.
    In(Box<Ir>, Box<Ir>),
    /// A function or operator.
    Call(Callee, Vec<Ir>),
    /// `let`: the value is looked at whether it is used or not.
    Let(usize, Box<Ir>, Box<Ir>),
    /// `if … else …`.
    If(Box<[Ir; 3]>),
    /// A closure inside the closure: over these values, one bound to the slot at a time.
    Each(Each, Box<Ir>, usize, Box<Ir>),
}

/// What a closure inside a closure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    /// `some` of a list.
    Some,
    /// `any` of rows.
    Any,
    /// `all` of a list or of rows.
    All,
    /// `filter`.
    Filter,
    /// `count` of rows.
    Count,
    /// `map` of a list.
    Map,
}

/// Methods that take a closure.
const EACH: [(&str, Each); 6] = [
    ("any", Each::Any),
    ("some", Each::Some),
    ("all", Each::All),
    ("filter", Each::Filter),
    ("count", Each::Count),
    ("map", Each::Map),
];

impl Each {
    /// What a method of this name does with a closure, in either language.
    pub(crate) fn of(functions: &FunctionTable, method: &str) -> Option<Self> {
        EACH.iter().find(|(known, _)| functions.is_called(known, method)).map(|(_, each)| *each)
    }
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// In the order of [`COMPARISONS`].
const ORDER: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::Different,
    Comparison::Less,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
];

/// What a row is charged for a function, or for a part of a value.
const CALL: u64 = 2;
/// What a row is charged for a pattern of its own, which has to be compiled.
const OWN_PATTERN: u64 = 1_000_000;

impl Ir {
    /// How many operations one row takes: what the kernel is charged for.
    pub(crate) fn size(&self) -> u64 {
        let own = match self.pattern() {
            Some(Self::Text(_) | Self::Captured(_)) => CALL,
            Some(_) => OWN_PATTERN,
            None if matches!(self, Self::Call(..)) || self.is_part() => CALL,
            None => 1,
        };
        self.parts().into_iter().map(Self::size).fold(own, u64::saturating_add)
    }

    /// Places of captured values that are patterns.
    pub(crate) fn captured_patterns(&self) -> Vec<usize> {
        let own = match self.pattern() {
            Some(Self::Captured(at)) => Some(*at),
            _ => None,
        };
        own.into_iter().chain(self.parts().into_iter().flat_map(Self::captured_patterns)).collect()
    }

    /// Whether a text of the row is looked through for each word of a list.
    pub(crate) fn seeks(&self) -> bool {
        let own = matches!(self, Self::Call(callee, _) if callee.is_seeking());
        own || self.parts().into_iter().any(Self::seeks)
    }

    /// Whether it is a part of a value, such as the year of a day, and no cell.
    fn is_part(&self) -> bool {
        matches!(self, Self::Get(of, _) if !matches!(**of, Self::Row))
    }

    /// The pattern, where it looks for one.
    fn pattern(&self) -> Option<&Self> {
        match self {
            Self::Call(callee, all) if callee.name() == "matches" => all.get(1),
            _ => None,
        }
    }

    pub(crate) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Row
            | Self::Slot(_)
            | Self::Captured(_)
            | Self::Unit
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Decimal(_)
            | Self::Text(_) => Vec::new(),
            Self::List(all) | Self::Join(all) | Self::And(all) | Self::Or(all) | Self::Call(_, all) => {
                all.iter().collect()
            }
            Self::Get(one, _) | Self::Not(one) => vec![one],
            Self::At(a, b)
            | Self::Compare(_, a, b)
            | Self::In(a, b)
            | Self::Let(_, a, b)
            | Self::Each(_, a, _, b) => vec![a, b],
            Self::If(all) => all.iter().collect(),
        }
    }
}

impl Comparison {
    /// The comparison written so.
    pub(crate) fn of(sign: &str) -> Option<Self> {
        COMPARISONS.iter().zip(ORDER).find(|(known, _)| **known == sign).map(|(_, comparison)| comparison)
    }

    /// How it is written.
    pub(crate) fn sign(self) -> &'static str {
        COMPARISONS.iter().zip(ORDER).find(|(_, known)| *known == self).map_or("==", |(sign, _)| sign)
    }

    /// Whether it holds of two values that compare so.
    #[inline]
    pub(crate) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// Whether it holds of a value and an empty cell.
    pub(crate) fn with_empty(self) -> bool {
        self == Self::Different
    }

    /// Whether it holds of two empty cells.
    pub(crate) fn of_empties(self) -> bool {
        self == Self::Equal
    }
}
