//! How much a pack may hold. All of it is counted in files, bytes and entries, before anything in it is trusted: what is
//! within these limits is read, parsed and compiled in about a second and 128 MiB.

use std::ops::Range;

use toml::de::DeValue;

use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Source;
use crate::rulebook::reader::Value;

/// Folders deeper than this are no pack.
pub(super) const DEPTH: usize = 8;
/// Files of a pack.
pub(super) const MOST_FILES: usize = 4_000;
/// Files and folders looked at for it, others included.
pub(in crate::rulebook) const MOST_ENTRIES: usize = 20_000;
/// Bytes of a pack in all, and of its archive.
pub(super) const PACK_BYTES: u64 = 16 * 1024 * 1024;
/// Bytes of all its scripts, tests included: a parsed script takes some 60 times its bytes.
const SCRIPT_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes of one file.
const FILE_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes of one TOML file: an entry of 4 bytes takes some 250 when it is parsed.
const TOML_BYTES: u64 = 512 * 1024;
/// Bytes of a line of a TOML file.
const LINE_BYTES: usize = 16 * 1024;
/// Values in `pack.toml`.
const MOST_VALUES: usize = 50_000;
/// Entries of a list in it: some are compared each with each.
const MOST_LISTED: usize = 2_000;
/// Values it sets.
pub(super) const MOST_SETTINGS: usize = 5_000;
/// Packs it extends.
pub(super) const MOST_EXTENDED: usize = 64;

/// Bytes read so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Budget {
    files: usize,
    bytes: u64,
    scripts: u64,
}

/// Whether a path inside a pack has this extension, in lower case as packs are written.
pub(in crate::rulebook) fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

impl Budget {
    /// Bytes a file may have at most, by its name.
    pub(super) fn of_file(name: &str) -> u64 {
        if has_extension(name, "toml") { TOML_BYTES } else { FILE_BYTES }
    }

    /// Takes one file of so many bytes into account; `false` where it is too much.
    pub(super) fn takes(&mut self, name: &str, bytes: u64) -> bool {
        self.files = self.files.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        if has_extension(name, "rhai") {
            self.scripts = self.scripts.saturating_add(bytes);
        }
        bytes <= Self::of_file(name)
            && self.files <= MOST_FILES
            && self.bytes <= PACK_BYTES
            && self.scripts <= SCRIPT_BYTES
    }
}

/// That a file or the whole pack is too much.
pub(super) fn too_large(path: &str) -> PackFault {
    const KIB: u64 = 1024;
    let (file, toml) = (FILE_BYTES / KIB, TOML_BYTES / KIB);
    let (scripts, pack) = (SCRIPT_BYTES / KIB, PACK_BYTES / KIB);
    let why = Text::new(
        format!(
            "超出规则包的限度：单个文件 {file} KiB（TOML 文件 {toml} KiB），脚本合计 {scripts} KiB，全部 {pack} KiB，{MOST_FILES} 个文件"
        ),
        format!(
            "it is beyond what a pack may hold: {file} KiB a file ({toml} KiB of TOML), {scripts} KiB of scripts, {pack} KiB in all, {MOST_FILES} files"
        ),
    );
    PackFault::Unreadable { path: path.to_owned(), why }
}

/// That a folder holds more than is looked at.
pub(super) fn too_many_entries(path: &str) -> PackFault {
    let why = Text::new(
        format!("文件和文件夹超过 {MOST_ENTRIES} 个，请只保留规则包本身的文件"),
        format!("there are more than {MOST_ENTRIES} files and folders: keep those of the pack alone"),
    );
    PackFault::Unreadable { path: path.to_owned(), why }
}

/// A line of a TOML file that is too long.
pub(super) fn long_line(file: &str, text: &str) -> Option<PackFault> {
    let mut start = 0_usize;
    for line in text.split_inclusive('\n') {
        if line.len() > LINE_BYTES {
            let message = Text::new(
                format!("一行超过 {LINE_BYTES} 字节，请分成几行写"),
                format!("a line is longer than {LINE_BYTES} bytes: write it as several"),
            );
            let at = Source::new(file, text).place(&(start..start));
            return Some(PackFault::At { at, error: PackError::Limit(message) });
        }
        start = start.saturating_add(line.len());
    }
    None
}

/// Where a `pack.toml` holds more values, or a longer list, than it may.
pub(super) fn excess<'v>(values: impl Iterator<Item = &'v Value<'v>>) -> Option<(Range<usize>, PackError)> {
    let (mut left, mut stack) = (MOST_VALUES, values.collect::<Vec<_>>());
    while let Some(value) = stack.pop() {
        let Some(less) = left.checked_sub(1) else {
            return Some((value.span(), limit_exceeded("值", "values", MOST_VALUES)));
        };
        left = less;
        match value.get_ref() {
            DeValue::Array(list) if list.len() > MOST_LISTED => {
                return Some((value.span(), limit_exceeded("列表项", "entries of a list", MOST_LISTED)));
            }
            DeValue::Array(list) => stack.extend(list.iter()),
            DeValue::Table(table) => stack.extend(table.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    None
}

/// That there are more of something than may be.
pub(in crate::rulebook) fn limit_exceeded(zh: &str, en: &str, most: usize) -> PackError {
    PackError::Limit(Text::new(format!("{zh}超过 {most} 个"), format!("there are more than {most} {en}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_counted_apart_and_toml_files_are_shorter() {
        let mut budget = Budget::default();
        assert!(budget.takes("a.csv", FILE_BYTES) && budget.takes("b.csv", FILE_BYTES));
        assert!(budget.takes("a.rhai", SCRIPT_BYTES / 2) && budget.takes("b.rhai", SCRIPT_BYTES / 2));
        assert!(!budget.takes("c.rhai", 1));
        assert!(!Budget::default().takes("a.toml", TOML_BYTES + 1));
        let mut many = Budget::default();
        assert!((0..MOST_FILES).all(|_| many.takes("a.csv", 0)) && !many.takes("a.csv", 0));
    }

    #[test]
    fn a_long_line_is_found_where_it_is() {
        let text = format!("a = 1\nb = \"{}\"\n", "x".repeat(LINE_BYTES));
        let fault = long_line("f", &text);
        assert!(matches!(fault, Some(PackFault::At { at, .. }) if at.line() == 2));
        assert!(long_line("f", &"a = 1\n".repeat(10_000)).is_none());
    }
}
