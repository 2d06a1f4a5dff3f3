//! Reads table declarations and checks that they make sense.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;
use crate::model::toml_error;
use crate::table::names::TableNames;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations, Nothing, TableDecl};

/// What is wrong with the declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// File; empty where there is one only.
    pub file: String,
    /// 1-based line in the declarations.
    pub line: u32,
    /// What is wrong.
    pub fault: SchemaFault,
}

/// A kind of mistake in declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaFault {
    /// Not TOML of the expected form.
    Syntax(Text),
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
    /// A pack declares a column of a table below it again.
    Again {
        /// The column.
        column: String,
    },
    /// A name or a word that says nothing.
    Blank {
        /// The table or column.
        of: String,
    },
    /// An id that no rule can write.
    Id {
        /// The table or column.
        of: String,
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
    declarations_of(&[(String::new(), toml.to_owned())])
}

/// Parses the declarations of several packs, each a file and its text, the lowest first. A pack declares tables of its
/// own, and adds names and columns to tables of those below it.
///
/// # Errors
/// Everything that is wrong with them.
pub fn declarations_of(files: &[(String, String)]) -> Result<Declarations, Vec<SchemaError>> {
    let texts = Texts(files);
    let (nothing, naming, names) = (Nothing::default(), Arc::default(), TableNames::default());
    let mut decls = Declarations { tables: Vec::new(), nothing, naming, names };
    let mut errors = Vec::new();
    for (file, text) in files {
        match toml::from_str::<Declarations>(text) {
            Ok(own) => extend(&mut decls, own, &texts, &mut errors),
            Err(error) => errors.push(malformed(file, text, &error)),
        }
    }
    share_naming(&mut decls);
    if errors.is_empty() {
        check(&decls, &texts, &mut errors);
    }
    if errors.is_empty() { Ok(decls) } else { Err(errors) }
}

fn malformed(file: &str, text: &str, error: &toml::de::Error) -> SchemaError {
    let start = error.span().map_or(0, |span| span.start);
    let line = toml_error::line_at(text, start);
    let fault = SchemaFault::Syntax(toml_error::translate(error.message()));
    SchemaError { file: file.to_owned(), line: number(line), fault }
}

/// Every table knows the words of headers.
fn share_naming(decls: &mut Declarations) {
    for table in decls.tables.iter_mut().filter_map(Arc::get_mut) {
        table.naming = Arc::clone(&decls.naming);
    }
}

/// Lays the declarations of a pack over those below it.
fn extend(decls: &mut Declarations, own: Declarations, texts: &Texts<'_>, errors: &mut Vec<SchemaError>) {
    decls.nothing.words.extend(own.nothing.words);
    decls.nothing.none.extend(own.nothing.none);
    decls.nothing.pending.extend(own.nothing.pending);
    decls.nothing.deeds.extend(own.nothing.deeds);
    let naming = Arc::make_mut(&mut decls.naming);
    naming.synonyms.extend(own.naming.synonyms.iter().cloned());
    naming.fillers.extend(own.naming.fillers.iter().cloned());
    naming.collections.extend(own.naming.collections.iter().cloned());
    for table in own.tables {
        let below = decls.tables.iter_mut().find(|below| below.id == table.id);
        match (below.and_then(Arc::get_mut), Arc::try_unwrap(table)) {
            (Some(below), Ok(table)) => {
                if table.zh != below.zh {
                    below.aliases.push(table.zh);
                }
                below.aliases.extend(table.aliases);
                for column in table.columns {
                    let name = format!("{}.{}", table.id, column.id);
                    let id = column.id.clone();
                    if !add(below, column) && errors.len() < MOST_ERRORS {
                        errors.push(texts.error(&table.id, &id, SchemaFault::Again { column: name }));
                    }
                }
            }
            (_, Ok(table)) => decls.tables.push(Arc::new(table)),
            (_, Err(shared)) => decls.tables.push(shared),
        }
    }
}

/// Adds a column, or more words to the values of an enumerated column that is there; false for another that is there.
fn add(below: &mut TableDecl, column: ColumnDecl) -> bool {
    let Some(known) = below.columns.iter_mut().find(|known| known.id == column.id) else {
        below.columns.push(column);
        return true;
    };
    let more = known.kind == ColumnType::Enumerated
        && column.kind == known.kind
        && column.values.keys().all(|value| known.values.contains_key(value));
    if !more {
        return false;
    }
    if column.zh != known.zh {
        known.aliases.push(column.zh);
    }
    known.aliases.extend(column.aliases);
    for (value, words) in column.values {
        known.values.entry(value).or_default().extend(words);
    }
    true
}

fn check(decls: &Declarations, texts: &Texts<'_>, errors: &mut Vec<SchemaError>) {
    let mut add = |table: &str, id: &str, fault: SchemaFault| {
        if errors.len() < MOST_ERRORS {
            errors.push(texts.error(table, id, fault));
        }
    };
    for table in &decls.tables {
        blanks(table).into_iter().for_each(|(id, fault)| add(&table.id, id, fault));
        unwritable(table).into_iter().for_each(|(id, fault)| add(&table.id, id, fault));
    }
    shared_names(named_tables(decls)).into_iter().for_each(|(id, fault)| add(id, id, fault));
    for table in &decls.tables {
        shared_names(named_columns(table)).into_iter().for_each(|(id, fault)| add(&table.id, id, fault));
        for column in &table.columns {
            let faults = [reference(decls, table, column), values(table, column), words(table, column)];
            faults.into_iter().flatten().for_each(|fault| add(&table.id, &column.id, fault));
        }
    }
}

