//! A ZIP of a folder of tables. It is read in place: nothing of it is written to disk, and only its tables are unpacked,
//! one after the other.

use std::path::Path;
use std::rc::Rc;

use sha2::Sha256;

use super::directory::{Directory, refused};
use super::unpack::Packed;
use super::{ArchiveFault, TableSource, display_path};
use crate::ingest::beside::Beside;
use crate::ingest::error::IngestError;
use crate::ingest::files::{self, Content, Form};
use crate::ingest::input::Input;
use crate::ingest::limit::{Exceeded, Limit};
use crate::ingest::metered::Metered;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::SubmissionReader;
use crate::resources::progress::{self, ProgressEvent};

/// The archive at a path.
pub(super) struct Archive<'p>(pub(super) &'p Path);

/// An archive that was opened and passed all checks.
struct Opened {
    input: Rc<Input>,
    /// Its tables, sorted by name.
    tables: Vec<Table>,
    beside: Beside,
}

/// A file of tables in an archive.
struct Table {
    /// Name inside the submission.
    name: String,
    packed: Packed,
}

impl TableSource for Archive<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        let opened = self.open(reader.memory())?;
        for table in &opened.tables {
            progress::announce(ProgressEvent::Read, &format!("{}/{}", self.0.display(), table.name));
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

    fn size(&self) -> u64 {
        files::bytes(self.0)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        Ok(Listing { files: vec![Stamp::of(self.0)?], beside: self.open(Some(0))?.beside })
    }

    fn locate(&self, file: &str) -> String {
        let whole = display_path(self.0);
        if file == whole || file == files::name(self.0) { whole } else { format!("{whole}/{file}") }
    }
}

impl Archive<'_> {
    /// Opens it and checks its directory, where reading may hold so many bytes.
    fn open(&self, memory: Option<u64>) -> Result<Opened, IngestError> {
        let metered = Metered::begin(files::bytes(self.0), memory);
        let input = Input::open(self.0, files::name(self.0), Limit::Archive, metered.held())?;
        let input = Rc::new(input);
        let mut directory = Directory::of(&input)?;
        let root = directory.root();
        let content = directory.content(&root);
        let beside = Beside::of(&content, |folder| Some(directory.content(folder)));
        if content.tables.is_empty() {
            return Err(no_table(&input, beside.nested));
        }
        let tables = tables(&input, &mut directory, &content)?;
        drop(directory);
        Ok(Opened { input, tables, beside })
    }
}

fn tables(
    input: &Rc<Input>,
    directory: &mut Directory<'_>,
    content: &Content,
) -> Result<Vec<Table>, IngestError> {
    let mut tables = Vec::new();
    for path in &content.tables {
        let Some(entry) = directory.entry(path) else { continue };
        let start = directory.start(input, entry)?;
        let archive = Rc::clone(input);
        let packed = Packed {
            archive,
            start,
            packed: entry.packed,
            bytes: entry.bytes,
            crc: entry.crc,
            deflated: entry.deflated,
        };
        tables.push(Table { name: files::name(path), packed });
    }
    Ok(tables)
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

fn no_table(input: &Input, folders: Vec<String>) -> IngestError {
    let fault = if folders.is_empty() { ArchiveFault::Nothing } else { ArchiveFault::Nested(folders) };
    refused(input, None, fault)
}
