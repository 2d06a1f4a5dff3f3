//! Comparisons of a column with a value or another column.

use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function};
use crate::script::stdlib::comparisons;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("later", "晚于", "rows: rows, column: column, than: column or value", Type::Rows, r#"t.documents.later("effective", t.as_of)"#)
        .about("日期晚于某日或同行另一列的行", "rows whose date is later than a day or another column")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::later)),
    function("earlier", "早于", "rows: rows, column: column, than: column or value", Type::Rows, r#"t.events.earlier("closed", "reported")"#)
        .about("日期早于某日或同行另一列的行", "rows whose date is earlier than a day or another column")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::earlier)),
    function("above", "大于", "rows: rows, column: column, than: column or value", Type::Rows, r#"t.satisfaction.above("satisfied", "surveyed")"#)
        .about("数值大于某数或同行另一列的行", "rows whose number is larger than a number or another column")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::above)),
    function("below", "小于", "rows: rows, column: column, than: column or value", Type::Rows, r#"t.grids.below("households", 300)"#)
        .about("数值小于某数或同行另一列的行", "rows whose number is smaller than a number or another column")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::below)),
    function("malformed", "格式不符", "rows: rows, column: column, form: String", Type::Rows, r#"t.grid_members.malformed("phone", "phone")"#)
        .about("已填而格式不符的行：身份证号、信用代码或电话", "rows whose filled cell is no id_number, credit_code or phone")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(comparisons::malformed)),
];
