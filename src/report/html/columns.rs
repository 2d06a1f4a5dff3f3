//! What the script of an overview knows of every organization: a column for each thing said, an entry in it for each
//! organization, texts in one table. Together they are small: thousands of organizations say mostly the same.
//!
//! ```text
//! Organization ──add──▶ columns: one character an outcome, points as a character, texts by number
//!                       └─finish─▶ JSON ─▶ gzip ─▶ base64
//! ```

use std::collections::HashMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::details::{self, Grids, Rows, Ruled};
use super::since::{Carried, Told};
use super::{base64, outcome};
use crate::model::assurance::Assurance;
use crate::model::outcome::Outcome;
use crate::model::report::{Decider, Organization, ReportFinding, ScoreItem};
use crate::report::finding::is_put_right_at_once;
use crate::report::html::texts::{Said, Texts, plain};

/// Findings kept of one organization; the rest are counted.
const FINDINGS: usize = 20;
/// The character for no points; one point more is one character further.
const NO_POINTS: u32 = 48;

/// Everything, as it is written.
#[derive(Debug, Default, Serialize)]
pub(in crate::report) struct Columns {
    /// Organizations.
    count: usize,
    id: Vec<String>,
    name: Vec<String>,
    level: Vec<String>,
    parent: Vec<String>,
    path: Vec<String>,
    sha: Vec<String>,
    low: Vec<u32>,
    high: Vec<u32>,
    before: Vec<[u32; 2]>,
    verdict: Vec<&'static str>,
    eligibility: Vec<&'static str>,
    assurance: Vec<[u32; 4]>,
    notes: Vec<Vec<Said>>,
    deciding: Vec<Vec<(String, u32)>>,
    tables: Lines,
    items: Lines,
    targets: Lines,
    clauses: Lines,
    findings: Findings,
    ruled: Vec<Vec<Ruled>>,
    /// What became of their lists of last time, where they have one.
    since: Vec<Option<Carried>>,
    /// Lines of such lists kept.
    #[serde(skip)]
    lines: usize,
    grids: Vec<Grids>,
    texts: Texts,
    /// Files of the pages of the organizations, where there are such.
    pages: Vec<String>,
}

/// Lines that every organization has: a table, an item, a requirement, a clause.
#[derive(Debug, Default, Serialize)]
struct Lines {
    id: Vec<String>,
    /// A character for each organization: the outcome.
    outcome: Vec<String>,
    /// Points, or points lost, at least and at most.
    #[serde(skip_serializing_if = "say_nothing")]
    least: Vec<String>,
    #[serde(skip_serializing_if = "say_nothing")]
    most: Vec<String>,
    /// How it is known, and whether a person decided.
    #[serde(skip_serializing_if = "say_nothing")]
    known: Vec<String>,
    #[serde(skip_serializing_if = "say_nothing")]
    ruled: Vec<String>,
    /// Organizations of which there is a reason, the number of its text, and what stands in its gaps.
    who: Vec<Vec<usize>>,
    what: Vec<Vec<usize>>,
    with: Vec<Vec<String>>,
    #[serde(skip)]
    places: HashMap<String, usize>,
}

/// Findings one after the other.
#[derive(Debug, Default, Serialize)]
struct Findings {
    /// How many are kept of each organization, and how many there are.
    kept: Vec<usize>,
    all: Vec<usize>,
    severity: String,
    /// `1` for what can be put right at once.
    at_once: String,
    rows: Rows,
    rule: Vec<usize>,
    target: Vec<usize>,
    print: Vec<String>,
    text: Vec<usize>,
    help: Vec<usize>,
    with: Vec<Vec<String>>,
    total: Vec<usize>,
    file: Vec<usize>,
    row: Vec<u32>,
    column: Vec<usize>,
    value: Vec<usize>,
    grid: Vec<usize>,
    /// Rules, targets, files, headers, cells.
    names: Vec<String>,
    #[serde(skip)]
    places: HashMap<String, usize>,
}

/// Whether columns can be left out: nothing is in them but no points, not known, not ruled.
fn say_nothing(columns: &[String]) -> bool {
    columns.iter().all(|column| column.chars().all(|sign| matches!(sign, '0' | '-' | ' ')))
}

