//! Rows that name their parent, as a tree.

use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function, property};
use crate::script::value::tree;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("tree", "树", "rows: rows, code: column, parent: column", Type::Tree, r#"t.system_table.tree("code", "parent")"#)
        .about("按编码列和上级列连成的树", "the tree made by the column of codes and that of parents")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(tree::tree)),
    function("misplaced", "层次不符", "tree: tree, level: column", Type::Rows, r#"t.system_table.tree("code", "parent").misplaced("level")"#)
        .about("层次不是上级层次加一的行", "rows whose level is not one more than their parent's")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(tree::misplaced)),
    function("misplaced", "层次不符", "tree: tree, level: column, order: Array", Type::Rows, r#"t.grids.tree("id", "parent").misplaced("level", ["district", "town", "community", "grid"])"#)
        .about("层级不是上级的下一级的行；order 由高到低列出各级", "rows whose level is not the one after their parent's; order lists the levels from the top")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(tree::out_of_order)),
    property("roots", "根", "tree: tree", Type::Rows, r#"t.grids.tree("id", "parent").roots"#)
        .about("没有上级的行", "rows without a parent")
        .cost(CostModel::Rows(2))
        .by(|to| to.get(tree::roots)),
    property("orphans", "孤儿", "tree: tree", Type::Rows, r#"t.grids.tree("id", "parent").orphans"#)
        .about("所写上级不存在的行", "rows whose parent is not there")
        .cost(CostModel::Rows(2))
        .by(|to| to.get(tree::orphans)),
    property("cycles", "循环", "tree: tree", Type::Rows, r#"t.grids.tree("id", "parent").cycles"#)
        .about("互为上级、绕成一圈的行", "rows that are their own ancestors")
        .cost(CostModel::Rows(2))
        .by(|to| to.get(tree::looped)),
    property("leaves", "叶", "tree: tree", Type::Rows, r#"t.grids.tree("id", "parent").leaves"#)
        .about("没有下级的行", "rows without children")
        .cost(CostModel::Rows(2))
        .by(|to| to.get(tree::leaves)),
    property("strays", "编码不承上级", "tree: tree", Type::Rows, r#"t.grids.tree("id", "parent").strays"#)
        .about("编码不以上级编码开头的行", "rows whose code does not begin with their parent's")
        .cost(CostModel::Rows(2))
        .by(|to| to.get(tree::strays)),
];
