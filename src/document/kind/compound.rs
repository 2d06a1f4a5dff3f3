//! Kinds of compound files, in which old office programs keep their documents and new ones what has a password.

use std::io::{self, Read, Seek, SeekFrom};

use super::FileKind;

/// Streams by which a kind is known. The first that is found decides.
const STREAMS: [(&str, FileKind); 8] = [
    ("EncryptedPackage", FileKind::Locked),
    ("WpsCustomData", FileKind::Wps),
    ("WordDocument", FileKind::Doc),
    ("Workbook", FileKind::Workbook),
    ("Book", FileKind::Workbook),
    ("PowerPoint Document", FileKind::Presentation),
    ("VisioDocument", FileKind::Drawing),
    ("CONTENTS", FileKind::Unknown),
];

/// Bytes before the first sector.
const HEADER: u64 = 512;

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// Sectors of the directory that are looked at: old documents have one or two.
const SECTORS: usize = 64;

/// Tables of sectors that the header lists.
const LISTED: u32 = 109;

/// The kind of a compound file whose first bytes are `header`.
pub(super) fn kind(stream: &mut (impl Read + Seek), header: &[u8]) -> io::Result<FileKind> {
    let names = directory(stream, header)?;
    let found = STREAMS.iter().find(|(stream, _)| names.iter().any(|name| name == stream));
    Ok(found.map_or(FileKind::Unknown, |(_, kind)| *kind))
}

/// The names in the directory, as far as it can be followed.
fn directory(stream: &mut (impl Read + Seek), header: &[u8]) -> io::Result<Vec<String>> {
    let shift = half(header, 30).filter(|shift| (9..=12).contains(shift)).unwrap_or(9);
    let size = 1_u64 << shift;
    let place = |sector: u32| u64::from(sector).saturating_mul(size).saturating_add(HEADER.max(size));
    let (mut names, mut sector) = (Vec::new(), word(header, 48));
    for _ in 0..SECTORS {
        let Some(at) = sector else { break };
        let bytes = read(stream, place(at), size)?;
        names.extend(bytes.chunks(ENTRY).filter_map(name));
        let entries = u32::try_from(size >> 2).unwrap_or(u32::MAX);
        let (table, within) = (at.div_euclid(entries), at.rem_euclid(entries));
        if table >= LISTED || bytes.is_empty() {
            break;
        }
        let listed = usize::try_from(table).unwrap_or(usize::MAX).saturating_mul(4).saturating_add(76);
        let Some(table) = word(header, listed) else { break };
        let next = read(stream, place(table).saturating_add(u64::from(within) << 2), 4)?;
        sector = word(&next, 0).filter(|next| *next < 0xffff_fff9);
    }
    Ok(names)
}

/// Bytes at a place, fewer where the file ends.
fn read(stream: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if stream.seek(SeekFrom::Start(at)).is_ok() {
        stream.by_ref().take(length).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The name of an entry of the directory.
fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(half(entry, 64)?).checked_sub(2)?;
    let units: Vec<u16> =
        (0..length.div_euclid(2)).filter_map(|at| half(entry, at.saturating_mul(2))).collect();
    Some(String::from_utf16_lossy(&units))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
