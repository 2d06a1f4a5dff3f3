//! The main problems in sentences, and all of them in a table.

use std::io;

use super::tally::Losing;
use super::{Subject, phrase, tally};
use crate::model::finding::Severity;
use crate::model::outcome::Outcome;
use crate::model::text::Lang;
use crate::report::paper::{Align, Column, Paper, Row};
use crate::report::problem::{Problem, problems};
use crate::report::words::{self, pick};

/// Items told of in sentences: those that lose most.
const MAIN: usize = 12;
/// Requirements named of one item.
const NAMED: usize = 4;
/// Kinds of faulty data named.
const DATA: usize = 4;
/// Problems that a table lists: more than these nobody reads on paper.
const LISTED: usize = 60;

/// The main problems by table.
pub(super) fn main(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let all = tally::losing(subject.one);
    let main = greatest(&all);
    if main.is_empty() {
        paper.text(pick(lang, "没有发现确定失分的评价内容。", "No item loses points for sure."))?;
    }
    let groups = main.chunk_by(|one, next| one.table.id == next.table.id);
    for group in groups {
        let Some(first) = group.first() else { continue };
        let name = phrase::table(subject.titles, &first.table.id, lang);
        let (id, full) = (&first.table.id, first.table.declared);
        let earned = phrase::points(first.table.low, first.table.high, lang);
        paper.subheading(&match lang {
            Lang::Zh => format!("{name}（满分{full}分，得{earned}）"),
            Lang::En => format!("{id} {name} ({earned} of {full})"),
        })?;
        group.iter().try_for_each(|one| item(paper, one, subject))?;
    }
    rest(paper, &all, &main, lang)?;
    data(paper, subject)
}

/// The items that lose most, in the order of the report.
fn greatest<'a>(all: &[Losing<'a>]) -> Vec<Losing<'a>> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(all.get(*at).map_or(0, |one| one.lost)));
    order.truncate(MAIN);
    order.sort_unstable();
    order.iter().filter_map(|at| all.get(*at)).copied().collect()
}

fn item(paper: &mut Paper, one: &Losing<'_>, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let (title, lost) =
        (phrase::title(subject.titles, &one.item.id, lang), phrase::points(one.lost, one.lost, lang));
    let lead = match lang {
        Lang::Zh => format!("{title}（失{lost}）。"),
        Lang::En => format!("{title} ({lost} lost). "),
    };
    paper.point(&lead, &reasons(one, subject))
}

/// Why an item loses points.
fn reasons(one: &Losing<'_>, subject: Subject<'_>) -> String {
    let (item, lang) = (one.item, subject.lang);
    if let Some(award) = &item.award {
        return format!("{}{}", phrase::brief(award.reason.get(lang)), pick(lang, "。", "."));
    }
    let titles = |outcome: Outcome| {
        let lines = item.requirements.iter().filter(move |line| line.outcome == outcome && !line.superseded);
        lines
            .map(|line| (phrase::title(subject.titles, &line.id, lang), phrase::brief(line.reason.get(lang))))
    };
    let absent: Vec<String> = titles(Outcome::Absent).map(|(title, _)| title).collect();
    let unmet: Vec<String> = titles(Outcome::Unmet)
        .map(|(title, reason)| match lang {
            _ if reason.is_empty() => title,
            Lang::Zh => format!("“{title}”，{reason}"),
            Lang::En => format!("{title}: {reason}"),
        })
        .collect();
    let (stop, mut parts) = (pick(lang, "。", "."), Vec::new());
    if item.wholly_absent() {
        let clause = words::clause(&subject.titles.catalog.owed, lang);
        parts.push(match lang {
            Lang::Zh => format!("整项缺失，按{clause}计0分。"),
            Lang::En => format!("Nothing is there: 0 points ({clause})."),
        });
    }
    if !absent.is_empty() {
        let list = phrase::series(&absent, NAMED, lang);
        parts.push(format!("{}{list}{stop}", pick(lang, "没有做到：", "Not there: ")));
    }
    if !unmet.is_empty() {
        let list = phrase::series(&unmet, NAMED, lang);
        parts.push(format!("{}{list}{stop}", pick(lang, "不符合要求：", "Not fulfilled: ")));
    }
    parts.join(pick(lang, "", " "))
}

