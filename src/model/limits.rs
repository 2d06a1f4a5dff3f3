//! Limits of what is read from the files of a submission, in one place, each with its reason. A file beyond one of them
//! is refused by name; a cell beyond [`CELL_CHARACTERS`] is not read, and told at its place.

/// Characters (Unicode scalar values) a cell may hold, in text files and workbooks alike. A page of a document has some
/// 2,000; a spreadsheet keeps 32,767. Rules take texts up to this length as they are: a longer one never reaches them.
pub const CELL_CHARACTERS: usize = 16_384;

/// Whether a text is longer than a cell may be. O(1) for texts of fewer bytes, else O([`CELL_CHARACTERS`]).
pub fn is_too_long(text: &str) -> bool {
    text.len() > CELL_CHARACTERS && text.chars().nth(CELL_CHARACTERS).is_some()
}

/// Bytes of a text file. It is read piece by piece, so that only its rows have to be counted.
pub const TEXT_FILE: u64 = 64 << 30;

/// Cells of a text file: two hundred million rows of ten columns.
pub const TEXT_CELLS: u64 = 2_000_000_000;

/// Bytes of a row of a text file: four times every one of 64 columns at the greatest length of a cell. A picture pasted
/// as text has some megabytes; it is one long cell, and costs no other.
pub const TEXT_ROW: usize = 16 << 20;

/// Columns of a row of a text file; the widest declared table has some forty.
pub const TEXT_COLUMNS: usize = 1_024;

/// Bytes of a file of rulings in TOML; thousands of rulings fit.
pub const RULINGS_FILE: u64 = 4 << 20;

/// Bytes of an archive as it lies on disk: what its classic form can hold. Photographs and scans take most of it.
pub const ARCHIVE_FILE: u64 = 4 << 30;

/// Bytes of an archive inside another: it is held while its submission is read.
pub const INNER_ARCHIVE: u64 = 256 << 20;

/// Entries of an archive: what its classic form can list.
pub const ARCHIVE_ENTRIES: u64 = 65_535;

/// Bytes all entries of an archive unpack to, those that are never unpacked too.
pub const ARCHIVE_UNPACKED: u64 = 16 << 30;

/// Bytes of a workbook as it lies on disk.
pub const WORKBOOK_FILE: u64 = 2 << 30;

/// Parts in the archive of a workbook: what the classic form of the archive can list.
pub const WORKBOOK_PARTS: u64 = 65_535;

/// Bytes one part unpacks to: a full sheet of 1,048,576 rows with thirty columns.
pub const WORKBOOK_PART: u64 = 1 << 30;

/// Bytes all parts of a workbook unpack to.
pub const WORKBOOK_UNPACKED: u64 = 2 << 30;

/// How often a part may have to be gone through: to check it, to look whether its sheet is filled, for its merged areas,
/// for its rows. All passes of a workbook together may unpack so many times [`WORKBOOK_UNPACKED`].
pub const WORKBOOK_PASSES: u64 = 3;

/// Sheets of a workbook.
pub const WORKBOOK_SHEETS: u64 = 1_024;

/// Rows of all sheets of a workbook: four full ones.
pub const WORKBOOK_ROWS: u64 = 4_500_000;

/// Cells of a workbook: filled, with a format only, or filled from a merged area.
pub const WORKBOOK_CELLS: u64 = 50_000_000;

/// Shared strings of a workbook: as many as the rows of four full sheets have in two columns of their own.
pub const WORKBOOK_STRINGS: u64 = 8_000_000;

/// Bytes of the shared strings of a workbook with their markup.
pub const WORKBOOK_STRING_BYTES: u64 = 512 << 20;

/// Cell formats of a workbook; spreadsheet programs make no more than 65,490.
pub const WORKBOOK_FORMATS: u64 = 80_000;

/// Fonts, fills, borders and number formats of a workbook; there cannot be more of them in use than cell formats.
pub const WORKBOOK_STYLES: u64 = 80_000;

/// Bytes of cell formats, each with the longest of what it refers to: the reader keeps a copy for each.
pub const WORKBOOK_FORMAT_BYTES: u64 = 64 << 20;

/// Defined names of a workbook; those broken by copying sheets for years have tens of thousands.
pub const WORKBOOK_NAMES: u64 = 100_000;

/// Merged areas of a workbook.
pub const WORKBOOK_MERGES: u64 = 1_000_000;

/// Bytes of memory that reading a file may hold at a time, whatever its size; data that is handed on does not count.
/// No power of two: what grows by doubling goes beyond it in good order, and not beyond all bounds at once.
pub const MEMORY: u64 = 56 << 20;

/// Bytes more for each byte of the file on disk: the shared strings of an honest workbook take up to ten times that.
pub const MEMORY_PER_BYTE: u64 = 12;

/// The least that reading may hold, however little memory the run is given.
pub const LEAST_MEMORY: u64 = 32 << 20;

/// A workbook whose strings and formats take more memory than this is not read beside another such.
pub const LARGE: u64 = 16 << 20;

/// Milliseconds that reading a file may take: a last resort, for what the limits above do not see.
pub const MILLIS: u64 = 60_000;

/// Milliseconds more for each MiB of the file on disk: a slow network drive gives several times as much.
pub const MILLIS_PER_MIB: u64 = 5_000;

/// Bytes of a text, page or note that is held as a whole: ten thousand pages have some twenty.
pub const DOCUMENT_TEXT: u64 = 64 << 20;

/// Bytes of a PDF, which is held as a whole; one beyond that is scans.
pub const DOCUMENT_PDF: u64 = 256 << 20;

/// Parts in the archive of a document: one with pictures has some hundreds.
pub const DOCUMENT_PARTS: u64 = 65_535;

/// Bytes one part of a document unpacks to: some three thousand pages of markup.
pub const DOCUMENT_PART: u64 = 64 << 20;

/// Bytes that all parts of a document which are read unpack to; pictures are never unpacked.
pub const DOCUMENT_UNPACKED: u64 = 256 << 20;

/// Elements of the markup of a document.
pub const DOCUMENT_ELEMENTS: u64 = 10_000_000;

/// Elements of markup within each other: tables within tables come to some fifty.
pub const DOCUMENT_DEPTH: u64 = 1_000;

/// Pages of a document.
pub const DOCUMENT_PAGES: u64 = 10_000;

/// Pieces of text on a page of a PDF, each with where it stands: a dense page has some thousands.
pub const DOCUMENT_SPANS: u64 = 100_000;

/// Paragraphs of a document, cells of tables among them.
pub const DOCUMENT_PARAGRAPHS: u64 = 1_000_000;

/// Characters of a document: ten thousand pages of a thousand, twice.
pub const DOCUMENT_CHARACTERS: u64 = 20_000_000;

/// Milliseconds that reading a document may take: a last resort, for what the limits above do not see.
pub const DOCUMENT_MILLIS: u64 = 20_000;

/// A figure in English: `20,000,000`.
pub fn grouped(most: u64) -> String {
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
    fn characters_are_counted_not_bytes() {
        let most = "网".repeat(CELL_CHARACTERS);
        assert!(!is_too_long(&most) && !is_too_long(&"x".repeat(CELL_CHARACTERS)));
        assert!(is_too_long(&format!("{most}格")) && is_too_long(&"x".repeat(CELL_CHARACTERS + 1)));
    }
}
