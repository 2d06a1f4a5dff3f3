//! Names inside an archive: in which encoding they are, and which are refused. Nothing is ever unpacked to disk; but a
//! submission whose names only some systems can show, or that lead elsewhere, was not made by an honest archiver.

use std::path::{Component, Path, PathBuf};

use super::ArchiveFault;
use crate::ingest::encoding::{self, Encoding};

/// Decodes names that their archive does not say are UTF-8.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decoder(Encoding);

impl Decoder {
    /// The encoding of all of these names together, as of the lines of one file: UTF-8 where every one of them is, else
    /// GB18030. Of two characters of GBK some would pass as UTF-8, of a whole archive hardly any.
    pub(super) fn of<'n>(mut names: impl Iterator<Item = &'n [u8]>) -> Self {
        let is_utf8 = names.all(|name| std::str::from_utf8(name).is_ok());
        Self(if is_utf8 { Encoding::Utf8 } else { Encoding::Gb18030 })
    }

    /// The name as text.
    ///
    /// # Errors
    /// It is not text in its encoding.
    pub(super) fn decode(self, raw: &[u8], says_utf8: bool) -> Result<String, ArchiveFault> {
        let encoding = if says_utf8 { Encoding::Utf8 } else { self.0 };
        let text = encoding::decoded(raw, encoding).map(std::borrow::Cow::into_owned);
        text.filter(|text| !text.contains('\u{fffd}')).ok_or(ArchiveFault::Encoding)
    }
}

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether Windows keeps this name, whatever its extension, for a device.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().filter_map(|port| stem.strip_prefix(port));
    let mut numbers = numbered.filter(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    DEVICES.contains(&stem.as_str()) || numbers.next().is_some()
}

/// Whether a character hides or turns round what is read, or has a meaning of its own in names.
fn is_odd(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, ':' | '\u{ad}' | '\u{61c}' | '\u{feff}')
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// Bytes of the longest name; systems have no more than some 260 characters.
const LONGEST: usize = 1_024;

/// The path of an entry inside its archive; a folder's name ends with `/`.
///
/// # Errors
/// The name leads elsewhere, or is one that not every system can have.
pub(super) fn path(name: &str) -> Result<PathBuf, ArchiveFault> {
    let plain = name.strip_suffix('/').unwrap_or(name);
    if plain.contains('\\') || plain.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(ArchiveFault::Outside);
    }
    let is_drive = plain.split('/').next().is_some_and(|first| first.ends_with(':'));
    let path = Path::new(plain);
    if is_drive || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(ArchiveFault::Outside);
    }
    let strange = |part: &str| part.ends_with(['.', ' ']) || is_device(part) || part.contains(is_odd);
    if name.len() > LONGEST || plain.split('/').any(strange) {
        Err(ArchiveFault::Name)
    } else {
        Ok(path.to_owned())
    }
}

/// A name in which what not every system can have is replaced.
pub(super) fn plain(name: &str) -> String {
    let part = |part: &str| {
        let part: String = part.chars().map(|sign| if is_odd(sign) { '_' } else { sign }).collect();
        let part = part.trim_end_matches(['.', ' ']).to_owned();
        if is_device(&part) { format!("_{part}") } else { part }
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in
            ["/a.csv", "../a.csv", "a/../b.csv", "./a.csv", "a//b.csv", "", "/", "a\\b.csv", "C:/a.csv"]
        {
            assert_eq!(path(name), Err(ArchiveFault::Outside), "{name:?}");
        }
    }

    #[test]
    fn names_that_not_every_system_has_are_refused() {
        let names = [
            "con",
            "a/NUL.txt",
            "com1.csv",
            "a.csv.",
            "a /b.csv",
            "a\u{202e}b.csv",
            "a\u{200b}.csv",
            "a\tb",
            "C:x",
        ];
        for name in names {
            assert_eq!(path(name), Err(ArchiveFault::Name), "{name:?}");
        }
        for name in ["网格.csv", "a/b c.csv", "a.b/", "concert.csv", "com10.csv", "附件（一）/①.pdf"]
        {
            assert!(path(name).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn one_name_in_gbk_makes_all_of_them_gbk() {
        let gbk: &[u8] = b"\xcd\xf8\xb8\xf1.csv";
        let both = Decoder::of([gbk, b"a.csv"].into_iter());
        assert_eq!(both.decode(gbk, false).unwrap(), "网格.csv");
        assert_eq!(both.decode("网格".as_bytes(), true).unwrap(), "网格");
        let utf8 = Decoder::of(["网格".as_bytes()].into_iter());
        assert_eq!(utf8.decode("网格".as_bytes(), false).unwrap(), "网格");
        assert_eq!(both.decode(b"\xff\xff", false), Err(ArchiveFault::Encoding));
        assert_eq!(utf8.decode(gbk, true), Err(ArchiveFault::Encoding));
    }
}
