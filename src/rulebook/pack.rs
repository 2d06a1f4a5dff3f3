//! A pack as files: built in, or a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::fault::PackFault;
use crate::model::digest::Digest;
use crate::model::policy::{Policies, Policy};
use crate::model::report::PackInfo;
use crate::model::text::Text;
use crate::script::Parameters;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Texts by path inside the pack, with `/`.
type Files = BTreeMap<String, String>;

/// Name of the file that describes a pack.
pub(super) const MANIFEST: &str = "pack.toml";

/// A pack: what `pack.toml` says, and its other files by path.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Id, version, digest.
    pub info: PackInfo,
    /// Title.
    pub title: Text,
    /// Ids of the packs it is laid over; none for a whole pack.
    pub extends: Vec<String>,
    /// Readings it declares.
    pub(super) declares: Policies,
    /// Readings it sets.
    pub(super) sets: BTreeMap<String, String>,
    /// Parameters it sets, by rule.
    pub(super) parameters: BTreeMap<String, Parameters>,
    /// All files by path, with `/`.
    pub(super) files: BTreeMap<String, String>,
    /// Where it comes from, as shown in messages.
    pub(super) home: String,
}

impl Pack {
    /// The pack that comes with the program.
    ///
    /// # Errors
    ///
    /// Its `pack.toml` is malformed.
    pub fn built_in() -> Result<Self, PackFault> {
        let mut files = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        Self::from_files("rules", files)
    }

    /// The pack in a folder.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its `pack.toml` is malformed.
    pub fn from_folder(folder: &Path) -> Result<Self, PackFault> {
        let mut files = BTreeMap::new();
        walk(folder, "", 0, &mut files)?;
        Self::from_files(&folder.display().to_string(), files)
    }

    fn from_files(home: &str, files: Files) -> Result<Self, PackFault> {
        let file = format!("{home}/{MANIFEST}");
        let text = files
            .get(MANIFEST)
            .ok_or_else(|| PackFault::Unreadable { path: home.to_owned(), why: format!("no {MANIFEST}") })?;
        let table: toml::Table = toml::from_str(text).map_err(|error| malformed(&file, text, &error))?;
        manifest(home, &file, &table, files)
    }

    /// Texts of the files below a folder of the pack whose names end so, by path.
    pub(super) fn below(&self, folder: &str, ending: &str) -> impl Iterator<Item = (&String, &String)> {
        let (folder, ending) = (format!("{folder}/"), ending.to_owned());
        self.files.iter().filter(move |(path, _)| path.starts_with(&folder) && path.ends_with(&ending))
    }

    /// Text of one file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// A path of the pack as shown in messages.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.home)
    }
}

/// The keys of `pack.toml`.
const KEYS: [&str; 6] = ["id", "version", "title", "extends", "policy", "parameters"];

fn manifest(
    home: &str,
    file: &str,
    table: &toml::Table,
    files: BTreeMap<String, String>,
) -> Result<Pack, PackFault> {
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(told(file, format!("unknown key `{key}`")));
    }
    let id: String = field(table, "id", file)?;
    let version: String = field(table, "version", file)?;
    let title: Text = field(table, "title", file)?;
    let (declares, sets) = policies(table, file)?;
    let extends = if table.contains_key("extends") { field(table, "extends", file)? } else { Vec::new() };
    let parameters =
        if table.contains_key("parameters") { field(table, "parameters", file)? } else { BTreeMap::new() };
    let info = PackInfo { id, version, sha256: digest(&files) };
    Ok(Pack { info, title, extends, declares, sets, parameters, files, home: home.to_owned() })
}

fn field<T: serde::de::DeserializeOwned>(table: &toml::Table, key: &str, file: &str) -> Result<T, PackFault> {
    let value = table.get(key).cloned().ok_or_else(|| told(file, format!("`{key}` is missing")))?;
    value.try_into().map_err(|error: toml::de::Error| told(file, format!("`{key}`: {}", error.message())))
}

/// `[policy.name]` declares a reading; `[policy] name = "value"` sets one.
fn policies(table: &toml::Table, file: &str) -> Result<(Policies, BTreeMap<String, String>), PackFault> {
    let (mut declares, mut sets) = (Policies::new(), BTreeMap::new());
    let Some(all) = table.get("policy") else { return Ok((declares, sets)) };
    let all = all.as_table().ok_or_else(|| told(file, "`policy` should be a table".to_owned()))?;
    for (name, value) in all {
        match value {
            toml::Value::String(value) => {
                sets.insert(name.clone(), value.clone());
            }
            statement => {
                let policy: Result<Policy, toml::de::Error> = statement.clone().try_into();
                let policy =
                    policy.map_err(|error| told(file, format!("`policy.{name}`: {}", error.message())))?;
                declares.insert(name.clone(), policy);
            }
        }
    }
    Ok((declares, sets))
}

fn told(file: &str, message: String) -> PackFault {
    PackFault::Malformed { file: file.to_owned(), line: None, excerpt: String::new(), message }
}

/// A TOML error at its line.
pub(super) fn malformed(file: &str, text: &str, error: &toml::de::Error) -> PackFault {
    let before = error.span().and_then(|span| text.get(..span.start));
    let at = before.map(|before| before.matches('\n').count());
    PackFault::Malformed {
        file: file.to_owned(),
        line: at.and_then(|at| u32::try_from(at).ok()).and_then(|at| at.checked_add(1)),
        excerpt: at.and_then(|at| text.lines().nth(at)).unwrap_or_default().to_owned(),
        message: error.message().to_owned(),
    }
}

fn digest(files: &Files) -> String {
    let parts = files.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
    parts.fold(Digest::default(), Digest::part).hex()
}

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Folders deeper than this are no pack.
const DEPTH: usize = 8;
/// Longest file of a pack.
const FILE_BYTES: u64 = 4 * 1024 * 1024;

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut BTreeMap<String, String>,
) -> Result<(), PackFault> {
    let unreadable =
        |path: &Path, why: String| PackFault::Unreadable { path: path.display().to_string(), why };
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error.to_string()))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, error.to_string()))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let inner = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let kind = fs::symlink_metadata(&path).map_err(|error| unreadable(&path, error.to_string()))?;
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() && depth < DEPTH {
            walk(&path, &inner, depth + 1, files)?;
        } else if kind.is_file() && wanted(&name) {
            if kind.len() > FILE_BYTES {
                return Err(unreadable(&path, format!("longer than {FILE_BYTES} bytes")));
            }
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error.to_string()))?;
            files.insert(inner, text);
        }
    }
    Ok(())
}

fn wanted(name: &str) -> bool {
    [".toml", ".rhai", ".csv"].iter().any(|ending| name.ends_with(ending))
}
