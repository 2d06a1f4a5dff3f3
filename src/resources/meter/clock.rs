//! Wall time as far as it is seen to pass: a machine that stands still, or works for others, is no fault of a script.

use std::time::{Duration, Instant};

/// Between two looks no more than this is counted.
const STEP: Duration = Duration::from_secs(1);

/// Counts the time between looks at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    last: Instant,
    counted: Duration,
}

impl Clock {
    /// Begins at zero.
    pub(super) fn new() -> Self {
        Self { last: Instant::now(), counted: Duration::ZERO }
    }

    /// The time counted up to now.
    pub(super) fn look(&mut self) -> Duration {
        self.look_at(Instant::now())
    }

    fn look_at(&mut self, now: Instant) -> Duration {
        let passed = now.saturating_duration_since(self.last).min(STEP);
        self.last = now;
        self.counted = self.counted.saturating_add(passed);
        self.counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_of_the_machine_counts_as_one_step() {
        let mut clock = Clock::new();
        let at = |seconds| Duration::from_secs_f64(seconds);
        let begun = clock.last;
        assert_eq!(clock.look_at(begun + at(0.5)), at(0.5));
        assert_eq!(clock.look_at(begun + at(60.0)), at(1.5));
        assert_eq!(clock.look_at(begun + at(60.25)), at(1.75));
    }
}
