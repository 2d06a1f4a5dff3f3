//! A summary in Markdown: what the run came to, and of each organization verdict, tables, what decides and the gravest
//! findings. It stays below 1 MiB, which is what GitHub takes of a step (`$GITHUB_STEP_SUMMARY`), whatever there is to tell.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io;

use super::run_failure::run_failures;
use super::{organization_name, subject_id, verdict, with_title};
use crate::model::report::{Organization, Report, ReportFinding, ScoreItem, Verdict};
use crate::model::text::Lang;
use crate::report::output::{Out, ReportWriter};
use crate::report::paper::clipped;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};
use crate::report::{escape, place};

/// Bytes of the lines of all organizations, of what was not assessed, and of the parts of organizations: with what is written
/// around them they stay below 1 MiB.
const LINES: usize = 200 << 10;
const FAILURES: usize = 100 << 10;
const PARTS: usize = 680 << 10;
/// Characters of one text from data.
const SHOWN: usize = 300;
/// Findings of an organization, and things that decide its verdict.
const FINDINGS: usize = 10;
const DECIDING: usize = 10;

/// Writes the summary, all of it at the end: the overview comes first.
pub(in crate::report::output) struct MarkdownWriter {
    lang: Lang,
    /// A line of the overview for each organization.
    lines: Bounded,
    parts: Bounded,
}

/// Text up to a number of bytes.
struct Bounded {
    text: String,
    most: usize,
    /// Pieces in all, and those that found room.
    count: usize,
    kept: usize,
}

impl Bounded {
    const fn new(most: usize) -> Self {
        Self { text: String::new(), most, count: 0, kept: 0 }
    }

    /// Adds a piece, unless one did not find room before it.
    fn add(&mut self, piece: &str) {
        let fits = self.kept == self.count && self.text.len().saturating_add(piece.len()) <= self.most;
        self.count = self.count.saturating_add(1);
        if fits {
            self.kept = self.kept.saturating_add(1);
            self.text.push_str(piece);
        }
    }

    const fn left(&self) -> usize {
        self.count.saturating_sub(self.kept)
    }
}

impl MarkdownWriter {
    pub(in crate::report::output) const fn new(lang: Lang) -> Self {
        Self { lang, lines: Bounded::new(LINES), parts: Bounded::new(PARTS) }
    }

