//! Markup of the parts of a document, event by event: bounded in elements and depth, without document types.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::budget::Budget;
use super::error::{Problem, Suspicion};
use super::limit::Limit;

/// Markup that is read.
pub(super) struct Markup<'m> {
    reader: Reader<&'m [u8]>,
    depth: u64,
}

/// What comes next in markup.
pub(super) enum Node<'m> {
    /// An element begins.
    Start(BytesStart<'m>),
    /// An element ends: its name without a prefix.
    End(String),
    /// Text.
    Text(Cow<'m, str>),
    /// The end.
    Eof,
}

impl<'m> Markup<'m> {
    pub(super) fn new(text: &'m str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The text of a part in UTF-8 or UTF-16.
    pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
        let encoding = match bytes.as_slice() {
            [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
            [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
            _ => UTF_8,
        };
        if encoding == UTF_8 {
            return String::from_utf8(bytes).map_err(|error| Problem::Damaged(error.to_string()));
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
        text.map(Cow::into_owned).ok_or_else(|| Problem::Damaged("a part is no UTF-16".to_owned()))
    }

    /// What comes next.
    pub(super) fn next(&mut self, budget: &mut Budget) -> Result<Node<'m>, Problem> {
        loop {
            match self.reader.read_event().map_err(|error| Problem::Damaged(error.to_string()))? {
                Event::Start(element) => {
                    budget.element()?;
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > Limit::Depth.most() {
                        return Err(Limit::Depth.into());
                    }
                    return Ok(Node::Start(element));
                }
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::End(element.local_name().as_ref().to_owned()));
                }
                Event::Text(text) => return Ok(Node::Text(text.xml10_content().into_owned().into())),
                Event::CData(text) => return Ok(Node::Text(text.xml10_content().into_owned().into())),
                Event::GeneralRef(entity) => return Ok(Node::Text(expand(&entity).into())),
                Event::DocType(_) => return Err(Problem::Suspicious(Suspicion::Doctype)),
                Event::Eof if self.depth > 0 => {
                    return Err(Problem::Damaged("markup ends too early".to_owned()));
                }
                Event::Eof => return Ok(Node::Eof),
                _ => {}
            }
        }
    }

    /// Goes to the end of the element that was begun last.
    pub(super) fn skip(&mut self, budget: &mut Budget) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next(budget)?;
        }
        Ok(())
    }

    /// The text inside the element that was begun last, up to its end.
    pub(super) fn text(&mut self, budget: &mut Budget) -> Result<String, Problem> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            if let Node::Text(more) = self.next(budget)? {
                text.push_str(&more);
            }
        }
        Ok(text)
    }
}

/// What an entity stands for; one that nobody declares stays as it is written.
fn expand(entity: &BytesRef<'_>) -> String {
    let name: &str = entity;
    match (resolve_predefined_entity(name), entity.resolve_char_ref()) {
        (Some(sign), _) => sign.to_owned(),
        (None, Ok(Some(sign))) => sign.to_string(),
        _ => format!("&{name};"),
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned);
    Some(value.unwrap_or_else(|_| found.value.clone().into_owned()))
}

/// Whether an element switches something on: by being there, unless it says no.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The number in an attribute.
pub(super) fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Problem> {
        let mut budget = Budget::new();
        let mut markup = Markup::new(text);
        let mut all = String::new();
        loop {
            match markup.next(&mut budget)? {
                Node::Text(text) => all.push_str(&text),
                Node::Eof => return Ok(all),
                Node::Start(_) | Node::End(_) => {}
            }
        }
    }

    #[test]
    fn entities_stand_for_what_everybody_knows_and_nothing_else() {
        assert_eq!(read("<a>&lt;&#x7f51;<![CDATA[&]]>&x;</a>"), Ok("<网&&x;".to_owned()));
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y SYSTEM \"/etc/passwd\">]><a>&x;&y;</a>";
        assert_eq!(read(bomb), Err(Problem::Suspicious(Suspicion::Doctype)));
    }

    #[test]
    fn depth_is_bounded_and_a_cut_part_is_damaged() {
        assert_eq!(read(&"<a>".repeat(300_000)), Err(Limit::Depth.into()));
        assert!(matches!(read("<a><b></b>"), Err(Problem::Damaged(_))));
    }
}
