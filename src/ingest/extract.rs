//! Extracts: the rows of one submission as they came out of a database, in a file that goes with the run. Everything else
//! reads, digests and remembers it as it does any file.
//!
//! Each line is JSON: an [`Opening`], then for each table a [`TableHead`] and under it an array of cells for each row.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Extension of an extract.
const EXTENSION: &str = "extract";
/// The folder of a run that holds its extracts, below one of its own.
const FOLDER: &str = "wangge-extracts";

/// The first line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The file that says how the database is read, as findings name it.
    pub file: String,
}

/// A table, before its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableHead {
    /// Name of our table, as the settings write it.
    pub table: String,
    /// The line of the settings on which it stands.
    pub line: u32,
    /// What it is called where it comes from, as findings name it.
    pub source: String,
    /// By column: the header under which it is looked up.
    pub headers: Vec<String>,
    /// Columns whose headers the settings give.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<usize>,
    /// By column: what it is called in the database.
    pub columns: Vec<String>,
    /// The column that tells its rows apart.
    pub key: usize,
    /// The column that says whose they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<usize>,
    /// 1-based number of the row that follows, among those of the table.
    pub first: u32,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// NULL.
    #[default]
    Empty,
    /// A text, or anything that has a plain text.
    Text(String),
    /// Bytes that are no text: not read.
    Binary,
}

