//! Many organizations out of the sample, each with outcomes, numbers and names of its own.

use wangge::model::clause::Clauses;
use wangge::model::outcome::Outcome;
use wangge::model::report::{Organization, Report, ScoreTable, Verdict};
use wangge::model::text::Text;
use wangge::report::summary::{Titles, summarize};

use super::golden::catalog;
use super::sample;

/// The next number of a fixed sequence: Knuth's linear congruence.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// A report of so many organizations.
pub fn report(count: usize) -> Report {
    let catalog = catalog();
    let mut report = sample::report(&catalog);
    let models = std::mem::take(&mut report.organizations);
    let mut state = 7;
    for (number, model) in models.iter().cycle().take(count).enumerate() {
        let mut one = model.clone();
        differ(&mut one, number, &mut state);
        report.organizations.push(one);
    }
    let titles = Titles { catalog: &catalog, clauses: &Clauses::default() };
    report.summary = summarize(&report.organizations, 0, titles);
    report
}

fn differ(one: &mut Organization, number: usize, state: &mut u64) {
    one.id = format!("{:06}", 350_000 + number);
    one.name = format!("第{number}网格化服务管理中心");
    one.parent = format!("{}", 3_500 + number / 100);
    one.submission.path = format!("材料/{number:04}");
    one.tables.iter_mut().for_each(|table| table_of_its_own(table, state));
    one.score.low = one.tables.iter().map(|table| table.low).sum();
    one.score.high = one.tables.iter().map(|table| table.high).sum();
    one.verdict = match (one.score.low >= one.score.pass, one.score.high < one.score.pass) {
        (true, _) => Verdict::Qualified,
        (_, true) => Verdict::Unqualified,
        _ => Verdict::Open,
    };
    for at in 0..next(state) % 25 {
        let Some(mut finding) = one.findings.first().cloned() else { break };
        finding.fingerprint = format!("{number:08x}{at:08x}");
        let rows = next(state) % 900;
        finding.message =
            Text::new(format!("{rows}处日期晚于评价日"), format!("dates after the as-of day: {rows}"));
        one.findings.push(finding);
    }
}

fn table_of_its_own(table: &mut ScoreTable, state: &mut u64) {
    for item in &mut table.items {
        for line in item.requirements.iter_mut().filter(|line| line.rulings.is_empty()) {
            (line.outcome, line.lost_low, line.lost_high) = match next(state) % 10 {
                0 => (Outcome::Unmet, line.deduct, line.deduct),
                1 => (Outcome::Unknown, line.deduct, 0),
                _ => (Outcome::Met, 0, 0),
            };
            let missing = next(state) % 40;
            line.reason = match line.outcome {
                Outcome::Met => Text::default(),
                _ => Text::new(
                    format!("40项中{missing}项没有依据"),
                    format!("without evidence, of 40: {missing}"),
                ),
            };
        }
        let lost =
            |of: fn(&wangge::model::report::RequirementLine) -> u32| item.requirements.iter().map(of).sum();
        item.low = item.points.saturating_sub(lost(|line| line.lost_low));
        item.high = item.points.saturating_sub(lost(|line| line.lost_high));
    }
    table.low = table.items.iter().map(|item| item.low).sum();
    table.high = table.items.iter().map(|item| item.high).sum();
}
