//! Where grids lie: their boundaries in short, with how much was found in each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Grids on the map of one organization at most; a county has some hundreds.
pub const MOST_GRIDS: usize = 2_000;

/// Points of all boundaries of one organization at most.
pub const MOST_POINTS: usize = 20_000;

/// The grids of an organization that have a boundary as coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridMap {
    /// Coordinates are metres of a projection; else degrees, longitude first.
    pub projected: bool,
    /// The grids, in the order of the table of grids.
    pub grids: Vec<GridShape>,
    /// Grids whose boundary is not here: it is in another unit than the rest or not in order, or the map is full.
    pub left_out: usize,
}

/// A grid on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridShape {
    /// Its code.
    pub grid: String,
    /// Its name.
    pub grid_name: String,
    /// `city`, `county`, `town`, `community`, `grid`; empty where not given.
    pub level: String,
    /// Places of errors; advice is not counted.
    pub errors: u64,
    /// Places of warnings.
    pub warnings: u64,
    /// Its boundary as WKT, a `POLYGON` or `MULTIPOLYGON`: simplified for a picture, and rounded to five decimals of a
    /// degree or to metres.
    pub boundary: String,
}
