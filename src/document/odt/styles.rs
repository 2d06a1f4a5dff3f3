//! Styles of an ODT: of paragraphs, of lists, and of the numbers of headings.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::lists::{Level, ListStyle};
use crate::document::budget::Budget;
use crate::document::error::Problem;
use crate::document::label;
use crate::document::markup::{Markup, Node, attribute, number};

/// Styles on styles that are followed.
const CHAIN: usize = 32;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, Style>,
    pub(super) lists: HashMap<String, ListStyle>,
    /// How headings are numbered that are in no list.
    pub(super) outline: ListStyle,
}

/// What a style of paragraphs says itself.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    /// The list it numbers by; an empty name takes numbers away.
    list: Option<String>,
    level: Option<u8>,
    is_hidden: Option<bool>,
    /// It begins a page.
    is_break: bool,
}

/// What is being read.
#[derive(Default)]
struct Open {
    style: Option<(String, Style)>,
    list: Option<(String, ListStyle)>,
    is_outline: bool,
}

impl Styles {
    /// Takes in the styles of a part.
    pub(super) fn read(&mut self, part: &str, budget: &mut Budget) -> Result<(), Problem> {
        let (mut markup, mut open) = (Markup::new(part), Open::default());
        loop {
            match markup.next(budget)? {
                Node::Start(element) => match element.local_name().as_ref() {
                    "body" => markup.skip(budget)?,
                    name => self.start(name, &element, &mut open),
                },
                Node::End(name) => match name.as_str() {
                    "style" => self.paragraphs.extend(open.style.take()),
                    "list-style" => self.lists.extend(open.list.take()),
                    "outline-style" => open.is_outline = false,
                    _ => {}
                },
                Node::Text(_) => {}
                Node::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, name: &str, element: &BytesStart<'_>, open: &mut Open) {
        match (name, &mut open.style) {
            ("style", style) => {
                let breaks = attribute(element, "master-page-name").is_some_and(|page| !page.is_empty());
                let own = Style {
                    parent: attribute(element, "parent-style-name"),
                    list: attribute(element, "list-style-name"),
                    level: number(element, "default-outline-level"),
                    is_hidden: None,
                    is_break: breaks,
                };
                *style = attribute(element, "name").map(|name| (name, own));
            }
            ("paragraph-properties", Some((_, style))) => {
                style.is_break |= attribute(element, "break-before").as_deref() == Some("page");
            }
            ("text-properties", Some((_, style))) => {
                style.is_hidden = attribute(element, "display").map(|display| display == "none");
            }
            ("list-style", _) => {
                open.list = attribute(element, "name").map(|name| (name, ListStyle::default()));
            }
            ("outline-style", _) => open.is_outline = true,
            ("list-level-style-number" | "outline-level-style" | "list-level-style-bullet", _) => {
                let list = if open.is_outline {
                    Some(&mut self.outline)
                } else {
                    open.list.as_mut().map(|(_, l)| l)
                };
                if let Some(list) = list {
                    let at = number(element, "level").unwrap_or(0_usize).saturating_sub(1);
                    list.set(at, level(name, element));
                }
            }
            _ => {}
        }
    }

    /// The first thing that a style, or one above it, says.
    fn find<T>(&self, name: &str, what: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = Some(name);
        for _ in 0..CHAIN {
            let style = self.paragraphs.get(next?)?;
            if let Some(found) = what(style) {
                return Some(found);
            }
            next = style.parent.as_deref();
        }
        None
    }

    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.find(name, |style| style.is_hidden).unwrap_or(false)
    }

    /// Whether a paragraph of a style begins a page.
    pub(super) fn breaks_page(&self, name: &str) -> bool {
        self.paragraphs.get(name).is_some_and(|style| style.is_break)
    }

    /// The list of a style; an empty name for none.
    pub(super) fn list(&self, name: &str) -> Option<String> {
        self.find(name, |style| style.list.clone())
    }

    /// The depth that a style gives to paragraphs, from 1.
    pub(super) fn level(&self, name: &str) -> Option<u8> {
        self.find(name, |style| style.level).filter(|level| *level > 0)
    }
}

fn level(name: &str, element: &BytesStart<'_>) -> Level {
    if name == "list-level-style-bullet" {
        return Level { style: label::Style::Bullet, ..Level::default() };
    }
    Level {
        style: label::Style::of_sign(&attribute(element, "num-format").unwrap_or_default()),
        prefix: attribute(element, "num-prefix").unwrap_or_default(),
        suffix: attribute(element, "num-suffix").unwrap_or_default(),
        shown: number(element, "display-levels").unwrap_or(1),
        start: number(element, "start-value").unwrap_or(1),
        format: attribute(element, "num-list-format"),
    }
}
