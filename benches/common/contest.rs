//! Things timed in turns, round after round, so that what disturbs the machine disturbs all of them alike.

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

use super::figures::{Line, Spread};

/// Something to be timed. It returns what it found, to be compared with what the others of its case find.
pub struct Entry<'a> {
    /// What is done.
    pub case: &'a str,
    /// By what.
    pub variant: &'a str,
    /// Figures are divided by this: rows, bytes.
    pub per: f64,
    /// Does it once.
    pub work: Box<dyn FnMut() -> u64 + 'a>,
}

impl<'a> Entry<'a> {
    /// Something to be timed.
    pub fn new(case: &'a str, variant: &'a str, per: f64, work: impl FnMut() -> u64 + 'a) -> Self {
        Self { case, variant, per, work: Box::new(work) }
    }
}

/// What is done faster than this is done again and again within a round, for clocks tell it poorly.
const ENOUGH: Duration = Duration::from_millis(2);

/// Times everything `rounds` times, after one round that does not count. Nanoseconds of processor time of this thread,
/// divided by what each entry says.
///
/// # Panics
///
/// When the variants of a case do not find the same: then they do not do the same.
pub fn contest(rounds: usize, floor: &str, mut entries: Vec<Entry<'_>>) -> Vec<Line> {
    let mut times = vec![Vec::new(); entries.len()];
    let mut repeats = vec![1; entries.len()];
    for round in 0..=rounds {
        let mut found: Vec<(&str, &str, u64)> = Vec::new();
        for ((entry, times), repeats) in entries.iter_mut().zip(&mut times).zip(&mut repeats) {
            let (answer, took) = timed(*repeats, &mut entry.work);
            if round > 0 {
                times.push(took.as_nanos() as f64 / entry.per);
            } else {
                let often = ENOUGH.as_nanos() / took.as_nanos().max(1);
                *repeats = u32::try_from(often.clamp(1, 1000)).unwrap_or(1);
            }
            if let Some((_, other, theirs)) = found.iter().find(|(case, _, _)| *case == entry.case) {
                let (case, variant) = (entry.case, entry.variant);
                assert_eq!(answer, *theirs, "{case}: {variant} and {other} do not find the same");
            }
            found.push((entry.case, entry.variant, answer));
        }
    }
    lines(floor, &entries, &times)
}

/// What work answers, and the time of this thread it takes once.
fn timed(repeats: u32, work: &mut dyn FnMut() -> u64) -> (u64, Duration) {
    let start = ThreadTime::now();
    let mut answer = 0;
    for _ in 0..repeats {
        answer = black_box(work());
    }
    (answer, start.elapsed() / repeats)
}

fn lines(floor: &str, entries: &[Entry<'_>], times: &[Vec<f64>]) -> Vec<Line> {
    let line = |(entry, own): (&Entry<'_>, &Vec<f64>)| {
        let mut others = entries.iter().zip(times);
        let base = others.find(|(other, _)| other.case == entry.case && other.variant == floor);
        let base = base.filter(|_| entry.variant != floor);
        let ratio =
            base.map(|(_, base)| Spread::of(own.iter().zip(base).map(|(own, base)| own / base).collect()));
        Line {
            case: entry.case.to_owned(),
            variant: entry.variant.to_owned(),
            figure: Spread::of(own.clone()),
            ratio,
        }
    };
    entries.iter().zip(times).map(line).collect()
}
