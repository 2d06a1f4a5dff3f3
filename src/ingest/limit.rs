//! The limits of what is read, as they are told. Their figures and reasons: [`crate::model::limits`].

use crate::model::limits;
use crate::model::text::Text;

/// A limit of what a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a text file.
    File,
    /// Bytes of a row of a text file.
    Row,
    /// Columns of a row of a text file.
    Columns,
    /// Cells of a text file.
    TextCells,
    /// Bytes of a rulings file in TOML.
    Rulings,
    /// Bytes of an archive on disk.
    Archive,
    /// Bytes of an archive inside another.
    InnerArchive,
    /// Entries of an archive.
    Entries,
    /// Bytes all entries of an archive unpack to.
    ArchiveUnpacked,
    /// Bytes of a workbook on disk.
    Workbook,
    /// Parts of a workbook.
    Parts,
    /// Bytes one part of a workbook unpacks to.
    Part,
    /// Bytes all parts of a workbook unpack to.
    Unpacked,
    /// Sheets of a workbook.
    Sheets,
    /// Rows of a workbook.
    Rows,
    /// Cells of a workbook.
    Cells,
    /// Shared strings of a workbook.
    Strings,
    /// Bytes of the shared strings of a workbook.
    StringBytes,
    /// Cell formats of a workbook.
    Formats,
    /// Bytes of the cell formats of a workbook.
    FormatBytes,
    /// Fonts, fills, borders and number formats of a workbook.
    Styles,
    /// Defined names of a workbook.
    Names,
    /// Merged areas of a workbook.
    Merges,
}

/// What reading a file went beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceeded {
    /// What a file may hold.
    Held(Limit),
    /// MiB of memory that reading may hold.
    Memory(u64),
    /// Seconds that reading may take.
    Time(u64),
}

impl From<Limit> for Exceeded {
    fn from(limit: Limit) -> Self {
        Self::Held(limit)
    }
}

/// What a limit counts.
#[derive(Clone, Copy)]
enum Unit {
    Bytes,
    Number,
}

/// What to do about a file that holds too much.
#[derive(Clone, Copy)]
enum Remedy {
    /// It is large.
    Split,
    /// It holds much beside its tables.
    Copy,
}

/// A limit as it is told.
struct Row {
    /// The greatest figure that is read.
    most: u64,
    /// What is limited.
    zh: &'static str,
    en: &'static str,
    unit: Unit,
    remedy: Remedy,
}

impl Row {
    const fn new(most: u64, zh: &'static str, en: &'static str, unit: Unit, remedy: Remedy) -> Self {
        Self { most, zh, en, unit, remedy }
    }

    fn figures(&self) -> (String, String) {
        match self.unit {
            Unit::Bytes => (bytes(self.most), bytes(self.most)),
            Unit::Number => (number_zh(self.most), limits::grouped(self.most)),
        }
    }
}

impl Limit {
    const fn row(self) -> Row {
        use Remedy::{Copy, Split};
        use Unit::{Bytes, Number};
        match self {
            Self::File => Row::new(limits::TEXT_FILE, "文件大小", "of file", Bytes, Split),
            Self::Row => Row::new(limits::TEXT_ROW as u64, "一行的文字", "in one row", Bytes, Split),
            Self::Columns => {
                Row::new(limits::TEXT_COLUMNS as u64, "一行的列数", "columns in one row", Number, Split)
            }
            Self::TextCells => Row::new(limits::TEXT_CELLS, "文件的单元格数", "cells", Number, Split),
            Self::Rulings => Row::new(limits::RULINGS_FILE, "裁定文件大小", "of rulings", Bytes, Split),
            Self::Archive => Row::new(limits::ARCHIVE_FILE, "压缩包文件大小", "of archive", Bytes, Split),
            Self::InnerArchive => Row::new(
                limits::INNER_ARCHIVE,
                "压缩包内压缩包的大小",
                "of archive in an archive",
                Bytes,
                Split,
            ),
            Self::Entries => Row::new(limits::ARCHIVE_ENTRIES, "压缩包内的文件数", "entries", Number, Split),
            Self::ArchiveUnpacked => {
                Row::new(limits::ARCHIVE_UNPACKED, "压缩包解压后的大小", "unpacked", Bytes, Split)
            }
            Self::Workbook => Row::new(limits::WORKBOOK_FILE, "工作簿文件大小", "of workbook", Bytes, Split),
            Self::Parts => Row::new(limits::WORKBOOK_PARTS, "工作簿的部件数", "parts", Number, Copy),
            Self::Part => {
                let (zh, en) = ("工作簿单个部件解压后的大小", "in one part, unpacked");
                Row::new(limits::WORKBOOK_PART, zh, en, Bytes, Copy)
            }
            Self::Unpacked => {
                Row::new(limits::WORKBOOK_UNPACKED, "工作簿解压后的大小", "unpacked", Bytes, Copy)
            }
            Self::Sheets => Row::new(limits::WORKBOOK_SHEETS, "工作表数", "sheets", Number, Copy),
            Self::Rows => Row::new(limits::WORKBOOK_ROWS, "工作簿的行数", "rows", Number, Split),
            Self::Cells => Row::new(limits::WORKBOOK_CELLS, "工作簿的单元格数", "cells", Number, Split),
            Self::Strings => {
                Row::new(limits::WORKBOOK_STRINGS, "工作簿的共享字符串数", "shared strings", Number, Copy)
            }
            Self::StringBytes => {
                let (zh, en) = ("工作簿共享字符串的大小", "of shared strings");
                Row::new(limits::WORKBOOK_STRING_BYTES, zh, en, Bytes, Copy)
            }
            Self::Formats => {
                Row::new(limits::WORKBOOK_FORMATS, "工作簿的单元格格式数", "cell formats", Number, Copy)
            }
            Self::FormatBytes => {
                let (zh, en) = ("工作簿单元格格式的大小", "of cell formats");
                Row::new(limits::WORKBOOK_FORMAT_BYTES, zh, en, Bytes, Copy)
            }
            Self::Styles => {
                let en = "fonts, fills, borders and number formats";
                let zh = "工作簿的字体、填充、边框和数字格式数";
                Row::new(limits::WORKBOOK_STYLES, zh, en, Number, Copy)
            }
            Self::Names => Row::new(limits::WORKBOOK_NAMES, "工作簿的名称数", "defined names", Number, Copy),
            Self::Merges => {
                Row::new(limits::WORKBOOK_MERGES, "工作簿的合并区域数", "merged areas", Number, Copy)
            }
        }
    }

