//! The files of a pack in a folder.

use std::fs;
use std::path::Path;

use super::{Contents, wanted};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;

/// Folders deeper than this are no pack.
pub(super) const DEPTH: usize = 8;
/// Longest file of a pack.
pub(super) const FILE_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes of a pack in all.
pub(super) const PACK_BYTES: u64 = 64 * 1024 * 1024;
/// Most files of a pack.
pub(super) const MOST_FILES: usize = 10_000;

/// All files that belong to a pack; links are not followed.
pub(super) fn read(folder: &Path) -> Result<Contents, PackFault> {
    let mut walk = Walk { contents: Contents::default(), bytes: 0 };
    walk.folder(folder, "", 0)?;
    Ok(walk.contents)
}

struct Walk {
    contents: Contents,
    bytes: u64,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), PackFault> {
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let inner = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            let kind = fs::symlink_metadata(&path).map_err(|error| unreadable(&path, &error))?;
            if name.starts_with('.') || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() && depth < DEPTH {
                self.folder(&path, &inner, depth.saturating_add(1))?;
            } else if kind.is_file() && wanted(&inner) {
                self.file(&path, inner, kind.len())?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, inner: String, bytes: u64) -> Result<(), PackFault> {
        self.bytes = self.bytes.saturating_add(bytes);
        if bytes > FILE_BYTES || self.bytes > PACK_BYTES || self.contents.files.len() >= MOST_FILES {
            return Err(too_large(&path.display().to_string()));
        }
        let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let shown = || path.display().to_string();
        self.contents.add(inner, bytes).map_err(|why| PackFault::Unreadable { path: shown(), why })
    }
}

pub(super) fn too_large(path: &str) -> PackFault {
    let why = Text::new(
        format!("文件超过 {FILE_BYTES} 字节，或整个规则包超过 {PACK_BYTES} 字节或 {MOST_FILES} 个文件"),
        format!(
            "a file is longer than {FILE_BYTES} bytes, or the pack than {PACK_BYTES} bytes or {MOST_FILES} files"
        ),
    );
    PackFault::Unreadable { path: path.to_owned(), why }
}

fn unreadable(path: &Path, error: &std::io::Error) -> PackFault {
    PackFault::unreadable(&path.display().to_string(), error)
}
