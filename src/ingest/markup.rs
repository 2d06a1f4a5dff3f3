//! Counts the elements of a part without parsing it: what looks like one counts, also in comments, so that no parser
//! ever sees more than was counted.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr2};

use super::budget::{Budget, Counts};
use super::guard::Found;
use super::limit::Limit;

/// Bytes looked at together; twice as many without a tag are no cell.
const PIECE: usize = 128 * 1024;

/// What is kept of a piece: more than a local name that is counted has, or an attribute that is looked at.
const OVERLAP: usize = 64;

/// Counts the elements of one part, piece by piece.
pub(super) struct Scanner<'b> {
    budget: &'b mut Budget,
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
    /// The last element's name had not ended when the piece did.
    is_open: bool,
    /// Some piece had no tag at all: no cell can hold so much.
    pub(super) is_run: bool,
}

/// The declaration and the outermost element.
const OUTERMOST: u64 = 2;

impl<'b> Scanner<'b> {
    pub(super) fn new(budget: &'b mut Budget) -> Self {
        let piece = Vec::with_capacity(PIECE.saturating_add(OVERLAP));
        Self {
            budget,
            piece,
            kept: 0,
            before: 0,
            last: 0,
            elements: 0,
            longest: 0,
            formats: 0,
            is_open: false,
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

    /// Counts the elements whose names end in what is new of the piece.
    pub(super) fn count(&mut self) -> Result<(), Found> {
        let mut counts = Counts::default();
        if self.is_open {
            self.is_open = count_name(&self.piece, self.kept, &mut counts);
        }
        let new = self.piece.get(self.kept..).unwrap_or_default();
        for at in memchr_iter(b'<', new).map(|at| at.saturating_add(self.kept)) {
            let place = self.before.saturating_add(wide(at));
            if self.elements > OUTERMOST {
                self.longest = self.longest.max(place.saturating_sub(self.last));
            }
            self.elements = self.elements.saturating_add(1);
            self.last = place;
            self.is_open = count_name(&self.piece, at.saturating_add(1), &mut counts);
        }
        self.formats = self.formats.saturating_add(counts.of(Limit::Formats));
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

/// Counts the element whose name goes on from a place, by what stands at the end of the name: a prefix may be of any
/// length. Whether the piece ends before the name does.
fn count_name(piece: &[u8], from: usize, counts: &mut Counts) -> bool {
    let rest = piece.get(from..).unwrap_or_default();
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<');
    let Some(end) = rest.iter().position(ends) else { return true };
    // What begins inside a name ends with it, and is counted then.
    if rest.get(end) != Some(&b'<') {
        let end = from.saturating_add(end);
        let name = piece.get(end.saturating_sub(OVERLAP)..end).unwrap_or_default();
        let local = memrchr2(b':', b'<', name).and_then(|before| name.get(before.saturating_add(1)..));
        count_element(local.unwrap_or_default(), counts);
    }
    false
}

fn count_element(name: &[u8], counts: &mut Counts) {
    let limit = match name {
        b"c" => Limit::Cells,
        b"row" => Limit::Rows,
        b"si" => Limit::Strings,
        b"xf" => Limit::Formats,
        b"font" | b"fill" | b"border" | b"numFmt" => Limit::Styles,
        b"mergeCell" => Limit::Merges,
        b"definedName" => Limit::Names,
        b"sheet" => Limit::Sheets,
        _ => return,
    };
    counts.add(limit, 1);
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn counted(text: &str) -> Counts {
        let mut budget = Budget::default();
        let mut scanner = Scanner::new(&mut budget);
        let mut part = text.as_bytes();
        loop {
            let read = scanner.fill(&mut part).unwrap();
            assert!(scanner.count().is_ok());
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
            assert_eq!((counts.of(Limit::Rows), counts.of(Limit::Cells)), (8_000, 16_000), "{pad}");
        }
    }

    #[test]
    fn an_element_counts_whatever_its_prefix_is() {
        for long in [1, OVERLAP - 2, OVERLAP, OVERLAP + 1, 1_000, 2 * PIECE] {
            let text = format!("<a/><{}:c r=\"1\"/><b:{0}/>", "p".repeat(long));
            assert_eq!(counted(&text).of(Limit::Cells), 1, "{long}");
        }
        let cells = format!("<{}:c/>", "甲".repeat(70)).repeat(4_000);
        for pad in 0..8 {
            assert_eq!(counted(&format!("{}{cells}", " ".repeat(pad))).of(Limit::Cells), 4_000, "{pad}");
        }
        assert_eq!(counted("<<<a<b:c>").of(Limit::Cells), 1);
    }

    #[test]
    fn names_are_told_from_those_that_begin_alike() {
        let counts =
            counted("<si><t>a</t></si><s:si/><size/><!-- <si> --><xf/><xfrm/><sheets><sheet\n/></sheets>");
        assert_eq!([Limit::Strings, Limit::Formats, Limit::Sheets].map(|limit| counts.of(limit)), [3, 1, 1]);
    }

    #[test]
    fn formats_times_the_longest_element_are_limited() {
        let mut budget = Budget::default();
        let mut scanner = Scanner::new(&mut budget);
        let text = format!(
            "<?xml?><styleSheet><fonts><name val=\"{}\"/>{}",
            "x".repeat(60_000),
            "<xf/>".repeat(2_000)
        );
        let mut part = text.as_bytes();
        while scanner.fill(&mut part).unwrap() > 0 {
            assert!(scanner.count().is_ok());
        }
        assert!(scanner.count().is_ok());
        assert!(matches!(scanner.finish(), Err(Found::Limit(Limit::FormatBytes))));
    }
}
