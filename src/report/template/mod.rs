//! What an office fills in: a workbook with a sheet a table, or a text file a table; and a dictionary of the tables.

mod choices;
mod dictionary;
mod instructions;
mod sheet;
mod texts;

use std::io;

use self::choices::Choices;
use crate::model::report::Report;
use crate::model::text::Lang;
use crate::report::declared;
use crate::report::words::pick;
use crate::report::workbook::{Book, Stamp};
use crate::table::table_schema::{ColumnDecl, Declarations, TableDecl};

pub use self::dictionary::dictionary;
pub use self::texts::texts;

/// What is to be filled in.
pub struct Template<'a> {
    /// All declared tables; references are named by them.
    pub declarations: &'a Declarations,
    /// Those that are to be filled in, in their order.
    pub tables: Vec<TemplateTable<'a>>,
    /// The level of the organizations: `city`, `county`, `town`, `village`.
    pub level: &'static str,
    /// Which packs are in force, and on which day.
    pub run: &'a Report,
}

/// One table.
pub struct TemplateTable<'a> {
    /// Its declaration.
    pub decl: &'a TableDecl,
    /// Items of Appendix A whose rules look at it.
    pub items: &'a [String],
    /// A row that shows how it is filled in, a text for each declared column.
    pub example: Vec<String>,
}

impl TemplateTable<'_> {
    /// The columns to be filled in, each with its position among those declared: what only some have is left out.
    fn columns(&self) -> impl Iterator<Item = (usize, &ColumnDecl)> {
        self.decl.columns.iter().enumerate().filter(|(_, column)| !column.seldom)
    }

    /// What stands in a column of the example.
    fn example_of(&self, at: usize) -> &str {
        self.example.get(at).map_or("", String::as_str)
    }
}

/// The workbook to be filled in.
///
/// # Errors
/// The library refuses what no workbook can hold.
pub fn workbook(template: &Template<'_>, lang: Lang) -> io::Result<Vec<u8>> {
    let stamp = Stamp::of(template.run, lang);
    let mut book = Book::new(pick(lang, "标准体系评价申报材料", "Submission"), &stamp)?;
    let sheet = instructions::sheet(template, &stamp, &book)?;
    book.add(sheet, pick(lang, "填报说明", "说明"))?;
    let mut choices = Choices::default();
    for table in &template.tables {
        let sheet = sheet::write(table, template, &mut choices, (&stamp, &book))?;
        book.add(sheet, declared::name(&table.decl.id, &table.decl.zh, lang))?;
    }
    choices.write(&mut book)?;
    book.bytes()
}
