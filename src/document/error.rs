//! Why a document could not be read.

use std::io;

use super::kind::{FileClass, FileKind};
use super::limit::Limit;
use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;

/// A document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    /// The file.
    pub file: String,
    /// What it is by its bytes, where that was found out.
    pub kind: Option<FileKind>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It needs a password.
    Encrypted,
    /// It is cut off or corrupt; what the library says, in English.
    Damaged(String),
    /// It holds too much.
    TooLarge(Limit),
    /// It is made to exhaust whoever opens it, or to have other files read.
    Suspicious(Suspicion),
    /// Pictures without a text layer, as scanners make them.
    NoTextLayer {
        /// Pages, where it has such.
        pages: Option<u32>,
    },
    /// There is nothing in it: no text, no picture.
    Blank {
        /// Pages, where it has such.
        pages: Option<u32>,
    },
    /// A document of a kind whose text is not read.
    Unsupported,
    /// Not a document at all: a picture, a recording, an archive, a table.
    NotADocument,
    /// The system refused to read it; what it says, in English.
    Unreadable(String),
}

/// What makes a document suspicious.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// It unpacks to many times its size.
    Ratio,
    /// Two parts with one name, or parts that overlap.
    Duplicate,
    /// A document type, which can name other files and multiply text.
    Doctype,
}

impl From<Limit> for Problem {
    fn from(limit: Limit) -> Self {
        Self::TooLarge(limit)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Suspicion {
    fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Ratio => ("解压后超过原大小的200倍", "it unpacks to more than 200 times its size"),
            Self::Duplicate => {
                ("有同名或相互重叠的部件", "it has parts with one name, or parts that overlap")
            }
            Self::Doctype => ("含有文档类型声明（DOCTYPE）", "it declares a document type (DOCTYPE)"),
        };
        Text::new(zh, en)
    }
}

