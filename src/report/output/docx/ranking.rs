//! The ranking of a circular.

use std::io;

use super::phrase;
use crate::model::report::Organization;
use crate::model::summary::{Ranked, Summary};
use crate::model::text::Lang;
use crate::report::paper::{Align, Column, Paper, Row};
use crate::report::summary;
use crate::report::words::{self, pick};

/// Organizations listed on paper.
const LISTED: usize = 500;

/// Who is ranked; a single organization has no rank in the summary.
pub(super) fn ranked(all: &Summary, first: Option<&Organization>) -> Vec<Ranked> {
    if !all.ranking.is_empty() {
        return all.ranking.clone();
    }
    first.map(summary::alone).unwrap_or_default()
}

/// Writes it as an annex.
pub(super) fn write(paper: &mut Paper, ranked: &[Ranked], lang: Lang) -> io::Result<()> {
    if ranked.is_empty() {
        return Ok(());
    }
    paper.annex(pick(lang, "附件", "Annex"), pick(lang, "评估结果排名表", "Ranking"))?;
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let columns = [
        column(("名次", "rank"), 14, Align::Centre),
        column(("单位", "organization"), 66, Align::Left),
        column(("层级", "level"), 32, Align::Centre),
        column(("得分", "points"), 24, Align::Centre),
        column(("结论", "verdict"), 20, Align::Centre),
    ];
    let row = |one: &Ranked| {
        let name = if one.name.is_empty() { &one.id } else { &one.name };
        Row::Cells(vec![
            one.rank.to_string(),
            name.clone(),
            words::level(&one.level, lang).to_owned(),
            phrase::span(one.low, one.high, lang),
            words::verdict(one.verdict, lang).to_owned(),
        ])
    };
    let rows: Vec<_> = ranked.iter().take(LISTED).map(row).collect();
    paper.table("", &columns, &rows)?;
    let left = ranked.len().saturating_sub(LISTED);
    let how = pick(
        lang,
        "注：按最低分排名，最低分相同的按最高分；得分为区间的，差额尚待核实。",
        "Note: by points for sure, then by points at most; what lies between is open.",
    );
    paper.note(&match (lang, left) {
        (_, 0) => how.to_owned(),
        (Lang::Zh, _) => format!("{how}其余{left}个单位的名次见汇总工作簿。"),
        (Lang::En, _) => format!("{how} {left} more are in the workbook."),
    })
}
