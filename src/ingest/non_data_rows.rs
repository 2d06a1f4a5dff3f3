//! Rows that are not data: totals, remarks, signatures, and titles and headers that are repeated.

use std::sync::LazyLock;

use regex::Regex;

use super::batch::Record;
use super::header::Layout;
use super::info::LeftOut;
use super::row::Row;
use crate::model::row::RawCell;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};

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
        r"|单位[(]?盖章|[(]?盖章[)]?|[(]?公章[)]?|第[0-9]+页)",
    ))
    .ok()
});

/// The ideographs that the above begin with.
const INITIALS: &str = "合总小共累本备注说填联审制批签盖单负复第公";

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
pub(super) fn left_out(table: &TableDecl, layout: &Layout, row: &Row<'_>) -> Option<LeftOut> {
    let Some((at, RawCell::Text(first))) = row.cells().first() else { return None };
    if is_title(table, layout, row) {
        return Some(LeftOut::Title);
    }
    let repeated = || repeats_header(layout, row).then_some(LeftOut::Header);
    if !may_be_label(first) {
        return repeated();
    }
    let label = normalize::name(first);
    if is_total(&label) {
        return (!is_data(table, layout, row, *at)).then_some(LeftOut::Total);
    }
    let remark = REMARK.as_ref().is_some_and(|remark| remark.is_match(&label));
    if remark && row.cells().len() <= MOST_CELLS_OF_A_REMARK {
        return (!is_data(table, layout, row, *at)).then_some(LeftOut::Remark);
    }
    repeated()
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
            "remark: remarks1: 填表人 填报日期 制表单位 审核人 复核人 单位负责人 负责人签字 单位盖章 (盖章) 公章 (公章) 第1页",
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
