//! A pack as one file: a ZIP that is read in place, never unpacked to disk, and written the same way every time.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::limits::{Budget, DEPTH, MOST_FILES, PACK_BYTES, too_large};
use super::{Contents, wanted};
use crate::model::system;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;

/// The files of the archive at `path`.
pub(super) fn read(path: &Path, home: &str) -> Result<Contents, PackFault> {
    let opened = system::open_file(path);
    let (file, metadata) = opened.map_err(|error| PackFault::unreadable(home, &error))?;
    if metadata.len() > PACK_BYTES {
        return Err(too_large(home));
    }
    entries(BufReader::new(file), home)
}

fn entries(mut stream: impl Read + Seek, home: &str) -> Result<Contents, PackFault> {
    let damaged = |error: &ZipError| PackFault::damaged(home, error);
    if promises_many(&mut stream).map_err(|error| PackFault::unreadable(home, &error))? {
        return Err(too_large(home));
    }
    let mut archive = ZipArchive::new(stream).map_err(|error| damaged(&error))?;
    let overlapping = archive.has_overlapping_entries().map_err(|error| damaged(&error))?;
    if archive.has_duplicate_names() || overlapping {
        return Err(strange(home, "*"));
    }
    if archive.len() > MOST_FILES {
        return Err(too_large(home));
    }
    let (mut contents, mut names, mut budget) = (Contents::default(), BTreeSet::new(), Budget::default());
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        if !plain(&name) || part.is_symlink() || !names.insert(name.to_lowercase()) {
            return Err(strange(home, &name));
        }
        if part.is_dir() || !wanted(&name) {
            continue;
        }
        // Declared sizes may lie: no more than a file's limit is ever read.
        let (declared, most) = (part.size(), Budget::of_file(&name));
        let mut bytes = Vec::new();
        if declared <= most {
            let read = part.take(most.saturating_add(1)).read_to_end(&mut bytes);
            read.map_err(|error| PackFault::damaged(home, &error))?;
        }
        if !budget.takes(&name, declared.max(bytes.len() as u64)) {
            return Err(too_large(home));
        }
        contents.add(&format!("{home}/{name}"), name, bytes)?;
    }
    Ok(contents)
}

/// Begins the record that ends an archive, and where in it the number of entries stands.
const END: (&[u8], usize) = (b"PK\x05\x06", 10);
/// That record with the longest comment.
const END_BYTES: u64 = 22 + 65_535;

/// Whether the archive says that it has more entries than a pack: the library makes room for all of them first.
fn promises_many(stream: &mut (impl Read + Seek)) -> io::Result<bool> {
    let length = stream.seek(SeekFrom::End(0))?;
    stream.seek(SeekFrom::Start(length.saturating_sub(END_BYTES)))?;
    let mut tail = Vec::new();
    stream.take(END_BYTES).read_to_end(&mut tail)?;
    stream.seek(SeekFrom::Start(0))?;
    let (mark, offset) = END;
    let counts =
        tail.windows(mark.len()).enumerate().filter(|(_, bytes)| *bytes == mark).filter_map(|(at, _)| {
            let count = tail.get(at.checked_add(offset)?..)?.first_chunk()?;
            Some(u16::from_le_bytes(*count))
        });
    Ok(counts.into_iter().any(|count| usize::from(count) > MOST_FILES))
}

/// A relative path of plain names.
fn plain(name: &str) -> bool {
    let parts: Vec<&str> = name.trim_end_matches('/').split('/').collect();
    let ordinary = |part: &str| !part.is_empty() && part != "." && part != "..";
    let sign = |sign: char| {
        sign.is_control() || matches!(sign, '\\' | ':' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    parts.len() <= DEPTH.saturating_add(1) && parts.iter().all(|part| ordinary(part)) && !name.contains(sign)
}

fn strange(home: &str, name: &str) -> PackFault {
    let why = Text::new(
        format!("压缩包内的“{name}”重复、是链接或越出规则包"),
        format!("`{name}` in the archive stands twice, is a link or leads out of the pack"),
    );
    PackFault::Unreadable { path: home.to_owned(), why }
}

/// The files as an archive: sorted by name, without times, not compressed, so that it is the same everywhere.
pub(in crate::rulebook) fn write<'f>(
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn opened(entries_: &[(&str, &str)]) -> Result<Contents, PackFault> {
        entries(Cursor::new(zipped(entries_)), "p.wpack")
    }

    #[test]
    fn what_was_written_is_read_back_and_always_the_same() {
        let files = [("a.csv", &b"\xcd\xf8"[..]), ("a.rhai", b"x"), ("pack.toml", b"y")];
        let bytes = write(files.into_iter()).unwrap();
        assert_eq!(bytes, write(files.into_iter()).unwrap());
        let read = entries(Cursor::new(bytes), "p").unwrap();
        let texts: Vec<&str> = read.files.values().map(String::as_str).collect();
        assert_eq!(texts, ["网", "x", "y"]);
        assert_eq!(read.raw.get("a.csv").map(Vec::as_slice), Some(&b"\xcd\xf8"[..]));
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in [
            "../pack.toml",
            "/etc/x.toml",
            "a\\..\\b.toml",
            "C:x.toml",
            "a/./b.toml",
            "a//b.toml",
            "\u{202e}x.csv",
        ] {
            assert!(opened(&[(name, "")]).is_err(), "{name:?}");
        }
        assert!(opened(&[("a.toml", ""), ("A.toml", "")]).is_err());
        assert!(opened(&[("items/a8/A.8.1.rhai", "")]).is_ok());
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_read() {
        for name in ["pack.toml", "a.csv", "a.rhai"] {
            let long = "\n".repeat(usize::try_from(Budget::of_file(name)).unwrap() + 1);
            assert!(opened(&[(name, &long)]).is_err(), "{name}");
        }
    }

    #[test]
    fn a_size_that_lies_is_found_out() {
        let text = " \n".repeat(600_000);
        let mut bytes = zipped(&[("pack.toml", &text)]);
        let size = u32::try_from(text.len()).unwrap().to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|four| four == size) {
            bytes[at..at + 4].copy_from_slice(&8_u32.to_le_bytes());
        }
        assert!(entries(Cursor::new(bytes), "p").is_err());
    }

    #[test]
    fn too_many_entries_are_refused_by_their_number() {
        let names: Vec<String> = (0..=MOST_FILES).map(|at| format!("{at}.txt")).collect();
        let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert!(promises_many(&mut Cursor::new(zipped(&all))).unwrap());
        assert!(!promises_many(&mut Cursor::new(zipped(&all[..10]))).unwrap());
    }

    #[test]
    fn what_is_no_archive_is_told() {
        assert!(entries(Cursor::new(b"PK\x03\x04 not really".to_vec()), "p").is_err());
        let bytes = zipped(&[("pack.toml", "id = 1")]);
        for cut in [10, bytes.len() / 2, bytes.len() - 1] {
            assert!(entries(Cursor::new(bytes[..cut].to_vec()), "p").is_err());
        }
    }
}
