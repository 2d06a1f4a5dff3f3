//! One boundary, read from WKT or `GeoJSON` and measured in square metres.

use std::str::FromStr;

use geo::orient::Direction;
use geo::{Area, GeodesicArea, LineString, MultiPolygon, Orient, Polygon, Validation};
use geojson::{GeoJson, GeometryValue};
use rust_decimal::Decimal;
use wkt::Wkt;

use crate::model::text::Text;

type Ring = Vec<(f64, f64)>;
type Shape = Vec<Vec<Ring>>;

/// Coordinates beyond this are those of no map.
const FARTHEST: f64 = 1e8;
/// Coordinates at least this large are metres of a projection.
const PROJECTED: f64 = 1_000.0;

/// An area on the map.
pub(super) struct Drawing {
    pub(super) area: MultiPolygon<f64>,
    /// In metres of a projection, not in degrees.
    pub(super) planar: bool,
}

impl Drawing {
    /// Whole square metres of a part of this drawing; on the ellipsoid where it is in degrees.
    pub(super) fn square_metres(&self, part: &MultiPolygon<f64>) -> i64 {
        let exact = if self.planar { part.unsigned_area() } else { part.geodesic_area_signed().abs() };
        Decimal::try_from(exact.round()).ok().and_then(|area| i64::try_from(area).ok()).unwrap_or(i64::MAX)
    }
}

/// The drawing in a text; none where the text is not meant as one.
pub(super) fn read(text: &str) -> Option<Result<Drawing, Text>> {
    let text = text.trim();
    let shape = if text.starts_with('{') {
        from_geojson(text)
    } else {
        let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        match word.to_ascii_uppercase().as_str() {
            "POLYGON" | "MULTIPOLYGON" => from_wkt(text),
            "POINT" | "LINESTRING" | "MULTIPOINT" | "MULTILINESTRING" | "GEOMETRYCOLLECTION" => {
                Err(no_area())
            }
            _ => return None,
        }
    };
    Some(shape.and_then(|shape| drawing(&shape)))
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

fn drawing(shape: &Shape) -> Result<Drawing, Text> {
    let points = || shape.iter().flatten().flatten();
    if points().next().is_none() {
        return Err(Text::new("没有坐标", "has no coordinates"));
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
    if !area.is_valid() {
        return Err(Text::new("边界自相交或有重叠部分", "crosses itself, or its parts overlap"));
    }
    Ok(Drawing { area: area.orient(Direction::Default), planar })
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
        let drawing = read(text).unwrap().ok().unwrap();
        drawing.square_metres(&drawing.area)
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
    }
}
