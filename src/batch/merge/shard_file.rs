//! A file of results that is merged: read through once for its index, and then a result at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::fault;
use crate::batch::executor::TaskResult;
use crate::batch::shard::{FORM, Header, line, unreadable};
use crate::model::fault::Fault;
use crate::model::system;

/// The file of a shard, opened, with the offsets of its results.
pub(super) struct ShardFile {
    /// As it was named.
    pub(super) path: PathBuf,
    /// Held open, unless there are too many of them.
    file: Option<File>,
    /// What its first line says.
    pub(super) header: Header,
    /// Digest of the first line.
    above: String,
    /// Where the line of each result is, by its place in the run.
    pub(super) results: BTreeMap<usize, ResultLine>,
}

/// The line of a result: whose it is, and where it lies in the file.
pub(super) struct ResultLine {
    /// Path of the submission as reports show it.
    pub(super) path: String,
    /// Whose it is, and the digest of its content, where it could be read.
    pub(super) identity: Option<(String, String)>,
    row: u32,
    start: u64,
    bytes: usize,
}

/// The place of a result in the run; the rest of the line is read when its turn comes.
#[derive(Deserialize)]
struct ResultIndex {
    at: usize,
    path: String,
    result: Result<AssessedIndex, IgnoredAny>,
}

/// Whose submission an assessment is of.
#[derive(Deserialize)]
struct AssessedIndex {
    organization: OrganizationIndex,
}

#[derive(Deserialize)]
struct OrganizationIndex {
    id: String,
    submission: SubmissionIndex,
}

#[derive(Deserialize)]
struct SubmissionIndex {
    sha256: String,
}

impl ResultIndex {
    /// Where the line lies, and whose result it is.
    fn line(self, row: u32, start: u64, bytes: usize) -> ResultLine {
        let identity = self.result.ok().map(|one| (one.organization.id, one.organization.submission.sha256));
        ResultLine { path: self.path, identity, row, start, bytes }
    }
}

impl ShardFile {
    /// Reads the file through once; `stays_open` keeps it open for what is read of it later.
    ///
    /// # Errors
    ///
    /// It cannot be read, is no file of a shard, or was cut off or changed.
    pub(super) fn open(path: &Path, stays_open: bool) -> Result<Self, Fault> {
        let (file, _) = system::open_file(path).map_err(|error| unreadable(path, &error))?;
        let mut reader = BufReader::new(file);
        let mut text = Vec::new();
        let first = line::next(&mut reader, &mut text).map_err(|why| unread(path, 1, &why))?;
        let header = plain(&text).and_then(|text| line::read::<Header>(text, ""));
        let sound =
            |header: &Header| header.form == FORM && header.shard.is_one() && header.run.submissions > 0;
        let (header, above) =
            header.filter(|(header, _)| sound(header)).ok_or_else(|| fault::no_shard(path))?;
        let (mut results, mut row, mut start) = (BTreeMap::new(), 2_u32, first as u64);
        loop {
            let bytes = line::next(&mut reader, &mut text).map_err(|why| unread(path, row, &why))?;
            if bytes == 0 {
                break;
            }
            let found = plain(&text).and_then(|text| line::read::<ResultIndex>(text, &above));
            let Some((index, _)) = found else { return Err(fault::damaged(path, row)) };
            let (at, line) = (index.at, index.line(row, start, bytes));
            let belongs = at < header.run.submissions && header.shard.holds(at);
            if !belongs || results.insert(at, line).is_some() {
                return Err(fault::damaged(path, row));
            }
            (row, start) = (row.saturating_add(1), start.saturating_add(bytes as u64));
        }
        let file = stays_open.then(|| reader.into_inner());
        Ok(Self { path: path.to_owned(), file, header, above, results })
    }

    /// How many results are not there.
    pub(super) fn missing(&self) -> usize {
        let all = self.header.shard.count(self.header.run.submissions);
        all.saturating_sub(self.results.len())
    }

    /// The result at a place of the run.
    ///
    /// # Errors
    ///
    /// It is not there, or the file has changed since it was opened.
    pub(super) fn result(&self, at: usize) -> Result<TaskResult, Fault> {
        let Some(offset) = self.results.get(&at) else {
            return Err(fault::unfinished(&self.path, 1, 1));
        };
        let mut text = vec![0; offset.bytes];
        let mut read = |mut file: &File| {
            file.seek(SeekFrom::Start(offset.start)).and_then(|_| file.read_exact(&mut text))
        };
        let read = match &self.file {
            Some(file) => read(file),
            None => system::open_file(&self.path).and_then(|(file, _)| read(&file)),
        };
        read.map_err(|error| unreadable(&self.path, &error))?;
        let found = plain(&text).and_then(|text| line::read::<TaskResult>(text, &self.above));
        let found = found.map(|(ended, _)| ended).filter(|ended| ended.at == at);
        found.ok_or_else(|| fault::damaged(&self.path, offset.row))
    }
}

fn unread(path: &Path, row: u32, why: &line::Unread) -> Fault {
    match why {
        line::Unread::System(error) => unreadable(path, error),
        line::Unread::TooLong => fault::too_long(path, row),
    }
}

/// A line without its newline; one that has none was cut off.
fn plain(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok()?.strip_suffix('\n')
}
