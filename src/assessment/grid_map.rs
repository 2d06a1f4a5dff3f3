//! Where the grids of a submission lie: boundaries read, and simplified for a picture.

use std::cmp::Reverse;
use std::collections::HashSet;

use geo::{LineString, Polygon};
use rust_decimal::Decimal;

use crate::model::dataset::Dataset;
use crate::model::finding::Finding;
use crate::model::grid;
use crate::model::grid_map::{GridMap, GridShape, MOST_GRIDS, MOST_POINTS};
use crate::report::grid_counts;
use crate::script::{Boundary, is_boundary, read_boundary};
use crate::table::Table;
use crate::table::column::CellValue;

/// Columns of the table of grids beside code and name.
const BOUNDARY: &str = "boundary";
const LEVEL: &str = "level";

/// A simplified line leaves the drawn one by at most this part of the longer side of its boundary: about a pixel, the more grids
/// the smaller they are in the picture.
const fn part(grids: usize) -> i128 {
    match grids {
        0..=100 => 64,
        101..=400 => 32,
        _ => 16,
    }
}

/// Decimals of a degree that are kept: about a metre.
const DECIMALS: u32 = 5;

/// A point in whole units: metres, or the last decimal of a degree.
type Point = (i64, i64);

/// A row of the table of grids that may be drawn.
struct Candidate {
    row: usize,
    code: String,
    errors: u64,
    warnings: u64,
}

/// The map of a submission; none where no grid has a boundary as coordinates. Where there are more grids than a map
/// holds, those with the most findings are on it.
pub(super) fn of(dataset: &Dataset, findings: &[Finding]) -> Option<GridMap> {
    let table = dataset.tables.get(grid::GRIDS)?;
    let column = table.decl.position(BOUNDARY)?;
    let mut candidates = candidates(dataset, table, column, findings);
    candidates.sort_by_key(|one| (Reverse((one.errors, one.warnings)), one.row));
    let part = part(candidates.len().min(MOST_GRIDS));
    let (mut drawn, mut map, mut points) = (Vec::new(), None, 0_usize);
    for one in &candidates {
        if drawn.len() == MOST_GRIDS {
            break;
        }
        let Some(Ok(boundary)) = read_boundary(&table.display(one.row, column)) else { continue };
        let map = map.get_or_insert_with(|| GridMap { projected: boundary.planar, ..GridMap::default() });
        let rings = if map.projected == boundary.planar { simplified(&boundary, part) } else { Vec::new() };
        let more = points.saturating_add(rings.iter().flatten().map(Vec::len).sum());
        if !rings.is_empty() && more <= MOST_POINTS {
            points = more;
            drawn.push((one.row, shape(dataset, table, one, text(&rings, map.projected))));
        }
    }
    drawn.sort_by_key(|(row, _)| *row);
    let left_out = candidates.len().saturating_sub(drawn.len());
    let grids: Vec<GridShape> = drawn.into_iter().map(|(_, shape)| shape).collect();
    map.filter(|_| !grids.is_empty()).map(|map| GridMap { grids, left_out, ..map })
}

/// The first row of each code that has a boundary.
fn candidates(dataset: &Dataset, table: &Table, column: usize, findings: &[Finding]) -> Vec<Candidate> {
    let counts = grid_counts(findings);
    let mut known = HashSet::new();
    let rows = (0..table.len()).filter_map(|row| {
        let code = dataset.redactor.grid(&grid::of_row(table, row)?);
        (known.insert(code.clone()) && is_boundary(&table.display(row, column))).then_some((row, code))
    });
    rows.map(|(row, code)| {
        let (errors, warnings) = counts.get(code.as_str()).copied().unwrap_or_default();
        Candidate { row, code, errors, warnings }
    })
    .collect()
}

fn shape(dataset: &Dataset, table: &Table, one: &Candidate, boundary: String) -> GridShape {
    let name = table.decl.position(grid::NAME);
    let level = table.decl.position(LEVEL).and_then(|at| match table.cell(one.row, at) {
        CellValue::Enumerated(number) => table.decl.columns.get(at)?.value_id(usize::from(number)),
        _ => None,
    });
    GridShape {
        grid: one.code.clone(),
        grid_name: name.map(|at| dataset.redactor.cell(table, one.row, at)).unwrap_or_default(),
        level: level.unwrap_or_default().to_owned(),
        errors: one.errors,
        warnings: one.warnings,
        boundary,
    }
}

/// The rings of each part, the outer one first; parts and holes that are nothing in the picture are left out.
fn simplified(boundary: &Boundary, part: i128) -> Vec<Vec<Vec<Point>>> {
    let whole = boundary.bounds.width().max(boundary.bounds.height());
    let least = i128::from(units(whole, boundary.planar)).checked_div(part).unwrap_or(0).max(1);
    let ring = |line: &LineString<f64>| {
        let point = |at: &geo::Coord<f64>| (units(at.x, boundary.planar), units(at.y, boundary.planar));
        let mut points: Vec<Point> = line.coords().map(point).collect();
        points.dedup();
        Some(thinned(&points, least)).filter(|points| points.len() > 3)
    };
    let rings = |polygon: &Polygon<f64>| {
        let outer = ring(polygon.exterior())?;
        Some(std::iter::once(outer).chain(polygon.interiors().iter().filter_map(ring)).collect())
    };
    boundary.area.iter().filter_map(rings).collect()
}

