//! Finds the submissions at the paths a user gives.
//!
//! Links at the paths given are followed, those below them never: a submission could show what lies anywhere on the
//! disk, or take the place of another.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{self, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::error::IngestError;
use super::files::{self, Content, Form};
use super::members::{self, DEPTH};
use super::recognise::{self, Names};
use super::source::{self, Packing};
use crate::model::system;
use crate::table::table_schema::Declarations;

/// The table that says whose a submission is.
pub(super) const ORGANIZATION: &str = "organization";

/// What is at the paths given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The submissions, sorted, each once and at its real place.
    pub submissions: Vec<PathBuf>,
    /// Those among them that are links to what nobody gave: they are not read. Sorted.
    pub links: Vec<PathBuf>,
    /// Links below the paths to what is found at its own place; they are passed over.
    pub passed: Vec<PathBuf>,
    /// Folders beside submissions in which there is no table, and whose names are of no organization: those of a
    /// repository. Sorted.
    pub without_tables: Vec<PathBuf>,
    /// Of each path given, in order, what tells a batch from a submission.
    pub given: Vec<Given>,
}

/// A path given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// As it was given.
    pub path: PathBuf,
    /// Where it really is.
    pub real: PathBuf,
    /// How many of the submissions in it may be of an organization each, judged by the names of their files. A folder
    /// of several is a batch; one that holds a single one may itself be what an organization sent.
    pub organizations: usize,
    /// Files of rulings in it and in the folders below that are no submissions.
    pub rulings: Vec<PathBuf>,
}

/// Finds the submissions at `paths`.
///
/// A path is a submission (a table file, a folder that directly holds tables, or an archive of one) or a folder of
/// submissions: of workbooks none of which has a table's name, of archives, or of folders.
///
/// # Errors
/// When a path does not exist or holds no submission.
pub fn discover(paths: &[PathBuf], decls: &Declarations) -> Result<Found, IngestError> {
    let mut finder = Finder { names: Names::new(decls), roots: Vec::new(), found: Found::default() };
    finder.roots = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut submissions = Vec::new();
    for path in paths {
        let here = finder.at(path)?;
        if here.is_empty() {
            return Err(IngestError::Nothing { path: path.display().to_string() });
        }
        submissions.extend(here);
    }
    let mut found = finder.found;
    sort(&mut found.links);
    sort(&mut found.passed);
    sort(&mut found.without_tables);
    found.submissions = if paths.len() > 1 { each_once(submissions, &found.links) } else { submissions };
    sort(&mut found.submissions);
    Ok(found)
}

fn sort(paths: &mut Vec<PathBuf>) {
    paths.sort();
    paths.dedup();
}

/// Of the ways to one place, the one that is no detour. Links that are not read stand for themselves.
fn each_once(ways: Vec<PathBuf>, unread: &[PathBuf]) -> Vec<PathBuf> {
    let mut places: BTreeMap<PathBuf, (bool, usize, PathBuf)> = BTreeMap::new();
    for way in ways {
        let real = if unread.binary_search(&way).is_ok() { path::absolute(&way) } else { way.canonicalize() };
        let real = real.unwrap_or_else(|_| way.clone());
        let detour = path::absolute(&way).ok().as_ref() != Some(&real);
        let rank = (detour, way.components().count(), way);
        match places.get_mut(&real) {
            Some(best) if *best <= rank => {}
            Some(best) => *best = rank,
            None => drop(places.insert(real, rank)),
        }
    }
    places.into_values().map(|(_, _, way)| way).collect()
}

/// The file in a folder given that names what is passed over in it, in the form of `.gitignore`.
const IGNORE: &str = ".wanggeignore";

/// Most bytes that are read of it.
const IGNORE_BYTES: u64 = 1 << 20;

