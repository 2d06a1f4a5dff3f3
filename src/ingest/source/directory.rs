//! The directory of an archive: which entries it has, after everything that an archive can be made to do has been
//! refused. What is wrong with any entry costs the archive, but for attachments that cannot be unpacked.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use zip::read::ZipFileEntry;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::names::{self, Decoder};
use super::{ArchiveError, ArchiveFault};
use crate::ingest::error::IngestError;
use crate::ingest::files::{self, Content, EntryKind};
use crate::ingest::guard::{MAX_RATIO, SMALL};
use crate::ingest::input::{Input, Stream};
use crate::ingest::limit::Limit;
use crate::ingest::members::DEPTH;
use crate::ingest::zip64;

/// The flag by which an archive says that a name is UTF-8.
const UTF8: u16 = 1 << 11;
/// The bits of a mode of Unix that say of which type a file is, and the types.
const TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
const LINK: u32 = 0o120_000;
/// The attribute of Windows that a link has.
const REPARSE_POINT: u32 = 0x400;

/// An entry that holds bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Where its packed bytes begin.
    pub(super) start: u64,
    /// Bytes it unpacks to.
    pub(super) bytes: u64,
    pub(super) packed: u64,
    pub(super) crc: u32,
    pub(super) deflated: bool,
    /// Whether it is packed in a way that is read.
    known: bool,
}

impl Entry {
    /// Whether it is packed in a way that is read, and not to unpack to many times its size.
    pub(super) const fn is_readable(&self) -> bool {
        self.known && !is_bomb(self.bytes, self.packed)
    }
}

/// Whether what is packed unpacks to many times its size.
const fn is_bomb(bytes: u64, packed: u64) -> bool {
    bytes > SMALL && bytes > packed.saturating_mul(MAX_RATIO)
}

/// What an archive holds, as a folder of it would be listed.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Those that are not too deep.
    entries: BTreeMap<PathBuf, Entry>,
    /// What lies directly in each folder.
    folders: BTreeMap<PathBuf, BTreeMap<PathBuf, EntryKind>>,
}

impl Directory {
    /// That of the archive `input`.
    ///
    /// # Errors
    /// It is no archive, holds too much, or is made to deceive.
    pub(super) fn of(input: &Input) -> Result<Self, IngestError> {
        if !matches!(input.magic()?, [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6]) {
            return Err(refused(input, None, ArchiveFault::NotAnArchive));
        }
        let declared = zip64::declared(input).map_err(|error| damaged(input, &error.into()))?;
        if declared.is_some_and(|entries| entries > Limit::Entries.most()) {
            return Err(input.too_large(None, None, Limit::Entries));
        }
        let mut archive = ZipArchive::new(input.stream()).map_err(|error| damaged(input, &error))?;
        if count(archive.len()) > Limit::Entries.most() {
            return Err(input.too_large(None, None, Limit::Entries));
        }
        if archive.has_overlapping_entries().map_err(|error| damaged(input, &error))? {
            return Err(refused(input, None, ArchiveFault::Overlap));
        }
        if archive.has_duplicate_names() {
            return Err(refused(input, None, ArchiveFault::Duplicate));
        }
        let mut directory = Self::default();
        let found = directory.list(&archive, input)?;
        for (index, path, entry) in found {
            let packed = archive.by_index_raw(index).map_err(|error| damaged(input, &error))?;
            let start = packed.data_start().ok_or_else(|| damaged(input, &ZipError::FileNotFound))?;
            directory.entries.insert(path, Entry { start, ..entry });
        }
        Ok(directory)
    }

    /// Lists the entries; those that may be read, by their place.
    fn list(
        &mut self,
        archive: &ZipArchive<Box<dyn Stream + '_>>,
        input: &Input,
    ) -> Result<Vec<(usize, PathBuf, Entry)>, IngestError> {
        let mut found = Vec::new();
        let all = (0..archive.len()).map(|index| archive.by_index_data(index));
        let all: Vec<ZipFileEntry<'_>> =
            all.collect::<Result<_, _>>().map_err(|error| damaged(input, &error))?;
        let unsaid = all.iter().filter(|entry| !says_utf8(entry)).map(ZipFileEntry::name_raw);
        let (decoder, mut seen, mut unpacked) = (Decoder::of(unsaid), BTreeSet::new(), 0_u64);
        for (index, entry) in all.iter().enumerate() {
            let raw = entry.name_raw();
            let lossy = || Some(String::from_utf8_lossy(raw).into_owned());
            let name =
                decoder.decode(raw, says_utf8(entry)).map_err(|fault| refused(input, lossy(), fault))?;
            let refused = |fault| refused(input, Some(name.clone()), fault);
            let is_table = may_hold_table(Path::new(&name));
            let path = match names::path(&name) {
                Err(ArchiveFault::Name) if !is_table => names::path(&names::plain(&name)),
                path => path,
            };
            let path = path.map_err(refused)?;
            let kind = kind(entry, &name).map_err(refused)?;
            unpacked = unpacked.saturating_add(entry.size());
            if unpacked > Limit::ArchiveUnpacked.most() {
                return Err(input.too_large(None, None, Limit::ArchiveUnpacked));
            }
            let twin = !seen.insert(path.to_string_lossy().to_lowercase());
            // Of attachments the first of a name is taken.
            if twin && !is_table && kind == EntryKind::File {
                continue;
            }
            if twin || !note(&mut self.folders, &path, kind) {
                return Err(refused(ArchiveFault::Duplicate));
            }
            if kind == EntryKind::File && path.components().count() <= LOOKED_AT {
                let [bytes, packed] = [entry.size(), entry.compressed_size()];
                let deflated = entry.compression() == CompressionMethod::Deflated;
                let known = is_known(entry) && !entry.encrypted() && is_regular(entry);
                let entry = Entry { start: 0, bytes, packed, crc: entry.crc32(), deflated, known };
                found.push((index, path, entry));
            }
        }
        Ok(found)
    }

