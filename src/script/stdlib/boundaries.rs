//! Boundaries drawn in a column as WKT or `GeoJSON`: which are no areas, which overlap, what is left uncovered.
//! Any other text in the column, such as a description in words, is no boundary and is passed over.
//!
//! Areas are cut only after their lines were swept over: what would cross too often is left out and noted.

use std::cmp::Ordering;
use std::collections::HashMap;

use geo::coordinate_position::CoordPos;
use geo::{
    BooleanOps, BoundingRect, CoordinatePosition, CoordsIter, Intersects, Line, LinesIter, MultiPolygon,
    Rect, unary_union,
};
use rhai::{Array, Dynamic, ImmutableString, Map};

use super::excess;
use crate::model::text::Text;
use crate::resources::{meter, unwind};
use crate::script::error::{Res, exceeded};
use crate::script::value::boundary::area::{self, Boundary};
use crate::script::value::boundary::bearable::bearable;
use crate::script::value::boundary::sweep::{self, Effort, Tangled};
use crate::script::value::column_codes::key;
use crate::script::value::maybe::open;
use crate::script::value::rows::{Row, Rows};

/// Pairs told at most: where everything lies on everything, more would say nothing new.
const MOST_PAIRS: usize = 1_000;
/// Rows told at most, likewise: a list of them must not be what a rule has no memory for.
const MOST_ROWS: usize = 10_000;
/// Looks for each byte of all boundaries: the time a rule has grows with the bytes as well. Ten neighbours of a boundary
/// on a map take half of it.
const LOOKS: u64 = 50;
/// The same for each box.
const LOOKS_A_BOX: u64 = 1_000;
/// Looks that take as long as finding the boundary of a row.
const LOOKUP: usize = 30;
/// Looks that take as long as putting a point in order among many.
const SORTED: usize = 60;
/// Looks that take as long as an operation.
const STRIDE: u64 = 256;

fn row(rows: &Rows, at: u32) -> Row {
    Row { of: std::sync::Arc::clone(&rows.of), at }
}

fn entry<const N: usize>(fields: [(&str, Dynamic); N]) -> Dynamic {
    fields.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>().into()
}

/// Rows that hold a boundary which can be measured.
pub(crate) fn drawn(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    let pick = |rows: &Rows| Ok(rows.choose(sound(rows, column)?.into_iter().map(|one| one.at)));
    rows.settled(&[column], pick, open)
}

/// `#{ row, zh, en }` of each boundary that is no proper area, with what is wrong.
pub(crate) fn misdrawn(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    rows.note();
    let wrong = read(rows, column)?.into_iter().filter_map(|(at, read)| {
        let problem = read.as_ref().err()?;
        let (zh, en) = (problem.zh.as_str().into(), problem.en.as_str().into());
        Some(entry([("row", Dynamic::from(row(rows, at))), ("zh", zh), ("en", en)]))
    });
    Ok(wrong.take(MOST_ROWS).collect())
}

/// Square metres of the boundary in the row, or `()`.
pub(crate) fn drawn_area(one: &mut Row, name: ImmutableString) -> Res<Dynamic> {
    let column = one.column(&name)?;
    let boundary = one.of.boundaries(column).and_then(|all| all.at(one.at)?.as_ref().ok());
    let Some(boundary) = boundary else { return Ok(Dynamic::UNIT) };
    exceeded::charge(u64::try_from(boundary.points).unwrap_or(u64::MAX))?;
    Ok(boundary.size().into())
}

/// A boundary and its row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn<'a> {
    pub(crate) at: u32,
    pub(crate) boundary: &'a Boundary,
}

/// What is drawn in the column, for each of the rows in which something is; charged by the points.
pub(crate) fn read(rows: &Rows, column: usize) -> Res<Vec<(u32, &Result<Boundary, Text>)>> {
    let Some(all) = rows.of.boundaries(column) else { return Ok(Vec::new()) };
    let read: Vec<_> = rows.chosen.iter().filter_map(|at| Some((at, all.at(at)?))).collect();
    let points = read.iter().filter_map(|(_, read)| read.as_ref().ok()).map(|boundary| boundary.points);
    exceeded::charge(u64::try_from(points.sum::<usize>()).unwrap_or(u64::MAX))?;
    Ok(read)
}

/// The boundaries in the column that can be measured.
pub(crate) fn sound(rows: &Rows, column: usize) -> Res<Vec<Drawn<'_>>> {
    let sound = read(rows, column)?.into_iter();
    Ok(sound.filter_map(|(at, read)| Some(Drawn { at, boundary: read.as_ref().ok()? })).collect())
}

/// Measures boundaries against each other, as far as their lines do not cross too often.
struct Measure<'a> {
    rows: &'a Rows,
    column: usize,
    effort: Effort,
}

