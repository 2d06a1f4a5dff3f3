//! The text of a part of an ODT: paragraphs with their numbers, tables, text boxes, notes.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::lists::{Counters, LEVELS};
use super::styles::Styles;
use crate::document::collector::{Collector, Draft};
use crate::document::content::Place;
use crate::document::error::Problem;
use crate::document::markup::{Markup, Node, attribute, number};

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    style: String,
    number: String,
    level: Option<u8>,
    text: String,
    page: u32,
    place: Place,
}

/// A list that is being read.
struct List {
    style: Option<String>,
    /// Which of the counters are its own.
    counters: usize,
}

/// An item of a list.
#[derive(Default)]
struct Item {
    /// Its number was given to its first paragraph, or it has none.
    is_counted: bool,
    start: Option<u32>,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    number: u32,
    row: u32,
    column: u32,
}

/// Reading one part.
pub(super) struct Body<'b, 's> {
    styles: &'b Styles,
    collector: &'b mut Collector<'s>,
    /// Where the text that is read stands; nothing outside of any.
    places: Vec<Place>,
    open: Vec<Open>,
    lists: Vec<List>,
    items: Vec<Item>,
    tables: Vec<Table>,
    counters: Vec<Counters>,
    /// The counters of a list by its id, and the last ones of a style.
    by_id: HashMap<String, usize>,
    by_style: HashMap<String, usize>,
    outline: Counters,
    /// Parts of paragraphs whose text does not show.
    hidden: usize,
    page: u32,
}

impl<'b, 's> Body<'b, 's> {
    /// Reads a part; the page it ends on.
    pub(super) fn read(
        part: &str,
        styles: &'b Styles,
        collector: &'b mut Collector<'s>,
    ) -> Result<u32, Problem> {
        let mut body = Self {
            styles,
            collector,
            places: Vec::new(),
            open: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            tables: Vec::new(),
            counters: Vec::new(),
            by_id: HashMap::new(),
            by_style: HashMap::new(),
            outline: Counters::default(),
            hidden: 0,
            page: 1,
        };
        let mut markup = Markup::new(part);
        let mut spans: Vec<bool> = Vec::new();
        loop {
            match markup.next(body.collector.budget)? {
                Node::Start(element) => {
                    if element.local_name().as_ref() == "span" {
                        let style = attribute(&element, "style-name").unwrap_or_default();
                        spans.push(body.styles.is_hidden(&style));
                        body.hidden = body.hidden.saturating_add(usize::from(spans.last() == Some(&true)));
                    }
                    body.start(&element, &mut markup)?;
                }
                Node::End(name) => {
                    if name == "span" && spans.pop() == Some(true) {
                        body.hidden = body.hidden.saturating_sub(1);
                    }
                    body.end(&name)?;
                }
                Node::Text(text) => body.push_str(&text),
                Node::Eof => return Ok(body.page),
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, markup: &mut Markup<'_>) -> Result<(), Problem> {
        match element.local_name().as_ref() {
            // Deleted text, remarks, how characters are pronounced, signs of notes, and what describes pictures.
            "tracked-changes" | "annotation" | "annotation-end" | "ruby-text" | "note-citation" | "forms"
            | "desc" | "covered-table-cell" | "automatic-styles" | "font-face-decls" | "sequence-decls"
            | "page-number" | "page-count" | "hidden-text" => {
                if element.local_name().as_ref() == "covered-table-cell" {
                    self.next_column(element);
                }
                return markup.skip(self.collector.budget);
            }
            "title" if element.name().as_ref().starts_with("svg:") => {
                return markup.skip(self.collector.budget);
            }
            "text" => self.places.push(Place::Body),
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => {
                self.places.push(Place::Header);
            }
            "note-body" => self.places.push(Place::Note),
            "table-of-content" | "alphabetical-index" | "table-index" => self.places.push(Place::Contents),
            "p" | "h" => self.paragraph(element),
            "list" => self.list(element),
            "list-item" => self.items.push(Item { is_counted: false, start: number(element, "start-value") }),
            "list-header" => self.items.push(Item { is_counted: true, start: None }),
            "table" => {
                let number = self.collector.table();
                self.tables.push(Table { number, ..Table::default() });
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = table.row.saturating_add(1);
                    table.column = 0;
                }
            }
            "table-cell" => self.next_column(element),
            "image" | "object" => self.collector.has_pictures |= self.places.last() == Some(&Place::Body),
            "soft-page-break" => self.end_page(),
            "tab" => self.push_str("\t"),
            "line-break" => self.push_str("\n"),
            "s" => {
                let blanks = number(element, "c").unwrap_or(1_usize).min(64);
                self.push_str(&" ".repeat(blanks));
            }
            _ => {}
        }
        Ok(())
    }

    fn next_column(&mut self, element: &BytesStart<'_>) {
        let more = number::<u32>(element, "number-columns-repeated").unwrap_or(1).clamp(1, 1_024);
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(more);
        }
    }

