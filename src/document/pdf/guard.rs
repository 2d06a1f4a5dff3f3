//! What a PDF must pass before it is opened, and what is put right in it.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use crate::document::budget::Budget;
use crate::document::error::{Problem, Suspicion};
use crate::document::limit::Limit;

/// Streams that unpack to less may shrink as they like.
const SMALL: u64 = 8 << 20;

/// No honest stream beyond that shrinks to less than this share.
const MAX_RATIO: u64 = 200;

/// Operators that show text which a whole document may have: some hundred a page are usual.
const MOST_SHOWN: usize = 4_000_000;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 1_024;

/// Bytes unpacked at a time.
const PIECE: usize = 64 << 10;

/// Unpacks every stream that is no picture once, without keeping it: the library would keep each as a whole.
pub(super) fn check(bytes: &[u8], budget: &mut Budget) -> Result<(), Problem> {
    let (mut shown, mut piece, mut inflate) = (0, vec![0; PIECE], Decompress::new(true));
    for at in memmem::find_iter(bytes, b"stream") {
        budget.element()?;
        let before = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        let after = bytes.get(at.saturating_add(b"stream".len())..).unwrap_or_default();
        let packed = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"));
        let Some(packed) = packed.filter(|packed| begins_zlib(packed)) else { continue };
        let dictionary =
            memmem::rfind(before, b" obj").and_then(|start| before.get(start..)).unwrap_or(before);
        if !is_picture(dictionary) {
            inflate.reset(true);
            shown += unpack(packed, &mut piece, &mut inflate, budget)?;
        }
        if shown > MOST_SHOWN {
            return Err(Limit::Elements.into());
        }
    }
    Ok(())
}

/// Whether bytes begin as what is packed with zlib does: a method and a window, then flags that make a multiple of 31.
fn begins_zlib(packed: &[u8]) -> bool {
    let [method, flags, ..] = packed else { return false };
    method & 0x8f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31)
}

/// Whether a dictionary is that of a picture.
fn is_picture(dictionary: &[u8]) -> bool {
    const IMAGE: &[u8] = b"/Image";
    const FILTERS: [&[u8]; 4] = [b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode"];
    let has = |word: &[u8]| memmem::find(dictionary, word).is_some();
    // Whoever says it of other streams too would have them pass unseen.
    let has_pixels = FILTERS.into_iter().any(has) || (has(b"/Width") && has(b"/Height"));
    has_pixels
        && memmem::find_iter(dictionary, b"/Subtype").any(|at| {
            let value =
                dictionary.get(at.saturating_add(b"/Subtype".len())..).unwrap_or_default().trim_ascii_start();
            value.strip_prefix(IMAGE).is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
        })
}

/// Unpacks one stream; how many operators in it show text.
fn unpack(
    packed: &[u8],
    piece: &mut [u8],
    inflate: &mut Decompress,
    budget: &mut Budget,
) -> Result<usize, Problem> {
    let mut shown = 0;
    loop {
        let (taken, unpacked) = (inflate.total_in(), inflate.total_out());
        let rest = usize::try_from(taken).ok().and_then(|taken| packed.get(taken..)).unwrap_or_default();
        // What is damaged unpacks to what came before.
        let Ok(status) = inflate.decompress(rest, piece, FlushDecompress::None) else { return Ok(shown) };
        let more = inflate.total_out().saturating_sub(unpacked);
        budget.clock()?;
        budget.unpack(more)?;
        if inflate.total_out() > Limit::Part.most() {
            return Err(Limit::Part.into());
        }
        if inflate.total_out() > SMALL && inflate.total_out() > inflate.total_in().saturating_mul(MAX_RATIO) {
            return Err(Problem::Suspicious(Suspicion::Ratio));
        }
        let text = usize::try_from(more).ok().and_then(|more| piece.get(..more)).unwrap_or_default();
        shown += memmem::find_iter(text, b"Tj").count() + memmem::find_iter(text, b"TJ").count();
        if status == Status::StreamEnd || more == 0 {
            return Ok(shown);
        }
    }
}

/// Whether the end is there: a file that is cut has none.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    const END: usize = 2_048;
    let end = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or_default();
    memmem::find(end, b"%%EOF").is_some()
}

