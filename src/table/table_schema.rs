//! What a submission may hold, as declared in `rules/tables.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

pub use super::attachment_role::AttachmentRole;
use super::names::{ColumnNames, Exact, TableNames, ValueWords};

/// All declared tables.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "申报材料里的数据表"))]
pub struct Declarations {
    /// Tables in the order in which they are documented.
    #[serde(rename = "table", default)]
    #[schemars(extend("zh" = "各数据表"))]
    pub tables: Vec<Arc<TableDecl>>,
    /// Words that say nothing.
    #[serde(default)]
    #[schemars(extend("zh" = "等于没填的词"))]
    pub nothing: Nothing,
    /// Words in the names of headers, files and sheets.
    #[serde(default)]
    #[schemars(extend("zh" = "表头、文件和工作表名称中的词"))]
    pub naming: Arc<Naming>,
    /// Their names as they are compared.
    #[serde(skip)]
    pub names: TableNames,
}

/// What an answer that there is none is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "填“无”作何解"))]
pub enum NoneMeans {
    /// An empty cell, and no matter.
    #[schemars(extend("zh" = "视同留空，不提示"))]
    Empty,
    /// A text like any other.
    #[schemars(extend("zh" = "与其他文字一样"))]
    Answer,
}

/// Words that stand in a cell and say nothing; a pack adds to those of the packs below it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("zh" = "等于没填的词；规则包在下层之上增添"))]
pub struct Nothing {
    /// Words that say nothing in any column.
    #[schemars(extend("zh" = "在哪一列都等于没填"))]
    pub words: Vec<String>,
    /// Words that say that there is none: nothing, but in a column in which that is an answer (`none`).
    #[schemars(extend("zh" = "表示没有；在声明了 none 的列是正当的回答"))]
    pub none: Vec<String>,
    /// Words for not yet. A text that begins with one and is made of these and of `deeds` alone says nothing.
    #[schemars(extend("zh" = "表示还没有的词；以它开头、只由它和 deeds 组成的文字等于没填"))]
    pub pending: Vec<String>,
    /// What is not yet done to a paper, and words between.
    #[schemars(extend("zh" = "文书还没有走到的各步和其间的虚词"))]
    pub deeds: Vec<String>,
}

/// Words in the names of headers, files and sheets; a pack adds to those of the packs below it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("zh" = "表头、文件和工作表名称中的词；规则包在下层之上增添"))]
pub struct Naming {
    /// Words of headers that say the same, each with the one it is read as; empty for one that says nothing.
    #[schemars(extend("zh" = "表头中意思相同的词，各附视同的词；没有意义的词附空字"))]
    pub synonyms: Vec<(String, String)>,
    /// Words that say nothing in a header, beside the name of a column.
    #[schemars(extend("zh" = "表头中列名以外没有意义的词"))]
    pub fillers: Vec<String>,
    /// What a collection is called after what it collects. Two tables are never told apart by it.
    #[schemars(extend("zh" = "表名末尾表示汇集的词；两张表不凭它区分"))]
    pub collections: Vec<String>,
}

/// One declared table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一张数据表"))]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the declarations")]
pub struct TableDecl {
    /// English name, used in rules and as a file stem.
    #[schemars(extend("zh" = "英文名，用于规则和文件名"))]
    pub id: String,
    /// Chinese name.
    #[schemars(extend("zh" = "中文名"))]
    pub zh: String,
    /// Other names a file or sheet may carry.
    #[serde(default)]
    #[schemars(extend("zh" = "文件或工作表的其他名称"))]
    pub aliases: Vec<String>,
    /// What the table holds.
    #[schemars(extend("zh" = "表里是什么"))]
    pub about: String,
    /// Exactly one row is expected.
    #[serde(default)]
    #[schemars(extend("zh" = "只应有一行"))]
    pub one_row: bool,
    /// Reference data that comes with the pack or the user, not with a submission.
    #[serde(default)]
    #[schemars(extend("zh" = "随规则包或由使用者给出的参考数据，不在申报材料里"))]
    pub reference: bool,
    /// A submission need not have it: no requirement rests on it.
    #[serde(default)]
    #[schemars(extend("zh" = "可以不报送：没有评价要求依据它"))]
    pub optional: bool,
    /// It is made of the texts of attachments; no file or sheet is read as it.
    #[serde(default)]
    #[schemars(extend("zh" = "由佐证材料的文字生成，不在申报材料的表格里"))]
    pub derived: bool,
    /// The columns by which its rows are a tree, where they are one: it may be drawn with its levels side by side.
    #[schemars(extend("zh" = "各行构成一棵树时，表示树的列；树可以一级、二级、三级并排写"))]
    pub tree: Option<Tree>,
    /// Columns in documented order.
    #[schemars(extend("zh" = "各列，按说明的次序"))]
    pub columns: Vec<ColumnDecl>,
    /// What the user's mapping calls the files and sheets of it.
    #[serde(skip)]
    pub mapped: Vec<String>,
    /// Their names as they are compared.
    #[serde(skip)]
    pub names: ColumnNames,
    /// Their names as rules write them.
    #[serde(skip)]
    pub exact: Exact,
    /// Words in headers, those of all declarations.
    #[serde(skip)]
    pub naming: Arc<Naming>,
}

