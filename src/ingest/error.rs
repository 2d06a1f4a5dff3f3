//! Why a submission could not be read at all.

use std::fmt;
use std::io;

use super::damage::{Damage, Suspicion, WHOLE};
use super::encoding::Wanted;
use super::encoding_words;
use super::limit::Exceeded;
use super::source::ArchiveError;
use crate::model::fault::{Explain, Fault};
use crate::model::system::{self, Refusal};
use crate::model::text::Text;

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

    /// Code, message and help.
    fn words(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Missing { .. } => (
                "ingest.missing",
                Text::new("路径不存在", "the path does not exist"),
                Text::new("检查路径是否写对", "check how the path is written"),
            ),
            Self::Unreadable { why: Refusal { cause, help }, .. } => (
                "ingest.unreadable",
                Text::new(format!("无法读取：{}", cause.zh), format!("cannot be read: {}", cause.en)),
                help.clone(),
            ),
            Self::Nothing { .. } => (
                "ingest.nothing",
                Text::new("没有可读取的数据表", "there is no table that can be read"),
                Text::new(
                    "放入 .csv 或 .xlsx 数据表，或给出一个 .xlsx 工作簿",
                    "put .csv or .xlsx tables there, or give an .xlsx workbook",
                ),
            ),
            Self::Link { .. } => (
                "ingest.link",
                Text::new("链接指向申报材料之外，不读取", "a link to outside the submission is not followed"),
                Text::new("用文件本身代替链接", "put the file itself in its place"),
            ),
            Self::NotAFile { .. } => (
                "ingest.not-a-file",
                Text::new(
                    "不是普通文件（管道、设备、套接字，或失效的链接），不读取",
                    "no regular file (a pipe, a device, a socket, or a link that leads nowhere): it is not opened",
                ),
                Text::new("放入数据表文件本身", "put the file of the table itself in its place"),
            ),
            Self::Changed { .. } => (
                "ingest.changed",
                Text::new(
                    "文件在读取过程中被改动，读到的内容不可信",
                    "the file changed while it was read, so what was read of it cannot be trusted",
                ),
                Text::new(
                    "等文件传输或保存完成、不再有人改动后重新运行",
                    "run it again once the file is wholly copied or saved and nobody works on it",
                ),
            ),
            Self::UnsupportedFormat { .. } => (
                "ingest.format",
                Text::new("不读取这种格式的表格", "tables in this format are not read"),
                Text::new(
                    "用Excel或WPS打开，另存为 .xlsx；压缩包请先解压",
                    "open it in Excel or WPS and save it as .xlsx; unpack an archive first",
                ),
            ),
            other => other.words_of_text(),
        }
    }

    /// The same, for what is wrong inside a text file.
    fn words_of_text(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Encoding { .. } | Self::Utf16 { .. } | Self::Big5 { .. } | Self::MixedEncodings { .. } => {
                ("ingest.encoding", encoding_words::message(self), encoding_words::help(self))
            }
            Self::Quote { field, .. } => (
                "ingest.quote",
                Text::new(
                    format!("本行第{field}个字段的引号没有正确闭合，其后的行无法可靠分开"),
                    format!(
                        "the quote of field {field} is not closed properly, so later rows cannot be told apart"
                    ),
                ),
                Text::new(
                    "补上或删除这个双引号；字段内的双引号要写两次",
                    "close or remove the quote; a quote inside a quoted field is written twice",
                ),
            ),
            Self::Nul { .. } => (
                "ingest.nul",
                Text::new("文件含空字节（NUL），不是文本", "a NUL byte: this is not text"),
                Text::new("重新导出为CSV（UTF-8）或 .xlsx", "export it again as CSV (UTF-8) or .xlsx"),
            ),
            Self::Archive { error, .. } => error.words(),
            Self::NoSuchTable { table, suggestion, .. } => (
                "database.table",
                Text::new(format!("没有“{table}”这张数据表"), format!("there is no table `{table}`")),
                suggestion.as_ref().map_or_else(
                    || Text::new("规定的表名见 docs/tables.md", "docs/tables.md lists the tables"),
                    |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
                ),
            ),
            Self::TooLarge { limit, .. } => ("ingest.too-large", limit.text(), limit.help()),
            other => other.words_of_workbook(),
        }
    }

    /// The same, for what is wrong with a workbook.
    fn words_of_workbook(&self) -> (&'static str, Text, Text) {
        let save_again = Text::new(
            "用Excel或WPS打开后另存为新的 .xlsx",
            "open it in Excel or WPS and save it as a new .xlsx",
        );
        match self {
            Self::Encrypted { .. } => (
                "ingest.encrypted",
                Text::new("工作簿有打开密码，无法读取", "the workbook has a password and cannot be read"),
                Text::new("取消密码，另存为 .xlsx", "remove the password and save it as .xlsx"),
            ),
            Self::Damaged { damage, said, .. } => {
                let Text { zh, mut en } = damage.text();
                if !said.is_empty() {
                    en = format!("{en} ({said})");
                }
                (
                    "ingest.damaged",
                    Text::new(format!("工作簿已损坏：{zh}"), format!("the workbook is damaged: {en}")),
                    save_again,
                )
            }
            Self::Suspicious { part, reason, .. } => {
                let what = reason.text();
                // Some of it is wrong with the whole, which has no name.
                let (zh, en) = match part.as_str() {
                    WHOLE => (String::new(), "it".to_owned()),
                    part => (format!("部件 {part} "), format!("its part {part}")),
                };
                (
                    "ingest.suspicious",
                    Text::new(
                        format!("工作簿异常，拒绝打开：{zh}{}", what.zh),
                        format!("refused to open the workbook: {en} {}", what.en),
                    ),
                    save_again,
                )
            }
            _ => (
                "ingest.not-a-workbook",
                Text::new(
                    "扩展名是工作簿，内容却不是",
                    "it has the name of a workbook, but its content is none",
                ),
                save_again,
            ),
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
