//! A submission made ready for rules: tables with hash indexes that are built at most once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::boundary::column_boundaries::ColumnBoundaries;
use super::column_codes::{ColumnCodes, key};
use super::extension::Extension;
use super::lacking::{self, Lacking};
use super::unclear_index::UnclearCells;
use crate::model::dataset::Dataset;
use crate::model::privacy::Redactor;
use crate::model::row_evidence::RowEvidence;
use crate::resources::meter;
use crate::table::Table;
use crate::table::column::Column;
use crate::table::date::Date;
use crate::table::table_schema::TableDecl;

/// A table and its indexes.
#[derive(Debug)]
pub(crate) struct IndexedTable {
    pub(crate) table: Arc<Table>,
    /// By column: what is said where it is not in the submission.
    lacking: Vec<Option<Arc<Lacking>>>,
    /// What is said where more of the table lies in the submission than was read.
    pub(crate) unread: Option<Arc<Lacking>>,
    unclear: UnclearCells,
    indexes: Vec<OnceLock<ColumnCodes>>,
    /// By column: the day, and the rows whose standard was gone on it.
    lapsed: Vec<OnceLock<(Date, Vec<u32>)>>,
    /// What closures over the whole table answered.
    pub(crate) answers: Extension,
    /// What closures over some rows of it answered.
    pub(crate) results: Extension,
    /// By column: the boundaries drawn in it.
    boundaries: Vec<OnceLock<ColumnBoundaries>>,
}

/// A submission made ready for rules; shared by all rules that run over it.
#[derive(Clone, Debug)]
pub struct Loaded {
    tables: Arc<BTreeMap<String, Arc<IndexedTable>>>,
    /// Masks personal data of the submission.
    pub(crate) redactor: Arc<Redactor>,
    /// Whether rows have a file behind them.
    pub(super) evidence: Arc<RowEvidence>,
    rows: u64,
    weight: u64,
}

/// Bytes of long cells that count as a row.
const BYTES_OF_A_ROW: u64 = 64;

impl Loaded {
    /// Takes the tables of a submission, and reference tables such as the registry of standards.
    pub fn new(dataset: &Dataset, references: &[Arc<Table>]) -> Self {
        Self::with(dataset, references, lacks)
    }

    /// Takes the inline tables of an example, which show only the columns that matter: the others are empty.
    pub fn of_example(dataset: &Dataset, references: &[Arc<Table>]) -> Self {
        Self::with(dataset, references, |_, _| false)
    }

    fn with(dataset: &Dataset, references: &[Arc<Table>], lacks: impl Fn(&Table, usize) -> bool) -> Self {
        let indexed = |table: &Arc<Table>| {
            let lacking = |column: usize| lacks(table, column).then(|| lacking::of_column(table, column));
            let lacking = (0..table.columns.len()).map(lacking).collect();
            let unread = table.unread().map(|unread| lacking::of_table(&table.decl, unread));
            let indexes = table.columns.iter().map(|_| OnceLock::new()).collect();
            let lapsed = table.columns.iter().map(|_| OnceLock::new()).collect();
            let (table, answers, results) = (Arc::clone(table), Extension::default(), Extension::default());
            let unclear = UnclearCells::new(&table);
            let boundaries = table.columns.iter().map(|_| OnceLock::new()).collect();
            let table = IndexedTable {
                table,
                lacking,
                unread,
                unclear,
                indexes,
                lapsed,
                answers,
                results,
                boundaries,
            };
            (table.table.decl.id.clone(), Arc::new(table))
        };
        let own = dataset.tables.values().filter(|table| !table.decl.reference);
        let tables: BTreeMap<_, _> = own.chain(references).map(indexed).collect();
        let rows = tables.values().map(|table| u64::try_from(table.table.len()).unwrap_or(u64::MAX));
        let rows = rows.fold(0, u64::saturating_add);
        let columns = tables.values().flat_map(|table| &table.table.columns);
        let long = columns.map(Column::surplus).fold(0, u64::saturating_add);
        let weight = rows.saturating_add(long / BYTES_OF_A_ROW);
        let (redactor, evidence) = (Arc::clone(&dataset.redactor), Arc::clone(&dataset.evidence));
        Self { tables: Arc::new(tables), redactor, evidence, rows, weight }
    }

