//! Grids as shapes of a picture: boundaries out of WKT, laid into a frame of whole units. All of it is done in whole numbers,
//! so that a picture is the same on every machine.

use rust_decimal::Decimal;

use crate::model::grid_map::{GridMap, GridShape, MOST_GRIDS};

/// Units of the longer side of a picture.
pub(super) const SIDE: i64 = 10_000;
/// Parts of a degree or metre that coordinates are read to.
const PARTS: u32 = 5;
/// Coordinates beyond this, in such parts, are those of no map.
const FARTHEST: i64 = 10_000_000_000_000;

/// A point: on the map to the right and up, in a picture to the right and down.
type Point = (i64, i64);
type Rings = Vec<Vec<Point>>;

/// A grid with the rings of its boundary as they are on the map.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub(super) grid: GridShape,
    rings: Rings,
}

/// A piece of the map that is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    west: i64,
    north: i64,
    /// Width of the piece in parts of the map, and what a part to the right is long in millionths of one up.
    across: i64,
    narrow: i64,
    /// Width or height of the piece, whichever is longer in the picture, in millionths of parts of the map.
    longer: i128,
    /// Height of the piece in parts of the map.
    down: i64,
}

/// A shape in a picture.
#[derive(Clone, Debug)]
pub(super) struct Shape<'a> {
    pub(super) grid: &'a GridShape,
    /// What it is drawn by, as the attribute `d` of SVG.
    pub(super) path: String,
    /// Left, top, right and bottom.
    pub(super) bounds: [i64; 4],
    /// A place inside that has room to both sides, and how wide it is there.
    pub(super) label: (Point, i64),
}

impl Shape<'_> {
    /// Whether a place lies in the box around it.
    pub(super) const fn is_around(&self, (x, y): Point) -> bool {
        let [left, top, right, bottom] = self.bounds;
        left < x && x < right && top < y && y < bottom
    }
}

/// The grids of a map that can be drawn.
pub(super) fn outlines(map: &GridMap) -> Vec<Outline> {
    let known = map.grids.iter().take(MOST_GRIDS);
    let all = known.map(|grid| Outline { grid: grid.clone(), rings: rings(&grid.boundary) });
    all.filter(|one| !one.rings.is_empty()).collect()
}

/// Every ring of a polygon or several of them, as text between brackets.
fn rings(wkt: &str) -> Rings {
    let lines = wkt.split(['(', ')']).filter(|part| part.contains(|sign: char| sign.is_ascii_digit()));
    let ring = |line: &str| line.split(',').filter_map(point).collect();
    lines.map(ring).filter(|ring: &Vec<Point>| ring.len() > 2).collect()
}

fn point(text: &str) -> Option<Point> {
    let mut numbers = text.split_whitespace().map(parts);
    Some((numbers.next()??, numbers.next()??))
}

fn parts(text: &str) -> Option<i64> {
    let mut exact: Decimal = text.parse().ok()?;
    exact.rescale(PARTS);
    i64::try_from(exact.mantissa()).ok().filter(|parts| (-FARTHEST..=FARTHEST).contains(parts))
}

impl Frame {
    /// Around all of these; none where there is nothing to be seen.
    pub(super) fn around<'a>(all: impl Iterator<Item = &'a Outline>, projected: bool) -> Option<Self> {
        // On the map north is up.
        let [west, south, east, north] = bounds(all.flat_map(|one| &one.rings).flatten().copied());
        let (across, down) = (east.saturating_sub(west), north.saturating_sub(south));
        let narrow = if projected { 1_000_000 } else { narrowness(north.midpoint(south)) };
        let longer =
            i128::from(across).saturating_mul(narrow.into()).max(i128::from(down).saturating_mul(1_000_000));
        (across > 0 && down > 0).then_some(Self { west, north, across, narrow, longer, down })
    }

    /// Width and height of the picture.
    pub(super) fn size(&self) -> (i64, i64) {
        let south = self.north.saturating_sub(self.down);
        self.place((self.west.saturating_add(self.across), south))
    }

    fn place(&self, (x, y): Point) -> Point {
        let laid = |parts: i64, millionths: i64| {
            let exact = i128::from(parts).saturating_mul(millionths.into()).saturating_mul(SIDE.into());
            i64::try_from(exact.checked_div(self.longer).unwrap_or(0)).unwrap_or(0)
        };
        (laid(x.saturating_sub(self.west), self.narrow), laid(self.north.saturating_sub(y), 1_000_000))
    }

    /// The shapes of these, the largest first, so that none lies under one that is around it.
    pub(super) fn shapes<'a>(&self, all: impl Iterator<Item = &'a Outline>) -> Vec<Shape<'a>> {
        let mut shapes: Vec<_> = all.map(|one| self.shape(one)).collect();
        let area =
            |[left, top, right, bottom]: [i64; 4]| right.abs_diff(left).saturating_mul(bottom.abs_diff(top));
        shapes.sort_by_key(|shape| std::cmp::Reverse(area(shape.bounds)));
        shapes
    }

    fn shape<'a>(&self, one: &'a Outline) -> Shape<'a> {
        let rings: Rings =
            one.rings.iter().map(|ring| ring.iter().map(|point| self.place(*point)).collect()).collect();
        let bounds = bounds(rings.iter().flatten().copied());
        Shape { grid: &one.grid, path: path(&rings), bounds, label: roomiest(&rings, bounds) }
    }
}