/// What is said of an organization on one line.
struct Line<'a> {
    id: &'a str,
    outcome: Option<Outcome>,
    points: (u32, u32),
    known: Option<Assurance>,
    source: Option<Decider>,
    reason: Option<&'a crate::model::text::Text>,
}

impl Lines {
    fn place(&mut self, id: &str, before: usize) -> usize {
        if let Some(place) = self.places.get(id) {
            return *place;
        }
        let blank = " ".repeat(before);
        self.id.push(plain(id));
        for column in [&mut self.outcome, &mut self.least, &mut self.most, &mut self.known, &mut self.ruled] {
            column.push(blank.clone());
        }
        self.who.push(Vec::new());
        self.what.push(Vec::new());
        self.with.push(Vec::new());
        let place = self.places.len();
        self.places.insert(id.to_owned(), place);
        place
    }

    /// Says one line of the organization of this number.
    fn say(&mut self, number: usize, line: &Line<'_>, texts: &mut Texts) {
        let at = self.place(line.id, number);
        let points = |points: u32| char::from_u32(NO_POINTS.saturating_add(points)).unwrap_or('0');
        let known = line.known.map_or("-", Assurance::word);
        let signs = [
            (&mut self.outcome, line.outcome.map_or('-', sign)),
            (&mut self.least, points(line.points.0)),
            (&mut self.most, points(line.points.1)),
            (&mut self.known, known.chars().nth(1).unwrap_or('-')),
            (&mut self.ruled, if line.source == Some(Decider::Ruling) { 'r' } else { '-' }),
        ];
        for (column, sign) in signs {
            // A line that the organizations between did not have.
            if let Some(column) = column.get_mut(at) {
                let missing = number.saturating_sub(column.chars().count());
                column.extend(std::iter::repeat_n(' ', missing));
                column.push(sign);
            }
        }
        let Some(reason) = line.reason.filter(|reason| !reason.is_empty()) else { return };
        let (text, gaps) = texts.add(reason);
        if let (Some(who), Some(what), Some(with)) =
            (self.who.get_mut(at), self.what.get_mut(at), self.with.get_mut(at))
        {
            who.push(number);
            what.push(text);
            with.extend(gaps);
        }
    }
}

/// The character of an outcome.
const fn sign(outcome: Outcome) -> char {
    match outcome {
        Outcome::Met => 'm',
        Outcome::Unmet => 'u',
        Outcome::Absent => 'a',
        Outcome::Unknown => '?',
        Outcome::NotApplicable => 'n',
    }
}

impl Findings {
    fn name(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len();
        self.names.push(plain(name));
        self.places.insert(name.to_owned(), place);
        place
    }

    /// Adds the finding of this number of its organization.
    fn add(&mut self, number: usize, one: &ReportFinding, texts: &mut Texts) {
        let first = one.locations.first().cloned().unwrap_or_default();
        self.severity.push(outcome::severity_key(one.severity).0.chars().next().unwrap_or('-'));
        self.at_once.push(if is_put_right_at_once(one) { '1' } else { '0' });
        self.rows.add(number, &first);
        let (text, mut gaps) = texts.add(&one.message);
        let (help, more) = texts.add(&one.help);
        gaps.extend(more);
        self.with.push(gaps);
        self.text.push(text);
        self.help.push(help);
        self.total.push(one.total);
        self.row.push(if first.key.is_some() { 0 } else { first.row.unwrap_or(0) });
        self.print.push(plain(&one.fingerprint));
        let file = match (&first.sheet, &first.key) {
            (Some(sheet), Some(key)) => format!("{}〔{sheet}〕 {key}", first.file),
            (Some(sheet), None) => format!("{}〔{sheet}〕", first.file),
            (None, _) => first.file,
        };
        let names = [
            one.rule.as_str(),
            &one.target,
            &file,
            first.column.as_deref().unwrap_or_default(),
            first.value.as_deref().unwrap_or_default(),
            first.grid.as_deref().unwrap_or_default(),
        ];
        let [rule, target, file, column, value, grid] = names.map(|name| self.name(name));
        self.rule.push(rule);
        self.target.push(target);
        self.file.push(file);
        self.column.push(column);
        self.value.push(value);
        self.grid.push(grid);
    }
}

