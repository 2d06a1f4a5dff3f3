//! The same as text files: a file a table, with its header alone, and the instructions as a page.

use std::fmt::Write as _;

use super::{Template, TemplateTable, choices, instructions, sheet};
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::{declared, escape};
use crate::table::table_schema::ColumnType;

/// What programs for spreadsheets know UTF-8 by.
const MARK: char = '\u{feff}';

/// Each file by its name, with its text.
pub fn texts(template: &Template<'_>, lang: Lang) -> Vec<(String, String)> {
    let tables = template.tables.iter().map(|table| {
        let headers = table.columns().map(|(_, column)| declared::name(&column.id, &column.zh, lang));
        let header = headers.map(cell).collect::<Vec<_>>().join(",");
        let name = declared::name(&table.decl.id, &table.decl.zh, lang);
        (format!("{name}.csv"), format!("{MARK}{header}\r\n"))
    });
    let page = (pick(lang, "填报说明.md", "README.md").to_owned(), page(template, lang));
    tables.chain([page]).collect()
}

fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The instructions, and each column of each table with an example.
fn page(template: &Template<'_>, lang: Lang) -> String {
    let mut page = format!("# {}\n\n", pick(lang, "申报材料填报说明", "How to fill in the submission"));
    for line in instructions::lines(template, lang) {
        let _ = writeln!(page, "- {}", escape::markdown(&line));
    }
    template.tables.iter().for_each(|table| of_table(table, template, lang, &mut page));
    page
}

fn of_table(table: &TemplateTable<'_>, template: &Template<'_>, lang: Lang, page: &mut String) {
    let name = declared::name(&table.decl.id, &table.decl.zh, lang);
    let heads = pick(lang, "| 列 | 填写要求 | 示例 |", "| column | wanted | example |");
    let _ = write!(page, "\n## {}\n\n{heads}\n|---|---|---|\n", escape::markdown(name));
    for (at, column) in table.columns() {
        let form = sheet::form(column, template, lang);
        let is_own_level = table.decl.id == "organization" && column.id == "level";
        let words = choices::words(column, is_own_level, template.level).join(pick(lang, "、", ", "));
        let form = match (column.kind, lang) {
            (ColumnType::Enumerated, Lang::Zh) => {
                format!("{}{words}", form.replace("从下拉列表中选", "下列之一："))
            }
            (ColumnType::Enumerated, Lang::En) => format!("{form}: {words}"),
            _ => form,
        };
        let name = declared::name(&column.id, &column.zh, lang);
        let cells = [name, &form, table.example_of(at)].map(escape::markdown);
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}
