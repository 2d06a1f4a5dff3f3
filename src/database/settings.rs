//! The settings of a database: a small file in TOML that says where it is and which query is which of our tables.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::driver::Driver;
use super::error::DatabaseError;
use super::password::{self, Password};
use super::settings_error::SettingsFault;
use super::statement::Query;
use crate::model::system;
use crate::model::toml_error;

/// Seconds that a query may take where nothing is said of it.
const TIMEOUT: u64 = 600;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    driver: Spanned<String>,
    path: Option<Spanned<PathBuf>>,
    connection: Option<Spanned<String>>,
    host: Option<Spanned<String>>,
    port: Option<Spanned<u16>>,
    user: Option<Spanned<String>>,
    database: Option<Spanned<String>>,
    password_env: Option<Spanned<String>>,
    timeout: Option<Spanned<u64>>,
    organization: Option<Spanned<String>>,
    #[serde(default)]
    tables: BTreeMap<Spanned<String>, TableForm>,
}

/// A table in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableForm {
    from: Option<Spanned<String>>,
    query: Option<Spanned<String>>,
    key: Option<Spanned<String>>,
    organization: Option<Spanned<String>>,
    #[serde(default)]
    columns: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// A name at its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    at: Range<usize>,
}

impl From<&Spanned<String>> for Named {
    fn from(name: &Spanned<String>) -> Self {
        Self { name: name.get_ref().clone(), at: name.span() }
    }
}

/// A database and what is read of it.
#[derive(Debug)]
#[allow(dead_code, reason = "each driver reads its own part, and a build may lack some")]
pub(super) struct Settings {
    /// The file, as it is shown.
    pub(super) file: String,
    text: String,
    pub(super) driver: Driver,
    pub(super) path: PathBuf,
    pub(super) connection: String,
    pub(super) host: String,
    pub(super) port: Option<u16>,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) password_env: Option<Named>,
    pub(super) timeout: Duration,
    /// By name.
    pub(super) tables: Vec<TableSettings>,
}

/// A query that is one of our tables.
#[derive(Debug)]
pub(super) struct TableSettings {
    /// The table, by any of its names.
    pub(super) table: Named,
    /// What findings call it: the table or view, or else our table.
    pub(super) source: String,
    pub(super) query: Query,
    pub(super) key: Option<Named>,
    /// The column that says whose a row is.
    pub(super) organization: Option<Named>,
    /// Our columns, each with theirs.
    pub(super) columns: Vec<(String, Named)>,
}

impl Settings {
    /// Those in a file.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub(super) fn read(file: &Path) -> Result<Self, Vec<DatabaseError>> {
        let shown = file.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).map_err(|error| {
            vec![DatabaseError::Unreadable { file: shown.clone(), why: system::refusal(&error) }]
        })?;
        Self::parse(file, shown, text)
    }

    fn parse(file: &Path, shown: String, text: String) -> Result<Self, Vec<DatabaseError>> {
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let mut wrong = Wrong { file: &shown, text: &text, errors: Vec::new() };
        let form = match toml::from_str::<Form>(&text) {
            Ok(form) => form,
            Err(error) => {
                let at = error.span().unwrap_or_default();
                wrong.add(at, SettingsFault::Syntax(toml_error::translate(error.message())));
                return Err(wrong.errors);
            }
        };
        let name = form.driver.get_ref();
        let Some(driver) = Driver::ALL.into_iter().find(|driver| driver.name() == name) else {
            wrong.add(form.driver.span(), SettingsFault::Driver(name.clone()));
            return Err(wrong.errors);
        };
        form.check_keys(driver, &mut wrong);
        form.check_connection(&mut wrong);
        let tables = form.tables(driver, &mut wrong);
        let timeout = form.timeout.as_ref().map_or(TIMEOUT, |timeout| *timeout.get_ref());
        if !(1..=86_400).contains(&timeout) {
            wrong.add(form.timeout.as_ref().map(Spanned::span).unwrap_or_default(), SettingsFault::Timeout);
        }
        if !wrong.errors.is_empty() {
            return Err(wrong.errors);
        }
        let beside = file.parent().unwrap_or(Path::new(""));
        let given = |value: Option<Spanned<String>>| value.map(Spanned::into_inner).unwrap_or_default();
        Ok(Self {
            driver,
            path: form.path.map(|path| beside.join(path.into_inner())).unwrap_or_default(),
            connection: given(form.connection),
            host: given(form.host),
            port: form.port.map(Spanned::into_inner),
            user: given(form.user),
            database: given(form.database),
            password_env: form.password_env.as_ref().map(Named::from),
            timeout: Duration::from_secs(timeout),
            tables,
            file: shown,
            text,
        })
    }

    /// The password, where there is one.
    pub(super) fn password(&self) -> Result<Option<Password>, DatabaseError> {
        let Some(variable) = &self.password_env else { return Ok(None) };
        Password::in_variable(&variable.name).map(Some).map_err(|fault| self.wrong(variable, fault))
    }

    /// Something is wrong with a name in the file.
    pub(super) fn wrong(&self, named: &Named, fault: SettingsFault) -> DatabaseError {
        at(&self.file, &self.text, &named.at, fault)
    }

    /// The 1-based line of a name.
    pub(super) fn row(&self, named: &Named) -> u32 {
        row(&self.text, named.at.start)
    }

    /// Whether rows of several organizations are told apart.
    pub(super) fn divides(&self) -> bool {
        self.tables.iter().any(|table| table.organization.is_some())
    }
}

