#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;
use crate::model::assurance::PointsByAssurance;
use crate::model::grid::{GridFindings, GridLine};
use crate::model::outcome::Outcome;
use crate::model::report::{
    ClauseOutcome, Decider, Eligibility, EligibilityStatus, Range, RequirementLine, Score, ScoreItem,
    ScoreTable, Submission,
};
use crate::model::summary::{FailureKind, Irregularity};
use crate::model::text::Text;

/// An organization of 500 points with this id, level, parent and range of points.
fn organization(id: &str, level: &str, parent: &str, low: u32, high: u32) -> Organization {
    let verdict = match (low, high) {
        (300.., _) => Verdict::Qualified,
        (_, ..300) => Verdict::Unqualified,
        _ => Verdict::Open,
    };
    Organization {
        grade: None,
        waivers: Vec::new(),
        base: None,
        id: id.to_owned(),
        name: format!("{id}中心"),
        level: level.to_owned(),
        parent: parent.to_owned(),
        submission: Submission { path: format!("材料/{id}"), sha256: String::new() },
        eligibility: Eligibility { status: EligibilityStatus::Open, conditions: Vec::new() },
        score: Score {
            low,
            high,
            full: 500,
            pass: 300,
            before_rulings: Range { low, high },
            by_assurance: PointsByAssurance::default(),
            by_evidence: None,
        },
        verdict,
        notes: Vec::new(),
        deciding: Vec::new(),
        plan: None,
        last_list: None,
        tables: Vec::new(),
        structure: Vec::new(),
        findings: Vec::new(),
        grids: GridFindings::default(),
        map: None,
        attachments: None,
        samples: Vec::new(),
        left_out: Vec::new(),
    }
}

fn summary(organizations: &[Organization]) -> Summary {
    let (catalog, clauses) = (Catalog::default(), Clauses::default());
    summarize(organizations, 0, Titles { catalog: &catalog, clauses: &clauses })
}

/// Depth, id and number of organizations of each region.
fn tree(summary: &Summary) -> Vec<(usize, &str, usize)> {
    let regions = summary.regions.iter();
    regions.map(|region| (region.depth, region.id.as_str(), region.scores.organizations)).collect()
}

fn irregular(summary: &Summary) -> Vec<(Irregularity, Vec<&str>)> {
    summary.irregular.iter().map(|one| (one.kind, one.ids.iter().map(String::as_str).collect())).collect()
}

#[test]
fn regions_roll_up_what_is_below_them() {
    let all = [
        organization("v1", "village", "t1", 100, 100),
        organization("c1", "city", "", 400, 400),
        organization("t1", "town", "k1", 200, 350),
        organization("v2", "village", "t1", 300, 310),
        organization("k1", "county", "c1", 480, 490),
    ];
    let summary = summary(&all);
    assert_eq!(tree(&summary), [(0, "c1", 5), (1, "k1", 4), (2, "t1", 3)]);
    let city = summary.regions.first().unwrap().scores;
    assert_eq!((city.low.min, city.low.max, city.low.sum), (100, 480, 1480));
    assert_eq!((city.verdicts.qualified, city.verdicts.unqualified, city.verdicts.open), (3, 1, 1));
    assert!(summary.irregular.is_empty());
    let levels: Vec<_> =
        summary.levels.iter().map(|line| (line.level.as_str(), line.scores.organizations)).collect();
    assert_eq!(levels, [("city", 1), ("county", 1), ("town", 1), ("village", 2)]);
}

#[test]
fn a_parent_that_is_not_in_the_run_gathers_its_own() {
    let all = [
        organization("a", "town", "county-9", 300, 300),
        organization("b", "town", "county-9", 200, 200),
        organization("c", "town", "", 100, 100),
    ];
    let summary = summary(&all);
    assert_eq!(tree(&summary), [(0, "county-9", 2)]);
    assert_eq!(summary.regions.first().unwrap().submissions, 0);
    assert_eq!(irregular(&summary), [(Irregularity::ParentNotInRun, vec!["county-9"])]);
}

