//! `MySQL` and what speaks its protocol: `MariaDB`, `TiDB`, `OceanBase`.

use std::time::Duration;

use mysql::consts::{ColumnFlags, ColumnType};
use mysql::prelude::Queryable;
use mysql::{Conn, OptsBuilder, Value};

use super::connection::{Connection, RowsError, Take};
use super::password::Password;
use super::settings::Settings;
use super::statement::{Ordered, Query};
use crate::ingest::extract::Cell;

/// How long the server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(30);

struct Mysql(Conn);

/// Ways to begin a transaction that sees one state of all tables. Not every server knows each; where it cannot be told that
/// nothing is written, still nothing but queries is sent.
const TRANSACTIONS: [&str; 3] = [
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    "START TRANSACTION READ ONLY",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT",
];

/// Connects, and begins the transaction.
pub(super) fn open(settings: &Settings, password: Option<&Password>) -> Result<Box<dyn Connection>, String> {
    let options = OptsBuilder::new()
        .ip_or_hostname(Some(settings.host.clone()))
        .tcp_port(settings.port.unwrap_or(3306))
        .user(Some(settings.user.clone()))
        .pass(password.map(|password| password.reveal().to_owned()))
        .db_name(Some(settings.database.clone()))
        .prefer_socket(false)
        .tcp_connect_timeout(Some(PATIENCE))
        .read_timeout(Some(settings.timeout.saturating_add(PATIENCE)));
    let begun = Conn::new(options).and_then(|mut connection| {
        connection.query_drop("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
        // Each kind of server knows one of them.
        let _ = connection
            .query_drop(format!("SET SESSION max_execution_time = {}", settings.timeout.as_millis()));
        let _ =
            connection.query_drop(format!("SET SESSION max_statement_time = {}", settings.timeout.as_secs()));
        let mut begun = Ok(());
        for transaction in TRANSACTIONS {
            begun = connection.query_drop(transaction);
            if begun.is_ok() {
                break;
            }
        }
        begun.map(|()| Mysql(connection))
    });
    begun.map(|connection| Box::new(connection) as Box<dyn Connection>).map_err(|error| error.to_string())
}

impl Connection for Mysql {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, String> {
        let statement = self.0.prep(query.all()).map_err(|error| error.to_string())?;
        Ok(statement.columns().iter().map(|column| column.name_str().into_owned()).collect())
    }

    /// Prepared statements cannot be several.
    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError> {
        let said = |error: mysql::Error| RowsError::Said(error.to_string());
        let rows = self.0.exec_iter(query.text(), ()).map_err(said)?;
        for row in rows {
            let row = row.map_err(said)?;
            let days: Vec<bool> = row
                .columns_ref()
                .iter()
                .map(|column| {
                    matches!(
                        column.column_type(),
                        ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE
                    )
                })
                .collect();
            let binary: Vec<bool> = row.columns_ref().iter().map(is_binary).collect();
            let kinds = days.into_iter().zip(binary);
            take(row.unwrap().into_iter().zip(kinds).map(|(value, kind)| cell(value, kind)).collect())?;
        }
        Ok(())
    }
}

/// Number of the character set of bytes that are no text.
const BYTES: u16 = 63;

fn is_binary(column: &mysql::Column) -> bool {
    use ColumnType::{
        MYSQL_TYPE_BIT, MYSQL_TYPE_BLOB, MYSQL_TYPE_GEOMETRY, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_MEDIUM_BLOB,
        MYSQL_TYPE_STRING, MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_VAR_STRING,
    };
    let holds_bytes = matches!(
        column.column_type(),
        MYSQL_TYPE_TINY_BLOB
            | MYSQL_TYPE_MEDIUM_BLOB
            | MYSQL_TYPE_LONG_BLOB
            | MYSQL_TYPE_BLOB
            | MYSQL_TYPE_VAR_STRING
            | MYSQL_TYPE_STRING
    );
    matches!(column.column_type(), MYSQL_TYPE_BIT | MYSQL_TYPE_GEOMETRY)
        || holds_bytes && column.character_set() == BYTES && column.flags().contains(ColumnFlags::BINARY_FLAG)
}

/// A value as a text that reads as in a file: of a day without a time of day, the day.
fn cell(value: Value, (is_day, is_binary): (bool, bool)) -> Cell {
    let text = match value {
        Value::NULL => return Cell::Empty,
        Value::Bytes(_) if is_binary => return Cell::Binary,
        Value::Bytes(bytes) => return Cell::of_bytes(bytes),
        Value::Int(number) => number.to_string(),
        Value::UInt(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Date(year, month, day, ..) if is_day => format!("{year:04}-{month:02}-{day:02}"),
        Value::Date(year, month, day, hour, minute, second, _) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        Value::Time(negative, days, hours, minutes, seconds, _) => {
            let hours = days.saturating_mul(24).saturating_add(u32::from(hours));
            format!("{}{hours:02}:{minutes:02}:{seconds:02}", if negative { "-" } else { "" })
        }
    };
    Cell::Text(text)
}
