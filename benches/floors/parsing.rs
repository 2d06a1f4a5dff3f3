//! Reading one large table: floors of many heights, and the product.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use super::Asked;
use super::common::contest::{Entry, contest};
use super::common::data::{self, Writing};
use super::common::figures::{Group, Line};
use super::typed::Parser;
use wangge::demo::Size;

pub fn group(asked: &Asked) -> Group {
    let events = if asked.quick { 100_000 } else { 1_000_000 };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().expect("a thread");
    let mut lines = Vec::new();
    for (case, writing) in [("UTF-8", Writing::Utf8), ("GB18030", Writing::Gb18030)] {
        let options = writing.county(&asked.data, Size { events, staff: 100, ..data::LARGE });
        let demo = data::demo(&asked.data, &format!("table-{events}-{case}"), &options);
        let folder = data::submissions(&demo).remove(0);
        only_events(&folder);
        lines.extend(one(case, &folder, &pool, if asked.quick { 3 } else { 7 }));
    }
    Group {
        id: "parsing".to_owned(),
        title: "Reading the events of a county".to_owned(),
        unit: "ms for 100 MB".to_owned(),
        floor: "typed columns".to_owned(),
        note: format!(
            "{events} events of 11 columns, one thread, processor time, the file in the cache of the system. *typed \
             columns*: read, check or decode, split and parse into columns used again; nothing else. *wangge reads*: \
             the same with tolerance for what offices write, keys and references looked up, digests and places kept; no rules."
        ),
        machine: None,
        lines,
    }
}

/// Leaves the table of events and what makes it a submission.
fn only_events(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a submission") {
        let path = entry.expect("an entry").path();
        if !path.ends_with("事件.csv") && !path.ends_with("被评估单位.csv") {
            fs::remove_file(path).expect("removed");
        }
    }
}

fn one(case: &str, folder: &Path, pool: &rayon::ThreadPool, rounds: usize) -> Vec<Line> {
    let file = folder.join("事件.csv");
    let bytes = fs::read(&file).expect("events");
    let bench = data::bench();
    let rows = memchr::memchr_iter(b'\n', &bytes).count() as u64 - 1;
    let per = bytes.len() as f64 / 1e8 * 1e6;
    let mut parser = Parser::default();
    let read = || {
        let bytes = fs::read(&file).expect("events");
        memchr::memchr_iter(b'\n', &bytes).count() as u64 - 1
    };
    let entries = vec![
        Entry::new(case, "newlines", per, || {
            memchr::memchr_iter(b'\n', black_box(&bytes)).count() as u64 - 1
        }),
        Entry::new(case, "read + newlines", per, read),
        Entry::new(case, "split by the csv crate", per, || split(&bytes)),
        Entry::new(case, "typed columns", per, || parser.file(&file, &bench.declarations)),
        Entry::new(case, "wangge reads", per, || {
            let dataset = pool.install(|| bench.dataset(folder)).expect("a submission");
            dataset.tables["events"].len() as u64
        }),
    ];
    let lines = contest(rounds, "typed columns", entries);
    assert!(rows > 0);
    lines
}

fn split(bytes: &[u8]) -> u64 {
    let mut reader = csv::Reader::from_reader(bytes);
    let (mut record, mut rows) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).expect("a table") {
        rows += 1;
    }
    rows
}
