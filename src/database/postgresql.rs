//! `PostgreSQL`, and what takes its login. The server makes a text of every value, as `psql` would show it: what types there
//! are is its business.

use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type;
use postgres::{Client, Column, Config, NoTls};

use super::connection::{Connection, RowsError, Take, quoted};
use super::password::Password;
use super::settings::Settings;
use super::statement::{NAME, Ordered, Query};
use crate::ingest::extract::Cell;
use crate::model::text::Text;

/// How long the server may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(30);
const PORT: u16 = 5432;

struct Postgresql(Client);

/// Connects, and begins the transaction.
pub(super) fn open(settings: &Settings, password: Option<&Password>) -> Result<Box<dyn Connection>, Text> {
    let mut config = Config::new();
    config
        .host(&settings.host)
        .port(settings.port.unwrap_or(PORT))
        .user(&settings.user)
        .dbname(&settings.database)
        .application_name("wangge")
        .connect_timeout(PATIENCE);
    if let Some(password) = password {
        config.password(password.reveal());
    }
    let connected = config.connect(NoTls).and_then(|mut client| {
        // One state of all tables, in texts that read the same on every server.
        let millis = settings.timeout.as_millis();
        client.batch_execute(&format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {millis}; \
             SET LOCAL datestyle = 'ISO, YMD'"
        ))?;
        Ok(Postgresql(client))
    });
    connected.map(|client| Box::new(client) as Box<dyn Connection>).map_err(|error| said(&error))
}

/// What the server says; the library keeps it apart from its own words.
fn said(error: &postgres::Error) -> Text {
    quoted(match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(said), _) => format!("{} (SQLSTATE {})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    })
}

impl Connection for Postgresql {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, Text> {
        let statement = self.0.prepare(&query.all()).map_err(|error| said(&error))?;
        Ok(statement.columns().iter().map(|column| column.name().to_owned()).collect())
    }

    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError> {
        let failed = |error: postgres::Error| RowsError::Said(said(&error));
        let columns = self.0.prepare(&query.query().all()).map_err(failed)?;
        let columns = columns.columns();
        let none: [&str; 0] = [];
        let mut rows = self.0.query_raw(&as_texts(query, columns), none).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let cell = |(at, column): (usize, &Column)| {
                let text = row.try_get::<_, Option<String>>(at)?;
                let is_binary = is_binary(column.type_());
                Ok(text.map_or(Cell::Empty, |text| if is_binary { Cell::Binary } else { Cell::Text(text) }))
            };
            let cells: Result<_, _> = columns.iter().enumerate().map(cell).collect();
            take(cells.map_err(failed)?)?;
        }
        Ok(())
    }
}

fn is_binary(kind: &Type) -> bool {
    *kind == Type::BYTEA
}

/// The query with every value as text. Its columns are named by their numbers, so that no name needs quotes, and ordered as
/// what they are, not as texts.
fn as_texts(query: &Ordered<'_>, columns: &[Column]) -> String {
    let name = |at: usize| format!("c{at}");
    let text = |(at, column): (usize, &Column)| match column.type_() {
        // Whether there is anything is all that is asked for.
        kind if is_binary(kind) => format!("CASE WHEN {} IS NOT NULL THEN '' END", name(at)),
        // As the clock of the server shows it.
        kind if *kind == Type::TIMESTAMPTZ => format!("{}::timestamp::text", name(at)),
        _ => format!("{}::text", name(at)),
    };
    let texts: Vec<_> = columns.iter().enumerate().map(text).collect();
    let names: Vec<_> = (0..columns.len()).map(name).collect();
    let order: Vec<_> = query.order.iter().map(|at| format!("{NAME}.{}", name(*at))).collect();
    let (texts, names, order) = (texts.join(", "), names.join(", "), order.join(", "));
    format!("SELECT {texts} FROM {} AS {NAME}({names}) ORDER BY {order}", query.query().nested())
}
