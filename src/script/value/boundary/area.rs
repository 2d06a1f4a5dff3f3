//! One boundary, read from WKT or `GeoJSON` and measured in square metres.

use std::str::FromStr;
use std::sync::OnceLock;

use geo::orient::Direction;
use geo::{Area, BoundingRect, GeodesicArea, LineString, MultiPolygon, Orient, Polygon, Rect};
use geojson::{GeoJson, GeometryValue};
use rust_decimal::Decimal;
use wkt::Wkt;

use super::rings::{self, Improper};
use crate::model::text::Text;

type Ring = Vec<(f64, f64)>;
type Shape = Vec<Vec<Ring>>;

/// Coordinates beyond this are those of no map.
const FARTHEST: f64 = 1e8;
/// Coordinates at least this large are metres of a projection.
const PROJECTED: f64 = 1_000.0;
/// Most points of a boundary.
const MOST_POINTS: usize = 20_000;
/// Most rings of a boundary: parts and holes.
const MOST_RINGS: usize = 2_000;
/// Least width and height of a boundary in degrees, about ten centimetres, and in metres.
const LEAST: (f64, f64) = (1e-6, 0.1);

/// What areas of WKT begin with, and what is none.
const AREAS: [&str; 2] = ["POLYGON", "MULTIPOLYGON"];
const NO_AREAS: [&str; 5] = ["POINT", "LINESTRING", "MULTIPOINT", "MULTILINESTRING", "GEOMETRYCOLLECTION"];

/// An area on the map.
#[derive(Debug)]
pub(crate) struct Boundary {
    pub(crate) area: MultiPolygon<f64>,
    /// In metres of a projection, not in degrees.
    pub(crate) planar: bool,
    /// The box around it.
    pub(crate) bounds: Rect<f64>,
    /// Points of its rings.
    pub(crate) points: usize,
    /// Bytes of its text.
    pub(crate) bytes: usize,
    whole: OnceLock<i64>,
}

impl Boundary {
    /// Whole square metres of all of it.
    pub(crate) fn size(&self) -> i64 {
        *self.whole.get_or_init(|| self.square_metres(&self.area))
    }

    /// Whole square metres of a part of this boundary; on the ellipsoid where it is in degrees.
    pub(crate) fn square_metres(&self, part: &MultiPolygon<f64>) -> i64 {
        let exact = if self.planar { part.unsigned_area() } else { part.geodesic_area_signed().abs() };
        Decimal::try_from(exact.round()).ok().and_then(|area| i64::try_from(area).ok()).unwrap_or(i64::MAX)
    }
}

/// The first word of a text.
fn word(text: &str) -> String {
    text.trim_start().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase()
}

/// Whether a text is meant as a boundary, as far as its beginning tells.
pub(crate) fn is_drawn(text: &str) -> bool {
    text.trim_start().starts_with('{') || AREAS.contains(&word(text).as_str())
}

/// The boundary in a text; none where the text is not meant as one.
pub(crate) fn read(text: &str) -> Option<Result<Boundary, Text>> {
    let text = text.trim();
    let shape = match word(text).as_str() {
        _ if text.starts_with('{') => from_geojson(text),
        area if AREAS.contains(&area) => from_wkt(text),
        other if NO_AREAS.contains(&other) => Err(no_area()),
        _ => return None,
    };
    let drawn = shape.and_then(|shape| boundary(&shape));
    Some(drawn.map(|drawn| Boundary { bytes: text.len(), ..drawn }))
}

/// What is said of a boundary whose lines meet too often.
pub(crate) fn tangled() -> Text {
    Text::new("边界线条过于繁复，无法核对", "has lines that meet too often to be checked")
}

/// What is said of boundaries that together have more points than there is memory for.
pub(crate) fn heavy() -> Text {
    Text::new(
        "与有关的边界合起来坐标点过多，无法一次核对",
        "has, together with those beside it, too many points to be checked at a time",
    )
}

fn no_area() -> Text {
    Text::new("不是面", "is not an area")
}

fn unreadable() -> Text {
    Text::new("不能识别", "cannot be read")
}

fn from_wkt(text: &str) -> Result<Shape, Text> {
    let point = |at: &wkt::types::Coord<f64>| (at.x, at.y);
    let ring = |line: &wkt::types::LineString<f64>| line.coords().iter().map(point).collect();
    let polygon = |polygon: &wkt::types::Polygon<f64>| polygon.rings().iter().map(ring).collect();
    match Wkt::<f64>::from_str(text).map_err(|_| unreadable())? {
        Wkt::Polygon(one) => Ok(vec![polygon(&one)]),
        Wkt::MultiPolygon(several) => Ok(several.polygons().iter().map(polygon).collect()),
        _ => Err(no_area()),
    }
}

fn from_geojson(text: &str) -> Result<Shape, Text> {
    let geometry = match text.parse::<GeoJson>().map_err(|_| unreadable())? {
        GeoJson::Geometry(geometry) => Some(geometry),
        GeoJson::Feature(feature) => feature.geometry,
        GeoJson::FeatureCollection(_) => None,
    };
    let point = |at: &geojson::Position| match at.as_slice() {
        [x, y, ..] => Ok((*x, *y)),
        _ => Err(unreadable()),
    };
    let ring = |line: &Vec<geojson::Position>| line.iter().map(point).collect::<Result<Ring, Text>>();
    let polygon = |rings: &Vec<Vec<geojson::Position>>| rings.iter().map(ring).collect::<Result<Vec<_>, _>>();
    match geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => Ok(vec![polygon(&coordinates)?]),
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates.iter().map(polygon).collect(),
        _ => Err(no_area()),
    }
}

