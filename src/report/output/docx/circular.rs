//! The circular (通报) on the assessment of several organizations: how they stand, what many of them fail, the ranking.

use std::io;

use super::{phrase, ranking};
use crate::model::report::{Organization, Report};
use crate::model::summary::{Band, Failure, FailureKind, Summary, TableScores};
use crate::model::text::Lang;
use crate::report::paper::{Align, Chart, Column, Fill, Paper, Row, Series, clipped};
use crate::report::summary::Titles;
use crate::report::words::{self, pick};
use crate::report::workbook::Stamp;

/// Common failures listed.
const FAILURES: usize = 12;
/// Submissions listed that were not assessed.
const LEFT: usize = 40;

/// Writes it; `first` is an organization where there is one.
pub(super) fn write(
    paper: &mut Paper,
    (report, first): (&Report, Option<&Organization>),
    titles: Titles<'_>,
    stamp: &Stamp,
) -> io::Result<()> {
    let (lang, all) = (paper.lang(), &report.summary);
    let own = report.self_evaluation;
    paper.document(match (lang, own) {
        (Lang::Zh, false) => "关于网格化治理标准体系\n评估结果的通报",
        (Lang::Zh, true) => "关于网格化治理标准体系\n自我评价结果的通报",
        (Lang::En, false) => "Circular on the assessment\nof standard systems of grid governance",
        (Lang::En, true) => "Circular on the self-evaluation\nof standard systems of grid governance",
    })?;
    paper.addressed(pick(lang, "各有关单位：", "To all organizations concerned:"))?;
    let (standard, count) = (phrase::standard(lang), assessed(all));
    paper.text(&match (lang, own) {
        _ if count == 0 => pick(
            lang,
            "各单位的申报材料均未能评估。现将有关情况通报如下。",
            "None of the submissions could be assessed.",
        )
        .to_owned(),
        (Lang::Zh, false) => {
            format!("依据{standard}，对{count}个单位的网格化治理标准体系进行了评估。现将结果通报如下。")
        }
        (Lang::Zh, true) => {
            format!("依据{standard}，{count}个单位对网格化治理标准体系进行了自我评价。现将结果通报如下。")
        }
        (Lang::En, _) => format!("{count} organizations were assessed by {standard}."),
    })?;
    paper.heading(pick(lang, "总体情况", "How they stand"))?;
    paper.text(&overall(report, lang))?;
    distribution(paper, all, lang)?;
    levels(paper, all, lang)?;
    by_table(paper, all, titles, lang)?;
    failures(paper, all, lang)?;
    unassessed(paper, report, lang)?;
    demands(paper, all, lang)?;
    let ranked = ranking::ranked(all, first);
    if !ranked.is_empty() {
        paper.last_text(pick(lang, "附件：评估结果排名表", "Annex: ranking"))?;
    }
    paper.signature(&[pick(lang, "（印发单位盖章）", "(issued by, seal)"), phrase::open_day(lang)])?;
    paper.note(&match lang {
        Lang::Zh => {
            format!("数据来源：规则包{}；判断日期{}；程序{}。", stamp.packs_short, stamp.as_of, stamp.tool)
        }
        Lang::En => {
            format!("Made with packs {}, as of {}, by {}.", stamp.packs_short, stamp.as_of, stamp.tool)
        }
    })?;
    ranking::write(paper, &ranked, lang)
}

/// How many were assessed.
const fn assessed(all: &Summary) -> usize {
    all.organizations.saturating_sub(all.unreadable)
}

/// Counts by verdict, and how scores lie.
fn overall(report: &Report, lang: Lang) -> String {
    let all = &report.summary;
    let left = all.unreadable.saturating_add(report.not_assessed.len());
    let left = match (left, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("另有{left}份申报材料未能评估。"),
        (_, Lang::En) => format!(" {left} submissions were not assessed."),
    };
    let parts = [
        (all.qualified, "合格", "qualified"),
        (all.unqualified, "不合格", "unqualified"),
        (all.open, "结论待定", "open"),
    ];
    let told = parts.iter().filter(|(count, ..)| *count > 0);
    let told: Vec<_> = told
        .map(|(count, zh, en)| match lang {
            Lang::Zh => format!("{zh}{count}个"),
            Lang::En => format!("{count} {en}"),
        })
        .collect();
    let total = assessed(all);
    if total == 0 {
        return left.trim_start().to_owned();
    }
    let told = told.join(pick(lang, "，", ", "));
    let scores = scores(all, lang).unwrap_or_default();
    match lang {
        Lang::Zh => format!("{total}个单位中，{told}。{scores}{left}"),
        Lang::En => format!("Of {total}: {told}. {scores}{left}"),
    }
}

