//! Writes a table as a CSV file, row by row, in the encoding of the office it comes from.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::gbk;
use super::row::Row;

/// Encodings of CSV files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// UTF-8 with a byte order mark, as spreadsheets write it.
    Marked,
    /// UTF-8.
    Plain,
    /// GB18030.
    Gbk,
}

/// Rows are encoded and handed on in pieces of about this many bytes.
const PIECE: usize = 256 * 1024;

/// A CSV file under construction.
#[derive(Debug)]
pub(super) struct Csv {
    file: File,
    coding: Coding,
    pending: String,
    encoded: Vec<u8>,
    /// Rows so far, the header among them.
    pub(super) rows: u64,
}

impl Csv {
    pub(super) fn create(path: &Path, coding: Coding) -> io::Result<Self> {
        let mut pending = String::with_capacity(PIECE + 4096);
        if coding == Coding::Marked {
            pending.push('\u{feff}');
        }
        Ok(Self { file: File::create(path)?, coding, pending, encoded: Vec::new(), rows: 0 })
    }

    pub(super) fn write(&mut self, row: &Row) -> io::Result<()> {
        for (at, cell) in row.cells().enumerate() {
            if at > 0 {
                self.pending.push(',');
            }
            push_cell(&mut self.pending, cell);
        }
        self.pending.push_str("\r\n");
        self.rows += 1;
        if self.pending.len() >= PIECE { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        match self.coding {
            Coding::Gbk => {
                self.encoded.clear();
                gbk::encode(&self.pending, &mut self.encoded);
                self.file.write_all(&self.encoded)?;
            }
            Coding::Marked | Coding::Plain => self.file.write_all(self.pending.as_bytes())?,
        }
        self.pending.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.hand_on()
    }
}

fn push_cell(text: &mut String, cell: &str) {
    if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}
