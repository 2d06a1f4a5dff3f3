//! The whole report, written as its organizations come: indented where there is one, to be read by a person; where there
//! are more, without indents, an organization a line, since indents would be most of it.

use sha2::{Digest as _, Sha256};

use super::{line, to_string};
use crate::model::digest::hex;
use crate::model::report::{Organization, Report};

/// Where the organizations stand in a report that has none, and where among these characters they go. Within a text the
/// second quote would be escaped, so that this is found once.
const EMPTY: &str = "\"organizations\":[]";
const OPEN: usize = EMPTY.len() - 1;

/// Writes a report piece by piece.
pub struct WholeWriter {
    /// What is known before the first organization.
    run: Report,
    /// The only organization so far, of which nothing is written yet.
    first: Option<Organization>,
    /// How many there are.
    count: usize,
    digest: ReportDigest,
}

/// The digest of a report, as its organizations come: SHA-256 of what `-o jsonl` writes of it.
#[derive(Default)]
pub struct ReportDigest(Sha256);

impl ReportDigest {
    /// Takes an organization.
    ///
    /// # Errors
    ///
    /// It has no JSON form, which all of them have.
    pub fn organization(&mut self, one: &Organization) -> Result<(), serde_json::Error> {
        self.add(&line(one)?);
        Ok(())
    }

    /// The digest, in hexadecimal.
    ///
    /// # Errors
    ///
    /// The report has no JSON form, which all of them have.
    pub fn end(&mut self, report: &Report) -> Result<String, serde_json::Error> {
        let report = Report { digest: String::new(), ..report.without_organizations() };
        self.add(&line(&report)?);
        Ok(hex(&std::mem::take(&mut self.0).finalize()))
    }

    fn add(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }
}

/// A report without organizations, up to where they go and from there.
fn around(report: &Report) -> Result<(String, String), serde_json::Error> {
    let mut before = line(report)?;
    let at = before.find(EMPTY).map_or(before.len(), |at| at.saturating_add(OPEN));
    let after = before.split_off(at);
    Ok((before, after))
}

impl WholeWriter {
    /// Begins; `run` says what is known before the first organization.
    pub fn begin(run: &Report) -> Self {
        Self { run: run.without_organizations(), first: None, count: 0, digest: ReportDigest::default() }
    }

    /// What is to be written now that there is one more organization.
    ///
    /// # Errors
    ///
    /// It has no JSON form, which all of them have.
    pub fn organization(&mut self, one: &Organization) -> Result<String, serde_json::Error> {
        let text = line(one)?;
        self.digest.add(&text);
        self.count = self.count.saturating_add(1);
        if self.count == 1 {
            self.first = Some(one.clone());
            return Ok(String::new());
        }
        let before = match self.first.take() {
            Some(first) => format!("{}\n{}", around(&self.run)?.0, line(&first)?.trim_end()),
            None => String::new(),
        };
        Ok(format!("{before},\n{}", text.trim_end()))
    }

    /// The end, and everything that was held back.
    ///
    /// # Errors
    ///
    /// It has no JSON form, which all of them have.
    pub fn end(&mut self, report: &Report) -> Result<String, serde_json::Error> {
        let mut report = Report { digest: self.digest.end(report)?, ..report.without_organizations() };
        if self.count > 1 {
            return Ok(format!("\n{}", around(&report)?.1));
        }
        report.organizations.extend(self.first.take());
        to_string(&report)
    }
}
