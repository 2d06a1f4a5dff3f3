//! Whether boundaries can be cut in the time and memory there is for it. Both are estimated beforehand: once begun,
//! cutting is not stopped, and memory that is refused in it ends the process.

use geo::line_intersection::line_intersection;
use geo::{BoundingRect, Line, LineIntersection, LinesIter, Rect};

use super::area::{self, Boundary};
use super::sweep::{self, Effort, Tangled};
use crate::model::text::Text;
use crate::resources::meter;

/// Crossings of lines that are cut, beside one for each point.
const MOST_CROSSINGS: usize = 10_000;
/// So few pairs of lines cross seldom enough.
const FEW: usize = 40_000;
/// Looks that take as long as cutting at a point.
const CUT: usize = 30;
/// Looks that take as long as comparing two lines whose boxes meet, here and in the cutting.
const MEETING: usize = 30;
/// Bytes for each line: itself, its box, and its place in the sweep with what sorting takes.
const SWEEPING: usize = 144;
/// Bytes that cutting takes for each point and crossing, and for each two lines whose boxes meet, as measured.
const CUTTING: usize = 224;
const MEETING_CUT: usize = 4;

/// Lines of several boundaries that come near each other.
#[derive(Default)]
struct Nearness {
    /// Pairs whose boxes meet.
    meetings: usize,
    /// Pairs that cut each other in two or more.
    crossings: usize,
}

/// Nothing where the boundaries can be cut; what is said of them otherwise.
pub(crate) fn bearable(boundaries: &[&Boundary], effort: &mut Effort) -> Result<(), Text> {
    let points = boundaries.iter().map(|one| one.points).fold(0, usize::saturating_add);
    let tangled = |Tangled| area::tangled();
    effort.spend(points.saturating_mul(CUT)).map_err(tangled)?;
    fits(points.saturating_mul(SWEEPING))?;
    let near = if points.saturating_mul(points) <= FEW {
        Nearness { meetings: FEW, crossings: FEW }
    } else {
        nearness(boundaries, points, effort).map_err(tangled)?
    };
    let cut = points.saturating_add(near.crossings).saturating_mul(CUTTING);
    fits(near.meetings.saturating_mul(MEETING_CUT).saturating_add(cut))
}

/// The script may still hold so many bytes.
fn fits(bytes: usize) -> Result<(), Text> {
    if bytes > meter::room() { Err(area::heavy()) } else { Ok(()) }
}

fn nearness(boundaries: &[&Boundary], points: usize, effort: &mut Effort) -> Result<Nearness, Tangled> {
    let mut lines: Vec<(usize, Line<f64>)> = Vec::with_capacity(points);
    lines.extend(
        (0..).zip(boundaries).flat_map(|(of, one)| one.area.lines_iter().map(move |line| (of, line))),
    );
    let boxes: Vec<Rect<f64>> = lines.iter().map(|(_, line)| line.bounding_rect()).collect();
    let most = points.saturating_add(MOST_CROSSINGS);
    let mut near = Nearness::default();
    sweep::pairs(&boxes, effort, |one, other, effort| {
        effort.spend(MEETING)?;
        near.meetings = near.meetings.saturating_add(1);
        let pair = lines.get(one).zip(lines.get(other)).filter(|(one, other)| one.0 != other.0);
        let crosses = pair.is_some_and(|(one, other)| crosses(one.1, other.1));
        near.crossings = near.crossings.saturating_add(usize::from(crosses));
        if near.crossings > most { Err(Tangled) } else { Ok(true) }
    })?;
    effort.spend(near.crossings.saturating_mul(CUT))?;
    Ok(near)
}

/// Whether a line is cut where it meets another: not where both end, nor where they are the same.
fn crosses(one: Line<f64>, other: Line<f64>) -> bool {
    let ends = |line: Line<f64>, at| line.start == at || line.end == at;
    match line_intersection(one, other) {
        None => false,
        Some(LineIntersection::SinglePoint { intersection: at, .. }) => !(ends(one, at) && ends(other, at)),
        Some(LineIntersection::Collinear { .. }) => !(ends(one, other.start) && ends(one, other.end)),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::resources::meter::{Limits, Measurement};

    fn ring(points: u32, far: f64) -> Boundary {
        let at = |n: u32| f64::from(n) / f64::from(points) * std::f64::consts::TAU;
        let told = (0..=points)
            .map(|n| at(n % points))
            .map(|at| format!("{:.7} {:.7}", 117.0 + far * at.cos(), 24.0 + far * at.sin()));
        area::read(&format!("POLYGON(({}))", told.collect::<Vec<_>>().join(","))).unwrap().unwrap()
    }

    #[test]
    fn what_there_is_no_memory_for_is_not_begun() {
        let rings: Vec<Boundary> = (1..=40).map(|n| ring(1_000, f64::from(n) * 0.01)).collect();
        let rings: Vec<&Boundary> = rings.iter().collect();
        for (mib, borne) in [(64, true), (8, false), (1, false)] {
            let session = Measurement::begin(Limits { cap: mib << 20, ..Limits::NONE });
            let told = bearable(&rings, &mut Effort::new(rings.len(), 1 << 30));
            drop(session);
            assert_eq!(told, if borne { Ok(()) } else { Err(area::heavy()) }, "{mib} MiB");
        }
    }

    #[test]
    fn lines_that_meet_often_without_crossing_are_tangled() {
        let rings: Vec<Boundary> = (1..=100).map(|n| ring(100, 0.1 + f64::from(n) * 1e-6)).collect();
        let rings: Vec<&Boundary> = rings.iter().collect();
        let bytes = rings.iter().map(|one| one.bytes).sum();
        assert_eq!(bearable(&rings, &mut Effort::new(bytes, 50)), Err(area::tangled()));
        assert_eq!(bearable(&rings, &mut Effort::new(bytes, 5_000)), Ok(()));
    }

    fn line(from: (f64, f64), to: (f64, f64)) -> Line<f64> {
        Line::new(from, to)
    }

    #[test]
    fn lines_cross_where_one_of_them_is_cut() {
        let one = line((0.0, 0.0), (4.0, 0.0));
        for (from, to, wanted) in [
            ((1.0, -1.0), (1.0, 1.0), true),
            ((1.0, 0.0), (1.0, 1.0), true),
            ((4.0, 0.0), (4.0, 1.0), false),
            ((4.0, 0.0), (0.0, 0.0), false),
            ((3.0, 0.0), (5.0, 0.0), true),
            ((4.0, 0.0), (5.0, 0.0), false),
            ((0.0, 1.0), (4.0, 1.0), false),
        ] {
            assert_eq!(crosses(one, line(from, to)), wanted, "{from:?} {to:?}");
            assert_eq!(crosses(line(to, from), one), wanted, "{from:?} {to:?}");
        }
    }
}