fn scores(all: &Summary, lang: Lang) -> Option<String> {
    let (best, worst) = (all.ranking.first()?, all.ranking.last()?);
    let sum = |of: fn(&crate::model::summary::Ranked) -> u32| {
        all.ranking.iter().map(|one| u64::from(of(one))).sum()
    };
    let (low, high) = (sum(|one| one.low), sum(|one| one.high));
    let mean = mean_span(low, high, all.ranking.len(), lang);
    let [best_score, worst_score] = [best, worst].map(|one| phrase::points(one.low, one.high, lang));
    let [best, worst] =
        [best, worst].map(|one| clipped(if one.name.is_empty() { &one.id } else { &one.name }, 40, lang));
    Some(match lang {
        Lang::Zh => format!(
            "平均得分{mean}分；得分最高的是{best}，{best_score}；得分最低的是{worst}，{worst_score}。"
        ),
        Lang::En => format!(
            "The mean is {mean}; the best is {best} with {best_score}, the last {worst} with {worst_score}."
        ),
    })
}

/// Means of the low and high ends.
fn mean_span(low: u64, high: u64, count: usize, lang: Lang) -> String {
    let (low, high) = (words::mean(low, count), words::mean(high, count));
    if low == high { low } else { format!("{low}{}{high}", pick(lang, "～", "–")) }
}

/// How many have how many points for sure.
fn distribution(paper: &mut Paper, all: &Summary, lang: Lang) -> io::Result<()> {
    if all.bands.is_empty() {
        return Ok(());
    }
    let values = |of: fn(&Band) -> usize| {
        all.bands.iter().map(|band| u64::try_from(of(band)).unwrap_or(u64::MAX)).collect()
    };
    let mut series = vec![
        Series {
            name: pick(lang, "合格", "qualified"),
            fill: Fill::Solid,
            values: values(|band| band.verdicts.qualified),
        },
        Series {
            name: pick(lang, "待定", "open"),
            fill: Fill::Hatched,
            values: values(|band| band.verdicts.open),
        },
        Series {
            name: pick(lang, "不合格", "unqualified"),
            fill: Fill::Empty,
            values: values(|band| band.verdicts.unqualified),
        },
    ];
    series.retain(|series| series.values.iter().any(|value| *value > 0));
    paper.chart(Chart {
        title: pick(lang, "各分数段的单位数（按最低分）", "Organizations by points for sure").to_owned(),
        categories: all.bands.iter().map(|band| phrase::span(band.from, band.to, lang)).collect(),
        series,
        lies: false,
    })
}

/// The same by level, where there are several.
fn levels(paper: &mut Paper, all: &Summary, lang: Lang) -> io::Result<()> {
    if all.levels.len() < 2 {
        return Ok(());
    }
    let column = |(zh, en), width| Column { title: pick(lang, zh, en), width, align: Align::Centre };
    let columns = [
        column(("层级", "level"), 42),
        column(("单位数", "organizations"), 24),
        column(("合格", "qualified"), 18),
        column(("不合格", "unqualified"), 18),
        column(("待定", "open"), 18),
        column(("平均得分", "mean"), 36),
    ];
    let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let rows: Vec<_> = all
        .levels
        .iter()
        .map(|level| {
            let (name, scores) = (words::level(&level.level, lang), &level.scores);
            let name = if name.is_empty() { pick(lang, "未填层级", "not given") } else { name };
            Row::Cells(vec![
                name.to_owned(),
                count(scores.organizations),
                count(scores.verdicts.qualified),
                count(scores.verdicts.unqualified),
                count(scores.verdicts.open),
                mean_span(scores.low.sum, scores.high.sum, scores.organizations, lang),
            ])
        })
        .collect();
    paper.table(pick(lang, "各层级评估结果", "By level"), &columns, &rows)
}

