//! Mappings: what the exports of a software call tables, columns and values, laid over the declarations. An authority
//! keeps one for each software its districts use.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use crate::model::described::schema_of;
use crate::model::fault::Fault;
use crate::model::suggest::closest;
use crate::model::text::Text;
use crate::model::toml_error;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, DayOrder, Declarations, TableDecl};

/// A file of a mapping.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Mapping {
    /// The software whose exports are meant; for people.
    #[serde(default, rename = "software")]
    _software: String,
    /// What tables, columns and values are called.
    #[serde(default, rename = "table")]
    tables: Vec<MappedTable>,
}

/// What one declared table is called.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MappedTable {
    /// The declared table, by its id or Chinese name.
    #[schemars(with = "String")]
    table: Spanned<String>,
    /// Names of files, without their ending, and of sheets.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    names: Vec<Spanned<String>>,
    /// Headers, each with the declared column.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    columns: BTreeMap<Spanned<String>, Spanned<String>>,
    /// By declared column: words, each with the declared value.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, String>>")]
    values: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
    /// By declared column of days: in which order they are written.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, DayOrder>")]
    formats: BTreeMap<Spanned<String>, DayOrder>,
}

/// What is wrong at a place of the text.
struct Wrong {
    at: Range<usize>,
    message: Text,
    help: Text,
}

/// The JSON Schema of a mapping.
pub fn mapping_schema() -> Value {
    schema_of::<Mapping>()
}

