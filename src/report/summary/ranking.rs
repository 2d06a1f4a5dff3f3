//! Who stands where: the ranking, and how many stand in each band of scores.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Entry;
use crate::model::summary::{Band, Ranked};

/// Bands of the full mark.
const BANDS: u32 = 10;

/// The place of the last score seen.
#[derive(Default)]
struct Place {
    seen: usize,
    rank: usize,
    score: Option<(u32, u32)>,
}

impl Place {
    /// The rank of the next score, the scores coming from best to worst: equal ones share the first rank of them.
    fn next(&mut self, score: (u32, u32)) -> usize {
        self.seen = self.seen.saturating_add(1);
        if self.score != Some(score) {
            (self.rank, self.score) = (self.seen, Some(score));
        }
        self.rank
    }
}

/// Every organization, the best first; `entries` are in order.
pub(super) fn ranking(entries: &[Entry]) -> Vec<Ranked> {
    let mut best: Vec<&Entry> = entries.iter().collect();
    best.sort_by_key(|entry| Reverse((entry.low, entry.high)));
    let mut overall = Place::default();
    let mut levels: HashMap<&str, Place> = HashMap::new();
    let ranked = best.into_iter().map(|entry| {
        let score = (entry.low, entry.high);
        Ranked {
            rank: overall.next(score),
            rank_in_level: levels.entry(&entry.level).or_default().next(score),
            id: entry.id.clone(),
            name: entry.name.clone(),
            level: entry.level.clone(),
            parent: entry.parent.clone(),
            path: entry.path.clone(),
            low: entry.low,
            high: entry.high,
            verdict: entry.verdict,
        }
    });
    ranked.collect()
}

/// How many have how many points for sure, in tenths of the full mark.
pub(super) fn bands(entries: &[Entry]) -> Vec<Band> {
    let full = entries.iter().map(|entry| entry.full.max(entry.low)).max().unwrap_or(0);
    let begin =
        |band: u32| u32::try_from(u64::from(full) * u64::from(band) / u64::from(BANDS)).unwrap_or(full);
    let mut begins: Vec<u32> = (0..BANDS).map(begin).collect();
    // A mark of fewer points than bands leaves some of them without any.
    begins.dedup();
    let ends = begins.iter().skip(1).map(|next| next.saturating_sub(1)).chain([full]);
    let band = |(from, to): (&u32, u32)| Band { from: *from, to, ..Band::default() };
    let mut bands: Vec<Band> = begins.iter().zip(ends).map(band).collect();
    for entry in entries {
        if let Some(band) = bands.iter_mut().rev().find(|band| band.from <= entry.low) {
            band.verdicts.count(entry.verdict);
        }
    }
    bands
}