fn boundary(shape: &Shape) -> Result<Boundary, Text> {
    let points = || shape.iter().flatten().flatten();
    let count = points().count();
    if count == 0 {
        return Err(Text::new("没有坐标", "has no coordinates"));
    }
    if count > MOST_POINTS || shape.iter().flatten().count() > MOST_RINGS {
        return Err(Text::new("坐标点、部分或空洞过多", "has too many points, parts or holes"));
    }
    let planar = points().any(|(x, y)| x.abs().max(y.abs()) >= PROJECTED);
    if points().any(|(x, y)| !(x.abs() <= FARTHEST && y.abs() <= FARTHEST)) {
        return Err(Text::new("坐标超出范围", "has coordinates out of range"));
    }
    if !planar && points().any(|(x, y)| x.abs() > 180.0 || y.abs() > 90.0) {
        return Err(Text::new(
            "不是经纬度，可能把经度和纬度写反了",
            "is not in degrees; longitude and latitude may be swapped",
        ));
    }
    if shape.iter().flatten().any(|ring| ring.len() < 4 || ring.first() != ring.last()) {
        return Err(Text::new("边界没有闭合", "is not closed"));
    }
    let area: MultiPolygon<f64> = shape.iter().map(|rings| polygon(rings)).collect();
    let bounds = area.bounding_rect().filter(|bounds| {
        let least = if planar { LEAST.1 } else { LEAST.0 };
        bounds.width() >= least && bounds.height() >= least
    });
    let bounds = bounds.ok_or_else(|| Text::new("范围过小，不成为面", "is too small to be an area"))?;
    rings::check(&area).map_err(|improper| match improper {
        Improper::Crossed => Text::new("边界自相交或有重叠部分", "crosses itself, or its parts overlap"),
        Improper::Tangled => tangled(),
    })?;
    let (area, points, whole) = (area.orient(Direction::Default), count, OnceLock::new());
    Ok(Boundary { area, planar, bounds, points, bytes: 0, whole })
}

fn polygon(rings: &[Ring]) -> Polygon<f64> {
    let mut lines = rings.iter().map(|ring| LineString::from(ring.clone()));
    Polygon::new(lines.next().unwrap_or_else(|| LineString::new(Vec::new())), lines.collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    const SQUARE: &str = "POLYGON ((117.60 24.50, 117.61 24.50, 117.61 24.51, 117.60 24.51, 117.60 24.50))";

    fn area(text: &str) -> i64 {
        let boundary = read(text).unwrap().ok().unwrap();
        boundary.square_metres(&boundary.area)
    }

    fn problem(text: &str) -> String {
        read(text).unwrap().err().unwrap().en
    }

    #[test]
    fn degrees_are_measured_on_the_ellipsoid_whatever_the_direction() {
        let back = "POLYGON((117.60 24.50, 117.60 24.51, 117.61 24.51, 117.61 24.50, 117.60 24.50))";
        assert_eq!(area(SQUARE), area(back));
        assert!((1_110_000..1_130_000).contains(&area(SQUARE)), "{}", area(SQUARE));
    }

    #[test]
    fn metres_are_measured_in_the_plane_and_holes_left_out() {
        let plain =
            "POLYGON((500000 2700000, 500100 2700000, 500100 2700100, 500000 2700100, 500000 2700000)";
        let hole = ", (500010 2700010, 500020 2700010, 500020 2700020, 500010 2700020, 500010 2700010)";
        assert_eq!(area(&format!("{plain})")), 10_000);
        assert_eq!(area(&format!("{plain}{hole})")), 9_900);
    }

    #[test]
    fn geojson_is_read_bare_and_as_a_feature() {
        let bare = r#"{"type":"Polygon","coordinates":[[[117.6,24.5],[117.61,24.5],[117.61,24.51],[117.6,24.51],[117.6,24.5]]]}"#;
        let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{bare}}}"#);
        assert_eq!((area(bare), area(&feature)), (area(SQUARE), area(SQUARE)));
    }

    #[test]
    fn words_are_no_drawing_and_bad_drawings_say_why() {
        assert!(read("东至中山路，南至解放路").is_none() && read("").is_none());
        assert_eq!(problem("POLYGON((1 1, 2 1"), "cannot be read");
        assert_eq!(problem("POLYGON((1 1, 2 1, 2 2, 1 2))"), "is not closed");
        assert!(problem("POLYGON((1 1, 2 2, 2 1, 1 2, 1 1))").starts_with("crosses itself"));
        assert!(problem("POLYGON((24 117, 25 117, 25 118, 24 117))").contains("swapped"));
        assert_eq!(problem("POINT(1 1)"), "is not an area");
        for small in ["1e-320", "1e-9", "0.0"] {
            let text = format!("POLYGON((0 0, {small} 0, {small} {small}, 0 0))");
            assert_eq!(problem(&text), "is too small to be an area", "{small}");
        }
        let many = "1 1, 2 1, ".repeat(10_001);
        assert!(problem(&format!("POLYGON(({many}1 1))")).contains("too many points"));
        assert_eq!(problem("POLYGON((1e308 1, 2 1, 2 2, 1e308 1))"), "has coordinates out of range");
    }
}
