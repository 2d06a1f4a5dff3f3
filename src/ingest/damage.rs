//! What is wrong with a damaged workbook, in words of our own. What the libraries say is in English: it may stand in
//! the English message alone.

use zip::result::ZipError;

use super::error::IngestError;
use crate::model::text::Text;

/// What is wrong with a damaged workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not a whole archive.
    Archive,
    /// A part that cannot be unpacked.
    Part,
    /// Packed in a way that is not read.
    Method,
    /// A part that the workbook speaks of is not there.
    Missing,
    /// Markup that is not well formed or ends too early.
    Markup,
    /// A part that ends too early.
    Cut,
    /// Something in it is not of its form.
    Content,
    /// A cell outside the sheet.
    Position,
    /// Rows that do not follow each other.
    Order,
    /// It holds more than the reader can handle.
    Inside,
}

/// The workbook as a whole, in place of the name of a part.
pub(super) const WHOLE: &str = "*";

/// What makes a workbook suspicious.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// It would unpack to many times its size.
    Ratio,
    /// Two parts with one name, or parts that overlap.
    Duplicate,
    /// A single piece of text beyond what a cell can hold.
    Run,
    /// Two sheets with one part.
    Shared,
}

impl Suspicion {
    /// In words.
    pub(super) fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Ratio => ("解压后超过原大小的200倍", "unpacks to more than 200 times its size"),
            Self::Duplicate => ("有同名或相互重叠的部件", "has parts with one name, or parts that overlap"),
            Self::Run => ("有超出单元格容量的文字", "holds a text larger than a cell can be"),
            Self::Shared => ("被两个工作表共用", "is the content of two sheets"),
        };
        Text::new(zh, en)
    }
}

/// A failure of a library that reads workbooks.
pub(super) enum Failure {
    /// There is a password.
    Password,
    /// The workbook is damaged: how, and what the library says.
    Damaged(Damage, String),
}

impl Damage {
    /// In words.
    pub(super) fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Archive => ("压缩结构不完整", "it is not a whole archive"),
            Self::Part => {
                ("部件不能解压，或内容与校验码不符", "a part cannot be unpacked, or fails its checksum")
            }
            Self::Method => ("采用了不读取的压缩方式", "it is packed in a way that is not read"),
            Self::Missing => ("缺少必要的部件", "a part it needs is missing"),
            Self::Markup => ("部件的标记不完整或有误", "the markup of a part is incomplete or wrong"),
            Self::Cut => ("部件不完整，后面的内容缺失", "a part ends too early"),
            Self::Content => ("部件中有不合规定的内容", "a part holds something not of its form"),
            Self::Position => ("单元格位置超出工作表", "a cell lies outside the sheet"),
            Self::Order => ("行的顺序混乱", "the rows are out of order"),
            Self::Inside => {
                ("内容超出读取程序所能处理的范围", "its content is beyond what the reader can handle")
            }
        };
        Text::new(zh, en)
    }
}

impl Failure {
    /// The error of a file and, where it is known, a sheet and a row.
    pub(super) fn of(self, file: &str, sheet: Option<&str>, row: Option<u32>) -> IngestError {
        let file = file.to_owned();
        match self {
            Self::Password => IngestError::Encrypted { file },
            Self::Damaged(damage, said) => {
                IngestError::Damaged { file, sheet: sheet.map(str::to_owned), row, damage, said }
            }
        }
    }
}

impl From<ZipError> for Failure {
    fn from(error: ZipError) -> Self {
        let damage = match &error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                return Self::Password;
            }
            ZipError::InvalidArchive(_) => Damage::Archive,
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Damage::Method,
            ZipError::FileNotFound => Damage::Missing,
            _ => Damage::Part,
        };
        Self::Damaged(damage, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::escape::EscapeError;

    use super::*;
    use crate::model::fault::Explain;

    #[test]
    fn what_libraries_say_stands_in_the_english_alone() {
        let failures: [Failure; 4] = [
            ZipError::FileNotFound.into(),
            ZipError::InvalidArchive("no such thing".into()).into(),
            ZipError::CompressionMethodNotSupported(99).into(),
            quick_xml::Error::Escape(EscapeError::UnterminatedEntity(0..1)).into(),
        ];
        for failure in failures {
            let text = failure.of("a.xlsx", None, None).fault().message;
            assert!(!text.zh.contains(|c: char| c.is_ascii_alphabetic()), "{text:?}");
            assert!(text.en.contains('('), "{text:?}");
        }
        let error = Failure::from(ZipError::InvalidPassword).of("a.xlsx", None, None);
        assert_eq!(error.fault().code, "ingest.encrypted");
    }
}
