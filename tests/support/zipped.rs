//! Archives made byte by byte, honest and otherwise.
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The flag by which an archive says that a name is UTF-8.
pub const UTF8: u16 = 1 << 11;
/// The flag of an entry with a password.
pub const ENCRYPTED: u16 = 1;

/// An entry as it is written; every field may lie.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    pub flags: u16,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// Mode of Unix; 0 for an entry of Windows.
    pub mode: u32,
    /// Attributes of Windows.
    pub attributes: u32,
    pub packed: Vec<u8>,
    pub bytes: u32,
    pub crc: u32,
    /// Number of the entry whose bytes this one claims, in place of its own.
    pub of: Option<usize>,
}

impl Entry {
    /// A deflated file with a name in UTF-8.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        let mut crc = Crc::new();
        crc.update(bytes);
        Self {
            name: name.as_bytes().to_vec(),
            flags: UTF8,
            method: 8,
            mode: 0o100_644,
            attributes: 0,
            packed: packed.finish().unwrap(),
            bytes: u32::try_from(bytes.len()).unwrap(),
            crc: crc.sum(),
            of: None,
        }
    }

    /// The same, stored as it is.
    pub fn stored(name: &str, bytes: &[u8]) -> Self {
        Self { method: 0, packed: bytes.to_vec(), ..Self::new(name, bytes) }
    }

    /// The same with its name in GBK, as archivers of Windows write it.
    pub fn in_gbk(self) -> Self {
        let name = String::from_utf8(self.name).unwrap();
        Self { name: encoding_rs::GBK.encode(&name).0.into_owned(), flags: 0, mode: 0, ..self }
    }

    /// What the header in front of the bytes and that in the directory have in common.
    fn common(&self) -> Vec<u8> {
        let mut header = 20_u16.to_le_bytes().to_vec();
        for short in [self.flags, self.method, 0, 0x21] {
            header.extend(short.to_le_bytes());
        }
        for long in [self.crc, u32::try_from(self.packed.len()).unwrap(), self.bytes] {
            header.extend(long.to_le_bytes());
        }
        header.extend(u16::try_from(self.name.len()).unwrap().to_le_bytes());
        header.extend([0, 0]);
        header
    }
}

/// The archive of these entries.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut starts) = (Vec::new(), Vec::new());
    for entry in entries {
        starts.push(u32::try_from(bytes.len()).unwrap());
        if entry.of.is_none() {
            bytes.extend(b"PK\x03\x04");
            bytes.extend(entry.common());
            bytes.extend(&entry.name);
            bytes.extend(&entry.packed);
        }
    }
    let start = bytes.len();
    for (entry, own) in entries.iter().zip(&starts) {
        let system = if entry.mode == 0 { 0 } else { 3_u16 << 8 };
        bytes.extend(b"PK\x01\x02");
        bytes.extend((system | 0x14).to_le_bytes());
        bytes.extend(entry.common());
        bytes.extend([0; 6]);
        bytes.extend((entry.mode << 16 | entry.attributes).to_le_bytes());
        bytes.extend(entry.of.map_or(own, |of| &starts[of]).to_le_bytes());
        bytes.extend(&entry.name);
    }
    let (count, size) = (u16::try_from(entries.len()).unwrap().to_le_bytes(), bytes.len() - start);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(u32::try_from(size).unwrap().to_le_bytes());
    bytes.extend(u32::try_from(start).unwrap().to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
