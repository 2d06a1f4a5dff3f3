//! Names that are not there, with those that are.

use rhai::EvalAltResult;

use super::raise::{did_you_mean, raise_word};
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, TableDecl};

pub(crate) fn unknown_table<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Box<EvalAltResult> {
    let (message, help) = no_table(name, known);
    raise_word(name, false, message, help)
}

/// That there is no such table.
pub(crate) fn no_table<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> (Text, Text) {
    let message = Text::new(format!("没有名为“{name}”的数据表"), format!("there is no table `{name}`"));
    let near = did_you_mean(name, known);
    let plain = Text::new("docs/tables.md 列出了全部数据表", "docs/tables.md lists the tables");
    (message, near.or(plain))
}

/// That there is no such policy.
pub(crate) fn unknown_policy<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Box<EvalAltResult> {
    let (message, help) = no_policy(name, known);
    raise_word(name, false, message, help)
}

pub(crate) fn no_policy<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> (Text, Text) {
    let message = Text::new(format!("没有名为“{name}”的口径"), format!("there is no policy `{name}`"));
    let known: Vec<&str> = known.collect();
    let (all, near) = (known.join(", "), did_you_mean(name, known));
    (message, Text::new(format!("{}口径有：{all}", near.zh), format!("{} policies: {all}", near.en)))
}

pub(crate) fn unknown_column(table: &TableDecl, name: &str) -> Box<EvalAltResult> {
    let (message, help) = no_column(table, name);
    raise_word(name, true, message, help)
}

/// That a table has no such column; [`elsewhere`] says which other has.
pub(crate) fn no_column(table: &TableDecl, name: &str) -> (Text, Text) {
    let message = Text::new(
        format!("数据表“{}”没有名为“{name}”的列", table.zh),
        format!("table `{}` has no column `{name}`", table.id),
    );
    let ids = || table.columns.iter().map(|column| column.id.as_str());
    let near = did_you_mean(name, ids().chain(table.columns.iter().map(|column| column.zh.as_str())));
    if !near.en.is_empty() {
        return (message, near);
    }
    let both = table.columns.iter().map(|column| format!("{}（{}）", column.id, column.zh));
    let (zh, en) = (both.collect::<Vec<_>>().join("、"), ids().collect::<Vec<_>>().join(", "));
    (message, Text::new(format!("它的列有：{zh}"), format!("its columns are {en}")))
}

/// Which tables have the column that another has not.
pub(crate) fn elsewhere<'t>(name: &str, tables: impl Iterator<Item = &'t TableDecl>) -> Option<Text> {
    let having: Vec<&TableDecl> = tables.filter(|table| table.position(name).is_some()).take(3).collect();
    let zh: Vec<String> = having.iter().map(|table| format!("“{}”", table.zh)).collect();
    let en: Vec<String> = having.iter().map(|table| format!("`{}`", table.id)).collect();
    (!having.is_empty()).then(|| {
        Text::new(
            format!("“{name}”是数据表{}的列", zh.join("、")),
            format!("`{name}` is a column of table {}", en.join(", ")),
        )
    })
}

pub(crate) fn unknown_value(table: &TableDecl, column: &ColumnDecl, word: &str) -> Box<EvalAltResult> {
    let (message, help) = no_value(table, column, word);
    raise_word(word, false, message, help)
}

/// That an enumerated column has no such value.
pub(crate) fn no_value(table: &TableDecl, column: &ColumnDecl, word: &str) -> (Text, Text) {
    let message = Text::new(
        format!("“{}·{}”的取值中没有“{word}”", table.zh, column.zh),
        format!("`{word}` is not a value of `{}.{}`", table.id, column.id),
    );
    let meaning = |(id, words): (&String, &Vec<String>)| match words.first() {
        Some(first) => format!("{id}（{first}）"),
        None => id.clone(),
    };
    let allowed = column.values.iter().map(meaning).collect::<Vec<_>>().join("、");
    let ids = column.value_ids().collect::<Vec<_>>().join(", ");
    let words = column.values.values().flatten().map(String::as_str);
    let suggested = did_you_mean(word, column.value_ids().chain(words));
    let help = Text::new(
        format!("{}允许的取值：{allowed}", suggested.zh),
        format!("{} allowed values: {ids}", suggested.en).trim_start().to_owned(),
    );
    (message, help)
}
