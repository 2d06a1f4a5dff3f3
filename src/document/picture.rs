//! Pictures that show nothing: one colour from edge to edge, as a white page or a covered lens gives.

use std::io::{self, Read, Seek, SeekFrom};

use zune_jpeg::JpegDecoder;
use zune_png::PngDecoder;
use zune_png::zune_core::bytestream::ZCursor;
use zune_png::zune_core::options::DecoderOptions;

use super::kind::FileKind;

/// Bytes of a picture beside its pixels: names, thumbnails, profiles of colours.
const BESIDE: u64 = 128 << 10;

/// Pixels for each byte: a picture with fewer has something on it.
const PIXELS_A_BYTE: u64 = 20;

/// Pixels of the largest picture that is decoded.
const MOST_PIXELS: u64 = 25_000_000;

/// How far the values of a colour may lie apart: compression leaves some noise.
const APART: u8 = 8;

/// What is on a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureContent {
    /// Something.
    Drawn,
    /// One colour from edge to edge.
    OneColour,
    /// It is cut off or corrupt.
    Broken,
    /// Nobody looked: it is neither JPEG nor PNG, or too large.
    NotLookedAt,
}

/// What is on a picture, where it is JPEG or PNG. What is packed into so many bytes that it must show something is not decoded.
///
/// # Errors
/// The system refuses to read.
pub fn picture_content(mut stream: impl Read + Seek) -> io::Result<PictureContent> {
    let kind = FileKind::of(&mut stream)?;
    let bytes = stream.seek(SeekFrom::End(0))?;
    stream.rewind()?;
    let decode = match kind {
        FileKind::Jpeg => jpeg,
        FileKind::Png => png,
        _ => return Ok(PictureContent::NotLookedAt),
    };
    if bytes > fewest(MOST_PIXELS) {
        return Ok(PictureContent::Drawn);
    }
    let mut whole = Vec::new();
    stream.take(bytes).read_to_end(&mut whole)?;
    Ok(decode(&whole).unwrap_or(PictureContent::Broken))
}

const fn told(is_one_colour: bool) -> PictureContent {
    if is_one_colour { PictureContent::OneColour } else { PictureContent::Drawn }
}

/// Bytes beyond which a picture of so many pixels has something on it.
fn fewest(pixels: u64) -> u64 {
    pixels.div_euclid(PIXELS_A_BYTE).saturating_add(BESIDE)
}

/// What is known of a picture of this size without decoding it.
fn undecoded(width: u64, height: u64, bytes: u64) -> Option<PictureContent> {
    let pixels = width.saturating_mul(height);
    match pixels {
        0..=MOST_PIXELS => (bytes > fewest(pixels)).then_some(PictureContent::Drawn),
        _ => Some(PictureContent::NotLookedAt),
    }
}

fn jpeg(bytes: &[u8]) -> Option<PictureContent> {
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    let known = undecoded(info.width.into(), info.height.into(), u64::try_from(bytes.len()).ok()?);
    if known.is_some() {
        return known;
    }
    let pixels = decoder.decode().ok()?;
    let channels =
        pixels.len().checked_div(usize::from(info.width).checked_mul(usize::from(info.height))?)?;
    Some(told(Range::new(channels).takes(&pixels)))
}

fn png(bytes: &[u8]) -> Option<PictureContent> {
    let length = u64::try_from(bytes.len()).ok()?;
    let bytes = &essential(bytes)?;
    let options = DecoderOptions::default().png_set_strip_to_8bit(true);
    let mut decoder = PngDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let known = undecoded(u64::try_from(width).ok()?, u64::try_from(height).ok()?, length);
    if known.is_some() {
        return known;
    }
    let pixels = decoder.decode_raw().ok()?;
    let channels = pixels.len().checked_div(width.checked_mul(height)?)?;
    Some(told(Range::new(channels).takes(&pixels)))
}

/// A PNG with nothing but its pixels and colours: profiles and texts may unpack to any size.
fn essential(bytes: &[u8]) -> Option<Vec<u8>> {
    const MARK: usize = 8;
    const AROUND: usize = 12;
    let (mark, mut rest) = bytes.split_at_checked(MARK)?;
    let mut kept = mark.to_vec();
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?);
        let end = usize::try_from(length).ok()?.checked_add(AROUND)?;
        let (chunk, after) = rest.split_at_checked(end)?;
        let name = chunk.get(4..MARK)?;
        if matches!(name, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        rest = after;
    }
}

/// The least and the greatest value of each channel so far.
struct Range(Vec<(u8, u8)>);

impl Range {
    fn new(channels: usize) -> Self {
        Self(vec![(u8::MAX, u8::MIN); channels])
    }

    /// Takes in pixels; whether all so far are of one colour.
    fn takes(&mut self, pixels: &[u8]) -> bool {
        for pixel in pixels.chunks_exact(self.0.len().max(1)) {
            for ((least, greatest), value) in self.0.iter_mut().zip(pixel) {
                *least = (*least).min(*value);
                *greatest = (*greatest).max(*value);
            }
        }
        self.0.iter().all(|(least, greatest)| greatest.saturating_sub(*least) <= APART)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::write::ZlibEncoder;
    use flate2::{Compression, Crc};

    use super::*;

    fn picture(side: u32, dot: Option<usize>) -> Vec<u8> {
        let mut pixels = vec![250_u8; usize::try_from(side * side * 3).unwrap()];
        if let Some(at) = dot {
            pixels[at] = 0;
        }
        let row = usize::try_from(side * 3).unwrap();
        let rows: Vec<u8> = pixels.chunks(row).flat_map(|row| [&[0], row].concat()).collect();
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&rows).unwrap();
        let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, content) in [(b"IHDR", header), (b"IDAT", packed.finish().unwrap()), (b"IEND", Vec::new())]
        {
            let mut sum = Crc::new();
            sum.update(name);
            sum.update(&content);
            file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            file.extend([&name[..], &content, &sum.sum().to_be_bytes()].concat());
        }
        file
    }

    fn told(bytes: &[u8]) -> PictureContent {
        picture_content(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn one_colour_is_told_from_a_picture_with_a_dot() {
        assert_eq!(told(&picture(300, None)), PictureContent::OneColour);
        assert_eq!(told(&picture(300, Some(90_000))), PictureContent::Drawn);
        let jpeg = |name: &str| {
            let bytes: &[u8] = match name {
                "white" => include_bytes!("../../tests/data/texts/white.jpg"),
                _ => include_bytes!("../../tests/data/texts/drawn.jpg"),
            };
            told(bytes)
        };
        assert_eq!((jpeg("white"), jpeg("drawn")), (PictureContent::OneColour, PictureContent::Drawn));
    }

    #[test]
    fn profiles_and_texts_of_a_png_are_left_out() {
        let whole = picture(30, None);
        let chunk = [&[0, 0, 0, 4], &b"iCCP"[..], b"bomb", &[0; 4]].concat();
        let with = [&whole[..33], &chunk, &whole[33..]].concat();
        assert_eq!(essential(&with), Some(whole));
        assert_eq!(told(&with), PictureContent::OneColour);
        assert_eq!(essential(&with[..40]), None);
    }

    #[test]
    fn what_cannot_be_told_is_not() {
        let whole = picture(300, None);
        assert_eq!(told(&whole[..whole.len() / 2]), PictureContent::Broken);
        assert_eq!(told(b"GIF89a\x01\x00\x01\x00\x00"), PictureContent::NotLookedAt);
        assert_eq!(told(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), PictureContent::Broken);
    }
}
