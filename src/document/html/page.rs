//! The text of a page, token by token.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token};

use super::hidden::{End, Hidden};
use crate::document::collector::{Collector, Draft};
use crate::document::content::{Document, Place};
use crate::document::error::Problem;
use crate::document::label;

/// A page that is read.
pub(super) struct Page<'b> {
    collector: Collector<'b>,
    state: State,
}

/// Where in the page one is.
#[derive(Default)]
struct State {
    text: String,
    level: Option<u8>,
    /// The element whose content does not show.
    hidden: Option<Hidden>,
    /// Text keeps its line breaks.
    is_preformatted: bool,
    tables: Vec<(u32, u32, u32)>,
    lists: Vec<List>,
    /// The number of the item that is read.
    number: String,
}

/// A list that is read.
#[derive(Default)]
struct List {
    style: label::Style,
    next: u32,
}

impl List {
    /// A list that begins; one without numbers, unless it says otherwise.
    fn new(name: &str, tag: &Tag) -> Self {
        let usual = if name == "ol" { "1" } else { "" };
        let style = label::Style::of_sign(
            &attribute(tag, "type").filter(|_| name == "ol").unwrap_or(usual.to_owned()),
        );
        Self { style, next: attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1) }
    }

    /// The number of the next item as it shows.
    fn count(&mut self, tag: &Tag) -> String {
        let number = attribute(tag, "value").and_then(|value| value.parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let number = self.style.write(number);
        if number.is_empty() { number } else { format!("{number}.") }
    }
}

/// The value of an attribute.
fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| one.value.to_string())
}

impl<'b> Page<'b> {
    pub(super) fn new(collector: Collector<'b>) -> Self {
        Self { collector, state: State::default() }
    }

    pub(super) fn token(&mut self, token: Token) -> Result<Option<RawKind>, Problem> {
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
        if let Some(hidden) = self.state.hidden.take_if(|hidden| !hidden.ends_before(name)) {
            self.state.hidden = Some(hidden.begin(name, tag.self_closing));
            return Ok(raw(name));
        }
        self.state.hidden = None;
        let is_picture = matches!(name, "img" | "svg" | "object" | "canvas" | "image");
        self.collector.has_pictures |= is_picture && !says_hidden(tag);
        let is_void = matches!(name, "br" | "hr" | "img" | "input" | "meta" | "link" | "wbr" | "col");
        if !is_void && !tag.self_closing && is_hidden(name, tag) {
            self.state.hidden = Some(Hidden::new(name));
            return Ok(raw(name));
        }
        match name {
            "br" => self.state.text.push('\n'),
            "title" => {
                self.close()?;
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
            "ol" | "ul" => {
                self.close()?;
                self.state.lists.push(List::new(name, tag));
            }
            "li" => {
                self.close()?;
                self.state.number =
                    self.state.lists.last_mut().map(|list| list.count(tag)).unwrap_or_default();
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
        if let Some(hidden) = &mut self.state.hidden {
            let end = hidden.end(name);
            if end == End::Inner {
                return Ok(());
            }
            self.state.hidden = None;
            if end == End::Own {
                return Ok(());
            }
        }
        match name {
            "title" => {
                let title = std::mem::take(&mut self.state.text).trim().to_owned();
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
            "ol" | "ul" => {
                self.close()?;
                self.state.lists.pop();
            }
            "li" => {
                self.close()?;
                self.state.number.clear();
            }
            _ if is_block(name) || matches!(name, "tr" | "td" | "th") => self.close()?,
            _ => {}
        }
        Ok(())
    }

    /// Ends a paragraph.
    fn close(&mut self) -> Result<(), Problem> {
        let text = std::mem::take(&mut self.state.text);
        if text.trim().is_empty() {
            return Ok(());
        }
        let (level, number) = (self.state.level.take(), std::mem::take(&mut self.state.number));
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
        self.collector.push(Draft { number, level, text, place, ..Draft::default() })
    }

    pub(super) fn finish(mut self) -> Result<Document, Problem> {
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
    is_unseen || says_hidden(tag)
}

/// Whether an element says that it does not show.
fn says_hidden(tag: &Tag) -> bool {
    let says_so = |attribute: &html5ever::Attribute| {
        let value = attribute.value.to_ascii_lowercase().replace(' ', "");
        &*attribute.name.local == "hidden"
            || (&*attribute.name.local == "style" && value.contains("display:none"))
    };
    tag.attrs.iter().any(says_so)
}

/// Elements that begin and end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    heading(name).is_some()
        || matches!(
            name,
            "p" | "div"
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