    /// Rows of all tables.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Rows of all tables, and as many more as the part of long cells that goes beyond what cells usually hold would
    /// make: what rules may use grows with it.
    pub(crate) fn weight(&self) -> u64 {
        self.weight
    }

    /// The table with this id or Chinese name.
    pub(crate) fn table(&self, name: &str) -> Option<&Arc<IndexedTable>> {
        self.tables.get(name).or_else(|| self.tables.values().find(|table| table.table.decl.zh == name))
    }

    /// All tables with their indexes.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = &IndexedTable> {
        self.tables.values().map(|table| &**table)
    }

    /// Declarations of all tables.
    pub(crate) fn declarations(&self) -> impl Iterator<Item = &TableDecl> {
        self.tables.values().map(|table| &*table.table.decl)
    }

    /// Ids and Chinese names of all tables.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tables.values().flat_map(|table| [table.table.decl.id.as_str(), table.table.decl.zh.as_str()])
    }
}

impl IndexedTable {
    /// Whether any column is not there.
    pub(crate) fn lacks_any(&self) -> bool {
        self.lacking.iter().any(Option::is_some)
    }

    /// Whether the column is not in the submission although its table has rows.
    pub(crate) fn lacks(&self, column: usize) -> bool {
        self.lacking(column).is_some()
    }

    /// What is said of the column where it is not in the submission although its table has rows.
    pub(crate) fn lacking(&self, column: usize) -> Option<&Arc<Lacking>> {
        self.lacking.get(column)?.as_ref()
    }

    /// Rows whose cell in the column was filled but not understood, in order.
    pub(crate) fn unclear_cells(&self, column: usize) -> &[u32] {
        self.unclear.of(&self.table, column)
    }

    /// Rows with such a cell in any column.
    pub(crate) fn unclear_rows(&self) -> &[u32] {
        self.unclear.any(&self.table)
    }

    /// Whether the cell was filled but not understood.
    pub(crate) fn is_unclear(&self, row: u32, column: usize) -> bool {
        self.unclear_cells(column).binary_search(&row).is_ok()
    }

    /// Rows whose text in `column` is gone on the day; asked once for each row.
    pub(crate) fn lapsed(&self, column: usize, day: Date, gone: impl Fn(&str) -> bool) -> Cow<'_, [u32]> {
        let look = || {
            let rows = 0..u32::try_from(self.table.len()).unwrap_or(u32::MAX);
            rows.filter(|at| gone(&key(&self.table, *at as usize, column))).collect()
        };
        match self
            .lapsed
            .get(column)
            .map(|known| known.get_or_init(|| meter::unmetered(|| (day, look()), |_| 0)))
        {
            Some((known, rows)) if *known == day => Cow::Borrowed(rows),
            _ => Cow::Owned(look()),
        }
    }

    /// Rows whose cell in `column` has exactly this text; none for empty text.
    pub(crate) fn rows_with(&self, column: usize, text: &str) -> &[u32] {
        let Some(codes) = self.codes_of(column).filter(|_| !text.is_empty()) else { return &[] };
        codes.find(&self.table, text).map_or(&[], |number| codes.rows(number))
    }

    /// The boundaries drawn in the column.
    pub(crate) fn boundaries(&self, column: usize) -> Option<&ColumnBoundaries> {
        self.boundaries.get(column).map(|slot| {
            slot.get_or_init(|| meter::unmetered(|| ColumnBoundaries::new(&self.table, column), |_| 0))
        })
    }

    /// The column by number.
    pub(crate) fn codes_of(&self, column: usize) -> Option<&ColumnCodes> {
        self.indexes.get(column).map(|slot| {
            slot.get_or_init(|| meter::unmetered(|| ColumnCodes::new(&self.table, column), |_| 0))
        })
    }
}

/// A column that is not there is not the same as one of empty cells, whatever other columns the file has.
fn lacks(table: &Table, column: usize) -> bool {
    table.present && !table.is_empty() && !table.decl.reference && !table.has_column(column)
}
