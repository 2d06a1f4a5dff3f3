//! What an assessment came to: the score and what it means, by table, eligibility, structure, what is open.

use std::io;

use super::{Subject, phrase, tally};
use crate::model::assurance::Assurance;
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, Score, ScoreTable, Verdict};
use crate::model::text::Lang;
use crate::report::paper::{Align, Chart, Column, Fill, Paper, Row, Series};
use crate::report::words::{self, pick};

/// Requirements named on which an open verdict hangs.
const DECIDING: usize = 5;
/// Open requirements that a table lists.
const OPEN: usize = 30;
/// Clauses named that are not fulfilled.
const CLAUSES: usize = 6;

/// All of it.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    paper.subheading(pick(lang, "总体结论", "Verdict"))?;
    paper.text(&verdict(one, subject))?;
    for text in [deciding(subject), grounds(&one.score, lang), base(subject)].into_iter().flatten() {
        paper.text(&text)?;
    }
    tables(paper, subject)?;
    eligibility(paper, one, lang)?;
    structure(paper, subject)
}

/// Score and verdict in a sentence.
pub(super) fn verdict(one: &Organization, subject: Subject<'_>) -> String {
    let (lang, Score { low, high, full, pass, .. }) = (subject.lang, &one.score);
    let (verdict, range) =
        (phrase::verdict(one.verdict, subject.run.self_evaluation, lang), phrase::points(*low, *high, lang));
    match (lang, one.verdict) {
        (Lang::Zh, Verdict::Open) => format!(
            "得分区间为{range}（满分{full}分），合格线{pass}分在此区间之内，{verdict}。待核实的评价要求全部不符合时得{low}分，全部符合时得{high}分。"
        ),
        (Lang::Zh, _) if low == high => format!("得{range}（满分{full}分，合格线{pass}分），{verdict}。"),
        (Lang::Zh, Verdict::Qualified) => format!(
            "得分区间为{range}（满分{full}分），最低分已达到合格线{pass}分，{verdict}。待核实的评价要求不影响结论。"
        ),
        (Lang::Zh, Verdict::Unqualified) => format!(
            "得分区间为{range}（满分{full}分），最高分仍低于合格线{pass}分，{verdict}。待核实的评价要求不影响结论。"
        ),
        (Lang::En, Verdict::Open) => format!(
            "The score is {range} of {full}; the pass mark of {pass} lies between: {verdict}. It is {low} if all that is open turns out unmet, {high} if all of it is met."
        ),
        (Lang::En, _) => format!("The score is {range} of {full}, with {pass} to pass: {verdict}."),
    }
}

/// What an open verdict hangs on.
fn deciding(subject: Subject<'_>) -> Option<String> {
    let (one, lang) = (subject.one, subject.lang);
    if one.verdict != Verdict::Open || one.deciding.is_empty() {
        return None;
    }
    let named = one.deciding.iter().map(|one| {
        let title = phrase::title(subject.titles, &one.target, lang);
        match lang {
            Lang::Zh => format!("{title}（{}，{}分）", one.target, one.points),
            Lang::En => format!("{title} ({}, {} points)", one.target, one.points),
        }
    });
    let list = phrase::series(&named.collect::<Vec<_>>(), DECIDING, lang);
    Some(match lang {
        Lang::Zh => format!("对结论影响较大的待核实事项为：{list}。核实后方可作出结论。"),
        Lang::En => format!("It hangs above all on: {list}."),
    })
}