impl Columns {
    /// One more organization, with the file of its page where it has one.
    pub(in crate::report) fn add(&mut self, one: &Organization, page: Option<String>) {
        let number = self.count;
        self.count = self.count.saturating_add(1);
        self.head(one);
        self.pages.extend(page);
        for table in &one.tables {
            let points = (table.low, table.high);
            self.tables.say(number, &Line { points, ..Line::of(&table.id) }, &mut self.texts);
            table.items.iter().for_each(|item| self.item(number, item));
        }
        for clause in &one.structure {
            let id = if clause.rule.is_empty() { &clause.clause } else { &clause.rule };
            let line = Line { outcome: Some(clause.outcome), reason: Some(&clause.reason), ..Line::of(id) };
            self.clauses.say(number, &line, &mut self.texts);
        }
        let mut worst: Vec<_> = one.findings.iter().collect();
        worst.sort_by_key(|finding| finding.severity);
        self.findings.kept.push(worst.len().min(FINDINGS));
        self.findings.all.push(worst.len());
        for (at, finding) in worst.into_iter().take(FINDINGS).enumerate() {
            self.findings.add(at, finding, &mut self.texts);
        }
        self.ruled.push(details::ruled(one));
        let carried = Carried::of(one, self.lines, &mut self.texts);
        self.lines = self.lines.saturating_add(carried.as_ref().map_or(0, Carried::kept));
        self.since.push(carried);
        self.grids.push(Grids::of(&one.grids, &mut self.texts));
    }

    fn head(&mut self, one: &Organization) {
        let score = &one.score;
        for (column, text) in [
            (&mut self.id, &one.id),
            (&mut self.name, &one.name),
            (&mut self.level, &one.level),
            (&mut self.parent, &one.parent),
            (&mut self.path, &one.submission.path),
            (&mut self.sha, &one.submission.sha256),
        ] {
            column.push(plain(text));
        }
        self.low.push(score.low);
        self.high.push(score.high);
        self.before.push([score.before_rulings.low, score.before_rulings.high]);
        self.verdict.push(outcome::verdict_key(one.verdict).0);
        self.eligibility.push(outcome::eligibility_key(one.eligibility.status).0);
        self.assurance.push(Assurance::ALL.map(|how| score.by_assurance.of(how)));
        self.notes.push(one.remarks().map(|remark| self.texts.add(&remark)).collect());
        self.deciding.push(one.deciding.iter().map(|one| (plain(&one.target), one.points)).collect());
    }

    fn item(&mut self, number: usize, item: &ScoreItem) {
        let outcome = item.wholly_absent().then_some(Outcome::Absent);
        let line = Line { points: (item.low, item.high), outcome, ..Line::of(&item.id) };
        self.items.say(number, &line, &mut self.texts);
        let lost = |points: u32| item.points.saturating_sub(points);
        let award = item.award.iter().map(|award| Line {
            id: &item.id,
            outcome: Some(award.outcome),
            points: (lost(item.high), lost(item.low)),
            known: award.assurance,
            source: Some(award.source),
            reason: Some(&award.reason),
        });
        let requirements = item.requirements.iter().map(|line| Line {
            id: &line.id,
            outcome: Some(line.outcome),
            points: (line.lost_high, line.lost_low),
            known: line.assurance,
            source: Some(line.source),
            reason: Some(&line.reason),
        });
        for line in award.chain(requirements) {
            self.targets.say(number, &line, &mut self.texts);
        }
    }

    /// The organizations that have a list of last time.
    pub(super) fn carried(&self) -> Vec<Told<'_>> {
        let named = self.since.iter().zip(self.name.iter().zip(&self.id));
        let told = (1..).zip(named).filter_map(|(number, (carried, (name, id)))| {
            Some((number, if name.is_empty() { id.as_str() } else { name }, carried.as_ref()?))
        });
        told.collect()
    }

    /// All of it, as the script reads it.
    ///
    /// # Errors
    /// It has no JSON form, which it always has.
    pub(super) fn packed(&self) -> io::Result<String> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&serde_json::to_vec(self)?)?;
        Ok(base64::encode(&packed.finish()?))
    }
}

impl<'a> Line<'a> {
    const fn of(id: &'a str) -> Self {
        Self { id, outcome: None, points: (0, 0), known: None, source: None, reason: None }
    }
}
