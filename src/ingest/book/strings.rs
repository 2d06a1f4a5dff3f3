//! Texts of a workbook: those that its cells share, and those that stand in a cell.

use std::borrow::Cow;

use quick_xml::events::Event;

use super::xml::{Xml, cut, push_text};
use crate::ingest::damage::Failure;

/// The texts that cells share, in their order.
pub(super) fn shared(mut xml: Xml<'_>) -> Result<Vec<String>, Failure> {
    let mut strings = Vec::new();
    loop {
        let is_string = match xml.next()? {
            Event::Start(element) => element.local_name().as_ref() == "si",
            Event::Eof => return Ok(strings),
            _ => false,
        };
        if is_string {
            strings.push(rich(&mut xml)?);
        }
    }
}

/// The text of the element begun last, all its runs together, without how characters are pronounced.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<String, Failure> {
    let (mut text, mut depth, mut spoken, mut inside) = (String::new(), 1_usize, None, false);
    while depth > 0 {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => {
                depth = depth.saturating_add(1);
                match element.local_name().as_ref() {
                    "rPh" => spoken = spoken.or(Some(depth)),
                    "t" => inside = spoken.is_none(),
                    _ => {}
                }
            }
            Event::End(_) => {
                spoken = spoken.filter(|from| *from != depth);
                depth = depth.saturating_sub(1);
                inside = false;
            }
            Event::Eof => return Err(cut()),
            _ if inside => push_text(&event, &mut text),
            _ => {}
        }
    }
    Ok(match unescaped(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(other) => other,
    })
}

/// Signs that markup cannot hold, which are written as `_x000D_`, as what they are.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut units, mut plain) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let flush = |units: &mut Vec<u16>, plain: &mut String| {
            plain.push_str(&String::from_utf16_lossy(units));
            units.clear();
        };
        if !before.is_empty() {
            flush(&mut units, &mut plain);
            plain.push_str(before);
        }
        match unit(from) {
            Some(unit) => {
                units.push(unit);
                rest = from.get(ESCAPED..).unwrap_or_default();
            }
            None => {
                flush(&mut units, &mut plain);
                plain.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    plain.push_str(&String::from_utf16_lossy(&units));
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Bytes of a sign that is written by its number.
const ESCAPED: usize = 7;

fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPED)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn runs_are_one_text_and_pronunciation_is_none() {
        let part = "<sst><si><t>网</t></si><si><r><t>一 </t></r><r><t>格&amp;</t></r><rPh><t>ge</t></rPh></si><si/></sst>";
        let strings = shared(Xml::of(part.as_bytes()).unwrap()).ok().unwrap();
        assert_eq!(strings, ["网", "一 格&", ""]);
        let part = "<sst><si><t>网</t><rPh><t>wang</t><t>ge</t></rPh><rPh/><r><t>格</t></r></si></sst>";
        let strings = shared(Xml::of(part.as_bytes()).unwrap()).ok().unwrap();
        assert_eq!(strings, ["网格"]);
    }

    #[test]
    fn signs_written_by_their_numbers_are_what_they_are() {
        for (text, is) in [
            ("一_x000D_二", "一\r二"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "📷"),
            ("a_x1_b", "a_x1_b"),
            ("_x", "_x"),
            ("_x0041_x0042_", "Ax0042_"),
        ] {
            assert_eq!(unescaped(text), is, "{text}");
        }
    }
}
