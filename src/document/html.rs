//! Pages: the text between tags, block by block. No tree is built, so that depth costs nothing.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::budget::Budget;
use super::charset;
use super::collector::{Collector, Draft};
use super::content::{Document, Place};
use super::error::Problem;
use super::kind::Kind;
use super::limit::Limit;
use super::reader::DocumentReader;
use super::source::Source;

/// Reads pages.
pub(super) struct Html;

/// Bytes that are taken apart between looks at the clock.
const PIECE: usize = 256 << 10;

impl DocumentReader for Html {
    fn read(&self, source: &mut Source<'_>, kind: Kind, budget: &mut Budget) -> Result<Document, Problem> {
        let bytes = source.whole(Limit::File)?;
        let encoding = charset::detect(&bytes, true).unwrap_or(encoding_rs::UTF_8);
        let (text, _) = charset::decode(&bytes, encoding);
        let page = Page { collector: Collector::new(Document::new(kind), budget), state: State::default() };
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

/// A page that is read.
struct Page<'b> {
    collector: Collector<'b>,
    state: State,
}

/// Where in the page one is.
#[derive(Default)]
struct State {
    text: String,
    level: Option<u8>,
    /// The element whose content does not show, and how many of its name are open.
    hidden: Option<(String, u32)>,
    is_title: bool,
    /// Text keeps its line breaks.
    is_preformatted: bool,
    tables: Vec<(u32, u32, u32)>,
}

impl Page<'_> {
    fn token(&mut self, token: Token) -> Result<Option<RawKind>, Problem> {
        self.collector.budget.element()?;
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(&tag),
            Token::TagToken(tag) => self.end(&tag.name)?,
            Token::CharacterTokens(text) => self.text(&text),
            _ => {}
        }
        Ok(None)
    }

    fn text(&mut self, text: &str) {
        if self.state.hidden.is_some() {
            return;
        }
        if self.state.is_preformatted {
            self.state.text.push_str(text);
            return;
        }
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            match (is_blank, self.state.text.ends_with([' ', '\n'])) {
                (true, true) => {}
                (true, false) => self.state.text.push(' '),
                (false, _) => self.state.text.push(c),
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> Result<Option<RawKind>, Problem> {
        let name: &str = &tag.name;
        if let Some((hidden, open)) = &mut self.state.hidden {
            *open = open.saturating_add(u32::from(hidden == name && !tag.self_closing));
            return Ok(raw(name));
        }
        let is_void = matches!(name, "br" | "hr" | "img" | "input" | "meta" | "link" | "wbr" | "col");
        if !is_void && !tag.self_closing && is_hidden(name, tag) {
            self.state.hidden = Some((name.to_owned(), 1));
            return Ok(raw(name));
        }
        match name {
            "br" => self.state.text.push('\n'),
            "title" => {
                self.close()?;
                self.state.is_title = true;
            }
            "pre" => {
                self.close()?;
                self.state.is_preformatted = true;
            }
            "table" => {
                self.close()?;
                let number = self.collector.table();
                self.state.tables.push((number, 0, 0));
            }
            "tr" => {
                self.close()?;
                if let Some((_, row, column)) = self.state.tables.last_mut() {
                    *row = row.saturating_add(1);
                    *column = 0;
                }
            }
            "td" | "th" => {
                self.close()?;
                if let Some((_, row, column)) = self.state.tables.last_mut() {
                    *row = (*row).max(1);
                    *column = column.saturating_add(1);
                }
            }
            _ if is_block(name) => {
                self.close()?;
                self.state.level = heading(name);
            }
            _ => {}
        }
        Ok(raw(name))
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        if let Some((hidden, open)) = &mut self.state.hidden {
            *open = open.saturating_sub(u32::from(hidden == name));
            if *open == 0 {
                self.state.hidden = None;
            }
            return Ok(());
        }
        match name {
            "title" => {
                let title = std::mem::take(&mut self.state.text).trim().to_owned();
                self.state.is_title = false;
                self.collector.document.title = Some(title).filter(|title| !title.is_empty());
            }
            "table" => {
                self.close()?;
                self.state.tables.pop();
            }
            "pre" => {
                self.close()?;
                self.state.is_preformatted = false;
            }
            _ if is_block(name) || matches!(name, "tr" | "td" | "th") => self.close()?,
            _ => {}
        }
        Ok(())
    }

    /// Ends a paragraph.
    fn close(&mut self) -> Result<(), Problem> {
        let text = std::mem::take(&mut self.state.text);
        let level = self.state.level.take();
        let place = match self.state.tables.last() {
            Some((table, row, column)) if *column > 0 => {
                Place::Cell { table: *table, row: *row, column: *column }
            }
            _ => Place::Body,
        };
        if self.state.is_preformatted {
            for line in text.lines() {
                self.collector.push(Draft { text: line.to_owned(), place, ..Draft::default() })?;
            }
            return Ok(());
        }
        self.collector.push(Draft { level, text, place, ..Draft::default() })
    }

    fn finish(mut self) -> Result<Document, Problem> {
        self.close()?;
        self.collector.finish()
    }
}

/// Elements in which nothing is markup.
fn raw(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Elements that do not show.
fn is_hidden(name: &str, tag: &Tag) -> bool {
    let is_unseen = matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "iframe"
            | "noembed"
            | "noframes"
            | "rt"
            | "rp"
            | "select"
            | "svg"
            | "object"
            | "textarea"
            | "del"
    );
    let says_so = |attribute: &html5ever::Attribute| {
        let value = attribute.value.to_ascii_lowercase().replace(' ', "");
        &*attribute.name.local == "hidden"
            || (&*attribute.name.local == "style" && value.contains("display:none"))
    };
    is_unseen || tag.attrs.iter().any(says_so)
}

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    heading(name).is_some()
        || matches!(
            name,
            "p" | "div"
                | "li"
                | "ul"
                | "ol"
                | "dl"
                | "dt"
                | "dd"
                | "section"
                | "article"
                | "header"
                | "footer"
                | "main"
                | "nav"
                | "aside"
                | "blockquote"
                | "hr"
                | "body"
                | "html"
                | "head"
                | "figure"
                | "figcaption"
                | "caption"
                | "address"
                | "form"
                | "fieldset"
                | "center"
                | "tbody"
                | "thead"
                | "tfoot"
        )
}

/// The level of a heading.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use cpu_time::ThreadTime;

    use super::*;

    fn read(page: &str) -> Result<Document, Problem> {
        let mut cursor = Cursor::new(page.as_bytes().to_vec());
        Html.read(&mut Source::new(&mut cursor).unwrap(), Kind::Html, &mut Budget::new())
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
    fn depth_and_entities_cost_no_more_than_they_are_long() {
        let started = ThreadTime::now();
        read(&format!("{}x", "<div>".repeat(300_000))).unwrap();
        read(&format!("{}x", "<b><i a=1 a=1>&lt;&bogus;".repeat(100_000))).unwrap();
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