/// Files and their texts, in which tables and columns are found again.
struct Texts<'t>(&'t [(String, String)]);

impl Texts<'_> {
    /// A mistake at the topmost place that declares `id` as, or in, this table.
    fn error(&self, table: &str, id: &str, fault: SchemaFault) -> SchemaError {
        let found = |(file, text): &(String, String)| Some((file.clone(), line_of(text, table, id)?));
        let (file, line) = self.0.iter().rev().find_map(found).unwrap_or_default();
        SchemaError { file, line, fault }
    }
}

/// Errors reported at most; the rest is cut off.
const MOST_ERRORS: usize = 100;

/// The table and the columns with a blank name or word: a blank header, or a blank cell, would be taken for it.
fn blanks(table: &TableDecl) -> Vec<(&str, SchemaFault)> {
    let any = |id: &str, zh: &str, aliases: &[String]| {
        [id, zh].into_iter().chain(aliases.iter().map(String::as_str)).any(normalize::is_blank)
    };
    let mut found = Vec::new();
    if any(&table.id, &table.zh, &table.aliases) {
        found.push((table.id.as_str(), SchemaFault::Blank { of: table.id.clone() }));
    }
    let blank = |column: &&ColumnDecl| {
        any(&column.id, &column.zh, &column.aliases)
            || column.values.iter().any(|(id, words)| any(id, id, words))
    };
    let columns = table.columns.iter().filter(blank);
    found.extend(columns.map(|column| (column.id.as_str(), SchemaFault::Blank { of: path(table, column) })));
    found
}

/// Ids of the table and its columns that are no names in rules, where they stand after a dot.
fn unwritable(table: &TableDecl) -> Vec<(&str, SchemaFault)> {
    let is_name = |id: &str| {
        let plain = |sign: char| sign.is_alphanumeric() || sign == '_';
        id.chars().all(plain) && !id.starts_with(|sign: char| sign.is_numeric())
    };
    let own = (table.id.as_str(), table.id.clone());
    let columns = table.columns.iter().map(|column| (column.id.as_str(), path(table, column)));
    let wrong = [own].into_iter().chain(columns).filter(|(id, _)| !normalize::is_blank(id) && !is_name(id));
    wrong.map(|(id, of)| (id, SchemaFault::Id { of })).collect()
}

/// Names that two of these have, each with the id of the one that has it second.
fn shared_names<'d>(named: impl Iterator<Item = Named<'d>>) -> Vec<(&'d str, SchemaFault)> {
    let mut held: HashMap<String, &str> = HashMap::new();
    let mut shared = Vec::new();
    for (id, zh, aliases) in named {
        for name in names(id, zh, aliases) {
            if let Some(before) = held.insert(name.clone(), id) {
                shared.push((id, SchemaFault::Duplicate { name, held_by: before.to_owned() }));
            }
        }
    }
    shared
}

/// Id, Chinese name and other names of a table or column.
type Named<'d> = (&'d str, &'d str, &'d [String]);

fn named_tables(decls: &Declarations) -> impl Iterator<Item = Named<'_>> {
    decls.tables.iter().map(|table| (table.id.as_str(), table.zh.as_str(), table.aliases.as_slice()))
}

fn named_columns(table: &TableDecl) -> impl Iterator<Item = Named<'_>> {
    table.columns.iter().map(|column| (column.id.as_str(), column.zh.as_str(), column.aliases.as_slice()))
}

/// The names of one thing, folded, each once.
fn names(id: &str, zh: &str, aliases: &[String]) -> Vec<String> {
    let all = [id, zh].into_iter().chain(aliases.iter().map(String::as_str));
    let mut names: Vec<_> = all.map(normalize::name).collect();
    names.sort();
    names.dedup();
    names
}

fn reference(decls: &Declarations, table: &TableDecl, column: &ColumnDecl) -> Option<SchemaFault> {
    let to = column.refers.as_ref().or(column.like.as_ref())?;
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

/// The line that declares `id` as, or in, this table, if the text has the table.
fn line_of(toml: &str, table: &str, id: &str) -> Option<u32> {
    let head = format!("id = \"{table}\"");
    let wanted = format!("id = \"{id}\"");
    let mut inside = false;
    let mut found = None;
    for (line, at) in toml.lines().zip(1_usize..) {
        if line.trim() == "[[table]]" {
            inside = false;
        } else if line.trim() == head {
            inside = true;
        }
        if inside && line.contains(&wanted) && found.is_none() {
            found = Some(number(at));
        }
    }
    found
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

impl Explain for SchemaError {
    fn fault(&self) -> Fault {
        let message = match &self.fault {
            SchemaFault::Syntax(cause) => {
                Text::new(format!("格式错误：{}", cause.zh), format!("malformed: {}", cause.en))
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
            SchemaFault::Again { column } => Text::new(
                format!("“{column}”在下层规则包中已经声明"),
                format!("\"{column}\" is declared by a pack below"),
            ),
            SchemaFault::Id { of } => Text::new(
                format!("编号“{of}”由文字、数字和下划线组成，不以数字开头，规则里才写得出"),
                format!(
                    "the id \"{of}\" has letters, digits and underscores, and begins with no digit: rules write it"
                ),
            ),
            SchemaFault::Blank { of } => Text::new(
                format!("“{of}”有空白的名称或取值"),
                format!("\"{of}\" has a name or a word that is blank"),
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
            file: Some(self.file.clone()).filter(|file| !file.is_empty()),
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
mod tests;
