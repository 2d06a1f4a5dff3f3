//! Draws rows by chance, in a way that anybody can repeat: each row is ranked by the SHA-256 of the seed, its table and its
//! code, and the first are taken.

use std::collections::HashSet;
use std::path::Path;

use super::session::Session;
use crate::model::dataset::Dataset;
use crate::model::fault::Fault;
use crate::model::file_digest::sha256;
use crate::model::finding::Location;
use crate::model::sample::{Precision, Sample, SampleKind, Sampled, SampledRow};
use crate::model::text::Text;
use crate::table::Table;

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Draw {
    /// From what.
    pub of: SampleKind,
    /// How many.
    pub size: SampleSize,
    /// What the draw begins with.
    pub seed: String,
}

/// How many rows are to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleSize {
    /// So many.
    Rows(usize),
    /// As many as it takes.
    By(Precision),
}

/// Draws from the submission at `path`.
///
/// # Errors
///
/// It cannot be read.
pub fn draw(session: &Session, path: &Path, asked: &Draw) -> Result<Sampled, Fault> {
    let dataset = session.dataset(path)?;
    Ok(Sampled {
        id: session.masking.code(&dataset.organization("id")),
        name: dataset.redactor.text(&dataset.organization("name")),
        sha256: dataset.sha256.clone(),
        sample: of(&dataset, asked),
    })
}

/// What is drawn for a worksheet: of everything, so that a share is known within ten percent.
pub(super) fn all(dataset: &Dataset, seed: &str) -> Vec<Sample> {
    let size = SampleSize::By(Precision { confidence: 90, margin: 10 });
    let drawn = |of_kind| of(dataset, &Draw { of: of_kind, size, seed: seed.to_owned() });
    SampleKind::ALL.map(drawn).into_iter().filter(|sample| sample.population > 0).collect()
}

fn of(dataset: &Dataset, asked: &Draw) -> Sample {
    let mut rows = rows(dataset, asked);
    let population = rows.len();
    let (size, precision) = match asked.size {
        SampleSize::Rows(size) => (size, None),
        SampleSize::By(precision) => (precision.size(population), Some(precision)),
    };
    rows.sort_by(|one, other| one.rank.cmp(&other.rank));
    rows.truncate(size);
    Sample { of: asked.of, seed: asked.seed.clone(), population, precision, rows }
}

fn rows(dataset: &Dataset, asked: &Draw) -> Vec<SampledRow> {
    let tables = asked.of.tables().iter().filter_map(|id| dataset.tables.get(*id));
    let all = tables.flat_map(|table| (0..table.len()).map(|row| sampled(dataset, table, row, &asked.seed)));
    // Who stands in two lists is one person.
    let mut known = HashSet::new();
    let is_first = |row: &SampledRow| {
        asked.of != SampleKind::Staff
            || row.code.is_empty()
            || known.insert((row.code.clone(), row.name.clone()))
    };
    all.filter(is_first).collect()
}

fn sampled(dataset: &Dataset, table: &Table, row: usize, seed: &str) -> SampledRow {
    let (code, name) = (table.decl.code_columns().next(), table.decl.title_column());
    let shown = |at: Option<usize>| at.map(|at| dataset.redactor.cell(table, row, at)).unwrap_or_default();
    // A row without a code is known by its place.
    let own = code.map(|at| table.display(row, at)).filter(|code| !code.is_empty());
    let own = own.unwrap_or_else(|| row.saturating_add(1).to_string());
    let digest = sha256(format!("{seed}|{}|{own}", table.decl.id).as_bytes());
    SampledRow {
        table: Text::new(table.decl.zh.clone(), table.decl.id.clone()),
        code: shown(code),
        name: shown(name),
        place: Location::of(table, row, code.or(name), &dataset.redactor),
        rank: digest.unwrap_or_default(),
    }
}
