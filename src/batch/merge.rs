//! `wangge merge`: of the results of all shards, what one run over the whole batch would have written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::OutputOptions;
use super::executor::TaskResult;
use super::manifest;
use super::options::{check_inputs, check_outputs};
use super::ordered_collector::OrderedCollector;
use super::outputs::finish;
use super::shard::{FORM, Header, line, unreadable};
use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::report::Report;
use crate::model::system;

mod fault;

/// What `merge` was asked to do.
#[derive(Clone, Debug)]
pub struct MergeOptions {
    /// The files of all shards, and folders of them.
    pub files: Vec<PathBuf>,
    /// A file that names more of them, a path a line.
    pub manifest: Option<PathBuf>,
    /// What is written, and how it is judged.
    pub results: OutputOptions,
    /// Choices of the run; those that the shards were run with take their place where they can.
    pub choices: Choices,
}

/// Runs the command.
pub fn run(options: &MergeOptions, console: &Console) -> Exit {
    match merged(options, console) {
        Ok(exit) => exit,
        Err(faults) => console.refuse(&faults),
    }
}

fn merged(options: &MergeOptions, console: &Console) -> Result<Exit, Vec<Fault>> {
    check_outputs(&options.results.outputs).map_err(|fault| vec![fault])?;
    let (mut shards, mut faults) = (Vec::new(), Vec::new());
    let files = listed(options)?;
    if files.is_empty() {
        return Err(vec![fault::nothing()]);
    }
    let read = files.iter().chain(&options.manifest).chain(options.results.read_files());
    check_inputs(&options.results.outputs, read).map_err(|fault| vec![fault])?;
    for path in &files {
        match ShardFile::open(path, files.len() <= HELD_OPEN) {
            Ok(file) => shards.push(file),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        faults = together(&shards);
    }
    let Some(first) = shards.first().map(|file| file.header.clone()).filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    let session = session_of_shards(&first, &files, options)?;
    let order = (0..first.run.submissions).collect();
    let inputs = options.results.inputs(&first.run.key, &first.run.ruling_files);
    let report = Report { inputs, ..session.report() };
    let mut collector = OrderedCollector::new(&session, report, order, (&options.results, 0), console)?;
    for at in 0..first.run.submissions {
        let file = shards.iter().find(|file| file.header.shard.holds(at));
        match file.map(|file| file.result(at)) {
            Some(Ok(ended)) => collector.take(ended),
            Some(Err(fault)) => return Err(vec![fault]),
            None => {}
        }
    }
    console.notices(&first.run.notices);
    let finished = collector.finish(&[], &first.run.addressees);
    Ok(finish(finished, console))
}

/// Files that are held open at once; more of them are opened for each of their results.
const HELD_OPEN: usize = 256;

/// The files of shards that are named, in folders those that begin as such a file does.
fn listed(options: &MergeOptions) -> Result<Vec<PathBuf>, Vec<Fault>> {
    let mut named = options.files.clone();
    if let Some(manifest) = &options.manifest {
        named.extend(manifest::read(manifest)?);
    }
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            files.extend(in_folder(&path).map_err(|error| vec![unreadable(&path, &error)])?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn in_folder(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> =
        entries.iter().map(fs::DirEntry::path).filter(|path| path.is_file() && line::begins(path)).collect();
    files.sort();
    Ok(files)
}

/// Packs and readings as the shards had them.
fn session_of_shards(
    first: &Header,
    files: &[PathBuf],
    options: &MergeOptions,
) -> Result<Session, Vec<Fault>> {
    let key = &first.run.key;
    let choices = key.again(&options.choices);
    let mut session = Session::load(&choices)?;
    session.self_evaluation = key.is_self_evaluation();
    let file = files.first().cloned().unwrap_or_default();
    match key.differs_here(&session) {
        Some(what) => Err(vec![fault::not_ours(&file, &what)]),
        None => Ok(session),
    }
}

/// The file of a shard, opened, with the offsets of its results.
struct ShardFile {
    path: PathBuf,
    /// Held open, unless there are too many of them.
    file: Option<File>,
    header: Header,
    /// Digest of the first line.
    above: String,
    /// Where the line of each result is.
    results: BTreeMap<usize, LineOffset>,
}

/// Where a line lies in a file.
#[derive(Clone, Copy)]
struct LineOffset {
    row: u32,
    start: u64,
    bytes: usize,
}

/// The place of a result in the report; the rest of the line is read when its turn comes.
#[derive(Deserialize)]
struct ResultIndex {
    at: usize,
}

impl ShardFile {
    fn open(path: &Path, stays_open: bool) -> Result<Self, Fault> {
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
            let Some((ResultIndex { at }, _)) = found else { return Err(fault::damaged(path, row)) };
            let belongs = at < header.run.submissions && header.shard.holds(at);
            if !belongs || results.insert(at, LineOffset { row, start, bytes }).is_some() {
                return Err(fault::damaged(path, row));
            }
            (row, start) = (row.saturating_add(1), start.saturating_add(bytes as u64));
        }
        let file = stays_open.then(|| reader.into_inner());
        Ok(Self { path: path.to_owned(), file, header, above, results })
    }

    /// How many results are not there.
    fn missing(&self) -> usize {
        let all = self.header.shard.count(self.header.run.submissions);
        all.saturating_sub(self.results.len())
    }

    /// The result at a place that is there.
    fn result(&self, at: usize) -> Result<TaskResult, Fault> {
        let Some(offset) = self.results.get(&at).copied() else {
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

/// What keeps the files from being all the shards of one run.
fn together(shards: &[ShardFile]) -> Vec<Fault> {
    let Some(first) = shards.first() else { return Vec::new() };
    let mut faults = Vec::new();
    let mut seen: BTreeMap<usize, &Path> = BTreeMap::new();
    for file in shards {
        let Header { shard, run, .. } = &file.header;
        if let Some(what) = run.differs(&first.header.run) {
            faults.push(fault::other_run(&file.path, &first.path, &what));
        } else if shard.of != first.header.shard.of {
            faults.push(fault::other_division(&file.path, *shard, first.header.shard));
        } else if let Some(twin) = seen.insert(shard.number, &file.path) {
            faults.push(fault::twice(&file.path, twin, *shard));
        } else if file.missing() > 0 {
            faults.push(fault::unfinished(&file.path, file.missing(), file.results.len()));
        }
    }
    let of = first.header.shard.of;
    let missing = of.saturating_sub(seen.len());
    if faults.is_empty() && missing > 0 {
        // No more than are named: a file may say that there are any number of them.
        let first = (1..=of).filter(|number| !seen.contains_key(number)).take(fault::NAMED);
        faults.push(fault::missing(&first.collect::<Vec<_>>(), missing, of));
    }
    faults
}