/// What the file of this name in `folder` passes over, if it is there.
///
/// # Errors
/// It cannot be read, or holds a line that is no pattern.
fn ignored(folder: &Path) -> Result<Gitignore, IngestError> {
    let path = folder.join(IGNORE);
    let name = || path.display().to_string();
    let unreadable = |error: &io::Error| IngestError::unreadable(name(), error);
    let file = match system::open_regular(&path) {
        Ok(Some((file, _))) => file,
        Ok(None) => return Ok(Gitignore::empty()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Gitignore::empty()),
        Err(error) => return Err(unreadable(&error)),
    };
    let mut text = String::new();
    file.take(IGNORE_BYTES).read_to_string(&mut text).map_err(|error| unreadable(&error))?;
    let mut patterns = GitignoreBuilder::new(folder);
    let invalid = |error: ignore::Error| unreadable(&io::Error::new(io::ErrorKind::InvalidData, error));
    for line in text.trim_start_matches('\u{feff}').lines() {
        patterns.add_line(None, line).map_err(invalid)?;
    }
    patterns.build().map_err(invalid)
}

/// Without what is passed over.
fn without(ignored: &Gitignore, content: Content) -> Content {
    content.without(|path, is_folder| ignored.matched(path, is_folder).is_ignore())
}

/// Tells what lies in a folder, on disk or in an archive, if that can be told.
type List<'l> = &'l dyn Fn(&Path) -> Option<Content>;

/// Where a path, or a place in an archive, really is.
fn real(path: &Path) -> Option<PathBuf> {
    let inside = || {
        let (file, inside) = source::split(path)?;
        let packing = Packing::of(&file)?;
        let is_there = packing.is_file(path) || packing.is_folder(path);
        is_there.then_some(())?;
        Some(file.canonicalize().ok()?.join(inside))
    };
    path.canonicalize().ok().or_else(inside)
}

struct Finder<'a> {
    names: Names<'a>,
    /// The paths given, as they really are.
    roots: Vec<PathBuf>,
    found: Found,
}

