//! `wangge init`: what an office fills in, at a level, with the tables of the packs; and the dictionary of the tables.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::assessment::session::{Choices, Session};
use crate::console::{Console, unwritable};
use crate::demo::{self, Faults, Options, Size};
use crate::exit::Exit;
use crate::ingest;
use crate::model::divisions::Divisions;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::report::template::{self, Template, TemplateTable};
use crate::rulebook::ItemsByData;
use crate::table::Table;
use crate::table::table_schema::{ColumnDecl, ColumnType, Privacy, TableDecl};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Where it goes.
    pub folder: PathBuf,
    /// What is written.
    pub form: TemplateForm,
    /// The level of the organizations.
    pub level: TemplateLevel,
    /// Replace what is there.
    pub force: bool,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TemplateForm {
    /// One workbook with a sheet a table.
    Xlsx,
    /// A text file a table.
    Csv,
    /// The dictionary of the tables.
    Dictionary,
}

/// The level of organizations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TemplateLevel {
    /// Cities.
    City,
    /// Counties.
    County,
    /// Towns.
    Town,
    /// Villages.
    Village,
}

impl TemplateLevel {
    /// Its id among the declared values, and that of invented submissions.
    const fn ids(self) -> (&'static str, demo::Level) {
        match self {
            Self::City => ("city", demo::Level::City),
            Self::County => ("county", demo::Level::County),
            Self::Town => ("town", demo::Level::Town),
            Self::Village => ("village", demo::Level::Village),
        }
    }
}

/// Runs the command.
pub fn run(asked: &Asked, choices: &Choices, console: &Console) -> Exit {
    match written(asked, choices, console) {
        Ok(files) => {
            let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
            let told = Text::new(
                format!("已写出{}个文件：{}\n", names.len(), shortened(&names, "、")),
                format!("{} files were written: {}\n", names.len(), shortened(&names, ", ")),
            );
            console.print_result(told.get(console.lang))
        }
        Err(faults) => console.refuse(&faults),
    }
}

/// Names of files that are told.
const TOLD: usize = 3;

fn shortened(names: &[String], sign: &str) -> String {
    let more = if names.len() > TOLD { " …" } else { "" };
    format!("{}{more}", names.iter().take(TOLD).cloned().collect::<Vec<_>>().join(sign))
}

/// A file with its bytes.
type Made = (PathBuf, Vec<u8>);

fn written(asked: &Asked, choices: &Choices, console: &Console) -> Result<Vec<PathBuf>, Vec<Fault>> {
    let session = Session::load(choices)?;
    let unwritten = |error: &io::Error| vec![unwritable(&asked.folder.display().to_string(), error)];
    let files = made(asked, &session, console).map_err(|error| unwritten(&error))?;
    let there: Vec<Fault> = files
        .iter()
        .filter(|(path, _)| path.exists() && !asked.force)
        .map(|(path, _)| occupied(path))
        .collect();
    if !there.is_empty() {
        return Err(there);
    }
    for (path, bytes) in &files {
        console.file_with_folders(path, bytes).map_err(|fault| vec![fault])?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn made(asked: &Asked, session: &Session, console: &Console) -> io::Result<Vec<Made>> {
    let items = session.book.items_by_data(&session.declarations);
    let run = session.report();
    let lang = console.lang;
    let file = |zh: &str, en: &str| asked.folder.join(Text::new(zh, en).get(lang));
    if asked.form == TemplateForm::Dictionary {
        let of = |table: &str, column: &str| items.of_column(table, column).to_vec();
        let bytes = template::dictionary(&session.declarations, &of, &run, lang)?;
        return Ok(vec![(file("数据字典.xlsx", "dictionary.xlsx"), bytes)]);
    }
    let (level, invented) = asked.level.ids();
    let examples = examples(session, invented).unwrap_or_default();
    let tables = session.declarations.tables.iter().filter(|table| table.is_sent());
    let tables = tables.map(|table| one(table, &items, &examples)).collect();
    let template = Template { declarations: &session.declarations, tables, level, run: &run };
    if asked.form == TemplateForm::Csv {
        let texts = template::texts(&template, lang).into_iter();
        return Ok(texts.map(|(name, text)| (asked.folder.join(name), text.into_bytes())).collect());
    }
    Ok(vec![(file("申报材料.xlsx", "submission.xlsx"), template::workbook(&template, lang)?)])
}

fn one<'a>(
    table: &'a TableDecl,
    items: &'a ItemsByData,
    examples: &[std::sync::Arc<Table>],
) -> TemplateTable<'a> {
    let invented = examples.iter().find(|one| one.decl.id == table.id).filter(|one| !one.is_empty());
    let example = invented.map_or_else(|| table.columns.iter().map(general).collect(), |one| row(one));
    TemplateTable { decl: table, items: items.of_table(&table.id), example }
}

