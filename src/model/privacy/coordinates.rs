//! Where coordinates stand in a text: there dots are those of decimal numbers, and many digits are no telephone number.

use std::ops::Range;

use regex::Captures;

use super::plain_chars::PlainChar;
use crate::resources::expression::Expression;

/// A boundary as WKT or `GeoJSON`.
static SHAPE: Expression = Expression::new(concat!(
    r"(?:(?i)(?:POLYGON|POINT|LINESTRING)[\sZM]*|coordinates\W{0,3})",
    r"[(\[>][-+0-9eE.,()\[\]\s]*",
));

/// Two decimal numbers with no others between them.
static PAIR: Expression =
    Expression::new(r"(?:^|[^0-9.+])(([0-9]{1,3})\.[0-9]{3,}[^0-9.]{1,12}([0-9]{1,3})\.[0-9]{3,})");

/// Degrees in and around China.
const LONGITUDES: std::ops::RangeInclusive<u16> = 73..=135;
const LATITUDES: std::ops::RangeInclusive<u16> = 3..=54;

/// Signs of a text that belong to coordinates, in order.
#[derive(Default)]
pub(super) struct Coordinates(Vec<Range<usize>>);

impl Coordinates {
    pub(super) fn of(signs: &[PlainChar]) -> Self {
        let text: String = signs.iter().map(|sign| sign.c).collect();
        // In no order; places may overlap.
        let mut bytes = SHAPE.ranges(&text);
        bytes.extend(PAIR.each(&text, |pair| place(&text, pair)));
        if bytes.is_empty() {
            return Self::default();
        }
        bytes.sort_by_key(|range| (range.start, range.end));
        bytes.dedup_by(|next, before| {
            let overlaps = next.start < before.end;
            before.end = if overlaps { before.end.max(next.end) } else { before.end };
            overlaps
        });
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let sign = |byte: usize| starts.partition_point(|start| *start < byte);
        Self(bytes.into_iter().map(|range| sign(range.start)..sign(range.end)).collect())
    }

    /// Whether these signs, which begin at `start`, hold a dot of a coordinate.
    pub(super) fn dotted(&self, start: usize, between: &[PlainChar]) -> bool {
        let at = self.0.partition_point(|range| range.end <= start);
        self.0.get(at).is_some_and(|range| range.contains(&start)) && between.iter().any(|sign| sign.c == '.')
    }
}

/// Where a pair stands, if it is a longitude and a latitude.
fn place(text: &str, pair: &Captures<'_>) -> Option<Range<usize>> {
    let range = pair.get(1)?.range();
    let degrees = |at: usize| pair.get(at)?.as_str().parse::<u16>().ok();
    let (one, other) = (degrees(2)?, degrees(3)?);
    let near = |one: u16, other: u16| LONGITUDES.contains(&one) && LATITUDES.contains(&other);
    // Groups of a telephone number may be parted by dots; a decimal number has one dot.
    let ends = !text.get(range.end..).is_some_and(|rest| rest.starts_with('.'));
    (ends && (near(one, other) || near(other, one))).then_some(range)
}