impl Finder<'_> {
    fn at(&mut self, path: &Path) -> Result<Vec<PathBuf>, IngestError> {
        let Some(real) = real(path) else {
            return Err(IngestError::Missing { path: path.display().to_string() });
        };
        self.found.given.push(Given { path: path.to_owned(), real, organizations: 0, rulings: Vec::new() });
        if path.is_dir() {
            let ignored = ignored(path)?;
            return Ok(
                self.in_folder(path, DEPTH, &|folder| Some(without(&ignored, Content::of(folder).ok()?)))
            );
        }
        if files::is_zip(path) {
            return Ok(self.in_archive(path.to_owned()));
        }
        let archive = source::split(path).and_then(|(file, _)| Packing::of(&file));
        if let Some(packing) = archive.filter(|packing| packing.is_folder(path)) {
            return Ok(self.in_folder(path, DEPTH, &|folder| packing.content(folder)));
        }
        if !source::is_read(path) {
            return Err(IngestError::UnsupportedFormat { file: path.display().to_string() });
        }
        self.count(1);
        Ok(vec![path.to_owned()])
    }

    /// A folder that cannot be looked into is taken for a submission: reading it says why, and only it is lost.
    fn in_folder(&mut self, folder: &Path, depth: usize, list: List<'_>) -> Vec<PathBuf> {
        let whole = || vec![folder.to_owned()];
        let Some(mut content) = list(folder) else { return whole() };
        let is_named = |path: &PathBuf| self.names.find(&files::stem(path)).is_some();
        content.tables.retain(|path| !files::is_note(path) || is_named(path));
        let (workbooks, texts): (Vec<_>, Vec<_>) =
            content.tables.into_iter().partition(|path| files::form(path) != Some(Form::Text));
        let names = || workbooks.iter().chain(&texts).filter_map(|path| self.names.find(&files::stem(path)));
        // An organization's tables in several workbooks, by subject.
        let all_parts = || workbooks.iter().all(|path| recognise::is_numbered_part(&files::stem(path)));
        let is_divided = workbooks.len() > 1
            && (all_parts() || workbooks.iter().any(|path| self.names.is_suffixed(&files::stem(path))));
        if is_divided || names().next().is_some() {
            let own = !workbooks.is_empty() || names().any(|table| table.id == ORGANIZATION);
            self.count(usize::from(own));
            return whole();
        }
        if workbooks.is_empty() && texts.is_empty() && members::are_parts(&self.names, &content.folders, list)
        {
            self.count(1);
            return whole();
        }
        if let ([_], []) = (workbooks.as_slice(), texts.as_slice()) {
            // One workbook and its attachments.
            let (of_attachments, others): (Vec<_>, Vec<_>) =
                content.folders.iter().partition(|folder| members::is_of_attachments(&files::name(folder)));
            let is_alone = content.archives.is_empty() && content.linked.is_empty();
            let has_files = !of_attachments.is_empty() || !content.others.is_empty();
            if is_alone && has_files && others.is_empty() {
                self.count(1);
                return whole();
            }
        }
        let (read, unread): (Vec<_>, Vec<_>) =
            content.archives.into_iter().partition(|path| source::is_read(path));
        let mut found = self.in_folders(content.folders, depth, list);
        found.extend(content.linked.into_iter().filter_map(|link| self.linked(link)));
        if workbooks.is_empty() && found.is_empty() && read.len() < 2 && !texts.is_empty() {
            // Tables of whatever name, perhaps with an archive of attachments: reading the folder will say which names
            // are expected.
            return whole();
        }
        self.note(content.rulings);
        self.count(workbooks.len());
        for path in workbooks.into_iter().chain(read) {
            let is_link = path.is_symlink() && path.is_file();
            found.extend(match path {
                path if is_link => self.linked(path).into_iter().collect(),
                path if files::is_zip(&path) => self.in_archive(path),
                path => vec![path],
            });
        }
        if !found.is_empty() {
            // What an organization sent in a form that is not read must not go missing either.
            found.extend(unread);
        }
        found
    }

    /// The submissions in the folders of a folder. Where some are, an organization's folder without any table is
    /// one too: it must come out as unreadable, not go missing. Other folders without tables are passed over.
    fn in_folders(&mut self, folders: Vec<PathBuf>, depth: usize, list: List<'_>) -> Vec<PathBuf> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let (mut found, mut empty) = (Vec::new(), Vec::new());
        for inner in folders {
            let here = self.in_folder(&inner, depth, list);
            if here.is_empty() {
                empty.push(inner);
            }
            found.extend(here);
        }
        if !found.is_empty() {
            let (owned, other): (Vec<_>, Vec<_>) =
                empty.into_iter().partition(|folder| recognise::is_place(&files::name(folder)));
            found.extend(owned);
            self.found.without_tables.extend(other);
        }
        found
    }

    /// The submissions in an archive: the archive itself, unless it packs several, or one that lies further in. Archives
    /// in it are submissions; what lies in these is not looked into for more.
    fn in_archive(&mut self, file: PathBuf) -> Vec<PathBuf> {
        let packing = if file.is_file() { Packing::of(&file) } else { None };
        let Some(packing) = packing else {
            self.count(1);
            return vec![file];
        };
        let before = self.found.given.last().map_or(0, |given| given.organizations);
        let root = packing.root();
        let found = self.in_folder(&root, DEPTH, &|folder| packing.content(folder));
        let is_whole =
            |path: &PathBuf| *path == root || (path.parent() == Some(&root) && files::form(path).is_some());
        if !matches!(found.as_slice(), [] | [_]) || found.first().is_some_and(|path| !is_whole(path)) {
            return found;
        }
        if let Some(given) = self.found.given.last_mut() {
            given.organizations = before.saturating_add(1);
        }
        vec![file]
    }

    /// A link below the paths given. What lies below them is found without it; what does not is not read, and the link
    /// takes the place of the submission that it would be.
    fn linked(&mut self, link: PathBuf) -> Option<PathBuf> {
        let inside = |real: PathBuf| self.roots.iter().any(|root| real.starts_with(root));
        if link.canonicalize().is_ok_and(inside) {
            self.found.passed.push(link);
            return None;
        }
        self.found.links.push(link.clone());
        Some(link)
    }

    /// So many more submissions of the path at hand may be of an organization each.
    fn count(&mut self, more: usize) {
        if let Some(given) = self.found.given.last_mut() {
            given.organizations = given.organizations.saturating_add(more);
        }
    }

    fn note(&mut self, rulings: Vec<PathBuf>) {
        if let Some(given) = self.found.given.last_mut() {
            given.rulings.extend(rulings);
        }
    }
}
