//! Two reports, or two folders of them, compared: what differs, and why scores moved.
//!
//! ```text
//! Run, Run ──matching──▶ pairs ──organization (cause, findings, rulings)──┐
//!    └──settings────────────────────────────────────────────────────────┴─▶ ReportDiff ─▶ terminal, Markdown, HTML, XLSX
//! ```

mod cause;
pub(super) mod details;
mod findings;
pub(super) mod listing;
mod markdown;
mod matching;
mod organization;
pub(super) mod overall;
mod pair;
mod rulings;
mod settings;
mod summary;
mod terminal;
mod vocabulary;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use self::cause::Basis;
pub use self::markdown::markdown;
use self::matching::{Matching, Member};
use self::pair::pairs;
pub use self::terminal::terminal;
pub use self::workbook::workbook;
use crate::model::described::schema_of;
use crate::model::grid::GridFindings;
use crate::model::report::{Organization, Report};
use crate::model::report_diff::{
    Cause, Changed, NotAssessed, OrganizationDiff, OrganizationEntry, REPORT_DIFF, ReportDiff, ReportPair,
    ReportSource, SettingChange, SettingsDiff,
};
use crate::model::text::Lang;
use crate::model::unusable::Unreadable;
use crate::report::html::difference_page;

/// A report that was read back.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its file.
    pub file: String,
    /// The report without its organizations.
    pub report: Report,
    /// Its organizations, [reduced].
    pub organizations: Vec<Organization>,
}

/// An organization without what is not compared: of the places of a finding the first stays, without its row.
pub fn reduced(mut one: Organization) -> Organization {
    for finding in &mut one.findings {
        finding.locations.truncate(1);
        finding.locations.shrink_to_fit();
        finding.locations.iter_mut().for_each(|place| place.excerpt = Vec::new());
    }
    one.grids = GridFindings::default();
    Organization {
        map: None,
        attachments: None,
        plan: None,
        last_list: None,
        samples: Vec::new(),
        left_out: Vec::new(),
        ..one
    }
}

/// The comparison as a page of HTML; `run` is one of the new reports, of which day, program and packs stand at its end.
pub fn html(diff: &ReportDiff, run: &Report, lang: Lang) -> String {
    difference_page(diff, run, lang)
}

/// The JSON Schema of a comparison, as checked in.
pub fn schema() -> String {
    format!("{:#}\n", schema_of::<ReportDiff>())
}

/// What differs between an old and a new side.
pub fn compare(old: &[Run], new: &[Run]) -> ReportDiff {
    let unmasked = |runs: &[Run]| runs.iter().map(|run| run.report.unmasked).collect::<BTreeSet<_>>();
    let masking_differs = unmasked(old).union(&unmasked(new)).count() > 1;
    let matched = matching::matched(old, new, masking_differs);
    let settings = Settings::of(old, new, &matched);
    let mut organizations = Vec::new();
    for (before, after) in &matched.pairs {
        let basis = Basis {
            settings: settings.causes.get(&(before.run, after.run)).map_or(&[], Vec::as_slice),
            data: before.one.submission.sha256 != after.one.submission.sha256,
            texts: settings.texts.contains(&(before.run, after.run)),
        };
        let diff = organization::compare(before.one, after.one, &basis);
        organizations.extend(diff.differs().then_some(diff));
    }
    organizations.sort_by_cached_key(order);
    let mut diff = ReportDiff {
        schema: REPORT_DIFF.to_owned(),
        old: old.iter().map(source).collect(),
        new: new.iter().map(source).collect(),
        masking_differs,
        summary: summary::of(&organizations, &matched),
        settings: settings.told,
        items: summary::items(&organizations),
        added: entries(&matched.added),
        removed: entries(&matched.removed),
        organizations,
        matched_by_path: matched.by_path,
        unpaired: settings.unpaired,
        unreadable: unreadable(old, new, !masking_differs),
        not_assessed: not_assessed(old, new),
        titles: BTreeMap::new(),
    };
    diff.matched_by_path.sort();
    summary::name(&mut diff, new.iter().chain(old).filter_map(|run| run.report.standard.as_deref()));
    diff
}

