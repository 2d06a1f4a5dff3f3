//! The scores as a table for analysts: a line for each item of each organization, under the rules of [`super::csv`].

use std::io;

use super::csv::{cell, file_name, headers, table};
use super::{Out, ReportWriter};
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, Report, ScoreItem, ScoreTable};
use crate::model::text::Lang;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};

/// Number of columns.
const COLUMNS: usize = 17;

/// The headers in both languages.
const HEADERS: [(&str, &str); COLUMNS] = [
    ("单位编号", "organization id"),
    ("单位", "organization"),
    ("层级", "level"),
    ("上级", "parent"),
    ("结论", "verdict"),
    ("总分下限", "total low"),
    ("总分上限", "total high"),
    ("表", "table"),
    ("评价内容", "item"),
    ("名称", "title"),
    ("分值", "points"),
    ("得分下限", "low"),
    ("得分上限", "high"),
    ("自评得分", "self score"),
    ("不符合的评价要求", "requirements not met"),
    ("待定的评价要求", "requirements unknown"),
    ("未评估的原因", "why not assessed"),
];

/// A line, escaped.
type Line = [String; COLUMNS];

/// Writes scores.
pub(super) struct ScoresWriter {
    lang: Lang,
    /// Organizations so far.
    count: usize,
    /// Whether personal data is not masked: then a last column says so in its header.
    unmasked: bool,
}

impl ScoresWriter {
    pub(super) const fn new(lang: Lang) -> Self {
        Self { lang, count: 0, unmasked: false }
    }

    fn headers(&self) -> String {
        headers(&HEADERS, self.unmasked, self.lang)
    }

    fn line(&self, one: &Organization, titles: Titles<'_>, table: &ScoreTable, item: &ScoreItem) -> Line {
        let title = titles.catalog.title(&item.id).map_or("", |title| title.get(self.lang));
        let failed = targets(item, |outcome| matches!(outcome, Outcome::Unmet | Outcome::Absent));
        let unknown = targets(item, |outcome| outcome == Outcome::Unknown);
        [
            &one.id,
            &one.name,
            words::level(&one.level, self.lang),
            &one.parent,
            words::verdict(one.verdict, self.lang),
            &one.score.low.to_string(),
            &one.score.high.to_string(),
            &table.id,
            &item.id,
            title,
            &item.points.to_string(),
            &item.low.to_string(),
            &item.high.to_string(),
            item.self_score.as_deref().unwrap_or_default(),
            &failed,
            &unknown,
            "",
        ]
        .map(cell)
    }

    /// The lines of what was not assessed: a list that leaves it out would look as if all were well.
    fn unassessed_lines(&self, report: &Report) -> io::Result<Vec<u8>> {
        let unread = report.unreadable.iter().map(|one| (&one.path, one.message.get(self.lang)));
        let left = report.not_assessed.iter().map(|path| (path, words::interrupted(self.lang)));
        let word = pick(self.lang, "未评估", "not assessed");
        let line = |(path, why): (&String, &str)| {
            ["", path, "", "", word, "", "", "", "", "", "", "", "", "", "", "", why].map(cell)
        };
        table(unread.chain(left).map(line), self.unmasked)
    }
}

/// The requirements with such an outcome, or the item itself where it awards by bands; a space divides them.
fn targets(item: &ScoreItem, wanted: impl Fn(Outcome) -> bool) -> String {
    let award = item.award.iter().filter(|award| wanted(award.outcome)).map(|_| item.id.as_str());
    let lines = item.requirements.iter().filter(|line| wanted(line.outcome)).map(|line| line.id.as_str());
    award.chain(lines).collect::<Vec<_>>().join(" ")
}

impl ReportWriter for ScoresWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        self.unmasked = run.unmasked;
        if out.target.is_folder() { Ok(()) } else { out.target.write(self.headers().as_bytes()) }
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        if out.target.is_folder() {
            out.target.begin_file(&file_name(self.count, &one.id, &one.name, "csv"))?;
            out.target.write(self.headers().as_bytes())?;
        }
        let items = one.tables.iter().flat_map(|table| table.items.iter().map(move |item| (table, item)));
        let titles = out.titles;
        let lines = items.map(|(table, item)| self.line(one, titles, table, item));
        out.target.write(&table(lines, self.unmasked)?)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let lines = self.unassessed_lines(report)?;
        if lines.is_empty() {
            return Ok(());
        }
        if out.target.is_folder() {
            out.target.begin_file(pick(self.lang, "未评估.csv", "not-assessed.csv"))?;
            out.target.write(self.headers().as_bytes())?;
        }
        out.target.write(&lines)
    }
}
