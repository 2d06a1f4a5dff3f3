//! A sample as CSV for Excel and WPS.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::model::sample::Sampled;
use crate::model::text::Lang;
use crate::report::output::csv::{MARK, cell};
use crate::report::place;
use crate::report::words::pick;

/// The headers in both languages.
const HEADERS: [(&str, &str); 8] = [
    ("序号", "no."),
    ("单位编号", "organization id"),
    ("单位", "organization"),
    ("数据表", "table"),
    ("编号", "code"),
    ("名称", "name"),
    ("数据位置", "place"),
    ("抽样值", "rank"),
];

/// Writes the rows drawn of each organization.
///
/// # Errors
///
/// There is no memory for it.
pub fn csv(samples: &[Sampled], lang: Lang) -> io::Result<String> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    table.write_record(HEADERS.map(|(zh, en)| pick(lang, zh, en))).map_err(io::Error::other)?;
    for one in samples {
        for (at, row) in (1..).zip(&one.sample.rows) {
            let at: usize = at;
            let place = row.place.as_ref().map(|place| place::name(place, lang)).unwrap_or_default();
            let line = [
                &at.to_string(),
                &one.id,
                &one.name,
                row.table.get(lang),
                &row.code,
                &row.name,
                &place,
                &row.rank,
            ];
            table.write_record(line.map(cell)).map_err(io::Error::other)?;
        }
    }
    let bytes = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("{MARK}{}", String::from_utf8_lossy(&bytes)))
}
