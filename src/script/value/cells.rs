//! Typed cells as values of the script language.

use rhai::{Array, Dynamic, ImmutableString};
use rust_decimal::Decimal;

use super::enumerated::Choice;

use crate::model::written::codes;
use crate::script::error::sizes;
use crate::table::Table;
use crate::table::column::CellValue;
use crate::table::date::Date;
use crate::table::table_schema::ColumnType;

/// The cell: empty text for text columns, `()` for empty cells of other types.
pub(crate) fn cell(table: &Table, row: usize, column: usize) -> Dynamic {
    let kind = table.decl.columns.get(column).map(|decl| decl.kind);
    match (table.cell(row, column), kind) {
        (CellValue::Text(text), Some(ColumnType::Codes)) => list(&text),
        (CellValue::Text(text), _) => (&*text).into(),
        (CellValue::Integer(number), _) => number.into(),
        (CellValue::Decimal(number), _) => Dynamic::from_decimal(number),
        (CellValue::Date(date), _) => Dynamic::from(date),
        (CellValue::YesNo(yes), _) => yes.into(),
        (CellValue::Enumerated(number), _) => Dynamic::from(Choice::new(&table.decl, column, Some(number))),
        (CellValue::Empty, Some(ColumnType::Enumerated)) => {
            Dynamic::from(Choice::new(&table.decl, column, None))
        }
        (CellValue::Empty, _) => Dynamic::UNIT,
    }
}

fn list(text: &str) -> Dynamic {
    codes(text).map(|code| Dynamic::from(code.to_owned())).collect::<Array>().into()
}

/// Whether a value is an empty cell.
pub(crate) fn blank(value: &Dynamic) -> bool {
    if value.is_unit() {
        return true;
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return text.trim().is_empty();
    }
    if let Some(choice) = value.read_lock::<Choice>() {
        return choice.blank();
    }
    value.as_array_ref().is_ok_and(|list| list.is_empty())
}

/// A whole or decimal number.
pub(crate) fn number(value: &Dynamic) -> Option<Decimal> {
    value.as_int().map(Decimal::from).or_else(|_| value.as_decimal()).ok()
}

/// The text under which a value is looked up in an index.
pub(crate) fn lookup_key(value: &Dynamic) -> ImmutableString {
    if let Ok(text) = value.as_immutable_string_ref() {
        return text.clone();
    }
    if value.is_unit() {
        return ImmutableString::new();
    }
    if let Some(date) = value.read_lock::<Date>() {
        return date.to_string().into();
    }
    if let Ok(yes) = value.as_bool() {
        return if yes { "是" } else { "否" }.into();
    }
    if let Some(choice) = value.read_lock::<Choice>() {
        return choice.to_string().into();
    }
    number(value).map_or_else(|| sizes::brief(value), |number| number.normalize().to_string()).into()
}
