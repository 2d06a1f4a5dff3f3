//! What a driver does: columns and rows of queries, all of them in one transaction that can only read.

use std::io;

use super::driver::Driver;
use super::error::DatabaseError;
use super::settings::Settings;
use super::statement::{Ordered, Query};
use crate::ingest::extract::Cell;
use crate::model::text::Text;

/// A connection to a database, in a transaction.
pub(super) trait Connection {
    /// What the columns of a query are called.
    ///
    /// # Errors
    /// What the database says of it.
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, Text>;

    /// Hands the rows of a query to `take`, one after the other.
    ///
    /// # Errors
    /// What the database says, or what `take` fails with.
    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError>;
}

/// Takes a row.
pub(super) type Take<'a> = dyn FnMut(Vec<Cell>) -> io::Result<()> + 'a;

/// Why rows ended before the last.
#[derive(Debug)]
pub(super) enum RowsError {
    /// The database refused; in its own words.
    Said(Text),
    /// They cannot be written.
    Unwritten(io::Error),
}

impl From<io::Error> for RowsError {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

/// What a database says, which has one language.
pub(super) fn quoted(said: impl ToString) -> Text {
    let said = said.to_string();
    Text::new(said.clone(), said)
}

/// Opens the database of these settings.
///
/// # Errors
/// It cannot be reached or refuses, or this program was built without its driver.
pub(super) fn open(settings: &Settings) -> Result<Box<dyn Connection>, DatabaseError> {
    let password = settings.password()?;
    if settings.driver == Driver::Sqlite && !settings.path.is_file() {
        let path = settings.path.to_string_lossy().replace('\\', "/");
        return Err(DatabaseError::Missing { file: settings.file.clone(), path });
    }
    let opened: Result<Box<dyn Connection>, Text> = match &settings.driver {
        #[cfg(feature = "sqlite")]
        Driver::Sqlite => super::sqlite::open(settings),
        #[cfg(feature = "postgresql")]
        Driver::Postgresql => super::postgresql::open(settings, password.as_ref()),
        #[cfg(feature = "mysql")]
        Driver::Mysql => super::mysql::open(settings, password.as_ref()),
        Driver::Odbc => {
            let program = super::odbc::program().map_err(|path| {
                let path = path.to_string_lossy().replace('\\', "/");
                DatabaseError::NoProgram { file: settings.file.clone(), path }
            })?;
            super::odbc::open(settings, &program)
        }
        #[cfg(not(all(feature = "sqlite", feature = "postgresql", feature = "mysql")))]
        driver => return Err(DatabaseError::NotBuilt { file: settings.file.clone(), driver: driver.name() }),
    };
    opened.map_err(|said| DatabaseError::Connection {
        file: settings.file.clone(),
        said: super::password::hidden(&said, password.as_ref()),
    })
}
