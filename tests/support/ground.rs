//! Grids on the map: blocks side by side, of which the first are those with findings.

use wangge::model::grid::GridFindings;
use wangge::model::grid_map::{GridMap, GridShape};

/// Blocks, and how many stand beside each other.
const BLOCKS: u32 = 12;
const BESIDE: u32 = 4;

/// A map of the worst grids, and of some in which nothing or little was found. The last has a hole.
pub fn map(found: &GridFindings) -> GridMap {
    let grids = (0..BLOCKS).map(|at| {
        let worst = found.worst.get(at as usize).filter(|_| at < BLOCKS - 4);
        GridShape {
            grid: worst.map_or_else(|| format!("51010700400{at}"), |line| line.grid.clone()),
            grid_name: worst.map_or_else(|| format!("高升桥第{at}网格"), |line| line.grid_name.clone()),
            level: "grid".to_owned(),
            errors: worst.map_or(0, |line| line.errors + u64::from(at == 1) * 12),
            warnings: worst.map_or(u64::from(at % 2), |line| line.warnings),
            boundary: block(at),
        }
    });
    GridMap { projected: false, grids: grids.collect(), left_out: 1 }
}

/// A block of a fiftieth of a degree; thousandths from 104.040 E, 30.640 N.
fn block(at: u32) -> String {
    let (x, y) = (40 + at % BESIDE * 20, 640 + at / BESIDE * 20);
    let ring = |inset: u32| {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)];
        let corner = |(dx, dy): (u32, u32)| {
            let side = |low: u32, far: u32| low + inset + far * (20 - 2 * inset);
            format!("104.{:03} 30.{:03}", side(x, dx), side(y, dy))
        };
        format!("({})", corners.map(corner).join(","))
    };
    let hole = if at == BLOCKS - 1 { format!(",{}", ring(6)) } else { String::new() };
    format!("POLYGON({}{hole})", ring(0))
}