#[test]
fn circles_are_cut_at_their_first_id_and_told() {
    let all = [
        organization("c", "town", "b", 300, 300),
        organization("b", "town", "a", 300, 300),
        organization("a", "town", "c", 300, 300),
        organization("d", "village", "c", 300, 300),
        organization("e", "", "e", 300, 300),
    ];
    let summary = summary(&all);
    assert_eq!(tree(&summary), [(0, "a", 4), (1, "b", 3), (2, "c", 2)]);
    let expected = [(Irregularity::Cycle, vec!["a", "e"]), (Irregularity::Level, vec!["b", "c"])];
    assert_eq!(irregular(&summary), expected);
}

#[test]
fn several_submissions_with_one_id_are_counted_and_told() {
    let mut again = organization("a", "town", "x", 100, 100);
    again.submission.path = "材料/a (2)".to_owned();
    let summary =
        summary(&[again, organization("a", "town", "k", 300, 300), organization("b", "", "a", 1, 2)]);
    assert_eq!(summary.ranking.len(), 3);
    // The first by path says where it belongs; a parent that only the other names has nobody below it.
    assert_eq!(tree(&summary), [(0, "k", 3), (1, "a", 3)]);
    assert_eq!(irregular(&summary).first(), Some(&(Irregularity::SharedId, vec!["a"])));
}

#[test]
fn a_chain_of_any_length_is_rolled_up() {
    let chain = (0..20_000).map(|n| organization(&format!("{n:05}"), "", &format!("{:05}", n + 1), 1, 1));
    let summary = summary(&chain.collect::<Vec<_>>());
    let first = summary.regions.first().unwrap();
    assert_eq!((first.id.as_str(), first.scores.organizations), ("20000", 20_000));
    assert_eq!(summary.regions.last().unwrap().depth, 19_999);
}

#[test]
fn equal_scores_share_a_rank_in_the_run_and_in_their_level() {
    let all = [
        organization("a", "town", "", 300, 310),
        organization("b", "city", "", 300, 400),
        organization("c", "town", "", 300, 310),
        organization("d", "town", "", 299, 500),
    ];
    let ranks: Vec<_> = summary(&all)
        .ranking
        .iter()
        .map(|one| format!("{} {} {}", one.id, one.rank, one.rank_in_level))
        .collect();
    assert_eq!(ranks, ["b 1 1", "a 2 1", "c 2 1", "d 4 3"]);
}

#[test]
fn bands_are_tenths_of_the_full_mark_and_leave_nobody_out() {
    let all = [0, 49, 50, 299, 300, 500].map(|low| organization(&low.to_string(), "", "", low, low));
    let bands = summary(&all).bands;
    let told: Vec<_> = bands.iter().map(|band| (band.from, band.to, band.verdicts.total())).collect();
    let filled: Vec<_> = told.iter().filter(|(.., count)| *count > 0).copied().collect();
    assert_eq!(filled, [(0, 49, 2), (50, 99, 1), (250, 299, 1), (300, 349, 1), (450, 500, 1)]);
    assert_eq!(told.len(), 10);
    let few = [0, 3].map(|low| {
        let mut one = organization(&low.to_string(), "", "", low, low);
        one.score.full = 3;
        one
    });
    let bands: Vec<_> = summary(&few).bands.iter().map(|band| (band.from, band.to)).collect();
    assert_eq!(bands, [(0, 0), (1, 1), (2, 3)]);
}

fn line(id: &str, outcome: Outcome, lost: u32) -> RequirementLine {
    RequirementLine {
        id: id.to_owned(),
        deduct: lost,
        outcome,
        superseded: false,
        lost_low: lost,
        lost_high: lost,
        source: Decider::Rule,
        value: None,
        overturned: None,
        assurance: None,
        rulings: Vec::new(),
        reason: Text::default(),
    }
}