impl<'a> Measure<'a> {
    /// For so many bytes in all.
    fn new(rows: &'a Rows, column: usize, bytes: usize) -> Self {
        Self { rows, column, effort: Effort::new(bytes, LOOKS) }
    }

    /// The result of cutting; nothing where it is left out, which is noted at the row.
    fn cut<T>(&mut self, at: u32, boundaries: &[&Boundary], cut: impl FnOnce() -> T) -> Option<T> {
        let done = bearable(boundaries, &mut self.effort).and_then(|()| {
            // What goes wrong inside is no fault of the rule, nor is what it takes meanwhile.
            meter::unmetered_capped(|| unwind::caught(cut), |_| 0).map_err(|_| area::tangled())
        });
        done.map_err(|why| excess::note(row(self.rows, at), self.column, why)).ok()
    }

    /// Takes looks for what is done beside the cutting; where there are none left that is noted at the row.
    fn look(&mut self, at: u32, looks: usize) -> Option<()> {
        let taken = self.effort.spend(looks);
        taken.map_err(|Tangled| excess::note(row(self.rows, at), self.column, area::tangled())).ok()
    }

    /// Square metres of a boundary that these leave uncovered.
    fn uncovered(&mut self, one: Drawn<'_>, mut parts: Vec<&Boundary>) -> Option<i64> {
        let points = parts.iter().map(|part| part.points).fold(0, usize::saturating_add);
        self.look(one.at, points.saturating_mul(SORTED))?;
        // Drawn twice it covers no more, and takes longer.
        parts.sort_by(|one, other| in_order(one, other));
        parts.dedup_by(|one, other| one.area == other.area);
        let around: Vec<&Boundary> = parts.iter().copied().chain([one.boundary]).collect();
        let left = self.cut(one.at, &around, || {
            let covered: MultiPolygon<f64> = unary_union(parts.iter().map(|part| &part.area));
            one.boundary.area.difference(&covered)
        })?;
        Some(one.boundary.square_metres(&left))
    }

    /// Charges what was done.
    fn charge(&self) -> Res<()> {
        exceeded::charge(self.effort.spent() / STRIDE)
    }
}

/// An order in which boundaries that are the same, point by point, stand beside each other.
fn in_order(one: &Boundary, other: &Boundary) -> Ordering {
    let axis = |a: f64, b: f64| a.total_cmp(&b);
    one.area
        .coords_iter()
        .zip(other.area.coords_iter())
        .map(|(a, b)| axis(a.x, b.x).then(axis(a.y, b.y)))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| one.points.cmp(&other.points))
}

/// Whether a boundary lies wholly outside another, or wholly inside; `None` where their lines come near.
fn apart(one: &Boundary, around: &Boundary) -> Option<bool> {
    let far = |line: Line<f64>| !line.bounding_rect().intersects(&one.bounds);
    let first = one.area.coords_iter().next().filter(|_| around.area.lines_iter().all(far))?;
    Some(around.area.coordinate_position(&first) == CoordPos::Outside)
}

