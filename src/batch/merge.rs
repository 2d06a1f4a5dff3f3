//! `wangge merge`: of the results of all shards, of one batch or of several, what one run over all submissions would have
//! written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::OutputOptions;
use super::executor::TaskResult;
use super::manifest;
use super::options::{check_inputs, check_outputs};
use super::ordered_collector::OrderedCollector;
use super::outputs::finish;
use super::shard::{Header, line, unreadable};
use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::report::Report;

mod fault;
mod order;
mod shard_file;

use shard_file::ShardFile;

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
    let Some(first) = shards.first().map(|file| file.header.clone()).filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    let order = order::of(&shards)?;
    let session = session_of_shards(&first, &files, options)?;
    let inputs = options.results.inputs(&first.run.key, &first.run.ruling_files);
    let report = Report { inputs, ..session.report() };
    let places = (0..order.len()).collect();
    let mut collector = OrderedCollector::new(&session, report, places, (&options.results, 0), console)?;
    for (at, place) in order.iter().enumerate() {
        let ended = place.file.result(place.at).map_err(|fault| vec![fault])?;
        collector.take(TaskResult { at, ..ended });
    }
    console.notices(&notices(&shards));
    let finished = collector.finish(&[], &first.run.addressees);
    Ok(finish(finished, console))
}

/// What was passed over in any of the runs, each once.
fn notices(shards: &[ShardFile]) -> Vec<Fault> {
    let mut notices: Vec<Fault> = Vec::new();
    for notice in shards.iter().flat_map(|file| &file.header.run.notices) {
        if !notices.contains(notice) {
            notices.push(notice.clone());
        }
    }
    notices
}

/// Files that are held open at once; more of them are opened for each of their results.
const HELD_OPEN: usize = 256;

/// The files of shards that are named, in folders those that begin as such a file does or are named like one.
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
    // One that is damaged must not go missing: in a batch of its own nobody would notice.
    let is_named = |path: &Path| path.extension().is_some_and(|extension| extension == "jsonl");
    let is_shard = |path: &PathBuf| path.is_file() && (is_named(path) || line::begins(path));
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(is_shard).collect();
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
