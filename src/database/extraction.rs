//! The rows of a database, put aside for each organization in an extract.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::connection::{self, Connection, RowsError};
use super::error::DatabaseError;
use super::password::hidden;
use super::settings::{Named, Settings, TableSettings};
use super::settings_error::SettingsFault;
use crate::ingest::extract::{self, Cell, LONGEST_CODE, Opening, TableHead, write_line};
use crate::model::fault::Fault;
use crate::model::text::Text;

/// Puts the rows of the database of the settings in `file` aside in `folder`, for each organization where a column tells
/// them apart. What is worth knowing and no failure is returned.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn extract(file: &Path, folder: &Path) -> Result<Vec<Fault>, Vec<DatabaseError>> {
    let settings = Settings::read(file)?;
    let mut connection = connection::open(&settings).map_err(|error| vec![error])?;
    let (tables, written, notices) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut extraction = Extraction { settings: &settings, file, folder, tables, written, notices };
    extraction.begin().map_err(|error| vec![DatabaseError::unwritten(&folder.to_string_lossy(), &error)])?;
    let mut errors = Vec::new();
    for table in &settings.tables {
        errors.extend(extraction.table(connection.as_mut(), table).err());
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let ended = extraction.end();
    ended.map_err(|error| vec![DatabaseError::unwritten(&folder.to_string_lossy(), &error)])?;
    Ok(extraction.notices)
}

struct Extraction<'a> {
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
struct Roles {
    key: usize,
    organization: Option<usize>,
    head: TableHead,
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
    fn extract_of(&self, organization: Option<&str>) -> io::Result<BufWriter<File>> {
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
        let failed = |said: String| self.failed(table, &said);
        let columns = connection.columns(&table.query).map_err(failed)?;
        let roles = self.roles(table, columns)?;
        let order: Vec<usize> = roles.organization.into_iter().chain([roles.key]).collect();
        let query = table.query.ordered(roles.head.columns.len(), &order);
        let mut rows = TableRows::new(self, &roles);
        let read = connection.rows(&query, &mut |cells| rows.take(cells));
        let read = read.and_then(|()| Ok(rows.finish()?));
        let TableRows { told: Told { binary, twice, nobodys, too_long }, written, .. } = rows;
        match read {
            Err(RowsError::Said(said)) => return Err(self.failed(table, &said)),
            Err(RowsError::Unwritten(_)) if too_long => return Err(self.too_long(table)),
            Err(RowsError::Unwritten(error)) => {
                return Err(DatabaseError::unwritten(&self.folder.to_string_lossy(), &error));
            }
            Ok(()) => {}
        }
        for organization in written.into_keys() {
            self.written.entry(organization).or_default().insert(self.tables.len());
        }
        self.tables.push(roles.head.clone());
        let called = |at: usize| roles.head.columns.get(at).cloned().unwrap_or_default();
        for (column, count) in binary {
            self.notice(table, binary_cells(&called(column), count));
        }
        if twice > 0 {
            self.notice(table, repeated_key(&called(roles.key), twice));
        }
        if nobodys > 0 {
            self.notice(table, rows_of_nobody(&called(roles.organization.unwrap_or_default()), nobodys));
        }
        Ok(())
    }

    fn failed(&self, table: &TableSettings, said: &str) -> DatabaseError {
        let password = self.settings.password().ok().flatten();
        DatabaseError::Query {
            file: self.settings.file.clone(),
            row: self.settings.row(&table.table),
            table: table.table.name.clone(),
            said: hidden(said, password.as_ref()),
        }
    }

