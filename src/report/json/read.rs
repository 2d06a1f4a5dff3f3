//! Reads a report back, one organization at a time: a batch is never in memory as a whole. What is read may have been
//! written by anybody.

use std::cell::Cell;
use std::io::{self, Read};
use std::{fmt, iter};

use serde::de::value::{MapAccessDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};

use super::{ReadError, line, validation};
use crate::model::digest::hex;
use crate::model::report::{Organization, Report, SCHEMA};

/// Bytes of JSON for one organization, and for what stands before and after all of them: a hundred times what these take.
const MOST_OF_ONE: u64 = 128 << 20;
/// Bytes of a whole report, unpacked: ten times that of the largest province.
const MOST: u64 = 64 << 30;

/// What is found out while reading, wherever it ends.
#[derive(Default)]
struct Progress {
    /// Bytes since the last organization, and in all.
    bytes: Cell<(u64, u64)>,
    /// Organizations begun.
    organization: Cell<usize>,
    /// What is wrong that serde has no words for.
    wrong: Cell<Option<ReadError>>,
}

impl Progress {
    /// Remembers what is wrong; what serde is told in its place is not shown.
    fn refuse<E: Error>(&self, wrong: ReadError) -> E {
        self.wrong.set(Some(wrong));
        E::custom("refused")
    }
}

/// Counts what is read.
struct Counted<'a, R> {
    from: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        let (one, all) = self.progress.bytes.get();
        let more = |before: u64| before.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        self.progress.bytes.set((more(one), more(all)));
        if more(one) > MOST_OF_ONE || more(all) > MOST {
            self.progress.wrong.set(Some(ReadError::TooLarge));
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// Reads a report: each organization is handed on as it comes, the rest is the result.
///
/// # Errors
///
/// It is no report of version 1, was changed since it was written, or cannot be read. Organizations before the error have
/// been handed on.
pub fn read(from: impl Read, each: impl FnMut(Organization)) -> Result<Report, ReadError> {
    let progress = Progress::default();
    let mut json = serde_json::Deserializer::from_reader(Counted { from, progress: &progress });
    let mut stream = Stream { each, progress: &progress, digest: Sha256::default() };
    let found = json.deserialize_map(Whole(&mut stream)).and_then(|found| json.end().map(|()| found));
    match (found, progress.wrong.take()) {
        (_, Some(wrong)) => Err(wrong),
        (Ok(report), None) => checked(report, stream.digest),
        (Err(why), None) => Err(ReadError::Form { why, organization: progress.organization.get() }),
    }
}

/// The report, where its digest is of what was read.
fn checked(report: Report, mut digest: Sha256) -> Result<Report, ReadError> {
    if let Some(field) = validation::field_of_run(&report) {
        return Err(ReadError::Value { field, organization: 0 });
    }
    let rest = Report { digest: String::new(), ..report.without_organizations() };
    let rest = line(&rest).map_err(|why| ReadError::Form { why, organization: 0 })?;
    digest.update(rest.as_bytes());
    if !report.digest.is_empty() && hex(&digest.finalize()) != report.digest {
        return Err(ReadError::Changed(report.tool.version));
    }
    Ok(report)
}

/// Takes organizations as they come.
struct Stream<'a, F> {
    each: F,
    progress: &'a Progress,
    digest: Sha256,
}

impl<'de, F: FnMut(Organization)> DeserializeSeed<'de> for &mut Stream<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(Organization)> Visitor<'de> for &mut Stream<'_, F> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a list of organizations")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let mut number = 0_usize;
        loop {
            number = number.saturating_add(1);
            self.progress.organization.set(number);
            let Some(one) = all.next_element::<Organization>()? else { break };
            if let Some(field) = validation::field_of(&one) {
                return Err(self.progress.refuse(ReadError::Value { field, organization: number }));
            }
            self.digest.update(line(&one).map_err(A::Error::custom)?.as_bytes());
            self.progress.bytes.set((0, self.progress.bytes.get().1));
            (self.each)(one);
        }
        self.progress.organization.set(0);
        Ok(())
    }
}

/// The fields of a report, of which the form and the organizations are looked at as they come.
struct Fields<'a, 's, A, F> {
    map: A,
    stream: &'a mut Stream<'s, F>,
    /// The value of the field at hand, where it was read already.
    ahead: Option<Ahead>,
}

enum Ahead {
    Schema(String),
    Organizations,
}

impl<'de, A: MapAccess<'de>, F: FnMut(Organization)> MapAccess<'de> for Fields<'_, '_, A, F> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.map.next_key::<String>()? else { return Ok(None) };
        match key.as_str() {
            "schema" => {
                let schema: String = self.map.next_value()?;
                if schema != SCHEMA {
                    return Err(self.stream.progress.refuse(ReadError::Version(schema)));
                }
                self.ahead = Some(Ahead::Schema(schema));
            }
            "organizations" => {
                self.map.next_value_seed(&mut *self.stream)?;
                self.ahead = Some(Ahead::Organizations);
            }
            _ => {}
        }
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.ahead.take() {
            Some(Ahead::Schema(schema)) => seed.deserialize(schema.into_deserializer()),
            Some(Ahead::Organizations) => seed.deserialize(SeqDeserializer::new(iter::empty::<()>())),
            None => self.map.next_value_seed(seed),
        }
    }
}

/// The object that a report is.
struct Whole<'a, 's, F>(&'a mut Stream<'s, F>);

impl<'de, F: FnMut(Organization)> Visitor<'de> for Whole<'_, '_, F> {
    type Value = Report;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a report")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Report, A::Error> {
        let fields = Fields { map, stream: self.0, ahead: None };
        Report::deserialize(MapAccessDeserializer::new(fields))
    }
}

#[cfg(test)]
mod tests;
