//! `MySQL` and what speaks its protocol: `MariaDB`, `TiDB`, `OceanBase`.

use std::time::Duration;

use mysql::consts::{ColumnFlags, ColumnType};
use mysql::prelude::Queryable;
use mysql::{Conn, OptsBuilder, Value};

use super::connection::{Connection, RowsError, Take, quoted};
use super::password::Password;
use super::settings::Settings;
use super::statement::{Ordered, Query};
use crate::ingest::extract::Cell;
use crate::model::text::Text;

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
pub(super) fn open(settings: &Settings, password: Option<&Password>) -> Result<Box<dyn Connection>, Text> {
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
    begun.map(|connection| Box::new(connection) as Box<dyn Connection>).map_err(quoted)
}

impl Connection for Mysql {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, Text> {
        let statement = self.0.prep(query.all()).map_err(quoted)?;
        Ok(statement.columns().iter().map(|column| column.name_str().into_owned()).collect())
    }

    /// Prepared statements cannot be several.
    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError> {
        let said = |error: mysql::Error| RowsError::Said(quoted(error));
        let rows = self.0.exec_iter(query.text(), ()).map_err(said)?;
        for row in rows {
            let row = row.map_err(said)?;
            let kinds: Vec<_> = row.columns_ref().iter().map(Kind::of).collect();
            take(row.unwrap().into_iter().zip(kinds).map(|(value, kind)| cell(value, kind)).collect())?;
        }
        Ok(())
    }
}

/// Number of the character set of bytes that are no text.
const BYTES: u16 = 63;

/// How the values of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// As they are.
    Plain,
    /// Days, without a time of day.
    Day,
    /// Bytes that are no text.
    Bytes,
    /// Bits, which are a number.
    Bits,
    /// Whole numbers with zeros before them, in so many digits.
    Filled(usize),
}

impl Kind {
    fn of(column: &mysql::Column) -> Self {
        use ColumnType::{
            MYSQL_TYPE_BIT, MYSQL_TYPE_BLOB, MYSQL_TYPE_DATE, MYSQL_TYPE_GEOMETRY, MYSQL_TYPE_INT24,
            MYSQL_TYPE_LONG, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_MEDIUM_BLOB,
            MYSQL_TYPE_NEWDATE, MYSQL_TYPE_SHORT, MYSQL_TYPE_STRING, MYSQL_TYPE_TINY, MYSQL_TYPE_TINY_BLOB,
            MYSQL_TYPE_VAR_STRING,
        };
        let flags = column.flags();
        let is_bytes = column.character_set() == BYTES && flags.contains(ColumnFlags::BINARY_FLAG);
        match column.column_type() {
            MYSQL_TYPE_BIT => Self::Bits,
            MYSQL_TYPE_GEOMETRY => Self::Bytes,
            MYSQL_TYPE_DATE | MYSQL_TYPE_NEWDATE => Self::Day,
            MYSQL_TYPE_TINY_BLOB
            | MYSQL_TYPE_MEDIUM_BLOB
            | MYSQL_TYPE_LONG_BLOB
            | MYSQL_TYPE_BLOB
            | MYSQL_TYPE_VAR_STRING
            | MYSQL_TYPE_STRING
                if is_bytes =>
            {
                Self::Bytes
            }
            MYSQL_TYPE_TINY | MYSQL_TYPE_SHORT | MYSQL_TYPE_INT24 | MYSQL_TYPE_LONG | MYSQL_TYPE_LONGLONG
                if flags.contains(ColumnFlags::ZEROFILL_FLAG) =>
            {
                // No server shows more.
                Self::Filled(usize::try_from(column.column_length()).unwrap_or(0).min(255))
            }
            _ => Self::Plain,
        }
    }
}

/// A value as a text that reads as in a file: of a day without a time of day, the day.
fn cell(value: Value, kind: Kind) -> Cell {
    let text = match value {
        Value::NULL => return Cell::Empty,
        Value::Bytes(bytes) if kind == Kind::Bits => return bits(&bytes),
        Value::Bytes(_) if kind == Kind::Bytes => return Cell::Binary,
        Value::Bytes(bytes) => return Cell::of_bytes(bytes),
        Value::Int(number) => filled(number.to_string(), kind),
        Value::UInt(number) => filled(number.to_string(), kind),
        Value::Float(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Date(year, month, day, ..) if kind == Kind::Day => format!("{year:04}-{month:02}-{day:02}"),
        Value::Date(year, month, day, hour, minute, second, micros) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{}", fraction(micros))
        }
        Value::Time(negative, days, hours, minutes, seconds, micros) => {
            let hours = days.saturating_mul(24).saturating_add(u32::from(hours));
            let sign = if negative { "-" } else { "" };
            format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{}", fraction(micros))
        }
    };
    Cell::Text(text)
}

/// The part of a second, where there is one.
fn fraction(micros: u32) -> String {
    if micros == 0 { String::new() } else { format!(".{micros:06}") }
}

/// A number with the zeros that are part of how it is shown, as those of a code are.
fn filled(number: String, kind: Kind) -> String {
    match kind {
        Kind::Filled(digits) => format!("{number:0>digits$}"),
        _ => number,
    }
}

/// Up to 64 bits, the highest first.
fn bits(bytes: &[u8]) -> Cell {
    if bytes.len() > 8 {
        return Cell::Binary;
    }
    let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Cell::Text(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Value, kind: Kind) -> String {
        cell(value, kind).text().to_owned()
    }

    #[test]
    fn values_read_as_a_client_shows_them() {
        assert_eq!(text(Value::UInt(42), Kind::Filled(6)), "000042");
        assert_eq!(text(Value::UInt(1_234_567), Kind::Filled(6)), "1234567");
        assert_eq!(text(Value::Int(-3), Kind::Plain), "-3");
        assert_eq!(text(Value::Date(2024, 3, 1, 8, 5, 9, 0), Kind::Plain), "2024-03-01 08:05:09");
        assert_eq!(text(Value::Date(2024, 3, 1, 8, 5, 9, 1_500), Kind::Plain), "2024-03-01 08:05:09.001500");
        assert_eq!(text(Value::Date(2024, 3, 1, 0, 0, 0, 0), Kind::Day), "2024-03-01");
        assert_eq!(text(Value::Time(true, 1, 2, 3, 4, 500_000), Kind::Plain), "-26:03:04.500000");
        assert_eq!(text(Value::Bytes(vec![1]), Kind::Bits), "1");
        assert_eq!(text(Value::Bytes(vec![0xff; 8]), Kind::Bits), u64::MAX.to_string());
        assert_eq!(cell(Value::Bytes(b"a".to_vec()), Kind::Bytes), Cell::Binary);
        assert_eq!(cell(Value::NULL, Kind::Filled(3)), Cell::Empty);
    }
}
