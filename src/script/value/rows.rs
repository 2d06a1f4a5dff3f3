//! Selections of rows, single rows and groups: what table operations take and give.

use std::sync::Arc;

use rhai::ImmutableString;

use super::loaded_table::IndexedTable;
use super::maybe::{Maybe, Perhaps};
use super::selection::Chosen;
use super::taint::{self, Doubt, Reason};
use super::unclear::Cause;
use crate::script::error::{self, Res, exceeded, sizes};
use crate::table::table_schema::ColumnType;

/// Some rows of a table, in table order.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) of: Arc<IndexedTable>,
    /// Rows that belong to it for sure.
    pub(crate) chosen: Chosen,
    /// Rows that may belong to it.
    pub(crate) maybe: Maybe,
    /// A missing column that they were chosen by, or unclear cells that leave all of it open.
    pub(crate) doubt: Doubt,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) of: Arc<IndexedTable>,
    pub(crate) at: u32,
}

/// Rows that share a value.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) key: ImmutableString,
    pub(crate) rows: Rows,
}

impl Group {
    /// The value, and the rows that share it.
    pub(crate) fn parts(&self) -> (&str, &Rows) {
        (&self.key, &self.rows)
    }
}

impl Row {
    pub(crate) fn index(&self) -> usize {
        self.at as usize
    }

    pub(crate) fn column(&self, name: &str) -> Res<usize> {
        column(&self.of, name)
    }
}

fn column(of: &IndexedTable, name: &str) -> Res<usize> {
    let decl = &of.table.decl;
    let column = decl.position(name).ok_or_else(|| error::unknown_column(decl, name))?;
    taint::read(of, column);
    Ok(column)
}

impl Rows {
    /// All rows of a table.
    pub(crate) fn all(of: &Arc<IndexedTable>) -> Self {
        let count = u32::try_from(of.table.len()).unwrap_or(u32::MAX);
        let doubt = taint::of_lacking(of.unread.as_ref());
        Self { of: Arc::clone(of), chosen: Chosen::All(count), maybe: Maybe::default(), doubt }
    }

    /// These of the rows. All of a table stay known as all of it.
    pub(crate) fn choose(&self, chosen: impl Iterator<Item = u32>) -> Self {
        let chosen: Chosen = chosen.collect();
        let all = chosen.len() == self.chosen.len();
        self.with(if all { self.chosen.clone() } else { chosen })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        self.chosen.iter().map(|at| Row { of: Arc::clone(&self.of), at })
    }

    pub(crate) fn column(&self, name: &str) -> Res<usize> {
        column(&self.of, name)
    }

    /// Chooses by `pick`; rows chosen by a missing column are in doubt.
    pub(crate) fn choosing(pick: impl FnOnce() -> Res<Self>) -> Res<Self> {
        let mark = taint::mark();
        let picked = pick()?;
        let doubt = taint::either(&picked.doubt, &taint::since(&mark));
        Ok(Self { doubt, ..picked })
    }

    /// The same table and doubt with other rows, all of them sure.
    pub(crate) fn with(&self, chosen: Chosen) -> Self {
        Self { of: Arc::clone(&self.of), chosen, maybe: Maybe::default(), doubt: self.doubt.clone() }
    }

    /// The same beside rows of `others` that may belong to it.
    pub(crate) fn beside_maybe_of(self, others: &Self) -> Self {
        Self { maybe: others.maybe.clone(), ..self }
    }

    /// The same, all of it in doubt where rows may belong to it or a cell of the columns is unclear.
    pub(crate) fn in_doubt(&self, columns: &[usize]) -> Self {
        let cells = self.unclear_in(columns);
        let first = self.maybe.causes().chain(cells.iter().map(|one| &one.cause)).next();
        let own = first.map(|cause| Arc::new(Reason::Cells(vec![cause.clone()])));
        Self { doubt: taint::either(&self.doubt, &own), ..self.with(self.chosen.clone()) }
    }

    /// Takes note that what is made of these rows hangs on those that may belong to them.
    pub(crate) fn note(&self) {
        self.maybe.causes().for_each(taint::note);
        self.note_doubt();
    }

    /// Takes note of the cells that leave all of it open, where the rows that may belong are looked at one by one.
    pub(crate) fn note_doubt(&self) {
        taint::cells(&self.doubt).iter().for_each(taint::note);
    }

    /// Takes note of unclear cells in the columns too.
    pub(crate) fn note_cells(&self, columns: &[usize]) {
        self.note();
        self.unclear_in(columns).iter().for_each(|one| taint::note(&one.cause));
    }

    /// The chosen rows, then those that may belong with the cell that would tell.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = (u32, Option<&Cause>)> {
        let maybe = self.maybe.iter().map(|one| (one.at, Some(&one.cause)));
        self.chosen.iter().map(|at| (at, None)).chain(maybe)
    }

    /// The chosen rows with an unclear cell in one of the columns.
    pub(crate) fn unclear_in(&self, columns: &[usize]) -> Vec<Perhaps> {
        let mut found = Vec::new();
        for column in columns {
            found.extend(self.unclear_cells(*column));
        }
        if columns.len() > 1 {
            found.sort_by_key(|one| one.at);
            found.dedup_by_key(|one| one.at);
        }
        found
    }

    /// The chosen rows whose cell in the column is unclear, in order.
    pub(crate) fn unclear_cells(&self, column: usize) -> impl Iterator<Item = Perhaps> {
        let cause = move |row| Cause { of: Arc::clone(&self.of), row, column };
        self.chosen.among(self.of.unclear_cells(column)).map(move |at| Perhaps { at, cause: cause(at) })
    }

    /// The chosen rows with an unclear cell in one of the columns, or in any at all.
    pub(crate) fn unclear_rows(&self, columns: Option<&[usize]>) -> Vec<u32> {
        let Some(columns) = columns else { return self.chosen.among(self.of.unclear_rows()).collect() };
        let cells = columns.iter().flat_map(|column| self.chosen.among(self.of.unclear_cells(*column)));
        let mut rows: Vec<u32> = cells.collect();
        if columns.len() > 1 {
            rows.sort_unstable();
            rows.dedup();
        }
        rows
    }

    /// Charges looking for the chosen rows among those with an unclear cell in the column.
    pub(crate) fn charge_unclear(&self, column: usize) -> Res<()> {
        let walked = self.chosen.len().min(self.of.unclear_cells(column).len());
        exceeded::charge(u64::try_from(walked).unwrap_or(u64::MAX) / sizes::STRIDE)
    }

    /// The chosen rows without `out`, which is in order.
    pub(crate) fn without(&self, out: &[u32]) -> Chosen {
        if out.is_empty() {
            return self.chosen.clone();
        }
        self.chosen.iter().filter(|at| out.binary_search(at).is_err()).collect()
    }

    /// The first of the rows whose cell in the column has exactly this text.
    pub(crate) fn first_with(&self, column: usize, text: &str) -> Option<u32> {
        self.of.rows_with(column, text).iter().copied().find(|at| self.chosen.contains(*at))
    }

    pub(crate) fn kind(&self, column: usize) -> Option<ColumnType> {
        self.of.table.decl.columns.get(column).map(|decl| decl.kind)
    }
}

impl IntoIterator for Rows {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.note();
        self.iter().collect::<Vec<_>>().into_iter()
    }
}
