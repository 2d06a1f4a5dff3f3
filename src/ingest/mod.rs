//! Bytes to rows: finds submissions, decodes their files strictly, finds headers, and streams rows to a sink.
//!
//! ```text
//! discover ─▶ source ─▶ submission ─┬▶ input ─▶ encoding ─▶ pieces ─▶ csv (split, batch) ─┬▶ row ─▶ sheet (header, remark) ─▶ TableSink
//! (folder, file, ZIP)               └▶ input ─▶ guard ─▶ book (parts, cells) ─▶ workbook ──┘         └▶ reporter (notices)
//! ```
//!
//! What cannot be read at all is an [`IngestError`]; what is wrong in a file that can be read is a finding.

mod attached_file;
mod batch;
mod beside;
mod blocks;
mod book;
mod budget;
mod csv;
mod csv_tokenizer;
mod damage;
mod data_rows;
mod discover;
mod encoding;
mod encoding_words;
mod error;
mod error_words;
pub mod extract;
mod extract_reader;
mod files;
mod guard;
mod header;
mod info;
mod input;
mod left_parts;
mod levels;
mod limit;
mod markup;
mod members;
mod merges;
mod metered;
mod non_data_rows;
mod notices;
mod part_notices;
mod parts;
mod pieces;
mod plain_table;
mod recognise;
mod reporter;
mod row;
mod sheet;
mod source;
pub mod stamp;
mod stream;
mod submission;
mod submission_digest;
mod upright;
mod workbook;
mod year_column;
mod zip64;

pub mod costs;
pub mod last_list;
pub mod rulings;
pub use attached_file::AttachedFile;
pub use beside::{Beside, LeftFolder};
pub use damage::{Damage, Suspicion};
pub use discover::{Found, Given, discover};
pub use encoding::Encoding;
pub use error::IngestError;
pub use info::{ColumnInfo, FileInfo, ReadInfo, SheetInfo, Taken};
pub use input::Stream;
pub use limit::{Exceeded, Limit};
pub use source::{
    ArchiveError, ArchiveFault, Numbered, RowKey, check_tables, display_path, locate, row_keys, size,
};
pub use submission::{attachments, read, read_as, read_text};
pub use submission_digest::{fingerprint, submission_digest};

/// How to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Encoding of text files; told from the bytes where not given.
    pub encoding: Option<Encoding>,
    /// Bytes of memory that reading a file may hold; without it the limits of [`crate::model::limits`] alone hold.
    pub memory: Option<u64>,
}
