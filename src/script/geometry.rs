//! Boundaries drawn in a column as WKT or `GeoJSON`: which are no areas, which overlap, what is left uncovered.
//! Any other text in the column, such as a description in words, is no drawing and is passed over.
//!
//! Areas are cut only after their lines were swept over: what would cross too often is left out and noted.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use geo::coordinate_position::CoordPos;
use geo::line_intersection::line_intersection;
use geo::{
    BooleanOps, BoundingRect, CoordinatePosition, CoordsIter, Intersects, Line, LineIntersection, LinesIter,
    MultiPolygon, Rect, unary_union,
};
use rhai::{Array, Dynamic, ImmutableString, Map};

use super::bounds;
use super::drawing::{self, Drawing};
use super::drawings::{Drawn, read, sound};
use super::excess;
use super::rows::{Res, Row, Rows};
use super::sweep::{self, Effort, Tangled};
use crate::model::meter;

/// Pairs told at most: where everything lies on everything, more would say nothing new.
const MOST_PAIRS: usize = 1_000;
/// Rows told at most, likewise: a list of them must not be what a rule has no memory for.
const MOST_ROWS: usize = 10_000;
/// Crossings of lines that are cut, beside one for each point.
const MOST_CROSSINGS: usize = 10_000;
/// So few pairs of lines cross seldom enough.
const FEW: usize = 40_000;
/// Looks for each byte of all boundaries: the time a rule has grows with the bytes as well. Ten neighbours of a boundary
/// on a map take half of it.
const LOOKS: u64 = 50;
/// The same for each box.
const LOOKS_A_BOX: u64 = 1_000;
/// Looks that take as long as an operation.
const STRIDE: u64 = 256;
/// Looks that take as long as cutting at a point.
const CUT: usize = 30;

fn row(rows: &Rows, at: u32) -> Row {
    Row { of: std::sync::Arc::clone(&rows.of), at }
}

fn entry<const N: usize>(fields: [(&str, Dynamic); N]) -> Dynamic {
    fields.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>().into()
}

/// Rows that hold a drawing which can be measured.
pub(super) fn drawn(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    Ok(rows.choose(sound(rows, column)?.into_iter().map(|one| one.at)))
}

/// `#{ row, zh, en }` of each drawing that is no proper area, with what is wrong.
pub(super) fn misdrawn(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    rows.note();
    let wrong = read(rows, column)?.into_iter().filter_map(|(at, read)| {
        let problem = read.as_ref().err()?;
        let (zh, en) = (problem.zh.as_str().into(), problem.en.as_str().into());
        Some(entry([("row", Dynamic::from(row(rows, at))), ("zh", zh), ("en", en)]))
    });
    Ok(wrong.take(MOST_ROWS).collect())
}

/// Square metres of the drawing in the row, or `()`.
pub(super) fn drawn_area(one: &mut Row, name: ImmutableString) -> Res<Dynamic> {
    let column = one.column(&name)?;
    let drawing = one.of.drawings(column).and_then(|all| all.at(one.at)?.as_ref().ok());
    let Some(drawing) = drawing else { return Ok(Dynamic::UNIT) };
    bounds::charge(u64::try_from(drawing.points).unwrap_or(u64::MAX))?;
    Ok(drawing.size().into())
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
    fn cut<T>(&mut self, at: u32, drawings: &[&Drawing], cut: impl FnOnce() -> T) -> Option<T> {
        let done = bearable(drawings, &mut self.effort).ok().and_then(|()| {
            // What goes wrong inside is no fault of the rule, nor is what it takes meanwhile.
            meter::aside(|| catch_unwind(AssertUnwindSafe(cut)).ok(), |_| 0)
        });
        if done.is_none() {
            excess::note(row(self.rows, at), self.column, drawing::tangled());
        }
        done
    }

    /// Notes looks that were taken beside the cutting.
    fn looked(&mut self, looks: usize) {
        // What follows is left out then.
        let _ = self.effort.spend(looks);
    }

    /// Charges what was done.
    fn charge(&self) -> Res<()> {
        bounds::charge(self.effort.spent() / STRIDE)
    }
}

/// Whether the lines of the boundaries do not cross too often to be cut.
fn bearable(drawings: &[&Drawing], effort: &mut Effort) -> Result<(), Tangled> {
    let points = drawings.iter().map(|one| one.points).fold(0, usize::saturating_add);
    effort.spend(points.saturating_mul(CUT))?;
    if points.saturating_mul(points) <= FEW {
        return Ok(());
    }
    let lines: Vec<(usize, Line<f64>)> = (0..)
        .zip(drawings)
        .flat_map(|(of, drawing)| drawing.area.lines_iter().map(move |line| (of, line)))
        .collect();
    let boxes: Vec<Rect<f64>> = lines.iter().map(|(_, line)| line.bounding_rect()).collect();
    let most = points.saturating_add(MOST_CROSSINGS);
    let mut crossings = 0_usize;
    sweep::pairs(&boxes, effort, |one, other, _| {
        let pair = lines.get(one).zip(lines.get(other)).filter(|(one, other)| one.0 != other.0);
        let meeting = pair.and_then(|(one, other)| line_intersection(one.1, other.1));
        let crosses = matches!(meeting, Some(LineIntersection::SinglePoint { is_proper: true, .. }));
        crossings = crossings.saturating_add(usize::from(crosses));
        if crossings > most { Err(Tangled) } else { Ok(true) }
    })?;
    effort.spend(crossings.saturating_mul(CUT))
}

