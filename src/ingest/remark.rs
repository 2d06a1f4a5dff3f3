//! Rows that are not data: totals, remarks, signatures and repeated headers.

use std::sync::LazyLock;

use regex::Regex;

use super::header::Layout;
use super::row::Row;
use crate::model::declare::{ColumnDecl, TableDecl};
use crate::model::fold;
use crate::model::row::RawCell;

/// First cells of total rows, as folded names, a colon or bracket after them aside.
const TOTALS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总合计",
    "本页小计",
    "本页合计",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
];

/// Beginnings of remark and signature rows, as folded names.
static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:备注|注|说明|填表说明|填报说明|联系人|联系电话|审核|制表|填表|填报|批准|签字|盖章|note|notes|remarks?)[0-9]?:",
        r"|填[表报](?:人|单位|日期|时间)|制表(?:人|单位|日期|时间)|审核人|复核人|单位负责人|负责人签[字名]",
        r"|单位[(]?盖章|[(]?盖章[)]?|[(]?公章[)]?|第[0-9]+页)",
    ))
    .ok()
});

/// A remark has its sentence and perhaps a name and a date; more cells are a row of data.
const MOST_CELLS_OF_A_REMARK: usize = 6;

/// Whether the row is no data.
pub(super) fn is_no_data(table: &TableDecl, layout: &Layout, row: &Row) -> bool {
    let Some((at, RawCell::Text(first))) = row.cells().first() else { return false };
    if !may_be_label(first) {
        return repeats_header(layout, row);
    }
    let label = fold::name(first);
    if is_total(&label) {
        return !is_data(table, layout, row, *at);
    }
    let remark = REMARK.as_ref().is_some_and(|remark| remark.is_match(&label));
    if remark && row.cells().len() <= MOST_CELLS_OF_A_REMARK {
        return !is_data(table, layout, row, *at);
    }
    repeats_header(layout, row)
}

/// A quick no for what most rows begin with: a code.
fn may_be_label(first: &str) -> bool {
    let initial = first.trim_start().chars().next().unwrap_or(' ');
    !initial.is_ascii() || matches!(initial.to_ascii_lowercase(), 't' | 's' | 'g' | 'n' | 'r' | '(')
}

fn is_total(label: &str) -> bool {
    let bare = fold::without_brackets(label);
    TOTALS.contains(&bare.trim_end_matches([':', '数']))
}

/// Whether the row is data all the same: its key stands outside the cell in question, and so does at least half
/// of what its table requires.
fn is_data(table: &TableDecl, layout: &Layout, row: &Row, label_at: u32) -> bool {
    let filled = |column: usize| {
        let place = layout.columns.get(column).and_then(Option::as_ref).map(|(place, _)| *place);
        place.is_some_and(|place| place != label_at && row.get(place).is_some())
    };
    let share = |wanted: fn(&ColumnDecl) -> bool| {
        let wanted: Vec<_> =
            table.columns.iter().enumerate().filter(|(_, decl)| wanted(decl)).map(|(at, _)| at).collect();
        (wanted.iter().filter(|at| filled(**at)).count(), wanted.len())
    };
    let (keys, all_keys) = share(|decl| decl.key);
    let (required, all_required) = share(|decl| decl.required);
    all_keys > 0 && keys == all_keys && required.saturating_mul(2) >= all_required
}

/// A header printed again on a later page.
fn repeats_header(layout: &Layout, row: &Row) -> bool {
    let mut found = layout.columns.iter().flatten().peekable();
    let same = |place: u32, header: &str| match row.get(place) {
        Some(RawCell::Text(text)) => fold::trimmed(text) == header,
        _ => false,
    };
    found.peek().is_some() && found.all(|(place, header)| same(*place, header))
}