impl Cell {
    /// Bytes as text, where they are some.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or(Self::Binary, Self::Text)
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Empty | Self::Binary => "",
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Binary => serializer.serialize_bool(false),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfCell;
        impl Visitor<'_> for OfCell {
            type Value = Cell;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("null, a string or false")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Cell, E> {
                Ok(Cell::Empty)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
                Ok(Cell::Text(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Cell, E> {
                Ok(Cell::Text(text))
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Cell, E> {
                Ok(Cell::Binary)
            }
        }
        deserializer.deserialize_any(OfCell)
    }
}

/// A line after the first.
#[derive(Debug)]
pub(super) enum Line {
    /// A table begins.
    Table(TableHead),
    /// The next row of the table begun last.
    Row(Vec<Cell>),
}

/// The lines of an extract.
pub(super) struct Lines<R> {
    from: BufReader<R>,
    line: String,
}

impl<R: Read> Lines<R> {
    /// The lines, of which the first was read.
    pub(super) fn of(from: R) -> io::Result<(Opening, Self)> {
        let mut lines = Self { from: BufReader::new(from), line: String::new() };
        lines.read()?;
        let opening = serde_json::from_str(&lines.line)?;
        Ok((opening, lines))
    }

    fn read(&mut self) -> io::Result<bool> {
        self.line.clear();
        Ok(self.from.read_line(&mut self.line)? > 0)
    }

    /// The next table, whatever lies before it; `None` at the end.
    pub(super) fn table(&mut self) -> io::Result<Option<TableHead>> {
        while self.read()? {
            if !self.line.starts_with('[') {
                return Ok(Some(serde_json::from_str(&self.line)?));
            }
        }
        Ok(None)
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        if !self.read()? {
            return Ok(None);
        }
        let is_row = self.line.starts_with('[');
        let line = if is_row {
            Line::Row(serde_json::from_str(&self.line)?)
        } else {
            Line::Table(serde_json::from_str(&self.line)?)
        };
        Ok(Some(line))
    }
}

/// Writes one of the lines.
///
/// # Errors
/// The file cannot be written.
pub fn write_line(to: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

/// Where the extract of a source lies in a folder of the run: of all of it, or of an organization in it.
pub fn path_in(folder: &Path, source: &Path, organization: Option<&str>) -> PathBuf {
    let name = source.file_name().unwrap_or(source.as_os_str());
    let whole = folder.join(FOLDER).join(name);
    let mut path = organization.map_or(whole.clone(), |organization| whole.join(file_name(organization)));
    path.as_mut_os_string().push(format!(".{EXTENSION}"));
    path
}

/// Bytes of the longest code of an organization, so that every system can have a file named for it.
pub const LONGEST_CODE: usize = 48;

/// The code of an organization as the name of a file that every system can have: what it may not hold becomes `%`, its
/// number and `;`. Small and capital letters are told apart, which not every system does.
fn file_name(code: &str) -> String {
    let mut name = String::new();
    for c in code.chars() {
        match c {
            c if c.is_ascii_uppercase() => name.extend(['^', c]),
            c if (c.is_alphanumeric() && !c.is_uppercase()) || "-_.".contains(c) => name.push(c),
            c => name.extend(format!("%{:x};", u32::from(c)).chars()),
        }
    }
    name
}

/// The code in the name of a file; the opposite of [`file_name`].
fn code_of(name: &str) -> String {
    let mut code = String::new();
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        match c {
            '^' => {}
            '%' => {
                let number: String = rest.by_ref().take_while(|c| *c != ';').collect();
                code.extend(u32::from_str_radix(&number, 16).ok().and_then(char::from_u32));
            }
            c => code.push(c),
        }
    }
    code
}

/// The folders of the runs of this process. What lies elsewhere is no extract, whatever it is called.
static FOLDERS: RwLock<Vec<PathBuf>> = RwLock::new(Vec::new());

/// Takes what lies in a folder of the run for its extracts from here on.
pub fn adopt(folder: &Path) {
    let mut folders = FOLDERS.write().unwrap_or_else(PoisonError::into_inner);
    folders.push(folder.join(FOLDER));
}

/// Whether a path is that of an extract.
pub(super) fn is_extract(path: &Path) -> bool {
    inside(path).is_some() && path.is_file()
}

/// The part of a path inside the folder of the extracts.
fn inside(path: &Path) -> Option<&Path> {
    path.extension().filter(|extension| *extension == EXTENSION)?;
    let folders = FOLDERS.read().unwrap_or_else(PoisonError::into_inner);
    folders.iter().find_map(|folder| path.strip_prefix(folder).ok())
}

/// What an extract is called in reports: the file of its source, and the organization; `None` for other paths.
pub(super) fn shown(path: &Path) -> Option<Cow<'static, str>> {
    let inside = inside(path)?.with_extension("");
    let mut parts = inside.iter().map(|part| part.to_string_lossy().into_owned());
    let source = parts.next()?;
    Some(parts.next().map_or(source.clone(), |code| format!("{source}/{}", code_of(&code))).into())
}

/// The extracts in a folder of the run, sorted.
///
/// # Errors
/// The folder cannot be listed.
pub fn all_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.join(FOLDER)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        let row = vec![Cell::Empty, Cell::Text("一\n\"二\"\u{0}".into()), Cell::Binary];
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&text).unwrap(), row);
        assert_eq!(Cell::of_bytes(vec![0xff, 0xfe]), Cell::Binary);
        assert!(serde_json::from_str::<Vec<Cell>>("[1]").is_err());
    }

    #[test]
    fn every_code_has_a_file_of_its_own_and_comes_back() {
        adopt(Path::new("/tmp/x"));
        let codes = ["a", "A", "a/b", "..", "街道 1", "con:", "^", "%41", "", "ǅ", "一二三"];
        let mut names: Vec<_> = codes.iter().map(|code| file_name(code).to_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), codes.len());
        for code in codes.iter().filter(|code| !code.is_empty()) {
            let path = path_in(Path::new("/tmp/x"), Path::new("数据/来源.toml"), Some(code));
            assert!(path.starts_with("/tmp/x/wangge-extracts/来源.toml"), "{path:?}");
            assert_eq!(shown(&path).unwrap(), format!("来源.toml/{code}"));
        }
        let whole = path_in(Path::new("/tmp/x"), Path::new("数据/来源.toml"), None);
        assert_eq!(shown(&whole).unwrap(), "来源.toml");
        assert!(shown(Path::new("a/b.extract")).is_none());
    }

    #[test]
    fn a_path_that_looks_like_one_of_an_extract_is_none() {
        let (own, others) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        adopt(own.path());
        let path = |folder: &tempfile::TempDir| path_in(folder.path(), Path::new("来源.toml"), None);
        for folder in [&own, &others] {
            fs::create_dir_all(path(folder).parent().unwrap()).unwrap();
            fs::write(path(folder), "").unwrap();
        }
        assert!(is_extract(&path(&own)) && !is_extract(&path(&others)));
        assert!(shown(&path(&others)).is_none());
        let folder = path_in(own.path(), Path::new("来源.toml"), Some("a"));
        fs::create_dir_all(&folder).unwrap();
        assert!(!is_extract(&folder));
    }
}
