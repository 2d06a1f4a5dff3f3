//! Names of the persons of a submission, to be found wherever they stand.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::mask::LIST;
use super::plain_chars::{Folded, is_han, is_spacing};
use crate::table::Table;
use crate::table::column::{Column, Texts, View};
use crate::table::table_schema::Privacy;

/// What stands in columns of names and is none.
const NOBODY: [&str; 24] = [
    "无",
    "暂无",
    "待定",
    "待补",
    "不详",
    "未知",
    "同上",
    "略",
    "空",
    "没有",
    "详见附件",
    "见附件",
    "匿名",
    "全体",
    "全员",
    "各部门",
    "专家",
    "网格员",
    "负责人",
    "组长",
    "主任",
    "none",
    "null",
    "n/a",
];

/// Words of bodies and places. Their names are masked in the columns of names, not elsewhere: the name of the office
/// that approved a document is no personal data, and stands in every other cell.
const BODIES: [&str; 44] = [
    "政府",
    "委员会",
    "办公室",
    "中心",
    "公司",
    "小区",
    "社区",
    "学校",
    "小学",
    "中学",
    "大学",
    "幼儿园",
    "医院",
    "银行",
    "超市",
    "商店",
    "酒店",
    "饭店",
    "工厂",
    "协会",
    "合作社",
    "大厦",
    "广场",
    "派出所",
    "服务站",
    "管理站",
    "工作站",
    "居委会",
    "村委会",
    "街道",
    "支部",
    "党委",
    "管理局",
    "监督局",
    "公安局",
    "民政局",
    "司法局",
    "研究院",
    "研究所",
    "经营部",
    "服务部",
    "卫生室",
    "药店",
    "网格",
];

/// Characters of the shortest and the longest name.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;

/// Finds names in time linear in the text.
#[derive(Debug)]
pub(super) struct Names(Option<AhoCorasick>);

impl Names {
    /// Those in the columns of names of these tables.
    pub(super) fn of<'t>(tables: impl Iterator<Item = &'t Table>) -> Self {
        let mut names = BTreeSet::new();
        for table in tables {
            for (at, column) in table.columns.iter().enumerate() {
                if table.privacy(at) == Some(Privacy::Name) {
                    gather(column, &mut names);
                }
            }
        }
        Self::build(names)
    }

    fn build(names: BTreeSet<String>) -> Self {
        if names.is_empty() {
            return Self(None);
        }
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        Self(AhoCorasick::builder().kind(kind).build(names).ok())
    }

    /// Those in these cells of a column of names.
    #[cfg(test)]
    pub(super) fn in_cells<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut names = BTreeSet::new();
        cells.for_each(|cell| names_in(cell, &mut names));
        Self::build(names)
    }

    /// Where names stand, as characters of the text; what overlaps is one.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let Some(automaton) = self.0.as_ref().filter(|_| !text.is_empty()) else { return Vec::new() };
        if is_folded(text) && !automaton.is_match(text) {
            return Vec::new();
        }
        let folded = Folded::of(text);
        let whole = |bytes: &Range<usize>| is_word(&folded.text, bytes);
        let spans = automaton.find_overlapping_iter(&folded.text).map(|found| found.range()).filter(whole);
        let mut spans: Vec<Range<usize>> = spans.filter_map(|bytes| folded.chars(bytes)).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup_by(|next, before| {
            let overlaps = next.start < before.end;
            if overlaps {
                before.end = before.end.max(next.end);
            }
            overlaps
        });
        spans
    }
}

/// A quick yes for texts in which a name would stand as it is looked for: most cells, and most have none.
fn is_folded(text: &str) -> bool {
    let plain = |c: char| match c {
        '!'..='~' => !c.is_ascii_uppercase(),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3011}' | '，' | '：' | '；' | '（' | '）' | '“' | '”' => {
            true
        }
        _ => false,
    };
    let mut ideograph = false;
    text.chars().all(|c| {
        let spaces = std::mem::replace(&mut ideograph, is_han(c)) && is_spacing(c);
        plain(c) && !spaces
    })
}

fn gather(column: &Column, names: &mut BTreeSet<String>) {
    let mut coded = false;
    for at in 0..column.chunks() {
        let chunk = column.chunk(at);
        match chunk.view() {
            View::Text(Texts::Coded { dictionary, .. }) => {
                if !coded {
                    dictionary.iter().for_each(|cell| names_in(cell, names));
                }
                coded = true;
            }
            View::Text(texts @ Texts::Plain { .. }) => {
                (0..chunk.rows()).for_each(|row| names_in(texts.get(row), names));
            }
            _ => return,
        }
    }
}

/// The names in a cell: several with signs between them, perhaps with a remark in brackets.
fn names_in(cell: &str, names: &mut BTreeSet<String>) {
    for part in cell.split(LIST) {
        let bare = part.split(['(', '（', '[', '【', '〔']).next().unwrap_or(part);
        for name in [Some(part), Some(bare).filter(|bare| *bare != part)].into_iter().flatten() {
            let name = Folded::of(name.trim()).text;
            if is_name(&name) {
                names.insert(name);
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    let ideographs = || name.chars().filter(|c| is_han(*c)).count();
    LENGTHS.contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !NOBODY.contains(&name)
        && (ideographs() < 2 || !is_body(name))
}

/// Whether the name has a word of [`BODIES`].
fn is_body(name: &str) -> bool {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| AhoCorasick::new(BODIES).ok());
    words.as_ref().is_some_and(|words| words.is_match(name))
}

/// Letters of an alphabet are a name only as a word of their own.
fn is_word(text: &str, bytes: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
    let inside = text.get(bytes.clone()).unwrap_or_default();
    let before = text.get(..bytes.start).and_then(|before| before.chars().next_back());
    let after = text.get(bytes.end..).and_then(|after| after.chars().next());
    let runs_on = |edge, beside| letter(edge) && letter(beside);
    !runs_on(inside.chars().next(), before) && !runs_on(inside.chars().next_back(), after)
}
