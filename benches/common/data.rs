//! Submissions to measure on, from the generator.

use std::path::{Path, PathBuf};

use wangge::command::load::{Choices, Workbench};
use wangge::demo::{self, Faults, Level, Options, Size};
use wangge::ingest::ReadOptions;
use wangge::model::date::Date;
use wangge::model::divisions::Divisions;
use wangge::model::privacy::Masking;
use wangge::rulebook::Trust;

/// The rules, on the day of the demo.
pub fn bench() -> Workbench {
    let (year, month, day) = demo::AS_OF;
    let as_of = Date::from_ymd(year, month, day).expect("a day");
    let choices = Choices {
        trust: Trust::default(),
        packs: Vec::new(),
        policies: Vec::new(),
        registry: None,
        as_of,
        read: ReadOptions::default(),
        masking: Masking::On,
        memory: usize::MAX,
    };
    Workbench::load(&choices).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Counties of a size.
pub fn counties(organizations: usize, size: Size, faults: Faults) -> Options {
    Options { organizations, level: Level::County, size, faults, seed: 1, force: true }
}

/// A county as a large city has them.
pub const LARGE: Size = Size { grids: 5_000, events: 100_000, staff: 10_000, objects: 0 };
/// A county that has just begun.
pub const SMALL: Size = Size { grids: 12, events: 60, staff: 40, objects: 0 };

/// A seed by which the first county writes UTF-8, and dates like 2025-10-01.
pub const PLAIN: u64 = 1;
/// A seed by which it writes GB18030.
pub const GBK: u64 = 2;

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
