//! The limits of documents, as they are told. Their figures and reasons: [`crate::model::limits`].

use crate::model::limits;
use crate::model::text::Text;

/// A limit of what a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a text, page or other document that is held as a whole.
    File,
    /// Bytes of a PDF.
    Pdf,
    /// Parts of a document that is an archive.
    Parts,
    /// Bytes one part unpacks to.
    Part,
    /// Bytes all parts that are read unpack to.
    Unpacked,
    /// Elements of its markup.
    Elements,
    /// Elements within each other.
    Depth,
    /// Pages.
    Pages,
    /// Pieces of text on a page.
    Spans,
    /// Paragraphs, cells of tables among them.
    Paragraphs,
    /// Characters of text.
    Characters,
    /// Milliseconds that reading takes.
    Millis,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Self; 12] = [
        Self::File,
        Self::Pdf,
        Self::Parts,
        Self::Part,
        Self::Unpacked,
        Self::Elements,
        Self::Depth,
        Self::Pages,
        Self::Spans,
        Self::Paragraphs,
        Self::Characters,
        Self::Millis,
    ];

    /// The greatest figure that is read.
    pub const fn most(self) -> u64 {
        match self {
            Self::File => limits::DOCUMENT_TEXT,
            Self::Pdf => limits::DOCUMENT_PDF,
            Self::Parts => limits::DOCUMENT_PARTS,
            Self::Part => limits::DOCUMENT_PART,
            Self::Unpacked => limits::DOCUMENT_UNPACKED,
            Self::Elements => limits::DOCUMENT_ELEMENTS,
            Self::Depth => limits::DOCUMENT_DEPTH,
            Self::Pages => limits::DOCUMENT_PAGES,
            Self::Spans => limits::DOCUMENT_SPANS,
            Self::Paragraphs => limits::DOCUMENT_PARAGRAPHS,
            Self::Characters => limits::DOCUMENT_CHARACTERS,
            Self::Millis => limits::DOCUMENT_MILLIS,
        }
    }

    /// That more is there than is read.
    pub fn text(self) -> Text {
        let (zh, en) = match self {
            Self::File => ("文件大小", "of file"),
            Self::Pdf => ("PDF文件大小", "of PDF"),
            Self::Parts => ("文档的部件数", "parts"),
            Self::Part => ("文档单个部件解压后的大小", "in one part, unpacked"),
            Self::Unpacked => ("文档解压后的大小", "unpacked"),
            Self::Elements => ("文档的标记数", "elements of markup"),
            Self::Depth => ("文档标记的嵌套层数", "levels of markup"),
            Self::Pages => ("文档的页数", "pages"),
            Self::Spans => ("一页的文字段数", "pieces of text on a page"),
            Self::Paragraphs => ("文档的段落数", "paragraphs"),
            Self::Characters => ("文档的字数", "characters"),
            Self::Millis => {
                let seconds = self.most().div_euclid(1_000);
                return Text::new(
                    format!("读取用时超过{seconds}秒"),
                    format!("reading it takes longer than {seconds} seconds"),
                );
            }
        };
        let (figure_zh, figure_en) = self.figures();
        Text::new(format!("{zh}超过{figure_zh}"), format!("holds more than {figure_en} {en}"))
    }

    /// The greatest figure as people write it, in Chinese and English.
    fn figures(self) -> (String, String) {
        let most = self.most();
        match self {
            Self::File | Self::Pdf | Self::Part | Self::Unpacked => {
                let mebibytes = format!("{} MiB", most >> 20);
                (mebibytes.clone(), mebibytes)
            }
            _ if most.is_multiple_of(10_000) => {
                (format!("{}万", most.div_euclid(10_000)), limits::grouped(most))
            }
            _ => (most.to_string(), limits::grouped(most)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_limits_has_every_figure() {
        let page = include_str!("../../docs/limits.md");
        for limit in Limit::ALL {
            let figure = match limit {
                Limit::Millis => format!("{} s", limit.most() / 1_000),
                _ => limit.figures().1,
            };
            assert!(page.contains(&figure), "{limit:?} {figure}");
        }
    }

    #[test]
    fn limits_are_told_with_their_figures() {
        let said = |limit: Limit| (limit.text().zh, limit.text().en);
        assert_eq!(said(Limit::Pages), ("文档的页数超过1万".into(), "holds more than 10,000 pages".into()));
        assert_eq!(said(Limit::Part).1, "holds more than 64 MiB in one part, unpacked");
        for limit in Limit::ALL {
            assert!(limit.text().zh.contains("超过"), "{limit:?}");
        }
    }
}
