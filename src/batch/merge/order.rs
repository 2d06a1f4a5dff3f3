//! The order of results in the merged report, and what keeps files from being all the shards of one batch or of several.
//!
//! Files of different submissions are several batches, each of which must be whole: districts that were assessed apart,
//! or parts that a scheduler cut by size. Everything else must be the same for all of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::fault;
use super::shard_file::ShardFile;
use crate::batch::shard::Header;
use crate::model::fault::Fault;

/// Where the result for a place of the merged report is.
pub(super) struct Place<'a> {
    /// The file.
    pub(super) file: &'a ShardFile,
    /// The place in its own run.
    pub(super) at: usize,
}

/// The results of all files in the order of one run over their submissions: O(n log n) of so many.
///
/// # Errors
///
/// Runs that differ in more than their submissions, shards that are missing, double or unfinished, a submission that two
/// batches have.
pub(super) fn of(shards: &[ShardFile]) -> Result<Vec<Place<'_>>, Vec<Fault>> {
    let batches = batches(shards)?;
    let faults: Vec<Fault> = batches.values().flat_map(|files| incomplete(files)).collect();
    if let (false, [one, other, ..]) = (faults.is_empty(), first_of_each(&batches).as_slice()) {
        // More likely a file of another run than a part of a second batch.
        let differing = other.header.run.differs(&one.header.run);
        let told = differing.map(|what| fault::other_run(&other.path, &one.path, &what));
        return Err(told.into_iter().chain(faults).collect());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let places = shards.iter().flat_map(|file| file.results.iter().map(move |(at, line)| (file, *at, line)));
    let mut places: Vec<_> = places.collect();
    if batches.len() > 1 {
        // As a run sorts what it finds.
        places.sort_by_key(|(_, _, line)| Path::new(&line.path));
        let faults =
            in_two(&places.iter().map(|(file, _, line)| (*file, line.path.as_str())).collect::<Vec<_>>());
        if !faults.is_empty() {
            return Err(faults);
        }
    } else {
        places.sort_by_key(|(_, at, _)| *at);
    }
    Ok(places.into_iter().map(|(file, at, _)| Place { file, at }).collect())
}

/// Number and digest of the submissions of a run.
type BatchKey<'a> = (usize, &'a str);

/// The files by the submissions of their runs.
fn batches(shards: &[ShardFile]) -> Result<BTreeMap<BatchKey<'_>, Vec<&ShardFile>>, Vec<Fault>> {
    let (mut batches, mut faults) = (BTreeMap::<BatchKey<'_>, Vec<&ShardFile>>::new(), Vec::new());
    let first = shards.first();
    for file in shards {
        let run = &file.header.run;
        let differing = first.and_then(|first| Some((first, run.rules_differ(&first.header.run)?)));
        if let Some((first, what)) = differing {
            faults.push(fault::other_run(&file.path, &first.path, &what));
        }
        batches.entry((run.submissions, &run.manifest)).or_default().push(file);
    }
    if faults.is_empty() { Ok(batches) } else { Err(faults) }
}

/// The first file of each batch, in the order of these.
fn first_of_each<'a>(batches: &BTreeMap<BatchKey<'_>, Vec<&'a ShardFile>>) -> Vec<&'a ShardFile> {
    batches.values().filter_map(|files| files.first().copied()).collect()
}

/// What keeps the files of one batch from being all its shards.
fn incomplete(files: &[&ShardFile]) -> Vec<Fault> {
    let Some(first) = files.first() else { return Vec::new() };
    let mut faults = Vec::new();
    let mut seen: BTreeMap<usize, &Path> = BTreeMap::new();
    for file in files {
        let Header { shard, .. } = &file.header;
        if shard.of != first.header.shard.of {
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

/// Submissions that are in two batches, of those sorted by path: the first for each pair of files.
fn in_two(sorted: &[(&ShardFile, &str)]) -> Vec<Fault> {
    let mut found: BTreeMap<(&Path, &Path), &str> = BTreeMap::new();
    for pair in sorted.windows(2) {
        if let [(one, path), (other, same)] = pair
            && path == same
        {
            found.entry((&one.path, &other.path)).or_insert(path);
        }
    }
    found.into_iter().map(|((one, other), path)| fault::in_two(other, one, path)).collect()
}
