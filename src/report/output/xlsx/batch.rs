//! The workbook of several organizations: ranking, heat map, common failures, everything to be put right in one list, and
//! the sheets of each where they are few.

use std::io;

use super::heat_map::HeatMap;
use super::{failures, heat_map, rectification, score_sheet};
use crate::model::report::{Organization, Report};
use crate::model::summary::Ranked;
use crate::model::text::Lang;
use crate::report::problem::problems;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};
use crate::report::workbook::{Book, Column, Kind, List, Print, Sheet, Stamp, Styles, Value};

/// Rows of a list; a sheet has some more.
const MOST: u32 = 1_000_000;

/// What grows with the organizations of a batch.
pub(super) struct BatchBook {
    book: Book,
    heat: HeatMap,
    /// Lists that are full, and the one being filled.
    full: Vec<Sheet>,
    list: List,
}

fn begin_list(book: &mut Book, lang: Lang) -> io::Result<List> {
    let styles = Styles::default();
    let about = [match lang {
        Lang::Zh => "各单位全部问题。“整改措施”“责任部门”由程序拟出，可改；后面各栏由责任部门和评估组填写。",
        Lang::En => {
            "All that is to be put right. The columns after the department are for departments and the team."
        }
    }
    .to_owned()];
    let title = pick(lang, "整改清单", "To be put right");
    List::begin(&rectification::columns(true), (title, &about), (&styles, lang), |widths| {
        book.long_sheet(widths)
    })
}

impl BatchBook {
    pub(super) fn begin(stamp: &Stamp) -> io::Result<Self> {
        let title = pick(stamp.lang, "评估结果汇总", "Results of the assessment");
        let mut book = Book::new(title, stamp)?;
        let list = begin_list(&mut book, stamp.lang)?;
        Ok(Self { book, heat: HeatMap::default(), full: Vec::new(), list })
    }

    /// Takes an organization; little of it is kept.
    pub(super) fn add(&mut self, one: &Organization, stamp: &Stamp) -> io::Result<()> {
        self.heat.add(one);
        let columns = rectification::columns(true);
        for problem in problems(one, stamp.lang) {
            if self.list.len() >= MOST {
                let next = begin_list(&mut self.book, stamp.lang)?;
                let full = std::mem::replace(&mut self.list, next);
                self.full.push(full.finish(list_print(stamp))?);
            }
            self.list.row(&columns, &problem, &self.book.styles)?;
        }
        Ok(())
    }

    /// The bytes of the workbook; `few` have sheets of their own in it.
    pub(super) fn finish(
        self,
        report: &Report,
        few: &[Organization],
        titles: Titles<'_>,
        stamp: &Stamp,
    ) -> io::Result<Vec<u8>> {
        let Self { mut book, heat, full, list } = self;
        let lang = stamp.lang;
        let ranking = ranking(report, stamp, &book)?;
        book.add(ranking, pick(lang, "排名", "Ranking"))?;
        let map = heat_map::write(&heat, &report.summary.ranking, (titles, stamp), &book)?;
        book.add(map, pick(lang, "得分热力图", "Heat map"))?;
        let failures = failures::write(report, stamp, &book)?;
        book.add(failures, pick(lang, "共性问题", "Common failures"))?;
        if let Some(sheet) = unassessed(report, stamp, &book)? {
            book.add(sheet, pick(lang, "未评估", "Not assessed"))?;
        }
        let list = list.finish(list_print(stamp))?;
        for sheet in full.into_iter().chain([list]) {
            book.add(sheet, pick(lang, "整改清单", "To put right"))?;
        }
        for one in few {
            let sheet = score_sheet::write(one, titles, stamp, &book)?;
            book.add(sheet, &format!("{}{}", pick(lang, "评分-", "Score-"), one.name))?;
            let sheet = rectification::write(one, stamp, &book)?;
            book.add(sheet, &format!("{}{}", pick(lang, "整改-", "Put right-"), one.name))?;
        }
        book.bytes()
    }
}

fn list_print(stamp: &Stamp) -> Print {
    stamp.print(("", pick(stamp.lang, "整改清单", "To be put right")), "", None)
}