/// Names of encodings, and those that know more. UCS-2 knows no characters of four bytes, though programs write them: one rare
/// ideograph would shift everything after it. The forms of half width that the others give to Latin letters are none that
/// the library can tell.
const WIDER: [(&[u8], &[u8]); 7] = [
    (b"/UniGB-UCS2-H", b"/UniGB-UTF16-H"),
    (b"/UniGB-UCS2-V", b"/UniGB-UTF16-V"),
    (b"/UniCNS-UCS2-H", b"/UniCNS-UTF16-H"),
    (b"/GBK-EUC-H", b"/GBK2K-H"),
    (b"/GBK-EUC-V", b"/GBK2K-V"),
    (b"/GB-EUC-H", b"/GBK2K-H"),
    (b"/GB-EUC-V", b"/GBK2K-V"),
];

/// Names the wider encoding where there is room for its name, so that nothing in the file moves.
pub(super) fn widen(bytes: &mut [u8]) {
    for (narrow, wide) in WIDER {
        let places: Vec<usize> = memmem::find_iter(bytes, narrow).collect();
        for at in places {
            let end = at.saturating_add(narrow.len());
            let after = bytes.get(end..).unwrap_or_default();
            let blanks = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let ends = after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
            // A blank may go where a sign follows that needs none before it.
            let is_free = after.get(blanks).is_some_and(|byte| matches!(byte, b'/' | b'>' | b'[' | b'<'));
            let room = narrow.len().saturating_add(if is_free { blanks } else { blanks.saturating_sub(1) });
            let length = wide.len().max(narrow.len());
            if let Some(place) =
                bytes.get_mut(at..at.saturating_add(length)).filter(|_| ends && length <= room)
            {
                let name = wide.iter().chain(std::iter::repeat(&b' '));
                place.iter_mut().zip(name).for_each(|(byte, new)| *byte = *new);
            }
        }
    }
}

/// Whether the content of a page paints more than a background: letters drawn as curves, a drawing; or text, where that
/// counts.
pub(super) fn is_drawn(content: &[u8], counts_text: bool) -> bool {
    const BACKGROUND: usize = 3;
    let words = || content.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b')' | b'>' | b']'));
    let is_paint = |word: &&[u8]| {
        matches!(*word, b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" | b"sh")
    };
    let is_text = |word: &[u8]| matches!(word, b"Tj" | b"TJ");
    words().filter(is_paint).nth(BACKGROUND).is_some() || (counts_text && words().any(is_text))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn stream(length: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; length]).unwrap();
        [b"1 0 obj <</Filter /FlateDecode>> stream\n".to_vec(), encoder.finish().unwrap()].concat()
    }

    #[test]
    fn streams_that_unpack_to_much_are_refused_before_anybody_keeps_them() {
        let check = |bytes: &[u8]| check(bytes, &mut Budget::new());
        assert_eq!(check(&stream(1 << 20)), Ok(()));
        assert_eq!(check(&stream(9 << 20)), Err(Problem::Suspicious(Suspicion::Ratio)));
        assert_eq!(check(b"endstream\nstream\n\x78\x9cno"), Ok(()));
    }

    #[test]
    fn pictures_are_told_by_their_dictionary() {
        assert!(
            is_picture(b"<</Type /XObject /Subtype /Image /Width 9 /Height 9>>")
                && is_picture(b"<</Subtype/Image/Filter/DCTDecode>>")
        );
        assert!(!is_picture(b"<</Subtype /Image /Filter /FlateDecode>>"));
        assert!(!is_picture(b"<</Subtype /Form /Resources <</ProcSet [/PDF /ImageB]>>>>"));
    }

    #[test]
    fn encodings_are_widened_where_there_is_room() {
        let mut bytes =
            b"/Encoding /UniGB-UCS2-H\n/Name /UniGB-UCS2-H/X /UniGB-UCS2-H X /GBK-EUC-H>>/GBK-EUC-HX"
                .to_vec();
        widen(&mut bytes);
        let wide = "/Encoding /UniGB-UTF16-H/Name /UniGB-UCS2-H/X /UniGB-UCS2-H X /GBK2K-H  >>/GBK-EUC-HX";
        assert_eq!(String::from_utf8(bytes).unwrap(), wide);
    }

    #[test]
    fn a_background_is_no_drawing() {
        assert!(!is_drawn(b"1 1 1 rg 0 0 595 842 re f Q BT ( ) Tj ET", false));
        assert!(is_drawn(&b"0 0 m 9 9 l S ".repeat(5), false));
        assert!(is_drawn(b"BT <01>Tj ET", true));
    }
}
