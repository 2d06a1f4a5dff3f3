//! What is wrong with the settings of a database, at a place of their file.

use super::statement::QueryFault;
use crate::model::suggest::closest;
use crate::model::text::Text;

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    /// No TOML, or a key that is not known; in the words of the reader.
    Syntax(Text),
    /// No such driver.
    Driver(String),
    /// A key that this driver needs.
    Needed(&'static str),
    /// A key that means nothing to this driver.
    Meaningless(&'static str, &'static str),
    /// A variable of the environment that is not set.
    Variable(String),
    /// One whose value is no text.
    NoText(String),
    /// A connection string that says who logs in.
    Credentials(String),
    /// No table is named.
    NoTable,
    /// Neither `query` nor `from`, or both.
    OneOfTwo,
    /// A text that is no query that may be sent.
    Query(QueryFault),
    /// A name of no table.
    Name(String),
    /// A number that makes no sense.
    Timeout,
    /// A column that the query does not have, and those it has.
    Column(String, Vec<String>),
    /// A column that two of ours are read from.
    Twice(String),
    /// A column that tells rows apart, and holds bytes.
    Bytes(String),
}

impl From<QueryFault> for SettingsFault {
    fn from(fault: QueryFault) -> Self {
        Self::Query(fault)
    }
}

impl SettingsFault {
    /// What and why, and what to do.
    pub(super) fn words(&self) -> (Text, Text) {
        match self {
            Self::Syntax(cause) => (
                Text::new(format!("格式错误：{}", cause.zh), format!("malformed: {}", cause.en)),
                Text::new(
                    "按 docs/databases.zh-CN.md 里的例子改；密码写在环境变量里，用 password_env 写变量名",
                    "go by the example in docs/databases.md; a password stands in a variable, which `password_env` names",
                ),
            ),
            Self::Driver(name) => (
                Text::new(format!("没有“{name}”这种驱动"), format!("there is no driver `{name}`")),
                Text::new(
                    "可写 sqlite、postgresql、mysql、odbc（达梦、GaussDB、Oracle 用 odbc）",
                    "write sqlite, postgresql, mysql or odbc (for DM, GaussDB and Oracle)",
                ),
            ),
            Self::Needed(key) => (
                Text::new(format!("缺少 {key}"), format!("`{key}` is missing")),
                Text::new(format!("补上 {key} = …"), format!("add `{key} = …`")),
            ),
            Self::Meaningless(key, driver) => (
                Text::new(format!("驱动 {driver} 不用 {key}"), format!("`{key}` means nothing to {driver}")),
                Text::new("删去这一行", "remove it"),
            ),
            Self::Variable(name) => (
                Text::new(format!("没有设置环境变量 {name}"), format!("the variable {name} is not set")),
                Text::new(
                    "运行前先设置，如 export 或 set，不要把密码写进文件",
                    "set it before the run; a password does not belong into the file",
                ),
            ),
            Self::NoText(name) => (
                Text::new(
                    format!("环境变量 {name} 的值不是有效的文字"),
                    format!("the value of the variable {name} is no valid text"),
                ),
                Text::new(
                    "按系统的字符编码重新设置密码，或换一个只用字母、数字和符号的密码",
                    "set it again in the encoding of the system, or use a password of letters, digits and signs",
                ),
            ),
            Self::Credentials(name) => (
                Text::new(
                    format!("connection 里写了登录信息（{name}），它可能出现在报错信息里"),
                    format!("`connection` says who logs in ({name}); it may be shown in messages"),
                ),
                Text::new(
                    "用户名写在 user，密码写在环境变量里，用 password_env 写变量名",
                    "write the user into `user`, and the password into a variable that `password_env` names",
                ),
            ),
            Self::Timeout => (
                Text::new(
                    "timeout 应为1至86400的整数（秒）",
                    "`timeout` is a number of seconds from 1 to 86400",
                ),
                Text::new("改成如 timeout = 600", "write such as `timeout = 600`"),
            ),
            other => other.words_of_tables(),
        }
    }

    /// The same, for what is wrong with a table.
    fn words_of_tables(&self) -> (Text, Text) {
        match self {
            Self::NoTable => (
                Text::new("没有写要读哪些表", "no table is named"),
                Text::new(
                    "加上如 [tables.personnel] 和 from = \"人员视图\"",
                    "add such as `[tables.personnel]` and `from = \"v_staff\"`",
                ),
            ),
            Self::OneOfTwo => (
                Text::new(
                    "from 和 query 要写且只写一个",
                    "one of `from` and `query` is needed, and not both",
                ),
                Text::new(
                    "读整张表或视图写 from，否则写 query",
                    "write `from` for all of a table or view, else `query`",
                ),
            ),
            Self::Query(fault) => words_of_query(fault),
            Self::Column(name, known) => {
                let near = closest(name, known.iter().map(String::as_str));
                let help = near.map_or_else(
                    || {
                        Text::new(
                            format!("查询结果有这些列：{}", known.join("、")),
                            format!("the query has these columns: {}", known.join(", ")),
                        )
                    },
                    |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
                );
                (
                    Text::new(format!("查询结果没有“{name}”列"), format!("the query has no column `{name}`")),
                    help,
                )
            }
            Self::Name(name) => (
                Text::new(
                    format!("“{name}”不是表或视图的名称"),
                    format!("`{name}` is no name of a table or view"),
                ),
                Text::new(
                    "写成 视图名 或 模式.视图名；其他写法用 query",
                    "write VIEW or SCHEMA.VIEW; use `query` for anything else",
                ),
            ),
            Self::Twice(name) => (
                Text::new(
                    format!("“{name}”列在 columns 里用了两次"),
                    format!("two columns of ours are read from `{name}`"),
                ),
                Text::new(
                    "只留一个；确实要用两次时，在 query 里给它另起一个名称",
                    "leave one; where both are meant, give it a second name in the query",
                ),
            ),
            Self::Bytes(name) => (
                Text::new(
                    format!("“{name}”列存的是二进制，不能用来区分各行或单位"),
                    format!("`{name}` holds bytes, which cannot tell rows or organizations apart"),
                ),
                Text::new(
                    "在 query 里把它转换成文字，如 hex(id) AS id，或写另一列",
                    "make a text of it in the query, such as `hex(id) AS id`, or name another column",
                ),
            ),
            // Said above.
            _ => (Text::default(), Text::default()),
        }
    }
}

/// What is said of a query that is not sent.
fn words_of_query(fault: &QueryFault) -> (Text, Text) {
    let read_only = Text::new(
        "只写一条 SELECT（可用 WITH 开头），不写分号后的其他语句",
        "write one SELECT (it may begin with WITH) and nothing after it",
    );
    match fault {
        QueryFault::NotSelect => {
            (Text::new("不是 SELECT 语句，没有执行", "not a SELECT: it was not sent"), read_only)
        }
        QueryFault::Several => (
            Text::new("分号后还有语句，没有执行", "something follows a semicolon: it was not sent"),
            read_only,
        ),
        QueryFault::Unclosed => (
            Text::new(
                "引号、注释或括号不成对，没有执行",
                "a quote, comment or bracket is not closed: it was not sent",
            ),
            read_only,
        ),
        QueryFault::Unsure(sign) => (
            Text::new(
                format!("查询里有 {sign}，各种数据库对它的读法不同，没有执行"),
                format!("databases read {sign} in different ways: the query was not sent"),
            ),
            Text::new(
                "改写这条查询，不用这个符号；或在数据库里建视图，再用 from 写视图名",
                "write the query without it, or make it a view of the database and name that with `from`",
            ),
        ),
    }
}
