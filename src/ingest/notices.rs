//! What the reader says about the data.

use super::header::{Duplicate, Layout};
use crate::model::finding::Severity;
use crate::model::finding_collector::Notice;
use crate::model::limits;
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, TableDecl};

pub(super) const fn notice(severity: Severity, message: Text, help: Text) -> Notice {
    Notice { severity, message, help }
}

pub(super) fn unknown_table(name: &str, suggestion: Option<&str>) -> Notice {
    let message = Text::new(
        format!("“{name}”不是已知的数据表，未读取"),
        format!("\"{name}\" is not a known table and was not read"),
    );
    let help = match suggestion {
        Some(meant) => Text::new(
            format!("是否应为“{meant}”？改名后重新提交"),
            format!("is \"{meant}\" meant? Rename it and submit again"),
        ),
        None => Text::new(
            "若是数据表，请改用规定的表名；若是附件，可不理会",
            "if it is a table, give it its declared name; if it is an attachment, ignore this",
        ),
    };
    notice(Severity::Advice, message, help)
}

/// Something that was read as the table whose header it has, whatever its name.
pub(super) fn read_by_header(name: &str, table: &TableDecl, share: u32) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("“{name}”的名称不是数据表名，按表头作为“{}”读取（列名相符{share}%）", table.zh),
            format!(
                "\"{name}\" is not the name of a table; by its header it was read as \"{}\" ({share}% of its columns agree)",
                table.id
            ),
        ),
        Text::new(
            format!("若确是该表，改名为“{}”；若不是，从申报材料中移出", table.zh),
            format!(
                "if it is that table, name it \"{}\"; if it is not, take it out of the submission",
                table.zh
            ),
        ),
    )
}

/// A sheet that has not the header of the table of its workbook.
pub(super) fn other_header(sheet: &str, table: &TableDecl) -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            format!("工作表“{sheet}”的表头不是“{}”的表头，未读取", table.zh),
            format!("the sheet \"{sheet}\" has no header of \"{}\" and was not read", table.id),
        ),
        Text::new(
            "若是该表的一部分，在第一行补上与该表相同的表头；若不是，移到另外的工作簿",
            "if it is part of that table, give it the same header; if it is not, move it to a workbook of its own",
        ),
    )
}

pub(super) fn hidden_sheet(sheet: &str, table: &TableDecl) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("工作表“{sheet}”是隐藏的，未作为“{}”读取", table.zh),
            format!("the sheet \"{sheet}\" is hidden and was not read as part of \"{}\"", table.id),
        ),
        Text::new(
            "若是数据，取消隐藏后重新提交；若不是，删除该工作表",
            "if it holds data, unhide it and submit again; if it does not, delete it",
        ),
    )
}

pub(super) fn linked_folder(link: &str) -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            format!("“{link}”是指向文件夹的链接，未打开"),
            format!("\"{link}\" is a link to a folder and was not followed"),
        ),
        Text::new("用文件夹本身代替链接", "put the folder itself in its place"),
    )
}

pub(super) fn rulings_inside(file: &str) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("申报材料中的裁定文件“{file}”未采用：裁定只能由评估组另行给出"),
            format!(
                "the rulings \"{file}\" lie inside the submission and do not count: rulings are the team's to give"
            ),
        ),
        Text::new(
            "若是评估组的裁定，从申报材料中移出，用 --rulings 给出；否则请核实其来源",
            "if they are the team's, take them out of the submission and give them with --rulings; otherwise ask where they come from",
        ),
    )
}

pub(super) fn archive(file: &str) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("压缩包“{file}”未打开，其中的内容未读取"),
            format!("the archive \"{file}\" was not opened; what it packs was not read"),
        ),
        Text::new(
            "其中有数据表的，解压后直接放在申报材料的文件夹里",
            "if it packs tables, unpack them directly into the folder of the submission",
        ),
    )
}

pub(super) fn no_header(table: &TableDecl) -> Notice {
    let wanted: Vec<_> = table.columns.iter().filter(|c| c.required || c.key).collect();
    notice(
        Severity::Error,
        Text::new(
            format!("前10行中找不到“{}”的表头，未读取任何一行", table.zh),
            format!("none of the first 10 rows is a header of \"{}\", so no row was read", table.id),
        ),
        Text::new(
            format!("表头至少应有：{}", names(&wanted, |c| &c.zh, "、")),
            format!("the header should at least have: {}", names(&wanted, |c| &c.id, ", ")),
        ),
    )
}

pub(super) fn ragged_row(layout: &Layout) -> Notice {
    let width = layout.width.unwrap_or(layout.last);
    notice(
        Severity::Error,
        Text::new(
            format!("行的字段数与表头（{width}列）不同；字段多出且有内容的行未读取，字段不足的行按空值补齐"),
            format!(
                "rows have more or fewer fields than the header ({width}); rows with content in surplus fields \
                 were not read, in short rows the missing fields were taken as empty"
            ),
        ),
        Text::new(
            "检查该行是否有未加引号的逗号，或漏掉的分隔符",
            "look for a comma that is not quoted, or a separator that was left out",
        ),
    )
}

pub(super) fn duplicate_header(column: &ColumnDecl, duplicate: &Duplicate, used: &str) -> Notice {
    let severity = if duplicate.same_rank { Severity::Error } else { Severity::Warning };
    let second = &duplicate.header;
    notice(
        severity,
        Text::new(
            format!("有两列都是“{}”：采用“{used}”，未采用“{second}”", column.zh),
            format!("two columns are both \"{}\": \"{used}\" was used, \"{second}\" was not", column.id),
        ),
        Text::new("删除或改名多余的一列", "remove or rename the one that is not meant"),
    )
}