fn bytes(drawn: &[Drawn<'_>]) -> usize {
    drawn.iter().map(|one| one.boundary.bytes).fold(0, usize::saturating_add)
}

/// `#{ one, other, area }` of every two boundaries that share more than `tolerance` square metres.
pub(crate) fn overlaps(rows: &mut Rows, name: ImmutableString, tolerance: i64) -> Res<Array> {
    rows.note();
    let rows = &*rows;
    let column = rows.column(&name)?;
    let drawn = sound(rows, column)?;
    let boxes: Vec<Rect<f64>> = drawn.iter().map(|one| one.boundary.bounds).collect();
    let mut measure = Measure::new(rows, column, bytes(&drawn));
    let mut pairs: Vec<(u32, u32, i64)> = Vec::new();
    let mut sweeping = Effort::new(drawn.len(), LOOKS_A_BOX);
    let swept = sweep::pairs(&boxes, &mut sweeping, |one, other, _| {
        let Some((one, other)) = drawn.get(one).zip(drawn.get(other)).filter(|(one, other)| meet(one, other))
        else {
            return Ok(true);
        };
        let both = [one.boundary, other.boundary];
        let shared = measure.cut(one.at, &both, || one.boundary.area.intersection(&other.boundary.area));
        let area = shared.map_or(0, |shared| one.boundary.square_metres(&shared));
        if area > tolerance {
            pairs.push((one.at.min(other.at), one.at.max(other.at), area));
        }
        Ok(pairs.len() < MOST_PAIRS)
    });
    if let (Err(Tangled), Some(first)) = (swept, drawn.first()) {
        excess::note(row(rows, first.at), column, area::tangled());
    }
    measure.charge()?;
    exceeded::charge(sweeping.spent() / STRIDE)?;
    pairs.sort_unstable();
    let place = |at| Dynamic::from(row(rows, at));
    let told = pairs.into_iter().map(|(one, other, area)| {
        entry([("one", place(one)), ("other", place(other)), ("area", area.into())])
    });
    Ok(told.collect())
}

/// Whether the boxes of two boundaries share an area.
fn meet(one: &Drawn<'_>, other: &Drawn<'_>) -> bool {
    let (a, b) = (one.boundary.bounds, other.boundary.bounds);
    one.boundary.planar == other.boundary.planar
        && a.min().x < b.max().x
        && b.min().x < a.max().x
        && a.min().y < b.max().y
        && b.min().y < a.max().y
}

/// `#{ row, area }` of every drawn row whose children, all drawn, leave more than `tolerance` square metres of
/// it uncovered. `parent` is the children's column that names the row, `code` the column it is named by.
pub(crate) fn uncovered(
    rows: &mut Rows,
    name: ImmutableString,
    children: Rows,
    parent: ImmutableString,
    code: ImmutableString,
    tolerance: i64,
) -> Res<Array> {
    let rows = &*rows;
    let (column, code) = (rows.column(&name)?, rows.column(&code)?);
    let (drawn_in, parent) = (children.column(&name)?, children.column(&parent)?);
    rows.note_cells(&[code]);
    children.note_cells(&[parent]);
    let drawn = sound(rows, column)?;
    let below = sound(&children, drawn_in)?;
    let mut measure = Measure::new(rows, column, bytes(&drawn).saturating_add(bytes(&below)));
    let below: HashMap<u32, &Boundary> = below.into_iter().map(|one| (one.at, one.boundary)).collect();
    let mut gaps = Array::new();
    for one in drawn {
        if gaps.len() == MOST_ROWS {
            break;
        }
        let named = key(&rows.of.table, one.at as usize, code);
        let own = children.of.rows_with(parent, &named);
        // Many rows of one code have the same children.
        if measure.look(one.at, own.len().saturating_mul(LOOKUP)).is_none() {
            continue;
        }
        let own = own.iter().filter(|at| children.chosen.contains(**at));
        let parts = own.map(|at| below.get(at).copied()).collect::<Option<Vec<_>>>();
        let parts = parts.filter(|parts| !parts.is_empty());
        let Some(area) = parts.and_then(|parts| measure.uncovered(one, parts)) else { continue };
        if area > tolerance {
            gaps.push(entry([("row", Dynamic::from(row(rows, one.at))), ("area", area.into())]));
        }
    }
    measure.charge()?;
    Ok(gaps)
}

/// `#{ row, area }` of every drawn row that lies by more than `tolerance` square metres outside its drawn parent.
pub(crate) fn outside(
    rows: &mut Rows,
    name: ImmutableString,
    parent: ImmutableString,
    parents: Rows,
    code: ImmutableString,
    tolerance: i64,
) -> Res<Array> {
    let rows = &*rows;
    let (column, parent) = (rows.column(&name)?, rows.column(&parent)?);
    let (drawn_in, code) = (parents.column(&name)?, parents.column(&code)?);
    rows.note_cells(&[parent]);
    parents.note_cells(&[code]);
    let above = sound(&parents, drawn_in)?;
    let drawn = sound(rows, column)?;
    let mut measure = Measure::new(rows, column, bytes(&drawn).saturating_add(bytes(&above)));
    let above: HashMap<u32, &Boundary> = above.into_iter().map(|one| (one.at, one.boundary)).collect();
    let mut strays = Array::new();
    for one in drawn {
        if strays.len() == MOST_ROWS {
            break;
        }
        let named = key(&rows.of.table, one.at as usize, parent);
        let around = parents.of.rows_with(code, &named);
        // Many rows of one code are looked through for one that is drawn.
        let Some(around) = measure
            .look(one.at, around.len().saturating_mul(LOOKUP))
            .and_then(|()| around.iter().find_map(|at| above.get(at)))
        else {
            continue;
        };
        if measure.look(one.at, around.points).is_none() {
            continue;
        }
        let area = match apart(one.boundary, around) {
            Some(true) => one.boundary.size(),
            Some(false) => 0,
            None => {
                let both = [one.boundary, *around];
                let left = measure.cut(one.at, &both, || one.boundary.area.difference(&around.area));
                left.map_or(0, |left| one.boundary.square_metres(&left))
            }
        };
        if area > tolerance {
            strays.push(entry([("row", Dynamic::from(row(rows, one.at))), ("area", area.into())]));
        }
    }
    measure.charge()?;
    Ok(strays)
}
