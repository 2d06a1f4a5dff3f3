//! The sheets around the rows: how it is filled in, and the words that cells offer.

use std::io;

use rust_xlsxwriter::ProtectionOptions;

use crate::model::ruling_form::{FIELDS, Field, ROLES, RULINGS, written};
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::workbook::{Book, Stamp, failed};

/// Names of the lists of words, for cells to refer to: a list in a cell itself may have 255 characters alone.
pub(super) const RULINGS_NAME: &str = "wangge_rulings";
pub(super) const ROLES_NAME: &str = "wangge_roles";

/// Writes the sheet with the words, hidden, and gives the lists their names.
pub(super) fn write(book: &mut Book, lang: Lang) -> io::Result<()> {
    let lists: [(&str, Vec<&str>); 2] = [
        (RULINGS_NAME, RULINGS.iter().map(|(_, words)| written(words, lang)).collect()),
        (ROLES_NAME, ROLES.iter().map(|(_, words)| written(words, lang)).collect()),
    ];
    let mut sheet = Book::sheet(&[100, 100])?;
    for (column, (_, words)) in (0..).zip(&lists) {
        for (row, word) in (0..).zip(words) {
            sheet.text((row, column), word, &book.styles.text)?;
        }
    }
    sheet.inner.set_hidden(true).protect_with_options(&ProtectionOptions::new());
    let name = book.add(sheet, pick(lang, "选项", "Choices"))?;
    for (letter, (list, words)) in ["A", "B"].into_iter().zip(&lists) {
        let range = format!("='{name}'!${letter}$1:${letter}${}", words.len());
        book.inner.define_name(*list, &range).map_err(failed)?;
    }
    Ok(())
}

/// Writes the first sheet: how it is filled in and handed back.
pub(super) fn explain(book: &mut Book, stamp: &Stamp) -> io::Result<()> {
    let lang = stamp.lang;
    let mut sheet = Book::sheet(&[900])?;
    sheet.text(
        (0, 0),
        pick(lang, "评估工作底稿填写说明", "How to fill in the worksheet"),
        &book.styles.title,
    )?;
    sheet.height(0, 34.0)?;
    let mut row = 1;
    for line in lines(lang) {
        row = sheet.line(row, &line, &book.styles.line)?;
    }
    for line in [
        format!("{}{}", pick(lang, "规则包：", "Packs: "), stamp.packs),
        format!("{}{}", pick(lang, "口径：", "Readings: "), stamp.policies),
        format!("{}{}  {}", pick(lang, "判定日期：", "As of "), stamp.as_of, stamp.tool),
        stamp.unmasked.to_owned(),
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    {
        row = sheet.line(row, &line, &book.styles.note)?;
    }
    sheet.inner.protect_with_options(&ProtectionOptions::new());
    sheet.print(&stamp.print(("", pick(lang, "填写说明", "Notes")), "", None))?;
    book.add(sheet, pick(lang, "填写说明", "Notes")).map(drop)
}

fn lines(lang: Lang) -> Vec<String> {
    let must: Vec<&str> = FIELDS
        .iter()
        .filter(|names| names.required && names.field != Field::Target)
        .map(|names| names.header(lang))
        .collect();
    let must = must.join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => vec![
            "1. 每个被评估单位一张工作表。待定的评价要求排在最前，对结论影响大的在先；其余评价要求列在其后。".to_owned(),
            "2. 只在浅黄色格中填写。“裁定”“角色”从下拉列表选取；裁定为“值”的，按“现场看什么”栏所示填写“值”。".to_owned(),
            format!("3. 作出裁定的行，{must}必须填写。“裁定人”“日期”可以整列填好；“裁定”“理由”等未填的行不作裁定。"),
            "4. 可以筛选；需要排序的，撤销工作表保护（没有密码）后选中全部列排序。隐藏列用于识别各行，不要删除。".to_owned(),
            "5. 几名评估人员各填一份的，不必合并，分别交回即可；意见不一致的，按 panel 口径处理。".to_owned(),
            "6. 填完后用 wangge rulings lint 文件.xlsx 核对，再用 wangge check 材料 --rulings 文件.xlsx 评分。".to_owned(),
        ],
        Lang::En => vec![
            "1. A sheet for each organization. Open requirements come first, those the verdict hangs on most before the others.".to_owned(),
            "2. Fill in the yellow cells alone. Ruling and role are chosen from a list; for a ruling `value` the value has the form told beside it.".to_owned(),
            format!("3. A ruling must have {must}. Person and day may be filled in for whole columns; a row without ruling and reason is no ruling."),
            "4. Filter as you like; to sort, take off the protection (there is no password) and sort all columns together. Hidden columns tell the rows apart: leave them.".to_owned(),
            "5. Several assessors fill in a copy each and hand back all of them; where they disagree the policy `panel` decides.".to_owned(),
            "6. Then: wangge rulings lint FILE.xlsx, and wangge check PATH --rulings FILE.xlsx.".to_owned(),
        ],
    }
}
