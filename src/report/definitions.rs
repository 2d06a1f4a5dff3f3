//! Definition files of the script language, by which editors complete and explain what rules are written with.

use std::collections::BTreeMap;

use crate::model::function_reference::{Entry, EntryKind, FunctionReference};
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations, TableDecl};

/// The files by name. Editors of today read names in letters of English only, so Chinese names are in a file of
/// their own.
pub fn files(reference: &FunctionReference, declared: &Declarations) -> Vec<(String, String)> {
    let english = |entries: &[Entry]| entries.iter().map(|one| written(one, &one.name)).collect::<String>();
    let columns = columns(declared);
    let rows = declared.tables.iter().map(|table| read_table(table, &table.id));
    let cells = columns.iter().map(|column| column.read(column.id));
    let tables: String = rows.chain(cells).collect();
    let file = |name: &str, about: &Text, body: String| (format!("{name}.d.rhai"), headed(about, &body));
    vec![
        file("wangge", &Text::new("规则可以调用的函数", "What rules can call"), english(&reference.host)),
        file("tables", &Text::new("数据表和列", "Tables and columns"), tables),
        file(
            "tests",
            &Text::new("只有测试才有的函数", "What tests have besides"),
            english(&reference.testing),
        ),
        file(
            "language",
            &Text::new(
                "脚本语言自带而规则可用的函数",
                "Functions of the script language itself that rules can call",
            ),
            english(&reference.language),
        ),
        file(
            "chinese",
            &Text::new("以上各项的中文名", "The same under their Chinese names"),
            in_chinese(reference, declared, &columns),
        ),
    ]
}

fn headed(about: &Text, body: &str) -> String {
    format!("{}module static;\n{body}", comment(&about.map(|text| text.to_owned() + CREDIT)))
}

const CREDIT: &str = " (`wangge rules defs`)";

fn in_chinese(reference: &FunctionReference, declared: &Declarations, columns: &[Column<'_>]) -> String {
    let named = reference.host.iter().chain(&reference.testing);
    let functions = named.filter_map(|one| one.chinese.as_ref().map(|name| written(one, name)));
    let tables = declared.tables.iter().filter(|table| is_name(&table.zh));
    let tables = tables.map(|table| read_table(table, &table.zh));
    let mut by_name: BTreeMap<&str, Vec<(&TableDecl, &ColumnDecl)>> = BTreeMap::new();
    for (table, column) in columns.iter().flat_map(|column| &column.places) {
        by_name.entry(&column.zh).or_default().push((table, column));
    }
    let cells = by_name.into_iter().filter(|(name, _)| is_name(name));
    let cells = cells.map(|(name, places)| Column { id: name, places }.read(name));
    functions.chain(tables).chain(cells).collect()
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.all(|c| c.is_alphanumeric() || c == '_')
}

fn comment(about: &Text) -> String {
    let line = |line: &str| format!("/// {line}\n");
    about.zh.lines().chain(about.en.lines()).map(line).collect()
}

/// A function, property or operator under one of its names.
fn written(entry: &Entry, name: &str) -> String {
    let other = match &entry.chinese {
        Some(chinese) if name != chinese => Text::new(
            format!("{}（中文名：{chinese}）", entry.about.zh),
            format!("{} (in Chinese: {chinese})", entry.about.en),
        ),
        Some(_) => Text::new(
            format!("{}（英文名：{}）", entry.about.zh, entry.name),
            format!("{} (in English: {})", entry.about.en, entry.name),
        ),
        None => entry.about.clone(),
    };
    let names = entry.takes.iter().map(|(name, kind)| format!("{name}: {kind}"));
    let kinds = entry.takes.iter().map(|(_, kind)| kind.clone());
    let (head, takes) = match entry.kind {
        EntryKind::Function => (format!("fn {name}"), names.collect::<Vec<_>>()),
        EntryKind::Property => (format!("fn get {name}"), names.collect()),
        EntryKind::Operator => (format!("op {name}"), kinds.collect()),
    };
    let example = entry.example_under(name).map(|example| format!("/// 例 e.g. `{example}`\n"));
    let example = example.unwrap_or_default();
    format!("\n{}{example}{head}({}) -> {};\n", comment(&other), takes.join(", "), entry.gives)
}

fn read_table(table: &TableDecl, name: &str) -> String {
    let columns = |shown: fn(&ColumnDecl) -> &str| table.columns.iter().map(shown).collect::<Vec<_>>();
    let about = Text::new(
        format!("数据表“{}”（`{}`）的各行；列：{}", table.zh, table.id, columns(|one| &one.zh).join("、")),
        format!("rows of `{}`: {} Columns: {}", table.id, table.about, columns(|one| &one.id).join(", ")),
    );
    format!("\n{}fn get {name}(t: tables) -> rows;\n", comment(&about))
}

/// A column of one name in all tables that have it.
struct Column<'d> {
    id: &'d str,
    places: Vec<(&'d TableDecl, &'d ColumnDecl)>,
}