/// What is wrong with a file.
struct Wrong<'a> {
    file: &'a str,
    text: &'a str,
    errors: Vec<DatabaseError>,
}

impl Wrong<'_> {
    fn add(&mut self, bytes: Range<usize>, fault: SettingsFault) {
        self.errors.push(at(self.file, self.text, &bytes, fault));
    }
}

fn row(text: &str, byte: usize) -> u32 {
    u32::try_from(toml_error::line_at(text, byte)).unwrap_or(u32::MAX)
}

fn at(file: &str, text: &str, bytes: &Range<usize>, fault: SettingsFault) -> DatabaseError {
    let before = text.get(..bytes.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let column = Some(line.chars().count().saturating_add(1));
    DatabaseError::Settings { file: file.to_owned(), row: Some(row(text, bytes.start)), column, fault }
}

impl Form {
    /// Tells keys that the driver needs and that are not there, and those that mean nothing to it.
    fn check_keys(&self, driver: Driver, wrong: &mut Wrong<'_>) {
        let span = |key: &Option<Spanned<String>>| key.as_ref().map(Spanned::span);
        let given = [
            ("path", self.path.as_ref().map(Spanned::span)),
            ("connection", span(&self.connection)),
            ("host", span(&self.host)),
            ("port", self.port.as_ref().map(Spanned::span)),
            ("user", span(&self.user)),
            ("database", span(&self.database)),
            ("password_env", span(&self.password_env)),
        ];
        let (needed, taken) = driver.keys();
        for (key, at) in given {
            match at {
                None if needed.contains(&key) => wrong.add(self.driver.span(), SettingsFault::Needed(key)),
                Some(at) if !needed.contains(&key) && !taken.contains(&key) => {
                    wrong.add(at, SettingsFault::Meaningless(key, driver.name()));
                }
                _ => {}
            }
        }
    }

    /// Names of users and passwords have keys of their own: what stands in a connection string may be shown.
    fn check_connection(&self, wrong: &mut Wrong<'_>) {
        let Some(connection) = &self.connection else { return };
        if let Some(name) = password::login_in(connection.get_ref()) {
            wrong.add(connection.span(), SettingsFault::Credentials(name));
        }
    }

    fn tables(&self, driver: Driver, wrong: &mut Wrong<'_>) -> Vec<TableSettings> {
        if self.tables.is_empty() {
            wrong.add(self.driver.span(), SettingsFault::NoTable);
        }
        let divides =
            self.organization.is_some() || self.tables.values().any(|table| table.organization.is_some());
        let mut all = Vec::new();
        for (name, table) in &self.tables {
            let organization = table.organization.as_ref().or(self.organization.as_ref());
            if divides && organization.is_none() {
                wrong.add(name.span(), SettingsFault::Needed("organization"));
            }
            let Some((source, query)) = table.query(name, driver, wrong) else { continue };
            all.push(TableSettings {
                table: name.into(),
                source,
                query,
                key: table.key.as_ref().map(Named::from),
                organization: organization.map(Named::from),
                columns: table
                    .columns
                    .iter()
                    .map(|(ours, theirs)| (ours.get_ref().clone(), theirs.into()))
                    .collect(),
            });
        }
        name_apart(&mut all);
        all
    }
}

/// Findings call each table by a name of its own, even where two are read from one view.
fn name_apart(tables: &mut [TableSettings]) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables.iter() {
        let count = known.entry(table.source.clone()).or_default();
        *count = count.saturating_add(1);
    }
    for table in tables.iter_mut().filter(|table| known.get(&table.source).is_some_and(|count| *count > 1)) {
        table.source = format!("{}/{}", table.source, table.table.name);
    }
}

