//! A history as a table for programs: a line for each thing and day. Sums are exact; whoever shows a mean divides them.

use std::io;

use super::{History, Series, SeriesKind, Standing};
use crate::model::text::Lang;
use crate::report::output::csv::{cell, headers, table};
use crate::report::words;

/// Number of columns.
const COLUMNS: usize = 9;

/// The headers in both languages.
const HEADERS: [(&str, &str); COLUMNS] = [
    ("类别", "kind"),
    ("编号", "id"),
    ("名称", "name"),
    ("评价日", "as of"),
    ("单位数", "organizations"),
    ("确定得分合计", "low"),
    ("最高可得分合计", "high"),
    ("分值合计", "full"),
    ("结论", "verdict"),
];

/// The history as CSV with a byte order mark.
///
/// # Errors
///
/// A line cannot be written, which does not happen in memory.
pub fn csv(history: &History, lang: Lang) -> io::Result<Vec<u8>> {
    let all = SeriesKind::ALL.into_iter().flat_map(|kind| history.of(kind));
    let lines = all.flat_map(|series| series.days.iter().map(move |(day, one)| line(series, day, one, lang)));
    let mut text = headers(&HEADERS, false, lang).into_bytes();
    text.extend(table(lines, false)?);
    Ok(text)
}

fn line(series: &Series, day: &str, one: &Standing, lang: Lang) -> [String; COLUMNS] {
    let (zh, en) = series.kind.word();
    [
        words::pick(lang, zh, en).to_owned(),
        cell(&series.id),
        cell(series.name.get(lang)),
        day.to_owned(),
        one.organizations.to_string(),
        one.low.to_string(),
        one.high.to_string(),
        if one.full == 0 { String::new() } else { one.full.to_string() },
        one.verdict.map(|verdict| words::verdict(verdict, lang).to_owned()).unwrap_or_default(),
    ]
}
