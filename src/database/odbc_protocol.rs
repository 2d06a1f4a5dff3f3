//! What `wangge` and `wangge-odbc` say to each other, a line of JSON each. ODBC needs a library of the system, without which
//! a program that is linked to it does not start: hence a program of its own.

use serde::{Deserialize, Serialize};

/// What `wangge-odbc` is told, the first line being [`Request::Connect`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Request {
    /// Connect.
    Connect {
        /// Connection string, without a password.
        connection: String,
        /// User, where the string has none.
        user: String,
        /// The variable of the environment that holds the password; empty for none.
        password_env: String,
        /// Seconds that a query may take.
        timeout: usize,
    },
    /// Tell the columns of a query.
    Columns(String),
    /// Tell its rows: each an array of cells, then the answer.
    Rows(String),
}

/// What it answers to each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Answer {
    /// It is connected, or these were all rows.
    Done(()),
    /// The columns.
    Columns(Vec<String>),
    /// What the driver says of a failure.
    Failed(String),
}
