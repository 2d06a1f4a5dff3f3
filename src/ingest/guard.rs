//! What a workbook must pass before it is opened: it is a ZIP whose parts stay within bounds.
//!
//! The `zip` crate fails a part that grows past its declared size, so the declared sizes bound what comes out. Every part
//! that will be read is gone through once all the same, whatever its name says it is: that checks its checksum before any
//! row is handed on, and counts what the reader would keep in memory or go through. What is not read, such as a picture,
//! is not judged.

use std::io::{self, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::budget::{Budget, Counts};
use super::damage::{Damage, Failure, Suspicion, WHOLE};
use super::error::IngestError;
use super::input::{Input, Stream};
use super::limit::Limit;
use super::markup::Scanner;
use super::zip64;

/// Parts smaller than this may shrink as they like: a sheet whose rows are all alike does.
pub(super) const SMALL: u64 = 32 << 20;

/// No honest part beyond that shrinks to less than this share.
pub(super) const MAX_RATIO: u64 = 200;

/// A part of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// Bytes it unpacks to.
    pub(super) bytes: u64,
    /// Merged areas in it, as far as it looks.
    pub(super) merges: u64,
    /// It has a piece of text beyond what a cell can hold, which some that are no markup have.
    pub(super) is_run: bool,
}

/// Opens a workbook whose directory is within bounds.
pub(super) fn open(input: &Input) -> Result<ZipArchive<Box<dyn Stream + '_>>, IngestError> {
    check_magic(input)?;
    let too_large = |limit: Limit| input.too_large(None, None, limit);
    let declared = zip64::declared(input).map_err(|error| damaged(input, ZipError::from(error).into()))?;
    if declared.is_some_and(|parts| parts > Limit::Parts.most()) {
        return Err(too_large(Limit::Parts));
    }
    let mut archive = ZipArchive::new(input.stream()).map_err(|error| damaged(input, error.into()))?;
    if u64::try_from(archive.len()).unwrap_or(u64::MAX) > Limit::Parts.most() {
        return Err(too_large(Limit::Parts));
    }
    let overlapping = archive.has_overlapping_entries().map_err(|error| damaged(input, error.into()))?;
    if archive.has_duplicate_names() || overlapping {
        return Err(suspicious(input, WHOLE, Suspicion::Duplicate));
    }
    Ok(archive)
}

fn check_magic(input: &Input) -> Result<(), IngestError> {
    match input.magic()? {
        [b'P', b'K', 3, 4] => Ok(()),
        _ => Err(IngestError::NotAWorkbook { file: input.name.clone() }),
    }
}

/// Checks a part that will be read, and charges the pass to the budget.
pub(super) fn check_part(
    input: &Input,
    archive: &mut ZipArchive<Box<dyn Stream + '_>>,
    index: usize,
    budget: &mut Budget,
) -> Result<Part, IngestError> {
    let mut part = archive.by_index(index).map_err(|error| damaged(input, error.into()))?;
    let name = String::from_utf8_lossy(part.name_raw()).into_owned();
    let (bytes, packed) = (part.size(), part.compressed_size());
    if bytes > Limit::Part.most() {
        return Err(input.too_large(None, None, Limit::Part));
    }
    if bytes > SMALL && bytes > packed.saturating_mul(MAX_RATIO) {
        return Err(suspicious(input, &name, Suspicion::Ratio));
    }
    let lower = name.to_ascii_lowercase();
    let mut sized = Counts::default();
    sized.add(Limit::Unpacked, bytes);
    let charged = budget.unpack(bytes).and_then(|()| budget.hold(sized));
    charged.map_err(|limit| input.too_large(None, None, limit))?;
    let before = *budget.held();
    let mut scanner = Scanner::new(budget);
    let gone_through = scan(&mut part, &mut scanner, is_markup(&lower));
    let is_run = scanner.is_run;
    let more = |limit| budget.held().of(limit).saturating_sub(before.of(limit));
    let (merges, strings) = (more(Limit::Merges), more(Limit::Strings));
    let mut texts = Counts::default();
    texts.add(Limit::StringBytes, if strings > 0 { bytes } else { 0 });
    budget.hold(texts).map_err(|limit| input.too_large(None, None, limit))?;
    let part = Part { name, bytes, merges, is_run };
    match gone_through.map_err(|error| unpacked(input, &part.name, &error))? {
        Ok(()) => Ok(part),
        Err(Found::Limit(limit)) => Err(input.too_large(None, None, limit)),
        Err(Found::Suspicion(reason)) => Err(suspicious(input, &part.name, reason)),
    }
}

/// What keeps a workbook from being opened.
pub(super) enum Found {
    /// It holds too much.
    Limit(Limit),
    /// It is made to look smaller than it is.
    Suspicion(Suspicion),
}

/// Whether a part is markup by its name.
fn is_markup(lower: &str) -> bool {
    matches!(lower.rsplit('.').next(), Some("xml" | "rels"))
}

/// Reads a part through; what is markup by its name has no text longer than a cell can be.
fn scan(part: &mut impl Read, scanner: &mut Scanner<'_>, is_markup: bool) -> io::Result<Result<(), Found>> {
    loop {
        let read = scanner.fill(part)?;
        if is_markup && scanner.is_run {
            return Ok(Err(Found::Suspicion(Suspicion::Run)));
        }
        if let Err(found) = scanner.count() {
            return Ok(Err(found));
        }
        if read == 0 {
            return Ok(scanner.finish());
        }
    }
}

fn unpacked(input: &Input, part: &str, error: &io::Error) -> IngestError {
    damaged(input, Failure::Damaged(Damage::Part, format!("{part}: {error}")))
}

/// What a library says, unless it is we who stopped it.
pub(super) fn damaged(input: &Input, failure: Failure) -> IngestError {
    input.failed(|| failure.of(&input.name, None, None))
}

fn suspicious(input: &Input, part: &str, reason: Suspicion) -> IngestError {
    IngestError::Suspicious { file: input.name.clone(), part: part.to_owned(), reason }
}