    fn end_page(&mut self) {
        self.page = self.page.saturating_add(1);
        let page = self.page;
        if let Some(open) = self.open.last_mut().filter(|open| open.text.trim().is_empty()) {
            open.page = page;
        }
    }

    fn paragraph(&mut self, element: &BytesStart<'_>) {
        let style = attribute(element, "style-name").unwrap_or_default();
        let place = self.places.last().copied().unwrap_or_default();
        // The first paragraph begins the first page, whatever its style says.
        let is_first = self.collector.document.paragraphs.is_empty() && self.open.is_empty();
        if place == Place::Body && !is_first && self.styles.breaks_page(&style) {
            self.end_page();
        }
        let is_heading = element.local_name().as_ref() == "h";
        let said = number(element, "outline-level").filter(|_| is_heading);
        let level = said.or_else(|| self.styles.level(&style).filter(|_| is_heading));
        let number = if self.lists.is_empty() {
            self.count_heading(&style, level.filter(|_| is_heading), element)
        } else {
            self.count_item()
        };
        let place = match self.tables.last() {
            Some(table) if place == Place::Body => {
                Place::Cell { table: table.number, row: table.row, column: table.column }
            }
            _ => place,
        };
        self.open.push(Open { style, number, level, text: String::new(), page: self.page, place });
    }

    /// The number of a heading that is in no list.
    fn count_heading(&mut self, style: &str, level: Option<u8>, element: &BytesStart<'_>) -> String {
        let Some(at) = level.map(|level| usize::from(level).saturating_sub(1)).filter(|at| *at < LEVELS)
        else {
            return String::new();
        };
        let is_plain = attribute(element, "is-list-header").as_deref() == Some("true");
        if is_plain || self.styles.list(style).is_some_and(|list| list.is_empty()) {
            return String::new();
        }
        let start = number(element, "start-value");
        self.styles.outline.count(&mut self.outline, at, start)
    }

    /// The number of the first paragraph of an item.
    fn count_item(&mut self) -> String {
        let at = self.lists.len().saturating_sub(1);
        let Some(item) = self.items.last_mut().filter(|item| !item.is_counted && at < LEVELS) else {
            return String::new();
        };
        item.is_counted = true;
        let Some(list) = self.lists.last() else { return String::new() };
        let style = list.style.as_ref().and_then(|style| self.styles.lists.get(style));
        match (style, self.counters.get_mut(list.counters)) {
            (Some(style), Some(counters)) => style.count(counters, at, item.start),
            _ => String::new(),
        }
    }

    fn list(&mut self, element: &BytesStart<'_>) {
        let outer = self.lists.last();
        let named = attribute(element, "style-name");
        let style = named.or_else(|| outer.and_then(|outer| outer.style.clone()));
        let of_outer = outer.map(|outer| outer.counters);
        let counters = of_outer.unwrap_or_else(|| self.begin_list(element, style.as_deref()));
        self.lists.push(List { style, counters });
    }

    /// The counters of a list: those of one that it continues, else new ones.
    fn begin_list(&mut self, element: &BytesStart<'_>, style: Option<&str>) -> usize {
        let of_id = attribute(element, "continue-list").and_then(|id| self.by_id.get(&id).copied());
        let continues = attribute(element, "continue-numbering").as_deref() == Some("true");
        let of_style = style.filter(|_| continues).and_then(|style| self.by_style.get(style).copied());
        let counters = of_id.or(of_style).unwrap_or_else(|| {
            self.counters.push(Counters::default());
            self.counters.len().saturating_sub(1)
        });
        self.by_id.extend(attribute(element, "id").map(|id| (id, counters)));
        self.by_style.extend(style.map(|style| (style.to_owned(), counters)));
        counters
    }

    fn push_str(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|_| self.hidden == 0) {
            // Line breaks of the markup are blanks.
            open.text.push_str(&if text == "\n" { text.to_owned() } else { text.replace('\n', " ") });
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            "text" | "header" | "footer" | "header-left" | "footer-left" | "header-first"
            | "footer-first" | "note-body" | "table-of-content" | "alphabetical-index" | "table-index" => {
                self.places.truncate(self.places.len().saturating_sub(1));
            }
            "list" => drop(self.lists.pop()),
            "list-item" | "list-header" => drop(self.items.pop()),
            "table" => drop(self.tables.pop()),
            "p" | "h" => {
                if let Some(open) = self.open.pop().filter(|open| !self.styles.is_hidden(&open.style)) {
                    let Open { number, level, text, page, place, .. } = open;
                    let page = (place != Place::Header).then_some(page);
                    self.collector.push(Draft { page, number, level, text, place })?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