fn columns(declared: &Declarations) -> Vec<Column<'_>> {
    let mut by_id: BTreeMap<&str, Column<'_>> = BTreeMap::new();
    for table in &declared.tables {
        for column in &table.columns {
            let found =
                by_id.entry(&column.id).or_insert_with(|| Column { id: &column.id, places: Vec::new() });
            found.places.push((table, column));
        }
    }
    by_id.into_values().collect()
}

impl Column<'_> {
    fn read(&self, name: &str) -> String {
        let mut kinds: Vec<&str> = self.places.iter().map(|(_, column)| word(column.kind)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kind = if let [kind] = kinds.as_slice() { kind } else { "?" };
        let lines = |line: fn(&TableDecl, &ColumnDecl) -> String| {
            self.places.iter().map(|(table, column)| line(table, column)).collect::<Vec<_>>().join("\n")
        };
        let about = Text::new(
            lines(|table, column| {
                format!("{}的“{}”：{}{}", table.zh, column.zh, kind_of(column.kind).zh, more(column).zh)
            }),
            lines(|table, column| {
                let kind = kind_of(column.kind).en;
                format!("`{}.{}`: {kind}{}", table.id, column.id, more(column).en)
            }),
        );
        format!("\n{}fn get {name}(row: row) -> {kind};\n", comment(&about))
    }
}

/// The type of a cell in scripts.
fn word(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text | ColumnType::Code => "String",
        ColumnType::Codes => "Array",
        ColumnType::Integer => "int",
        ColumnType::Decimal => "decimal",
        ColumnType::Date | ColumnType::Month => "date",
        ColumnType::YesNo => "bool",
        ColumnType::Enumerated => "choice",
    }
}

/// The type of a cell in words, and what it is when empty.
fn kind_of(kind: ColumnType) -> Text {
    let (zh, en) = match kind {
        ColumnType::Text => ("文字，空为 \"\"", "text, \"\" when empty"),
        ColumnType::Code => ("代码，空为 \"\"", "a code, \"\" when empty"),
        ColumnType::Codes => ("多个代码的列表", "a list of codes"),
        ColumnType::Integer => ("整数，空为 ()", "a whole number, () when empty"),
        ColumnType::Decimal => ("小数，空为 ()", "a decimal number, () when empty"),
        ColumnType::Date => ("日期，空为 ()", "a day, () when empty"),
        ColumnType::Month => ("月份（当月 1 日），空为 ()", "a month as its first day, () when empty"),
        ColumnType::YesNo => ("是否，空为 ()", "true or false, () when empty"),
        ColumnType::Enumerated => ("枚举", "one of"),
    };
    Text::new(zh, en)
}

/// The values of an enumerated column, and what the column refers to.
fn more(column: &ColumnDecl) -> Text {
    let first = |words: &Vec<String>| words.first().cloned().unwrap_or_default();
    let values = |line: &dyn Fn(&String, &Vec<String>) -> String| {
        column.values.iter().map(|(id, words)| line(id, words)).collect::<Vec<_>>()
    };
    let mut text = Text::default();
    if !column.values.is_empty() {
        let zh = values(&|id, words| format!("{}（{id}）", first(words))).join("、");
        text = Text::new(format!("：{zh}"), format!(" {}", values(&|id, _| id.clone()).join(", ")));
    }
    let Some(to) = &column.refers else { return text };
    Text::new(format!("{}；引用 {to}", text.zh), format!("{}; refers to {to}", text.en))
}