/// The columns by which the rows of a table are a tree, by their ids.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "表示树的列"))]
pub struct Tree {
    /// The code of a row.
    #[schemars(extend("zh" = "本行的代号"))]
    pub code: String,
    /// Its name.
    #[schemars(extend("zh" = "本行的名称"))]
    pub name: String,
    /// The code of its parent.
    #[schemars(extend("zh" = "上级的代号"))]
    pub parent: String,
    /// Its level, from 1.
    #[schemars(extend("zh" = "层次，从1起"))]
    pub level: String,
    /// What the name of the topmost row above it tells.
    #[schemars(extend("zh" = "由最上一级的名称表示的列"))]
    pub root: Option<String>,
}

/// One declared column.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("zh" = "一列"))]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the declarations")]
pub struct ColumnDecl {
    /// English name, used in rules.
    #[schemars(extend("zh" = "英文名，用于规则"))]
    pub id: String,
    /// Chinese name.
    #[schemars(extend("zh" = "中文名"))]
    pub zh: String,
    /// Other headers it may carry.
    #[serde(default)]
    #[schemars(extend("zh" = "表头的其他写法"))]
    pub aliases: Vec<String>,
    /// Type of its cells.
    #[serde(rename = "type")]
    #[schemars(extend("zh" = "单元格的类型"))]
    pub kind: ColumnType,
    /// Allowed values of an enumerated column: id to the words that mean it.
    #[serde(default)]
    #[schemars(extend("zh" = "枚举列可取的值：编号和表示它的词"))]
    pub values: BTreeMap<String, Vec<String>>,
    /// The column must be there and every cell filled.
    #[serde(default)]
    #[schemars(extend("zh" = "必须有这一列，且每格都填"))]
    pub required: bool,
    /// Part of the key: no two rows alike.
    #[serde(default)]
    #[schemars(extend("zh" = "主键：不得有两行相同"))]
    pub key: bool,
    /// `table.column` whose values this column refers to.
    #[schemars(extend("zh" = "引用的“表.列”"))]
    pub refers: Option<String>,
    /// `table.column` whose values may stand here, without having to: only their spelling is made the same.
    #[schemars(extend("zh" = "可填的“表.列”，不作要求，只统一写法"))]
    pub like: Option<String>,
    /// References to the table may name a row by this column instead of its key.
    #[serde(default)]
    #[schemars(extend("zh" = "引用本表时可写这一列的名称"))]
    pub names: bool,
    /// References to the table may shorten the name in this column.
    #[serde(default)]
    #[schemars(extend("zh" = "引用本表时这一列的名称可以简写"))]
    pub shortened: bool,
    /// A designation of a standard, compared whatever the width, spaces and dashes in it.
    #[serde(default)]
    #[schemars(extend("zh" = "标准编号：比较时不计全角半角、空格和短线的写法"))]
    pub designation: bool,
    /// The column of levels from which this column of parents follows where all of it is empty.
    #[schemars(extend("zh" = "本列写上级；全列留空时，按所指的层次列和编号推出"))]
    pub outline: Option<String>,
    /// Units that may stand behind a number of this column and change nothing.
    #[serde(default)]
    #[schemars(extend("zh" = "数值后面可带的单位"))]
    pub units: Vec<String>,
    /// A quantity: those of one row are compared with each other, and may be written with a unit they share.
    #[serde(default)]
    #[schemars(extend("zh" = "同一行里相互比较的数量，可带相同的单位"))]
    pub quantity: bool,
    /// A column of the units of the row's quantities: how many of the least one each value is, where one is part of another.
    #[serde(default)]
    #[schemars(extend("zh" = "本列是数量的单位：各单位折合最小单位的倍数"))]
    pub scale: BTreeMap<String, i64>,
    /// Words that mean yes in this column.
    #[serde(default)]
    #[schemars(extend("zh" = "本列里等于“是”的词"))]
    pub yes: Vec<String>,
    /// Words that mean no in this column.
    #[serde(default)]
    #[schemars(extend("zh" = "本列里等于“否”的词"))]
    pub no: Vec<String>,
    /// A day by which something is to be done: the last day of a year, quarter or month may be told by its name.
    #[serde(default)]
    #[schemars(extend("zh" = "期限：2026年底等写法按最后一天读取"))]
    pub term: bool,
    /// Words that stand for zero.
    #[serde(default)]
    #[schemars(extend("zh" = "等于零的词"))]
    pub zero: Vec<String>,
    /// A code of clauses, read without the words around its numbers.
    #[serde(default)]
    #[schemars(extend("zh" = "条款编号：第8.3.3条读作8.3.3"))]
    pub clause: bool,
    /// What it means that there is none, where that is an answer.
    #[schemars(extend("zh" = "填“无”是正当的回答时，作何解"))]
    pub none: Option<NoneMeans>,
    /// A number alone says something in this column of text.
    #[serde(default)]
    #[schemars(extend("zh" = "文字列，可以只填数字"))]
    pub numbers: bool,
    /// Rows have it in common as a matter of course: a ditto mark is read as the cell above.
    #[serde(default)]
    #[schemars(extend("zh" = "文字列，各行常有相同内容：填“同上”的按上一行读取"))]
    pub common: bool,
    /// Only some have such a column: nothing is said where it is not there.
    #[serde(default)]
    #[schemars(extend("zh" = "少数单位才有的列：没有时不提示"))]
    pub seldom: bool,
    /// A code of which a cell may list several: such a row is read once for each.
    #[serde(default)]
    #[schemars(extend("zh" = "一格可列多个代码：每个代码按一行读取"))]
    pub unnest: bool,
    /// It names a file that comes with the tables and backs the row; of what kind.
    #[schemars(extend("zh" = "本列是随数据表报送的文件名；文件的作用"))]
    pub attachment: Option<AttachmentRole>,
    /// What kind of personal data the column holds.
    #[schemars(extend("zh" = "属于哪一类个人信息"))]
    pub privacy: Option<Privacy>,
    /// What the user's mapping calls it.
    #[serde(skip)]
    pub mapped: Vec<String>,
    /// In which order the user's mapping says its days are written, where the year does not come first.
    #[serde(skip)]
    pub day_order: Option<DayOrder>,
    /// The words of its values as they are compared.
    #[serde(skip)]
    pub words: ValueWords,
    /// Ids and words of its values as rules write them.
    #[serde(skip)]
    pub exact: Exact,
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "单元格的类型"))]
pub enum ColumnType {
    /// Free text, surrounding white space removed.
    #[schemars(extend("zh" = "文字，去掉首尾空白"))]
    Text,
    /// An identifier, matched exactly as written.
    #[schemars(extend("zh" = "代码，按原样比较"))]
    Code,
    /// Several identifiers separated by `;`, `；`, `、`, `,` or `，`.
    #[schemars(extend("zh" = "多个代码，用 ; ； 、 , ， 隔开"))]
    Codes,
    /// A whole number.
    #[schemars(extend("zh" = "整数"))]
    Integer,
    /// An exact decimal number.
    #[schemars(extend("zh" = "小数，精确计算"))]
    Decimal,
    /// A day.
    #[schemars(extend("zh" = "日期"))]
    Date,
    /// A month, stored as its first day.
    #[schemars(extend("zh" = "月份，存为当月第一天"))]
    Month,
    /// Yes or no.
    #[schemars(extend("zh" = "是或否"))]
    YesNo,
    /// One of the declared values, stored by id.
    #[schemars(extend("zh" = "所列取值之一，存为编号"))]
    Enumerated,
}

