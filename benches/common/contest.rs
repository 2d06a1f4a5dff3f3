//! Things timed in turns, round after round, so that what disturbs the machine disturbs all of them alike.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

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

/// Times everything `rounds` times, after one round that does not count. Nanoseconds of processor time of this thread,
/// divided by what each entry says.
///
/// # Panics
///
/// When the variants of a case do not find the same: then they do not do the same.
pub fn contest(rounds: usize, floor: &str, mut entries: Vec<Entry<'_>>) -> Vec<Line> {
    let mut times = vec![Vec::new(); entries.len()];
    for round in 0..=rounds {
        let mut found: Vec<(&str, &str, u64)> = Vec::new();
        for (entry, times) in entries.iter_mut().zip(&mut times) {
            let start = processor_time();
            let answer = black_box((entry.work)());
            let took = processor_time() - start;
            if round > 0 {
                times.push(took / entry.per);
            }
            if let Some((_, other, theirs)) = found.iter().find(|(case, _, _)| *case == entry.case) {
                assert_eq!(
                    answer, *theirs,
                    "{}: {} and {other} do not find the same",
                    entry.case, entry.variant
                );
            }
            found.push((entry.case, entry.variant, answer));
        }
    }
    lines(floor, &entries, &times)
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

/// Nanoseconds this thread has spent on a processor; where the system does not tell, nanoseconds that have passed.
fn processor_time() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    told.unwrap_or_else(|| START.with(|start| start.elapsed().as_secs_f64() * 1e9))
}

thread_local! {
    static START: Instant = Instant::now();
}
