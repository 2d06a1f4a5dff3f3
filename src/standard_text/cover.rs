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
    let numbered = lines.iter().position(|line| is_number(line));
    let number =
        numbered.and_then(|at| lines.get(at)).map(|line| designation::plain(line)).unwrap_or_default();
    let title = title(&lines, numbered).or_else(|| document.title.clone()).unwrap_or_default();
    let day = |word: &str| {
        lines.iter().filter(|line| normalize::name(line).contains(word)).find_map(|line| day(line, word))
    };
    Cover {
        number: number.trim().to_owned(),
        title,
        issued: day("发布"),
        effective: day("实施"),
        text: lines.join("\n"),
    }
}

/// Whether a line is the number of a standard and nothing else.
fn is_number(line: &str) -> bool {
    let plain = designation::plain(line);
    let plain = plain.trim().trim_start_matches("标准编号").trim_start_matches(['：', ':', ' ']);
    match designation::all(plain).as_slice() {
        [named] => {
            let all = named.number.len().saturating_add(named.edition.len()).saturating_add(1);
            named.rest.is_empty() && all >= plain.len()
        }
        _ => false,
    }
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
    let plain = designation::plain(line);
    let (before, after) = plain.split_once(word)?;
    let behind = after.trim_start_matches(['日', '期', '时', '间', '：', ':', ' ']);
    let digits = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let last: String =
        digits(before).rsplit(|c: char| !is_of_day(c)).find(|part| !part.is_empty())?.to_owned();
    let written = |text: &str| match date::parse(text)? {
        Written::Day(day) => Some(day),
        Written::Month(_) => None,
    };
    written(&last).or_else(|| written(digits(behind).split(|c: char| !is_of_day(c)).next()?))
}

/// Whether a character may stand in a date.
const fn is_of_day(c: char) -> bool {
    matches!(c, '0'..='9' | '-' | '/' | '.' | '年' | '月' | '日')
}