/// The order of day and month in a date whose year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum DayOrder {
    /// 31/12/2024.
    #[serde(rename = "day/month/year", alias = "日/月/年")]
    DayFirst,
    /// 12/31/2024.
    #[serde(rename = "month/day/year", alias = "月/日/年")]
    MonthFirst,
}

impl ColumnType {
    /// Its name, in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("文字", "text"),
            Self::Code => ("编号", "code"),
            Self::Codes => ("多个编号", "codes"),
            Self::Integer => ("整数", "whole number"),
            Self::Decimal => ("小数", "decimal number"),
            Self::Date => ("日期", "date"),
            Self::Month => ("年月", "month"),
            Self::YesNo => ("是或否", "yes or no"),
            Self::Enumerated => ("枚举", "one of declared values"),
        }
    }
}

/// A kind of personal data, masked in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "个人信息的类别，输出时遮盖"))]
pub enum Privacy {
    /// A person's name.
    #[schemars(extend("zh" = "姓名"))]
    Name,
    /// A citizen's identity number.
    #[schemars(extend("zh" = "身份证号"))]
    IdNumber,
    /// A telephone number.
    #[schemars(extend("zh" = "电话号码"))]
    Phone,
}

impl Declarations {
    /// The table with this id or Chinese name.
    pub fn table(&self, name: &str) -> Option<&Arc<TableDecl>> {
        self.tables.iter().find(|table| table.id == name || table.zh == name)
    }
}

impl TableDecl {
    /// Whether organizations send it: it neither comes with the pack nor is made of texts.
    pub const fn is_sent(&self) -> bool {
        !self.reference && !self.derived
    }

    /// The column with this id or Chinese name.
    pub fn column(&self, name: &str) -> Option<&ColumnDecl> {
        self.position(name).and_then(|at| self.columns.get(at))
    }
}

impl ColumnDecl {
    /// Ids of an enumerated column in storage order.
    pub fn value_ids(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Id of the enumerated value with this storage number.
    pub fn value_id(&self, number: usize) -> Option<&str> {
        self.value_ids().nth(number)
    }
}
