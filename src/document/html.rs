//! Pages: the text between tags, block by block. No tree is built, so that depth costs nothing.

mod hidden;
mod page;

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use page::Page;

use super::budget::Budget;
use super::charset;
use super::collector::Collector;
use super::content::{Document, Remark};
use super::error::Problem;
use super::kind::FileKind;
use super::limit::Limit;
use super::reader::DocumentReader;
use super::source::Source;

/// Reads pages.
pub(super) struct Html;

/// Bytes that are taken apart between looks at the clock.
const PIECE: usize = 256 << 10;

impl DocumentReader for Html {
    fn read(
        &self,
        source: &mut Source<'_>,
        kind: FileKind,
        budget: &mut Budget,
    ) -> Result<Document, Problem> {
        let bytes = source.whole(Limit::File)?;
        let encoding = charset::detect(&bytes, true).unwrap_or(encoding_rs::UTF_8);
        let (text, is_lossy) = charset::decode(&bytes, encoding);
        let mut document = Document::new(kind);
        if is_lossy {
            document.remark(Remark::Truncated);
        }
        let page = Page::new(Collector::new(document, budget));
        let sink = Sink(RefCell::new(page), RefCell::new(None));
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let queue = BufferQueue::default();
        let mut rest = text.as_ref();
        while !rest.is_empty() {
            let end =
                (0..=PIECE.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = after;
            queue.push_back(StrTendril::from_slice(piece));
            // Scripts are not run: what stops for one goes on.
            while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
            if let Some(problem) = tokenizer.sink.1.borrow_mut().take() {
                return Err(problem);
            }
        }
        tokenizer.end();
        let Sink(page, failed) = tokenizer.sink;
        failed.into_inner().map_or_else(|| page.into_inner().finish(), Err)
    }
}

/// Where tokens go, with what went wrong first.
struct Sink<'b>(RefCell<Page<'b>>, RefCell<Option<Problem>>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut failed = self.1.borrow_mut();
        if failed.is_some() {
            return TokenSinkResult::Continue;
        }
        match self.0.borrow_mut().token(token) {
            Ok(raw) => raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData),
            Err(problem) => {
                *failed = Some(problem);
                TokenSinkResult::Continue
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use cpu_time::ThreadTime;

    use super::*;
    use crate::document::content::Place;

    fn read(page: &str) -> Result<Document, Problem> {
        let mut cursor = Cursor::new(page.as_bytes().to_vec());
        Html.read(&mut Source::new(&mut cursor).unwrap(), FileKind::Html, &mut Budget::new())
    }

    #[test]
    fn blocks_are_paragraphs_and_what_does_not_show_is_none() {
        let document = read(
            "<title>规则 &amp; 总则</title><style>p{}</style><h2>4.1&#x3000;一般\n 要求</h2><p>每个<b>对象</b><br>应当<p hidden>x\
             <script>'<p>'</script></p><div style='display: none'><div>x</div>x</div>\
             <table><tr><td>序号<td>1</table>尾",
        )
        .unwrap();
        let shown: Vec<_> = document.paragraphs.iter().map(|p| (p.level, p.text.as_str(), p.place)).collect();
        let cell = |column| Place::Cell { table: 1, row: 1, column };
        assert_eq!(
            shown,
            [
                (Some(2), "一般 要求", Place::Body),
                (None, "每个对象\n应当", Place::Body),
                (None, "序号", cell(1)),
                (None, "1", cell(2)),
                (None, "尾", Place::Body),
            ]
        );
        assert_eq!(document.title.as_deref(), Some("规则 & 总则"));
    }

    #[test]
    fn lists_count_as_they_show() {
        let page = "<ol start=3><li>甲<ol type=a><li><p>乙</p><p>续</p><li>丙</ol><li value=9>丁</ol><ul><li>戊</ul>";
        let document = read(page).unwrap();
        let shown: Vec<_> =
            document.paragraphs.iter().map(|p| (p.number.as_str(), p.text.as_str())).collect();
        assert_eq!(shown, [("3.", "甲"), ("a.", "乙"), ("", "续"), ("b.", "丙"), ("9.", "丁"), ("", "戊")]);
    }

    #[test]
    fn hidden_elements_end_where_they_may_without_a_tag() {
        for (page, shown) in [
            ("<div><p hidden>x</div><p>甲", &["甲"][..]),
            ("<p hidden>x<div>甲</div>", &["甲"]),
            ("<ul><li hidden>x<ul><li>y</ul>z<li>甲</ul>乙", &["甲", "乙"]),
            ("<table><tr hidden><td>x<tr><td>甲<td hidden>x<td>乙</table>丙", &["甲", "乙", "丙"]),
            ("<ruby>汉<rp>(<rt>han<rp>)</ruby>字", &["汉字"]),
            ("<dl><dt hidden>x<dd>甲</dl>", &["甲"]),
            ("<div hidden><p>x<div>y</div>z</div>甲", &["甲"]),
        ] {
            let document = read(page).unwrap();
            let texts: Vec<_> = document.paragraphs.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(texts, shown, "{page}");
        }
    }

    #[test]
    fn depth_and_entities_cost_no_more_than_they_are_long() {
        let started = ThreadTime::now();
        read(&format!("{}x", "<div>".repeat(300_000))).unwrap();
        read(&format!("{}x", "<b><i a=1 a=1>&lt;&bogus;".repeat(100_000))).unwrap();
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
