//! Which files of a submission are read: those directly in its folder, and those in the folders inside that go on with
//! its tables, such as one folder for each town.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::beside::{Beside, LeftFolder};
use super::discover::ORGANIZATION;
use super::files::{self, Content, Form};
use super::recognise::{self, Names};

/// Folders inside folders are followed this far down, in a submission and in a batch.
pub(super) const DEPTH: usize = 8;

/// A file that may hold tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Name inside the submission, with `/`.
    pub(super) name: String,
}

impl Member {
    /// A file that is the whole submission.
    pub(super) fn alone(path: &Path) -> Self {
        Self { path: path.to_owned(), name: files::name(path) }
    }
}

/// The files of a submission.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Those that may hold tables: first those directly in it, then by folder, each sorted by name.
    pub(super) tables: Vec<Member>,
    /// Those that hold none, in the same order.
    pub(super) attachments: Vec<Member>,
    /// What else lies there.
    pub(super) beside: Beside,
}

/// A folder inside, with its name inside the submission.
struct Inner {
    name: String,
    content: Content,
}

impl Members {
    /// The files of a submission with this content; `list` tells what lies in a folder of it, if it can be told. Nothing
    /// where its tables lie neither directly in it nor in folders that are its parts.
    pub(super) fn of(names: &Names<'_>, content: &Content, list: &dyn Fn(&Path) -> Option<Content>) -> Self {
        if content.tables.is_empty() && !are_parts(names, &content.folders, list) {
            return Self::default();
        }
        let mut members = Self { tables: members(&content.tables, ""), ..Self::default() };
        members.add(content, "");
        let mut inner = Vec::new();
        members.walk(&content.folders, "", list, DEPTH, &mut inner);
        let says_whose = |folder: &&Inner| {
            holds_organization(names, &folder.content)
                && !is_of_attachments(&files::name(Path::new(&folder.name)))
        };
        let owners: Vec<_> = inner.iter().filter(says_whose).collect();
        let is_alone = owners.len() < 2 && !may_hold_organization(names, content);
        let owners: Vec<String> = owners.iter().map(|folder| folder.name.clone()).collect();
        let foreign = if is_alone { &[][..] } else { owners.as_slice() };
        members.beside.leave(foreign, LeftFolder::Submission);
        for folder in inner {
            let is_in = |owner: &String| Path::new(&folder.name).starts_with(owner);
            if !foreign.iter().any(is_in) {
                members.take(names, &folder);
            }
        }
        members
    }

    /// Lists the folders, and those in them.
    fn walk(
        &mut self,
        folders: &[PathBuf],
        above: &str,
        list: &dyn Fn(&Path) -> Option<Content>,
        depth: usize,
        found: &mut Vec<Inner>,
    ) {
        for folder in folders {
            let name = within(above, folder);
            let left = match list(folder) {
                Some(content) if is_set_aside(&files::name(folder)) => {
                    self.take_files(&content, &name, list, depth);
                    LeftFolder::Copy
                }
                None if is_set_aside(&files::name(folder)) => LeftFolder::Copy,
                _ if depth == 0 => LeftFolder::Deep,
                None => LeftFolder::Unlisted,
                Some(content) => {
                    let inside = content.folders.clone();
                    found.push(Inner { name: name.clone(), content });
                    self.walk(&inside, &name, list, depth.saturating_sub(1), found);
                    continue;
                }
            };
            self.beside.leave(&[name], left);
        }
    }

    /// Those that hold no table, sorted by name: also those that seemed to hold one and were found not to.
    pub(super) fn without_table(self, not_tables: &BTreeSet<&str>) -> impl Iterator<Item = Member> {
        let Self { tables, mut attachments, .. } = self;
        attachments.extend(tables.into_iter().filter(|member| not_tables.contains(member.name.as_str())));
        attachments.sort_by(|one, other| one.name.cmp(&other.name));
        attachments.into_iter()
    }

    /// Takes the attachments of a folder whose tables do not count, and of those in it.
    fn take_files(
        &mut self,
        content: &Content,
        name: &str,
        list: &dyn Fn(&Path) -> Option<Content>,
        depth: usize,
    ) {
        let files = [&content.archives, &content.others];
        self.attachments.extend(files.into_iter().flat_map(|paths| members(paths, name)));
        let Some(depth) = depth.checked_sub(1) else { return };
        for folder in &content.folders {
            if let Some(content) = list(folder) {
                self.take_files(&content, &within(name, folder), list, depth);
            }
        }
    }

    /// Takes what goes on with the tables, and notes what does not.
    fn take(&mut self, names: &Names<'_>, Inner { name, content }: &Inner) {
        let all = members(&content.tables, name).into_iter();
        let (notes, all): (Vec<_>, Vec<_>) = all.partition(|member| files::is_note(&member.path));
        let (tables, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|member| may_go_on(names, Path::new(&member.name)));
        self.tables.extend(tables);
        let nameless: Vec<String> = others.iter().map(|member| member.name.clone()).collect();
        self.beside.leave(&nameless, LeftFolder::Nameless);
        self.attachments.extend(notes.into_iter().chain(others));
        self.add(content, name);
    }

