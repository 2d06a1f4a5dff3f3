//! Rows that are not data: totals, remarks, signatures, and titles and headers that are repeated.

use std::sync::LazyLock;

use regex::Regex;

use super::batch::Record;
use super::header::Layout;
use super::row::Row;
use crate::model::diagnosis::LeftOutReason;
use crate::model::row::RawCell;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// First cells of total rows, as folded names, a colon or bracket after them aside.
const TOTALS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总合计",
    "本页小计",
    "本页合计",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
];

/// Beginnings of remark and signature rows, as folded names.
static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:备注|注|说明|填表说明|填报说明|联系人|联系电话|审核|制表|填表|填报|批准|签字|盖章|note|notes|remarks?)[0-9]?:",
        r"|填[表报](?:人|单位|日期|时间)|制表(?:人|单位|日期|时间)|审核人|复核人|单位负责人|负责人签[字名]",
        r"|单位[(]?盖章|[(]?盖章[)]?|[(]?公章[)]?|第[0-9]+页",
        r"|总?共(?:计|有)?[0-9]+(?:条|行|项|人|户|个|件|份|笔|页|次|名|处|家)?(?:记录|数据|信息|结果)?[,;。)]*(?:第?[0-9]+页.*)?$",
        r"|(?:总)?(?:记录|数据|行|条)(?:总)?数[:][0-9]+",
        r"|(?:导出|打印|生成|下载|查询|统计|更新|报表|报送|填报|采集|截止|截至)(?:时间|日期)(?:[:(]|[0-9]|$)",
        r"|(?:导出|打印|生成|下载|查询|统计|更新|报送|填报|采集|筛选)(?:人|人员|单位|用户|条件|口径)[:]",
        r"|数据(?:来源|截止|截至|更新)(?:时间|日期)?(?:[:至]|[0-9])|[(]?以[上下](?:空白|无正文|为空)",
        r"|(?:经办|填报|制单|统计|录入|汇总|校对|签发|分管)(?:人|负责人|领导)?(?:签[字名])?[:])",
    ))
    .ok()
});

/// The ideographs that the above begin with.
const INITIALS: &str =
    "合总小共累本备注说填联审制批签盖单负复第公记数行条导打生下查统更报采截以筛经录汇校分示样例范举";

/// A remark has its sentence and perhaps a name and a date; more cells are a row of data.
const MOST_CELLS_OF_A_REMARK: usize = 6;

/// What a title says of the page it stands on, at the end of its folded form.
static CONTINUED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:[(\[【〔]?(?:接上[页表]|续上?[页表]?[0-9一二三四五六七八九十]*)[)\]】〕]?)+$").ok()
});

