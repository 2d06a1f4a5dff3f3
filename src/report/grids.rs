//! Findings by grid: which grids of an organization are the worst, and what is found in them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::finding::{Finding, Severity};
use crate::model::finding_ids;
use crate::model::grid::{GridFindings, GridLine, GridTarget};
use crate::model::text::{Lang, Text};

/// Grids told of one organization, and of a run; the others are counted.
pub(super) const WORST: usize = 50;
/// Findings told of one grid.
const MOST: usize = 3;

/// What was found in one grid.
#[derive(Default)]
struct Found<'a> {
    errors: u64,
    warnings: u64,
    by: Vec<(&'a Finding, u64)>,
}

/// Places of errors and of warnings by grid; advice is not counted.
pub fn grid_counts(findings: &[Finding]) -> HashMap<&str, (u64, u64)> {
    found(findings).into_iter().map(|(grid, found)| (grid, (found.errors, found.warnings))).collect()
}

fn found(findings: &[Finding]) -> HashMap<&str, Found<'_>> {
    let mut grids: HashMap<&str, Found<'_>> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Advice) {
        for (grid, places) in finding.grids.iter() {
            grids.entry(grid).or_default().add(finding, *places);
        }
    }
    grids
}

/// The findings of one organization, in order and without repetitions, by grid. `names` is asked for the names of
/// the grids that are told, `title` for that of a rule or target.
pub fn grid_findings(
    findings: &[Finding],
    names: impl FnOnce(&BTreeSet<String>) -> BTreeMap<String, String>,
    title: impl Fn(&Finding) -> Option<Text>,
) -> GridFindings {
    let grids = found(findings);
    let sum = |of: fn(&Found<'_>) -> u64| grids.values().map(of).fold(0, u64::saturating_add);
    let (errors, warnings, count) = (sum(|found| found.errors), sum(|found| found.warnings), grids.len());
    let mut worst: Vec<_> = grids.into_iter().collect();
    worst.sort_unstable_by_key(|(grid, found)| (Reverse((found.errors, found.warnings)), *grid));
    worst.truncate(WORST);
    let names = names(&worst.iter().map(|(grid, _)| (*grid).to_owned()).collect());
    let title_or_message = |finding: &Finding| title(finding).unwrap_or_else(|| finding.message.clone());
    let worst =
        worst.into_iter().map(|(grid, found)| found.line(grid, names.get(grid), &title_or_message)).collect();
    GridFindings { grids: count, errors, warnings, worst }
}

impl<'a> Found<'a> {
    fn add(&mut self, finding: &'a Finding, places: u64) {
        let count = if finding.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        *count = count.saturating_add(places);
        self.by.push((finding, places));
    }

    fn line(mut self, grid: &str, name: Option<&String>, title: &impl Fn(&Finding) -> Text) -> GridLine {
        let findings = self.by.len();
        // Stable: findings with as many places stay in order.
        self.by.sort_by_key(|(_, places)| Reverse(*places));
        let target = |(finding, places): &(&Finding, u64)| GridTarget {
            rule: finding.rule.clone(),
            target: finding.target.clone(),
            title: title(finding),
            places: *places,
        };
        GridLine {
            grid: grid.to_owned(),
            grid_name: name.cloned().unwrap_or_default(),
            errors: self.errors,
            warnings: self.warnings,
            findings,
            most: self.by.iter().take(MOST).map(target).collect(),
        }
    }
}

/// What reading and typing found says what is wrong; a rule says what should be so, of which its first part will do.
pub(super) fn most_text(target: &GridTarget, lang: Lang) -> String {
    let title = target.title.get(lang);
    let found = finding_ids::ALL.contains(&target.rule.as_str());
    let end = if found { None } else { title.find(['：', '；', '。', ':', ';']) };
    let title = end.and_then(|end| title.get(..end)).unwrap_or(title).trim_end_matches('.');
    let places = target.places;
    match lang {
        Lang::Zh if found => format!("{title}（{places} 处）"),
        Lang::Zh => format!("未做到“{title}”（{places} 处）"),
        Lang::En if found => format!("{title} ({places})"),
        Lang::En => format!("not so: {title} ({places})"),
    }
}
