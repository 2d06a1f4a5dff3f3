//! What the cover says: number, title, dates.

use super::designation;
use super::outline::Line;
use crate::document::Document;
use crate::model::written::date::{self, Written};
use crate::table::date::Date;
use crate::table::normalize;

/// The cover of a standard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The number, with its year; empty where there is none.
    pub number: String,
    /// The title, as far as it can be told from the other lines.
    pub title: String,
    /// The day of issue.
    pub issued: Option<Date>,
    /// The day from which it is in force.
    pub effective: Option<Date>,
    /// All it says, a line for each paragraph.
    pub text: String,
}

/// Lines of a cover: what follows stands on a cover no more, where no chapter begins.
const LINES: usize = 40;

/// The cover made of these lines.
pub(super) fn of(lines: &[Line], document: &Document) -> Cover {
    let lines: Vec<&str> = lines
        .iter()
        .take(LINES)
        .map(|line| normalize::trimmed(&line.text))
        .filter(|line| !line.is_empty())
        .collect();
    let number = lines.iter().enumerate().find_map(|(at, line)| Some((at, number(line)?)));
    let (numbered, number) = number.map_or((None, String::new()), |(at, number)| (Some(at), number));
    let title = title(&lines, numbered).or_else(|| document.title.clone()).unwrap_or_default();
    let day = |word: &str| {
        lines.iter().filter(|line| normalize::name(line).contains(word)).find_map(|line| day(line, word))
    };
    Cover { number, title, issued: day("发布"), effective: day("实施"), text: lines.join("\n") }
}

/// The number of the standard in a line that is not about another.
fn number(line: &str) -> Option<String> {
    let name = normalize::name(line);
    if ["代替", "备案", "采用", "按照", "依据"].iter().any(|word| name.contains(word))
        && !name.starts_with(['q', 't', 'd'])
    {
        return None;
    }
    let named = designation::all(line).into_iter().next()?;
    Some(named.whole())
}

/// The first line that may be the title: behind the number if there is one.
fn title(lines: &[&str], numbered: Option<usize>) -> Option<String> {
    let after = numbered.map_or(0, |at| at.saturating_add(1));
    let rest = lines.get(after..)?;
    rest.iter().find(|line| is_title(line)).map(|line| (*line).to_owned())
}

/// Whether a line may be a title: words in Chinese that are neither a kind of standard nor about its issue.
fn is_title(line: &str) -> bool {
    let name = normalize::name(line);
    let han = name.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let is_kind = name.ends_with("标准") && han <= 14 && !name.contains("标准化");
    let is_issue = ["发布", "实施", "代替", "备案", "分类号"].iter().any(|word| name.contains(word));
    han >= 4 && !is_kind && !is_issue && !name.starts_with("ics") && !name.starts_with("ccs")
}

/// The day before a word, or behind it.
fn day(line: &str, word: &str) -> Option<Date> {
    let plain: String = designation::plain(line).chars().filter(|c| !c.is_whitespace()).collect();
    let (before, after) = plain.split_once(word)?;
    let written = |text: &str| match date::parse(text)? {
        Written::Day(day) => Some(day),
        Written::Month(_) => None,
    };
    let before = before.rsplit(|c: char| !is_of_day(c)).find(|part| !part.is_empty());
    let behind = after.trim_start_matches(['日', '期', '时', '间', '：', ':']);
    let behind = behind.split(|c: char| !is_of_day(c)).next();
    before.and_then(written).or_else(|| behind.and_then(written))
}

/// Whether a character may stand in a date.
const fn is_of_day(c: char) -> bool {
    matches!(
        c,
        '0'..='9'
            | '-'
            | '/'
            | '.'
            | '年'
            | '月'
            | '日'
            | '〇'
            | '○'
            | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
    )
}
