//! Annexes: points of each item, and every ruling.

use std::io;

use super::{Subject, phrase, tally};
use crate::model::outcome::Outcome;
use crate::model::report::ScoreItem;
use crate::model::ruling::RulingLine;
use crate::model::ruling_form::{RULINGS as WORDS, written};
use crate::model::text::Lang;
use crate::report::paper::{Align, Column, Paper, Row};
use crate::report::words::{self, pick};

/// Rulings listed.
const RULINGS: usize = 200;

/// What the annexes are called.
pub(super) fn titles(subject: Subject<'_>) -> Vec<&'static str> {
    let lang = subject.lang;
    let mut all = vec![pick(lang, "各评价内容得分表", "Points by item")];
    if tally::decided(subject.one).iter().any(|line| !line.rulings.is_empty()) {
        all.push(pick(lang, "裁定情况表", "Rulings"));
    }
    all
}

/// Names the annexes below the text.
pub(super) fn named(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let titles = titles(subject);
    let one = titles.len() == 1;
    for (number, title) in (1..).zip(titles) {
        paper.text(&match (subject.lang, number) {
            (Lang::Zh, _) if one => format!("附件：{title}"),
            (Lang::Zh, 1) => format!("附件：1. {title}"),
            (Lang::Zh, _) => format!("　　　{number}. {title}"),
            (Lang::En, _) => format!("Annex {number}: {title}"),
        })?;
    }
    Ok(())
}

/// Writes them.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let titles = titles(subject);
    let one = titles.len() == 1;
    for (number, title) in (1..).zip(titles) {
        let name = match subject.lang {
            Lang::Zh if one => "附件".to_owned(),
            Lang::Zh => format!("附件{number}"),
            Lang::En => format!("Annex {number}"),
        };
        paper.annex(&name, title)?;
        if number == 1 { items(paper, subject)? } else { rulings(paper, subject)? }
    }
    Ok(())
}

fn items(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let with_own = tally::has_own_scores(subject.one);
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let mut columns = vec![
        column(("编号", "id"), 18, Align::Centre),
        column(("评价内容", "item"), if with_own { 54 } else { 68 }, Align::Left),
        column(("分值", "points"), 14, Align::Centre),
    ];
    if with_own {
        columns.push(column(("自评分", "own"), 14, Align::Centre));
    }
    columns.extend([column(("得分", "score"), 20, Align::Centre), column(("说明", "note"), 36, Align::Left)]);
    let mut rows = Vec::new();
    for table in &subject.one.tables {
        let name = phrase::table(subject.titles, &table.id, lang);
        let (low, high) = (phrase::points(table.low, table.high, lang), table.declared);
        rows.push(Row::Group(match lang {
            Lang::Zh => format!("表{}　{name}（满分{high}分，得{low}）", table.id),
            Lang::En => format!("{} {name} ({low} of {high})", table.id),
        }));
        rows.extend(table.items.iter().map(|item| Row::Cells(item_cells(item, with_own, subject))));
    }
    paper.table("", &columns, &rows)
}

fn item_cells(item: &ScoreItem, with_own: bool, subject: Subject<'_>) -> Vec<String> {
    let lang = subject.lang;
    let mut cells =
        vec![item.id.clone(), phrase::title(subject.titles, &item.id, lang), item.points.to_string()];
    if with_own {
        cells.push(item.self_score.clone().unwrap_or_default());
    }
    cells.extend([phrase::span(item.low, item.high, lang), note(item, lang)]);
    cells
}

/// What is to be said of the points of an item.
fn note(item: &ScoreItem, lang: Lang) -> String {
    let lost = item.points.saturating_sub(item.high);
    let open = item.high.saturating_sub(item.low);
    let mut parts = Vec::new();
    if item.wholly_absent() {
        parts.push(pick(lang, "整项缺失", "nothing there").to_owned());
    } else if lost > 0 {
        parts.push(match lang {
            Lang::Zh => format!("失{lost}分"),
            Lang::En => format!("{lost} lost"),
        });
    }
    if open > 0 {
        parts.push(match lang {
            Lang::Zh => format!("待核实{open}分"),
            Lang::En => format!("{open} open"),
        });
    }
    let left_out = item.requirements.iter().filter(|line| line.outcome == Outcome::NotApplicable).count();
    if left_out > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{left_out}项不适用"),
            Lang::En => format!("{left_out} not applicable"),
        });
    }
    parts.join(pick(lang, "，", ", "))
}

fn rulings(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let columns = [
        column(("编号", "id"), 20, Align::Centre),
        column(("裁定", "ruling"), 20, Align::Centre),
        column(("裁定人、日期", "by, on"), 30, Align::Centre),
        column(("理由和依据", "why"), 60, Align::Left),
        column(("是否采用", "counts"), 26, Align::Centre),
    ];
    let all = tally::decided(subject.one);
    let each = || all.iter().flat_map(|line| line.rulings.iter().map(move |ruling| (line.target, ruling)));
    let rows: Vec<_> =
        each().take(RULINGS).map(|(target, ruling)| Row::Cells(ruling_cells(target, ruling, lang))).collect();
    paper.table("", &columns, &rows)?;
    let left = each().count().saturating_sub(RULINGS);
    if left == 0 {
        return Ok(());
    }
    paper.note(&match lang {
        Lang::Zh => format!("注：另有{left}条裁定，见网页报告。"),
        Lang::En => format!("Note: {left} more rulings are in the page."),
    })
}

fn ruling_cells(target: &str, ruling: &RulingLine, lang: Lang) -> Vec<String> {
    let RulingLine { reason, evidence, .. } = ruling;
    let why = if evidence.is_empty() {
        reason.clone()
    } else {
        format!("{reason}{}{evidence}{}", pick(lang, "（", " ("), pick(lang, "）", ")"))
    };
    vec![
        target.to_owned(),
        ruled(ruling, lang),
        format!("{}\n{}", ruling.by, ruling.date),
        why,
        words::ruling_status(ruling.status, lang).to_owned(),
    ]
}

/// What a ruling says.
fn ruled(ruling: &RulingLine, lang: Lang) -> String {
    let known = WORDS.iter().find(|(_, words)| words.contains(&ruling.ruling.as_str()));
    let word = known.map_or(ruling.ruling.as_str(), |(_, words)| written(words, lang));
    ruling.value.as_ref().map_or_else(|| word.to_owned(), |value| format!("{word} {value}"))
}
