//! Code quality reports of GitLab: an array of issues, each at a line of a file.
//! <https://docs.gitlab.com/ci/testing/code_quality/>

use std::io;

use serde::Serialize;

use super::artifact::{Artifact, Place};
use super::run_failure::run_failures;
use super::{Keys, Members, organization_name, problem, verdict};
use crate::model::digest::Digest;
use crate::model::finding::Severity;
use crate::model::report::{Organization, Report, ReportFinding, Verdict};
use crate::model::text::Lang;
use crate::report::output::{Out, ReportWriter};
use crate::report::words::{self, pick};

/// Writes issues.
pub(in crate::report::output) struct GitLabWriter {
    lang: Lang,
    keys: Keys,
    issues: Members,
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: IssueLocation,
}

#[derive(Serialize)]
struct IssueLocation {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// What tells an issue from all others, whatever stands in its texts.
fn identity(parts: &[&str]) -> String {
    parts.iter().fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
}

/// A line of a file; the first where none is known, since GitLab wants one.
fn location(artifact: Artifact, line: Option<u32>) -> IssueLocation {
    IssueLocation { path: artifact.path, lines: Lines { begin: line.unwrap_or(1).max(1) } }
}

impl GitLabWriter {
    pub(in crate::report::output) fn new(lang: Lang) -> Self {
        Self { lang, keys: Keys::default(), issues: Members::default() }
    }

    /// The verdict, where it is not in favour.
    fn verdict(&self, one: &Organization, key: &str) -> Option<Issue> {
        let severity = match one.verdict {
            Verdict::Qualified => return None,
            Verdict::Unqualified => "critical",
            Verdict::Open => "major",
        };
        let name = organization_name(one, self.lang);
        Some(Issue {
            description: format!("{name}{}{}", pick(self.lang, "：", ": "), verdict(one, self.lang)),
            check_name: "verdict".to_owned(),
            fingerprint: identity(&["verdict", key]),
            severity,
            location: location(Artifact::new(&one.submission.path, ""), None),
        })
    }

    fn finding(&self, one: &Organization, fingerprint: String, finding: &ReportFinding) -> Issue {
        let place = Place::first(one, finding);
        Issue {
            description: problem(finding, self.lang),
            check_name: finding.rule.clone(),
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Advice => "info",
            },
            location: location(place.artifact, place.line),
        }
    }

    /// What was not assessed, and that personal data is not masked.
    fn run_issues(&self, report: &Report) -> Vec<Issue> {
        let failures = run_failures(report, self.lang).into_iter().map(|failure| {
            let (kind, file) = (failure.kind, &failure.artifact.path);
            let line = failure.line.map(|line| line.to_string()).unwrap_or_default();
            Issue {
                description: format!(
                    "{}{}{}",
                    kind.title(self.lang),
                    pick(self.lang, "：", ": "),
                    failure.message
                ),
                check_name: kind.id().to_owned(),
                fingerprint: identity(&[kind.id(), failure.subject, file, &line, &failure.message]),
                severity: "blocker",
                location: location(failure.artifact, failure.line),
            }
        });
        let unmasked = report.unmasked.then(|| Issue {
            description: words::unmasked(self.lang).to_owned(),
            check_name: "run.unmasked".to_owned(),
            fingerprint: identity(&["run.unmasked"]),
            severity: "info",
            location: location(Artifact::new("", ""), None),
        });
        failures.chain(unmasked).collect()
    }
}

impl ReportWriter for GitLabWriter {
    fn begin(&mut self, _: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(b"[")
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let key = self.keys.next(&one.id);
        let mut fingerprints = Keys::default();
        let findings = one.findings.iter().map(|finding| {
            let fingerprint = fingerprints.next(&finding.fingerprint);
            self.finding(one, identity(&["finding", &key, &fingerprint]), finding)
        });
        let issues: Vec<_> = self.verdict(one, &key).into_iter().chain(findings).collect();
        out.target.write(self.issues.text(issues)?.as_bytes())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let issues = self.run_issues(report);
        let text = self.issues.text(issues)?;
        out.target.write((text + "\n]\n").as_bytes())
    }
}
