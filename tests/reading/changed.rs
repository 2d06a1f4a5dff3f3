//! What was judged is what was digested: a file that changes while it is read is refused.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wangge::ingest::{self, IngestError, ReadInfo, ReadOptions};
use wangge::model::fault::Explain;
use wangge::model::finding::Finding;
use wangge::model::row::{Rows, TableSink};
use wangge::table::Source;
use wangge::table::table_schema::TableDecl;

use crate::support::by_hand::{by_hand, header, row};
use crate::{decls, folder};

/// Does something to a file when the first rows of it come, and something else when the next do.
struct Meddler {
    path: PathBuf,
    deeds: Vec<fn(&Path)>,
    rows: usize,
}

impl TableSink for Meddler {
    fn begin(&mut self, _: &Arc<TableDecl>, _: Arc<Source>, _: Vec<Option<(u32, String)>>) {
        if let Some(deed) = self.deeds.pop() {
            deed(&self.path);
        }
    }

    fn rows(&mut self, rows: &Rows<'_>) {
        self.rows += rows.len();
        if let Some(deed) = self.deeds.pop() {
            deed(&self.path);
        }
    }

    fn found(&mut self, _: Finding) {}
}

fn read(
    name: &str,
    bytes: &[u8],
    deeds: &[fn(&Path)],
    memory: Option<u64>,
) -> Result<(ReadInfo, usize), IngestError> {
    let folder = folder(&[(name, bytes)]);
    let deeds = deeds.iter().rev().copied().collect();
    let mut meddler = Meddler { path: folder.path().join(name), deeds, rows: 0 };
    let options = ReadOptions { memory, ..ReadOptions::default() };
    let info = ingest::read(folder.path(), &decls(), options, &mut meddler)?;
    Ok((info, meddler.rows))
}

/// A table too large to be held in the least memory.
fn large() -> Vec<u8> {
    let rows: Vec<_> = (0..450_000).map(|at| format!("G{at:07},第{at:07}网格\n")).collect();
    format!("网格编码,网格名称\n{}", rows.concat()).into_bytes()
}

fn longer(path: &Path) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(b"G,x\n").unwrap();
}

fn shorter(path: &Path) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(file.metadata().unwrap().len() - 20).unwrap();
}

fn write_near_the_end(path: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::End(-1_000)).unwrap();
    file.write_all(bytes).unwrap();
    let old = File::open("Cargo.toml").unwrap().metadata().unwrap().modified().unwrap();
    file.set_modified(old).unwrap();
}

fn other(path: &Path) {
    write_near_the_end(path, b"#");
}

fn nothing(_: &Path) {}

#[cfg(unix)]
fn replaced(path: &Path) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, "another").unwrap();
    std::fs::rename(beside, path).unwrap();
}

/// Whether a file is read, and refused once each of these things is done to it meanwhile.
fn refused(name: &str, bytes: &[u8], deeds: &[fn(&Path)], memory: Option<u64>) {
    assert!(read(name, bytes, &[], memory).is_ok(), "{name}");
    for deed in deeds {
        let error = read(name, bytes, &[*deed], memory).unwrap_err();
        assert_eq!(error, IngestError::Changed { file: name.to_owned() });
        assert_eq!(error.fault().code, "ingest.changed");
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    refused("网格.csv", &large(), &[longer, shorter, other], Some(1));
    let small = "网格编码,网格名称\nG1,一格\n".repeat(400);
    refused("网格.csv", small.as_bytes(), &[longer, shorter, other], None);
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
    refused("网格.xlsx", &by_hand(&rows, "", &[]), &[longer, shorter], None);
}

#[cfg(unix)]
#[test]
fn a_file_whose_place_another_takes_is_refused() {
    refused("网格.csv", &large(), &[replaced], Some(1));
}

#[test]
fn blocks_that_were_others_for_a_moment_are_refused() {
    let error = read("网格.csv", &large(), &[other, nothing, nothing], Some(1)).unwrap_err();
    assert_eq!(error, IngestError::Changed { file: "网格.csv".to_owned() });
}
