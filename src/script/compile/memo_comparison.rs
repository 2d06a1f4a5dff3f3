//! Comparisons of what is worked out once for each text of a column, such as what a reference leads to: a number for
//! each text is looked up, and two numbers compared, for each row.

use super::bound_expr::BoundExpr;
use super::builtin;
use super::chunk_view::{ChunkView, narrow};
use super::ir::Comparison;
use crate::script::value::kernel_value::Value;
use crate::table::column::{Cells, View};
use crate::table::table_schema::ColumnType;

/// A value that can be told from others by a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// Not worked out yet.
    Missing,
    Unit,
    Int(i64),
    Day(i32),
    /// A text, by the number it has among those worked out.
    Text(u32),
    /// Anything else, or nothing sure: the row is for the evaluator.
    Odd,
}

/// What is compared.
#[derive(Debug)]
pub(crate) enum Operand {
    /// The same for all rows.
    Same(BoundExpr),
    /// A day or a whole number of the row.
    Cell(usize),
    /// Worked out once for each text of the column: the number of its memory, the column.
    Once(usize, usize, BoundExpr),
}

/// A comparison, and the same as a node for rows that are for the evaluator.
#[derive(Debug)]
pub(crate) struct MemoComparison {
    pub(crate) comparison: Comparison,
    pub(crate) operands: [Operand; 2],
    pub(crate) whole: BoundExpr,
}

impl Operand {
    /// What a side of a comparison is here; `kind` gives the type of a column.
    pub(crate) fn of(node: &BoundExpr, kind: impl Fn(usize) -> Option<ColumnType>) -> Option<Self> {
        match node {
            BoundExpr::Fixed(_) => Some(Self::Same(node.clone())),
            BoundExpr::Cell(column) => {
                let counted =
                    matches!(kind(*column)?, ColumnType::Integer | ColumnType::Date | ColumnType::Month);
                counted.then_some(Self::Cell(*column))
            }
            BoundExpr::Once(place, column, _) => Some(Self::Once(*place, *column, node.clone())),
            _ => None,
        }
    }

    pub(crate) fn is_once(&self) -> bool {
        matches!(self, Self::Once(..))
    }
}

/// An operand for each of the rows of one chunk.
pub(crate) enum Lane<'c> {
    Same(Scalar),
    Days(Cells<'c, i32>),
    Whole(Cells<'c, i64>),
    Each(Vec<Scalar>),
}

impl<'c> Lane<'c> {
    /// The cells of a column of days or whole numbers.
    pub(crate) fn cells(column: usize, lanes: &'c ChunkView<'c>) -> Option<Self> {
        match lanes.view(column)? {
            View::Date(cells) => narrow(cells, &lanes.range).map(Self::Days),
            View::Integer(cells) => narrow(cells, &lanes.range).map(Self::Whole),
            _ => None,
        }
    }

    /// That of one row.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Scalar {
        match self {
            Self::Same(scalar) => *scalar,
            Self::Days(cells) => cells.get(at).map_or(Scalar::Unit, Scalar::Day),
            Self::Whole(cells) => cells.get(at).map_or(Scalar::Unit, Scalar::Int),
            Self::Each(scalars) => scalars.get(at).copied().unwrap_or(Scalar::Odd),
        }
    }
}

/// What a comparison says of two scalars; `None` is for the evaluator.
#[inline]
pub(crate) fn compared(comparison: Comparison, a: Scalar, b: Scalar) -> Option<bool> {
    match (a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => Some(comparison.holds(a.cmp(&b))),
        (Scalar::Day(a), Scalar::Day(b)) => Some(comparison.holds(a.cmp(&b))),
        (Scalar::Text(a), Scalar::Text(b)) => builtin::equality(comparison).map(|wanted| (a == b) == wanted),
        (Scalar::Unit, Scalar::Unit) => builtin::equality(comparison),
        (Scalar::Int(_) | Scalar::Day(_), Scalar::Unit) | (Scalar::Unit, Scalar::Int(_) | Scalar::Day(_)) => {
            Some(comparison.with_empty())
        }
        (Scalar::Text(_), Scalar::Unit) | (Scalar::Unit, Scalar::Text(_)) => {
            builtin::equality(comparison).map(|wanted| !wanted)
        }
        _ => None,
    }
}

impl Scalar {
    /// The scalar a value is; `number` gives texts their number.
    pub(crate) fn of(value: &Value<'_>, number: impl FnOnce(&str) -> Option<u32>) -> Self {
        match value {
            Value::Unit => Self::Unit,
            Value::Int(whole) => Self::Int(*whole),
            Value::Day(day) => Self::Day(day.days()),
            other => other.with_text(number).flatten().map_or(Self::Odd, Self::Text),
        }
    }
}