/// The lines that stand alone above a header at this position, as [`is_title`] compares them.
pub(super) fn titles(rows: &[Row<'_>], position: usize) -> Vec<String> {
    let above = rows.get(..position).unwrap_or_default();
    above.iter().filter_map(lone).map(|text| without_mark(&text).to_owned()).collect()
}

/// The folded text of a row that has nothing else.
fn lone(row: &Row<'_>) -> Option<String> {
    match row.cells() {
        [(_, RawCell::Text(text))] if row.fills.is_empty() => Some(normalize::name(text)),
        _ => None,
    }
}

fn without_mark(title: &str) -> &str {
    let mark = CONTINUED.as_ref().and_then(|continued| continued.find(title));
    mark.and_then(|mark| title.get(..mark.start())).unwrap_or(title)
}

/// Whether the row is a line from above the header, printed again on a later page, or the title of the table with a word
/// that it goes on.
fn is_title(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> bool {
    let Some(text) = lone(row) else { return false };
    let title = without_mark(&text);
    let named = || {
        let mut names = std::iter::once(&table.zh).chain(&table.aliases);
        names.any(|name| title.ends_with(normalize::name(name).as_str()))
    };
    layout.titles.iter().any(|known| known == title) || (title.len() < text.len() && named())
}

/// Why the row is no data, if it is none.
pub(super) fn left_out(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> Option<LeftOutReason> {
    if has_content(layout, row) { aside(table, layout, row) } else { Some(LeftOutReason::Blank) }
}

/// What the row is beside the data, if it is anything of the kind: a title, a total, a remark, a header.
pub(super) fn aside(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> Option<LeftOutReason> {
    if is_title(table, layout, row) {
        return Some(LeftOutReason::Title);
    }
    if is_lone_remark(layout, row) {
        return Some(LeftOutReason::Remark);
    }
    let mut texts = row.cells().iter().filter_map(|(at, cell)| match cell {
        RawCell::Text(text) if may_be_label(text) => Some((*at, normalize::name(text))),
        _ => None,
    });
    let first = row.cells().first().map(|(at, _)| *at);
    let is_remark = |at: u32, label: &str| {
        let begins = REMARK.as_ref().is_some_and(|remark| remark.is_match(label));
        Some(at) == first && begins && row.cells().len() <= MOST_CELLS_OF_A_REMARK
    };
    let labelled = |(at, label): (u32, String)| {
        let why = match label.as_str() {
            label if is_total(label) => LeftOutReason::Total,
            label if is_remark(at, label) => LeftOutReason::Remark,
            _ => return None,
        };
        (!is_data(table, layout, row, at)).then_some(why)
    };
    texts.find_map(labelled).or_else(|| repeats_header(layout, row).then_some(LeftOutReason::Header))
}

/// Whether a declared cell is filled with more than the running number of the row.
fn has_content(layout: &Layout, row: &Row<'_>) -> bool {
    let filled =
        |(place, header): &(u32, String)| row.get(*place).is_some_and(|cell| !is_counter(header, cell));
    let filled = layout.columns.iter().flatten().any(filled);
    filled || row.fills.iter().any(|(column, _)| layout.columns.iter().flatten().any(|(at, _)| at == column))
}

/// Whether a cell is a running number: under a header that says so.
fn is_counter(header: &str, cell: &RawCell<'_>) -> bool {
    let is_number = match cell {
        RawCell::Number(_) => true,
        RawCell::Text(text) => normalize::name(text).bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    is_number && COUNTERS.contains(&normalize::name(header).as_str())
}

/// Whether a header is that of running numbers.
pub(super) fn is_counter_header(header: &str) -> bool {
    COUNTERS.contains(&normalize::name(header).as_str())
}

/// Headers of running numbers, as folded names.
const COUNTERS: [&str; 6] = ["序号", "行号", "顺序号", "项次", "no.", "no"];

/// Whether a row has a single text of the form of a remark: a label and what it says, or a sentence.
fn is_lone_remark(layout: &Layout, row: &Row<'_>) -> bool {
    let declared = layout.columns.iter().flatten().count();
    let Some(text) = lone(row).filter(|_| declared > 2) else { return false };
    let label = text.split_once(':').map(|(label, _)| label.chars().count());
    let is_labelled = label.is_some_and(|label| (2..=LONGEST_LABEL).contains(&label));
    let is_chinese = text.chars().next().is_some_and(|first| ('\u{4e00}'..='\u{9fff}').contains(&first));
    is_chinese && (is_labelled || (text.ends_with('。') && text.chars().count() > LONGEST_LABEL))
}

/// Characters of a label before a colon.
const LONGEST_LABEL: usize = 8;

/// A quick yes for the fields of a record, the first and the last filled of which are given: none says that the row is no
/// data.
pub(super) fn are_plain(layout: &Layout, record: &Record<'_>, first: &str, last: &str) -> bool {
    let own = layout.columns.iter().flatten().any(|(place, header)| {
        let at = usize::try_from(*place).ok().and_then(|place| place.checked_sub(1));
        let field = at.map_or("", |at| record.field(at));
        !normalize::is_blank(field)
            && (!field.starts_with(|c: char| c.is_numeric()) || !COUNTERS.contains(&header.as_str()))
    });
    own && !may_be_label(first) && !may_be_label(last)
}

/// What rows directly under a header may be that explain it: its columns numbered, its names in English, or an example.
pub(super) fn explains(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> bool {
    numbers_columns(row) || translates(table, layout, row) || is_example(table, layout, row)
}

/// `1 | 2 | 3`, `A | B | C`, `甲 | 乙 | 1 | 2`.
fn numbers_columns(row: &Row<'_>) -> bool {
    let (mut letters, mut stems, mut numbers) = (0_u32, 0_usize, 0_u32);
    let stems_of = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let next = |(_, cell): &(u32, RawCell<'_>)| {
        let text = header_text(cell);
        let text = text.trim_matches(['(', ')', '[', ']', '<', '>', '第', '栏', '列']);
        // A sum is written behind its number: `5=3+4`.
        let text = text.split('=').next().unwrap_or(text);
        let letter = char::from_u32(u32::from(b'a').saturating_add(letters)).map(String::from);
        if text.parse() == Ok(numbers.saturating_add(1)) {
            numbers = numbers.saturating_add(1);
        } else if stems_of.get(stems) == Some(&text) {
            stems = stems.saturating_add(1);
        } else if letter.as_deref() == Some(text) {
            letters = letters.saturating_add(1);
        } else {
            return false;
        }
        true
    };
    row.cells().len() >= FEWEST_NUMBERED && row.cells().iter().all(next)
}

/// Columns that a row of column numbers has at least.
const FEWEST_NUMBERED: usize = 3;

fn header_text(cell: &RawCell<'_>) -> String {
    match cell {
        RawCell::Text(text) => normalize::name(text),
        RawCell::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Whether a row has the names of the columns again, in English: words without figures in all of them, also where days,
/// numbers or declared words are wanted.
fn translates(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> bool {
    let is_word = |(_, cell): &(u32, RawCell<'_>)| {
        let text = header_text(cell);
        text.bytes().any(|byte| byte.is_ascii_alphabetic())
            && text.bytes().all(|byte| !byte.is_ascii_digit())
            && text.is_ascii()
    };
    let is_typed =
        |decl: &ColumnDecl| !matches!(decl.kind, ColumnType::Text | ColumnType::Code | ColumnType::Codes);
    let typed = table.columns.iter().zip(&layout.columns).any(|(decl, found)| {
        is_typed(decl) && found.as_ref().is_some_and(|(place, _)| row.get(*place).is_some())
    });
    let headers = layout.columns.iter().flatten().count();
    typed && row.cells().len().saturating_mul(2) > headers && row.cells().iter().all(is_word)
}

/// Texts that say that a row is an example.
static EXAMPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[(\[【〔]?(?:填写|填报)?(?:示例|样例|范例|举例|例如|例子|例行|样本行|例)[0-9]?[)\]】〕]?(?:[:]|行|数据|$)").ok()
});

/// Whether a row is an example: it says so, or a cell of it lists the words that may stand there.
fn is_example(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> bool {
    let first = row.cells().first().map(|(at, _)| *at);
    // A name or a word of the data may be 示例 as well.
    let is_mark =
        |at: u32| Some(at) == first || !layout.columns.iter().flatten().any(|(place, _)| *place == at);
    let says = |(at, cell): &(u32, RawCell<'_>)| {
        is_mark(*at) && EXAMPLE.as_ref().is_some_and(|example| example.is_match(&header_text(cell)))
    };
    let lists = |(decl, found): (&ColumnDecl, &Option<(u32, String)>)| {
        let cell = found.as_ref().and_then(|(place, _)| row.get(*place));
        decl.kind == ColumnType::Enumerated && cell.is_some_and(|cell| lists_words(decl, &header_text(cell)))
    };
    row.cells().iter().any(says) || table.columns.iter().zip(&layout.columns).any(lists)
}

/// `专职/兼职/无`.
fn lists_words(decl: &ColumnDecl, text: &str) -> bool {
    let words = || text.split(['/', '|', '、', ',']);
    let known = |word: &str| decl.values.values().flatten().any(|own| normalize::name(own) == word);
    words().count() > 1 && words().filter(|word| known(word)).count() > 1
}

/// A quick no for what most rows begin with: a code, or a word that no label begins with.
pub(super) fn may_be_label(first: &str) -> bool {
    let mut start = first.trim_start().chars();
    let initial = start.next().unwrap_or(' ').to_ascii_lowercase();
    let next = start.next().unwrap_or(' ').to_ascii_lowercase();
    match (initial, next) {
        ('t' | 's' | 'g' | 'n' | 'r', 'a'..='z' | '0'..='9' | '-' | '_' | '.') => {
            matches!((initial, next), ('t' | 'n', 'o') | ('s', 'u') | ('g', 'r') | ('r', 'e'))
        }
        ('t' | 's' | 'g' | 'n' | 'r' | '(', _) => true,
        ('\u{4e00}'..='\u{9fff}', _) => INITIALS.contains(initial),
        _ => !initial.is_ascii(),
    }
}

/// A quick no: whether the first column stands under its own header again.
pub(super) fn may_repeat_header(layout: &Layout, record: &Record<'_>) -> bool {
    let first = layout.columns.iter().flatten().next();
    first.is_some_and(|(place, header)| {
        let field = usize::try_from(*place).ok().and_then(|place| place.checked_sub(1));
        field.is_some_and(|at| normalize::trimmed(record.field(at)) == header)
    })
}

fn is_total(label: &str) -> bool {
    let bare = normalize::without_brackets(label);
    TOTALS.contains(&bare.trim_end_matches([':', '数']))
}

/// Whether the row is data all the same: its key stands outside the cell in question, and so does at least half
/// of what its table requires.
fn is_data(table: &TableDecl, layout: &Layout, row: &Row<'_>, label_at: u32) -> bool {
    let filled = |column: usize| {
        let place = layout.columns.get(column).and_then(Option::as_ref).map(|(place, _)| *place);
        place.is_some_and(|place| place != label_at && row.get(place).is_some())
    };
    let share = |wanted: fn(&ColumnDecl) -> bool| {
        let wanted: Vec<_> =
            table.columns.iter().enumerate().filter(|(_, decl)| wanted(decl)).map(|(at, _)| at).collect();
        (wanted.iter().filter(|at| filled(**at)).count(), wanted.len())
    };
    let (keys, all_keys) = share(|decl| decl.key);
    let (required, all_required) = share(|decl| decl.required);
    all_keys > 0 && keys == all_keys && required.saturating_mul(2) >= all_required
}

/// A header printed again on a later page.
fn repeats_header(layout: &Layout, row: &Row<'_>) -> bool {
    let mut found = layout.columns.iter().flatten().peekable();
    let same = |place: u32, header: &str| match row.get(place) {
        Some(RawCell::Text(text)) => normalize::trimmed(text) == header,
        _ => false,
    };
    found.peek().is_some() && found.all(|(place, header)| same(*place, header))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_is_known_without_the_mark_of_its_page() {
        for title in [
            "标准体系表(续表)",
            "标准体系表(续)",
            "标准体系表续表2",
            "标准体系表续二",
            "标准体系表(接上页)",
            "标准体系表",
        ] {
            assert_eq!(without_mark(title), "标准体系表");
        }
        assert_eq!(without_mark("续聘合同管理"), "续聘合同管理");
    }

    /// Without the quick no.
    fn is_label(text: &str) -> bool {
        let initial = text.trim_start().chars().next().unwrap_or(' ');
        let quick =
            initial.is_ascii() && !matches!(initial.to_ascii_lowercase(), 't' | 's' | 'g' | 'n' | 'r' | '(');
        let label = normalize::name(text);
        !quick && (is_total(&label) || REMARK.as_ref().is_some_and(|remark| remark.is_match(&label)))
    }

    #[test]
    fn the_quick_no_loses_none_of_the_labels_looked_for() {
        let remarks = concat!(
            "备注: 注: 说明: 填表说明: 填报说明: 联系人: 联系电话: 审核: 制表: 填表: 填报: 批准: 签字: 盖章: note: notes: ",
            "导出时间 统计人: 数据来源: 共2条记录 以下空白 remark: remarks1: 填表人 填报日期 制表单位 审核人 复核人 单位负责人 负责人签字 单位盖章 (盖章) 公章 (公章) 第1页",
        );
        for label in remarks.split(' ').chain(TOTALS) {
            assert!(is_label(label) && may_be_label(label), "{label}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_no_loses_no_label(parts in proptest::collection::vec(
            prop::sample::select(vec![
                " ", "\u{200b}", "\u{3000}", "合", "计", "合计", "总计", "注", ":", "：", "(", "（", ")", "【", "】", "t", "to",
                "total", "TOTAL", "ｔotal", "s", "sum", "Sub", "grand", "note", "No", "remarks", "1", "甲", "单位", "盖章", "填表人",
                "第", "页", "数", "-", "_", "说明", "\u{2f29}",
            ]), 0..5)) {
            let text = parts.concat();
            prop_assert!(may_be_label(&text) || !is_label(&text), "{text:?}");
        }
    }
}
