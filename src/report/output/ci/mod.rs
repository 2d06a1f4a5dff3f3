//! Formats that CI systems read: findings at lines of files, results as tests, summaries.
//!
//! ```text
//!             ┌ sarif ──── GitHub code scanning, editors
//! Report ──▶  ├ junit ──── tests of Jenkins, GitLab, Azure
//! artifact    ├ github ─── annotations of a workflow
//! run_failure ├ gitlab ─── code quality
//!             ├ markdown ─ summaries, comments
//!             └ oscal ──── assessment results of NIST
//! ```

mod artifact;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod oscal;
mod run_failure;
mod sarif;

use std::collections::HashMap;

use serde::Serialize;

pub(super) use self::github::GitHubWriter;
pub(super) use self::gitlab::GitLabWriter;
pub(super) use self::junit::JUnitWriter;
pub(super) use self::markdown::MarkdownWriter;
pub(super) use self::oscal::OscalWriter;
pub(super) use self::sarif::SarifWriter;
use crate::model::finding_kinds;
use crate::model::report::{Organization, ReportFinding, Verdict};
use crate::model::text::{Lang, Text};
use crate::report::json;
use crate::report::problem::DATA;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};

/// What is wrong, what to do, and how many places there are beside the first, a line each: most systems show one place.
fn problem(finding: &ReportFinding, lang: Lang) -> String {
    let told = words::with_remedy(finding.message.get(lang), finding.help.get(lang), lang);
    match (finding.total.saturating_sub(1), lang) {
        (0, _) => told,
        (more, Lang::Zh) => format!("{told}\n另有{more}处"),
        (1, Lang::En) => format!("{told}\n1 more place"),
        (more, Lang::En) => format!("{told}\n{more} more places"),
    }
}

/// The findings of an organization that no baseline has.
fn new_findings(one: &Organization) -> impl Iterator<Item = &ReportFinding> {
    one.findings.iter().filter(|finding| finding.accepted.is_none())
}

/// The id of what a finding is about: its requirement or clause, or the kind of a finding about the data, whose target is a
/// table.
fn subject_id(finding: &ReportFinding) -> &str {
    if finding.rule.starts_with(DATA) { &finding.rule } else { &finding.target }
}

/// The same with its title.
fn subject(finding: &ReportFinding, titles: Titles<'_>, lang: Lang) -> String {
    let id = subject_id(finding);
    let kind = finding_kinds::kind(id).map(finding_kinds::FindingKind::title);
    with_title(id, kind.as_ref().or_else(|| titles.of(id)), lang)
}

/// An id and its title.
fn with_title(id: &str, title: Option<&Text>, lang: Lang) -> String {
    match title.map(|title| title.get(lang)).filter(|title| !title.is_empty()) {
        Some(title) => format!("{id} {title}"),
        None => id.to_owned(),
    }
}

/// An organization by name and id; by its path where it has neither.
fn organization_name(one: &Organization, lang: Lang) -> String {
    match (one.name.as_str(), one.id.as_str()) {
        ("", "") => one.submission.path.clone(),
        ("", only) | (only, "") => only.to_owned(),
        (name, id) => format!("{name}{}{id}{}", pick(lang, "（", " ("), pick(lang, "）", ")")),
    }
}

/// The verdict with the score it rests on, and by the lowest pack alone, where others are laid over it.
fn verdict(one: &Organization, lang: Lang) -> String {
    let own = local_verdict(one, lang);
    let Some(base) = &one.base else { return own };
    let title = Some(base.title.get(lang)).filter(|title| !title.is_empty()).unwrap_or(&base.pack);
    let (word, range) =
        (words::verdict(base.verdict, lang), words::range(base.score.low, base.score.high, lang));
    match lang {
        Lang::Zh => format!("{own}；{title}单独评价：{word}，总分{range}分"),
        Lang::En => format!("{own}; by {title} alone: {word}, {range} points"),
    }
}

fn local_verdict(one: &Organization, lang: Lang) -> String {
    let score = &one.score;
    let range = words::range(score.low, score.high, lang);
    let (full, pass) = (score.full, score.pass);
    match (lang, one.verdict) {
        (Lang::Zh, Verdict::Open) => {
            format!("结论待定，尚不能认定合格：总分{range}分，合格线{pass}分，满分{full}分")
        }
        (Lang::En, Verdict::Open) => {
            format!("Open, not yet qualified: {range} points, pass mark {pass}, full mark {full}")
        }
        (Lang::Zh, other) => {
            format!("{}：总分{range}分，合格线{pass}分，满分{full}分", words::verdict(other, lang))
        }
        (Lang::En, Verdict::Qualified) => {
            format!("Qualified: {range} points, pass mark {pass}, full mark {full}")
        }
        (Lang::En, Verdict::Unqualified) => {
            format!("Unqualified: {range} points, pass mark {pass}, full mark {full}")
        }
    }
}

/// Keys that differ from each other though what they are made of may come twice: several submissions may have one id.
#[derive(Default)]
struct Keys(HashMap<String, usize>);

impl Keys {
    /// The text, from its second time on with its number.
    fn next(&mut self, text: &str) -> String {
        let count = self.0.entry(text.to_owned()).or_default();
        *count = count.saturating_add(1);
        if *count == 1 { text.to_owned() } else { format!("{text}#{count}") }
    }
}

/// The members of an array of JSON, a line each, as they come.
#[derive(Default)]
struct Members {
    /// Whether there is one already.
    begun: bool,
}

impl Members {
    /// More of them, with what divides them.
    fn text<T: Serialize>(
        &mut self,
        members: impl IntoIterator<Item = T>,
    ) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        for member in members {
            let comma = if std::mem::replace(&mut self.begun, true) { ",\n" } else { "\n" };
            text.extend([comma, json::line(&member)?.trim_end()]);
        }
        Ok(text)
    }
}
