//! What an overview knows of single organizations beside its columns: who ruled, grids, rows of findings. Most have little
//! of it, and rows are kept no longer than there is room.

use serde::Serialize;

use super::texts::{Said, Texts, plain};
use crate::model::finding::{ExcerptCell, Location};
use crate::model::grid::GridFindings;
use crate::model::report::{Organization, ScoreItem};
use crate::model::ruling::{RulingLine, RulingStatus};
use crate::model::text::{Lang, Text};
use crate::report::grids::most_text;

/// Grids kept of one organization.
const GRIDS: usize = 5;
/// Findings of one organization whose row is kept.
const ROWS: usize = 5;
/// Cells kept of a row around the marked one.
const CELLS: usize = 6;
/// Bytes of rows kept of a run: packed they take half of it.
const ROOM: usize = 1 << 20;

/// Whether rulings count: what the numbers in the columns stand for.
pub(super) const STATUSES: [RulingStatus; 5] = [
    RulingStatus::Counted,
    RulingStatus::Replaced,
    RulingStatus::Outranked,
    RulingStatus::Expired,
    RulingStatus::NotCounted,
];

/// A ruling on a target.
#[derive(Debug, Serialize)]
pub(super) struct Ruled {
    target: String,
    ruling: String,
    value: String,
    role: String,
    by: String,
    date: String,
    reason: String,
    evidence: String,
    /// Place among [`STATUSES`].
    status: usize,
}

/// All rulings on the targets of an organization.
pub(super) fn ruled(one: &Organization) -> Vec<Ruled> {
    let items = one.tables.iter().flat_map(|table| &table.items);
    items.flat_map(of_item).map(|(target, ruling)| Ruled::of(target, ruling)).collect()
}

fn of_item(item: &ScoreItem) -> Vec<(&str, &RulingLine)> {
    let award = item.award.iter().flat_map(|award| award.rulings.iter().map(|one| (item.id.as_str(), one)));
    let lines = item.requirements.iter();
    award.chain(lines.flat_map(|line| line.rulings.iter().map(|one| (line.id.as_str(), one)))).collect()
}

impl Ruled {
    fn of(target: &str, one: &RulingLine) -> Self {
        let RulingLine { ruling, value, role, by, date, reason, evidence, status, .. } = one;
        let [target, ruling, role, by, date, reason, evidence] =
            [target, ruling, role, by, date, reason, evidence].map(plain);
        let value = plain(value.as_deref().unwrap_or_default());
        let status = STATUSES.iter().position(|known| known == status).unwrap_or_default();
        Self { target, ruling, value, role, by, date, reason, evidence, status }
    }
}

/// How many grids have findings, and the worst: code, name, errors, warnings, what mostly.
#[derive(Debug, Serialize)]
pub(super) struct Grids(usize, Vec<(String, String, u64, u64, Said)>);

impl Grids {
    pub(super) fn of(found: &GridFindings, texts: &mut Texts) -> Self {
        let worst = found.worst.iter().take(GRIDS).map(|grid| {
            let most = grid
                .most
                .first()
                .map(|most| Text::new(most_text(most, Lang::Zh), most_text(most, Lang::En)))
                .unwrap_or_default();
            (plain(&grid.grid), plain(&grid.grid_name), grid.errors, grid.warnings, texts.add(&most))
        });
        Self(found.grids, worst.collect())
    }
}

/// Headers, cells, and which of these is marked.
type Row = (Vec<String>, Vec<String>, Option<usize>);

/// Rows of findings; none where there was no room.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Rows {
    kept: Vec<Option<Row>>,
    #[serde(skip)]
    bytes: usize,
}

impl Rows {
    /// The row of a place, which is that of the finding of this number of its organization.
    pub(super) fn add(&mut self, number: usize, place: &Location) {
        let row = (number < ROWS && !place.excerpt.is_empty()).then(|| around_mark(&place.excerpt));
        let row = row.map(|cells| {
            let marked = cells.iter().position(|cell| cell.marked);
            let texts = |text: fn(&ExcerptCell) -> &str| cells.iter().map(|cell| plain(text(cell))).collect();
            let (headers, values): (Vec<_>, Vec<_>) = (texts(|cell| &cell.header), texts(|cell| &cell.value));
            (headers, values, marked)
        });
        let bytes: usize =
            row.iter().flat_map(|(headers, values, _)| headers.iter().chain(values)).map(String::len).sum();
        let fits = self.bytes.saturating_add(bytes) <= ROOM;
        self.bytes = if fits { self.bytes.saturating_add(bytes) } else { self.bytes };
        self.kept.push(row.filter(|_| fits));
    }
}

fn around_mark(cells: &[ExcerptCell]) -> &[ExcerptCell] {
    let mark = cells.iter().position(|cell| cell.marked).unwrap_or(0);
    let from = mark.saturating_sub(CELLS / 2).min(cells.len().saturating_sub(CELLS));
    cells.get(from..from.saturating_add(CELLS).min(cells.len())).unwrap_or_default()
}
