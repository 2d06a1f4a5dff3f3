//! Databases: the rows of named queries, taken out of a database once, in one transaction that can only read, into extracts
//! that are read like any other files.
//!
//! ```text
//! settings (TOML) ─▶ connection (SQLite, PostgreSQL, MySQL, ODBC) ─▶ extraction ─▶ an extract for each organization ─▶ ingest
//! ```
//!
//! A driver is a [`Connection`](connection::Connection) in a file of its own, behind a feature of its name.

mod connection;
mod driver;
mod error;
mod extraction;
#[cfg(feature = "mysql")]
mod mysql;
mod odbc;
pub mod odbc_protocol;
mod password;
#[cfg(feature = "postgresql")]
mod postgresql;
mod row_notices;
mod scanner;
mod settings;
mod settings_error;
#[cfg(feature = "sqlite")]
mod sqlite;
mod statement;
mod table_rows;
#[cfg(all(test, feature = "sqlite"))]
mod tests;

pub use error::DatabaseError;
pub use extraction::{Extracted, extract};
pub use password::{braced, without_password};
pub use settings_error::SettingsFault;
pub use statement::QueryFault;
