//! The rows of a database, put aside for each organization in an extract.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::connection::{self, Connection, RowsError};
use super::error::DatabaseError;
use super::password::hidden;
use super::row_notices;
use super::settings::{Named, Settings, TableSettings};
use super::settings_error::SettingsFault;
use super::table_rows::{Refused, TableRows, Told};
use crate::ingest::extract::{self, Opening, TableHead, write_line};
use crate::model::fault::Fault;
use crate::model::text::Text;

/// What there is to know of a database that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// What is worth telling and no failure.
    pub notices: Vec<Fault>,
    /// The variable of the environment that holds the password, which nobody needs any more.
    pub password_variable: Option<String>,
}

/// How `PostgreSQL` says that an earlier query of the transaction failed: what it says after that is no news.
const ABORTED: &str = "(SQLSTATE 25P02)";

/// Puts the rows of the database of the settings in `file` aside in `folder`, for each organization where a column tells
/// them apart.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn extract(file: &Path, folder: &Path) -> Result<Extracted, Vec<DatabaseError>> {
    let settings = Settings::read(file)?;
    let mut connection = connection::open(&settings).map_err(|error| vec![error])?;
    let (tables, written, notices) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut extraction = Extraction { settings: &settings, file, folder, tables, written, notices };
    extraction.begin().map_err(|error| vec![DatabaseError::unwritten(&folder.to_string_lossy(), &error)])?;
    let mut errors = Vec::new();
    for table in &settings.tables {
        let failed = extraction.table(connection.as_mut(), table).err();
        let is_unwritten = matches!(failed, Some(DatabaseError::Unwritten { .. }));
        errors.extend(failed.filter(|error| errors.is_empty() || !is_after_another(error)));
        // Every other table would fail for the same reason.
        if is_unwritten {
            break;
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let ended = extraction.end();
    ended.map_err(|error| vec![DatabaseError::unwritten(&folder.to_string_lossy(), &error)])?;
    let notices = extraction.notices;
    let password_variable = settings.password_env.as_ref().map(|variable| variable.name.clone());
    Ok(Extracted { notices, password_variable })
}

/// Whether a query failed for no other reason than that one before it did.
fn is_after_another(error: &DatabaseError) -> bool {
    matches!(error, DatabaseError::Query { said, .. } if said.en.ends_with(ABORTED))
}

pub(super) struct Extraction<'a> {
    settings: &'a Settings,
    file: &'a Path,
    folder: &'a Path,
    /// Tables read so far.
    tables: Vec<TableHead>,
    /// Tables of which an organization has rows, by their places in `tables`.
    written: BTreeMap<Option<String>, BTreeSet<usize>>,
    notices: Vec<Fault>,
}

/// Which column of a query is what.
pub(super) struct Roles {
    pub(super) key: usize,
    pub(super) organization: Option<usize>,
    pub(super) head: TableHead,
}

