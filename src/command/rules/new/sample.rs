//! The table a new rule looks at, and rows of it for its tests.

use super::fault::NewFault;
use super::template::Fill;
use crate::model::suggest::closest;
use crate::model::text::{Lang, Text};
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations, TableDecl};

/// What a rule looks at before anybody has changed it: whether a column is filled in.
pub(super) struct Sample {
    pub(super) table: Text,
    pub(super) column: Text,
    /// The table as the rule writes it.
    name: String,
    /// The column as the rule writes it.
    cell: String,
    header: String,
    good: String,
    bad: String,
    /// The empty cell of the bad row.
    at: String,
}

/// Letters of spreadsheet columns.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

impl Sample {
    /// Of the table of this name, or of a common one.
    pub(super) fn of(declarations: &Declarations, name: Option<&str>, lang: Lang) -> Result<Self, NewFault> {
        let table = match name {
            Some(name) => declarations.table(name).ok_or_else(|| unknown(declarations, name))?,
            None => usual(declarations).ok_or_else(|| unknown(declarations, "grids"))?,
        };
        let subject = subject(table).ok_or_else(|| unknown(declarations, &table.id))?;
        let shown = columns(table, subject);
        let written = |column: &ColumnDecl| match lang {
            Lang::Zh => column.zh.clone(),
            Lang::En => column.id.clone(),
        };
        let row = |empty: bool| {
            let cell = |column: &&ColumnDecl| {
                if empty && column.id == subject.id { String::new() } else { value(column, lang) }
            };
            shown.iter().map(cell).collect::<Vec<_>>().join(",")
        };
        let position = shown.iter().position(|column| column.id == subject.id).unwrap_or_default();
        let letter = LETTERS.chars().nth(position).unwrap_or('A');
        Ok(Self {
            table: Text::new(table.zh.clone(), table.id.clone()),
            column: Text::new(subject.zh.clone(), subject.id.clone()),
            name: in_code(&table.zh, &table.id, lang),
            cell: in_code(&subject.zh, &subject.id, lang),
            header: shown.iter().map(|column| written(column)).collect::<Vec<_>>().join(","),
            good: row(false),
            bad: row(true),
            at: format!("{letter}2"),
        })
    }

    /// What templates say of it.
    pub(super) fn fill(&self, fill: Fill) -> Fill {
        let there =
            Text::new(format!("有{}的数据", self.table.zh), format!("There is data in {}", self.table.en));
        let send = Text::new(
            format!("建立并报送{}", self.table.zh),
            format!("Keep {} and send it in", self.table.en),
        );
        fill.set("name", self.name.clone())
            .set("cell", self.cell.clone())
            .set("table_zh", self.table.zh.clone())
            .set("table_id", self.table.en.clone())
            .set("column_zh", self.column.zh.clone())
            .set("column_id", self.column.en.clone())
            .set("header", self.header.clone())
            .set("good", self.good.clone())
            .set("bad", self.bad.clone())
            .set("at", self.at.clone())
            .both("title_a", &there)
            .both("fix_a", &send)
    }
}

fn unknown(declarations: &Declarations, name: &str) -> NewFault {
    let known = declarations.tables.iter().flat_map(|table| [table.id.as_str(), table.zh.as_str()]);
    let listed = |one: fn(&TableDecl) -> &str, comma: &str| {
        declarations.tables.iter().map(|table| one(table)).collect::<Vec<_>>().join(comma)
    };
    NewFault::Table {
        name: name.to_owned(),
        near: closest(name, known).map(str::to_owned),
        known: Text::new(listed(|table| &table.zh, "、"), listed(|table| &table.id, ", ")),
    }
}

/// Grids where they are declared, else the first table that may have many rows.
fn usual(declarations: &Declarations) -> Option<&std::sync::Arc<TableDecl>> {
    let many = || declarations.tables.iter().find(|table| !table.one_row && table.is_sent());
    declarations.table("grids").or_else(many).or_else(|| declarations.tables.first())
}

/// A column that anybody may leave empty by mistake: no key, nothing personal, plain to write.
fn subject(table: &TableDecl) -> Option<&ColumnDecl> {
    let plain = |column: &&ColumnDecl| !column.key && column.privacy.is_none() && column.refers.is_none();
    table.columns.iter().find(plain).or_else(|| table.columns.last())
}

/// Columns of the rows: those that must be there and the subject; never one alone, for an empty row is no row.
fn columns<'t>(table: &'t TableDecl, subject: &ColumnDecl) -> Vec<&'t ColumnDecl> {
    let wanted = |column: &&ColumnDecl| column.required || column.key || column.id == subject.id;
    let columns: Vec<&ColumnDecl> = table.columns.iter().filter(wanted).collect();
    if columns.len() > 1 { columns } else { table.columns.iter().take(LETTERS.len()).collect() }
}

/// A Chinese name where the script engine takes it for a name.
fn in_code(zh: &str, id: &str, lang: Lang) -> String {
    let begins = zh.chars().next().is_some_and(char::is_alphabetic);
    let name = begins && zh.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    if lang == Lang::Zh && name { zh.to_owned() } else { id.to_owned() }
}

fn value(column: &ColumnDecl, lang: Lang) -> String {
    let pick = |zh: &str, en: &str| Text::new(zh, en).get(lang).to_owned();
    match column.kind {
        ColumnType::Text => pick("示例", "example"),
        ColumnType::Code | ColumnType::Codes => "X1".to_owned(),
        ColumnType::Integer | ColumnType::Decimal => "1".to_owned(),
        ColumnType::Date => "2026-01-05".to_owned(),
        ColumnType::Month => "2026-01".to_owned(),
        ColumnType::YesNo => pick("是", "yes"),
        ColumnType::Enumerated => {
            let words = column.values.iter().next();
            let word = words.map(|(id, words)| match lang {
                Lang::Zh => words.first().unwrap_or(id).clone(),
                Lang::En => id.clone(),
            });
            word.unwrap_or_default()
        }
    }
}
