//! What a format makes of a report, written as a run writes it.

use std::fs;

use wangge::model::clause::Clauses;
use wangge::model::policy::Policies;
use wangge::model::report::Report;
use wangge::model::text::Lang;
use wangge::report::output::{Format, Out, Target};
use wangge::report::summary::Titles;
use wangge::report::terminal::TerminalOptions;
use wangge::report::write::Whole;

use super::golden::catalog;

/// How reports are shown in tests.
pub const OPTIONS: TerminalOptions =
    TerminalOptions { lang: Lang::Zh, color: false, quiet: false, width: 100, top: 20 };

/// Writes a report as a run does: organizations one by one, kept only where the format needs them.
pub fn write(format: &Format, lang: Lang, report: &Report, mut target: Target) {
    let (catalog, clauses, policies) = (catalog(), Clauses::default(), Policies::new());
    let titles = Titles { catalog: &catalog, clauses: &clauses };
    let mut writer = format.writer.unwrap()(&TerminalOptions { lang, ..OPTIONS });
    let empty = Report { organizations: Vec::new(), ..report.clone() };
    let mut out = Out { target: &mut target, titles, policies: &policies };
    writer.begin(&empty, &mut out).unwrap();
    for one in &report.organizations {
        writer.organization(one, &mut out).unwrap();
    }
    writer.end(if format.needs_all { report } else { &empty }, &mut out).unwrap();
    target.finish().unwrap();
}

/// What a format makes of a report.
pub fn written(name: &str, lang: Lang, report: &Report) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    write(Format::named(name).unwrap(), lang, report, Target::file(Whole::begin(&path).unwrap()));
    fs::read_to_string(path).unwrap()
}
