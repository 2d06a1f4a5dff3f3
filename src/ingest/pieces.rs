//! The text of a file, piece by piece: what is held is looked at where it is, the rest decoded as it is needed.

use super::encoding::{DecodeError, Decoding};
use super::input::{Decoded, Stream, Text};

/// Pieces of a text, one after the other.
pub(super) enum Pieces<'a> {
    /// A text in memory, and the piece looked at.
    Held(&'a str, usize, usize),
    /// A text that is decoded as it is needed.
    Streamed(Box<Streamed<'a>>),
}

/// The piece looked at, and where the next ones come from.
pub(super) struct Streamed<'a> {
    text: String,
    ended: bool,
    decoding: Decoding<Box<dyn Stream + 'a>>,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(decoded: &'a Decoded<'a>) -> Self {
        match &decoded.text {
            Text::Held(text) => Self::Held(text, 0, 0),
            Text::OnDisk(input) => Self::Streamed(Box::new(Streamed {
                text: String::new(),
                ended: false,
                decoding: Decoding::new(input.stream(), decoded.encoding),
            })),
        }
    }

    /// Lengthens the piece to about this many bytes; whether nothing comes after it.
    pub(super) fn look(&mut self, size: usize) -> Result<bool, DecodeError> {
        match self {
            Self::Held(text, start, end) => {
                *end = boundary(text, start.saturating_add(size));
                Ok(*end == text.len())
            }
            Self::Streamed(streamed) => {
                while streamed.text.len() < size && !streamed.ended {
                    streamed.ended = !streamed.decoding.next(&mut streamed.text)?;
                }
                Ok(streamed.ended)
            }
        }
    }

    /// The piece looked at.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Held(text, start, end) => text.get(*start..*end).unwrap_or_default(),
            Self::Streamed(streamed) => &streamed.text,
        }
    }

    /// Cuts bytes off the front of the piece.
    pub(super) fn take(&mut self, bytes: usize) {
        match self {
            Self::Held(text, start, _) => *start = boundary(text, start.saturating_add(bytes)),
            Self::Streamed(streamed) => {
                let end = boundary(&streamed.text, bytes);
                streamed.text.drain(..end);
            }
        }
    }
}

/// The first place at or after `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