/// Whether a boundary lies wholly outside another, or wholly inside; `None` where their lines come near.
fn apart(one: &Drawing, around: &Drawing) -> Option<bool> {
    let far = |line: Line<f64>| !line.bounding_rect().intersects(&one.bounds);
    let first = one.area.coords_iter().next().filter(|_| around.area.lines_iter().all(far))?;
    Some(around.area.coordinate_position(&first) == CoordPos::Outside)
}

fn bytes(drawn: &[Drawn<'_>]) -> usize {
    drawn.iter().map(|one| one.drawing.bytes).fold(0, usize::saturating_add)
}

/// `#{ one, other, area }` of every two drawings that share more than `tolerance` square metres.
pub(super) fn overlaps(rows: &mut Rows, name: ImmutableString, tolerance: i64) -> Res<Array> {
    rows.note();
    let rows = &*rows;
    let column = rows.column(&name)?;
    let drawn = sound(rows, column)?;
    let boxes: Vec<Rect<f64>> = drawn.iter().map(|one| one.drawing.bounds).collect();
    let mut measure = Measure::new(rows, column, bytes(&drawn));
    let mut pairs: Vec<(u32, u32, i64)> = Vec::new();
    let mut sweeping = Effort::new(drawn.len(), LOOKS_A_BOX);
    let swept = sweep::pairs(&boxes, &mut sweeping, |one, other, _| {
        let Some((one, other)) = drawn.get(one).zip(drawn.get(other)).filter(|(one, other)| meet(one, other))
        else {
            return Ok(true);
        };
        let both = [one.drawing, other.drawing];
        let shared = measure.cut(one.at, &both, || one.drawing.area.intersection(&other.drawing.area));
        let area = shared.map_or(0, |shared| one.drawing.square_metres(&shared));
        if area > tolerance {
            pairs.push((one.at.min(other.at), one.at.max(other.at), area));
        }
        Ok(pairs.len() < MOST_PAIRS)
    });
    if let (Err(Tangled), Some(first)) = (swept, drawn.first()) {
        excess::note(row(rows, first.at), column, drawing::tangled());
    }
    measure.charge()?;
    bounds::charge(sweeping.spent() / STRIDE)?;
    pairs.sort_unstable();
    let place = |at| Dynamic::from(row(rows, at));
    let told = pairs.into_iter().map(|(one, other, area)| {
        entry([("one", place(one)), ("other", place(other)), ("area", area.into())])
    });
    Ok(told.collect())
}

/// Whether the boxes of two drawings share an area.
fn meet(one: &Drawn<'_>, other: &Drawn<'_>) -> bool {
    let (a, b) = (one.drawing.bounds, other.drawing.bounds);
    one.drawing.planar == other.drawing.planar
        && a.min().x < b.max().x
        && b.min().x < a.max().x
        && a.min().y < b.max().y
        && b.min().y < a.max().y
}

/// `#{ row, area }` of every drawn row whose children, all drawn, leave more than `tolerance` square metres of
/// it uncovered. `parent` is the children's column that names the row, `code` the column it is named by.
pub(super) fn uncovered(
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
    let all = bytes(&drawn).saturating_add(bytes(&sound(&children, drawn_in)?));
    let mut measure = Measure::new(rows, column, all);
    let mut gaps = Array::new();
    for one in drawn {
        if gaps.len() == MOST_ROWS {
            break;
        }
        let named = super::loaded::key(&rows.of.table, one.at as usize, code);
        let own = children.of.rows_with(parent, &named).iter().copied();
        let own = children.choose(own.filter(|at| children.chosen.contains(*at)));
        let parts = sound(&own, drawn_in)?;
        if parts.is_empty() || parts.len() < own.chosen.len() {
            continue;
        }
        let lines: Vec<&Drawing> =
            parts.iter().map(|part| part.drawing).chain(std::iter::once(one.drawing)).collect();
        let left = measure.cut(one.at, &lines, || {
            let covered: MultiPolygon<f64> = unary_union(parts.iter().map(|part| &part.drawing.area));
            one.drawing.area.difference(&covered)
        });
        let area = left.map_or(0, |left| one.drawing.square_metres(&left));
        if area > tolerance {
            gaps.push(entry([("row", Dynamic::from(row(rows, one.at))), ("area", area.into())]));
        }
    }
    measure.charge()?;
    Ok(gaps)
}

/// `#{ row, area }` of every drawn row that lies by more than `tolerance` square metres outside its drawn parent.
pub(super) fn outside(
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
    let above: HashMap<u32, &Drawing> = above.into_iter().map(|one| (one.at, one.drawing)).collect();
    let mut strays = Array::new();
    for one in drawn {
        if strays.len() == MOST_ROWS {
            break;
        }
        let named = super::loaded::key(&rows.of.table, one.at as usize, parent);
        let Some(around) = parents.of.rows_with(code, &named).iter().find_map(|at| above.get(at)) else {
            continue;
        };
        let area = match apart(one.drawing, around) {
            Some(true) => one.drawing.size(),
            Some(false) => 0,
            None => {
                let both = [one.drawing, *around];
                let left = measure.cut(one.at, &both, || one.drawing.area.difference(&around.area));
                left.map_or(0, |left| one.drawing.square_metres(&left))
            }
        };
        measure.looked(around.points);
        if area > tolerance {
            strays.push(entry([("row", Dynamic::from(row(rows, one.at))), ("area", area.into())]));
        }
    }
    measure.charge()?;
    Ok(strays)
}
