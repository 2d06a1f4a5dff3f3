//! `wangge-odbc`: reads queries for `wangge`, a line of JSON each, and writes their rows to stdout. It is started by
//! `wangge check --source` where the settings say `driver = "odbc"`.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::ExitCode;

use odbc_api::{Connection, ConnectionOptions, Cursor, DataType, Environment, Error, ResultSetMetadata};
use wangge::database::odbc_protocol::{Answer, Request};
use wangge::database::{braced, without_password};
use wangge::ingest::extract::{Cell, write_line};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        // The other side is gone: there is nobody to be told.
        Err(_) => ExitCode::FAILURE,
    }
}

/// Answers requests until no more come.
fn serve() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let environment = Environment::new();
    let mut connection = None;
    for line in io::stdin().lines() {
        let answer = match (serde_json::from_str::<Request>(&line?), &environment, &connection) {
            (Err(error), ..) => Answer::Failed(error.to_string()),
            (_, Err(error), _) => Answer::Failed(error.to_string()),
            (
                Ok(Request::Connect { connection: string, user, password_env, timeout }),
                Ok(environment),
                _,
            ) => {
                let password = std::env::var(&password_env).ok();
                match connect(environment, &string, &user, password.as_deref()) {
                    Ok(connected) => {
                        connection = Some((connected, timeout));
                        Answer::Done(())
                    }
                    Err(error) => Answer::Failed(without_password(
                        &error.to_string(),
                        password.as_deref().unwrap_or_default(),
                    )),
                }
            }
            (Ok(_), _, None) => Answer::Failed("not connected".to_owned()),
            (Ok(Request::Columns(query)), _, Some((connection, _))) => columns(connection, &query)
                .map_or_else(|error| Answer::Failed(error.to_string()), Answer::Columns),
            (Ok(Request::Rows(query)), _, Some((connection, timeout))) => {
                match rows(connection, &query, *timeout, &mut out) {
                    Ok(()) => Answer::Done(()),
                    Err(RowsError::Odbc(error)) => Answer::Failed(error.to_string()),
                    Err(RowsError::Io(error)) => return Err(error),
                }
            }
        };
        write_line(&mut out, &answer)?;
        out.flush()?;
    }
    // Nothing was written; where a driver thinks otherwise, it is taken back.
    if let Some((connection, _)) = &connection {
        let _ = connection.rollback();
    }
    Ok(())
}

fn connect<'e>(
    environment: &'e Environment,
    string: &str,
    user: &str,
    password: Option<&str>,
) -> Result<Connection<'e>, Error> {
    let mut whole = string.trim_end_matches(';').to_owned();
    let attributes = [("UID", Some(user).filter(|user| !user.is_empty())), ("PWD", password)];
    for (name, value) in attributes {
        if let Some(value) = value {
            whole.extend(format!(";{name}={}", braced(value)).chars());
        }
    }
    let connection = environment.connect_with_connection_string(&whole, ConnectionOptions::default())?;
    // Drivers without transactions say so; queries are read all the same.
    let _ = connection.set_autocommit(false);
    Ok(connection)
}

fn columns(connection: &Connection<'_>, query: &str) -> Result<Vec<String>, Error> {
    let mut prepared = connection.prepare(query)?;
    prepared.column_names()?.collect()
}

/// Why rows ended before the last.
enum RowsError {
    Odbc(Error),
    Io(io::Error),
}

impl From<Error> for RowsError {
    fn from(error: Error) -> Self {
        Self::Odbc(error)
    }
}

impl From<io::Error> for RowsError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn rows(
    connection: &Connection<'_>,
    query: &str,
    timeout: usize,
    out: &mut BufWriter<StdoutLock<'_>>,
) -> Result<(), RowsError> {
    let Some(mut cursor) = connection.execute(query, (), Some(timeout))? else { return Ok(()) };
    let count = u16::try_from(cursor.num_result_cols()?).unwrap_or(0);
    let binary: Vec<bool> =
        (1..=count).map(|at| Ok(is_binary(cursor.col_data_type(at)?))).collect::<Result<_, Error>>()?;
    let mut text = Vec::new();
    while let Some(mut row) = cursor.next_row()? {
        let mut cells = Vec::with_capacity(binary.len());
        for (at, is_binary) in (1..=count).zip(&binary) {
            // Wide texts come right whatever the locale; bytes need not be fetched to say that there are some.
            let is_filled = row.get_wide_text(at, &mut text)?;
            cells.push(match String::from_utf16(&text) {
                _ if !is_filled => Cell::Empty,
                Ok(text) if !is_binary => Cell::Text(text),
                _ => Cell::Binary,
            });
        }
        write_line(out, &cells)?;
    }
    Ok(())
}

fn is_binary(kind: DataType) -> bool {
    matches!(kind, DataType::Binary { .. } | DataType::Varbinary { .. } | DataType::LongVarbinary { .. })
}
