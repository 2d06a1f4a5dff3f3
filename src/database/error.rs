//! Why a database was not read.

use std::io;

use super::settings_error::SettingsFault;
use crate::model::fault::{Explain, Fault};
use crate::model::system::{self, Refusal};
use crate::model::text::Text;

/// A failure to read a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseError {
    /// The settings cannot be read.
    Unreadable {
        /// Their file.
        file: String,
        /// Why, and what to do.
        why: Refusal,
    },
    /// Something is wrong with the settings.
    Settings {
        /// Their file.
        file: String,
        /// 1-based line.
        row: Option<u32>,
        /// 1-based column, in characters.
        column: Option<usize>,
        /// What.
        fault: SettingsFault,
    },
    /// There is no such file.
    Missing {
        /// The settings.
        file: String,
        /// Where it should be.
        path: String,
    },
    /// This program was built without the driver.
    NotBuilt {
        /// The settings.
        file: String,
        /// The driver.
        driver: &'static str,
    },
    /// The program that speaks ODBC is not beside this one.
    NoProgram {
        /// The settings.
        file: String,
        /// Where it should be.
        path: String,
    },
    /// The database cannot be reached or refuses.
    Connection {
        /// The settings.
        file: String,
        /// What it says.
        said: Text,
    },
    /// A query failed.
    Query {
        /// The settings.
        file: String,
        /// Line of the table in them.
        row: u32,
        /// The table.
        table: String,
        /// What the database says.
        said: Text,
    },
    /// The code of an organization is too long for one.
    Organization {
        /// The settings.
        file: String,
        /// Line of the table.
        row: u32,
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Rows cannot be put aside.
    Unwritten {
        /// The folder.
        folder: String,
        /// Why, and what to do.
        why: Refusal,
    },
}

impl DatabaseError {
    /// Rows cannot be put aside in a folder.
    pub(super) fn unwritten(folder: &str, error: &io::Error) -> Self {
        Self::Unwritten { folder: folder.to_owned(), why: system::refusal_writing(error) }
    }

    fn file(&self) -> &str {
        match self {
            Self::Unreadable { file, .. }
            | Self::Settings { file, .. }
            | Self::Missing { file, .. }
            | Self::NotBuilt { file, .. }
            | Self::NoProgram { file, .. }
            | Self::Connection { file, .. }
            | Self::Query { file, .. }
            | Self::Organization { file, .. }
            | Self::Unwritten { folder: file, .. } => file,
        }
    }

    fn row(&self) -> Option<u32> {
        match self {
            Self::Settings { row, .. } => *row,
            Self::Query { row, .. } | Self::Organization { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// Code, message and help.
    fn words(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Unreadable { why: Refusal { cause, help }, .. } => (
                "database.unreadable",
                Text::new(format!("无法读取：{}", cause.zh), format!("cannot be read: {}", cause.en)),
                help.clone(),
            ),
            Self::Settings { fault, .. } => {
                let (message, help) = fault.words();
                ("database.settings", message, help)
            }
            Self::Missing { path, .. } => (
                "database.missing",
                Text::new(format!("没有这个数据库文件：{path}"), format!("there is no such file: {path}")),
                Text::new("path 从本文件所在的文件夹算起", "`path` starts at the folder of this file"),
            ),
            Self::NotBuilt { driver, .. } => (
                "database.not-built",
                Text::new(
                    format!("这个程序没有带 {driver} 驱动"),
                    format!("this program was built without the driver {driver}"),
                ),
                Text::new(
                    "使用发布的程序，或用 cargo build --release --features sqlite,postgresql,mysql 编译",
                    "use a released program, or build with `cargo build --release --features sqlite,postgresql,mysql`",
                ),
            ),
            Self::NoProgram { path, .. } => (
                "database.not-built",
                Text::new(
                    format!("驱动 odbc 要用另一个程序，这里没有：{path}"),
                    format!("the driver odbc needs another program, which is not there: {path}"),
                ),
                Text::new(
                    "用 cargo build --release --features odbc 编译，把 wangge-odbc 放在 wangge 所在的文件夹",
                    "build with `cargo build --release --features odbc` and put `wangge-odbc` into the folder of `wangge`",
                ),
            ),
            other => other.words_of_server(),
        }
    }

    /// The same, for what came of asking the database.
    fn words_of_server(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Connection { said, .. } => (
                "database.connection",
                Text::new(
                    format!("打不开数据库：{}", said.zh),
                    format!("the database cannot be opened: {}", said.en),
                ),
                Text::new(
                    "检查地址、端口、用户、库名和密码的环境变量，以及服务器是否允许这台机器不加密登录",
                    "look at host, port, user, database and the variable of the password, and whether the server lets this machine log in without TLS",
                ),
            ),
            Self::Query { table, said, .. } => (
                "database.query",
                Text::new(
                    format!("读“{table}”的查询失败：{}", said.zh),
                    format!("the query of `{table}` failed: {}", said.en),
                ),
                Text::new(
                    "先在数据库客户端里试这条查询，再改这里",
                    "try the query in a client of the database, then put it right here",
                ),
            ),
            Self::Organization { table, column, .. } => (
                "database.organization",
                Text::new(
                    format!("“{table}”的“{column}”列里有超过48字节的单位编号，按单位拆分不了"),
                    format!("`{column}` of `{table}` holds a code of an organization longer than 48 bytes"),
                ),
                Text::new("organization 应写单位编号的列", "`organization` names the column of the code"),
            ),
            Self::Unwritten { why: Refusal { cause, help }, .. } => (
                "database.unwritten",
                Text::new(
                    format!("从数据库读出的数据不能暂存：{}", cause.zh),
                    format!("what was read of the database cannot be put aside: {}", cause.en),
                ),
                help.clone(),
            ),
            // Said above.
            _ => ("database", Text::default(), Text::default()),
        }
    }
}

impl Explain for DatabaseError {
    fn fault(&self) -> Fault {
        let (code, message, help) = self.words();
        let column = match self {
            Self::Settings { column, .. } => column.map(|column| column.to_string()),
            _ => None,
        };
        Fault {
            code,
            message,
            help,
            file: Some(self.file().to_owned()),
            row: self.row(),
            column,
            ..Fault::default()
        }
    }
}
