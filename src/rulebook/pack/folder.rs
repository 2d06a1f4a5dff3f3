//! The files of a pack in a folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::limits::{Budget, DEPTH, MOST_ENTRIES, too_large, too_many_entries};
use super::{Contents, wanted};
use crate::rulebook::fault::PackFault;

/// All files that belong to a pack; links are not followed.
pub(super) fn read(folder: &Path) -> Result<Contents, PackFault> {
    let mut walk = Walk { contents: Contents::default(), budget: Budget::default(), entries: 0 };
    walk.folder(folder, "", 0)?;
    Ok(walk.contents)
}

struct Walk {
    contents: Contents,
    budget: Budget,
    /// Files and folders looked at.
    entries: usize,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), PackFault> {
        for path in self.entries(folder).map_err(|error| unreadable(folder, &error))? {
            self.entries = self.entries.saturating_add(1);
            if self.entries > MOST_ENTRIES {
                return Err(too_many_entries(&folder.display().to_string()));
            }
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

    /// What lies in the folder by name, so that the same file is told on every system; no more than are looked at.
    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let left = MOST_ENTRIES.saturating_sub(self.entries).saturating_add(1);
        let paths = fs::read_dir(folder)?.take(left).map(|entry| Ok(entry?.path()));
        let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
        paths.sort_unstable();
        Ok(paths)
    }

    fn file(&mut self, path: &Path, inner: String, bytes: u64) -> Result<(), PackFault> {
        let shown = path.display().to_string();
        let most = Budget::of_file(&inner);
        let read = || -> io::Result<Vec<u8>> {
            // It may grow meanwhile.
            let mut read = Vec::new();
            File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut read)?;
            Ok(read)
        };
        if bytes > most {
            return Err(too_large(&shown));
        }
        let read = read().map_err(|error| unreadable(path, &error))?;
        if !self.budget.takes(&inner, read.len() as u64) {
            return Err(too_large(&shown));
        }
        self.contents.add(&shown, inner, read)
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> PackFault {
    PackFault::unreadable(&path.display().to_string(), error)
}