    fn too_long(&self, table: &TableSettings) -> DatabaseError {
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
        let mut headers = columns.clone();
        for (ours, theirs) in &table.columns {
            if let Some(header) = headers.get_mut(find(theirs)?) {
                header.clone_from(ours);
            }
        }
        let line = self.settings.row(&table.table);
        let (table, source) = (table.table.name.clone(), table.source.clone());
        Ok(Roles {
            key,
            organization,
            head: TableHead { table, line, source, headers, columns, key, organization, first: 1 },
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

/// What there is to say of the rows of a table.
#[derive(Default)]
struct Told {
    /// Cells that hold bytes, by column.
    binary: BTreeMap<usize, u64>,
    /// Rows with the key of another.
    twice: u64,
    /// Rows of no organization.
    nobodys: u64,
    /// The code of an organization is too long for one.
    too_long: bool,
}

/// The rows of a table on their way to the extracts.
struct TableRows<'a> {
    extraction: &'a Extraction<'a>,
    roles: &'a Roles,
    told: Told,
    /// Rows with one key, which the database may give in any order.
    alike: Vec<Vec<Cell>>,
    /// The organization written last, and its extract.
    open: Option<(Option<String>, BufWriter<File>)>,
    /// Rows written, by organization.
    written: BTreeMap<Option<String>, u32>,
}

impl<'a> TableRows<'a> {
    fn new(extraction: &'a Extraction<'a>, roles: &'a Roles) -> Self {
        let (told, alike, written) = (Told::default(), Vec::new(), BTreeMap::new());
        Self { extraction, roles, told, alike, open: None, written }
    }

    /// What tells a row apart: whose it is, and its key.
    fn identity<'c>(&self, cells: &'c [Cell]) -> (Option<&'c Cell>, Option<&'c Cell>) {
        (self.roles.organization.and_then(|at| cells.get(at)), cells.get(self.roles.key))
    }

    fn take(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for (at, _) in cells.iter().enumerate().filter(|(_, cell)| **cell == Cell::Binary) {
            let count = self.told.binary.entry(at).or_default();
            *count = count.saturating_add(1);
        }
        let is_other = self.alike.first().is_some_and(|first| self.identity(first) != self.identity(&cells));
        if is_other {
            self.write_alike()?;
        }
        if !self.alike.is_empty() {
            self.told.twice = self.told.twice.saturating_add(1);
        }
        self.alike.push(cells);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write_alike()?;
        self.open.as_mut().map_or(Ok(()), |(_, writer)| writer.flush())
    }

    /// Writes rows with one key in an order of their own.
    fn write_alike(&mut self) -> io::Result<()> {
        let mut rows = std::mem::take(&mut self.alike);
        rows.sort();
        for cells in rows {
            let organization = match self.roles.organization {
                None => None,
                Some(at) => {
                    let code = cells.get(at).map(|cell| cell.text().trim()).unwrap_or_default();
                    if code.is_empty() {
                        self.told.nobodys = self.told.nobodys.saturating_add(1);
                        continue;
                    }
                    if code.len() > LONGEST_CODE {
                        self.told.too_long = true;
                        return Err(io::ErrorKind::InvalidInput.into());
                    }
                    Some(code.to_owned())
                }
            };
            self.write(organization, &cells)?;
        }
        Ok(())
    }

    fn write(&mut self, organization: Option<String>, cells: &[Cell]) -> io::Result<()> {
        let written = self.written.entry(organization.clone()).or_default();
        let is_open = self.open.as_ref().is_some_and(|(open, _)| *open == organization);
        if !is_open {
            if let Some((_, mut writer)) = self.open.take() {
                writer.flush()?;
            }
            let mut writer = self.extraction.extract_of(organization.as_deref())?;
            let first = written.saturating_add(1);
            write_line(&mut writer, &TableHead { first, ..self.roles.head.clone() })?;
            self.open = Some((organization, writer));
        }
        *written = written.saturating_add(1);
        self.open.as_mut().map_or(Ok(()), |(_, writer)| write_line(writer, &cells))
    }
}

fn binary_cells(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!("“{column}”列有{count}个二进制值，没有读取"),
            format!("{count} values of `{column}` are bytes and no text; they were not read"),
        ),
        Text::new(
            "不需要这一列时，不要把它查询出来",
            "leave the column out of the query if it is not needed",
        ),
    )
}

fn repeated_key(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!("有{count}行的“{column}”与别的行相同，问题的位置分不清是哪一行"),
            format!("{count} rows have the `{column}` of another: places of findings do not tell them apart"),
        ),
        Text::new(
            "用 key 写一列不重复的，如主键",
            "name a column without repetitions with `key`, such as the primary key",
        ),
    )
}

fn rows_of_nobody(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!("有{count}行的“{column}”是空的，不知道属于哪个单位，没有读取"),
            format!("{count} rows have no `{column}`: whose they are is not known, they were not read"),
        ),
        Text::new("在数据库里补上单位编号", "fill it in in the database"),
    )
}