/// What the sure points rest on, and what rulings changed.
fn grounds(score: &Score, lang: Lang) -> Option<String> {
    let known = Assurance::ALL.into_iter().filter(|known| score.by_assurance.of(*known) > 0);
    let parts: Vec<_> = known
        .map(|known| {
            let points = score.by_assurance.of(known);
            let points = phrase::points(points, points, lang);
            format!("{}{}{points}", words::assurance(known, lang), pick(lang, "的", ": "))
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    let (parts, low) = (parts.join(pick(lang, "，", ", ")), score.low);
    let before = score.before_rulings;
    let changed = (before.low, before.high) != (score.low, score.high);
    let before = phrase::points(before.low, before.high, lang);
    Some(match (lang, changed) {
        (Lang::Zh, false) => format!("已确定的{low}分中，{parts}。"),
        (Lang::Zh, true) => format!("已确定的{low}分中，{parts}。裁定前的得分为{before}。"),
        (Lang::En, false) => format!("Of the {low} sure points: {parts}."),
        (Lang::En, true) => format!("Of the {low} sure points: {parts}. Before rulings: {before}."),
    })
}

/// The score by the lowest pack alone.
fn base(subject: Subject<'_>) -> Option<String> {
    let lang = subject.lang;
    let base = subject.one.base.as_ref()?;
    let title = if base.title.get(lang).is_empty() { &base.pack } else { base.title.get(lang) };
    let (range, verdict) = (
        phrase::points(base.score.low, base.score.high, lang),
        phrase::verdict(base.verdict, subject.run.self_evaluation, lang),
    );
    Some(match lang {
        Lang::Zh => format!("仅按{title}计算，得{range}，{verdict}。"),
        Lang::En => format!("By {title} alone: {range}; {verdict}."),
    })
}

fn columns(with_own: bool, lang: Lang) -> Vec<Column> {
    let title = |zh, en| pick(lang, zh, en);
    let centre = |title, width| Column { title, width, align: Align::Centre };
    let name = Column {
        title: title("评价项目", "table"),
        width: if with_own { 70 } else { 86 },
        align: Align::Left,
    };
    let mut all = vec![name, centre(title("满分", "full"), 18)];
    if with_own {
        all.push(centre(title("自评分", "own"), 16));
    }
    all.extend([centre(title("得分", "points"), 24), centre(title("得分率", "share"), 28)]);
    all
}

/// Points by table: a table and a chart.
fn tables(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    paper.subheading(pick(lang, "各评价项目得分", "Points by table"))?;
    let with_own = tally::has_own_scores(one);
    let rows = one.tables.iter().map(|table| {
        let name = format!("{} {}", table.id, phrase::table(subject.titles, &table.id, lang));
        row(
            name,
            (table.declared, table.low, table.high),
            with_own.then(|| tally::own_score(table).unwrap_or_default()),
            lang,
        )
    });
    let score = &one.score;
    let mut rows: Vec<Row> = rows.map(Row::Cells).collect();
    let total = pick(lang, "合计", "total").to_owned();
    rows.push(Row::Sum(row(total, (score.full, score.low, score.high), with_own.then(String::new), lang)));
    paper.table(pick(lang, "各评价项目得分", "Points by table"), &columns(with_own, lang), &rows)?;
    for note in one.remarks() {
        paper.note(&format!(
            "{}{}{}",
            pick(lang, "注：", "Note: "),
            note.get(lang),
            pick(lang, "。", ".")
        ))?;
    }
    paper.chart(chart(&one.tables, subject))
}

fn row(name: String, (full, low, high): (u32, u32, u32), own: Option<String>, lang: Lang) -> Vec<String> {
    let mut cells = vec![name, full.to_string()];
    cells.extend(own);
    let share = phrase::share((low.into(), high.into()), full.into(), lang);
    cells.extend([phrase::span(low, high, lang), share]);
    cells
}

/// Bars of points: sure, open, not earned.
fn chart(tables: &[ScoreTable], subject: Subject<'_>) -> Chart {
    let lang = subject.lang;
    let values = |of: fn(&ScoreTable) -> u32| tables.iter().map(|table| u64::from(of(table))).collect();
    let mut series = vec![
        Series {
            name: pick(lang, "已确定得分", "sure"),
            fill: Fill::Solid,
            values: values(|table| table.low),
        },
        Series {
            name: pick(lang, "待核实", "open"),
            fill: Fill::Hatched,
            values: values(|table| table.high.saturating_sub(table.low)),
        },
        Series {
            name: pick(lang, "未得分", "not earned"),
            fill: Fill::Empty,
            values: values(|table| table.declared.saturating_sub(table.high)),
        },
    ];
    series.retain(|series| series.values.iter().any(|value| *value > 0));
    Chart {
        title: pick(lang, "各评价项目得分构成（分）", "Points by table").to_owned(),
        categories: tables.iter().map(|table| phrase::table(subject.titles, &table.id, lang)).collect(),
        series,
        lies: true,
    }
}

/// Whether an application is in order, and what stands against it.
fn eligibility(paper: &mut Paper, one: &Organization, lang: Lang) -> io::Result<()> {
    let found = &one.eligibility;
    if found.conditions.is_empty() {
        return Ok(());
    }
    paper.subheading(pick(lang, "申请评估的条件", "Conditions of application"))?;
    let against = found.conditions.iter().filter(|condition| condition.status != Outcome::Met);
    let each: Vec<_> = against
        .map(|condition| {
            let (clause, reason) = (words::clause(&condition.clause, lang), condition.reason.get(lang));
            let (status, space) = (words::outcome(condition.status, lang), pick(lang, "", " "));
            if reason.is_empty() {
                format!("{clause}{space}{status}")
            } else {
                format!("{clause}{space}{status}{}{reason}", pick(lang, "，", ": "))
            }
        })
        .collect();
    let (status, list) = (words::eligibility(found.status, lang), each.join(pick(lang, "；", "; ")));
    paper.text(&match (lang, list.is_empty()) {
        (Lang::Zh, true) => format!("申请条件（第5部分第5章，不计入得分）：{status}。"),
        (Lang::Zh, false) => format!("申请条件（第5部分第5章，不计入得分）：{status}。其中，{list}。"),
        (Lang::En, true) => format!("Part 5, clause 5, apart from the score: {status}."),
        (Lang::En, false) => format!("Part 5, clause 5, apart from the score: {status}. {list}."),
    })
}

/// How the structure of the system stands, which earns no points.
fn structure(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let (judged, against) = tally::clauses(subject.one);
    if judged == 0 {
        return Ok(());
    }
    paper.subheading(pick(lang, "标准体系结构", "Structure of the standard system"))?;
    let named: Vec<_> = against
        .iter()
        .map(|clause| {
            let (cited, title) = (phrase::clause(clause, lang), phrase::title(subject.titles, clause, lang));
            if title == *clause {
                cited
            } else {
                format!("{cited}{}{title}{}", pick(lang, "（", " ("), pick(lang, "）", ")"))
            }
        })
        .collect();
    let (count, list) = (against.len(), phrase::series(&named, CLAUSES, lang));
    paper.text(&match (lang, count) {
        (Lang::Zh, 0) => format!("对照条款核查标准体系的结构和内容（不计入得分），能够由数据判断的{judged}条均符合。"),
        (Lang::Zh, _) => format!(
            "对照条款核查标准体系的结构和内容（不计入得分），能够由数据判断的有{judged}条，其中{count}条不符合：{list}。"
        ),
        (Lang::En, 0) => format!("Clauses that data can decide (apart from the score): {judged}, all fulfilled."),
        (Lang::En, _) => format!(
            "Clauses that data can decide (apart from the score): {judged}, of which {count} are not fulfilled: {list}."
        ),
    })
}

/// What is open, with the points it decides and what is to be looked at.
pub(super) fn open(paper: &mut Paper, subject: Subject<'_>, caption: &str) -> io::Result<()> {
    let lang = subject.lang;
    let all = tally::open(subject.one);
    let columns = [
        Column { title: pick(lang, "编号", "id"), width: 22, align: Align::Centre },
        Column { title: pick(lang, "评价要求", "requirement"), width: 52, align: Align::Left },
        Column { title: pick(lang, "涉及分值", "points"), width: 18, align: Align::Centre },
        Column { title: pick(lang, "待核实原因", "why it is open"), width: 64, align: Align::Left },
    ];
    let rows: Vec<_> = all
        .iter()
        .take(OPEN)
        .map(|line| {
            let title = phrase::title(subject.titles, line.target, lang);
            let reason = line.reason.get(lang).to_owned();
            Row::Cells(vec![line.target.to_owned(), title, line.open.to_string(), reason])
        })
        .collect();
    paper.table(caption, &columns, &rows)?;
    let left = all.len().saturating_sub(OPEN);
    if left == 0 {
        return Ok(());
    }
    paper.note(&match lang {
        Lang::Zh => format!("注：另有{left}项待核实，见评估工作底稿。"),
        Lang::En => format!("Note: {left} more are open; see the worksheet."),
    })
}