/// Means by table.
fn by_table(paper: &mut Paper, all: &Summary, titles: Titles<'_>, lang: Lang) -> io::Result<()> {
    if all.tables.is_empty() {
        return Ok(());
    }
    paper.heading(pick(lang, "各评价项目得分", "Points by table"))?;
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let columns = [
        column(("评价项目", "table"), 78, Align::Left),
        column(("满分", "full"), 18, Align::Centre),
        column(("平均得分", "mean"), 32, Align::Centre),
        column(("平均得分率", "share"), 28, Align::Centre),
    ];
    let row = |table: &TableScores| {
        let full = u64::from(table.declared).saturating_mul(u64::try_from(table.organizations).unwrap_or(0));
        Row::Cells(vec![
            format!("{} {}", table.id, phrase::table(titles, &table.id, lang)),
            table.declared.to_string(),
            mean_span(table.low.sum, table.high.sum, table.organizations, lang),
            phrase::share((table.low.sum, table.high.sum), full, lang),
        ])
    };
    let rows: Vec<_> = all.tables.iter().map(row).collect();
    paper.table(pick(lang, "各评价项目平均得分", "Means by table"), &columns, &rows)
}

/// What many fail.
fn failures(paper: &mut Paper, all: &Summary, lang: Lang) -> io::Result<()> {
    let common: Vec<&Failure> =
        all.failures.iter().filter(|one| one.kind != FailureKind::Item && one.organizations > 1).collect();
    if common.is_empty() {
        return Ok(());
    }
    paper.heading(pick(lang, "共性问题", "Common failures"))?;
    paper.text(pick(
        lang,
        "下列问题涉及单位较多，各单位应对照检查。",
        "Many organizations fail these; each should look at itself.",
    ))?;
    let column = |(zh, en), width, align| Column { title: pick(lang, zh, en), width, align };
    let columns = [
        column(("条款", "clause"), 34, Align::Centre),
        column(("要求", "what is asked"), 74, Align::Left),
        column(("不符合的单位", "organizations"), 26, Align::Centre),
        column(("占比", "share"), 22, Align::Centre),
    ];
    let of = all.ranking.len();
    let row = |one: &&Failure| {
        Row::Cells(vec![
            phrase::clause(&one.target, lang),
            one.title.get(lang).to_owned(),
            format!("{}{}", one.organizations, pick(lang, "个", "")),
            words::percent(one.organizations, of),
        ])
    };
    let rows: Vec<_> = common.iter().take(FAILURES).map(row).collect();
    paper.table(pick(lang, "主要共性问题", "What many fail"), &columns, &rows)
}

/// What was not assessed, and why: without it all would seem well.
fn unassessed(paper: &mut Paper, report: &Report, lang: Lang) -> io::Result<()> {
    let interrupted = words::interrupted(lang);
    let unread = report.unreadable.iter().map(|one| (&one.path, one.message.get(lang)));
    let all: Vec<_> = unread.chain(report.not_assessed.iter().map(|path| (path, interrupted))).collect();
    if all.is_empty() {
        return Ok(());
    }
    paper.heading(pick(lang, "未能评估的申报材料", "Submissions that were not assessed"))?;
    let columns = [
        Column { title: pick(lang, "申报材料", "submission"), width: 66, align: Align::Left },
        Column { title: pick(lang, "原因", "why"), width: 90, align: Align::Left },
    ];
    let rows: Vec<_> = all
        .iter()
        .take(LEFT)
        .map(|(path, why)| Row::Cells(vec![(*path).clone(), (*why).to_owned()]))
        .collect();
    paper.table("", &columns, &rows)?;
    let left = all.len().saturating_sub(LEFT);
    if left == 0 {
        return Ok(());
    }
    paper.note(&match lang {
        Lang::Zh => format!("注：另有{left}份，见汇总工作簿。"),
        Lang::En => format!("Note: {left} more are in the workbook."),
    })
}

fn demands(paper: &mut Paper, all: &Summary, lang: Lang) -> io::Result<()> {
    paper.heading(pick(lang, "有关要求", "What is asked"))?;
    paper.point(
        pick(lang, "抓好整改。", "Put it right. "),
        pick(
            lang,
            "各单位要对照整改意见书逐项明确责任和期限，按期完成整改并报送整改情况。",
            "Follow the opinion on rectification, name who is responsible, and report in time.",
        ),
    )?;
    if all.open > 0 {
        paper.point(
            pick(lang, "尽快核实。", "Settle what is open. "),
            pick(
                lang,
                "结论待定的单位要备齐标准文本、文件和记录，配合评估组核实后作出结论。",
                "Organizations whose verdict is open give the team texts, files and records.",
            ),
        )?;
    }
    if all.unreadable > 0 {
        paper.point(
            pick(lang, "重报材料。", "Submit again. "),
            pick(
                lang,
                "未能评估的单位要按所列原因更正申报材料，重新报送。",
                "Submissions that could not be read are mended and handed in again.",
            ),
        )?;
    }
    Ok(())
}
