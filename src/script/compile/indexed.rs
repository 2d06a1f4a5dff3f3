//! Questions about a text that its place in the index of another column answers.

use super::bound_expr::BoundExpr;
use super::builtin::equality;
use super::ir::Comparison;
use super::plan::{Plan, Planner, negated};
use crate::script::value::join_index;
use crate::script::value::kernel_value::Value;
use crate::script::value::rows::Rows;
use crate::table::column::CHUNK;
use crate::table::table_schema::ColumnType;

fn is_text(kind: ColumnType) -> bool {
    matches!(kind, ColumnType::Text | ColumnType::Code)
}

impl Planner<'_, '_, '_> {
    /// Whether `rows.find(column, text)` finds a row: compared with `()`.
    pub(crate) fn found(&mut self, comparison: Comparison, pair: &[BoundExpr; 2]) -> Option<Plan> {
        let nothing = equality(comparison)?;
        let (BoundExpr::Call(callee, arguments), BoundExpr::Fixed(unit)) = (match pair {
            [call @ BoundExpr::Call(..), unit] | [unit, call @ BoundExpr::Call(..)] => (call, unit),
            _ => return None,
        }) else {
            return None;
        };
        let [BoundExpr::Fixed(rows), BoundExpr::Fixed(target), BoundExpr::Cell(column)] =
            arguments.as_slice()
        else {
            return None;
        };
        if callee.name() != "find" || !matches!(unit.value, Value::Unit) || !is_text(self.kind(*column)?) {
            return None;
        }
        let rows = rows.value.other()?.read_lock::<Rows>()?.clone();
        let target = rows.of.table.decl.position(target.text()?)?;
        // A column that is missing is noted when it is read, and only then.
        if !is_text(rows.kind(target)?) || rows.of.lacks(target) {
            return None;
        }
        let of = self.binder.of;
        if of.table.len() >= CHUNK {
            let found = join_index::found(&Rows::all(of), *column, &rows, target);
            return Some(negated(Plan::Member(*column, found), nothing));
        }
        let found =
            move |text: &str| rows.of.rows_with(target, text).iter().any(|at| rows.chosen.contains(*at));
        Some(negated(self.asked(*column, found), nothing))
    }
}
