//! SARIF 2.1.0 (OASIS): one run, a result for each finding. Results are written as organizations end, in their order; the
//! rules they name by number stand after them.

mod document;
mod location;
mod rule;

use std::collections::BTreeMap;
use std::io;

use self::document::{
    Descriptor, Driver, Invocation, Location, Message, Notification, Notified, ResultProperties, Run,
    RunProperties, SarifResult, Tool,
};
use self::rule::Rules;
use super::run_failure::{FailureKind, RunFailure, run_failures};
use super::{Keys, Members, problem};
use crate::model::finding::Severity;
use crate::model::report::{Organization, Report, ReportFinding};
use crate::model::text::{Lang, each_once};
use crate::report::output::{Out, ReportWriter};
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::{json, words};

/// Where the schema of what is written stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes SARIF.
pub(in crate::report::output) struct SarifWriter {
    lang: Lang,
    rules: Rules,
    keys: Keys,
    results: Members,
}

/// How grave a finding is, in the words of SARIF.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

impl SarifWriter {
    pub(in crate::report::output) fn new(lang: Lang) -> Self {
        Self { lang, rules: Rules::default(), keys: Keys::default(), results: Members::default() }
    }

    fn result(&mut self, one: &Organization, key: &str, finding: &ReportFinding) -> SarifResult {
        let grids = each_once(finding.locations.iter().filter_map(|place| place.grid.as_deref()));
        // The one that GitHub tells alerts by, so that these stay while rows move.
        let fingerprint = format!("{}:{key}", finding.fingerprint);
        SarifResult {
            rule_id: finding.rule.clone(),
            rule_index: self.rules.index(finding),
            level: level(finding.severity),
            message: Message::plain(problem(finding, self.lang)),
            locations: location::locations(one, finding),
            partial_fingerprints: BTreeMap::from([
                ("primaryLocationLineHash", fingerprint.clone()),
                ("wangge/v1", fingerprint),
            ]),
            properties: ResultProperties {
                organization: one.id.clone(),
                target: finding.target.clone(),
                total: finding.total,
                grids: grids.into_iter().map(str::to_owned).collect(),
            },
        }
    }

    fn run(&mut self, report: &Report, titles: Titles<'_>) -> Run {
        let failures = run_failures(report, self.lang);
        Run {
            tool: Tool { driver: self.driver(report, &failures, titles) },
            invocations: [Invocation {
                execution_successful: failures.is_empty(),
                tool_execution_notifications: failures
                    .iter()
                    .map(|failure| notification(failure, self.lang))
                    .collect(),
            }],
            language: language(self.lang),
            column_kind: "unicodeCodePoints",
            properties: run_properties(report, self.lang),
        }
    }

    fn driver(&mut self, report: &Report, failures: &[RunFailure<'_>], titles: Titles<'_>) -> Driver {
        let happened = |kind: &FailureKind| failures.iter().any(|failure| failure.kind == *kind);
        Driver {
            name: report.tool.name.clone(),
            version: report.tool.version.clone(),
            semantic_version: report.tool.version.clone(),
            language: language(self.lang),
            rules: std::mem::take(&mut self.rules).described(titles, self.lang),
            notifications: FailureKind::ALL
                .into_iter()
                .filter(happened)
                .map(|kind| notified(kind, self.lang))
                .collect(),
        }
    }
}

/// The language of texts, by RFC 5646.
const fn language(lang: Lang) -> &'static str {
    pick(lang, "zh-CN", "en-US")
}

fn notified(kind: FailureKind, lang: Lang) -> Notified {
    Notified {
        id: kind.id(),
        short_description: Message::plain(kind.title(lang)),
        full_description: Message::plain(kind.effect(lang)),
        help: Message::plain(kind.remedy(lang)),
    }
}

fn notification(failure: &RunFailure<'_>, lang: Lang) -> Notification {
    let place = location::physical_location(&failure.artifact, failure.line, failure.column);
    let text = format!("{}{}{}", failure.subject, pick(lang, "：", ": "), failure.message);
    Notification {
        descriptor: Descriptor { id: failure.kind.id() },
        level: "error",
        message: Message::plain(text),
        locations: [Location { physical_location: place, logical_locations: Vec::new() }],
    }
}

fn run_properties(report: &Report, lang: Lang) -> RunProperties {
    let summary = &report.summary;
    RunProperties {
        as_of: report.as_of.clone(),
        organizations: summary.organizations,
        qualified: summary.qualified,
        unqualified: summary.unqualified,
        open: summary.open,
        packs: report.packs.iter().map(|pack| (pack.id.clone(), pack.version.clone())).collect(),
        unmasked: report.unmasked.then(|| words::unmasked(lang).to_owned()),
    }
}

impl ReportWriter for SarifWriter {
    fn begin(&mut self, _: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let head = format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"results\":[");
        out.target.write(head.as_bytes())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let key = self.keys.next(&one.id);
        let mut results = std::mem::take(&mut self.results);
        let text = results.text(one.findings.iter().map(|finding| self.result(one, &key, finding)));
        self.results = results;
        out.target.write(text?.as_bytes())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let run = json::line(&self.run(report, out.titles))?;
        // The members go on in the object of the run that the results began.
        let members = run.trim_end().strip_prefix('{').unwrap_or(&run);
        out.target.write(format!("\n],\n{members}]}}\n").as_bytes())
    }
}
