//! Where the records and fields of a text lie.
//!
//! Most lines of most files have neither quotes nor stray line ends: they are taken in one sweep for separators and
//! line feeds. All others go field by field, and a quote that is not closed properly is an error, never a longer
//! field.

use memchr::{memchr, memchr2, memchr2_iter, memchr3};
use wide::u8x16;

use super::batch::{Index, narrow, place};
use super::limit::Limit;
use crate::model::limits::TEXT_ROW;

/// What stops the splitting of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A quote that is not closed properly: the line on which it opens, and its field from 1.
    Quote(u32, u32),
    /// A NUL on this line.
    Nul(u32),
    /// A row beyond a limit.
    TooLarge(u32, Limit),
}

/// Splits a text that comes in pieces.
#[derive(Debug)]
pub(super) struct Tokenizer {
    separator: u8,
    /// Lines taken so far.
    line: u32,
}

impl Tokenizer {
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, line: 0 }
    }

    /// The line that comes next.
    pub(super) fn next_line(&self) -> u32 {
        self.line.saturating_add(1)
    }

    /// Finds the whole records at the front of a text; how many bytes they take.
    pub(super) fn split(&mut self, text: &str, ended: bool, index: &mut Index) -> Result<usize, Trouble> {
        index.clear();
        index.odd = may_be_odd(text.as_bytes());
        let mut taken = 0;
        while taken < text.len() {
            let (start, special) = self.sweep(text.as_bytes(), taken, index)?;
            index.drop_rest();
            taken = start;
            if !special && !ended {
                break;
            }
            match self.walk(text, taken, ended, index)? {
                Some(end) => taken = end,
                None => break,
            }
        }
        index.drop_rest();
        if text.len().saturating_sub(taken) > TEXT_ROW {
            return Err(Trouble::TooLarge(self.next_line(), Limit::Row));
        }
        Ok(taken)
    }

    /// Takes every line up to one that has a quote, a NUL or a CR within, or has no end: where it begins, and whether
    /// it has one of those.
    fn sweep(&mut self, bytes: &[u8], from: usize, index: &mut Index) -> Result<(usize, bool), Trouble> {
        let (mut record, mut field) = (from, from);
        let (blocks, rest) = bytes.get(from..).unwrap_or_default().as_chunks::<BLOCK>();
        let mut last = [b' '; BLOCK];
        last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        let mut base = from;
        for block in blocks.iter().chain([&last]) {
            let mut hits = hits(block, self.separator);
            while hits != 0 {
                let at = base.saturating_add(place(hits.trailing_zeros()));
                hits &= hits.wrapping_sub(1);
                match bytes.get(at) {
                    Some(b'\n') => {
                        let before = at.checked_sub(1).filter(|before| *before >= field);
                        let end = before.filter(|before| bytes.get(*before) == Some(&b'\r')).unwrap_or(at);
                        index.field(field, end);
                        self.line = self.next_line();
                        index.record(self.line, self.line, end.saturating_sub(record))?;
                        record = at.saturating_add(1);
                    }
                    Some(b'\r') if bytes.get(at.saturating_add(1)) == Some(&b'\n') => continue,
                    Some(byte) if *byte == self.separator => index.field(field, at),
                    _ => return Ok((record, true)),
                }
                field = at.saturating_add(1);
            }
            base = base.saturating_add(BLOCK);
        }
        Ok((record, false))
    }

    /// Takes one record, whatever stands in it; where it ends, or `None` if the text ends before that can be told.
    fn walk(
        &mut self,
        text: &str,
        start: usize,
        ended: bool,
        index: &mut Index,
    ) -> Result<Option<usize>, Trouble> {
        let line = self.next_line();
        let rewritten = index.rewritten.len();
        let mut walker = Walker { text, separator: self.separator, ended, line, start, at: start };
        if start >= text.len() {
            return Ok(None);
        }
        let Some(end) = walker.record(index)? else {
            index.rewritten.truncate(rewritten);
            return Ok(None);
        };
        index.record(line, walker.line, end.saturating_sub(start))?;
        self.line = walker.line;
        Ok(Some(walker.at))
    }
}

/// Bytes looked at together.
const BLOCK: usize = 64;

/// A bit for each byte that ends a field or is special.
fn hits(block: &[u8; BLOCK], separator: u8) -> u64 {
    let (quarters, _) = block.as_chunks::<16>();
    let mut all = 0_u64;
    for (quarter, shift) in quarters.iter().zip((0_u32..).step_by(16)) {
        let bytes = u8x16::from(*quarter);
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        let hits = is(separator) | is(b'\n') | is(b'\r') | is(b'"') | is(0);
        all |= u64::from(hits.to_bitmask()) << shift;
    }
    all
}

/// Whether a character may be one that a wrong decoding leaves behind: C1 controls, private use, U+FFFD.
fn may_be_odd(bytes: &[u8]) -> bool {
    let next = |at: usize| bytes.get(at.saturating_add(1)).copied().unwrap_or_default();
    memchr3(0xee, 0xf3, 0xf4, bytes).is_some()
        || memchr2_iter(0xc2, 0xef, bytes).any(|at| match bytes.get(at) {
            Some(0xc2) => next(at) < 0xa0,
            _ => next(at) < 0xa4 || next(at) == 0xbf,
        })
}

/// Goes through one record field by field.
struct Walker<'t> {
    text: &'t str,
    separator: u8,
    ended: bool,
    /// The line it is on.
    line: u32,
    /// Where the record begins.
    start: usize,
    at: usize,
}

/// What comes after a field.
enum After {
    /// One more field.
    Field,
    /// The end of the record; the record ends before these bytes.
    End(usize),
}

