//! Whether the rings of a boundary make a proper area: none crosses itself or another, holes lie in their shells, parts
//! beside each other. What `geo` asks for, found by one sweep: its own check compares every line with every other.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::kernels::RobustKernel;
use geo::line_intersection::line_intersection;
use geo::{BoundingRect, Coord, Kernel, Line, LineIntersection, LineString, MultiPolygon, Orientation, Rect};
use std::collections::{BTreeMap, BTreeSet};

use super::sweep::{self, Effort, Tangled};

/// Looks for each line of a boundary.
const LOOKS: u64 = 200;

/// Why rings make no proper area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Improper {
    /// Rings cross themselves or each other, or parts overlap.
    Crossed,
    /// They are so tangled that this cannot be told.
    Tangled,
}

impl From<Tangled> for Improper {
    fn from(_: Tangled) -> Self {
        Self::Tangled
    }
}

/// A line of a ring.
struct Edge {
    line: Line<f64>,
    ring: usize,
    /// The lines before and after it.
    beside: (usize, usize),
}

/// A ring of a polygon.
struct Ring<'a> {
    points: &'a LineString<f64>,
    polygon: usize,
    shell: bool,
}

/// Nothing is wrong with the rings.
pub(crate) fn check(area: &MultiPolygon<f64>) -> Result<(), Improper> {
    let rings = rings(area);
    let edges = edges(&rings)?;
    let mut effort = Effort::new(edges.len(), LOOKS);
    let boxes: Vec<Rect<f64>> = edges.iter().map(|edge| edge.line.bounding_rect()).collect();
    let mut crossed = false;
    sweep::pairs(&boxes, &mut effort, |one, other, _| {
        crossed = edges.get(one).zip(edges.get(other)).is_some_and(|(one, other)| cross(&edges, one, other));
        Ok(!crossed)
    })?;
    if crossed { Err(Improper::Crossed) } else { nested(&rings, &mut effort) }
}

fn rings(area: &MultiPolygon<f64>) -> Vec<Ring<'_>> {
    let of = |(polygon, one): (usize, _)| {
        let one: &geo::Polygon<f64> = one;
        let holes = one.interiors().iter().map(move |points| Ring { points, polygon, shell: false });
        std::iter::once(Ring { points: one.exterior(), polygon, shell: true }).chain(holes)
    };
    area.iter().enumerate().flat_map(of).collect()
}

