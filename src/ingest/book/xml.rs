//! Markup of the parts of a workbook, event by event, in UTF-8 or UTF-16.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::encoding::DecodingReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::ingest::damage::{Damage, Failure};

/// Markup that is read.
pub(super) struct Xml<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    buffer: Vec<u8>,
}

/// Bytes read at a time.
const PIECE: usize = 32 << 10;

impl<'a> Xml<'a> {
    /// The markup of a part.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn of(part: impl Read + 'a) -> io::Result<Self> {
        let mut source = BufReader::with_capacity(PIECE, part);
        let start = source.fill_buf()?;
        let is_wide = matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..]);
        let source: Box<dyn BufRead + 'a> =
            if is_wide { Box::new(DecodingReader::new(source)) } else { Box::new(source) };
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Ok(Self { reader, buffer: Vec::with_capacity(1024) })
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Failure> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(Failure::from)
    }

    /// Goes to the end of the element that was begun last.
    pub(super) fn skip(&mut self) -> Result<(), Failure> {
        self.each(|_| ())
    }

    /// Appends all text inside the element that was begun last.
    pub(super) fn text(&mut self, text: &mut String) -> Result<(), Failure> {
        self.each(|event| push_text(event, text))
    }

    /// Shows every event inside the element that was begun last.
    fn each(&mut self, mut see: impl FnMut(&Event<'_>)) -> Result<(), Failure> {
        let mut depth = 1_usize;
        while depth > 0 {
            let event = self.next()?;
            match &event {
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Eof => return Err(cut()),
                _ => {}
            }
            see(&event);
        }
        Ok(())
    }
}

/// Appends what an event says in words.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(plain) => text.push_str(&plain.xml10_content()),
        Event::CData(plain) => text.push_str(&plain.xml10_content()),
        Event::GeneralRef(entity) => push_entity(entity, text),
        _ => {}
    }
}

/// What an entity stands for; one that is declared somewhere else stays as it is written.
fn push_entity(entity: &BytesRef<'_>, text: &mut String) {
    let name: &str = entity;
    match (resolve_predefined_entity(name), entity.resolve_char_ref()) {
        (Some(sign), _) => text.push_str(sign),
        (None, Ok(Some(sign))) => text.push(sign),
        _ => text.extend(["&", name, ";"]),
    }
}

/// The markup ended too early.
pub(super) fn cut() -> Failure {
    Failure::Damaged(Damage::Markup, "it ends too early".to_owned())
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned);
    Some(value.unwrap_or_else(|_| found.value.clone().into_owned()))
}

impl From<quick_xml::Error> for Failure {
    fn from(error: quick_xml::Error) -> Self {
        let damage = if let quick_xml::Error::Io(_) = error { Damage::Part } else { Damage::Markup };
        Self::Damaged(damage, error.to_string())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The text inside the first element of a part, or what is wrong with the part.
    fn text(part: impl Read) -> Result<String, Damage> {
        let damage = |failure| match failure {
            Failure::Damaged(damage, _) => damage,
            Failure::Password => Damage::Inside,
        };
        let (mut xml, mut text) = (Xml::of(part).unwrap(), String::new());
        while !matches!(xml.next().map_err(damage)?, Event::Start(_)) {}
        xml.text(&mut text).map_err(damage)?;
        Ok(text)
    }

    /// A part that cannot be read on.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("checksum"))
        }
    }

    #[test]
    fn the_text_of_an_element_is_that_of_all_inside_it_in_plain_words() {
        let part = "<a>网&lt;<b>格<c/></b>&#x31;&#50;<!-- no -->&other;<![CDATA[<&>]]></a>三";
        assert_eq!(text(part.as_bytes()).as_deref(), Ok("网<格12&other;<&>"));
    }

    #[test]
    fn markup_may_be_in_utf_16() {
        for begin in [r#"<?xml version="1.0" encoding="UTF-16"?>"#, "\u{feff}"] {
            let units = || begin.encode_utf16().chain("<a>网格</a>".encode_utf16());
            let (little, big): (Vec<u8>, Vec<u8>) =
                (units().flat_map(u16::to_le_bytes).collect(), units().flat_map(u16::to_be_bytes).collect());
            assert_eq!(text(&*little).as_deref(), Ok("网格"), "{begin:?}");
            assert_eq!(text(&*big).as_deref(), Ok("网格"), "{begin:?}");
        }
    }

    #[test]
    fn wrong_markup_is_told_from_a_part_that_cannot_be_read() {
        assert_eq!(text("<a>网".as_bytes()), Err(Damage::Markup));
        assert_eq!(text("<a><!".as_bytes()), Err(Damage::Markup));
        assert_eq!(text("<a>".as_bytes().chain(Broken)), Err(Damage::Part));
    }

    #[test]
    fn attributes_are_found_by_their_names_without_prefix_and_have_plain_values() {
        let mut xml = Xml::of(r#"<a id="1" r:code="&quot;WG-&quot;0" c="&other;"/>"#.as_bytes()).unwrap();
        let Ok(Event::Start(element)) = xml.next() else { unreachable!("it begins with an element") };
        let values = ["id", "code", "c", "d"].map(|name| attribute(&element, name));
        assert_eq!(
            values,
            [Some("1"), Some("\"WG-\"0"), Some("&other;"), None].map(|value| value.map(str::to_owned))
        );
    }
}