impl Extraction<'_> {
    /// Makes the folder of the extracts; an undivided database has one, even without a row.
    fn begin(&mut self) -> io::Result<()> {
        let path = extract::path_in(self.folder, self.file, self.settings.divides().then_some(""));
        if !self.settings.divides() {
            self.written.entry(None).or_default();
        }
        path.parent().map_or(Ok(()), fs::create_dir_all)
    }

    /// Tables that were read and of which an organization has no row are in its extract all the same: they are empty, not
    /// missing.
    fn end(&self) -> io::Result<()> {
        for (organization, written) in &self.written {
            let mut writer = self.extract_of(organization.as_deref())?;
            let without = self.tables.iter().enumerate().filter(|(at, _)| !written.contains(at));
            without.map(|(_, head)| head).try_for_each(|head| write_line(&mut writer, head))?;
            writer.flush()?;
        }
        Ok(())
    }

    /// The extract of an organization, to be appended to.
    pub(super) fn extract_of(&self, organization: Option<&str>) -> io::Result<BufWriter<File>> {
        let path = extract::path_in(self.folder, self.file, organization);
        let is_new = !path.exists();
        let mut writer = BufWriter::new(OpenOptions::new().create(true).append(true).open(&path)?);
        if is_new {
            let name = self.file.file_name().unwrap_or(self.file.as_os_str());
            write_line(&mut writer, &Opening { file: name.to_string_lossy().into_owned() })?;
        }
        Ok(writer)
    }

    fn table(&mut self, connection: &mut dyn Connection, table: &TableSettings) -> Result<(), DatabaseError> {
        let failed = |said: Text| self.failed(table, &said);
        let columns = connection.columns(&table.query).map_err(failed)?;
        let roles = self.roles(table, columns)?;
        let organization = roles.organization.filter(|organization| *organization != roles.key);
        let order: Vec<usize> = organization.into_iter().chain([roles.key]).collect();
        let query = table.query.ordered(roles.head.columns.len(), &order);
        let mut rows = TableRows::new(self, &roles);
        let read = connection.rows(&query, &mut |cells| rows.take(cells));
        let read = read.and_then(|()| Ok(rows.finish()?));
        let (told, written) = (rows.told, rows.written);
        match read {
            Err(RowsError::Said(said)) => return Err(self.failed(table, &said)),
            Err(RowsError::Unwritten(error)) => {
                let unwritten = || DatabaseError::unwritten(&self.folder.to_string_lossy(), &error);
                return Err(told
                    .refused
                    .map_or_else(unwritten, |refused| self.refused(table, &roles, refused)));
            }
            Ok(()) => {}
        }
        for organization in written.into_keys() {
            self.written.entry(organization).or_default().insert(self.tables.len());
        }
        self.tables.push(roles.head.clone());
        self.tell(table, &roles, told);
        Ok(())
    }

    /// What there is to say of the rows of a table.
    fn tell(&mut self, table: &TableSettings, roles: &Roles, told: Told) {
        let called = |at: usize| roles.head.columns.get(at).cloned().unwrap_or_default();
        for (column, count) in told.binary {
            self.notice(table, row_notices::binary_cells(&called(column), count));
        }
        if told.twice > 0 {
            let is_own = table.key.is_none() && roles.organization == Some(roles.key);
            self.notice(table, row_notices::repeated_key(&called(roles.key), told.twice, is_own));
        }
        if told.unordered > 0 {
            self.notice(table, row_notices::unordered(&called(roles.key), told.unordered));
        }
        if told.nobodys > 0 {
            let column = called(roles.organization.unwrap_or_default());
            self.notice(table, row_notices::rows_of_nobody(&column, told.nobodys));
        }
    }

    fn failed(&self, table: &TableSettings, said: &Text) -> DatabaseError {
        let password = self.settings.password().ok().flatten();
        DatabaseError::Query {
            file: self.settings.file.clone(),
            row: self.settings.row(&table.table),
            table: table.table.name.clone(),
            said: hidden(said, password.as_ref()),
        }
    }

    fn refused(&self, table: &TableSettings, roles: &Roles, refused: Refused) -> DatabaseError {
        if let Refused::Bytes(at) = refused {
            let named = if at == roles.key { table.key.as_ref() } else { table.organization.as_ref() };
            let column = roles.head.columns.get(at).cloned().unwrap_or_default();
            return self.settings.wrong(named.unwrap_or(&table.table), SettingsFault::Bytes(column));
        }
        DatabaseError::Organization {
            file: self.settings.file.clone(),
            row: self.settings.row(&table.table),
            table: table.table.name.clone(),
            column: table.organization.as_ref().map(|column| column.name.clone()).unwrap_or_default(),
        }
    }

    /// Finds the columns that the settings name. Some databases write names in capital letters, whatever they were given.
    fn roles(&self, table: &TableSettings, columns: Vec<String>) -> Result<Roles, DatabaseError> {
        let find = |named: &Named| {
            let exact = columns.iter().position(|column| *column == named.name);
            let alike =
                || columns.iter().position(|column| column.to_lowercase() == named.name.to_lowercase());
            let unknown = || SettingsFault::Column(named.name.clone(), columns.clone());
            exact.or_else(alike).ok_or_else(|| self.settings.wrong(named, unknown()))
        };
        let key = table.key.as_ref().map_or(Ok(0), find)?;
        let organization = table.organization.as_ref().map(find).transpose()?;
        let (mut headers, mut given) = (columns.clone(), BTreeSet::new());
        for (ours, theirs) in &table.columns {
            let at = find(theirs)?;
            if !given.insert(at) {
                return Err(self.settings.wrong(theirs, SettingsFault::Twice(theirs.name.clone())));
            }
            if let Some(header) = headers.get_mut(at) {
                header.clone_from(ours);
            }
        }
        let given = given.into_iter().collect();
        let line = self.settings.row(&table.table);
        let (table, source) = (table.table.name.clone(), table.source.clone());
        Ok(Roles {
            key,
            organization,
            head: TableHead { table, line, source, headers, given, columns, key, organization, first: 1 },
        })
    }

    fn notice(&mut self, table: &TableSettings, (message, help): (Text, Text)) {
        self.notices.push(Fault {
            code: "database.rows",
            message,
            help,
            file: Some(self.settings.file.clone()),
            row: Some(self.settings.row(&table.table)),
            ..Fault::default()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(said: &str) -> DatabaseError {
        let said = Text::new(said, said);
        DatabaseError::Query { file: String::new(), row: 1, table: String::new(), said }
    }

    #[test]
    fn what_fails_after_another_query_is_told_apart() {
        let aborted = "current transaction is aborted, commands ignored (SQLSTATE 25P02)";
        assert!(is_after_another(&failed(aborted)));
        assert!(!is_after_another(&failed("relation \"a\" does not exist (SQLSTATE 42P01)")));
    }
}
