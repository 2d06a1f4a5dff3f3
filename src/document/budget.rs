//! What reading one document may cost: counted figures that do not depend on the machine, and, as a last resort, the time
//! that the thread worked. The time on the wall would depend on what else the machine does.

use std::time::Duration;

use cpu_time::ThreadTime;

use super::error::Problem;
use super::limit::Limit;

/// Elements between looks at the clock.
const STRIDE: u64 = 4_096;

/// What was read of one document so far.
pub(super) struct Budget {
    unpacked: u64,
    elements: u64,
    paragraphs: u64,
    characters: u64,
    held: u64,
    lines: u64,
    started: ThreadTime,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            unpacked: 0,
            elements: 0,
            paragraphs: 0,
            characters: 0,
            held: 0,
            lines: 0,
            started: ThreadTime::now(),
        }
    }

    /// Bytes were unpacked.
    pub(super) fn unpack(&mut self, bytes: u64) -> Result<(), Problem> {
        charge(&mut self.unpacked, bytes, Limit::Unpacked)
    }

    /// An element of markup, or a token like it, was come to.
    pub(super) fn element(&mut self) -> Result<(), Problem> {
        if self.elements.is_multiple_of(STRIDE) {
            self.clock()?;
        }
        charge(&mut self.elements, 1, Limit::Elements)
    }

    /// A paragraph of so many characters is kept.
    pub(super) fn paragraph(&mut self, characters: u64) -> Result<(), Problem> {
        charge(&mut self.characters, characters, Limit::Characters)?;
        charge(&mut self.paragraphs, 1, Limit::Paragraphs)
    }

    /// So many lines of so many characters are held until they are made into paragraphs.
    pub(super) fn hold(&mut self, lines: usize, characters: usize) -> Result<(), Problem> {
        let figure = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        charge(&mut self.held, figure(characters), Limit::Characters)?;
        charge(&mut self.lines, figure(lines), Limit::Paragraphs)
    }

    /// There is still time.
    pub(super) fn clock(&self) -> Result<(), Problem> {
        let most = Duration::from_millis(Limit::Millis.most());
        if self.started.elapsed() > most { Err(Limit::Millis.into()) } else { Ok(()) }
    }
}

fn charge(count: &mut u64, more: u64, limit: Limit) -> Result<(), Problem> {
    *count = count.saturating_add(more);
    if *count > limit.most() { Err(limit.into()) } else { Ok(()) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_named_once_it_is_passed() {
        let mut budget = Budget::new();
        budget.unpack(Limit::Unpacked.most()).unwrap();
        assert_eq!(budget.unpack(1), Err(Limit::Unpacked.into()));
        budget.paragraph(Limit::Characters.most()).unwrap();
        assert_eq!(budget.paragraph(1), Err(Limit::Characters.into()));
        budget.hold(1_000_000, 20_000_000).unwrap();
        assert_eq!(budget.hold(0, 1), Err(Limit::Characters.into()));
        assert_eq!(Budget::new().hold(1_000_001, 0), Err(Limit::Paragraphs.into()));
    }
}
