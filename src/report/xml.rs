//! XML being written. Every text and attribute is escaped by the library, so that nothing from data is ever markup.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A piece of XML.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Default for Xml {
    fn default() -> Self {
        Self(Writer::new(Vec::new()))
    }
}

impl Xml {
    /// A whole document.
    pub(super) fn document(
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<Vec<u8>> {
        let mut xml = Self::default();
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        xml.element(name, attributes, inside)?;
        Ok(xml.bytes())
    }

    /// What a document begins with that is written piece by piece: its declaration, and the start of its one element.
    pub(super) fn begin(name: &str, attributes: Attributes<'_>) -> io::Result<Vec<u8>> {
        let mut xml = Self::default();
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.0.write_event(Event::Start(start(name, attributes)))?;
        Ok(xml.bytes())
    }

    /// What such a document ends with.
    pub(super) fn end(name: &str) -> io::Result<Vec<u8>> {
        let mut xml = Self::default();
        xml.0.write_event(Event::End(BytesEnd::new(name)))?;
        Ok(xml.bytes())
    }

    /// The end of a line, for who looks at it.
    pub(super) fn line_break(&mut self) {
        self.0.get_mut().push(b'\n');
    }

    /// An element and what is inside of it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))?;
        inside(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing inside of it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element whose one attribute is `w:val`.
    pub(super) fn value(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.empty(name, &[("w:val", value)])
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.element(name, attributes, |xml| xml.0.write_event(Event::Text(BytesText::new(text))))
    }

    /// Another piece.
    pub(super) fn append(&mut self, piece: Self) {
        self.0.get_mut().extend(piece.bytes());
    }

    /// What was written.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}
