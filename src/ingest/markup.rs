//! Counts the elements of a part without parsing it: what looks like one counts, also in comments, so that no parser
//! ever sees more than was counted.

use std::io::{self, Read};
use std::sync::LazyLock;

use memchr::{memchr_iter, memrchr};
use regex::bytes::Regex;

use super::budget::{Budget, Counts};
use super::error::Suspicion;
use super::guard::Found;
use super::limit::Limit;

/// Bytes looked at together; twice as many without a tag are no cell.
const PIECE: usize = 128 * 1024;

/// What is kept of a piece so that no name is cut; names with a prefix longer than this are none of those counted.
const OVERLAP: usize = 64;

static COUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"uniqueCount\s*=\s*["']\s*\+?0*([0-9]+)"#).ok());

/// Counts the elements of one part, piece by piece.
pub(super) struct Scanner<'b> {
    budget: &'b mut Budget,
    /// The most strings it can declare, where it has strings.
    strings: Option<u64>,
    piece: Vec<u8>,
    /// Bytes of the piece that were there before.
    kept: usize,
    /// Bytes of the part before the piece.
    before: u64,
    /// Where the last element began.
    last: u64,
    /// Elements so far.
    elements: u64,
    /// The longest distance from one element to the next, below the outermost: that has long names of name spaces.
    longest: u64,
    formats: u64,
    /// Some piece had no tag at all: no cell can hold so much.
    pub(super) is_run: bool,
}

/// The declaration and the outermost element.
const OUTERMOST: u64 = 2;

impl<'b> Scanner<'b> {
    pub(super) fn new(budget: &'b mut Budget, strings: Option<u64>) -> Self {
        let piece = Vec::with_capacity(PIECE.saturating_add(OVERLAP));
        Self {
            budget,
            strings,
            piece,
            kept: 0,
            before: 0,
            last: 0,
            elements: 0,
            longest: 0,
            formats: 0,
            is_run: false,
        }
    }

    /// Takes the next piece; how many bytes came.
    pub(super) fn fill(&mut self, part: &mut impl Read) -> io::Result<usize> {
        let done = self.piece.len().saturating_sub(OVERLAP);
        self.piece.drain(..done);
        self.before = self.before.saturating_add(wide(done));
        self.kept = self.piece.len();
        let read = part.by_ref().take(wide(PIECE)).read_to_end(&mut self.piece)?;
        self.is_run |= read == PIECE && !self.piece.get(self.kept..).is_some_and(|new| new.contains(&b'<'));
        Ok(read)
    }

    /// Counts the elements of the piece whose names are whole, or all at the end.
    pub(super) fn count(&mut self, ended: bool) -> Result<(), Found> {
        if self.strings.is_some_and(|most| declares_more(&self.piece, most)) {
            return Err(Found::Suspicion(Suspicion::Strings));
        }
        // What was kept of the last piece was not counted then.
        let end = if ended { self.piece.len() } else { self.piece.len().saturating_sub(OVERLAP) };
        let mut counts = Counts::default();
        for at in memchr_iter(b'<', self.piece.get(..end).unwrap_or_default()) {
            let place = self.before.saturating_add(wide(at));
            if self.elements > OUTERMOST {
                self.longest = self.longest.max(place.saturating_sub(self.last));
            }
            self.elements = self.elements.saturating_add(1);
            self.last = place;
            count_element(name(&self.piece, at), &mut counts);
        }
        self.formats = self.formats.saturating_add(counts.formats);
        self.budget.hold(counts).map_err(Found::Limit)
    }

    /// At the end: the reader keeps of each cell format a copy of what it refers to.
    pub(super) fn finish(&mut self) -> Result<(), Found> {
        let longest =
            self.longest.max(self.before.saturating_add(wide(self.piece.len())).saturating_sub(self.last));
        let bytes = self.formats.saturating_mul(longest);
        if bytes > Limit::FormatBytes.most() { Err(Found::Limit(Limit::FormatBytes)) } else { Ok(()) }
    }
}

fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// The local name of the element that begins at a place.
fn name(piece: &[u8], at: usize) -> &[u8] {
    let start = at.saturating_add(1);
    let rest = piece.get(start..piece.len().min(start.saturating_add(OVERLAP))).unwrap_or_default();
    let end = rest.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'));
    let whole = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let local = memrchr(b':', whole).map_or(0, |colon| colon.saturating_add(1));
    whole.get(local..).unwrap_or_default()
}

fn count_element(name: &[u8], counts: &mut Counts) {
    let count = match name {
        b"c" => &mut counts.cells,
        b"row" => &mut counts.rows,
        b"si" => &mut counts.strings,
        b"xf" => &mut counts.formats,
        b"font" | b"fill" | b"border" | b"numFmt" => &mut counts.styles,
        b"mergeCell" => &mut counts.merges,
        b"definedName" => &mut counts.names,
        b"sheet" => &mut counts.sheets,
        _ => return,
    };
    *count = count.saturating_add(1);
}

fn declares_more(piece: &[u8], most: u64) -> bool {
    let Some(pattern) = COUNT.as_ref() else { return true };
    pattern.captures_iter(piece).any(|found| {
        let digits = found.get(1).map(|digits| String::from_utf8_lossy(digits.as_bytes()));
        digits.is_some_and(|digits| digits.parse::<u64>().unwrap_or(u64::MAX) > most)
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn counted(text: &str) -> Counts {
        let mut budget = Budget::default();
        let mut scanner = Scanner::new(&mut budget, None);
        let mut part = text.as_bytes();
        loop {
            let read = scanner.fill(&mut part).unwrap();
            assert!(scanner.count(read == 0).is_ok());
            if read == 0 {
                assert!(scanner.finish().is_ok());
                return *budget.held();
            }
        }
    }

    #[test]
    fn each_element_is_counted_once_wherever_pieces_end() {
        let row = "<row r=\"1\"><c><v>1</v></c><x:c/></row>\n";
        for pad in 0..OVERLAP + 8 {
            let text = format!("{}{}", " ".repeat(pad), row.repeat(8_000));
            let counts = counted(&text);
            assert_eq!((counts.rows, counts.cells), (8_000, 16_000), "{pad}");
        }
    }

    #[test]
    fn names_are_told_from_those_that_begin_alike() {
        let counts =
            counted("<si><t>a</t></si><s:si/><size/><!-- <si> --><xf/><xfrm/><sheets><sheet\n/></sheets>");
        assert_eq!((counts.strings, counts.formats, counts.sheets), (3, 1, 1));
    }

    #[test]
    fn formats_times_the_longest_element_are_limited() {
        let mut budget = Budget::default();
        let mut scanner = Scanner::new(&mut budget, None);
        let text = format!(
            "<?xml?><styleSheet><fonts><name val=\"{}\"/>{}",
            "x".repeat(60_000),
            "<xf/>".repeat(2_000)
        );
        let mut part = text.as_bytes();
        while scanner.fill(&mut part).unwrap() > 0 {
            assert!(scanner.count(false).is_ok());
        }
        assert!(scanner.count(true).is_ok());
        assert!(matches!(scanner.finish(), Err(Found::Limit(Limit::FormatBytes))));
    }
}
