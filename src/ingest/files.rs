//! Which files of a folder or an archive may be tables, and what else lies there.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::error::IngestError;

/// In which form a file holds a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// CSV or TSV, also where it is called a text.
    Text,
    /// XLSX, XLSB, XLS, ODS, and what systems call so.
    Workbook,
    /// A table in a format that is not read.
    Unsupported,
}

/// The form of a file, told from its extension; `None` for those that hold no table.
pub(super) fn form(path: &Path) -> Option<Form> {
    match extension(path)?.as_str() {
        "csv" | "tsv" | "tab" | "txt" => Some(Form::Text),
        "xlsx" | "xlsm" | "xlsb" | "xltx" | "xltm" | "xls" | "et" | "xlt" | "ods" => Some(Form::Workbook),
        "ett" | "numbers" | "dbf" | "wk4" | "123" => Some(Form::Unsupported),
        _ => None,
    }
}

/// Whether a file is a note, by its extension, unless it has the name of a table.
pub(super) fn is_note(path: &Path) -> bool {
    extension(path).as_deref() == Some("txt")
}

/// Whether a workbook by its extension may be something else that systems call so.
pub(super) fn may_be_text(path: &Path) -> bool {
    matches!(extension(path).as_deref(), Some("xls" | "et" | "xlt"))
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

/// Whether a path is a link that leads out of a folder.
pub(super) fn leads_out(folder: &Path, path: &Path) -> bool {
    let inside = || Some(path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
    path.is_symlink() && inside() == Some(false)
}

/// Bytes of the file at a path; none where the system does not tell.
pub(super) fn bytes(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

/// What systems and office programs leave behind.
pub(super) fn is_leftover(name: &str) -> bool {
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

/// Whether a file is an archive that is read, by its name.
pub(super) fn is_zip(path: &Path) -> bool {
    extension(path).as_deref() == Some("zip")
}

/// Whether a file packs others.
fn is_archive(path: &Path) -> bool {
    let packs = ["zip", "rar", "7z", "tar", "tgz", "gz", "bz2", "xz"];
    extension(path).is_some_and(|extension| packs.contains(&extension.as_str()))
}

/// What an entry of a folder or an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A file, or whatever else has a name: a link to a file or to nowhere, a pipe, a device.
    File,
    /// A folder.
    Folder,
    /// A link that leads to a folder.
    LinkedFolder,
}

impl EntryKind {
    /// That of the entry at `path`, which the system says is of this type.
    fn of(path: &Path, kind: FileType) -> Self {
        if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() && path.is_dir() {
            Self::LinkedFolder
        } else {
            Self::File
        }
    }
}

/// What lies directly in a folder, each list sorted by name. Nothing is opened, and no link is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// All other files.
    pub(super) others: Vec<PathBuf>,
}

impl Content {
    /// What lies in `folder`.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub(super) fn of(folder: &Path) -> Result<Self, IngestError> {
        let unreadable =
            |error: std::io::Error| IngestError::unreadable(folder.display().to_string(), &error);
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            let kind = EntryKind::of(&path, entry.file_type().map_err(unreadable)?);
            entries.push((path, kind));
        }
        Ok(entries.into_iter().collect())
    }

    /// Whether nothing lies there that may hold or lead to a table.
    pub(super) fn is_empty(&self) -> bool {
        let lists = [&self.tables, &self.folders, &self.linked, &self.rulings, &self.archives];
        lists.iter().all(|list| list.is_empty())
    }

    /// One file alone, which has the name of a table file.
    pub(super) fn of_file(path: PathBuf) -> Self {
        Self { tables: vec![path], ..Self::default() }
    }

    /// The same in the folder `above`.
    pub(super) fn below(mut self, above: &Path) -> Self {
        self.lists().into_iter().flatten().for_each(|path| *path = above.join(&*path));
        self
    }

    const fn lists(&mut self) -> [&mut Vec<PathBuf>; 6] {
        let Self { tables, folders, linked, rulings, archives, others } = self;
        [tables, folders, linked, rulings, archives, others]
    }

    /// The same without what `is_passed` says of a path and whether it is that of a folder.
    pub(super) fn without(mut self, is_passed: impl Fn(&Path, bool) -> bool) -> Self {
        for files in [&mut self.tables, &mut self.rulings, &mut self.archives, &mut self.others] {
            files.retain(|path| !is_passed(path, false));
        }
        for folders in [&mut self.folders, &mut self.linked] {
            folders.retain(|path| !is_passed(path, true));
        }
        self
    }

    fn add(&mut self, path: PathBuf, kind: EntryKind) {
        if is_leftover(&name(&path)) {
            return;
        }
        let list = match kind {
            // A folder of that name is no organization's either.
            _ if is_rulings(&path) && (kind != EntryKind::File || holds_rulings(&path)) => &mut self.rulings,
            EntryKind::Folder => &mut self.folders,
            EntryKind::LinkedFolder => &mut self.linked,
            EntryKind::File if form(&path).is_some() => &mut self.tables,
            EntryKind::File if is_archive(&path) => &mut self.archives,
            EntryKind::File => &mut self.others,
        };
        list.push(path);
    }
}

impl FromIterator<(PathBuf, EntryKind)> for Content {
    fn from_iter<T: IntoIterator<Item = (PathBuf, EntryKind)>>(entries: T) -> Self {
        let mut content = Self::default();
        entries.into_iter().for_each(|(path, kind)| content.add(path, kind));
        content.lists().into_iter().for_each(|list| list.sort());
        content
    }
}
