//! Files of `SQLite`. They may come from anybody: nothing that a file defines is trusted, and nothing is written to it.

use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{OpenFlags, Statement};

use super::connection::{Connection, RowsError, Take, quoted};
use super::settings::Settings;
use super::statement::{Ordered, Query};
use crate::ingest::extract::Cell;
use crate::model::limits;
use crate::model::text::Text;

/// Steps of the virtual machine of `SQLite` between two looks at the clock.
const STEPS: i32 = 100_000;

struct Sqlite {
    database: rusqlite::Connection,
    timeout: Duration,
}

/// Opens a file.
pub(super) fn open(settings: &Settings) -> Result<Box<dyn Connection>, Text> {
    // Links in the path are followed, as in any path a user gives.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = rusqlite::Connection::open_with_flags(&settings.path, flags);
    let opened = opened.and_then(|database| {
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        database.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        database
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(limits::TEXT_ROW).unwrap_or(i32::MAX))?;
        database.execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; BEGIN")?;
        Ok(Sqlite { database, timeout: settings.timeout })
    });
    opened.map(|sqlite| Box::new(sqlite) as Box<dyn Connection>).map_err(quoted)
}

impl Sqlite {
    fn prepare(&self, query: &str) -> Result<Statement<'_>, Text> {
        let statement = self.database.prepare(query).map_err(quoted)?;
        let writes = || Text::new("这条语句会写入数据库，没有执行", "the statement writes: it was not run");
        if statement.readonly() { Ok(statement) } else { Err(writes()) }
    }
}

impl Connection for Sqlite {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, Text> {
        let statement = self.prepare(&query.all())?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError> {
        let said = |error: rusqlite::Error| RowsError::Said(quoted(error));
        let end = Instant::now().checked_add(self.timeout);
        let is_over = move || end.is_some_and(|end| Instant::now() > end);
        self.database.progress_handler(STEPS, Some(is_over)).map_err(said)?;
        let mut statement = self.prepare(&query.text()).map_err(RowsError::Said)?;
        let mut rows = statement.query([]).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            let cells = (0..query.columns).map(|at| row.get_ref(at).map(cell));
            take(cells.collect::<Result<_, _>>().map_err(said)?)?;
        }
        Ok(())
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Empty,
        ValueRef::Integer(number) => Cell::Text(number.to_string()),
        ValueRef::Real(number) => Cell::Text(number.to_string()),
        ValueRef::Text(text) => Cell::of_bytes(text.to_vec()),
        ValueRef::Blob(_) => Cell::Binary,
    }
}