impl Problem {
    const fn code(&self) -> &'static str {
        match self {
            Self::Encrypted => "document.encrypted",
            Self::Damaged(_) => "document.damaged",
            Self::TooLarge(_) => "document.too-large",
            Self::Suspicious(_) => "document.suspicious",
            Self::NoTextLayer { .. } => "document.no-text-layer",
            Self::Blank { .. } => "document.blank",
            Self::Unsupported => "document.unsupported",
            Self::NotADocument => "document.not-a-document",
            Self::Unreadable(_) => "document.unreadable",
        }
    }

    /// What is wrong.
    fn message(&self, kind: &Text) -> Text {
        match self {
            Self::Encrypted => {
                Text::new("文件有密码，不能读取", "the file has a password and cannot be read")
            }
            Self::Damaged(said) => Text::new(
                "文件不完整或已损坏，不能读取",
                format!("the file is incomplete or damaged and cannot be read ({said})"),
            ),
            Self::TooLarge(limit) => limit.text(),
            Self::Suspicious(reason) => reason.text(),
            Self::NoTextLayer { pages: None } => Text::new(
                "文件里只有图像，没有文字，读不出文字",
                "the file has nothing but pictures: there is no text to read",
            ),
            Self::NoTextLayer { pages: Some(pages) } => Text::new(
                format!("文件共{pages}页，都是图像，没有文字层，读不出文字"),
                format!("the file has {pages} pages of pictures and no text layer: there is no text to read"),
            ),
            Self::Blank { pages: Some(pages) } => Text::new(
                format!("文件共{pages}页，是空白的"),
                format!("the file is blank: {pages} pages with neither text nor pictures"),
            ),
            Self::Blank { pages: None } => {
                Text::new("文件是空白的，没有内容", "the file is blank: there is nothing in it")
            }
            Self::Unsupported => Text::new(
                format!("文件是{}，这种格式的文字不能读取", kind.zh),
                format!("the file is {}, whose text is not read", kind.en),
            ),
            Self::NotADocument => Text::new(
                format!("文件是{}，不是文档", kind.zh),
                format!("the file is {} and no document", kind.en),
            ),
            Self::Unreadable(said) => Text::new(
                "系统不允许读取这个文件",
                format!("the file cannot be read: the system refused ({said})"),
            ),
        }
    }

    fn help(&self, kind: Option<FileKind>) -> Text {
        let (zh, en) = match self {
            Self::Encrypted => (
                "在Word、WPS或PDF软件中取消密码，另存后再提交",
                "remove the password in the program it was made with, save it anew, and submit that",
            ),
            Self::Damaged(_) => (
                "用原程序打开并另存一份；打不开的，重新复制或下载原文件",
                "open it in its program and save it anew; if that fails, copy or download the original again",
            ),
            Self::TooLarge(_) => ("拆分后再提交", "split it before submitting"),
            Self::Suspicious(_) => (
                "用Word或WPS打开，把内容复制到新建的文档，另存后再提交",
                "open it in Word or WPS, copy its content into a new document, and submit that",
            ),
            Self::NoTextLayer { .. } => (
                "提交排版软件直接导出的PDF，或原始的DOCX；只有扫描件的，先做文字识别（OCR）再提交",
                "submit the PDF that the word processor exports, or the DOCX; of a scan, one with recognized text (OCR)",
            ),
            Self::Blank { .. } => ("核对是否提交了正确的文件", "check whether this is the right file"),
            Self::Unsupported if matches!(kind, Some(FileKind::Ofd)) => (
                "用OFD阅读器转换为PDF（保留文字），或提交原始的DOCX",
                "convert it to PDF with its text in an OFD reader, or submit the DOCX it was made of",
            ),
            Self::Unsupported => (
                "用Word或WPS打开，另存为DOCX后再提交",
                "open it in Word or WPS, save it as DOCX, and submit that",
            ),
            Self::NotADocument => (
                "标准文本请提交DOCX、ODT、带文字层的PDF或TXT",
                "submit texts of standards as DOCX, ODT, PDF with a text layer, or TXT",
            ),
            Self::Unreadable(_) => (
                "检查文件是否还在、是否有权读取、是否被其他程序占用",
                "check that the file is still there, may be read, and is not held by another program",
            ),
        };
        Text::new(zh, en)
    }
}

impl Explain for DocumentError {
    fn fault(&self) -> Fault {
        let name = self.kind.map_or_else(|| Text::new("文件", "a file"), FileKind::text);
        Fault {
            code: self.problem.code(),
            message: self.problem.message(&name),
            help: self.problem.help(self.kind),
            file: Some(self.file.clone()),
            ..Fault::default()
        }
    }
}

impl FileKind {
    /// Why no reader reads this kind.
    pub(super) fn refused(self) -> Problem {
        match self.class() {
            FileClass::Empty => Problem::Blank { pages: None },
            FileClass::Locked => Problem::Encrypted,
            FileClass::Document => Problem::Unsupported,
            _ => Problem::NotADocument,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_and_what_to_do_in_both_languages() {
        let problems = [
            Problem::Encrypted,
            Problem::Damaged("no such thing".to_owned()),
            Limit::Pages.into(),
            Problem::Suspicious(Suspicion::Doctype),
            Problem::NoTextLayer { pages: Some(7) },
            Problem::NoTextLayer { pages: None },
            Problem::Blank { pages: Some(2) },
            Problem::Blank { pages: None },
            Problem::Unsupported,
            Problem::NotADocument,
            Problem::Unreadable("denied".to_owned()),
        ];
        for problem in problems {
            let error = DocumentError { file: "标准.wps".to_owned(), kind: Some(FileKind::Wps), problem };
            let fault = error.fault();
            assert!(fault.code.starts_with("document."), "{fault:?}");
            assert!(!fault.message.zh.is_empty() && fault.message.en.contains(' '), "{fault:?}");
            assert!(!fault.help.zh.is_empty() && !fault.help.en.is_empty(), "{fault:?}");
            assert!(!fault.message.zh.contains("denied") && !fault.message.zh.contains("such"), "{fault:?}");
        }
    }
}
