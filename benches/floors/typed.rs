//! The least that reading submissions can cost: bytes to typed columns, with nothing kept of where cells came from,
//! no key looked at, no finding made and no rule run.

use std::fs;
use std::ops::Range;
use std::path::Path;

use encoding_rs::GB18030;
use memchr::{memchr, memchr2_iter};
use rayon::prelude::*;
use wangge::table::table_schema::{ColumnDecl, ColumnType, Declarations};

use super::common::data;

/// The hidden command by which a process of its own does it.
pub const COMMAND: &str = "typed";

/// Parses every submission of a folder in parallel.
pub fn run(folder: &Path, threads: usize) {
    let bench = data::bench();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let submissions = data::submissions(folder);
    let rows: u64 = pool.install(|| {
        submissions
            .par_iter()
            .map_init(Parser::default, |parser, one| parser.folder(one, &bench.declarations))
            .sum()
    });
    println!("{rows}");
}

/// Buffers and columns that are used again from file to file.
#[derive(Default)]
pub struct Parser {
    bytes: Vec<u8>,
    spans: Vec<Vec<Range<u32>>>,
    days: Vec<Vec<i32>>,
    numbers: Vec<Vec<i64>>,
    words: Vec<Vec<u8>>,
}

enum Kind {
    Text(usize),
    Day(usize),
    Number(usize),
    Word(usize, Vec<(Vec<u8>, u8)>),
}

impl Parser {
    /// Parses the tables of a submission; the number of rows.
    pub fn folder(&mut self, folder: &Path, declarations: &Declarations) -> u64 {
        let entries =
            fs::read_dir(folder).expect("a submission").map(|entry| entry.expect("an entry").path());
        let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
        files.map(|file| self.file(&file, declarations)).sum()
    }

    /// Parses one table; the number of rows.
    pub fn file(&mut self, file: &Path, declarations: &Declarations) -> u64 {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        let mut opened = fs::File::open(file).expect("a table");
        std::io::Read::read_to_end(&mut opened, &mut bytes).expect("a table");
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let rows = self.text(&bytes, &declarations.table(name).expect("a declared table").columns);
        self.bytes = bytes;
        rows
    }

    /// Parses the bytes of a table; the number of rows.
    pub fn text(&mut self, bytes: &[u8], columns: &[ColumnDecl]) -> u64 {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if simdutf8::basic::from_utf8(bytes).is_ok() {
            return self.rows(bytes, columns);
        }
        self.rows(GB18030.decode_without_bom_handling(bytes).0.as_bytes(), columns)
    }

    fn rows(&mut self, bytes: &[u8], columns: &[ColumnDecl]) -> u64 {
        let end = memchr(b'\n', bytes).unwrap_or(bytes.len());
        let header = std::str::from_utf8(&bytes[..end]).expect("UTF-8").trim_end();
        let kinds: Vec<Kind> = header.split(',').map(|name| self.kind(name, columns)).collect();
        let body = &bytes[(end + 1).min(bytes.len())..];
        let (mut rows, mut column, mut start, mut resume) = (0, 0, 0, 0);
        for at in memchr2_iter(b',', b'\n', body) {
            if at < resume {
                continue;
            }
            if body[start] == b'"' && resume <= start {
                resume = closing(body, start + 1);
                if at < resume {
                    continue;
                }
            }
            let line_ends = body[at] == b'\n';
            let cell = start..if line_ends && at > start && body[at - 1] == b'\r' { at - 1 } else { at };
            if let Some(kind) = kinds.get(column) {
                self.cell(kind, &body[cell.clone()], cell);
            }
            start = at + 1;
            column = if line_ends { 0 } else { column + 1 };
            rows += u64::from(line_ends);
        }
        rows
    }

    fn kind(&mut self, name: &str, columns: &[ColumnDecl]) -> Kind {
        let Some(column) = columns.iter().find(|column| column.zh == name) else { return Kind::Text(0) };
        let at = columns.iter().position(|other| other.zh == name).unwrap_or(0);
        let mut words: Vec<(Vec<u8>, u8)> = Vec::new();
        for (id, known) in column.values.values().enumerate() {
            words.extend(known.iter().map(|word| (word.as_bytes().to_vec(), id as u8)));
        }
        match column.kind {
            ColumnType::Text | ColumnType::Code | ColumnType::Codes => {
                Kind::Text(cleared(&mut self.spans, at))
            }
            ColumnType::Date | ColumnType::Month => Kind::Day(cleared(&mut self.days, at)),
            ColumnType::Integer | ColumnType::Decimal => Kind::Number(cleared(&mut self.numbers, at)),
            ColumnType::YesNo => {
                Kind::Word(cleared(&mut self.words, at), vec![("是".into(), 1), ("否".into(), 0)])
            }
            ColumnType::Enumerated => Kind::Word(cleared(&mut self.words, at), words),
        }
    }

    fn cell(&mut self, kind: &Kind, bytes: &[u8], span: Range<usize>) {
        match kind {
            Kind::Text(at) => self.spans[*at].push(span.start as u32..span.end as u32),
            Kind::Day(at) => self.days[*at].push(day(bytes)),
            Kind::Number(at) => self.numbers[*at].push(number(bytes)),
            Kind::Word(at, words) => {
                let word = words.iter().find(|(word, _)| word == bytes).map_or(u8::MAX, |(_, id)| *id);
                self.words[*at].push(word);
            }
        }
    }
}

fn cleared<T>(columns: &mut Vec<Vec<T>>, at: usize) -> usize {
    columns.resize_with(columns.len().max(at + 1), Vec::new);
    columns[at].clear();
    at
}

/// Where a quoted cell that begins before `from` has its closing quote.
fn closing(bytes: &[u8], mut from: usize) -> usize {
    while let Some(at) = memchr(b'"', &bytes[from..]) {
        if bytes.get(from + at + 1) != Some(&b'"') {
            return from + at;
        }
        from += at + 2;
    }
    bytes.len()
}

/// A day in any of the forms of the demo, whatever stands between its numbers.
fn day(bytes: &[u8]) -> i32 {
    let (mut parts, mut part, mut digits) = ([0_i32; 3], 0, 0);
    for byte in bytes {
        if byte.is_ascii_digit() {
            parts[part] = parts[part] * 10 + i32::from(byte - b'0');
            digits += 1;
        } else if digits > 0 {
            digits = 0;
            part = (part + 1).min(2);
        }
    }
    if digits == 8 {
        parts = [parts[0] / 10000, parts[0] / 100 % 100, parts[0] % 100];
    }
    let [year, month, day] = parts;
    if day == 0 { i32::MIN } else { days(year, month, day) }
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A number in thousandths; the least there is for an empty cell.
fn number(bytes: &[u8]) -> i64 {
    let (mut number, mut scale) = (0_i64, None);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                number = number * 10 + i64::from(byte - b'0');
                scale = scale.map(|digits: u32| digits + 1);
            }
            b'.' => scale = Some(0),
            _ => {}
        }
    }
    if bytes.is_empty() { i64::MIN } else { number * 10_i64.pow(3_u32.saturating_sub(scale.unwrap_or(0))) }
}
