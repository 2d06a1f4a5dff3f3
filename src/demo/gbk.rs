//! Text in GB18030, as the spreadsheets of offices save it, by a table: the general encoder searches for every letter.

use std::sync::LazyLock;

use encoding_rs::GB18030;

/// Two bytes for every letter of the basic plane that GBK has; 0 for others.
static CODES: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut codes = vec![0; 0x1_0000];
    for code in
        (0x81..=0xFE).flat_map(|lead| (0x40..=0xFE).map(move |trail| u16::from_be_bytes([lead, trail])))
    {
        let bytes = code.to_be_bytes();
        let (text, failed) = GB18030.decode_without_bom_handling(&bytes);
        let mut letters = text.chars();
        if let (Some(letter), None, false) = (letters.next(), letters.next(), failed)
            && let Some(place) = codes.get_mut(letter as usize)
        {
            *place = code;
        }
    }
    codes
});

/// Appends the text.
pub(super) fn encode(text: &str, bytes: &mut Vec<u8>) {
    let codes = CODES.as_slice();
    for letter in text.chars() {
        match (u8::try_from(letter), codes.get(letter as usize).copied().unwrap_or(0)) {
            (Ok(byte), _) if byte.is_ascii() => bytes.push(byte),
            (_, 0) => bytes.extend_from_slice(&GB18030.encode(letter.encode_utf8(&mut [0; 4])).0),
            (_, code) => bytes.extend_from_slice(&code.to_be_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_general_encoder() {
        let text: String =
            (1..0xFFFF_u32).step_by(7).filter_map(char::from_u32).chain("•€〇Ａ𠀀".chars()).collect();
        let mut bytes = Vec::new();
        encode(&text, &mut bytes);
        assert_eq!(bytes, GB18030.encode(&text).0.as_ref());
    }
}
