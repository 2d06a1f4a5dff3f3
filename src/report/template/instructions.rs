//! The first page: how the tables are filled in and handed back, and which there are.

use std::io;

use super::{Template, TemplateTable};
use crate::model::text::Lang;
use crate::report::declared;
use crate::report::words::{self, pick};
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// What is said, in both languages.
pub(super) fn lines(template: &Template<'_>, lang: Lang) -> Vec<String> {
    let (count, level) = (template.tables.len(), words::level(template.level, lang));
    let first = match lang {
        Lang::Zh => format!(
            "本模板供{level}单位填报标准体系评价的申报材料，共{count}张数据表，清单见下。没有数据的表留空，不要删改表名和列名。"
        ),
        Lang::En => format!(
            "For organizations at {level} level: {count} tables, listed below. Leave tables without data empty; do not change their names or headers."
        ),
    };
    let rest: [(&str, &str); 8] = [
        // Appendix A has no item that holds for some levels alone.
        (
            "第5部分附录A的评价内容不分层级，各级单位填报的数据表相同；下拉列表中的层级只列本级和下级。",
            "The items of part 5, Appendix A hold for all levels, and so do the tables; lists of levels have this one and those below.",
        ),
        (
            "列名带*的必填。日期写成2024-03-01；数字不带单位；有下拉列表的从列表中选；多个编号用“；”隔开。",
            "Headers with * are required. Dates as 2024-03-01, numbers without unit, words from the lists, several codes separated by `;`.",
        ),
        (
            "编号（身份证号、标准编号、网格编码等）以文本填写，不要让表格软件改成数字或日期；各表之间引用的编号要一致。",
            "Codes are text: do not let the program make numbers or dates of them. Codes by which tables refer to each other must be the same in both.",
        ),
        (
            "没有的、尚未开展的留空，不填“无”“待定”“/”；同样的内容逐行写明，不填“同上”。",
            "Leave empty what there is not or not yet; write out what each row says.",
        ),
        (
            "表头以上的填写要求和示例不作为数据读取；从表头下一行起填写，不留空行，不合并单元格，不加合计行。",
            "What stands above a header is not read. Begin in the row below it; no empty rows, merged cells or totals.",
        ),
        (
            "“被评估单位”表必须填写：没有单位编号的申报材料不能评估。",
            "The table organization must be filled in: without its id nothing can be assessed.",
        ),
        (
            "写有附件名称的列，填佐证材料的文件名；佐证材料与数据表放在同一文件夹一并报送。",
            "Columns that name files: the files are sent along, in the folder of the tables.",
        ),
        (
            "填完后可先运行 wangge doctor（后接本文件或所在文件夹），看有没有读不懂、缺少的内容，再报送。",
            "When done, `wangge doctor` says what is not understood and what is missing, before it is sent.",
        ),
    ];
    std::iter::once(first).chain(rest.map(|(zh, en)| pick(lang, zh, en).to_owned())).collect()
}

fn columns<'a>() -> Vec<Column<&'a TemplateTable<'a>>> {
    vec![
        Column {
            title: ("数据表", "table"),
            width: 150,
            kind: Kind::Text,
            value: |one, lang| declared::name(&one.decl.id, &one.decl.zh, lang).into(),
        },
        Column {
            title: ("报送要求", "needed"),
            width: 90,
            kind: Kind::Short,
            value: |one, lang| {
                if one.decl.optional {
                    pick(lang, "可不报送", "optional")
                } else {
                    pick(lang, "报送", "wanted")
                }
                .into()
            },
        },
        Column {
            title: ("必填的列", "required columns"),
            width: 330,
            kind: Kind::Text,
            value: |one, lang| {
                let required = one.decl.columns.iter().filter(|column| column.required);
                let names = required.map(|column| declared::name(&column.id, &column.zh, lang));
                Value::Text(names.collect::<Vec<_>>().join(pick(lang, "、", ", ")))
            },
        },
        Column {
            title: ("涉及的评价内容", "items that rest on it"),
            width: 400,
            kind: Kind::Text,
            value: |one, lang| Value::Text(one.items.join(pick(lang, "、", ", "))),
        },
    ]
}

/// Writes the page.
pub(super) fn sheet(template: &Template<'_>, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let title = pick(lang, "申报材料填报说明", "How to fill in the submission");
    let about: Vec<String> =
        (1_usize..).zip(lines(template, lang)).map(|(at, line)| format!("{at}. {line}")).collect();
    let columns = columns();
    let mut list = List::begin(&columns, (title, &about), (&book.styles, lang), Book::sheet)?;
    template.tables.iter().try_for_each(|table| list.row(&columns, &table, &book.styles))?;
    list.finish(stamp.print(("", title), "", None))
}