/// Rows among which the fullest is the example.
const LOOKED_AT: usize = 40;

/// The fullest of the first rows of an invented table.
fn row(table: &Table) -> Vec<String> {
    let cells = |row: usize| -> Vec<String> {
        let columns = table.decl.columns.iter().enumerate();
        columns.map(|(at, column)| shown(column, table.display(row, at))).collect()
    };
    let rows = (0..table.len().min(LOOKED_AT)).map(cells);
    let filled = |cells: &Vec<String>| cells.iter().filter(|cell| !cell.is_empty()).count();
    // The first of those that are as full.
    rows.rev().max_by_key(filled).unwrap_or_default()
}

/// What an example shows of a cell: nothing that looks like a person's.
fn shown(column: &ColumnDecl, text: String) -> String {
    match column.privacy {
        _ if text.is_empty() => text,
        Some(Privacy::Name) => "张三".to_owned(),
        Some(Privacy::IdNumber) => "18位身份证号码".to_owned(),
        Some(Privacy::Phone) => "手机或座机号码".to_owned(),
        None => text,
    }
}

/// What stands in an example of which nothing is known but the type.
fn general(column: &ColumnDecl) -> String {
    let first = || column.values.values().next().and_then(|words| words.first()).cloned();
    let text = match column.kind {
        ColumnType::Text => format!("（{}）", column.zh),
        ColumnType::Code | ColumnType::Codes => "A01".to_owned(),
        ColumnType::Integer => "12".to_owned(),
        ColumnType::Decimal => "3.5".to_owned(),
        ColumnType::Date => "2024-03-01".to_owned(),
        ColumnType::Month => "2024-03".to_owned(),
        ColumnType::YesNo => "是".to_owned(),
        ColumnType::Enumerated => first().unwrap_or_default(),
    };
    shown(column, text)
}

/// The tables of an invented submission of a level; none where it cannot be invented: then types make the examples.
fn examples(session: &Session, level: demo::Level) -> Option<Vec<std::sync::Arc<Table>>> {
    let folder = tempfile::tempdir().ok()?;
    let divisions = Divisions::parse(&session.book.divisions).ok()?;
    let size = Size { grids: 20, events: 40, staff: 80, objects: 40 };
    let options = Options {
        organizations: 1,
        level,
        size,
        faults: Faults::None,
        seed: 1,
        attachments: false,
        force: false,
    };
    demo::generate(folder.path(), &session.declarations, &divisions, &options).ok()?;
    let paths = [folder.path().to_owned()];
    let found = ingest::discover(&paths, &session.declarations).ok()?;
    let dataset = session.dataset(found.submissions.first()?).ok()?;
    fs::remove_dir_all(folder.path()).ok();
    Some(dataset.tables.into_values().collect())
}

fn occupied(path: &Path) -> Fault {
    Fault {
        code: "init.occupied",
        message: Text::new("文件已存在，没有覆盖", "the file is there already and was not replaced"),
        help: Text::new(
            "换一个文件夹；确要重写的，加 --force（已填写的内容会丢失）",
            "name another folder; --force replaces it, with whatever was filled in",
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}
