//! Texts that are nearly the same: most of the runs of characters of one stand in the other.

use super::StandardText;
use crate::model::designation::canonical;

/// Characters of a run.
const RUN: usize = 4;

/// One run of so many is compared, chosen by the upper half of its value: the same in every text.
const ONE_OF: u64 = 4;

/// Runs of which a text needs some to be compared.
const FEWEST: usize = 20;

/// Runs that two texts share, of a hundred of the shorter, to be nearly the same.
const SHARE: usize = 65;

/// Runs by which texts are found to have little in common: less than half of what makes them nearly the same.
const SAMPLE: usize = 256;

/// The texts seen so far, each with the runs of its requirements.
#[derive(Debug, Default)]
pub(super) struct SeenTexts(Vec<SeenText>);

/// One of them.
#[derive(Debug)]
struct SeenText {
    file: String,
    /// The number of its standard without the year, as it is compared.
    standard: String,
    runs: Vec<u64>,
}

impl SeenTexts {
    /// The first text of another standard before this one that is nearly the same; the text is seen from now on.
    pub(super) fn first_alike(&mut self, file: &str, standard: &str, text: &StandardText) -> Option<String> {
        let runs = runs(text);
        if runs.len() < FEWEST {
            return None;
        }
        let standard = canonical(standard);
        let standard = standard.rsplit_once('-').map_or(standard.as_str(), |(undated, _)| undated).to_owned();
        let is_other = |seen: &&SeenText| seen.standard != standard && is_alike(&runs, &seen.runs);
        let alike = self.0.iter().find(is_other).map(|seen| seen.file.clone());
        self.0.push(SeenText { file: file.to_owned(), standard, runs });
        alike
    }
}

/// Whether two sorted lists have most of the shorter in common.
fn is_alike(one: &[u64], other: &[u64]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // One that is much shorter is a part of the other, not the same.
    if short.len().saturating_mul(2) < long.len() {
        return false;
    }
    // Most texts have little in common, which the least of their runs tell: these are chosen as if by chance.
    let least = short.get(..SAMPLE).unwrap_or(short);
    let is_likely = |common: usize| common.saturating_mul(200) >= least.len().saturating_mul(SHARE);
    is_likely(common(least, long))
        && common(short, long).saturating_mul(100) >= short.len().saturating_mul(SHARE)
}

/// How many values two sorted lists have in common.
fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut common, mut rest) = (0_usize, other.iter().peekable());
    for value in one {
        while rest.next_if(|next| *next < value).is_some() {}
        common = common.saturating_add(usize::from(rest.next_if_eq(&value).is_some()));
    }
    common
}

/// Values of the runs in what a text requires, sorted.
fn runs(text: &StandardText) -> Vec<u64> {
    let binding = text.sections.iter().filter(|section| section.is_binding());
    let characters: Vec<char> = binding
        .flat_map(|section| section.text().chars().collect::<Vec<_>>())
        .filter(|c| c.is_alphanumeric())
        .collect();
    // FNV-1a, so that the same runs are chosen on every system.
    let value = |run: &[char]| {
        run.iter().fold(0xcbf2_9ce4_8422_2325, |value: u64, c| {
            (value ^ u64::from(*c)).wrapping_mul(0x100_0000_01b3)
        })
    };
    let mut runs: Vec<u64> =
        characters.windows(RUN).map(value).filter(|value| (value >> 32).is_multiple_of(ONE_OF)).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}
