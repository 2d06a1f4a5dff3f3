//! Styles of a DOCX: what a paragraph takes from its style and those this one is based on.

use std::collections::HashMap;

use crate::document::budget::Budget;
use crate::document::error::Problem;
use crate::document::markup::{Markup, Node, attribute, is_on, number};

/// Styles on styles that are followed; programs make some five.
const CHAIN: usize = 32;

/// The styles of a document by their ids.
#[derive(Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: String,
}

/// What a style says itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    based_on: Option<String>,
    pub(super) list: ListRef,
    /// Depth of its heading, from 0; 9 for none.
    pub(super) outline: Option<u8>,
    pub(super) is_hidden: Option<bool>,
}

/// How a paragraph or a style refers to a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListRef {
    /// The list; 0 takes numbers away.
    pub(super) id: Option<u32>,
    pub(super) level: Option<u8>,
}

impl Styles {
    pub(super) fn read(part: &str, budget: &mut Budget) -> Result<Self, Problem> {
        let (mut markup, mut styles) = (Markup::new(part), Self::default());
        let mut open: Option<(String, Style)> = None;
        loop {
            match markup.next(budget)? {
                Node::Start(element) => match (element.local_name().as_ref(), &mut open) {
                    ("style", _) => {
                        let id = attribute(&element, "styleId").unwrap_or_default();
                        let is_usual =
                            matches!(attribute(&element, "default").as_deref(), Some("1" | "true"));
                        if is_usual && attribute(&element, "type").as_deref() == Some("paragraph") {
                            styles.usual.clone_from(&id);
                        }
                        open = Some((id, Style::default()));
                    }
                    // Properties as they were before a change, and those of parts of a table.
                    ("pPrChange" | "rPrChange" | "tblStylePr", _) => markup.skip(budget)?,
                    ("name", Some((_, style))) => style.name = attribute(&element, "val").unwrap_or_default(),
                    ("basedOn", Some((_, style))) => style.based_on = attribute(&element, "val"),
                    ("numId", Some((_, style))) => style.list.id = number(&element, "val"),
                    ("ilvl", Some((_, style))) => style.list.level = number(&element, "val"),
                    ("outlineLvl", Some((_, style))) => style.outline = number(&element, "val"),
                    ("vanish", Some((_, style))) => style.is_hidden = Some(is_on(&element)),
                    _ => {}
                },
                Node::End(name) if name == "style" => styles.all.extend(open.take()),
                Node::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The style of a paragraph: the one it names, else the usual one.
    pub(super) fn of_paragraph<'s>(&'s self, named: Option<&'s str>) -> &'s str {
        named.filter(|id| self.all.contains_key(*id)).unwrap_or(&self.usual)
    }

    /// The first thing that a style, or one that it is based on, says.
    pub(super) fn find<T>(&self, id: &str, what: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = Some(id);
        for _ in 0..CHAIN {
            let style = self.all.get(next?)?;
            if let Some(found) = what(style) {
                return Some(found);
            }
            next = style.based_on.as_deref();
        }
        None
    }

    /// The list of a style, its level from where it is said first, with the style that names the list.
    pub(super) fn list(&self, id: &str) -> ListRef {
        ListRef { id: self.find(id, |style| style.list.id), level: self.find(id, |style| style.list.level) }
    }

    /// Whether text in a style is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.find(id, |style| style.is_hidden).unwrap_or(false)
    }

    /// Whether a style is one of the table of contents.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        let is_entry = |style: &Style| {
            let name = style.name.to_ascii_lowercase();
            let level = name.strip_prefix("toc ").or_else(|| name.strip_prefix("目录 "));
            level.is_some_and(|level| level.bytes().all(|b| b.is_ascii_digit())).then_some(())
        };
        self.find(id, is_entry).is_some()
    }
}