    /// Adds what lies beside the tables of a folder.
    fn add(&mut self, content: &Content, folder: &str) {
        self.beside.add(content, folder);
        let files = [&content.archives, &content.others];
        self.attachments.extend(files.into_iter().flat_map(|paths| members(paths, folder)));
    }
}

/// Whether folders are the parts of one submission, by subject: exactly one of them says whose it is, none is named
/// after a place or an office, and none has a table that another has. What is in doubt is a batch.
pub(super) fn are_parts(
    names: &Names<'_>,
    folders: &[PathBuf],
    list: &dyn Fn(&Path) -> Option<Content>,
) -> bool {
    let (mut seen, mut parts) = (BTreeSet::new(), 0_usize);
    for folder in folders.iter().filter(|folder| !is_set_aside(&files::name(folder))) {
        let mut own = BTreeSet::new();
        if recognise::is_place(&files::name(folder)) || !subjects(names, folder, list, DEPTH, &mut own) {
            return false;
        }
        parts = parts.saturating_add(usize::from(!own.is_empty()));
        if own.into_iter().any(|table| !seen.insert(table)) {
            return false;
        }
    }
    parts > 1 && seen.contains(ORGANIZATION)
}

/// Notes the tables whose names the files in a folder have; false where a workbook may hold any, or several files say whose
/// they are.
fn subjects<'a>(
    names: &Names<'a>,
    folder: &Path,
    list: &dyn Fn(&Path) -> Option<Content>,
    depth: usize,
    found: &mut BTreeSet<&'a str>,
) -> bool {
    let (Some(content), Some(depth)) = (list(folder), depth.checked_sub(1)) else { return true };
    for path in &content.tables {
        match names.find(&files::stem(path)) {
            Some(table) if table.id == ORGANIZATION && found.contains(ORGANIZATION) => return false,
            Some(table) => drop(found.insert(table.id.as_str())),
            None if files::form(path) == Some(Form::Workbook) => return false,
            None => {}
        }
    }
    content.folders.iter().all(|inner| subjects(names, inner, list, depth, found))
}

fn members(paths: &[PathBuf], folder: &str) -> Vec<Member> {
    paths.iter().map(|path| Member { path: path.clone(), name: within(folder, path) }).collect()
}

/// The name inside a submission of what lies in a folder of it.
pub(super) fn within(folder: &str, path: &Path) -> String {
    let name = files::name(path);
    if folder.is_empty() { name } else { format!("{folder}/{name}") }
}

/// Whether a file, by its name inside a submission, lies in a folder inside.
pub(super) fn is_inside(name: &str) -> bool {
    name.contains('/')
}

/// Whether a file in a folder inside may be part of the tables: it, or its folder, has the name of one, or its name says
/// nothing. All others are attachments.
fn may_go_on(names: &Names<'_>, member: &Path) -> bool {
    let name = names.of_member(member);
    names.find(&name).is_some() || recognise::tells_nothing(&name)
}

/// Whether a file in a folder has the name of the table that says whose a submission is.
pub(super) fn holds_organization(names: &Names<'_>, content: &Content) -> bool {
    content.tables.iter().any(|path| is_organization(names, path))
}

fn is_organization(names: &Names<'_>, path: &Path) -> bool {
    names.find(&files::stem(path)).is_some_and(|table| table.id == ORGANIZATION)
}

/// The same, or a workbook of several tables lies there.
fn may_hold_organization(names: &Names<'_>, content: &Content) -> bool {
    let is_of_several = |path: &PathBuf| {
        files::form(path) == Some(Form::Workbook) && names.find(&files::stem(path)).is_none()
    };
    holds_organization(names, content) || content.tables.iter().any(is_of_several)
}

/// Parts of names of folders that hold what does not count: copies, versions of before, forms to fill in.
const SET_ASIDE: [&str; 9] = ["备份", "副本", "旧版", "作废", "废弃", "回收站", "模板", "样表", "示例"];
const SET_ASIDE_ENGLISH: [&str; 9] =
    ["backup", "backups", "bak", "old", "archive", "template", "templates", "example", "examples"];

/// Parts of names of folders that hold attachments: what has the name of a table there is one, too.
const OF_ATTACHMENTS: [&str; 11] =
    ["附件", "佐证", "证明", "材料", "文本", "照片", "图片", "截图", "扫描", "档案", "视频"];

/// Whether a folder, by its name, holds attachments.
pub(super) fn is_of_attachments(folder: &str) -> bool {
    OF_ATTACHMENTS.iter().any(|part| folder.contains(part))
}

fn is_set_aside(folder: &str) -> bool {
    SET_ASIDE.iter().any(|part| folder.contains(part))
        || SET_ASIDE_ENGLISH.contains(&folder.to_lowercase().as_str())
}