/// Those with another verdict first, then by points, then by id.
fn order(one: &OrganizationDiff) -> (bool, std::cmp::Reverse<i64>, String, String) {
    let (low, high) = one.direction();
    let points = low.saturating_abs().saturating_add(high.saturating_abs());
    (one.verdict.is_none(), std::cmp::Reverse(points), one.id.clone(), one.new_path.clone())
}

fn source(run: &Run) -> ReportSource {
    ReportSource {
        file: run.file.clone(),
        as_of: run.report.as_of.clone(),
        tool: run.report.tool.version.clone(),
        organizations: run.organizations.len(),
        unmasked: run.report.unmasked,
    }
}

fn entries(members: &[Member<'_>]) -> Vec<OrganizationEntry> {
    let entry = |Member { one, .. }: &Member<'_>| OrganizationEntry {
        id: one.id.clone(),
        name: one.name.clone(),
        path: one.submission.path.clone(),
        low: one.score.low,
        high: one.score.high,
        verdict: one.verdict,
    };
    let mut entries: Vec<_> = members.iter().map(entry).collect();
    entries.sort_by(|a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
    entries
}

/// What runs were made with, by the pairs of runs that have organizations in common.
#[derive(Default)]
struct Settings {
    told: Vec<SettingsDiff>,
    causes: BTreeMap<(usize, usize), Vec<Cause>>,
    /// Pairs of runs whose texts can be compared.
    texts: BTreeSet<(usize, usize)>,
    unpaired: Vec<String>,
}

impl Settings {
    fn of(old: &[Run], new: &[Run], matched: &Matching<'_>) -> Self {
        let mut pairs: BTreeSet<(usize, usize)> =
            matched.pairs.iter().map(|(old, new)| (old.run, new.run)).collect();
        if let ([_], [_]) = (old, new) {
            pairs.insert((0, 0));
        }
        let mut found = Self::default();
        let mut alike: BTreeMap<Vec<SettingChange>, Vec<ReportPair>> = BTreeMap::new();
        for at in &pairs {
            let (Some(before), Some(after)) = (old.get(at.0), new.get(at.1)) else { continue };
            let changes = settings::changes(&before.report, &after.report);
            found.causes.insert(*at, settings::causes(&changes));
            if before.report.unmasked == after.report.unmasked {
                found.texts.insert(*at);
            }
            if !changes.is_empty() {
                let pair = ReportPair { old: before.file.clone(), new: after.file.clone() };
                alike.entry(changes).or_default().push(pair);
            }
        }
        found.told = alike.into_iter().map(|(changes, reports)| SettingsDiff { reports, changes }).collect();
        found.told.sort_by(|a, b| a.reports.cmp(&b.reports));
        let alone = |runs: &[Run], place: fn(&(usize, usize)) -> usize| {
            let paired: BTreeSet<usize> = pairs.iter().map(place).collect();
            let alone = runs.iter().enumerate().filter(|(at, _)| !paired.contains(at));
            alone.map(|(_, run)| run.file.clone()).collect::<Vec<_>>()
        };
        found.unpaired = [alone(old, |pair| pair.0), alone(new, |pair| pair.1)].concat();
        found
    }
}

/// Submissions that could not be read, by path.
fn unreadable(old: &[Run], new: &[Run], texts: bool) -> Vec<Changed<Unreadable>> {
    fn all(runs: &[Run]) -> impl Iterator<Item = &Unreadable> {
        runs.iter().flat_map(|run| &run.report.unreadable)
    }
    let pairs = pairs(all(old), all(new), |one| one.path.as_str());
    let changed = pairs.iter().filter(|pair| match (pair.old, pair.new) {
        (Some(old), Some(new)) => texts && old != new,
        _ => true,
    });
    let told = changed.map(|pair| Changed {
        id: pair.key.to_owned(),
        was: pair.old.cloned(),
        now: pair.new.cloned(),
    });
    told.collect()
}

fn not_assessed(old: &[Run], new: &[Run]) -> NotAssessed {
    fn all(runs: &[Run]) -> impl Iterator<Item = &String> {
        runs.iter().flat_map(|run| &run.report.not_assessed)
    }
    let mut found = NotAssessed::default();
    for pair in pairs(all(old), all(new), |path| path.as_str()) {
        match (pair.old, pair.new) {
            (None, Some(path)) => found.new.push(path.clone()),
            (Some(path), None) => found.gone.push(path.clone()),
            _ => {}
        }
    }
    found
}