/// How much the items lose that are not told of.
fn rest(paper: &mut Paper, all: &[Losing<'_>], main: &[Losing<'_>], lang: Lang) -> io::Result<()> {
    let sum = |of: &[Losing<'_>]| of.iter().fold(0_u32, |sum, one| sum.saturating_add(one.lost));
    let (count, lost) = (all.len().saturating_sub(main.len()), sum(all).saturating_sub(sum(main)));
    if count == 0 {
        return Ok(());
    }
    paper.text(&match lang {
        Lang::Zh => format!("此外，另有{count}项评价内容共失{lost}分，见附表。"),
        Lang::En => format!("{count} more items lose {lost} points together; see the annex."),
    })
}

/// What is wrong with the data itself.
fn data(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    let faults = one
        .findings
        .iter()
        .filter(|finding| finding.rule.starts_with("data.") && finding.severity != Severity::Advice);
    let mut told: Vec<String> = Vec::new();
    for message in faults.map(|finding| phrase::brief(finding.message.get(lang))) {
        if !told.contains(&message) {
            told.push(message);
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    paper.subheading(pick(lang, "申报数据", "The data submitted"))?;
    let count = told.len();
    let list = told.iter().take(DATA).cloned().collect::<Vec<_>>().join(pick(lang, "；", "; "));
    paper.text(&match (lang, count > DATA) {
        (Lang::Zh, false) => format!("申报材料的数据有{count}类填报问题：{list}。"),
        (Lang::Zh, true) => format!("申报材料的数据有{count}类填报问题，主要是：{list}。"),
        (Lang::En, false) => format!("{count} faults of the data: {list}."),
        (Lang::En, true) => format!("{count} faults of the data, among them: {list}."),
    })
}

/// A column of the table of problems.
type ProblemColumn = (Column, fn(&Problem<'_>, usize, Lang) -> String);

/// The clause a problem is against.
fn clause(problem: &Problem<'_>, lang: Lang) -> String {
    let cited = problem.clause(lang);
    if cited == problem.target() { phrase::clause(&cited, lang) } else { cited }
}

/// The columns of the table; those to be filled in where the paper is the organization's own.
fn columns(own: bool, lang: Lang) -> Vec<ProblemColumn> {
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let mut all: Vec<ProblemColumn> = vec![
        (column(("序号", "no."), 11, Align::Centre), |_, number, _| number.to_string()),
        (column(("问题", "problem"), if own { 51 } else { 60 }, Align::Left), |problem, _, lang| {
            problem.message(lang).to_owned()
        }),
        (column(("条款", "clause"), 21, Align::Centre), |problem, _, lang| clause(problem, lang)),
        (column(("失分", "lost"), 16, Align::Centre), |problem, _, _| problem.lost.clone()),
        (
            column(("整改措施", "what to do"), if own { 35 } else { 48 }, Align::Left),
            |problem, _, lang| problem.help(lang).to_owned(),
        ),
    ];
    if own {
        all.push((column(("责任部门、期限", "who, until"), 22, Align::Left), |problem, _, lang| {
            problem.departments().into_iter().take(2).collect::<Vec<_>>().join(pick(lang, "、", ", "))
        }));
    }
    all
}

/// The problems in a table, those that cost points first; how many are left out.
pub(super) fn table(paper: &mut Paper, subject: Subject<'_>, own: bool, caption: &str) -> io::Result<()> {
    let lang = subject.lang;
    let (losing, others): (Vec<_>, Vec<_>) = found(subject).partition(|problem| !problem.lost.is_empty());
    let count = losing.len().saturating_add(others.len());
    let columns = columns(own, lang);
    let shown = losing.iter().chain(&others).take(LISTED);
    let rows: Vec<_> = (1..)
        .zip(shown)
        .map(|(number, problem)| {
            Row::Cells(columns.iter().map(|(_, of)| of(problem, number, lang)).collect())
        })
        .collect();
    let heads: Vec<Column> = columns.iter().map(|(column, _)| *column).collect();
    paper.table(caption, &heads, &rows)?;
    let left = count.saturating_sub(LISTED);
    if left == 0 {
        return Ok(());
    }
    paper.note(&match lang {
        Lang::Zh => format!("注：本表列出{LISTED}项，失分的在前；其余{left}项见整改清单（工作簿）。"),
        Lang::En => format!("Note: {LISTED} are listed, those that cost points first; {left} more are in the list of the workbook."),
    })
}

/// How many problems there are, and how many of them cost points.
pub(super) fn count(subject: Subject<'_>) -> (usize, usize) {
    let all: Vec<_> = found(subject).collect();
    (all.len(), all.iter().filter(|problem| !problem.lost.is_empty()).count())
}

/// What is to be put right now: what was last time and is gone does not stand in a paper.
fn found(subject: Subject<'_>) -> impl Iterator<Item = Problem<'_>> {
    problems(subject.one, subject.lang).into_iter().filter(Problem::is_found)
}
