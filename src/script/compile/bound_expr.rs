//! A closure bound to a table: columns by number, what is the same for all rows worked out.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::callee::Callee;
use super::ir::{Comparison, Each};
use super::row_lookup::RowLookup;
use crate::script::value::kernel_value::Fixed;

/// An expression over one row of a table.
#[derive(Clone, Debug)]
pub(crate) enum BoundExpr {
    Fixed(Arc<Fixed>),
    /// A cell of the row.
    Cell(usize),
    Row,
    Slot(usize),
    List(Vec<BoundExpr>),
    Join(Vec<BoundExpr>),
    Get(Box<BoundExpr>, String),
    /// A cell of the row to which the text leads.
    RowLookup(Arc<RowLookup>, Box<BoundExpr>),
    At(Box<[BoundExpr; 2]>),
    Compare(Comparison, Box<[BoundExpr; 2]>),
    And(Vec<BoundExpr>),
    Or(Vec<BoundExpr>),
    Not(Box<BoundExpr>),
    /// Needle, then list.
    In(Box<[BoundExpr; 2]>),
    Call(Callee, Vec<BoundExpr>),
    Let(usize, Box<[BoundExpr; 2]>),
    If(Box<[BoundExpr; 3]>),
    /// Values, then the closure over each.
    Each(Each, usize, Box<[BoundExpr; 2]>),
    /// Worked out once for each text of the column: the number of the memory, the column.
    Once(usize, usize, Box<BoundExpr>),
}

impl BoundExpr {
    /// The nodes it is made of.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Fixed(_) | Self::Cell(_) | Self::Row | Self::Slot(_) => Vec::new(),
            Self::List(all) | Self::Join(all) | Self::And(all) | Self::Or(all) | Self::Call(_, all) => {
                all.iter().collect()
            }
            Self::Get(one, _) | Self::RowLookup(_, one) | Self::Not(one) | Self::Once(_, _, one) => vec![one],
            Self::At(pair)
            | Self::Compare(_, pair)
            | Self::In(pair)
            | Self::Let(_, pair)
            | Self::Each(_, _, pair) => pair.iter().collect(),
            Self::If(all) => all.iter().collect(),
        }
    }

    /// Whether there is a closure inside: its rounds are counted for each row.
    pub(crate) fn has_rounds(&self) -> bool {
        matches!(self, Self::Each(..)) || self.parts().into_iter().any(Self::has_rounds)
    }

    /// The same with `value` wherever the slot is read.
    pub(crate) fn with_slot(self, slot: usize, value: &Self) -> Self {
        match self {
            Self::Slot(own) if own == slot => value.clone(),
            Self::Let(own, pair) if own == slot => {
                let [bound, body] = *pair;
                Self::Let(own, Box::new([bound.with_slot(slot, value), body]))
            }
            Self::Each(each, own, pair) if own == slot => {
                let [values, body] = *pair;
                Self::Each(each, own, Box::new([values.with_slot(slot, value), body]))
            }
            other => other.with_parts(&mut |part| part.with_slot(slot, value)),
        }
    }

    /// The same of other parts.
    pub(crate) fn with_parts(self, change: &mut impl FnMut(Self) -> Self) -> Self {
        let mut all = |list: Vec<Self>| list.into_iter().map(&mut *change).collect::<Vec<_>>();
        match self {
            Self::List(list) => Self::List(all(list)),
            Self::Join(list) => Self::Join(all(list)),
            Self::And(list) => Self::And(all(list)),
            Self::Or(list) => Self::Or(all(list)),
            Self::Call(name, list) => Self::Call(name, all(list)),
            Self::Get(one, name) => Self::Get(Box::new(change(*one)), name),
            Self::RowLookup(reach, one) => Self::RowLookup(reach, Box::new(change(*one))),
            Self::Not(one) => Self::Not(Box::new(change(*one))),
            Self::Once(place, column, one) => Self::Once(place, column, Box::new(change(*one))),
            Self::At(pair) => Self::At(Box::new(pair.map(change))),
            Self::Compare(comparison, pair) => Self::Compare(comparison, Box::new(pair.map(change))),
            Self::In(pair) => Self::In(Box::new(pair.map(change))),
            Self::Let(slot, pair) => Self::Let(slot, Box::new(pair.map(change))),
            Self::Each(each, slot, pair) => Self::Each(each, slot, Box::new(pair.map(change))),
            Self::If(list) => Self::If(Box::new(list.map(change))),
            same => same,
        }
    }
}

/// What a node rests on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependencies {
    /// Columns of the row.
    pub(crate) columns: BTreeSet<usize>,
    /// The row as a whole.
    pub(crate) row: bool,
    /// Slots of closures around it.
    pub(crate) items: BTreeSet<usize>,
}

impl Dependencies {
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.columns.extend(other.columns);
        self.items.extend(other.items);
        self.row |= other.row;
        self
    }

    /// Whether it is the same for all rows.
    pub(crate) fn on_nothing(&self) -> bool {
        self.columns.is_empty() && self.items.is_empty() && !self.row
    }

    /// The one column it rests on.
    pub(crate) fn on_one_column(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        match (columns.next(), columns.next()) {
            (Some(column), None) if self.items.is_empty() && !self.row => Some(*column),
            _ => None,
        }
    }
}