    /// What lies directly in a folder; nothing where there is none of that name.
    pub(super) fn content(&self, folder: &Path) -> Content {
        let inside = self.folders.get(folder).into_iter().flatten();
        inside.map(|(path, kind)| (path.clone(), *kind)).collect()
    }

    /// The folder that was packed: the one that everything lies in, or the archive itself.
    pub(super) fn root(&self) -> PathBuf {
        let top = self.folders.get(Path::new("")).into_iter().flatten();
        let mut top = top.filter(|(path, _)| !files::is_leftover(&files::name(path)));
        match (top.next(), top.next()) {
            (Some((folder, EntryKind::Folder)), None) => folder.clone(),
            _ => PathBuf::new(),
        }
    }

    /// The entry at a path inside.
    pub(super) fn entry(&self, path: &Path) -> Option<Entry> {
        self.entries.get(path).copied()
    }
}

/// Levels that are looked at: the folder that was packed, the folders in it, and what lies in the last of these.
const LOOKED_AT: usize = DEPTH + 2;

/// Notes an entry in the folder it lies in, and the folders above it; whether a file and a folder do not have one name.
fn note(folders: &mut BTreeMap<PathBuf, BTreeMap<PathBuf, EntryKind>>, path: &Path, kind: EntryKind) -> bool {
    let shallow: PathBuf = path.components().take(LOOKED_AT).collect();
    let kind = if shallow == path { kind } else { EntryKind::Folder };
    let (mut inner, mut kind) = (shallow.as_path(), kind);
    while let Some(above) = inner.parent() {
        let known = folders.entry(above.to_owned()).or_default();
        match known.insert(inner.to_owned(), kind) {
            Some(before) if before != kind => return false,
            Some(_) => return true,
            None => {}
        }
        (inner, kind) = (above, EntryKind::Folder);
    }
    true
}

/// Whether a file of this name may hold tables, or further submissions.
fn may_hold_table(path: &Path) -> bool {
    files::form(path).is_some() || files::is_zip(path)
}

/// What an entry is. An attachment of another kind, or with a password, is a file that cannot be read.
fn kind(entry: &ZipFileEntry<'_>, name: &str) -> Result<EntryKind, ArchiveFault> {
    let is_table = may_hold_table(Path::new(OsStr::new(name)));
    let fault = if is_link(entry) {
        Some(ArchiveFault::Link)
    } else if !is_regular(entry) {
        Some(ArchiveFault::Special)
    } else {
        entry.encrypted().then_some(ArchiveFault::Encrypted)
    };
    let is_folder = name.ends_with('/');
    if let Some(fault) = fault.filter(|_| is_table || is_folder) {
        return Err(fault);
    }
    let (bytes, packed) = (entry.size(), entry.compressed_size());
    let holds_table = files::form(Path::new(OsStr::new(name))).is_some();
    // An attachment that cannot be unpacked costs nothing else.
    if holds_table && is_bomb(bytes, packed) {
        return Err(ArchiveFault::Ratio);
    }
    if is_folder {
        return Ok(EntryKind::Folder);
    }
    if is_known(entry) || !holds_table { Ok(EntryKind::File) } else { Err(ArchiveFault::Method) }
}

/// The mode of Unix that says of which type an entry is; nothing where it was made on Windows.
fn mode(entry: &ZipFileEntry<'_>) -> u32 {
    entry.unix_mode().map_or(0, |mode| mode & TYPE)
}

fn is_link(entry: &ZipFileEntry<'_>) -> bool {
    // Windows has no mode in the upper half.
    let attributes = entry.external_attributes();
    mode(entry) == LINK || (attributes >> 16 == 0 && attributes & REPARSE_POINT != 0)
}

/// Whether an entry is a file or a folder and nothing else.
fn is_regular(entry: &ZipFileEntry<'_>) -> bool {
    !is_link(entry) && matches!(mode(entry), 0 | REGULAR | FOLDER)
}

/// Whether an entry is packed in a way that is read.
fn is_known(entry: &ZipFileEntry<'_>) -> bool {
    matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated)
}

fn says_utf8(entry: &ZipFileEntry<'_>) -> bool {
    entry.flags().as_u16() & UTF8 != 0
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// What is wrong with an archive, or with an entry of it.
pub(super) fn refused(input: &Input, entry: Option<String>, fault: ArchiveFault) -> IngestError {
    IngestError::Archive { file: input.name.clone(), error: ArchiveError { entry, fault } }
}

/// What the library says, unless it is we who stopped it.
fn damaged(input: &Input, error: &ZipError) -> IngestError {
    input.failed(|| refused(input, None, ArchiveFault::Damaged(error.to_string())))
}
