//! Declared tables and columns compared.

use crate::model::comparison::{Change, How, Section};
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations, Privacy, TableDecl};

/// What changes in the tables of submissions.
pub(super) fn compare(old: &Declarations, new: &Declarations) -> Vec<Change> {
    let find = |all: &Declarations, id: &str| all.tables.iter().find(|table| table.id == id).cloned();
    let mut changes = Vec::new();
    for table in &new.tables {
        match find(old, &table.id) {
            Some(before) => within(&before, table, &mut changes),
            None => changes.push(whole(table, How::Added)),
        }
    }
    let gone = old.tables.iter().filter(|table| find(new, &table.id).is_none());
    changes.extend(gone.map(|table| whole(table, How::Removed)));
    changes
}

fn whole(table: &TableDecl, how: How) -> Change {
    let count = table.columns.len();
    let brief = Text::new(format!("{count} 列"), format!("{count} columns"));
    change(Section::DataTable, &table.id, &table.zh, "", how, brief)
}

/// A thing that comes in, goes, or of which `field` is set.
fn change(section: Section, target: &str, zh: &str, field: &str, how: How, value: Text) -> Change {
    let (was, now) = if how == How::Removed { (value, Text::default()) } else { (Text::default(), value) };
    Change {
        section,
        target: target.to_owned(),
        title: Text::new(zh, target),
        field: field.to_owned(),
        how,
        was,
        now,
        put_in: Vec::new(),
        taken_out: Vec::new(),
        lines: None,
        provenance: None,
    }
}

fn within(before: &TableDecl, table: &TableDecl, changes: &mut Vec<Change>) {
    let about = |table: &TableDecl| {
        let plain =
            [("zh", table.zh.clone()), ("aliases", table.aliases.join(", ")), ("about", table.about.clone())];
        plain.map(|(name, value)| (name, same(value)))
    };
    fields(Section::DataTable, (&table.id, &table.zh), &about(before), &about(table), changes);
    let name = |column: &ColumnDecl| format!("{}.{}", table.id, column.id);
    for column in &table.columns {
        let id = (name(column), column.zh.clone());
        match before.columns.iter().find(|old| old.id == column.id) {
            Some(old) => fields(Section::Column, (&id.0, &id.1), &parts(old), &parts(column), changes),
            None => changes.push(change(Section::Column, &id.0, &id.1, "", How::Added, brief(column))),
        }
    }
    let gone = before.columns.iter().filter(|old| !table.columns.iter().any(|column| column.id == old.id));
    changes
        .extend(gone.map(|old| change(Section::Column, &name(old), &old.zh, "", How::Removed, brief(old))));
}

fn same(value: String) -> Text {
    Text::new(value.clone(), value)
}

fn fields(
    section: Section,
    (target, zh): (&str, &str),
    before: &[(&str, Text)],
    after: &[(&str, Text)],
    changes: &mut Vec<Change>,
) {
    let both = before.iter().zip(after).filter(|((_, was), (_, now))| was != now);
    changes.extend(both.map(|((name, was), (_, now))| Change {
        was: was.clone(),
        ..change(section, target, zh, name, How::Changed, now.clone())
    }));
}

/// Everything declared of a column, always the same names in the same order.
fn parts(column: &ColumnDecl) -> Vec<(&'static str, Text)> {
    let yes = |is: bool| same(if is { "true" } else { "false" }.to_owned());
    let values = column.values.iter().map(|(id, words)| format!("{id}={}", words.join("/")));
    vec![
        ("zh", same(column.zh.clone())),
        ("type", kind(column.kind)),
        ("values", same(values.collect::<Vec<_>>().join(", "))),
        ("required", yes(column.required)),
        ("key", yes(column.key)),
        ("refers", same(column.refers.clone().unwrap_or_default())),
        ("privacy", column.privacy.map(personal).unwrap_or_default()),
        ("aliases", same(column.aliases.join(", "))),
    ]
}

fn brief(column: &ColumnDecl) -> Text {
    let (kind, (zh, en)) =
        (kind(column.kind), if column.required { ("，必填", ", required") } else { ("", "") });
    Text::new(kind.zh + zh, kind.en + en)
}

fn kind(kind: ColumnType) -> Text {
    let (zh, en) = match kind {
        ColumnType::Text => ("文字", "text"),
        ColumnType::Code => ("代码", "code"),
        ColumnType::Codes => ("多个代码", "codes"),
        ColumnType::Integer => ("整数", "integer"),
        ColumnType::Decimal => ("小数", "decimal"),
        ColumnType::Date => ("日期", "date"),
        ColumnType::Month => ("月份", "month"),
        ColumnType::YesNo => ("是/否", "yes-no"),
        ColumnType::Enumerated => ("枚举", "enumerated"),
    };
    Text::new(zh, en)
}

fn personal(kind: Privacy) -> Text {
    let (zh, en) = match kind {
        Privacy::Name => ("姓名", "name"),
        Privacy::IdNumber => ("身份证号", "id-number"),
        Privacy::Phone => ("电话", "phone"),
    };
    Text::new(zh, en)
}
