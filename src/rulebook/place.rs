//! Where something stands in a file of a pack.

use std::ops::Range;
use std::sync::Arc;

/// A file as shown, its text, and where its lines begin: worked out once, whatever is looked up in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    file: String,
    text: String,
    /// Byte positions, ascending; the first is 0.
    starts: Vec<usize>,
}

impl Source {
    /// O(bytes of the text).
    pub(super) fn new(file: &str, text: &str) -> Arc<Self> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at.saturating_add(1))).collect();
        Arc::new(Self { file: file.to_owned(), text: text.to_owned(), starts })
    }

    /// The bytes `span` of it.
    pub(super) fn place(self: &Arc<Self>, span: &Range<usize>) -> Place {
        Place { source: Arc::clone(self), span: Some(span.clone()) }
    }

    /// The whole of it.
    pub(super) fn whole(self: &Arc<Self>) -> Place {
        Place { source: Arc::clone(self), span: None }
    }

    /// Number of the line, from 0, that a byte is in, and where it begins. O(log lines).
    fn line(&self, at: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        (number, self.starts.get(number).copied().unwrap_or(0))
    }
}

/// A place in a file: what a message points at, and what a value in force comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    source: Arc<Source>,
    /// Bytes of the text; nothing where it is about the whole file.
    span: Option<Range<usize>>,
}

/// Characters of a line shown before what is marked, and in all.
const SHOWN: (usize, usize) = (80, 320);

impl Place {
    /// A file as a whole.
    pub(super) fn whole(file: &str) -> Self {
        Self { source: Source::new(file, ""), span: None }
    }

    /// The file as shown.
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// 1-based line; 0 where it is about the whole file.
    pub fn line(&self) -> u32 {
        self.span.as_ref().map_or(0, |span| number(self.source.line(span.start).0))
    }

    /// 1-based line, where it is about one.
    pub(super) fn row(&self) -> Option<u32> {
        Some(self.line()).filter(|line| *line > 0)
    }

    /// 1-based column in characters. O(bytes of the line).
    pub fn column(&self) -> u32 {
        number(self.before().chars().count())
    }

    /// What stands before it in its line.
    fn before(&self) -> &str {
        let Some(span) = &self.span else { return "" };
        let (_, start) = self.source.line(span.start);
        self.source.text.get(start..span.start).unwrap_or_default()
    }

    /// Its line, cut to what is shown, and the characters marked in that: start and length. What goes on in further
    /// lines is not marked.
    pub(super) fn excerpt(&self) -> Option<(String, usize, usize)> {
        let span = self.span.as_ref()?;
        let (_, start) = self.source.line(span.start);
        let line = self.source.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let marked = self.source.text.get(span.clone()).and_then(|part| part.lines().next());
        let length = marked.unwrap_or_default().chars().count().max(1);
        let column = self.before().chars().count();
        let (margin, room) = SHOWN;
        let skipped = if line.chars().nth(room).is_some() { column.saturating_sub(margin) } else { 0 };
        let shown = line.chars().skip(skipped).take(room).collect();
        Some((shown, column.saturating_sub(skipped), length.min(room.saturating_sub(margin))))
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
        let place = Source::new("f", text).place(&(start..start + 5));
        assert_eq!((place.line(), place.column()), (2, 5));
        assert_eq!(place.excerpt(), Some(("乙 = \"二\"".to_owned(), 4, 3)));
        let end = Source::new("f", text).place(&(text.len()..text.len()));
        assert_eq!((end.line(), end.excerpt()), (3, Some((String::new(), 0, 1))));
    }

    #[test]
    fn of_a_long_line_only_what_is_around_the_place_is_shown() {
        let text = format!("{}丙{}", "甲".repeat(5_000), "乙".repeat(5_000));
        let start = text.find('丙').unwrap_or_default();
        let place = Source::new("f", &text).place(&(start..text.len()));
        assert_eq!((place.line(), place.column()), (1, 5_001));
        let (shown, at, length) = place.excerpt().unwrap_or_default();
        assert_eq!((shown.chars().count(), shown.chars().nth(at)), (320, Some('丙')));
        assert!(at + length <= 320);
    }

    #[test]
    fn a_whole_file_has_no_line() {
        let place = Place::whole("f");
        assert_eq!((place.file(), place.line(), place.row(), place.excerpt()), ("f", 0, None, None));
    }
}
