//! Whether the numbers of a report that was read back are such as an assessment gives: formats add them up, and no sum may
//! go beyond its type.

use serde_json::Value;

use crate::model::catalog::{Catalog, Item};
use crate::model::report::{Organization, Report, Score, ScoreItem};
use crate::table::date::Date;

/// All points of an organization, or of a catalog, added up.
const MOST_POINTS: u64 = 1 << 30;
/// Counts and sums over a run.
const MOST: u64 = 1 << 50;
/// Regions above each other.
const MOST_LEVELS: usize = 100;

/// The first field of an organization that is beyond all measure.
pub(super) fn field_of(one: &Organization) -> Option<&'static str> {
    let base = one.base.iter().map(|base| &base.score);
    let scores = [&one.score].into_iter().chain(base).flat_map(of_score);
    let tables = one.tables.iter().flat_map(|table| {
        [table.declared, table.low, table.high].into_iter().chain(table.items.iter().flat_map(of_item))
    });
    let counts = one.findings.iter().map(|finding| u64::try_from(finding.total).unwrap_or(u64::MAX));
    let grids = serde_json::to_value(&one.grids).is_ok_and(|grids| counts_are_sound(&grids));
    let parts = [
        ("score", points_are_sound(scores)),
        ("tables", points_are_sound(tables)),
        ("deciding", points_are_sound(one.deciding.iter().map(|deciding| deciding.points))),
        ("findings", counts.fold(0, u64::saturating_add) <= MOST),
        ("grids", grids),
    ];
    parts.into_iter().find(|(_, sound)| !sound).map(|(field, _)| field)
}

/// The same of all the rest of a report.
pub(super) fn field_of_run(run: &Report) -> Option<&'static str> {
    let catalog =
        run.standard.as_ref().is_none_or(|standard| points_are_sound(of_catalog(&standard.catalog)));
    let summary = serde_json::to_value(&run.summary).is_ok_and(|summary| counts_are_sound(&summary));
    let depths = run.summary.regions.iter().all(|region| region.depth <= MOST_LEVELS);
    let parts = [
        ("as_of", Date::from_iso(&run.as_of).is_some()),
        ("standard", catalog),
        ("summary", summary && depths),
    ];
    parts.into_iter().find(|(_, sound)| !sound).map(|(field, _)| field)
}

fn points_are_sound(points: impl Iterator<Item = u32>) -> bool {
    points.map(u64::from).fold(0, u64::saturating_add) <= MOST_POINTS
}

fn of_score(score: &Score) -> Vec<u32> {
    let Score { low, high, full, pass, before_rulings, by_assurance, by_evidence } = score;
    let known = crate::model::assurance::Assurance::ALL.map(|how| by_assurance.of(how));
    let ranges = by_evidence.iter().flat_map(|by| [by.claims, by.files]).chain([*before_rulings]);
    let ranges: Vec<u32> = ranges.flat_map(|range| [range.low, range.high]).collect();
    [&[*low, *high, *full, *pass], ranges.as_slice(), known.as_slice()].concat()
}

fn of_item(item: &ScoreItem) -> Vec<u32> {
    let lost = item.requirements.iter().flat_map(|line| [line.deduct, line.lost_low, line.lost_high]);
    [item.points, item.low, item.high].into_iter().chain(lost).collect()
}

fn of_catalog(catalog: &Catalog) -> impl Iterator<Item = u32> {
    let tables = catalog.tables.iter().map(|table| table.declared);
    [catalog.pass].into_iter().chain(tables).chain(catalog.items().flat_map(of_catalog_item))
}

fn of_catalog_item(item: &Item) -> Vec<u32> {
    let requirements = item.requirements.iter().flat_map(|one| {
        let bands = one.bands.iter().map(|band| band.lose);
        let counted = one.count.iter().map(|count| count.each.saturating_mul(count.of.max(1)));
        [one.deduct].into_iter().chain(bands).chain(counted).collect::<Vec<_>>()
    });
    [item.points, item.weight]
        .into_iter()
        .chain(item.award.iter().map(|band| band.points))
        .chain(requirements)
        .collect()
}

/// Whether no number in it is beyond all counts.
fn counts_are_sound(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_u64().is_some_and(|number| number <= MOST),
        Value::Array(all) => all.iter().all(counts_are_sound),
        Value::Object(all) => all.values().all(counts_are_sound),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}
