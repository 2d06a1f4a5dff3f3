//! Which files of a folder may be tables, and what else lies there.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::error::IngestError;

/// In which form a file holds a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// CSV or TSV.
    Text,
    /// XLSX.
    Workbook,
    /// A table in a format that is not read.
    Unsupported,
}

/// The form of a file, told from its extension; `None` for attachments.
pub(super) fn form(path: &Path) -> Option<Form> {
    match extension(path)?.as_str() {
        "csv" | "tsv" => Some(Form::Text),
        "xlsx" | "xlsm" => Some(Form::Workbook),
        "xls" | "xlsb" | "ods" | "et" | "ett" | "numbers" => Some(Form::Unsupported),
        _ => None,
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The last part of a path.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The last part of a path without its extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What systems and office programs leave behind.
fn is_leftover(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || matches!(name.to_lowercase().as_str(), "thumbs.db" | "desktop.ini" | "__macosx")
}

/// Whether a file has the name of one that holds rulings, which are no part of a submission.
fn is_rulings(path: &Path) -> bool {
    matches!(stem(path).to_lowercase().as_str(), "rulings" | "裁定")
}

/// Whether a file of rulings is in a form in which they are read.
fn holds_rulings(path: &Path) -> bool {
    matches!(form(path), Some(Form::Text | Form::Workbook)) || extension(path).as_deref() == Some("toml")
}

/// Whether a file packs others.
fn is_archive(path: &Path) -> bool {
    let packs = ["zip", "rar", "7z", "tar", "tgz", "gz", "bz2", "xz"];
    extension(path).is_some_and(|extension| packs.contains(&extension.as_str()))
}

/// What lies directly in a folder, each list sorted by name. Nothing is opened, and no link is followed.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Files, and links, pipes, devices, that have the name of a table file.
    pub(super) tables: Vec<PathBuf>,
    /// Folders.
    pub(super) folders: Vec<PathBuf>,
    /// Links that lead to a folder.
    pub(super) linked: Vec<PathBuf>,
    /// What has the name of a file of rulings, in a form in which they are read, or of a folder of such files.
    pub(super) rulings: Vec<PathBuf>,
    /// Archives.
    pub(super) archives: Vec<PathBuf>,
}

impl Content {
    /// What lies in `folder`.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub(super) fn of(folder: &Path) -> Result<Self, IngestError> {
        let unreadable =
            |error: std::io::Error| IngestError::unreadable(folder.display().to_string(), &error);
        let mut content = Self::default();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            content.add(entry.path(), entry.file_type().map_err(unreadable)?);
        }
        let lists = [
            &mut content.tables,
            &mut content.folders,
            &mut content.linked,
            &mut content.rulings,
            &mut content.archives,
        ];
        lists.into_iter().for_each(|list| list.sort());
        Ok(content)
    }

    fn add(&mut self, path: PathBuf, kind: FileType) {
        if is_leftover(&name(&path)) {
            return;
        }
        let list = if is_rulings(&path) {
            // A folder of that name is no organization's either.
            if !holds_rulings(&path) && !path.is_dir() {
                return;
            }
            &mut self.rulings
        } else if kind.is_dir() {
            &mut self.folders
        } else if kind.is_symlink() && path.is_dir() {
            &mut self.linked
        } else if form(&path).is_some() {
            &mut self.tables
        } else if is_archive(&path) {
            &mut self.archives
        } else {
            return;
        };
        list.push(path);
    }
}

/// The files directly in a folder that hold tables, whether readable or not, sorted by name.
///
/// # Errors
/// When one of them leads out of the folder.
pub(super) fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let tables = Content::of(folder)?.tables;
    tables.iter().try_for_each(|path| usable(folder, path))?;
    Ok(tables)
}

/// What a submission shows must be in it. A link that leads nowhere is no file, which is told when it is opened.
fn usable(folder: &Path, path: &Path) -> Result<(), IngestError> {
    let inside = || Some(path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
    if path.is_symlink() && inside() == Some(false) {
        return Err(IngestError::Link { file: name(path) });
    }
    Ok(())
}

/// Bytes of the tables at `path`, a folder or one file; what cannot be told counts nothing.
pub fn size(path: &Path) -> u64 {
    let listed = if path.is_dir() { tables_in(path).unwrap_or_default() } else { vec![path.to_owned()] };
    let sizes = listed.iter().filter_map(|file| Some(file.metadata().ok()?.len()));
    sizes.fold(0, u64::saturating_add)
}