/// The least and the greatest coordinates: left, least up or down, right, greatest up or down.
pub(super) fn bounds(points: impl Iterator<Item = Point>) -> [i64; 4] {
    points.fold([i64::MAX, i64::MAX, i64::MIN, i64::MIN], |[left, least, right, most], (x, y)| {
        [left.min(x), least.min(y), right.max(x), most.max(y)]
    })
}

/// What a degree of longitude is long at this latitude, in millionths of one of latitude: the cosine by Bhāskara's formula, which
/// is right to two thousandths and needs no library that differs from machine to machine.
fn narrowness(latitude: i64) -> i64 {
    let degrees = latitude.clamp(-8_900_000, 8_900_000) / 1_000;
    let square = degrees.saturating_mul(degrees);
    let (full, right) = (32_400 * 10_000_i64, square);
    full.saturating_sub(right.saturating_mul(4)).saturating_mul(1_000_000) / full.saturating_add(right)
}

/// Lines relative to the point before: shorter than places.
fn path(rings: &Rings) -> String {
    let mut text = String::new();
    for ring in rings {
        let mut before: Option<Point> = None;
        for (x, y) in ring {
            match before {
                None => text.extend(["M", &x.to_string(), " ", &y.to_string(), "l"]),
                Some((bx, by)) if (bx, by) != (*x, *y) => {
                    let sign = if text.ends_with('l') { "" } else { " " };
                    let (right, down) = (x.saturating_sub(bx).to_string(), y.saturating_sub(by).to_string());
                    text.extend([sign, &right, " ", &down]);
                }
                Some(_) => continue,
            }
            before = Some((*x, *y));
        }
        while text.ends_with('l') {
            text.pop();
        }
        text.push('z');
    }
    text
}

/// The middle of the widest stretch inside, half way down: whether a line there is inside changes at each ring.
fn roomiest(rings: &Rings, [_, top, _, bottom]: [i64; 4]) -> (Point, i64) {
    // Twice the height and one, so that no point lies on it.
    let level = top.saturating_add(bottom) | 1;
    let mut crossings: Vec<i64> = Vec::new();
    for ring in rings {
        let ends = ring.iter().zip(ring.iter().cycle().skip(1));
        crossings.extend(ends.filter_map(|(one, other)| {
            let (from, to) = (one.1.saturating_mul(2), other.1.saturating_mul(2));
            ((from < level) != (to < level)).then(|| {
                let share = i128::from(level.saturating_sub(from))
                    .saturating_mul(other.0.saturating_sub(one.0).into());
                let moved = share.checked_div(to.saturating_sub(from).into()).unwrap_or(0);
                one.0.saturating_add(i64::try_from(moved).unwrap_or(0))
            })
        }));
    }
    crossings.sort_unstable();
    let stretches = crossings.chunks_exact(2).filter_map(|ends| Some((*ends.first()?, *ends.last()?)));
    let widest = stretches.max_by_key(|(from, to)| to.saturating_sub(*from)).unwrap_or_default();
    ((widest.0.midpoint(widest.1), level / 2), widest.1.saturating_sub(widest.0))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn outline(boundary: &str) -> Outline {
        let grid = GridShape {
            grid: "1".to_owned(),
            grid_name: String::new(),
            level: String::new(),
            errors: 0,
            warnings: 0,
            boundary: boundary.to_owned(),
        };
        outlines(&GridMap { grids: vec![grid], ..GridMap::default() }).pop().unwrap()
    }

    #[test]
    fn a_degree_is_narrower_in_the_north() {
        assert_eq!([0, 3_000_000, 6_000_000].map(narrowness), [1_000_000, 864_864, 500_000]);
    }

    #[test]
    fn shapes_lie_in_their_frame_with_room_for_a_label_beside_the_hole() {
        let one = outline("POLYGON((0 0,400 0,400 200,0 200,0 0),(100 50,100 150,200 150,200 50,100 50))");
        let frame = Frame::around(std::iter::once(&one), true).unwrap();
        assert_eq!(frame.size(), (SIDE, SIDE / 2));
        let shapes = frame.shapes(std::iter::once(&one));
        let shape = shapes.first().unwrap();
        assert_eq!(
            shape.path,
            "M0 5000l10000 0 0 -5000 -10000 0 0 5000zM2500 3750l0 -2500 2500 0 0 2500 -2500 0z"
        );
        assert_eq!((shape.bounds, shape.label), ([0, 0, 10_000, 5_000], ((7_500, 2_500), 5_000)));
    }

    #[test]
    fn what_is_no_boundary_is_not_drawn() {
        for odd in ["", "POLYGON", "POLYGON((1 1,2))", "POLYGON((x y,1e99 2,nan 3,1 1))", "((((9"] {
            assert_eq!(rings(odd), Rings::new(), "{odd}");
        }
        let far = "POLYGON((99999999999999999999 1,2 2,3 3))";
        assert_eq!(rings(far), Rings::new());
        assert!(Frame::around(std::iter::once(&outline("POLYGON((1 1,1 1,1 1))")), false).is_none());
    }
}
