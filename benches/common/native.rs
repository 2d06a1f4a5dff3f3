//! Events in typed columns as one would write them by hand for this one purpose, and loops over them.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use ahash::AHashSet;
use regex::Regex;
use wangge::table::date::Date;

/// An empty cell of a column of days.
pub const EMPTY: i32 = i32::MIN;

/// The first and last day of the range asked for.
pub const FROM: (i16, i8, i8) = (2025, 10, 1);
/// See [`FROM`].
pub const TO: (i16, i8, i8) = (2026, 3, 31);

/// A column of text that repeats itself.
#[derive(Debug, Default)]
pub struct Codes {
    /// For each row the number of its word.
    pub codes: Vec<u32>,
    /// The words.
    pub words: Vec<String>,
    known: HashMap<String, u32>,
}

/// A column of text that does not.
#[derive(Debug, Default)]
pub struct Spans {
    text: String,
    ends: Vec<usize>,
}

/// The events of one county and the codes of its grids.
#[derive(Debug, Default)]
pub struct Events {
    pub id: Spans,
    pub kind: Codes,
    pub grid: Codes,
    pub grid_text: Spans,
    pub reported: Vec<i32>,
    pub due: Vec<i32>,
    pub closed: Vec<i32>,
    pub channel: Codes,
    pub result: Codes,
    pub grids: AHashSet<String>,
}

impl Codes {
    fn push(&mut self, word: &str) {
        let next = self.words.len() as u32;
        let code = *self.known.entry(word.to_owned()).or_insert_with(|| {
            self.words.push(word.to_owned());
            next
        });
        self.codes.push(code);
    }

    /// Rows whose word passes: each word is asked once.
    pub fn count(&self, passes: impl Fn(&str) -> bool) -> u64 {
        let answers = self.answers(passes);
        self.codes.iter().filter(|code| answers[**code as usize]).count() as u64
    }

    /// For each word whether it passes.
    pub fn answers(&self, passes: impl Fn(&str) -> bool) -> Vec<bool> {
        self.words.iter().map(|word| passes(word)).collect()
    }
}

impl Spans {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// All texts.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| &self.text[std::mem::replace(&mut start, *end)..*end])
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[row]]
    }
}

impl Events {
    /// The events of a submission whose dates are written like 2025-10-01.
    pub fn read(folder: &Path) -> Self {
        let mut events = Self::default();
        let text = fs::read_to_string(folder.join("事件.csv")).expect("events in UTF-8");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let day = |text: &str| Date::from_iso(text).map_or(EMPTY, Date::days);
        for record in reader.records() {
            let record = record.expect("a row");
            events.id.push(&record[0]);
            events.kind.push(&record[1]);
            events.grid.push(&record[2]);
            events.grid_text.push(&record[2]);
            events.reported.push(day(&record[4]));
            events.due.push(day(&record[6]));
            events.closed.push(day(&record[7]));
            events.channel.push(&record[9]);
            events.result.push(&record[10]);
        }
        assert!(
            events.reported.iter().all(|day| *day != EMPTY),
            "the seed should give dates like 2025-10-01"
        );
        let text = fs::read_to_string(folder.join("网格.csv")).expect("grids in UTF-8");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        events.grids = reader.records().map(|record| record.expect("a row")[0].to_owned()).collect();
        events
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.reported.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.reported.is_empty()
    }

    fn count(&self, passes: impl Fn(usize) -> bool) -> u64 {
        (0..self.len()).filter(|row| passes(*row)).count() as u64
    }
}

fn day((year, month, day): (i16, i8, i8)) -> i32 {
    Date::from_ymd(year, month, day).map_or(EMPTY, Date::days)
}

/// Cells that are empty.
pub fn null(events: &Events) -> u64 {
    events.closed.iter().filter(|day| **day == EMPTY).count() as u64
}

/// Two days compared; an empty one makes it false.
pub fn dates(events: &Events) -> u64 {
    let both = events.closed.iter().zip(&events.due);
    both.filter(|(closed, due)| **closed != EMPTY && **due != EMPTY && closed >= due).count() as u64
}

/// A day between two.
pub fn range(events: &Events) -> u64 {
    let (from, to) = (day(FROM), day(TO));
    events.reported.iter().filter(|day| **day >= from && **day <= to).count() as u64
}

/// A word of few.
pub fn word(events: &Events) -> u64 {
    events.channel.count(|word| word == "热线转办")
}

/// A regular expression on words of few.
pub fn pattern_of_words(events: &Events) -> u64 {
    let regex = Regex::new("满意|化解$").expect("a pattern");
    events.result.count(|word| regex.is_match(word))
}

/// A regular expression on texts that are all different.
pub fn pattern_of_ids(events: &Events) -> u64 {
    let regex = Regex::new("^SJ2025(0[1-9]|1[0-2])[0-9]{8}$").expect("a pattern");
    events.id.iter().filter(|id| regex.is_match(id)).count() as u64
}

/// A code that another table has, each code asked once.
pub fn found(events: &Events) -> u64 {
    events.grid.count(|code| events.grids.contains(code))
}

/// The same where every row is asked.
pub fn found_by_text(events: &Events) -> u64 {
    events.grid_text.iter().filter(|code| events.grids.contains(*code)).count() as u64
}

/// All five in one condition, cheap ones first.
pub fn all(events: &Events) -> u64 {
    let (from, to) = (day(FROM), day(TO));
    let word = events.channel.answers(|word| word != "热线转办");
    let known = events.grid.answers(|code| events.grids.contains(code));
    events.count(|row| {
        let (closed, due, reported) = (events.closed[row], events.due[row], events.reported[row]);
        closed != EMPTY
            && due != EMPTY
            && closed <= due
            && reported >= from
            && reported <= to
            && word[events.channel.codes[row] as usize]
            && known[events.grid.codes[row] as usize]
    })
}
