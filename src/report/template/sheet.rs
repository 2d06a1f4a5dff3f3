//! The sheet of a table: what it is, how each column is filled in, an example, the header, and rows to be filled in. The
//! example stands above the header, where nothing is read as data.

use std::io;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign,
};

use super::choices::{self, Choices};
use super::{Template, TemplateTable};
use crate::model::text::Lang;
use crate::report::declared;
use crate::report::words::pick;
use crate::report::workbook::{Book, Sheet, Stamp, TEXT, failed, height, lines};
use crate::table::table_schema::{ColumnDecl, ColumnType};

/// Rows of the sheet, from 0.
const TITLE: u32 = 0;
const ABOUT: u32 = 1;
const FORMS: u32 = 2;
const EXAMPLE: u32 = 3;
pub(super) const HEADER: u32 = 4;
const FIRST: u32 = 5;

/// Rows that offer words and say what is wanted.
const ROWS: u32 = 5_000;

/// Characters of the title of a hint, and of a hint.
const HINT_TITLE: usize = 32;
const HINT: usize = 255;

/// Widths of columns in pixels: the narrowest and the widest.
const NARROW: u16 = 86;
const WIDE: u16 = 210;

/// Writes the sheet.
pub(super) fn write(
    table: &TemplateTable<'_>,
    template: &Template<'_>,
    choices: &mut Choices,
    (stamp, book): (&Stamp, &Book),
) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let columns: Vec<(usize, &ColumnDecl)> = table.columns().collect();
    let widths: Vec<u16> = columns.iter().map(|(at, column)| width(column, table.example_of(*at))).collect();
    let mut sheet = Book::sheet(&widths)?;
    let name = declared::name(&table.decl.id, &table.decl.zh, lang);
    let last = sheet.last_column();
    sheet.merged((TITLE, 0), (TITLE, last), name, &book.styles.title)?;
    sheet.height(TITLE, 30.0)?;
    sheet.line(ABOUT, &about(table, lang), &book.styles.line)?;
    let (mut highest, mut example_lines) = (1, 1);
    for ((place, (at, column)), width) in (0_u16..).zip(columns).zip(widths) {
        let mark =
            |zh: &str, en: &str| if place == 0 { pick(lang, zh, en).to_owned() } else { String::new() };
        let form = format!("{}{}", mark("填写要求：", "wanted: "), form(column, template, lang));
        highest = highest.max(lines(&form, width, TEXT));
        sheet.text((FORMS, place), &form, &book.styles.text)?;
        let example = format!("{}{}", mark("示例：", "example: "), table.example_of(at));
        example_lines = example_lines.max(lines(&example, width, TEXT));
        sheet.text((EXAMPLE, place), &example, &book.styles.example)?;
        let star = if column.required { "*" } else { "" };
        let header = format!("{star}{}", declared::name(&column.id, &column.zh, lang));
        sheet.text((HEADER, place), &header, &book.styles.head)?;
        sheet.inner.set_column_format(place, &cells(column)).map_err(failed)?;
        let is_own_level = table.decl.id == "organization" && column.id == "level";
        let words = choices::words(column, is_own_level, template.level);
        let offered = validation(column, words, choices, lang)?;
        sheet.inner.add_data_validation(FIRST, place, last_row(table), place, &offered).map_err(failed)?;
    }
    sheet.height(FORMS, height(highest, TEXT) + 2.0)?;
    sheet.height(EXAMPLE, height(example_lines, TEXT) + 2.0)?;
    sheet.height(HEADER, 24.0)?;
    sheet.inner.set_freeze_panes(FIRST, 0).map_err(failed)?;
    sheet.print(&stamp.print(("", name), "", Some((HEADER, HEADER))))?;
    Ok(sheet)
}

fn last_row(table: &TemplateTable<'_>) -> u32 {
    if table.decl.one_row { FIRST } else { FIRST.saturating_add(ROWS).saturating_sub(1) }
}

