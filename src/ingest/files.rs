//! Which files of a folder may be tables.

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
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "csv" | "tsv" => Some(Form::Text),
        "xlsx" | "xlsm" => Some(Form::Workbook),
        "xls" | "xlsb" | "ods" | "et" | "ett" | "numbers" => Some(Form::Unsupported),
        _ => None,
    }
}

/// The last part of a path.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The last part of a path without its extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What systems and office programs leave behind, and the rulings, which are no part of a submission.
fn is_skipped(path: &Path) -> bool {
    let name = name(path);
    let lower = name.to_lowercase();
    name.starts_with(['.', '~'])
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "__macosx")
        || matches!(stem(path).to_lowercase().as_str(), "rulings" | "裁定")
}

/// The files directly in a folder that hold tables, whether readable or not, sorted by name.
pub(super) fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let tables: Vec<_> =
        entries(folder)?.into_iter().filter(|path| form(path).is_some() && path.is_file()).collect();
    match tables.iter().find(|path| leads_out(folder, path)) {
        Some(path) => Err(IngestError::Link { file: name(path) }),
        None => Ok(tables),
    }
}

/// Bytes of the tables at `path`, a folder or one file; what cannot be told counts nothing.
pub fn size(path: &Path) -> u64 {
    let listed = if path.is_dir() { tables_in(path).unwrap_or_default() } else { vec![path.to_owned()] };
    let sizes = listed.iter().filter_map(|file| Some(file.metadata().ok()?.len()));
    sizes.fold(0, u64::saturating_add)
}

/// Whether a file is a link to somewhere outside its folder: what a submission shows must be in it.
fn leads_out(folder: &Path, path: &Path) -> bool {
    let inside = || Some(path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
    path.is_symlink() && inside() != Some(true)
}

/// The folders directly in a folder, sorted by name.
pub(super) fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = if folder.is_dir() { entries(folder).unwrap_or_default() } else { Vec::new() };
    entries.into_iter().filter(|path| path.is_dir()).collect()
}

/// Everything directly in a folder but what is skipped, sorted by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let unreadable = |error: std::io::Error| IngestError::Unreadable {
        file: folder.display().to_string(),
        cause: error.to_string(),
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !is_skipped(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