fn ranked() -> Vec<Column<Ranked>> {
    vec![
        Column { title: ("名次", "rank"), width: 44, kind: Kind::Short, value: |one, _| one.rank.into() },
        Column {
            title: ("单位编号", "id"),
            width: 120,
            kind: Kind::Short,
            value: |one, _| one.id.as_str().into(),
        },
        Column {
            title: ("单位", "organization"),
            width: 260,
            kind: Kind::Text,
            value: |one, _| one.name.as_str().into(),
        },
        Column {
            title: ("层级", "level"),
            width: 110,
            kind: Kind::Short,
            value: |one, lang| words::level(&one.level, lang).into(),
        },
        Column {
            title: ("同级名次", "rank in level"),
            width: 60,
            kind: Kind::Short,
            value: |one, _| one.rank_in_level.into(),
        },
        Column {
            title: ("最低分", "low"),
            width: 56,
            kind: Kind::Short,
            value: |one, _| Value::Number(one.low),
        },
        Column {
            title: ("最高分", "high"),
            width: 56,
            kind: Kind::Short,
            value: |one, _| Value::Number(one.high),
        },
        Column {
            title: ("结论", "verdict"),
            width: 80,
            kind: Kind::Short,
            value: |one, lang| {
                Value::Text(format!("{} {}", words::sign(one.verdict), words::verdict(one.verdict, lang)))
            },
        },
        Column {
            title: ("材料", "submission"),
            width: 200,
            kind: Kind::Text,
            value: |one, _| one.path.as_str().into(),
        },
    ]
}

fn ranking(report: &Report, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let (lang, all) = (stamp.lang, &report.summary);
    let (title, about) = match lang {
        Lang::Zh => (
            "网格化服务管理标准化工作评估结果排名",
            format!(
                "共{}个单位：合格{}个，不合格{}个，待定{}个，未能评估{}个。按最低分排名，最低分相同的按最高分；两者之差是尚待核实的分值。",
                all.organizations,
                all.qualified,
                all.unqualified,
                all.open,
                all.unreadable.saturating_add(report.not_assessed.len()),
            ),
        ),
        Lang::En => (
            "Ranking",
            format!(
                "{} organizations: {} qualified, {} unqualified, {} open, {} not assessed. By points for sure, then by \
                 points at most; what lies between is not known yet.",
                all.organizations,
                all.qualified,
                all.unqualified,
                all.open,
                all.unreadable.saturating_add(report.not_assessed.len()),
            ),
        ),
    };
    let columns = ranked();
    let mut about = vec![about];
    about.extend((!stamp.unmasked.is_empty()).then(|| stamp.unmasked.to_owned()));
    let mut list = List::begin(&columns, (title, &about), (&book.styles, lang), Book::sheet)?;
    // There is no ranking of one.
    all.ranking.iter().try_for_each(|one| list.row(&columns, one, &book.styles))?;
    list.finish(stamp.print(("", pick(lang, "排名", "Ranking")), "", None))
}

/// A submission that was not assessed, and why.
struct Left<'a> {
    path: &'a str,
    why: &'a str,
    file: &'a str,
}

/// What was not assessed: a list that leaves it out would look as if all were well.
fn unassessed(report: &Report, stamp: &Stamp, book: &Book) -> io::Result<Option<Sheet>> {
    let lang = stamp.lang;
    let interrupted = words::interrupted(lang);
    let unread = report.unreadable.iter().map(|one| Left {
        path: &one.path,
        why: one.message.get(lang),
        file: one.file.as_deref().unwrap_or_default(),
    });
    let left = report.not_assessed.iter().map(|path| Left { path, why: interrupted, file: "" });
    let all: Vec<Left<'_>> = unread.chain(left).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let columns: Vec<Column<Left<'_>>> = vec![
        Column {
            title: ("材料", "submission"),
            width: 300,
            kind: Kind::Text,
            value: |one, _| one.path.into(),
        },
        Column { title: ("原因", "why"), width: 420, kind: Kind::Text, value: |one, _| one.why.into() },
        Column { title: ("文件", "file"), width: 260, kind: Kind::Text, value: |one, _| one.file.into() },
    ];
    let title = pick(lang, "未能评估的申报材料", "Submissions that were not assessed");
    let mut list = List::begin(&columns, (title, &[]), (&book.styles, lang), Book::sheet)?;
    all.iter().try_for_each(|one| list.row(&columns, one, &book.styles))?;
    list.finish(stamp.print(("", title), "", None)).map(Some)
}
