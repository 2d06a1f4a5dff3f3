//! What is packed into pages of HTML, unpacked by code that is not ours.

use std::io::Read;

use flate2::read::GzDecoder;

/// Before what is packed.
const BEGIN: &str = "<script type=\"application/gzip\" id=\"columns\">";

/// What is between two marks, the second not included.
pub fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

/// The bytes of a text in base64.
pub fn base64(text: &str) -> Vec<u8> {
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let signs: Vec<_> = text.bytes().filter(|sign| *sign != b'=').map(value).collect();
    let mut bytes = Vec::new();
    for chunk in signs.chunks(4) {
        let bits = chunk.iter().fold(0_u32, |bits, sign| (bits << 6) | u32::from(*sign));
        let bits = bits << (6 * (4 - chunk.len()));
        bytes.extend(bits.to_be_bytes().get(1..chunk.len()).unwrap());
    }
    bytes
}

/// What is packed into the page of many organizations; nothing where it is no such page.
pub fn columns(page: &str) -> String {
    if !page.contains(BEGIN) {
        return String::new();
    }
    let packed = base64(between(page, BEGIN, "</script>"));
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    text
}
