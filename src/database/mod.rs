//! Databases: the rows of named queries, taken out of a database once, in one transaction that can only read, into extracts
//! that are read like any other files.
//!
//! ```text
//! settings (TOML) ─▶ connection (SQLite, PostgreSQL, MySQL, ODBC) ─▶ extraction ─▶ an extract for each organization ─▶ ingest
//! ```
//!
//! A driver is a [`Connection`](connection::Connection) in a file of its own, behind a feature of its name.

mod connection;
mod error;
mod extraction;
#[cfg(feature = "mysql")]
mod mysql;
mod odbc;
pub mod odbc_protocol;
mod password;
#[cfg(feature = "postgresql")]
mod postgresql;
mod settings;
mod settings_error;
#[cfg(feature = "sqlite")]
mod sqlite;
mod statement;

pub use error::DatabaseError;
pub use extraction::extract;
pub use settings_error::SettingsFault;
pub use statement::QueryFault;
