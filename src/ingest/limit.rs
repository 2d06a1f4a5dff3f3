//! The limits of what is read, as they are told. Their figures and reasons: [`crate::model::limits`].

use crate::model::limits;
use crate::model::text::Text;

/// A limit of what is read.
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
    /// MiB of memory that reading may hold.
    Memory(u64),
    /// Seconds that reading may take.
    Time(u64),
}

/// What a limit counts.
enum Unit {
    Bytes,
    Number,
}

/// What is limited, in both languages, and its unit.
type Subject = (&'static str, &'static str, Unit);

impl Limit {
    /// So many bytes of memory.
    pub(super) fn memory(bytes: u64) -> Self {
        Self::Memory(bytes >> 20)
    }

    /// The greatest figure that is read.
    pub(super) fn most(self) -> u64 {
        let wide = |most: usize| u64::try_from(most).unwrap_or(u64::MAX);
        match self {
            Self::File => limits::TEXT_FILE,
            Self::Row => wide(limits::TEXT_ROW),
            Self::Columns => wide(limits::TEXT_COLUMNS),
            Self::TextCells => limits::TEXT_CELLS,
            Self::Rulings => limits::RULINGS_FILE,
            Self::Workbook => limits::WORKBOOK_FILE,
            Self::Parts => limits::WORKBOOK_PARTS,
            Self::Part => limits::WORKBOOK_PART,
            Self::Unpacked => limits::WORKBOOK_UNPACKED,
            Self::Sheets => limits::WORKBOOK_SHEETS,
            Self::Rows => limits::WORKBOOK_ROWS,
            Self::Cells => limits::WORKBOOK_CELLS,
            Self::Strings => limits::WORKBOOK_STRINGS,
            Self::StringBytes => limits::WORKBOOK_STRING_BYTES,
            Self::Formats => limits::WORKBOOK_FORMATS,
            Self::FormatBytes => limits::WORKBOOK_FORMAT_BYTES,
            Self::Styles => limits::WORKBOOK_STYLES,
            Self::Names => limits::WORKBOOK_NAMES,
            Self::Merges => limits::WORKBOOK_MERGES,
            Self::Memory(most) | Self::Time(most) => most,
        }
    }

    /// What it counts; nothing for what reading itself takes.
    fn subject(self) -> Option<Subject> {
        use Unit::{Bytes, Number};
        Some(match self {
            Self::File => ("文件大小", "of file", Bytes),
            Self::Row => ("一行的文字", "in one row", Bytes),
            Self::Columns => ("一行的列数", "columns in one row", Number),
            Self::TextCells => ("文件的单元格数", "cells", Number),
            Self::Rulings => ("裁定文件大小", "of rulings", Bytes),
            Self::Workbook => ("工作簿文件大小", "of workbook", Bytes),
            Self::Parts => ("工作簿的部件数", "parts", Number),
            Self::Part => ("工作簿单个部件解压后的大小", "in one part, unpacked", Bytes),
            Self::Unpacked => ("工作簿解压后的大小", "unpacked", Bytes),
            Self::Sheets => ("工作表数", "sheets", Number),
            Self::Rows => ("工作簿的行数", "rows", Number),
            Self::Cells => ("工作簿的单元格数", "cells", Number),
            Self::Strings => ("工作簿的共享字符串数", "shared strings", Number),
            Self::StringBytes => ("工作簿共享字符串的大小", "of shared strings", Bytes),
            Self::Formats => ("工作簿的单元格格式数", "cell formats", Number),
            Self::FormatBytes => ("工作簿单元格格式的大小", "of cell formats", Bytes),
            Self::Styles => {
                ("工作簿的字体、填充、边框和数字格式数", "fonts, fills, borders and number formats", Number)
            }
            Self::Names => ("工作簿的名称数", "defined names", Number),
            Self::Merges => ("工作簿的合并区域数", "merged areas", Number),
            Self::Memory(_) | Self::Time(_) => return None,
        })
    }

    /// That more is there than is read.
    pub(super) fn text(self) -> Text {
        let most = self.most();
        let Some((zh, en, unit)) = self.subject() else {
            return if matches!(self, Self::Time(_)) {
                Text::new(
                    format!("读取用时超过{most}秒"),
                    format!("reading it takes longer than {most} seconds"),
                )
            } else {
                Text::new(
                    format!("读取所需内存超过{most} MiB"),
                    format!("reading it takes more than {most} MiB of memory"),
                )
            };
        };
        let (in_zh, in_en) = match unit {
            Unit::Bytes => (bytes(most), bytes(most)),
            Unit::Number => (number_zh(most), number_en(most)),
        };
        Text::new(format!("{zh}超过{in_zh}"), format!("holds more than {in_en} {en}"))
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
            Self::File
            | Self::Row
            | Self::Columns
            | Self::TextCells
            | Self::Rulings
            | Self::Workbook
            | Self::Cells
            | Self::Rows => Text::new("拆分后再提交", "split it before submitting"),
            _ => Text::new(
                "把数据表复制到新建的工作簿（只粘贴数值），另存后再提交；仍超过的，拆分后提交",
                "copy the tables into a new workbook (values only) and submit that; split it if it is still too much",
            ),
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

/// `8,000,000`.
fn number_en(most: u64) -> String {
    let digits = most.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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
            let figure = match limit.subject() {
                Some((.., Unit::Bytes)) => bytes(limit.most()),
                _ => number_en(limit.most()),
            };
            assert!(page.contains(&figure), "{limit:?} {figure}");
        }
        let cell = u64::try_from(limits::CELL_CHARACTERS).unwrap_or(0);
        let seconds = |millis: u64| format!("{} s", millis / 1_000);
        let others = [
            number_en(cell),
            bytes(limits::MEMORY),
            bytes(limits::LEAST_MEMORY),
            format!("{} bytes for each", limits::MEMORY_PER_BYTE),
            seconds(limits::MILLIS),
            seconds(limits::MILLIS_PER_MIB),
        ];
        assert!(others.iter().all(|figure| page.contains(figure)), "{others:?}");
    }

    #[test]
    fn figures_are_told_as_people_write_them() {
        let said = |limit: Limit| (limit.text().zh, limit.text().en);
        let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(
            said(Limit::Strings),
            both("工作簿的共享字符串数超过800万", "holds more than 8,000,000 shared strings")
        );
        assert_eq!(said(Limit::File), both("文件大小超过64 GiB", "holds more than 64 GiB of file"));
        assert_eq!(
            said(Limit::Memory(128)),
            both("读取所需内存超过128 MiB", "reading it takes more than 128 MiB of memory")
        );
        assert_eq!(said(Limit::Columns).1, "holds more than 1,024 columns in one row");
    }
}
