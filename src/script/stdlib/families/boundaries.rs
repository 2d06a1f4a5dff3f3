//! Boundaries drawn in a column.

use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function};
use crate::script::stdlib::boundaries;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("drawn", "有图形", "rows: rows, column: column", Type::Rows, r#"t.grids.drawn("boundary")"#)
        .about("边界有图形（WKT 或 GeoJSON）的行", "rows with a boundary as WKT or GeoJSON")
        .cost(CostModel::Rows(4))
        .by(|to| to.add(boundaries::drawn)),
    function("misdrawn", "图形有误", "rows: rows, column: column", Type::List(&Type::Map(&[("row", Type::Row), ("zh", Type::Text), ("en", Type::Text)])), r#"t.grids.misdrawn("boundary").map(|fault| fault.zh)"#)
        .about("有误的图形，每个有 .row、.zh、.en", "the faulty boundaries, each with .row, .zh and .en")
        .cost(CostModel::Rows(4))
        .by(|to| to.add(boundaries::misdrawn)),
    function("drawn_area", "图形面积", "row: row, column: column", Type::Any, r#"t.grids.first().drawn_area("boundary")"#)
        .about("图形面积（平方米），没有图形则为 ()", "the area of the boundary in square metres, or ()")
        .by(|to| to.add(boundaries::drawn_area)),
    function("overlaps", "重叠", "rows: rows, column: column, square_metres: int", Type::List(&Type::Map(&[("one", Type::Row), ("other", Type::Row), ("area", Type::Int)])), r#"t.grids.where("level", "grid").overlaps("boundary", 100)"#)
        .about("重叠超过该面积的两行，每对有 .one、.other、.area", "pairs that share more than this area, each with .one, .other and .area")
        .cost(CostModel::Rows(4))
        .by(|to| to.add(boundaries::overlaps)),
    function("uncovered", "未覆盖", "rows: rows, column: column, parts: rows, parent: column of parts, key: column, square_metres: int", Type::List(&Type::Map(&[("row", Type::Row), ("area", Type::Int)])), r#"t.grids.uncovered("boundary", t.grids, "parent", "id", 100)"#)
        .about("下级没有覆盖到的部分超过该面积的行，每个有 .row、.area", "rows of which their parts leave more than this area, each with .row and .area")
        .cost(CostModel::Rows(4))
        .by(|to| to.add(boundaries::uncovered)),
    function("outside", "越界", "rows: rows, column: column, parent: column, wholes: rows, key: column of wholes, square_metres: int", Type::List(&Type::Map(&[("row", Type::Row), ("area", Type::Int)])), r#"t.grids.outside("boundary", "parent", t.grids, "id", 100)"#)
        .about("超出上级边界多于该面积的行，每个有 .row、.area", "rows that lie outside their parent by more than this area, each with .row and .area")
        .cost(CostModel::Rows(4))
        .by(|to| to.add(boundaries::outside)),
];