fn about(table: &TemplateTable<'_>, lang: Lang) -> String {
    let rows = match (table.decl.one_row, lang) {
        (true, Lang::Zh) => "只填第6行",
        (true, Lang::En) => "Fill in row 6 alone",
        (false, Lang::Zh) => "从第6行起逐行填写",
        (false, Lang::En) => "Fill in from row 6 on",
    };
    let items = table.items.join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => {
            let items = match (items.is_empty(), table.decl.optional) {
                (_, true) => "本表可以不报送。".to_owned(),
                (true, _) => String::new(),
                (false, _) => format!("涉及的评价内容：{items}。"),
            };
            format!("{rows}；第5行的列名不要改动，带*的必填；第4行是示例，不作为数据读取。{items}")
        }
        Lang::En => {
            let items = match (items.is_empty(), table.decl.optional) {
                (_, true) => " The table need not be sent.".to_owned(),
                (true, _) => String::new(),
                (false, _) => format!(" Items that rest on it: {items}."),
            };
            format!(
                "{rows}; leave the headers in row 5 as they are, those with * are required; row 4 is an example and not read.{items}"
            )
        }
    }
}

/// What a cell of the column is to hold.
pub(super) fn form(column: &ColumnDecl, template: &Template<'_>, lang: Lang) -> String {
    let needed = if column.required {
        pick(lang, "必填，", "required, ")
    } else {
        pick(lang, "选填，", "optional, ")
    };
    let refers = declared::refers(column, template.declarations, lang).map(|to| match lang {
        Lang::Zh => format!("，填“{to}”中的编号"),
        Lang::En => format!(", one of {to}"),
    });
    let like = declared::like(column, template.declarations, lang).map(|to| match lang {
        Lang::Zh => format!("，写法与“{to}”一致"),
        Lang::En => format!(", written as in {to}"),
    });
    let refers = refers.or(like);
    let key = if column.key { pick(lang, "，不得重复", ", each once") } else { "" };
    format!("{needed}{}{}{key}", declared::form(column, lang), refers.unwrap_or_default())
}

/// Pixels for a column, by what it holds.
fn width(column: &ColumnDecl, example: &str) -> u16 {
    let wide = u16::try_from(example.chars().count()).unwrap_or(WIDE).saturating_mul(12).saturating_add(16);
    let least = if column.kind == ColumnType::Text { 110 } else { NARROW };
    wide.clamp(least, WIDE)
}

/// How the cells of a column look: codes stay as they are typed.
fn cells(column: &ColumnDecl) -> Format {
    let form = match column.kind {
        ColumnType::Text | ColumnType::Code | ColumnType::Codes => "@",
        ColumnType::Date => "yyyy-mm-dd",
        ColumnType::Month => "yyyy-mm",
        ColumnType::Integer | ColumnType::Decimal | ColumnType::YesNo | ColumnType::Enumerated => "General",
    };
    Format::new()
        .set_font_name("宋体")
        .set_font_size(TEXT)
        .set_num_format(form)
        .set_align(FormatAlign::VerticalCenter)
}

/// What a cell offers, and what it says where something else is typed.
fn validation(
    column: &ColumnDecl,
    words: Vec<String>,
    choices: &mut Choices,
    lang: Lang,
) -> io::Result<DataValidation> {
    let offered = DataValidation::new();
    let offered = match column.kind {
        ColumnType::YesNo | ColumnType::Enumerated => {
            let list = choices.formula(words);
            offered.allow_list_formula(list.as_str().into())
        }
        ColumnType::Date | ColumnType::Month => {
            let day = |year| ExcelDateTime::from_ymd(year, 1, 1).map_err(failed);
            let known = DataValidationRule::Between(day(1949)?, day(2199)?);
            offered.allow_date(known).set_error_style(DataValidationErrorStyle::Warning)
        }
        ColumnType::Integer => {
            let any = DataValidationRule::GreaterThanOrEqualTo(0);
            offered.allow_whole_number(any).set_error_style(DataValidationErrorStyle::Warning)
        }
        ColumnType::Decimal => {
            let any = DataValidationRule::Between(-1e12, 1e12);
            offered.allow_decimal_number(any).set_error_style(DataValidationErrorStyle::Warning)
        }
        ColumnType::Text | ColumnType::Code | ColumnType::Codes => offered.allow_any_value(),
    };
    let wanted = declared::form(column, lang);
    let title: String = declared::name(&column.id, &column.zh, lang).chars().take(HINT_TITLE).collect();
    let hint: String = wanted.chars().take(HINT).collect();
    let offered = offered.set_input_title(&title).map_err(failed)?;
    let offered = offered.set_input_message(&hint).map_err(failed)?;
    let offered = offered.set_error_title(pick(lang, "请核对", "Please check")).map_err(failed)?;
    offered.set_error_message(&hint).map_err(failed)
}
