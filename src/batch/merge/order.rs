//! The order of results in the merged report, and what keeps files from being all the shards of one batch or of several.
//!
//! Files of different submissions are several batches, each of which must be whole: districts that were assessed apart,
//! or parts that a scheduler cut by size. Everything else must be the same for all of them.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::fault;
use super::shard_file::{ResultLine, ShardFile};
use crate::batch::shard::Header;
use crate::model::fault::Fault;
use crate::model::text::Text;

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
/// batches have, a ruling that names no organization.
pub(super) fn of(shards: &[ShardFile]) -> Result<Vec<Place<'_>>, Vec<Fault>> {
    let batches = batches(shards)?;
    let lacking: Vec<Vec<Fault>> = batches.values().map(|files| incomplete(files)).collect();
    if lacking.iter().any(|faults| !faults.is_empty()) {
        // Where none is whole, they are more likely of runs over different submissions than several batches.
        let is_whole = |faults: &Vec<Fault>| faults.is_empty();
        let other = if lacking.iter().any(is_whole) { None } else { other_submissions(&batches) };
        return Err(other.into_iter().chain(lacking.into_iter().flatten()).collect());
    }
    let places = shards.iter().flat_map(|file| file.results.iter().map(move |(at, line)| (file, *at, line)));
    let mut places: Vec<Found<'_>> = places.collect();
    if batches.len() > 1 {
        let faults: Vec<Fault> = in_two(&places).into_iter().chain(unaddressed(shards)).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        // As a run sorts what it finds.
        places.sort_by_key(|(_, _, line)| Path::new(&line.path));
    } else {
        places.sort_by_key(|(_, at, _)| *at);
    }
    Ok(places.into_iter().map(|(file, at, _)| Place { file, at }).collect())
}

/// A result: its file, its place in the run, and its line.
type Found<'a> = (&'a ShardFile, usize, &'a ResultLine);

/// Number and digest of the submissions of a run.
type BatchKey<'a> = (usize, &'a str);

fn batch(file: &ShardFile) -> BatchKey<'_> {
    (file.header.run.submissions, &file.header.run.manifest)
}

/// The files by the submissions of their runs.
fn batches(shards: &[ShardFile]) -> Result<BTreeMap<BatchKey<'_>, Vec<&ShardFile>>, Vec<Fault>> {
    let (mut batches, mut faults) = (BTreeMap::<BatchKey<'_>, Vec<&ShardFile>>::new(), Vec::new());
    let first = shards.first();
    for file in shards {
        let run = &file.header.run;
        let differing = first.and_then(|first| Some((first, run.differs(&first.header.run)?)));
        if let Some((first, what)) = differing {
            faults.push(fault::other_run(&file.path, &first.path, &what));
        }
        batches.entry(batch(file)).or_default().push(file);
    }
    if faults.is_empty() { Ok(batches) } else { Err(faults) }
}

/// The first two batches are of different submissions.
fn other_submissions(batches: &BTreeMap<BatchKey<'_>, Vec<&ShardFile>>) -> Option<Fault> {
    let mut first = batches.values().filter_map(|files| files.first());
    let (one, other) = (first.next()?, first.next()?);
    Some(fault::other_run(&other.path, &one.path, &Text::new("申报材料", "the submissions")))
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
    let (of, beside) = (first.header.shard.of, &first.path);
    let missing = of.saturating_sub(seen.len());
    if faults.is_empty() && missing > 0 {
        // No more than are named: a file may say that there are any number of them.
        let first = (1..=of).filter(|number| !seen.contains_key(number)).take(fault::NAMED);
        faults.push(fault::missing(beside, &first.collect::<Vec<_>>(), missing, of));
    }
    faults
}

/// Submissions that are in two batches: the first for each pair of files.
fn in_two(places: &[Found<'_>]) -> Vec<Fault> {
    let mut found: BTreeMap<(&Path, &Path), &str> = BTreeMap::new();
    let (mut paths, mut contents) = (BTreeMap::new(), BTreeMap::new());
    for (file, _, line) in places {
        let path = Path::new(&line.path);
        let same_path = paths.insert(path.strip_prefix(".").unwrap_or(path), *file);
        let same_content =
            line.identity.as_ref().and_then(|identity| contents.insert(identity, (*file, path)));
        let respelt = same_content.filter(|(_, other)| may_be_one(path, other)).map(|(file, _)| file);
        let is_other = |other: &&ShardFile| batch(other) != batch(file);
        if let Some(other) = same_path.or(respelt).filter(is_other) {
            found.entry((&other.path, &file.path)).or_insert(&line.path);
        }
    }
    found.into_iter().map(|((one, other), path)| fault::in_two(other, one, path)).collect()
}

/// Whether two paths of the same content may lead to one place: they begin in different ways, and end alike.
fn may_be_one(one: &Path, other: &Path) -> bool {
    let is_odd =
        |path: &Path| path.components().any(|part| matches!(part, Component::ParentDir | Component::CurDir));
    let begin_alike = one.is_absolute() == other.is_absolute() && !is_odd(one) && !is_odd(other);
    !begin_alike && one.file_name() == other.file_name()
}

/// A ruling that names no organization rules on what each batch has, which one run over all would not know.
fn unaddressed(shards: &[ShardFile]) -> Option<Fault> {
    let first = shards.first()?;
    let ruling = first.header.run.addressees.iter().find(|ruling| ruling.whose.is_none())?;
    Some(fault::unaddressed(&ruling.file, ruling.row))
}
