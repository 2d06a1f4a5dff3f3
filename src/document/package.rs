//! Documents that are ZIP archives of parts. Only parts of text are unpacked, each within bounds; pictures never are.

use std::io::{BufReader, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::budget::Budget;
use super::directory;
use super::error::{Problem, Suspicion};
use super::limit::Limit;
use super::markup::Markup;
use super::source::{Source, Stream};

/// Parts smaller than this may shrink as they like: one whose paragraphs are all alike does.
const SMALL: u64 = 8 << 20;

/// No honest part beyond that shrinks to less than this share.
const MAX_RATIO: u64 = 200;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// An archive of parts.
pub(super) struct Package<'s> {
    archive: ZipArchive<BufReader<&'s mut dyn Stream>>,
}

impl<'s> Package<'s> {
    /// Opens an archive whose directory is within bounds.
    pub(super) fn open(source: &'s mut Source<'_>) -> Result<Self, Problem> {
        // The library keeps every entry before it can be asked how many there are.
        let entries = directory::entries(source.stream())?;
        if entries.is_some_and(|entries| entries > Limit::Parts.most()) {
            return Err(Limit::Parts.into());
        }
        let stream = BufReader::with_capacity(PIECE, source.stream());
        let mut archive = ZipArchive::new(stream)?;
        if u64::try_from(archive.len()).unwrap_or(u64::MAX) > Limit::Parts.most() {
            return Err(Limit::Parts.into());
        }
        if archive.has_duplicate_names() || archive.has_overlapping_entries()? {
            return Err(Problem::Suspicious(Suspicion::Duplicate));
        }
        Ok(Self { archive })
    }

    /// The markup of a part, if there is such a part.
    pub(super) fn part(&mut self, name: &str, budget: &mut Budget) -> Result<Option<String>, Problem> {
        let Some(at) = self.place(name) else { return Ok(None) };
        let part = self.archive.by_index(at)?;
        let (bytes, packed) = (part.size(), part.compressed_size());
        if bytes > Limit::Part.most() {
            return Err(Limit::Part.into());
        }
        if bytes > SMALL && bytes > packed.saturating_mul(MAX_RATIO) {
            return Err(Problem::Suspicious(Suspicion::Ratio));
        }
        budget.unpack(bytes)?;
        let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0).min(PIECE));
        // The checksum is compared at the end, which a byte more than is said makes sure to come to.
        part.take(bytes.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| Problem::Damaged(format!("{name}: {error}")))?;
        if u64::try_from(content.len()).unwrap_or(u64::MAX) > bytes {
            return Err(Problem::Damaged(format!("{name}: longer than it says")));
        }
        Markup::decode(content).map(Some)
    }

    /// The markup of a part that has to be there.
    pub(super) fn required(&mut self, name: &str, budget: &mut Budget) -> Result<String, Problem> {
        self.part(name, budget)?.ok_or_else(|| Problem::Damaged(format!("no part {name}")))
    }

    /// Where a part is; some programs write its name with other slashes or capital letters.
    fn place(&self, name: &str) -> Option<usize> {
        if let Some(at) = self.archive.index_for_name(name) {
            return Some(at);
        }
        let same = |other: &str| plain(other).eq_ignore_ascii_case(name);
        (0..self.archive.len())
            .find(|at| matches!(self.archive.name_for_index(*at), Some(Ok(other)) if same(&other)))
    }
}

/// The name of a part with the slashes it should have.
pub(super) fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// The name of a part that is called `target` in the folder of the part `from`.
pub(super) fn resolve(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder =
        if target.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl From<ZipError> for Problem {
    fn from(error: ZipError) -> Self {
        match &error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                Self::Encrypted
            }
            _ => Self::Damaged(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        for (from, target, name) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word/document.xml", "/word/numbering.xml", "word/numbering.xml"),
            ("", "word\\document.xml", "word/document.xml"),
            ("a/b", "../../../x", "x"),
        ] {
            assert_eq!(resolve(from, target), name);
        }
    }
}