impl TableForm {
    /// What findings call the table, and its query.
    fn query(
        &self,
        name: &Spanned<String>,
        driver: Driver,
        wrong: &mut Wrong<'_>,
    ) -> Option<(String, Query)> {
        match (&self.from, &self.query) {
            (Some(from), None) => {
                let query = Query::of_table(from.get_ref(), driver);
                if query.is_none() {
                    wrong.add(from.span(), SettingsFault::Name(from.get_ref().clone()));
                }
                Some((from.get_ref().clone(), query?))
            }
            (None, Some(text)) => match Query::parse(text.get_ref(), driver) {
                Ok(query) => Some((name.get_ref().clone(), query)),
                Err((fault, _)) => {
                    wrong.add(text.span(), fault.into());
                    None
                }
            },
            _ => {
                wrong.add(name.span(), SettingsFault::OneOfTwo);
                None
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::model::fault::Explain;

    fn parse(text: &str) -> Result<Settings, Vec<DatabaseError>> {
        Settings::parse(Path::new("数据/来源.toml"), "来源.toml".into(), text.into())
    }

    fn places(text: &str) -> Vec<(Option<u32>, Option<String>, String)> {
        let faults = parse(text).unwrap_err().into_iter().map(|error| error.fault());
        faults.map(|fault| (fault.row, fault.column, fault.message.en)).collect()
    }

    #[test]
    fn what_is_wrong_is_told_at_its_line_and_column() {
        for (text, row, column, said) in [
            ("driver = \"oracle\"\n", 1, "10", "no driver `oracle`"),
            ("driver = \"sqlite\"\n[tables.a]\nfrom = \"a\"\n", 1, "10", "`path` is missing"),
            (
                "driver = \"sqlite\"\npath = \"a\"\nhost = \"b\"\n[tables.a]\nfrom = \"a\"\n",
                3,
                "8",
                "means nothing",
            ),
            ("driver = \"sqlite\"\npath = \"a\"\n", 1, "10", "no table"),
            ("driver = \"sqlite\"\npath = \"a\"\npassword = \"b\"\n", 3, "1", "unknown field `password`"),
            (
                "driver = \"sqlite\"\npath = \"a\"\n[tables.a]\nquery = \"DROP TABLE a\"\n",
                4,
                "9",
                "not a SELECT",
            ),
            ("driver = \"sqlite\"\npath = \"a\"\n[tables.a]\n", 3, "9", "one of `from` and `query`"),
            ("driver = \"sqlite\"\npath = \"a\"\n[tables.b]\nfrom = \"a b\"\n", 4, "8", "no name of a table"),
            (
                "driver = \"sqlite\"\npath = \"a\"\ntimeout = 0\n[tables.a]\nfrom = \"a\"\n",
                3,
                "11",
                "seconds",
            ),
        ] {
            let found = places(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].0, found[0].1.as_deref()), (Some(row), Some(column)), "{text}");
            assert!(found[0].2.contains(said), "{found:?}");
        }
    }

    #[test]
    fn a_table_without_the_column_that_divides_is_told() {
        let text = "driver = \"sqlite\"\npath = \"a\"\n[tables.a]\nfrom = \"a\"\n[tables.b]\nfrom = \"b\"\norganization = \"c\"\n";
        assert_eq!(places(text)[0].0, Some(3));
        let text = format!("organization = \"org\"\n{text}");
        let settings = parse(&text).unwrap();
        let columns = settings.tables.iter().map(|table| table.organization.as_ref().unwrap().name.as_str());
        assert_eq!(columns.collect::<Vec<_>>(), ["org", "c"]);
        assert_eq!(settings.path, Path::new("数据/a"));
    }

    #[test]
    fn tables_of_one_view_are_called_differently() {
        let text = "driver = \"sqlite\"\npath = \"a\"\n[tables.a]\nfrom = \"v\"\n[tables.b]\nfrom = \"v\"\n[tables.c]\nfrom = \"c\"\n";
        let settings = parse(text).unwrap();
        let sources: Vec<_> = settings.tables.iter().map(|table| table.source.as_str()).collect();
        assert_eq!(sources, ["v/a", "v/b", "c"]);
    }

    #[test]
    fn a_connection_does_not_say_who_logs_in() {
        for credentials in ["PWD=x", "a=b; Password = x", "uid=x", "User ID=x"] {
            let text = format!(
                "driver = \"odbc\"\nconnection = \"DSN=a;{credentials}\"\n[tables.a]\nfrom = \"a\"\n"
            );
            let found = places(&text);
            assert_eq!((found.len(), found[0].0), (1, Some(2)), "{found:?}");
            assert!(found[0].2.contains("says who logs in") && !found[0].2.contains("=x"), "{found:?}");
        }
    }

    #[test]
    fn a_password_is_of_the_environment() {
        let text = "driver = \"odbc\"\nconnection = \"DSN=a\"\npassword_env = \"WANGGE_NO_SUCH\"\n[tables.a]\nfrom = \"a\"\n";
        let error = parse(text).unwrap().password().unwrap_err().fault();
        assert_eq!((error.code, error.row), ("database.settings", Some(3)));
    }
}
