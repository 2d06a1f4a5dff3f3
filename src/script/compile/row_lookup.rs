//! `rows.find(column, text).other`: a cell of another row, straight from its column.

use std::borrow::Cow;
use std::sync::Arc;

use super::bound_expr::BoundExpr;
use crate::script::value::cells;
use crate::script::value::kernel_value::{Fallback, KernelResult, Value};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::Rows;
use crate::table::column::CellValue;
use crate::table::table_schema::ColumnType;

/// Where a look-up leads to.
#[derive(Debug)]
pub(crate) struct RowLookup {
    rows: Rows,
    /// The column that is searched.
    target: usize,
    /// The column that is read of the row found.
    column: usize,
}

impl RowLookup {
    /// The look-up `found`, of which the column `name` is read: where it is one, and its text. Interpretation takes note
    /// of every missing column that is read.
    pub(crate) fn of(found: &BoundExpr, name: &str) -> Option<(Arc<Self>, BoundExpr)> {
        let BoundExpr::Call(call, arguments) = found else { return None };
        let [BoundExpr::Fixed(rows), BoundExpr::Fixed(target), text] = arguments.as_slice() else {
            return None;
        };
        let rows = rows.value.other()?.read_lock::<Rows>()?.clone();
        let position =
            |name: &str| rows.of.table.decl.position(name).filter(|column| !rows.of.lacks(*column));
        let (target, column) = (position(target.text()?)?, position(name)?);
        let plain = call.name() == "find" && rows.kind(target) != Some(ColumnType::Enumerated);
        plain.then(|| (Arc::new(Self { rows, target, column }), text.clone()))
    }

    /// The cell to which a value leads. Where it leads nowhere the interpreter objects.
    pub(crate) fn cell<'c>(&'c self, value: &Value<'_>, of: &Arc<IndexedTable>) -> KernelResult<Value<'c>> {
        let found = value.with_text(|text| self.rows.first_with(self.target, text));
        let found = found.unwrap_or_else(|| {
            let text = cells::lookup_key(&value.dynamic(of));
            self.rows.first_with(self.target, &text)
        });
        let (row, table) = (found.ok_or(Fallback)? as usize, &self.rows.of.table);
        let listed = self.rows.kind(self.column) == Some(ColumnType::Codes);
        Ok(match table.cell(row, self.column) {
            CellValue::Text(Cow::Borrowed(text)) if !listed => Value::Text(text),
            CellValue::Integer(number) => Value::Int(number),
            CellValue::Date(day) => Value::Day(day),
            CellValue::YesNo(yes) => Value::Bool(yes),
            _ => Value::from(cells::cell(table, row, self.column)),
        })
    }
}