/// Headers that no declared column carries, as a hint: one of them may be the column that is missing.
fn unknown_headers(undeclared: &[(u32, String)]) -> Text {
    if undeclared.is_empty() {
        return Text::default();
    }
    let headers = || undeclared.iter().map(|(_, header)| header.as_str());
    let quoted = headers().collect::<Vec<_>>().join("”“");
    let list = headers().collect::<Vec<_>>().join(", ");
    Text::new(format!("；未识别的列：“{quoted}”"), format!("; headers that are not known: {list}"))
}

pub(super) fn missing_column(column: &ColumnDecl, undeclared: &[(u32, String)]) -> Notice {
    let (unknown, accepted) = (unknown_headers(undeclared), accepted(column));
    notice(
        Severity::Error,
        Text::new(
            format!("缺少必填列“{}”{}", column.zh, unknown.zh),
            format!("the required column \"{}\" is missing{}", column.id, unknown.en),
        ),
        Text::new(
            format!("补上“{}”列；可用的列名：{}", column.zh, accepted.zh),
            format!("add the column \"{}\"; names it may carry: {}", column.id, accepted.en),
        ),
    )
}

pub(super) fn optional_columns(missing: &[&ColumnDecl], undeclared: &[(u32, String)]) -> Notice {
    let unknown = unknown_headers(undeclared);
    notice(
        Severity::Advice,
        Text::new(
            format!("没有这些选填列：{}{}", names(missing, |c| &c.zh, "、"), unknown.zh),
            format!(
                "these optional columns are not there: {}{}",
                names(missing, |c| &c.id, ", "),
                unknown.en
            ),
        ),
        Text::new(
            "依据这些列的评价要求将无法由数据判定；有数据的请补上",
            "what depends on them cannot be decided from data; add those you have",
        ),
    )
}

pub(super) fn misspelt_column(header: &str, column: &ColumnDecl) -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            format!("列“{header}”未被识别，缺少的列“{}”与它相近", column.zh),
            format!("the column \"{header}\" is not known; the missing column \"{}\" is like it", column.id),
        ),
        Text::new(
            format!("若就是该列，请改名为“{}”", column.zh),
            format!("if it is meant, rename it to \"{}\"", column.id),
        ),
    )
}

pub(super) fn odd_character() -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            "单元格含替换字符、控制字符或私用区字符，可能是编码错误或造字",
            "cells hold replacement, control or private-use characters, as wrong encodings and home-made glyphs leave",
        ),
        Text::new(
            "核对原文；以“CSV UTF-8”重新导出，生僻字改用标准字符",
            "compare with the original; export again as \"CSV UTF-8\", and use standard characters",
        ),
    )
}

pub(super) fn long_cell() -> Notice {
    let most = limits::CELL_CHARACTERS;
    notice(
        Severity::Error,
        Text::new(
            format!("单元格文字超过{most}字，未读取"),
            format!("cells hold more than {most} characters and were not read"),
        ),
        Text::new(
            "长文请放在附件中，单元格只写摘要或附件名；如系误粘贴，请改正",
            "put long texts into an attachment, and its name or a summary into the cell; correct what was pasted by mistake",
        ),
    )
}

pub(super) fn protective_sign() -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            "单元格带有防止改写的符号（如 =\"…\"、前置单引号、控制字符），已去掉后读取",
            "cells have signs that keep them from being changed (=\"…\", an apostrophe in front, control characters); \
             these were taken off",
        ),
        Text::new(
            "可不理会；重新导出时，把该列设为“文本”格式即不需要这些符号",
            "this may be left as it is; a column formatted as text needs no such signs",
        ),
    )
}

pub(super) fn year_beside() -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            "日期只写了月日，年份取自同一行的年份列",
            "days are written without their year, which was taken from the column of years in the same row",
        ),
        Text::new(
            "可不理会；日期以写明年月日为宜，如 2024-03-01",
            "this may be left as it is; better give the whole day, such as 2024-03-01",
        ),
    )
}

pub(super) fn explaining_row() -> Notice {
    notice(
        Severity::Advice,
        Text::new(
            "表头下的这一行是列号、英文列名或填写示例，未作为数据读取",
            "the row under the header numbers the columns, names them in English or is an example: it was not read as data",
        ),
        Text::new(
            "若是数据，请改正其内容后重新提交；若不是，可不理会",
            "if it is data, correct what it says and submit it again; if it is not, ignore this",
        ),
    )
}

pub(super) fn duplicate_cell() -> Notice {
    notice(
        Severity::Error,
        Text::new(
            "工作簿中同一单元格有两个值，采用了先出现的一个",
            "the workbook gives one cell two values; the first was used",
        ),
        Text::new("用Excel或WPS打开核对后另存", "open it in Excel or WPS, check it, and save it again"),
    )
}

fn names(columns: &[&ColumnDecl], name: fn(&ColumnDecl) -> &String, separator: &str) -> String {
    columns.iter().map(|column| name(column).as_str()).collect::<Vec<_>>().join(separator)
}

fn accepted(column: &ColumnDecl) -> Text {
    let names = std::iter::once(column.zh.as_str()).chain(column.aliases.iter().map(String::as_str));
    let (zh, en) = (names.clone(), std::iter::once(column.id.as_str()).chain(names));
    Text::new(zh.collect::<Vec<_>>().join("、"), en.collect::<Vec<_>>().join(", "))
}
