//! Declared tables and columns in words: what a cell is to hold and how it is written.

use crate::model::text::Lang;
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations};

use super::words::pick;

/// The name of a table or column that a reader knows.
pub(super) fn name<'n>(id: &'n str, zh: &'n str, lang: Lang) -> &'n str {
    pick(lang, zh, id)
}

/// What a cell of the column holds, and how it is written.
pub(super) fn form(column: &ColumnDecl, lang: Lang) -> &'static str {
    match column.kind {
        ColumnType::Text => pick(lang, "文字", "text"),
        ColumnType::Code => pick(lang, "编号，以文本格式填写", "a code, as text"),
        ColumnType::Codes => pick(lang, "编号，多个用“；”隔开", "codes, separated by `;`"),
        ColumnType::Integer => pick(lang, "整数，不带单位，如12", "a whole number without unit, such as 12"),
        ColumnType::Decimal => pick(lang, "数字，不带单位，如3.5", "a number without unit, such as 3.5"),
        ColumnType::Date => pick(lang, "日期，如2024-03-01", "a date, such as 2024-03-01"),
        ColumnType::Month => pick(lang, "年月，如2024-03", "a month, such as 2024-03"),
        ColumnType::YesNo => pick(lang, "填“是”或“否”", "yes (是) or no (否)"),
        ColumnType::Enumerated => pick(lang, "从下拉列表中选", "one of the list"),
    }
}

/// The words that may be chosen from: the first of each declared value, or yes and no.
pub(super) fn choices(column: &ColumnDecl) -> Vec<&str> {
    match column.kind {
        ColumnType::YesNo => vec!["是", "否"],
        _ => column.values.values().filter_map(|words| words.first()).map(String::as_str).collect(),
    }
}

/// What a column refers to, in words: `部门机构·部门编号`.
pub(super) fn refers(column: &ColumnDecl, declarations: &Declarations, lang: Lang) -> Option<String> {
    named(column.refers.as_deref()?, declarations, lang)
}

/// The column whose values may stand in a column.
pub(super) fn like(column: &ColumnDecl, declarations: &Declarations, lang: Lang) -> Option<String> {
    named(column.like.as_deref()?, declarations, lang)
}

fn named(path: &str, declarations: &Declarations, lang: Lang) -> Option<String> {
    let (table, key) = path.split_once('.')?;
    let table = declarations.table(table)?;
    let key = table.column(key)?;
    let names = (name(&table.id, &table.zh, lang), name(&key.id, &key.zh, lang));
    Some(format!("{}{}{}", names.0, pick(lang, "·", "."), names.1))
}
