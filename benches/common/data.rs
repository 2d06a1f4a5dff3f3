//! Submissions to measure on, from the generator.

use std::path::{Path, PathBuf};

use wangge::assessment::session::{Choices, Session};
use wangge::demo::{self, Faults, Level, Options, Size};
use wangge::ingest::ReadOptions;
use wangge::model::divisions::Divisions;
use wangge::model::privacy::Masking;
use wangge::rulebook::Trust;
use wangge::table::date::Date;

/// The rules, on the day of the demo.
pub fn bench() -> Session {
    let (year, month, day) = demo::AS_OF;
    let as_of = Date::from_ymd(year, month, day).expect("a day");
    let choices = Choices {
        trust: Trust::default(),
        packs: Vec::new(),
        policies: Vec::new(),
        registry: None,
        mappings: Vec::new(),
        as_of,
        read: ReadOptions::default(),
        masking: Masking::On,
        memory: usize::MAX,
        plan: None,
        sample: None,
    };
    Session::load(&choices).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Counties of a size.
pub fn counties(organizations: usize, size: Size, faults: Faults) -> Options {
    Options { organizations, level: Level::County, size, faults, seed: 1, attachments: false, force: true }
}

/// A county as a large city has them.
pub const LARGE: Size = Size { grids: 5_000, events: 100_000, staff: 10_000, objects: 0 };
/// A county that has just begun.
pub const SMALL: Size = Size { grids: 12, events: 60, staff: 40, objects: 0 };

/// How the files of a county are written.
#[derive(Clone, Copy, Eq, PartialEq)]
pub enum Writing {
    /// UTF-8.
    Utf8,
    /// GB18030.
    Gb18030,
}

impl Writing {
    /// One county that writes so, with dates like 2025-10-01: the first such seed.
    ///
    /// # Panics
    ///
    /// No seed gives one.
    pub fn county(self, folder: &Path, size: Size) -> Options {
        let seeded = |seed| Options { seed, ..counties(1, size, Faults::None) };
        let mut seeds = (1..200).filter(|seed| {
            let demo = demo(folder, &format!("seed-{seed}"), &Options { size: SMALL, ..seeded(*seed) });
            let events = std::fs::read(submissions(&demo).remove(0).join("事件.csv")).expect("events");
            let writing = if std::str::from_utf8(&events).is_ok() { Self::Utf8 } else { Self::Gb18030 };
            writing == self && events.windows(6).any(|cell| cell == b",2025-")
        });
        seeded(seeds.next().expect("one county in ten"))
    }
}

/// Makes a demo, or takes the one that is there from an earlier run.
pub fn demo(folder: &Path, name: &str, options: &Options) -> PathBuf {
    let whole = folder.join(name);
    let told = whole.join("made-as");
    let wanted = format!("{options:?}");
    if std::fs::read_to_string(&told).is_ok_and(|made| made == wanted) {
        return whole.join("demo");
    }
    let bench = bench();
    let divisions = Divisions::parse(&bench.book.divisions).expect("the divisions are built in");
    let _ = std::fs::remove_dir_all(&whole);
    demo::generate(&whole.join("demo"), &bench.declarations, &divisions, options).expect("a demo is made");
    std::fs::write(told, wanted).expect("the folder can be written");
    whole.join("demo")
}

/// The folders of the submissions of a demo, in order.
pub fn submissions(demo: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(demo).expect("a demo").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
