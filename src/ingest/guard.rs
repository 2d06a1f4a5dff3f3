//! What a workbook must pass before it is opened: it is a ZIP whose parts stay within bounds.
//!
//! The `zip` crate fails a part that grows past its declared size, so the declared sizes bound what comes out.
//! Every XML part is read through once all the same: that checks its checksum before any row is handed on, finds
//! texts no cell can hold, and string counts that the reader would reserve memory for unseen.

use std::io::Read;
use std::sync::LazyLock;

use regex::bytes::Regex;
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{IngestError, Limit, Suspicion};
use super::input::{Input, Stream};

/// Parts smaller than this may shrink as they like.
const SMALL: u64 = 1 << 20;

/// No honest part shrinks to less than this share.
const MAX_RATIO: u64 = 200;

/// The greatest workbook.
const MAX_WORKBOOK: u64 = 2 << 30;

/// The greatest part.
const MAX_PART: u64 = 1 << 30;

/// The most merged areas in a workbook.
const MAX_MERGES: usize = 1_000_000;

/// The least a string of the shared table takes: `<si/>`.
const LEAST_STRING: u64 = 5;

/// Bytes looked at together; twice as many without a tag are no cell.
const PIECE: usize = 128 * 1024;

/// What is kept of a piece so that nothing is missed between two.
const OVERLAP: usize = 64;

static MERGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"mergeCell[\s/>]").ok());
static COUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"uniqueCount\s*=\s*["']\s*\+?0*([0-9]+)"#).ok());

/// Checks a workbook; whether any of its sheets has merged areas.
pub(super) fn check(input: &Input) -> Result<bool, IngestError> {
    if input.bytes > MAX_WORKBOOK {
        return Err(IngestError::TooLarge { file: input.name.clone(), row: None, limit: Limit::Workbook });
    }
    check_magic(input)?;
    let mut archive = ZipArchive::new(input.stream()?).map_err(|error| damaged(input, &error))?;
    let overlapping = archive.has_overlapping_entries().map_err(|error| damaged(input, &error))?;
    if archive.has_duplicate_names() || overlapping {
        return Err(suspicious(input, "*", Suspicion::Duplicate));
    }
    let mut merges = 0_usize;
    for index in 0..archive.len() {
        merges = merges.saturating_add(check_part(input, &mut archive, index)?);
        if merges > MAX_MERGES {
            return Err(suspicious(input, "*", Suspicion::Merges));
        }
    }
    Ok(merges > 0)
}

fn check_magic(input: &Input) -> Result<(), IngestError> {
    match input.magic()? {
        [b'P', b'K', 3, 4] => Ok(()),
        [0xd0, 0xcf, 0x11, 0xe0] => Err(IngestError::Encrypted { file: input.name.clone() }),
        _ => Err(IngestError::NotAWorkbook { file: input.name.clone() }),
    }
}

/// Checks one part; the number of merged areas in it.
fn check_part(
    input: &Input,
    archive: &mut ZipArchive<Box<dyn Stream + '_>>,
    index: usize,
) -> Result<usize, IngestError> {
    let part = archive.by_index(index).map_err(|error| damaged(input, &error))?;
    let name = String::from_utf8_lossy(part.name_raw()).into_owned();
    let (size, packed) = (part.size(), part.compressed_size());
    if size > MAX_PART {
        return Err(suspicious(input, &name, Suspicion::Size));
    }
    if size > SMALL && size > packed.saturating_mul(MAX_RATIO) {
        return Err(suspicious(input, &name, Suspicion::Ratio));
    }
    let lower = name.to_ascii_lowercase();
    if !matches!(lower.rsplit('.').next(), Some("xml" | "rels")) {
        return Ok(0);
    }
    let strings = if lower.ends_with("sharedstrings.xml") { Some(size / LEAST_STRING) } else { None };
    let found = scan(part, strings).map_err(|error| IngestError::Damaged {
        file: input.name.clone(),
        sheet: None,
        row: None,
        cause: format!("{name}: {error}"),
    })?;
    found.map_err(|reason| suspicious(input, &name, reason))
}

/// Reads a part through; the number of merged areas in it.
fn scan(mut part: impl Read, strings: Option<u64>) -> std::io::Result<Result<usize, Suspicion>> {
    let mut piece = Vec::with_capacity(PIECE.saturating_add(OVERLAP));
    let mut merges = 0_usize;
    loop {
        let kept = piece.len();
        let room = u64::try_from(PIECE).unwrap_or(u64::MAX);
        let read = part.by_ref().take(room).read_to_end(&mut piece)?;
        if read == 0 {
            return Ok(Ok(merges));
        }
        if read == PIECE && !piece.get(kept..).is_some_and(|new| new.contains(&b'<')) {
            return Ok(Err(Suspicion::Run));
        }
        if strings.is_some_and(|most| declares_more(&piece, most)) {
            return Ok(Err(Suspicion::Strings));
        }
        merges = merges.saturating_add(count_merges(&piece, kept));
        piece.drain(..piece.len().saturating_sub(OVERLAP));
    }
}

fn declares_more(piece: &[u8], most: u64) -> bool {
    let Some(pattern) = COUNT.as_ref() else { return true };
    pattern.captures_iter(piece).any(|found| {
        let digits = found.get(1).map(|digits| String::from_utf8_lossy(digits.as_bytes()));
        digits.is_some_and(|digits| digits.parse::<u64>().unwrap_or(u64::MAX) > most)
    })
}

/// Merged areas that end after what was kept of the piece before.
fn count_merges(piece: &[u8], kept: usize) -> usize {
    let Some(pattern) = MERGE.as_ref() else { return 0 };
    pattern.find_iter(piece).filter(|found| found.end() > kept).count()
}

fn damaged(input: &Input, error: &ZipError) -> IngestError {
    IngestError::Damaged { file: input.name.clone(), sheet: None, row: None, cause: error.to_string() }
}

fn suspicious(input: &Input, part: &str, reason: Suspicion) -> IngestError {
    IngestError::Suspicious { file: input.name.clone(), part: part.to_owned(), reason }
}
