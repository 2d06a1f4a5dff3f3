//! What was read of a document.

use super::kind::FileKind;
use crate::model::text::Text;

/// The text of a document, paragraph by paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the file is by its bytes.
    pub kind: FileKind,
    /// How many pages it has: counted in a PDF; of others as the program that saved them last noted, where that fits the
    /// text.
    pub pages: Option<u32>,
    /// The title among its properties, as far as somebody filled it in.
    pub title: Option<String>,
    /// Its paragraphs in the order one reads them; footnotes and running heads, each once, come last.
    pub paragraphs: Vec<Paragraph>,
    /// Characters but for blanks.
    pub characters: u64,
    /// Characters that could not be decoded; they stand as U+FFFD in the text.
    pub unreadable: u64,
    /// Pages of a PDF without a text layer that have pictures, from 1: scans.
    pub pages_without_text: Vec<u32>,
    /// What one should know before relying on the text.
    pub remarks: Vec<Remark>,
}

/// Something about the text of a document that one should know before relying on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// It is encrypted, though it opens without a password.
    Encrypted,
    /// It is cut off, or a part of it could not be read: there may have been more.
    Truncated,
    /// Its fonts say a wrong encoding; what they were made with was guessed (GB18030).
    Reencoded,
    /// It has vertical text, whose order is uncertain.
    Vertical,
    /// It has text that does not show, as scans with recognized text have.
    Recognized,
}

/// One paragraph, or the cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The page on which it begins, from 1, where that is known.
    pub page: Option<u32>,
    /// The number of its clause or list item as it shows, typed or automatic: `4.1.2`, `附录A`, `b)`; empty without one.
    pub number: String,
    /// Depth of its heading or clause, from 1; nothing for other text.
    pub level: Option<u8>,
    /// The text without its number.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Among the text.
    #[default]
    Body,
    /// In the table of contents.
    Contents,
    /// In a cell of a table.
    Cell {
        /// Which table of the document, from 1.
        table: u32,
        /// Row, from 1.
        row: u32,
        /// Column, from 1.
        column: u32,
    },
    /// Below the text, or at its end.
    Note,
    /// At the top or foot of pages.
    Header,
}

impl Remark {
    /// What it says.
    pub fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Encrypted => (
                "文件已加密，但不需要密码即可打开",
                "the file is encrypted, though it opens without a password",
            ),
            Self::Truncated => (
                "文件不完整，或有一部分不能读取，文字可能有缺漏",
                "the file is cut off, or a part of it could not be read: text may be missing",
            ),
            Self::Reencoded => (
                "字体所写的编码有误，文字已按GB18030还原，请核对",
                "its fonts name a wrong encoding; the text was decoded as GB18030 and should be looked at",
            ),
            Self::Vertical => {
                ("有竖排文字，先后次序不一定准确", "it has vertical text, whose order is uncertain")
            }
            Self::Recognized => (
                "有不显示的文字，多为扫描件的识别结果，可能有错字",
                "it has text that does not show, as recognized in a scan: words may be wrong",
            ),
        };
        Text::new(zh, en)
    }
}

impl Document {
    /// A document without anything in it.
    pub(super) fn new(kind: FileKind) -> Self {
        Self {
            kind,
            pages: None,
            title: None,
            paragraphs: Vec::new(),
            characters: 0,
            unreadable: 0,
            pages_without_text: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Whether so much could not be decoded, more than a tenth, that nothing should be concluded from the text.
    pub fn is_garbled(&self) -> bool {
        self.unreadable.saturating_mul(10) > self.characters
    }

    /// Whether something is remarked.
    pub fn has(&self, remark: Remark) -> bool {
        self.remarks.contains(&remark)
    }

    /// Remarks something, once.
    pub(super) fn remark(&mut self, remark: Remark) {
        if let Err(at) = self.remarks.binary_search(&remark) {
            self.remarks.insert(at, remark);
        }
    }

    /// The text as a whole, a line for each paragraph.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.paragraphs.iter().map(Paragraph::line).collect();
        lines.join("\n")
    }
}

impl Paragraph {
    /// Number and text, as they show.
    pub fn line(&self) -> String {
        match (self.number.is_empty(), self.text.is_empty()) {
            (true, _) => self.text.clone(),
            (false, true) => self.number.clone(),
            (false, false) => format!("{}\u{3000}{}", self.number, self.text),
        }
    }
}