#[test]
fn points_of_an_item_with_nothing_there_are_lost_with_the_item() {
    let with = |id: &str, high: u32, outcomes: [Outcome; 2]| {
        let lines = outcomes.into_iter().zip(["x.a", "x.b"]).map(|(outcome, id)| line(id, outcome, 2));
        let requirements = lines.collect();
        let item = ScoreItem {
            id: "x".to_owned(),
            points: 8,
            low: high,
            high,
            self_score: None,
            award: None,
            requirements,
        };
        let mut one = organization(id, "", "", 300, 300);
        one.tables = vec![ScoreTable { id: "A".to_owned(), declared: 8, low: high, high, items: vec![item] }];
        let clause = |rule: &str| ClauseOutcome {
            clause: "2/4".to_owned(),
            rule: rule.to_owned(),
            outcome: Outcome::Unmet,
            reason: Text::default(),
        };
        one.structure = vec![clause("2/4a"), clause("2/4b")];
        one
    };
    let all = [with("1", 0, [Outcome::Absent; 2]), with("2", 6, [Outcome::Unmet, Outcome::Unknown])];
    let failures = summary(&all).failures;
    let told: Vec<_> = failures
        .iter()
        .map(|failure| (failure.target.as_str(), failure.kind, failure.organizations, failure.points))
        .collect();
    let expected = [
        ("x.a", FailureKind::Requirement, 2, 2),
        ("2/4", FailureKind::Clause, 2, 0),
        ("x", FailureKind::Item, 1, 8),
        ("x.b", FailureKind::Requirement, 1, 0),
    ];
    assert_eq!(told, expected);
}

#[test]
fn one_organization_is_not_compared() {
    let summary = summary(&[organization("a", "city", "b", 300, 300)]);
    assert_eq!(summary, Summary { organizations: 1, qualified: 1, ..Summary::default() });
}

prop_compose! {
    /// Few ids and parents, so that circles, shared ids and missing parents are common.
    fn any_organization()(
        id in 0..9_u8, parent in 0..12_u8, level in 0..5_usize, low in 0..500_u32, open in 0..3_u32,
        copy in 0..2_u8, bad in 0..3_u64,
    ) -> Organization {
        let level = ["city", "county", "town", "village", ""].get(level).copied().unwrap_or_default();
        let parent = if parent == 0 { String::new() } else { parent.to_string() };
        let mut one = organization(&id.to_string(), level, &parent, low, low + open * 100);
        one.submission.path = format!("{id}-{copy}");
        one.grids.grids = usize::from(bad > 0);
        one.grids.errors = bad;
        one.grids.worst.extend((bad > 0).then(|| GridLine {
            grid: format!("g{id}"), grid_name: String::new(), errors: bad, warnings: 0, findings: 1,
            most: Vec::new(),
        }));
        one
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_order_does_not_matter_and_nobody_is_lost(
        all in proptest::collection::vec(any_organization(), 2..40).prop_shuffle(),
        turn in 0..40_usize,
    ) {
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len());
        turned.reverse();
        let summary = summary(&all);
        prop_assert_eq!(&summary, &super::tests::summary(&turned));
        prop_assert_eq!(summary.ranking.len(), all.len());
        let levels: usize = summary.levels.iter().map(|line| line.scores.organizations).sum();
        let bands: usize = summary.bands.iter().map(|band| band.verdicts.total()).sum();
        prop_assert_eq!((levels, bands), (all.len(), all.len()));
        let tops = summary.regions.iter().filter(|one| one.depth == 0);
        prop_assert!(tops.map(|one| one.scores.organizations).sum::<usize>() <= all.len());
        for (at, region) in summary.regions.iter().enumerate().filter(|(_, region)| region.depth > 0) {
            let above = summary.regions.iter().take(at).find(|above| above.id == region.parent);
            prop_assert!(above.is_some_and(|above| above.depth + 1 == region.depth
                && above.scores.organizations >= above.submissions + region.scores.organizations));
        }
    }
}
