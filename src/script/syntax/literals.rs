//! Texts that a script writes out.

use super::tokens::{self, TokenKind};

/// The texts that a script writes out, in pieces without escapes.
pub(crate) fn literals(source: &str) -> Vec<String> {
    let texts = tokens::tokenize(source).into_iter().filter(|token| token.kind == TokenKind::Text);
    let written = texts.filter_map(|token| source.get(token.start..token.end));
    let pieces = written.flat_map(|text| text.trim_matches(['"', '`']).split('\\'));
    // What follows the sign of an escape is not part of the text.
    let pieces = pieces.flat_map(|piece| [piece, piece.get(1..).unwrap_or_default()]);
    pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}
