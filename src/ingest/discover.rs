//! Finds the submissions at the paths a user gives.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::error::IngestError;
use super::files::{self, Form};
use super::recognise::Names;
use crate::model::declare::Declarations;

/// Folders of folders of submissions are followed this far down.
const DEPTH: usize = 8;

/// The submissions at `paths`, sorted, each once.
///
/// A path is a submission (a table file, or a folder that directly holds tables) or a folder of submissions: of
/// workbooks none of which has a table's name, or of folders.
///
/// # Errors
/// When a path does not exist or holds no submission.
pub fn discover(paths: &[PathBuf], decls: &Declarations) -> Result<Vec<PathBuf>, IngestError> {
    let mut finder = Finder { names: Names::new(decls), entered: HashSet::new() };
    let mut found = Vec::new();
    for path in paths {
        finder.entered.clear();
        let here = finder.at(path)?;
        if here.is_empty() {
            return Err(IngestError::Nothing { path: path.display().to_string() });
        }
        found.extend(here);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

struct Finder<'a> {
    names: Names<'a>,
    /// Folders entered, as they really are: links may lead in circles.
    entered: HashSet<PathBuf>,
}

impl Finder<'_> {
    fn at(&mut self, path: &Path) -> Result<Vec<PathBuf>, IngestError> {
        if !path.exists() {
            return Err(IngestError::Missing { path: path.display().to_string() });
        }
        if path.is_dir() {
            self.entered.extend(path.canonicalize());
            return Ok(self.in_folder(path, DEPTH));
        }
        match files::form(path) {
            Some(Form::Text | Form::Workbook) => Ok(vec![path.to_owned()]),
            _ => Err(IngestError::UnsupportedFormat { file: path.display().to_string() }),
        }
    }

    /// A folder that cannot be looked into is taken for a submission: reading it says why, and only it is lost.
    fn in_folder(&mut self, folder: &Path, depth: usize) -> Vec<PathBuf> {
        let Ok(tables) = files::tables_in(folder) else { return vec![folder.to_owned()] };
        if tables.iter().any(|path| self.names.find(&files::stem(path)).is_some()) {
            return vec![folder.to_owned()];
        }
        let (workbooks, others): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|path| files::form(path) != Some(Form::Text));
        let mut found = self.in_folders(folder, depth);
        if workbooks.is_empty() && found.is_empty() && !others.is_empty() {
            // Tables of whatever name: reading the folder will say which names are expected.
            return vec![folder.to_owned()];
        }
        found.extend(workbooks);
        found
    }

    /// The submissions in the folders of a folder. Where some are, an organization's folder without any table is
    /// one too: it must come out as unreadable, not go missing.
    fn in_folders(&mut self, folder: &Path, depth: usize) -> Vec<PathBuf> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let (mut found, mut empty) = (Vec::new(), Vec::new());
        for inner in files::folders_in(folder) {
            if !inner.canonicalize().is_ok_and(|real| self.entered.insert(real)) {
                continue;
            }
            let here = self.in_folder(&inner, depth);
            if here.is_empty() {
                empty.push(inner);
            }
            found.extend(here);
        }
        if !found.is_empty() {
            found.extend(empty);
        }
        found
    }
}