    /// A text from data: of some length, and nothing but text.
    fn shown(&self, text: &str) -> String {
        escape::markdown_line(&clipped(text, SHOWN, self.lang))
    }

    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        pick(self.lang, zh, en)
    }

    fn overview_line(&self, one: &Organization) -> String {
        let score = &one.score;
        format!(
            "| {} | {} | {} {} | {} | {} | {} |\n",
            self.shown(&organization_name(one, self.lang)),
            self.shown(words::level(&one.level, self.lang)),
            words::sign(one.verdict),
            words::verdict(one.verdict, self.lang),
            self.range(score.low, score.high),
            score.pass,
            score.full
        )
    }

    fn range(&self, low: u32, high: u32) -> String {
        own(&words::range(low, high, self.lang))
    }

    fn part(&self, one: &Organization, titles: Titles<'_>) -> String {
        let mut text = format!(
            "\n## {}\n\n**{} {}**\n",
            self.shown(&organization_name(one, self.lang)),
            words::sign(one.verdict),
            own(&verdict(one, self.lang))
        );
        self.tables(&mut text, one, titles);
        self.remarks(&mut text, one);
        self.deciding(&mut text, one, titles);
        self.findings(&mut text, one);
        text
    }

    fn tables(&self, text: &mut String, one: &Organization, titles: Titles<'_>) {
        if one.tables.is_empty() {
            return;
        }
        text.push_str(self.pick(
            "\n| 表 | 项目 | 分值 | 得分 |\n|---|---|--:|--:|\n",
            "\n| Table | Title | Points | Score |\n|---|---|--:|--:|\n",
        ));
        for table in &one.tables {
            let title = titles.of(&table.id).map_or("", |title| title.get(self.lang));
            let (id, title, range) =
                (self.shown(&table.id), self.shown(title), self.range(table.low, table.high));
            // Writing to a String cannot fail.
            let _ = writeln!(text, "| {id} | {title} | {} | {range} |", table.declared);
        }
        let (total, score) = (self.pick("合计", "Total"), &one.score);
        let _ = writeln!(text, "| **{total}** | | {} | {} |", score.full, self.range(score.low, score.high));
    }

    fn remarks(&self, text: &mut String, one: &Organization) {
        for (remark, at) in one.remarks().zip(0..) {
            let before = if at == 0 { "\n" } else { "" };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{before}- {}", self.shown(remark.get(self.lang)));
        }
    }

    fn deciding(&self, text: &mut String, one: &Organization, titles: Titles<'_>) {
        if one.verdict != Verdict::Open || one.deciding.is_empty() {
            return;
        }
        let heading = self.pick(
            "\n**结论取决于以下待定项**（核实后可加的分）\n\n",
            "\n**What decides the verdict** (points each may add)\n\n",
        );
        text.push_str(heading);
        for open in one.deciding.iter().take(DECIDING) {
            let mut line = with_title(&open.target, titles.of(&open.target), self.lang);
            let reason =
                one.reason(&open.target).map(|reason| reason.get(self.lang)).filter(|text| !text.is_empty());
            line.extend(reason.map(|reason| format!("{}{reason}", self.pick("：", ": "))));
            let _ = writeln!(text, "- +{} {}", open.points, self.shown(&line));
        }
        self.more(text, one.deciding.len().saturating_sub(DECIDING));
    }

    fn findings(&self, text: &mut String, one: &Organization) {
        if one.findings.is_empty() {
            return;
        }
        let mut all: Vec<_> =
            one.findings.iter().map(|finding| (finding, points_lost(one, &finding.target))).collect();
        all.sort_by_key(|(finding, lost)| (finding.severity, Reverse(*lost)));
        let _ = write!(text, "\n**{}**\n\n", self.pick("主要问题", "Gravest findings"));
        for (finding, lost) in all.iter().take(FINDINGS) {
            text.push_str(&self.finding(finding, *lost));
        }
        self.more(text, all.len().saturating_sub(FINDINGS));
    }

    fn finding(&self, finding: &ReportFinding, lost: u32) -> String {
        let colon = self.pick("：", ": ");
        let lost = match (lost, self.lang) {
            (0, _) => String::new(),
            (lost, Lang::Zh) => format!("，失{lost}分"),
            (lost, Lang::En) => format!(", {lost} lost"),
        };
        let mut line = format!(
            "- {}{lost}{colon}{} {}",
            words::severity(finding.severity, self.lang),
            self.shown(subject_id(finding)),
            self.shown(finding.message.get(self.lang))
        );
        let places = place::counted(&finding.locations, finding.total, self.lang);
        let further = [
            (self.pick("位置", "Where"), places.as_str()),
            (self.pick("整改", "What to do"), finding.help.get(self.lang)),
        ];
        for (label, text) in further.into_iter().filter(|(_, text)| !text.is_empty()) {
            let _ = write!(line, "<br>{label}{colon}{}", self.shown(text));
        }
        line + "\n"
    }

    /// That there are more of what a list shows.
    fn more(&self, text: &mut String, count: usize) {
        let _ = match (count, self.lang) {
            (0, _) => Ok(()),
            (count, Lang::Zh) => writeln!(text, "- 另有{count}项"),
            (count, Lang::En) => writeln!(text, "- {count} more"),
        };
    }

    fn head(&self, report: &Report) -> String {
        let all = &report.summary;
        let (total, qualified, unqualified) = (all.organizations, all.qualified, all.unqualified);
        let (open, unreadable) = (all.open, all.unreadable);
        let tool = self.shown(&format!("{} {}", report.tool.name, report.tool.version));
        let day = self.shown(&report.as_of);
        let mut text = match self.lang {
            Lang::Zh => format!(
                "# 评估结果\n\n共{total}个单位：合格{qualified}，不合格{unqualified}，待定{open}，无法读取{unreadable}。\
                 评估日期：{day}（{tool}）\n"
            ),
            Lang::En => format!(
                "# Assessment\n\n{total} organizations: {qualified} qualified, {unqualified} unqualified, {open} open, \
                 {unreadable} not readable. As of {day} ({tool})\n"
            ),
        };
        if report.unmasked {
            let _ = write!(text, "\n> {}\n", words::unmasked(self.lang));
        }
        text
    }

    /// What was not assessed.
    fn failures(&self, report: &Report) -> String {
        let all = run_failures(report, self.lang);
        if all.is_empty() {
            return String::new();
        }
        let mut lines = Bounded::new(FAILURES);
        for failure in &all {
            let (subject, message) = (
                self.shown(failure.subject),
                self.shown(&failure.message.replace('\n', self.pick("；", "; "))),
            );
            let (kind, colon) = (failure.kind.title(self.lang), self.pick("：", ": "));
            lines.add(&format!("- {kind}{colon}{subject}{colon}{message}\n"));
        }
        let mut text = lines.text;
        self.more(&mut text, all.len().saturating_sub(lines.kept));
        format!("\n## {}\n\n{text}", self.pick("未能评估", "Not assessed"))
    }

    /// All organizations, where there are several.
    fn overview(&self) -> String {
        if self.lines.count < 2 {
            return String::new();
        }
        let head = self.pick(
            "\n| 单位 | 层级 | 结论 | 总分 | 合格线 | 满分 |\n|---|---|---|--:|--:|--:|\n",
            "\n| Organization | Level | Verdict | Score | Pass mark | Full mark |\n|---|---|---|--:|--:|--:|\n",
        );
        let left = match (self.lines.left(), self.lang) {
            (0, _) => String::new(),
            (left, Lang::Zh) => format!("\n另有{left}个单位没有列入上表。\n"),
            (left, Lang::En) => format!("\n{left} more organizations are not in the table.\n"),
        };
        format!("{head}{}{left}", self.lines.text)
    }
}

/// A text of ours: of what means something in Markdown only the sign between two numbers stands in it.
fn own(text: &str) -> String {
    text.replace('~', "\\~")
}

/// Points that a requirement or an item awarded by bands lost for sure.
fn points_lost(one: &Organization, target: &str) -> u32 {
    let of = |item: &ScoreItem| {
        let line = item.requirements.iter().find(|line| line.id == target).map(|line| line.lost_high);
        line.or_else(|| (item.id == target).then(|| item.points.saturating_sub(item.high)))
    };
    one.tables.iter().flat_map(|table| &table.items).find_map(of).unwrap_or(0)
}

impl ReportWriter for MarkdownWriter {
    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.lines.add(&self.overview_line(one));
        self.parts.add(&self.part(one, out.titles));
        Ok(())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let left = match (self.parts.left(), self.lang) {
            (0, _) => String::new(),
            (left, Lang::Zh) => format!("\n另有{left}个单位的详情没有列出，见其他格式的报告。\n"),
            (left, Lang::En) => {
                format!("\nThe details of {left} more organizations are in reports of other formats.\n")
            }
        };
        let parts = [&self.head(report), &self.overview(), &self.failures(report), &self.parts.text, &left];
        parts.into_iter().try_for_each(|part| out.target.write(part.as_bytes()))
    }
}