impl Walker<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes a record; where it ends, or `None` if the text ends before it does.
    fn record(&mut self, index: &mut Index) -> Result<Option<usize>, Trouble> {
        if self.line()?.is_none() {
            return Ok(None);
        }
        loop {
            let field = narrow(index.begun()).saturating_add(1);
            self.skip(self.blanks_before_quote());
            let taken = if self.rest().first() == Some(&b'"') {
                self.quoted(field, index)?
            } else {
                self.bare(index)
            };
            if taken.is_none() {
                return Ok(None);
            }
            match self.after() {
                Some(After::Field) => {}
                Some(After::End(end)) => return Ok(Some(end)),
                None => return Ok(None),
            }
        }
    }

    /// Spaces before a quote that is closed on this line, and stands for itself then.
    fn blanks_before_quote(&self) -> usize {
        let rest = self.rest();
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let Some([b'"', quoted @ ..]) = rest.get(blanks..).filter(|_| blanks > 0) else { return 0 };
        let line = quoted.get(..memchr2(b'\n', b'\r', quoted).unwrap_or(quoted.len())).unwrap_or_default();
        let mut at = 0;
        while let Some(next) = memchr(b'"', line.get(at..).unwrap_or_default()) {
            at = at.saturating_add(next).saturating_add(1);
            match line.get(at..).unwrap_or_default() {
                [b'"', ..] => at = at.saturating_add(1),
                rest => {
                    let after = rest.iter().find(|byte| **byte != b' ');
                    return if after.is_none_or(|byte| *byte == self.separator) { blanks } else { 0 };
                }
            }
        }
        0
    }

    /// There is no NUL in the line that begins here; `None` if not all of it is there.
    fn line(&self) -> Result<Option<()>, Trouble> {
        if self.at.saturating_sub(self.start) > TEXT_ROW {
            return Err(Trouble::TooLarge(self.line, Limit::Row));
        }
        let rest = self.rest();
        let line = match memchr2(b'\n', b'\r', rest) {
            Some(end) => rest.get(..end).unwrap_or_default(),
            None if self.ended => rest,
            None => return Ok(None),
        };
        memchr(0, line).map_or(Ok(Some(())), |_| Err(Trouble::Nul(self.line)))
    }

    /// Takes a field without quotes, up to what ends it.
    fn bare(&mut self, index: &mut Index) -> Option<()> {
        let length = match memchr3(self.separator, b'\n', b'\r', self.rest()) {
            Some(length) => length,
            None if self.ended => self.rest().len(),
            None => return None,
        };
        let start = self.at;
        self.skip(length);
        index.field(start, self.at);
        Some(())
    }

    /// Takes a separator or the end of a line.
    fn after(&mut self) -> Option<After> {
        let end = self.at;
        let length = match self.rest() {
            [] if self.ended => return Some(After::End(end)),
            [] | [b'\r'] if !self.ended => return None,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        let is_separator = self.rest().first() == Some(&self.separator);
        self.skip(length);
        Some(if is_separator { After::Field } else { After::End(end) })
    }

    /// Takes a field that opens with a quote here, from further lines if need be.
    fn quoted(&mut self, field: u32, index: &mut Index) -> Result<Option<()>, Trouble> {
        let wrong = Trouble::Quote(self.line, field);
        let rewritten = index.rewritten.len();
        self.skip(1);
        let mut from = self.at;
        loop {
            let Some(length) = memchr3(b'"', b'\n', b'\r', self.rest()) else {
                return if self.ended { Err(wrong) } else { Ok(None) };
            };
            self.skip(length);
            match self.rest() {
                [b'"' | b'\r'] if !self.ended => return Ok(None),
                [b'"', b'"', ..] => from = self.rewrite(from, "\"", 2, index),
                [b'\n', ..] => self.skip(1),
                [b'\r', b'\n', ..] => from = self.rewrite(from, "\n", 2, index),
                [b'\r', ..] => from = self.rewrite(from, "\n", 1, index),
                _ => break,
            }
            if matches!(self.text.as_bytes().get(self.at.saturating_sub(1)), Some(b'\n' | b'\r')) {
                self.line = self.line.saturating_add(1);
                if self.at.saturating_sub(self.start) > TEXT_ROW {
                    return Err(wrong);
                }
                if self.line()?.is_none() {
                    return Ok(None);
                }
            }
        }
        if index.rewritten.len() == rewritten {
            index.field(from, self.at);
        } else {
            index.rewritten.push_str(self.text.get(from..self.at).unwrap_or_default());
            let beyond = |at: usize| self.text.len().saturating_add(at);
            index.field(beyond(rewritten), beyond(index.rewritten.len()));
        }
        self.skip(1);
        self.closed(wrong)
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// Takes what stands here as something else, after what was kept as it is; where the next begins.
    fn rewrite(&mut self, from: usize, other: &str, bytes: usize, index: &mut Index) -> usize {
        index.rewritten.push_str(self.text.get(from..self.at).unwrap_or_default());
        index.rewritten.push_str(other);
        self.skip(bytes);
        self.at
    }

    /// After a closing quote at most spaces may stand before the separator or the end, else something is wrong; `None`
    /// where the text ends before that can be told.
    fn closed(&mut self, wrong: Trouble) -> Result<Option<()>, Trouble> {
        let blank = self.rest().iter().take_while(|byte| **byte == b' ').count();
        self.skip(blank);
        match self.rest().first() {
            None => Ok(self.ended.then_some(())),
            Some(byte) if *byte == self.separator || matches!(byte, b'\n' | b'\r') => Ok(Some(())),
            Some(_) => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests;
