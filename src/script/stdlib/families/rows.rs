//! Rows: questions about them, selections, look-ups, references.

use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function, operator, property};
use crate::script::stdlib::comparisons;
use crate::script::stdlib::conditions;
use crate::script::stdlib::decisions;
use crate::script::stdlib::kernels;
use crate::script::stdlib::lookups;
use crate::script::stdlib::selections;
use crate::script::stdlib::spread;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("filter", "筛选", "rows: rows, condition: FnPtr", Type::Rows, "t.events.filter(|r| r.closed > r.due)")
        .about("条件成立的行", "the rows for which the condition holds")
        .by(|to| to.add(conditions::filter)),
    function("any", "任一", "rows: rows, condition: FnPtr", Type::Bool, r#"t.events.any(|r| r.channel == "12345")"#)
        .about("是否有一行使条件成立", "whether the condition holds for some row")
        .by(|to| to.add(conditions::any)),
    function("all", "全部", "rows: rows, condition: FnPtr", Type::Bool, "t.grids.all(|r| filled(r.name))")
        .about("条件是否对每一行都成立", "whether the condition holds for every row")
        .by(|to| to.add(conditions::all)),
    function("count", "计数", "rows: rows, condition: FnPtr", Type::Int, "t.events.count(|r| r.closed == ())")
        .about("使条件成立的行数", "the number of rows for which the condition holds").kernel()
        .by(|to| to.add(conditions::count_where)),
    function("count", "计数", "rows: rows", Type::Int, "t.grids.count()")
        .about("行数", "the number of rows").kernel_by(kernels::count)
        .by(|to| to.add(selections::count)),
    function("first", "首行", "rows: rows, condition: FnPtr", Type::Optional(&Type::Row), r#"t.grids.first(|r| r.parent == "")"#)
        .about("使条件成立的第一行，没有则为 ()", "the first row for which the condition holds, or ()").kernel()
        .by(|to| to.add(conditions::first_where)),
    function("first", "首行", "rows: rows", Type::Optional(&Type::Row), "t.organization.first()")
        .about("第一行，没有则为 ()", "the first row, or ()").kernel()
        .by(|to| to.add(selections::first)),
    function("last", "末行", "rows: rows", Type::Optional(&Type::Row), "t.plans.last()")
        .about("最后一行，没有则为 ()", "the last row, or ()").kernel()
        .by(|to| to.add(selections::last)),
    function("map", "逐行", "rows: rows, value: FnPtr", Type::Made, "t.grids.map(|r| r.name)")
        .about("对每一行求值所得的列表", "the list of what the closure makes of each row")
        .by(|to| to.add(conditions::map)),
    function("is_empty", "无行", "rows: rows", Type::Bool, "t.incidents.is_empty()")
        .about("是否一行也没有", "whether there is no row").kernel_by(kernels::is_empty)
        .by(|to| to.add(selections::is_empty)),
    function("lacks", "缺列", "rows: rows, column: column", Type::Bool, r#"t.grids.lacks("boundary")"#)
        .about("数据表在而缺这一列", "whether the table is there without this column").kernel()
        .by(|to| to.add(selections::lacks)),
    function("unique", "去重", "rows: rows, column: column", Type::List(&Type::Text), r#"t.events.unique("department")"#)
        .about("这一列中不重复的文字", "the different texts of the column")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::unique)),
    function("group", "分组", "rows: rows, column: column", Type::List(&Type::Group), r#"t.events.group("grid").filter(|g| g.rows.count() > 100)"#)
        .about("按这一列分组，每组有 .key 和 .rows", "the rows grouped by the column, each group with .key and .rows")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(selections::group)),
    function("sum", "合计", "rows: rows, column: column", Type::Any, r#"t.grids.sum("population")"#)
        .about("数值列的合计", "the sum of a column of numbers")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::sum)),
    function("duplicates", "重复行", "rows: rows, column: column", Type::Rows, r#"t.grid_members.duplicates("phone")"#)
        .about("这一列的值与别的行相同的行", "rows whose value in the column occurs in another row")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::duplicates)),
    function("duplicates", "重复行", "rows: rows, columns: columns", Type::Rows, r#"t.attendance.duplicates(["session", "person"])"#)
        .about("所列各列都与别的行相同的行", "rows that have the same in all these columns as another row")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::repeated)),
    function("duplicates", "重复行", "rows: rows, value: FnPtr", Type::Rows, "t.training.duplicates(|r| r.topic + r.date)")
        .about("求得的文字与别的行相同的行；空文字和 () 不算", "rows of which the closure makes the same text as of another row; empty text and () do not count")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(comparisons::repeated_by)),
    function("distinct", "不重复行", "rows: rows, value: FnPtr", Type::Rows, "t.standards.distinct(|r| undated(r.number))")
        .about("求得的文字相同的行只取第一行；空文字和 () 不算", "of the rows of which the closure makes the same text, the first; empty text and () do not count")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(comparisons::distinct_by)),
    function("alike", "写法不一", "rows: rows, column: column", Type::Rows, r#"t.standards.alike("number")"#)
        .about("编号与别的行只是写法不同（横线、点、全半角、空格）的行", "rows whose number stands in another row too, written otherwise (dash, dot, width, space)")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(selections::alike)),
    function("blank", "空白行", "rows: rows, column: column", Type::Rows, r#"t.grids.blank("holder")"#)
        .about("这一列为空的行", "rows in which the cell is empty")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::blank_in)),
    function("filled", "已填行", "rows: rows, column: column", Type::Rows, r#"t.grids.filled("holder")"#)
        .about("这一列已填的行", "rows in which the cell is filled")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::filled_in)),
    function("told", "读懂行", "rows: rows, column: column", Type::Rows, r#"t.grids.told("established")"#)
        .about("这一列已填而且读得懂的行；缺列即没有，不因此存疑", "rows in which the cell is filled and was understood; none where the column is missing, and nothing is in doubt for it")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(spread::told)),
    function("latest", "最近", "rows: rows, column: column", Type::Optional(&Type::Row), r#"t.self_evaluations.latest("date")"#)
        .about("日期最近的一行，没有则为 ()", "the row with the latest date, or ()")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(selections::latest)),
    function("where", "等于", "rows: rows, column: column, value: value of column", Type::Rows, r#"t.grids.where("level", "grid")"#)
        .about("这一列等于该值的行（用索引，很快）", "rows whose cell equals the value, by an index").kernel_by(kernels::rows_where)
        .by(|to| to.add(lookups::matching_value)),
    function("find", "查找", "rows: rows, column: column, value: value of column", Type::Optional(&Type::Row), r#"t.departments.find("id", t.committee.first().department)"#)
        .about("这一列等于该值的第一行（用索引），没有则为 ()", "the first row whose cell equals the value, by an index, or ()").kernel_by(kernels::find)
        .by(|to| to.add(lookups::find)),
    function("refers", "引用存在", "rows: rows, column: column, others: rows, key: column of others", Type::Rows, r#"t.events.refers("grid", t.grids, "id")"#)
        .about("引用的值在另一表的列中存在的行", "rows whose reference is found in the column of the other rows")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(lookups::refers)),
    function("dangling", "引用悬空", "rows: rows, column: column, others: rows, key: column of others", Type::Rows, r#"t.events.dangling("grid", t.grids, "id")"#)
        .about("引用的值在另一表的列中不存在的行", "rows whose reference is not found in the column of the other rows")
        .cost(CostModel::Rows(2)).kernel()
        .by(|to| to.add(lookups::dangling)),
    function("except", "排除", "rows: rows, others: rows", Type::Rows, r#"t.grids.except(t.grids.where("level", "grid"))"#)
        .about("除去另一些行后的行（同一数据表）", "the rows without the others, of one table")
        .cost(CostModel::Except).kernel()
        .by(|to| to.add(lookups::except)),
    operator("+", "rows: rows, others: rows", Type::Rows, r#"t.grids.blank("name") + t.grids.blank("holder")"#)
        .about("两部分行合在一起（同一数据表）", "the rows and the others together, of one table")
        .cost(CostModel::Rows(2))
        .by(|to| to.add(lookups::union)),
    function("at", "处", "rows: rows, column: column", Type::Cells, r#"t.grids.blank("holder").at("holder")"#)
        .about("各行的这一列，作为结论的位置", "these cells of the rows, as places for a decision")
        .by(|to| to.add(decisions::cells_of_rows)),
    function("at", "处", "row: row, column: column", Type::Cells, r#"t.organization.first().at("name")"#)
        .about("该行的这一列，作为结论的位置", "this cell of the row, as a place for a decision")
        .by(|to| to.add(decisions::cell_of_row)),
    property("missing", "缺表", "rows: rows", Type::Bool, "t.incidents.missing")
        .about("申报材料中没有这张数据表", "whether the submission does not have the table")
        .by(|to| to.get(selections::missing)),
    property("key", "键", "group: group", Type::Text, r#"t.events.group("grid").map(|g| g.key)"#)
        .about("分组所依据的文字", "the text the group shares")
        .by(|to| to.get(selections::group_key)),
    property("rows", "行", "group: group", Type::Rows, r#"t.events.group("grid").map(|g| g.rows.count())"#)
        .about("组内的行", "the rows of the group")
        .by(|to| to.get(selections::group_rows)),
];
