//! Boundaries drawn in a column as WKT or `GeoJSON`: which are no areas, which overlap, what is left uncovered.
//! Any other text in the column, such as a description in words, is no drawing and is passed over.

use geo::{BooleanOps, BoundingRect, MultiPolygon, Rect, unary_union};
use rhai::{Array, Dynamic, ImmutableString, Map};

use super::drawing::{self, Drawing};
use super::rows::{Res, Row, Rows};

/// Pairs told at most: where everything lies on everything, more would say nothing new.
const MOST_PAIRS: usize = 1_000;

/// A drawn row and the box around it.
struct Drawn {
    at: u32,
    drawing: Drawing,
    bounds: Rect<f64>,
}

/// The rows with a drawing that can be measured.
fn drawings(rows: &Rows, column: usize) -> Vec<Drawn> {
    let read = |(at, text): (u32, std::borrow::Cow<'_, str>)| {
        let drawing = drawing::read(&text)?.ok()?;
        let bounds = drawing.area.bounding_rect()?;
        Some(Drawn { at, drawing, bounds })
    };
    rows.keys(column).filter_map(read).collect()
}

fn row(rows: &Rows, at: u32) -> Dynamic {
    Dynamic::from(Row { of: std::sync::Arc::clone(&rows.of), at })
}

fn entry<const N: usize>(fields: [(&str, Dynamic); N]) -> Dynamic {
    fields.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>().into()
}

/// Rows that hold a drawing which can be measured.
pub(super) fn drawn(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    Ok(rows.choose(drawings(rows, column).into_iter().map(|one| one.at)))
}

/// `#{ row, zh, en }` of each drawing that is no proper area, with what is wrong.
pub(super) fn misdrawn(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    let wrong = rows.keys(column).filter_map(|(at, text)| {
        let problem = drawing::read(&text)?.err()?;
        Some(entry([("row", row(rows, at)), ("zh", problem.zh.into()), ("en", problem.en.into())]))
    });
    Ok(wrong.collect())
}

/// Square metres of the drawing in the row, or `()`.
pub(super) fn drawn_area(one: &mut Row, name: ImmutableString) -> Res<Dynamic> {
    let text = one.of.table.display(one.index(), one.column(&name)?);
    let drawing = drawing::read(&text).and_then(Result::ok);
    Ok(drawing.map_or(Dynamic::UNIT, |drawing| drawing.square_metres(&drawing.area).into()))
}

/// `#{ one, other, area }` of every two drawings that share more than `tolerance` square metres.
pub(super) fn overlaps(rows: &mut Rows, name: ImmutableString, tolerance: i64) -> Res<Array> {
    let mut drawn = drawings(rows, rows.column(&name)?);
    drawn.sort_by(|a, b| a.bounds.min().x.total_cmp(&b.bounds.min().x).then(a.at.cmp(&b.at)));
    let mut pairs: Vec<(u32, u32, i64)> = Vec::new();
    for (n, one) in drawn.iter().enumerate() {
        let further = drawn.iter().skip(n.saturating_add(1));
        let near = further.take_while(|other| other.bounds.min().x < one.bounds.max().x);
        for other in near.filter(|other| meet(one, other)) {
            let area = one.drawing.square_metres(&one.drawing.area.intersection(&other.drawing.area));
            if area > tolerance {
                pairs.push((one.at.min(other.at), one.at.max(other.at), area));
            }
        }
        if pairs.len() >= MOST_PAIRS {
            break;
        }
    }
    pairs.sort_unstable();
    let told = pairs.into_iter().map(|(one, other, area)| {
        entry([("one", row(rows, one)), ("other", row(rows, other)), ("area", area.into())])
    });
    Ok(told.collect())
}

/// Whether the boxes of two drawings, which overlap from west to east, also do so from south to north.
fn meet(one: &Drawn, other: &Drawn) -> bool {
    one.drawing.planar == other.drawing.planar
        && one.bounds.min().y < other.bounds.max().y
        && other.bounds.min().y < one.bounds.max().y
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
    let (column, code) = (rows.column(&name)?, rows.column(&code)?);
    let (drawn_in, parent) = (children.column(&name)?, children.column(&parent)?);
    let mut gaps = Array::new();
    for one in drawings(rows, column) {
        let named = super::loaded::key(&rows.of.table, one.at as usize, code);
        let own = children.of.rows_with(parent, &named).iter().copied();
        let own = children.choose(own.filter(|at| children.chosen.contains(*at)));
        let parts = drawings(&own, drawn_in);
        if parts.is_empty() || parts.len() < own.chosen.len() {
            continue;
        }
        let covered: MultiPolygon<f64> = unary_union(parts.iter().map(|part| &part.drawing.area));
        let area = one.drawing.square_metres(&one.drawing.area.difference(&covered));
        if area > tolerance {
            gaps.push(entry([("row", row(rows, one.at)), ("area", area.into())]));
        }
    }
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
    let (column, parent) = (rows.column(&name)?, rows.column(&parent)?);
    let (drawn_in, code) = (parents.column(&name)?, parents.column(&code)?);
    let above: std::collections::HashMap<u32, Drawing> =
        drawings(&parents, drawn_in).into_iter().map(|one| (one.at, one.drawing)).collect();
    let mut strays = Array::new();
    for one in drawings(rows, column) {
        let named = super::loaded::key(&rows.of.table, one.at as usize, parent);
        let Some(around) = parents.of.rows_with(code, &named).iter().find_map(|at| above.get(at)) else {
            continue;
        };
        let area = one.drawing.square_metres(&one.drawing.area.difference(&around.area));
        if area > tolerance {
            strays.push(entry([("row", row(rows, one.at)), ("area", area.into())]));
        }
    }
    Ok(strays)
}
