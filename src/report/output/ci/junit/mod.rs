//! `JUnit` XML: a suite for each organization, as it ends; its verdict, items, clauses and findings about the data are tests.

mod case;
mod suite;

use std::io;

use self::suite::{Case, CaseResult, Problem, Suite};
use super::organization_name;
use super::run_failure::{FailureKind, RunFailure, run_failures};
use crate::model::report::{Organization, Report};
use crate::model::text::Lang;
use crate::report::output::{Out, ReportWriter};
use crate::report::summary::Titles;
use crate::report::xml::Xml;
use crate::report::{escape, words};

/// The one element that holds all.
const ROOT: &str = "testsuites";

/// Writes `JUnit` XML.
pub(in crate::report::output) struct JUnitWriter {
    lang: Lang,
    /// What every suite says of its run.
    properties: Vec<(&'static str, String)>,
}

impl JUnitWriter {
    pub(in crate::report::output) const fn new(lang: Lang) -> Self {
        Self { lang, properties: Vec::new() }
    }

    fn suite(&self, one: &Organization, titles: Titles<'_>) -> Suite {
        let own = [
            ("organization", &one.id),
            ("level", &one.level),
            ("parent", &one.parent),
            ("submission", &one.submission.path),
            ("points.low", &one.score.low.to_string()),
            ("points.high", &one.score.high.to_string()),
            ("points.pass", &one.score.pass.to_string()),
            ("points.full", &one.score.full.to_string()),
        ];
        let own = own.into_iter().filter(|(_, value)| !value.is_empty());
        Suite {
            name: organization_name(one, self.lang),
            properties: own
                .map(|(name, value)| (name, value.clone()))
                .chain(self.properties.clone())
                .collect(),
            cases: case::cases(one, titles, self.lang),
        }
    }

    /// What was not assessed: a suite for each submission, and one for all rules.
    fn failures(&self, report: &Report) -> Vec<Suite> {
        let all = run_failures(report, self.lang);
        let (rules, submissions): (Vec<_>, Vec<_>) =
            all.iter().partition(|failure| failure.kind == FailureKind::BrokenRule);
        let suite = |name: &str, failures: &[&RunFailure<'_>]| Suite {
            name: name.to_owned(),
            properties: self.properties.clone(),
            cases: failures.iter().map(|failure| self.failure(failure)).collect(),
        };
        let rules = (!rules.is_empty()).then(|| suite(words::pick(self.lang, "规则", "rules"), &rules));
        rules.into_iter().chain(submissions.iter().map(|one| suite(one.subject, &[*one]))).collect()
    }

    fn failure(&self, failure: &RunFailure<'_>) -> Case {
        let mut details = failure.artifact.path.clone();
        details.extend(failure.line.map(|line| format!(":{line}")));
        let message = failure.message.replace('\n', words::pick(self.lang, "；", "; "));
        let problem = Problem { kind: failure.kind.id(), message, details };
        Case::new(failure.kind.title(self.lang), failure.subject, CaseResult::Broken(problem))
    }
}

impl ReportWriter for JUnitWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        self.properties = vec![("as_of", run.as_of.clone()), ("version", run.tool.version.clone())];
        if run.unmasked {
            self.properties.push(("unmasked", words::unmasked(self.lang).to_owned()));
        }
        out.target.write(&Xml::begin(ROOT, &[("name", &escape::xml_line(&run.tool.name))])?)
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(&self.suite(one, out.titles).xml()?)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        for suite in self.failures(report) {
            out.target.write(&suite.xml()?)?;
        }
        out.target.write(b"\n")?;
        out.target.write(&Xml::end(ROOT)?)?;
        out.target.write(b"\n")
    }
}