/// Whole units of a coordinate.
fn units(coordinate: f64, planar: bool) -> i64 {
    let decimals = if planar { 0 } else { DECIMALS };
    let mut exact = Decimal::try_from(coordinate).unwrap_or_default().round_dp(decimals);
    exact.rescale(decimals);
    i64::try_from(exact.mantissa()).unwrap_or_default()
}

/// The points of a closed line that it needs so as not to leave its course by more than `tolerance` (Douglas and Peucker); the
/// point farthest from its first is kept. Without recursion: lines may have thousands of points on one side.
fn thinned(points: &[Point], tolerance: i128) -> Vec<Point> {
    let Some((first, last)) = points.first().zip(points.len().checked_sub(1)) else { return Vec::new() };
    let farthest = (0..=last).max_by_key(|at| (points.get(*at).map(|at| squared(*first, *at)), Reverse(*at)));
    let farthest = farthest.unwrap_or(0);
    let mut keep: HashSet<usize> = [0, farthest, last].into();
    let mut spans = vec![(0, farthest), (farthest, last)];
    while let Some((from, to)) = spans.pop() {
        let Some((start, end)) = points.get(from).zip(points.get(to)) else { continue };
        let inside = from.saturating_add(1)..to;
        let off = inside.filter_map(|at| Some((off_line(*start, *end, *points.get(at)?), Reverse(at))));
        if let Some(((off, length), Reverse(at))) = off.max()
            && off > tolerance.saturating_mul(tolerance).saturating_mul(length)
        {
            keep.insert(at);
            spans.extend([(from, at), (at, to)]);
        }
    }
    (0..points.len()).filter(|at| keep.contains(at)).filter_map(|at| points.get(at).copied()).collect()
}

fn squared(from: Point, to: Point) -> i128 {
    let [x, y] = [(from.0, to.0), (from.1, to.1)].map(|(a, b)| i128::from(b).saturating_sub(i128::from(a)));
    x.saturating_mul(x).saturating_add(y.saturating_mul(y))
}

/// How far a point lies off a line, squared and times the second number, which is the same for all points.
fn off_line(start: Point, end: Point, at: Point) -> (i128, i128) {
    let length = squared(start, end);
    if length == 0 {
        return (squared(start, at), 1);
    }
    let [dx, dy] =
        [(start.0, end.0), (start.1, end.1)].map(|(a, b)| i128::from(b).saturating_sub(i128::from(a)));
    let [px, py] =
        [(start.0, at.0), (start.1, at.1)].map(|(a, b)| i128::from(b).saturating_sub(i128::from(a)));
    let cross = dx.saturating_mul(py).saturating_sub(dy.saturating_mul(px));
    (cross.saturating_mul(cross), length)
}

/// As WKT.
fn text(parts: &[Vec<Vec<Point>>], projected: bool) -> String {
    let decimals = if projected { 0 } else { DECIMALS };
    let number = |units: i64| Decimal::new(units, decimals).normalize().to_string();
    let point = |at: &Point| format!("{} {}", number(at.0), number(at.1));
    let ring = |ring: &Vec<Point>| format!("({})", ring.iter().map(point).collect::<Vec<_>>().join(","));
    let part =
        |rings: &Vec<Vec<Point>>| format!("({})", rings.iter().map(ring).collect::<Vec<_>>().join(","));
    let all: Vec<String> = parts.iter().map(part).collect();
    match all.as_slice() {
        [one] => format!("POLYGON{one}"),
        several => format!("MULTIPOLYGON({})", several.join(",")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn in_short(wkt: &str) -> String {
        let boundary = read_boundary(wkt).unwrap().unwrap();
        text(&simplified(&boundary, part(1)), boundary.planar)
    }

    #[test]
    fn what_the_eye_does_not_see_is_left_out_and_the_rest_rounded() {
        assert_eq!(
            in_short(
                "POLYGON ((117.6 24.5, 117.605 24.50001, 117.61 24.5, 117.61 24.5100000049, 117.6 24.51, 117.6 24.5))"
            ),
            "POLYGON((117.6 24.5,117.61 24.5,117.61 24.51,117.6 24.51,117.6 24.5))"
        );
    }

    #[test]
    fn parts_and_holes_stay_and_specks_go() {
        let square = |x: u32, side: u32| {
            let far = x + side;
            format!("({x} 2000,{far} 2000,{far} {y},{x} {y},{x} 2000)", y = 2000 + side)
        };
        let wkt = format!(
            "MULTIPOLYGON(({},{}),({}))",
            square(5000, 640),
            "(5100 2100,5100 2300,5300 2300,5300 2100,5100 2100)",
            square(6000, 3)
        );
        assert_eq!(
            in_short(&wkt),
            "POLYGON((5000 2000,5640 2000,5640 2640,5000 2640,5000 2000),(5100 2100,5100 2300,5300 2300,5300 2100,5100 2100))"
        );
    }

    #[test]
    fn a_line_of_thousands_of_points_is_thinned_without_recursion() {
        let teeth = (1..9_000).map(|n| (n * 10, if n % 2 == 0 { 0 } else { 90_000 - n * 10 }));
        let points: Vec<Point> = teeth.chain([(100_000, -50_000), (10, 90_000 - 10)]).collect();
        let thin = thinned(&points, 1);
        assert!(thin.len() > 1_000 && thin.len() <= points.len());
        assert_eq!((thin.first(), thin.last()), (points.first(), points.last()));
    }
}
