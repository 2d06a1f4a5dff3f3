//! Reads table declarations and checks that they make sense.

use std::collections::HashMap;
use std::fmt;

use crate::model::declare::{ColumnDecl, ColumnType, Declarations, TableDecl};
use crate::model::fault::{Explain, Fault};
use crate::model::fold;
use crate::model::text::Text;

/// What is wrong with the declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// 1-based line in the declarations.
    pub line: u32,
    /// What is wrong.
    pub fault: SchemaFault,
}

/// A kind of mistake in declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaFault {
    /// Not TOML of the expected form.
    Syntax(String),
    /// Two tables, or two columns of a table, share a name.
    Duplicate {
        /// The name.
        name: String,
        /// The table or column that has it already.
        held_by: String,
    },
    /// A reference to a table or column that is not declared.
    Reference {
        /// The column that refers.
        column: String,
        /// What it refers to.
        to: String,
    },
    /// An enumerated column without values, or another column with some.
    Values {
        /// The column.
        column: String,
    },
    /// One word means two values of a column.
    Word {
        /// The column.
        column: String,
        /// The word.
        word: String,
    },
}

/// Parses declarations.
///
/// # Errors
/// Everything that is wrong with them.
pub fn declarations(toml: &str) -> Result<Declarations, Vec<SchemaError>> {
    let decls: Declarations = toml::from_str(toml).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = toml.get(..start).map_or(1, |before| before.split('\n').count());
        vec![SchemaError { line: number(line), fault: SchemaFault::Syntax(error.message().to_owned()) }]
    })?;
    let mut errors = Vec::new();
    names_of_tables(&decls, toml, &mut errors);
    for (at, table) in decls.tables.iter().enumerate() {
        names_of_columns(table, at, toml, &mut errors);
        for column in &table.columns {
            let faults = [reference(&decls, table, column), values(table, column), words(table, column)];
            errors.extend(
                faults
                    .into_iter()
                    .flatten()
                    .map(|fault| SchemaError { line: line_of(toml, at, &column.id), fault }),
            );
        }
    }
    if errors.is_empty() { Ok(decls) } else { Err(errors) }
}

fn names_of_tables(decls: &Declarations, toml: &str, errors: &mut Vec<SchemaError>) {
    let mut held: HashMap<String, &str> = HashMap::new();
    for (at, table) in decls.tables.iter().enumerate() {
        for name in names(&table.id, &table.zh, &table.aliases) {
            if let Some(fault) = taken(&mut held, &name, &table.id) {
                errors.push(SchemaError { line: line_of(toml, at, &table.id), fault });
            }
        }
    }
}

fn names_of_columns(table: &TableDecl, at: usize, toml: &str, errors: &mut Vec<SchemaError>) {
    let mut held: HashMap<String, &str> = HashMap::new();
    for column in &table.columns {
        for name in names(&column.id, &column.zh, &column.aliases) {
            if let Some(fault) = taken(&mut held, &name, &column.id) {
                errors.push(SchemaError { line: line_of(toml, at, &column.id), fault });
            }
        }
    }
}

/// The names of one thing, folded, each once.
fn names(id: &str, zh: &str, aliases: &[String]) -> Vec<String> {
    let all = [id, zh].into_iter().chain(aliases.iter().map(String::as_str));
    let mut names: Vec<_> = all.map(fold::name).collect();
    names.sort();
    names.dedup();
    names
}

fn taken<'a>(held: &mut HashMap<String, &'a str>, name: &str, id: &'a str) -> Option<SchemaFault> {
    let before = held.insert(name.to_owned(), id)?;
    Some(SchemaFault::Duplicate { name: name.to_owned(), held_by: before.to_owned() })
}

