//! Texts of standards: what comes out of each format against what was put in, files that are damaged, files that attack.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod attacks;
mod build;
mod damage;
mod formats;

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use wangge::document::{self, Document, DocumentError, Problem};

/// One invented standard as several programs write it.
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/texts")
}

fn case(name: &str) -> Vec<u8> {
    fs::read(cases().join(name)).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Result<Document, DocumentError> {
    document::read(name, Cursor::new(bytes))
}

fn problem(bytes: &[u8]) -> Problem {
    read("x", bytes).unwrap_err().problem
}