/// Lays the mapping in `text`, which was read from `file`, over declarations that nobody else has yet.
///
/// # Errors
/// Everything that is wrong with it, at its line.
///
/// # Examples
///
/// ```
/// use wangge::schema::{declarations, lay_mapping_over};
///
/// let mut declared = declarations(
///     r#"
///     [[table]]
///     id = "events"
///     zh = "网格事件"
///     about = "Events."
///     columns = [{ id = "id", zh = "事件编号", type = "code" }]
///     "#,
/// )
/// .map_err(|faults| format!("{faults:?}"))?;
/// let mapping = r#"
///     [[table]]
///     table = "网格事件"
///     names = ["gl_event"]
///     columns = { SJBH = "事件编号" }
///     "#;
/// lay_mapping_over(&mut declared, "mapping.toml", mapping).map_err(|faults| format!("{faults:?}"))?;
/// assert!(declared.tables.iter().any(|table| table.mapped == ["gl_event"]));
/// # Ok::<(), String>(())
/// ```
pub fn lay_mapping_over(decls: &mut Declarations, file: &str, text: &str) -> Result<(), Vec<Fault>> {
    let mapping = toml::from_str::<Mapping>(text).map_err(|error| vec![malformed(file, text, &error)])?;
    let mut wrong = Vec::new();
    for mapped in &mapping.tables {
        let names: Vec<String> = decls.tables.iter().map(|table| table.zh.clone()).collect();
        let wanted = mapped.table.get_ref();
        let found = decls
            .tables
            .iter_mut()
            .find(|table| table.id == *wanted || table.zh == *wanted || table.aliases.contains(wanted));
        match found.and_then(Arc::get_mut) {
            Some(table) => lay_table(table, mapped, &mut wrong),
            None => wrong.push(unknown(&mapped.table, ("数据表", "table"), &names)),
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.into_iter().map(|wrong| fault(file, text, wrong)).collect())
}

fn lay_table(table: &mut TableDecl, mapped: &MappedTable, wrong: &mut Vec<Wrong>) {
    for name in &mapped.names {
        if normalize::is_blank(name.get_ref()) {
            wrong.push(blank(name));
        }
        table.mapped.push(name.get_ref().clone());
    }
    let mut lay = |name: &Spanned<String>, lay: &mut dyn FnMut(&mut ColumnDecl) -> Option<Wrong>| {
        let names: Vec<String> = table.columns.iter().map(|column| column.zh.clone()).collect();
        let own = |column: &&mut ColumnDecl| column.id == *name.get_ref() || column.zh == *name.get_ref();
        match table.columns.iter_mut().find(own) {
            Some(column) => wrong.extend(lay(column)),
            None => wrong.push(unknown(name, ("列", "column"), &names)),
        }
    };
    for (header, name) in &mapped.columns {
        lay(name, &mut |column| {
            column.mapped.push(header.get_ref().clone());
            normalize::is_blank(header.get_ref()).then(|| blank(header))
        });
    }
    for (name, order) in &mapped.formats {
        lay(name, &mut |column| {
            column.day_order = Some(*order);
            let holds_days = matches!(column.kind, ColumnType::Date | ColumnType::Month);
            (!holds_days).then(|| no_days(name))
        });
    }
    for (name, words) in &mapped.values {
        for (word, value) in words {
            lay(name, &mut |column| lay_value(column, word, value));
        }
    }
}

/// Makes a word mean a value, whatever it meant before.
fn lay_value(column: &mut ColumnDecl, word: &Spanned<String>, value: &Spanned<String>) -> Option<Wrong> {
    let text = word.get_ref();
    if normalize::is_blank(text) {
        return Some(blank(word));
    }
    let meant = value.get_ref().as_str();
    match column.kind {
        ColumnType::YesNo => {
            let list = match meant {
                "yes" | "是" => &mut column.yes,
                "no" | "否" => &mut column.no,
                _ => return Some(unknown(value, ("取值", "value"), &["是".to_owned(), "否".to_owned()])),
            };
            list.push(text.clone());
        }
        ColumnType::Enumerated => {
            let is_meant = |(id, words): &(&String, &Vec<String>)| {
                *id == meant || words.iter().any(|word| word == meant)
            };
            let Some(id) = column.values.iter().find(is_meant).map(|(id, _)| id.clone()) else {
                let first = column.values.values().filter_map(|words| words.first().cloned());
                return Some(unknown(value, ("取值", "value"), &first.collect::<Vec<_>>()));
            };
            for words in column.values.values_mut() {
                words.retain(|known| normalize::name(known) != normalize::name(text));
            }
            column.values.entry(id).or_default().push(text.clone());
        }
        _ => return Some(no_values(word)),
    }
    None
}

fn wrong(at: &Spanned<String>, message: Text, help: Text) -> Wrong {
    Wrong { at: at.span(), message, help }
}

fn unknown(name: &Spanned<String>, (zh, en): (&str, &str), known: &[String]) -> Wrong {
    let asked = name.get_ref();
    let help = match closest(asked, known.iter().map(String::as_str)) {
        Some(near) => Text::new(format!("是否想写“{near}”？"), format!("did you mean \"{near}\"?")),
        None if known.len() <= LISTED => {
            Text::new(format!("可写：{}", known.join("、")), format!("write one of: {}", known.join(", ")))
        }
        None => Text::new(
            "规定的名称见 wangge init 写出的数据字典",
            "`wangge init --format dictionary` writes a list of the names",
        ),
    };
    wrong(name, Text::new(format!("没有{zh}“{asked}”"), format!("there is no {en} \"{asked}\"")), help)
}

/// Names that are listed in a message at most.
const LISTED: usize = 40;

fn blank(name: &Spanned<String>) -> Wrong {
    let message = Text::new("名称是空白的", "a name is blank");
    wrong(name, message, Text::new("写明名称，或删去这一行", "write a name, or remove the line"))
}

fn no_days(name: &Spanned<String>) -> Wrong {
    let column = name.get_ref();
    wrong(
        name,
        Text::new(
            format!("“{column}”不是日期列，不能规定日期的写法"),
            format!("\"{column}\" holds no days, whose order could be said"),
        ),
        Text::new("删去这一行", "remove the line"),
    )
}

fn no_values(word: &Spanned<String>) -> Wrong {
    wrong(
        word,
        Text::new("这一列没有规定的取值", "the column has no declared values"),
        Text::new(
            "只有枚举列和填“是”“否”的列可以对应取值",
            "only columns of declared values, and of yes and no, have values to map to",
        ),
    )
}

fn fault(file: &str, text: &str, wrong: Wrong) -> Fault {
    let row = u32::try_from(toml_error::line_at(text, wrong.at.start)).ok();
    let (code, file) = ("mapping.unknown", Some(file.to_owned()));
    Fault { code, message: wrong.message, help: wrong.help, file, row, ..Fault::default() }
}

fn malformed(file: &str, text: &str, error: &toml::de::Error) -> Fault {
    let start = error.span().map_or(0, |span| span.start);
    let cause = toml_error::translate(error.message());
    Fault {
        code: "mapping.syntax",
        message: Text::new(
            format!("对应表格式错误：{}", cause.zh),
            format!("the mapping is malformed: {}", cause.en),
        ),
        help: Text::new(
            "用 wangge doctor --write-mapping 写出一份，照它的写法改",
            "`wangge doctor --write-mapping` writes one to go by",
        ),
        file: Some(file.to_owned()),
        row: u32::try_from(toml_error::line_at(text, start)).ok(),
        ..Fault::default()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::schema::declarations;
    use crate::table::names::Rank;

    fn built_in() -> Declarations {
        declarations(include_str!("../../rules/tables.toml")).unwrap()
    }

    #[test]
    fn a_mapping_names_tables_columns_and_values() {
        let mut decls = built_in();
        let text = "[[table]]\ntable = \"网格事件\"\nnames = [\"gl_event\"]\n[table.columns]\nSJBH = \"id\"\n\"事件编号\" = \"kind\"\n";
        lay_mapping_over(&mut decls, "m.toml", text).unwrap();
        let named = decls.table_names().first().unwrap();
        assert_eq!((named.name.as_str(), named.table.id.as_str()), ("gl_event", "events"));
        let events = decls.table("events").unwrap();
        let column = |header: &str| {
            let (at, rank) = events.column_named(&normalize::name(header)).unwrap();
            (events.columns.get(at).unwrap().id.as_str(), rank)
        };
        assert_eq!(column("SJBH"), ("id", Rank::Mapped));
        // What the mapping says of a header prevails over what it is called here.
        assert_eq!(column("事件编号"), ("kind", Rank::Mapped));
    }

    #[test]
    fn a_word_means_what_the_mapping_says() {
        let mut decls = built_in();
        let text =
            "[[table]]\ntable = \"personnel\"\n[table.values.standardization]\n\"兼职\" = \"full_time\"\n";
        lay_mapping_over(&mut decls, "m.toml", text).unwrap();
        let column = decls.table("personnel").unwrap().column("standardization").unwrap();
        let number = column.value_number("兼职").unwrap();
        assert_eq!(column.value_id(number), Some("full_time"));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_line() {
        let text = "[[table]]\ntable = \"人员表\"\n\n[[table]]\ntable = \"personnel\"\n[table.columns]\nXM = \"姓明\"\n[table.formats]\nname = \"日/月/年\"\n";
        let faults = lay_mapping_over(&mut built_in(), "m.toml", text).unwrap_err();
        let told: Vec<_> = faults.iter().map(|fault| (fault.row, fault.message.zh.as_str())).collect();
        assert_eq!(
            told,
            [
                (Some(2), "没有数据表“人员表”"),
                (Some(7), "没有列“姓明”"),
                (Some(9), "“name”不是日期列，不能规定日期的写法"),
            ]
        );
        let faults = lay_mapping_over(&mut built_in(), "m.toml", "[[tabel]]\n").unwrap_err();
        assert_eq!(faults.first().map(|fault| (fault.code, fault.row)), Some(("mapping.syntax", Some(1))));
    }
}