    /// The greatest figure that is read.
    pub(super) const fn most(self) -> u64 {
        self.row().most
    }
}

impl Exceeded {
    /// So many bytes of memory.
    pub(super) fn memory(bytes: u64) -> Self {
        Self::Memory(bytes >> 20)
    }

    /// That more is there than is read.
    pub(super) fn text(self) -> Text {
        match self {
            Self::Held(limit) => {
                let row = limit.row();
                let (zh, en) = row.figures();
                Text::new(format!("{}超过{zh}", row.zh), format!("holds more than {en} {}", row.en))
            }
            Self::Memory(most) => Text::new(
                format!("读取所需内存超过{most} MiB"),
                format!("reading it takes more than {most} MiB of memory"),
            ),
            Self::Time(most) => Text::new(
                format!("读取用时超过{most}秒"),
                format!("reading it takes longer than {most} seconds"),
            ),
        }
    }

    /// What to do about it.
    pub(super) fn help(self) -> Text {
        match self {
            Self::Memory(_) => Text::new(
                "拆分后再提交，或另存为CSV；确有需要时用 --memory 给更多内存",
                "split it, or save it as CSV; where it is needed, give more memory with --memory",
            ),
            Self::Time(_) => Text::new(
                "复制到本机磁盘，用Excel或WPS打开后另存，再试一次",
                "copy it to a disk of this machine, open it in Excel or WPS, save it anew, and try again",
            ),
            Self::Held(limit) => match limit.row().remedy {
                Remedy::Split => Text::new("拆分后再提交", "split it before submitting"),
                Remedy::Copy => Text::new(
                    "把数据表复制到新建的工作簿（只粘贴数值），另存后再提交；仍超过的，拆分后提交",
                    "copy the tables into a new workbook (values only) and submit that; split it if it is still too \
                     much",
                ),
            },
        }
    }
}

/// `64 GiB`.
fn bytes(most: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let whole = units.iter().find(|(shift, _)| most >= 1 << shift && most.trailing_zeros() >= *shift);
    whole.map_or_else(|| format!("{most} B"), |(shift, unit)| format!("{} {unit}", most >> shift))
}

/// `800万`.
fn number_zh(most: u64) -> String {
    for (one, sign) in [(100_000_000, "亿"), (10_000, "万")] {
        if most >= one && most.is_multiple_of(one) {
            return format!("{}{sign}", most / one);
        }
    }
    most.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_limits_has_every_figure() {
        use Limit::*;
        let page = include_str!("../../docs/limits.md");
        let all = [
            File,
            Row,
            Columns,
            TextCells,
            Rulings,
            Archive,
            Entries,
            ArchiveUnpacked,
            Workbook,
            Parts,
            Part,
            Unpacked,
            Sheets,
            Rows,
            Cells,
            Strings,
            StringBytes,
            Formats,
            FormatBytes,
            Styles,
            Names,
            Merges,
        ];
        for limit in all {
            let (_, figure) = limit.row().figures();
            assert!(has_figure(page, &figure), "{limit:?} {figure}");
        }
        let cell = u64::try_from(limits::CELL_CHARACTERS).unwrap_or(0);
        let seconds = |millis: u64| format!("{} s", millis / 1_000);
        let others = [
            limits::grouped(cell),
            bytes(limits::MEMORY),
            bytes(limits::LEAST_MEMORY),
            format!("{} bytes for each", limits::MEMORY_PER_BYTE),
            seconds(limits::MILLIS),
            seconds(limits::MILLIS_PER_MIB),
        ];
        assert!(others.iter().all(|figure| has_figure(page, figure)), "{others:?}");
        assert!(!has_figure("2,1,024 and 1,024,000", "1,024"));
    }

    /// Whether the page has the figure, and not as a part of another.
    fn has_figure(page: &str, figure: &str) -> bool {
        let inside = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let alone = |(at, found): (usize, &str)| {
            let after = page.get(at + found.len()..).unwrap_or_default();
            let after = after.trim_start_matches([',', '.']);
            let before = page.get(..at).unwrap_or_default();
            !before.ends_with(inside) && !after.starts_with(|c: char| c.is_ascii_digit())
        };
        page.match_indices(figure).any(alone)
    }

    #[test]
    fn figures_are_told_as_people_write_them() {
        let said = |limit: Exceeded| (limit.text().zh, limit.text().en);
        let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(
            said(Limit::Strings.into()),
            both("工作簿的共享字符串数超过800万", "holds more than 8,000,000 shared strings")
        );
        assert_eq!(said(Limit::File.into()), both("文件大小超过64 GiB", "holds more than 64 GiB of file"));
        assert_eq!(
            said(Exceeded::Memory(128)),
            both("读取所需内存超过128 MiB", "reading it takes more than 128 MiB of memory")
        );
        assert_eq!(said(Limit::Columns.into()).1, "holds more than 1,024 columns in one row");
    }
}
