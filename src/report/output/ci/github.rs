//! Workflow commands of GitHub Actions, which it shows as annotations: a line for each finding, at its first place.
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::io;

use super::artifact::{Artifact, Place};
use super::run_failure::{RunFailure, run_failures};
use super::{new_findings, organization_name, problem, subject, verdict};
use crate::model::finding::Severity;
use crate::model::report::{Organization, Report, ReportFinding, Verdict};
use crate::model::text::Lang;
use crate::model::waiver::Waiver;
use crate::report::output::{Out, ReportWriter};
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::{escape, words};

/// Writes workflow commands.
pub(in crate::report::output) struct GitHubWriter(pub(in crate::report::output) Lang);

/// One command.
struct Command<'a> {
    /// `error`, `warning` or `notice`.
    level: &'static str,
    artifact: Option<&'a Artifact>,
    line: Option<u32>,
    column: Option<u32>,
    title: &'a str,
    message: &'a str,
}

impl Command<'_> {
    /// The command as a line. A runner shows only those texts that no terminal acts on.
    fn text(&self) -> String {
        let number = |name, number: Option<u32>| number.map(|number| (name, number.to_string()));
        let path = self.artifact.map(|artifact| ("file", artifact.path.clone()));
        let title = Some(("title", self.title.to_owned())).filter(|(_, title)| !title.is_empty());
        let all = [path, number("line", self.line), number("col", self.column), title];
        let written = all
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}={}", escape::command_property(&escape::terminal(&value))));
        let properties = written.collect::<Vec<_>>().join(",");
        let space = if properties.is_empty() { "" } else { " " };
        let message = escape::command_text(&escape::terminal_lines(self.message));
        format!("::{}{space}{properties}::{message}\n", self.level)
    }
}

impl GitHubWriter {
    /// The verdict: an error, unless it is in favour.
    fn verdict(&self, one: &Organization) -> String {
        Command {
            level: if one.verdict == Verdict::Qualified { "notice" } else { "error" },
            artifact: Some(&Artifact::new(&one.submission.path, "")),
            line: None,
            column: None,
            title: &organization_name(one, self.0),
            message: &verdict(one, self.0),
        }
        .text()
    }

    fn waiver(&self, one: &Organization, waiver: &Waiver) -> String {
        Command {
            level: "notice",
            artifact: Some(&Artifact::new(&one.submission.path, "")),
            line: None,
            column: None,
            title: &organization_name(one, self.0),
            message: waiver.told().get(self.0),
        }
        .text()
    }

    fn finding(&self, one: &Organization, finding: &ReportFinding, titles: Titles<'_>) -> String {
        let place = Place::first(one, finding);
        let mut message = problem(finding, self.0);
        let name = organization_name(one, self.0);
        message.extend([pick(self.0, "\n单位：", "\nOrganization: "), &name]);
        Command {
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "notice",
            },
            artifact: Some(&place.artifact),
            line: place.line,
            column: place.column,
            title: &subject(finding, titles, self.0),
            message: &message,
        }
        .text()
    }

    fn failure(&self, failure: &RunFailure<'_>) -> String {
        let message = format!("{}{}{}", failure.subject, pick(self.0, "：", ": "), failure.message);
        Command {
            level: "error",
            artifact: Some(&failure.artifact),
            line: failure.line,
            column: failure.column,
            title: failure.kind.title(self.0),
            message: &message,
        }
        .text()
    }
}

impl ReportWriter for GitHubWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        if !run.unmasked {
            return Ok(());
        }
        let message = words::unmasked(self.0);
        let notice =
            Command { level: "notice", artifact: None, line: None, column: None, title: "", message };
        out.target.write(notice.text().as_bytes())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let titles = out.titles;
        let findings = new_findings(one).map(|finding| self.finding(one, finding, titles));
        let waivers = one.waivers.iter().map(|waiver| self.waiver(one, waiver));
        let lines: String = std::iter::once(self.verdict(one)).chain(waivers).chain(findings).collect();
        out.target.write(lines.as_bytes())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let lines: String =
            run_failures(report, self.0).iter().map(|failure| self.failure(failure)).collect();
        out.target.write(lines.as_bytes())
    }
}
