//! Where something stands in a file of a pack.

use std::ops::Range;

/// A place in a file: what a message points at, and what a value in force comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as shown.
    pub file: String,
    /// 1-based line; 0 where it is about the whole file.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
    /// The line itself.
    pub(super) excerpt: String,
    /// Characters marked in it.
    pub(super) length: usize,
}

impl Place {
    /// A file as a whole.
    pub(super) fn whole(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// The bytes `span` of `text`; what goes on in further lines is not marked.
    pub(super) fn of(file: &str, text: &str, span: &Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let excerpt = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let marked = text.get(span.clone()).and_then(|part| part.lines().next()).unwrap_or_default();
        let column = before.get(start..).unwrap_or_default().chars().count();
        Self {
            file: file.to_owned(),
            line: number(before.matches('\n').count()),
            column: number(column),
            excerpt: excerpt.to_owned(),
            length: marked.chars().count().max(1),
        }
    }

    /// 1-based line, where it is about one.
    pub(super) fn row(&self) -> Option<u32> {
        (self.line > 0).then_some(self.line)
    }

    /// Characters before what is marked.
    pub(super) fn start(&self) -> usize {
        usize::try_from(self.column).unwrap_or(1).saturating_sub(1)
    }
}

/// Counted from 0 to counted from 1.
fn number(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_shows_its_line() {
        let text = "甲 = 1\n乙 = \"二\"\n";
        let start = text.find('"').unwrap_or_default();
        let place = Place::of("f", text, &(start..start + 5));
        assert_eq!((place.line, place.column, place.length), (2, 5, 3));
        assert_eq!(place.excerpt, "乙 = \"二\"");
    }
}
