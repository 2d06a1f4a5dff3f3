//! Numbers that look random and are the same on every machine, for ever: splitmix64.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// The stream of a seed and a purpose; two purposes share nothing.
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut stream = Self(seed ^ mix(purpose.wrapping_add(STEP)));
        stream.next();
        stream
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `limit`; 0 if that is 0.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        // The upper half of the product; never as large as `limit`.
        u64::try_from((u128::from(self.next()) * u128::from(limit)) >> 64).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// Whether an event of so many in a hundred happens.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several texts.
    pub(super) fn pick<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.below(texts.len() as u64)).unwrap_or(0);
        texts.get(at).copied().unwrap_or_default()
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut stream = Random::new(7, 0);
        let numbers: Vec<u64> = (0..3).map(|_| stream.below(1000)).collect();
        assert_eq!(numbers, GOLDEN);
    }

    const GOLDEN: [u64; 3] = [212, 52, 433];
}
