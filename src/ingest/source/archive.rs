//! A ZIP of a folder of tables, or a place in a ZIP of several submissions. It is read in place: nothing of it is written
//! to disk, and only its tables are unpacked, one after the other; of an archive inside the bytes are held.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::Sha256;

use super::directory::{Directory, Entry, refused};
use super::unpack::Packed;
use super::{ArchiveFault, TableSource, display_path};
use crate::ingest::attached_file::AttachedFile;
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::files::{self, Content, Form};
use crate::ingest::input::Input;
use crate::ingest::limit::{Exceeded, Limit};
use crate::ingest::members::{Member, Members};
use crate::ingest::metered::Metered;
use crate::ingest::recognise::Names;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::SubmissionReader;
use crate::resources::progress::{self, ProgressEvent};

/// A submission in an archive.
pub(super) struct Archive<'p> {
    /// The submission as it is given: the archive, or a place in it.
    path: &'p Path,
    /// The archive.
    file: PathBuf,
    /// The place in it; nothing for what was packed.
    inside: PathBuf,
    names: Names<'p>,
}

/// An archive that was opened and passed all checks.
struct Opened {
    input: Rc<Input>,
    /// Its tables, sorted by name.
    tables: Vec<Table>,
    beside: Beside,
}

/// An archive with its directory and the files of the submission in it.
struct Directed {
    input: Rc<Input>,
    directory: Arc<Directory>,
    members: Members,
}

/// A file of tables in an archive.
struct Table {
    /// Name inside the submission.
    name: String,
    packed: Packed,
}

/// The archive that a path leads to or into, and the place in it.
pub(in crate::ingest) fn split(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let is_archive = |above: &&Path| files::is_zip(above) && above.is_file();
    let file = path.ancestors().find(is_archive).or_else(|| Some(path).filter(|path| files::is_zip(path)))?;
    Some((file.to_owned(), path.strip_prefix(file).ok()?.to_owned()))
}

/// The directory of the archive `input`. That of the archive asked for last is kept: submissions of one archive are read
/// one after the other.
pub(super) fn directory(input: &Input) -> Result<Arc<Directory>, IngestError> {
    static LAST: Mutex<Option<(Stamp, Arc<Directory>)>> = Mutex::new(None);
    let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(stamp) = input.stamp().filter(|stamp| stamp.identity.is_some()) else {
        return Ok(Arc::new(Directory::of(input)?));
    };
    if let Some((known, directory)) = last().as_ref().filter(|(known, _)| known == stamp) {
        debug_assert_eq!(known.bytes, stamp.bytes, "a stamp has the size");
        return Ok(Arc::clone(directory));
    }
    let directory = Arc::new(Directory::of(input)?);
    *last() = Some((stamp.clone(), Arc::clone(&directory)));
    Ok(directory)
}

/// The file of an archive, opened where reading may hold so many bytes.
pub(super) fn open(file: &Path, memory: Option<u64>) -> Result<Input, IngestError> {
    let metered = Metered::begin(files::bytes(file), memory);
    Input::open(file, files::name(file), Limit::Archive, metered.held())
}

/// What lies in each folder of the archive `file`, with paths that lead into it, and the folder that was packed.
pub(in crate::ingest) struct Packing {
    file: PathBuf,
    directory: Arc<Directory>,
}

impl Packing {
    /// That of the archive at a path, if it can be opened: reading it tells why it cannot.
    pub(in crate::ingest) fn of(file: &Path) -> Option<Self> {
        let directory = directory(&open(file, Some(0)).ok()?).ok()?;
        Some(Self { file: file.to_owned(), directory })
    }

    /// The folder that was packed.
    pub(in crate::ingest) fn root(&self) -> PathBuf {
        self.file.join(self.directory.root())
    }

    /// Whether a path leads to a file in it.
    pub(in crate::ingest) fn is_file(&self, path: &Path) -> bool {
        path.strip_prefix(&self.file).is_ok_and(|inside| self.directory.entry(inside).is_some())
    }

    /// Whether a path leads to a folder in it in which something lies.
    pub(in crate::ingest) fn is_folder(&self, path: &Path) -> bool {
        self.content(path).is_some_and(|content| !content.is_empty())
    }

    /// What lies in a folder.
    pub(in crate::ingest) fn content(&self, folder: &Path) -> Option<Content> {
        Some(self.directory.content(folder.strip_prefix(&self.file).ok()?).below(&self.file))
    }
}