/// Lines of the rings, without those from a point to itself.
fn edges(rings: &[Ring<'_>]) -> Result<Vec<Edge>, Improper> {
    let mut edges = Vec::new();
    for (ring, of) in rings.iter().enumerate() {
        let first = edges.len();
        let lines = of.points.lines().filter(|line| line.start != line.end);
        edges.extend(lines.map(|line| Edge { line, ring, beside: (0, 0) }));
        let last = edges.len().saturating_sub(1);
        if edges.len() < first.saturating_add(3) || is_flat(of.points) {
            return Err(Improper::Crossed);
        }
        for (at, edge) in edges.iter_mut().enumerate().skip(first) {
            let before = if at == first { last } else { at.saturating_sub(1) };
            edge.beside = (before, if at == last { first } else { at.saturating_add(1) });
        }
    }
    Ok(edges)
}

/// Whether all points of a ring lie on one line.
fn is_flat(ring: &LineString<f64>) -> bool {
    let Some(first) = ring.coords().next() else { return true };
    let Some(other) = ring.coords().find(|point| *point != first) else { return true };
    ring.coords().all(|point| RobustKernel::orient2d(*first, *other, *point) == Orientation::Collinear)
}

/// Whether two lines meet as they must not. A ring may go back along itself, as boundaries put together often do.
fn cross(edges: &[Edge], one: &Edge, other: &Edge) -> bool {
    let (a, b) = (one.line, other.line);
    let Some(meeting) = line_intersection(a, b) else { return false };
    if one.ring == other.ring {
        return a.start != b.end && a.end != b.start;
    }
    match meeting {
        LineIntersection::Collinear { .. } | LineIntersection::SinglePoint { is_proper: true, .. } => true,
        LineIntersection::SinglePoint { intersection: at, .. } => {
            let (ring, (from, to)) = (around(edges, one, at), around(edges, other, at));
            between(at, ring, from) != between(at, ring, to)
        }
    }
}

/// The points of the ring before and after a point on the line.
fn around(edges: &[Edge], edge: &Edge, at: Coord<f64>) -> (Coord<f64>, Coord<f64>) {
    let (before, after) = (edges.get(edge.beside.0), edges.get(edge.beside.1));
    let Line { start, end } = edge.line;
    match (before, after) {
        (Some(before), _) if at == start => (before.line.start, end),
        (_, Some(after)) if at == end => (start, after.line.end),
        _ => (start, end),
    }
}

/// Whether from `at` a point lies left of the way that comes from one point and goes to the other.
fn between(at: Coord<f64>, (from, to): (Coord<f64>, Coord<f64>), point: Coord<f64>) -> bool {
    let left = |one, other| RobustKernel::orient2d(at, one, other) == Orientation::CounterClockwise;
    match RobustKernel::orient2d(at, to, from) {
        Orientation::CounterClockwise => left(to, point) && left(point, from),
        Orientation::Clockwise => left(to, point) || left(point, from),
        Orientation::Collinear => left(to, point),
    }
}

/// Holes lie in their shells and not in each other; parts lie beside each other, or in a hole.
fn nested(rings: &[Ring<'_>], effort: &mut Effort) -> Result<(), Improper> {
    if rings.len() == 1 {
        return Ok(());
    }
    let boxes: Option<Vec<Rect<f64>>> = rings.iter().map(|ring| ring.points.bounding_rect()).collect();
    let boxes = boxes.ok_or(Improper::Crossed)?;
    let mut inside: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    sweep::pairs(&boxes, effort, |one, other, effort| {
        for (inner, outer) in [(one, other), (other, one)] {
            let (Some(a), Some(b)) = (boxes.get(inner), boxes.get(outer)) else { continue };
            let may = b.min().x <= a.min().x
                && a.max().x <= b.max().x
                && b.min().y <= a.min().y
                && a.max().y <= b.max().y;
            let Some((a, b)) = rings.get(inner).zip(rings.get(outer)).filter(|_| may) else { continue };
            if within(a.points, b.points, effort)? {
                inside.entry(inner).or_default().insert(outer);
            }
        }
        Ok(true)
    })?;
    let none = BTreeSet::new();
    let proper = (0..).zip(rings).all(|(at, ring)| lies_well(rings, ring, inside.get(&at).unwrap_or(&none)));
    if proper { Ok(()) } else { Err(Improper::Crossed) }
}

/// Whether a ring may lie inside these others.
fn lies_well(rings: &[Ring<'_>], ring: &Ring<'_>, around: &BTreeSet<usize>) -> bool {
    let around: Vec<&Ring<'_>> = around.iter().filter_map(|at| rings.get(*at)).collect();
    let own = |shell: bool| around.iter().any(|one| one.polygon == ring.polygon && one.shell == shell);
    if !ring.shell {
        return own(true) && !own(false);
    }
    let in_hole = |polygon: usize| around.iter().any(|one| one.polygon == polygon && !one.shell);
    !own(false) && around.iter().filter(|one| one.shell).all(|one| in_hole(one.polygon))
}

/// Whether a ring that does not cross another lies inside it.
fn within(ring: &LineString<f64>, other: &LineString<f64>, effort: &mut Effort) -> Result<bool, Tangled> {
    let middle = |line: Line<f64>| (line.start + line.end) / 2.0;
    for point in ring.coords().copied().chain(ring.lines().map(middle)) {
        effort.spend(other.0.len())?;
        match coord_pos_relative_to_ring(point, other) {
            CoordPos::Inside => return Ok(true),
            CoordPos::Outside => return Ok(false),
            CoordPos::OnBoundary => {}
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use geo::{Polygon, Validation};
    use proptest::prelude::*;

    use super::*;

    fn ring() -> impl Strategy<Value = LineString<f64>> {
        prop::collection::vec((0..7_i32, 0..7_i32), 3..6).prop_map(|points| {
            let points: Vec<(f64, f64)> =
                points.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
            let mut ring = LineString::from(points);
            ring.close();
            ring
        })
    }

    fn polygon() -> impl Strategy<Value = Polygon<f64>> {
        (ring(), prop::collection::vec(ring(), 0..3)).prop_map(|(shell, holes)| Polygon::new(shell, holes))
    }

    proptest! {
        // Many rings go back on themselves and are passed over.
        #![proptest_config(ProptestConfig { cases: 4_000, max_global_rejects: 40_000, ..ProptestConfig::default() })]
        #[test]
        fn proper_areas_are_those_of_geo(parts in prop::collection::vec(polygon(), 1..3)) {
            let area = MultiPolygon::new(parts);
            prop_assume!(!rings(&area).iter().any(|ring| goes_back(ring.points) || is_point(ring.points)));
            prop_assert_eq!(check(&area).is_ok(), area.is_valid(), "{:?}", area);
        }
    }

    /// `geo` does not see it in a shell, and does in a hole.
    fn goes_back(ring: &LineString<f64>) -> bool {
        let lines: Vec<Line<f64>> = ring.lines().filter(|line| line.start != line.end).collect();
        let pairs = lines.iter().zip(lines.iter().cycle().skip(1));
        let mut collinear =
            pairs.filter(|(a, b)| RobustKernel::orient2d(a.start, a.end, b.end) == Orientation::Collinear);
        collinear.any(|(a, b)| a.delta().x * b.delta().x + a.delta().y * b.delta().y < 0.0)
    }

    /// `geo` asserts against it where assertions are on.
    fn is_point(ring: &LineString<f64>) -> bool {
        ring.lines().all(|line| line.start == line.end)
    }

    fn comb(teeth: u32) -> MultiPolygon<f64> {
        let tooth = |n: u32| [(f64::from(n), 0.0), (f64::from(n) + 0.4, 1e3), (f64::from(n) + 0.8, 0.0)];
        let mut points: Vec<(f64, f64)> = (0..teeth).flat_map(tooth).collect();
        points.extend([(f64::from(teeth), -1.0), (0.0, -1.0)]);
        MultiPolygon::new(vec![Polygon::new(LineString::from(points), Vec::new())])
    }

    #[test]
    fn long_boundaries_are_told_and_tangled_ones_given_up() {
        assert_eq!(check(&comb(5_000)), Ok(()));
        let spiral = (0..20_000_u32).map(|n| {
            let (turn, far) = (f64::from(n) * 1.6, 1.0 + f64::from(n));
            (turn.cos() * far, turn.sin() * far)
        });
        let tangled = Polygon::new(spiral.collect::<LineString>(), Vec::new());
        assert_ne!(check(&MultiPolygon::new(vec![tangled])), Ok(()));
    }
}