fn reference(decls: &Declarations, table: &TableDecl, column: &ColumnDecl) -> Option<SchemaFault> {
    let to = column.refers.as_ref()?;
    let target = to.split_once('.').and_then(|(table, column)| {
        let table = decls.tables.iter().find(|decl| decl.id == table)?;
        table.columns.iter().find(|decl| decl.id == column)
    });
    target.is_none().then(|| SchemaFault::Reference { column: path(table, column), to: to.clone() })
}

fn values(table: &TableDecl, column: &ColumnDecl) -> Option<SchemaFault> {
    let enumerated = column.kind == ColumnType::Enumerated;
    (enumerated == column.values.is_empty()).then(|| SchemaFault::Values { column: path(table, column) })
}

fn words(table: &TableDecl, column: &ColumnDecl) -> Option<SchemaFault> {
    let mut held: HashMap<String, &str> = HashMap::new();
    for (id, words) in &column.values {
        for word in names(id, id, words) {
            if held.insert(word.clone(), id).is_some() {
                return Some(SchemaFault::Word { column: path(table, column), word });
            }
        }
    }
    None
}

fn path(table: &TableDecl, column: &ColumnDecl) -> String {
    format!("{}.{}", table.id, column.id)
}

/// The line that declares `id` in or after the table at this position; the table's first line if none does.
fn line_of(toml: &str, table: usize, id: &str) -> u32 {
    let lines = || toml.lines().zip(1_usize..);
    let start = lines().filter(|(line, _)| line.trim() == "[[table]]").nth(table).map_or(1, |(_, at)| at);
    let wanted = format!("id = \"{id}\"");
    let found = lines().skip(start).find(|(line, _)| line.contains(&wanted));
    number(found.map_or(start, |(_, at)| at))
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

impl Explain for SchemaError {
    fn fault(&self) -> Fault {
        let message = match &self.fault {
            SchemaFault::Syntax(cause) => {
                Text::new(format!("格式错误：{cause}"), format!("malformed: {cause}"))
            }
            SchemaFault::Duplicate { name, held_by } => Text::new(
                format!("名称“{name}”已属于“{held_by}”"),
                format!("the name \"{name}\" already belongs to \"{held_by}\""),
            ),
            SchemaFault::Reference { column, to } => Text::new(
                format!("“{column}”引用的“{to}”不存在"),
                format!("\"{column}\" refers to \"{to}\", which is not declared"),
            ),
            SchemaFault::Values { column } => Text::new(
                format!("“{column}”：枚举列须有取值，其他列不得有"),
                format!("\"{column}\": an enumerated column needs values, another must have none"),
            ),
            SchemaFault::Word { column, word } => Text::new(
                format!("“{column}”的取值“{word}”有两种含义"),
                format!("the word \"{word}\" means two values of \"{column}\""),
            ),
        };
        Fault {
            code: "schema.declaration",
            message,
            help: Text::new("改正表的声明", "put the declaration right"),
            row: Some(self.line),
            ..Fault::default()
        }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault().message.en)
    }
}

impl std::error::Error for SchemaError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_declarations_are_sound() {
        let errors = declarations(include_str!("../../rules/tables.toml")).err().unwrap_or_default();
        let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(shown.is_empty(), "{shown:#?}");
    }

    #[test]
    fn every_mistake_is_located() {
        let toml = r#"
[[table]]
id = "a"
zh = "甲"
about = ""
columns = [
  { id = "x", zh = "列", type = "enumerated" },
  { id = "y", zh = "行", aliases = ["列"], type = "code", refers = "b.none" },
]

[[table]]
id = "b"
zh = "乙"
aliases = ["Ａ"]
about = ""
columns = [ { id = "z", zh = "值", type = "enumerated", values = { one = ["是"], two = ["是"] } } ]
"#;
        let errors = declarations(toml).err().unwrap_or_default();
        let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [12, 8, 7, 8, 16], "{errors:#?}");
    }

    #[test]
    fn malformed_declarations_are_located() {
        let errors = declarations("[[table]]\nid = 3\n").err().unwrap_or_default();
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [2]);
    }
}
