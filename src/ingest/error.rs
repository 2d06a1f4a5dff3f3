//! Why a submission could not be read at all.

use std::fmt;
use std::io;

use super::damage::{Damage, Suspicion};
use super::encoding::Wanted;
use super::limit::Exceeded;
use super::source::ArchiveError;
use crate::model::fault::{Explain, Fault};
use crate::model::system::{self, Refusal};

/// A failure to read a submission or a file of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IngestError {
    /// The path does not exist.
    Missing {
        /// Path as given.
        path: String,
    },
    /// The system refused to read it.
    Unreadable {
        /// File or folder.
        file: String,
        /// Why, and what to do.
        why: Refusal,
    },
    /// There is no table file at this path.
    Nothing {
        /// Path as given.
        path: String,
    },
    /// A link to a place outside the submission.
    Link {
        /// The link.
        file: String,
    },
    /// A pipe, a device, a socket, or a link that leads nowhere, with the name of a table.
    NotAFile {
        /// What has the name.
        file: String,
    },
    /// A table in a format that is not read.
    UnsupportedFormat {
        /// The file.
        file: String,
    },
    /// The bytes are not text in the expected encoding.
    Encoding {
        /// The file.
        file: String,
        /// First line that cannot be decoded.
        line: u32,
        /// The encodings that were tried.
        wanted: Wanted,
    },
    /// The file is UTF-16, and is not whole or is too large to be held.
    Utf16 {
        /// The file.
        file: String,
    },
    /// The file is in Big5, the encoding of traditional characters.
    Big5 {
        /// The file.
        file: String,
    },
    /// Some lines of the file are UTF-8, the others GB18030.
    MixedEncodings {
        /// The file.
        file: String,
        /// The first line in UTF-8.
        line: u32,
    },
    /// A quoted field is never closed, or text follows its closing quote.
    Quote {
        /// The file.
        file: String,
        /// Line on which the quote opens.
        line: u32,
        /// Position of the field in its row, from 1.
        field: u32,
    },
    /// A NUL byte.
    Nul {
        /// The file.
        file: String,
        /// The line it stands on.
        line: u32,
    },
    /// The file changed while it was read.
    Changed {
        /// The file.
        file: String,
    },
    /// Larger than what is read.
    TooLarge {
        /// The file.
        file: String,
        /// Sheet, where there is one.
        sheet: Option<String>,
        /// Line or row, where there is one.
        row: Option<u32>,
        /// The limit that was passed.
        limit: Exceeded,
    },
    /// Not a workbook, whatever its name says.
    NotAWorkbook {
        /// The file.
        file: String,
    },
    /// A workbook with a password, or an old one with a new name.
    Encrypted {
        /// The file.
        file: String,
    },
    /// A workbook that is truncated or corrupt.
    Damaged {
        /// The file.
        file: String,
        /// The sheet.
        sheet: Option<String>,
        /// Row reached.
        row: Option<u32>,
        /// What is wrong.
        damage: Damage,
        /// What the library says, in English.
        said: String,
    },
    /// A workbook built to exhaust whoever opens it.
    Suspicious {
        /// The file.
        file: String,
        /// Part inside the workbook.
        part: String,
        /// What is suspicious.
        reason: Suspicion,
    },
    /// The settings of a database name a table that is none of ours.
    NoSuchTable {
        /// The settings.
        file: String,
        /// Line in them.
        row: u32,
        /// The name.
        table: String,
        /// One of ours that is like it.
        suggestion: Option<String>,
    },
    /// An archive that is not read.
    Archive {
        /// The archive, or the file in it.
        file: String,
        /// What is wrong.
        error: ArchiveError,
    },
}

impl Explain for IngestError {
    fn fault(&self) -> Fault {
        let (code, message, help) = self.words();
        Fault {
            code,
            message,
            help,
            file: Some(self.file().to_owned()),
            sheet: self.sheet(),
            row: self.row(),
            ..Fault::default()
        }
    }
}

impl IngestError {
    /// Whether it is about what a file holds, not about reaching it: another file may be read all the same.
    pub(super) const fn is_of_content(&self) -> bool {
        matches!(
            self,
            Self::UnsupportedFormat { .. }
                | Self::Encoding { .. }
                | Self::Utf16 { .. }
                | Self::Big5 { .. }
                | Self::MixedEncodings { .. }
                | Self::Quote { .. }
                | Self::Nul { .. }
                | Self::NotAWorkbook { .. }
                | Self::Encrypted { .. }
                | Self::Damaged { .. }
                | Self::Suspicious { .. }
        )
    }

    /// The system refused to read a file or folder.
    pub(super) fn unreadable(file: String, error: &io::Error) -> Self {
        Self::Unreadable { file, why: system::refusal(error) }
    }

    /// A file holds too much, or takes too much, as it was found in a sheet and a row of it.
    pub(super) fn too_large(
        file: &str,
        sheet: Option<&str>,
        row: Option<u32>,
        limit: impl Into<Exceeded>,
    ) -> Self {
        Self::TooLarge { file: file.to_owned(), sheet: sheet.map(str::to_owned), row, limit: limit.into() }
    }

    /// The file or path that failed.
    pub fn file(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Nothing { path } => path,
            Self::Unreadable { file, .. }
            | Self::Link { file }
            | Self::NotAFile { file }
            | Self::UnsupportedFormat { file }
            | Self::Encoding { file, .. }
            | Self::Utf16 { file }
            | Self::Big5 { file }
            | Self::MixedEncodings { file, .. }
            | Self::Quote { file, .. }
            | Self::Nul { file, .. }
            | Self::Changed { file }
            | Self::TooLarge { file, .. }
            | Self::NotAWorkbook { file }
            | Self::Encrypted { file }
            | Self::Damaged { file, .. }
            | Self::Suspicious { file, .. }
            | Self::NoSuchTable { file, .. }
            | Self::Archive { file, .. } => file,
        }
    }

    fn sheet(&self) -> Option<String> {
        match self {
            Self::Damaged { sheet, .. } | Self::TooLarge { sheet, .. } => sheet.clone(),
            _ => None,
        }
    }

    fn row(&self) -> Option<u32> {
        match self {
            Self::Encoding { line, .. }
            | Self::MixedEncodings { line, .. }
            | Self::Quote { line, .. }
            | Self::Nul { line, .. } => Some(*line),
            Self::NoSuchTable { row, .. } => Some(*row),
            Self::TooLarge { row, .. } | Self::Damaged { row, .. } => *row,
            _ => None,
        }
    }
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = self.fault();
        write!(f, "{}", self.file())?;
        if let Some(row) = fault.row {
            write!(f, ":{row}")?;
        }
        write!(f, ": {}", fault.message.en)
    }
}

impl std::error::Error for IngestError {}