impl TableSource for Archive<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        let opened = self.open(reader.memory())?;
        for table in &opened.tables {
            progress::announce(ProgressEvent::Read, &format!("{}/{}", self.path.display(), table.name));
            let mut metered = Metered::begin(table.packed.bytes, reader.memory());
            let input = table.input(&metered)?;
            reader.input(&input, &mut metered)?;
            opened.input.unchanged()?;
        }
        reader.beside(&opened.beside);
        Ok(())
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        let opened = self.open(None)?;
        for table in &opened.tables {
            Input::unpacking(table.name.clone(), table.packed.clone()).digest(into)?;
        }
        opened.input.unchanged()
    }

    fn attachments(&self, not_tables: &BTreeSet<&str>) -> Result<Vec<AttachedFile>, IngestError> {
        let Directed { input, directory, members, .. } = self.directed(None)?;
        let attached = |Member { path, name }: Member| {
            let entry = directory.entry(&path)?;
            let readable = entry.is_readable().then(|| packed(&input, entry));
            Some(AttachedFile::packed(name, entry.bytes, readable))
        };
        Ok(members.without_table(not_tables).filter_map(attached).collect())
    }

    fn size(&self) -> u64 {
        if self.inside.as_os_str().is_empty() {
            return files::bytes(&self.file);
        }
        let tables = self.open(Some(0)).map(|opened| opened.tables).unwrap_or_default();
        tables.iter().map(|table| table.packed.bytes).fold(0, u64::saturating_add)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        Ok(Listing {
            files: vec![Stamp::of(&Member::alone(&self.file))?],
            beside: self.open(Some(0))?.beside,
        })
    }

    fn locate(&self, file: &str) -> String {
        let whole = display_path(self.path);
        match () {
            () if file == files::name(&self.file) => display_path(&self.file),
            () if file == whole || file == files::name(self.path) => whole,
            () => format!("{whole}/{file}"),
        }
    }
}

impl<'p> Archive<'p> {
    /// The submission at `path`, which leads to or into an archive.
    pub(super) fn at(path: &'p Path, names: Names<'p>) -> Option<Self> {
        let (file, inside) = split(path)?;
        Some(Self { path, file, inside, names })
    }

    /// Opens it and checks its directory, where reading may hold so many bytes.
    fn open(&self, memory: Option<u64>) -> Result<Opened, IngestError> {
        let Directed { input, directory, members } = self.directed(memory)?;
        let Members { tables, beside, .. } = members;
        let table = |Member { path, name }: Member| {
            Some(Table { name, packed: packed(&input, directory.entry(&path)?) })
        };
        let tables = tables.into_iter().filter_map(table).collect();
        Ok(Opened { input, tables, beside })
    }

    /// The same before any of its files is asked for.
    fn directed(&self, memory: Option<u64>) -> Result<Directed, IngestError> {
        let mut input = Rc::new(open(&self.file, memory)?);
        let mut directory = directory(&input)?;
        let mut inside = self.inside.clone();
        if files::is_zip(&inside) {
            input = Rc::new(inner(&input, &directory, &inside)?);
            directory = Arc::new(Directory::of(&input)?);
            inside = PathBuf::new();
        }
        let content = match directory.entry(&inside) {
            Some(_) => Content::of_file(inside),
            None if inside.as_os_str().is_empty() => directory.content(&directory.root()),
            None => directory.content(&inside),
        };
        let members = Members::of(&self.names, &content, &|folder| Some(directory.content(folder)));
        if members.tables.is_empty() && !self.inside.as_os_str().is_empty() {
            return Err(IngestError::Nothing { path: display_path(self.path) });
        }
        if members.tables.is_empty() {
            return Err(no_table(&input, &directory, &content));
        }
        Ok(Directed { input, directory, members })
    }
}

/// The archive inside another, in memory.
fn inner(input: &Rc<Input>, directory: &Directory, inside: &Path) -> Result<Input, IngestError> {
    let name = files::name(inside);
    let missing = || IngestError::Missing { path: inside.display().to_string() };
    let entry = directory.entry(inside).ok_or_else(missing)?;
    Input::unpacked_whole(name, packed(input, entry), Limit::InnerArchive)
}

fn packed(archive: &Rc<Input>, entry: Entry) -> Packed {
    let Entry { start, bytes, packed, crc, deflated, .. } = entry;
    Packed { archive: Rc::clone(archive), start, packed, bytes, crc, deflated }
}

impl Table {
    /// Its bytes: a workbook is held in memory, since its parts are read from any position; a text that is not small is
    /// unpacked anew in each pass.
    fn input(&self, metered: &Metered) -> Result<Input, IngestError> {
        let (name, packed) = (self.name.clone(), self.packed.clone());
        match files::form(Path::new(&name)) {
            Some(Form::Text) => Input::unpacked(name, packed, Limit::File, metered.held()),
            Some(Form::Workbook | Form::Unsupported) if packed.bytes > metered.held() => {
                Err(IngestError::too_large(&name, None, None, Exceeded::memory(metered.memory())))
            }
            Some(Form::Workbook | Form::Unsupported) => Input::unpacked_whole(name, packed, Limit::Workbook),
            None => Err(IngestError::UnsupportedFormat { file: name }),
        }
    }
}

fn no_table(input: &Input, directory: &Directory, content: &Content) -> IngestError {
    let holds = |folder: &&PathBuf| !directory.content(folder).tables.is_empty();
    let folders: Vec<_> = content.folders.iter().filter(holds).map(|folder| files::name(folder)).collect();
    let fault = if folders.is_empty() { ArchiveFault::Nothing } else { ArchiveFault::Nested(folders) };
    refused(input, None, fault)
}
