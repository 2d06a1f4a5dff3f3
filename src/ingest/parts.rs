//! What each sheet of a workbook is: a table has its name or that of the workbook, and may go on in sheets of any name
//! that have its header.

use std::sync::Arc;

use super::book::Sheet;
use super::error::IngestError;
use super::header;
use super::levels::Levels;
use super::merges::Merges;
use super::non_data_rows;
use super::recognise::{self, By, Names};
use super::row::Row;
use super::upright::Upright;
use super::workbook::{Head, Workbook};
use crate::table::table_schema::{ColumnDecl, TableDecl};

type Table<'a> = &'a Arc<TableDecl>;

/// What a sheet is.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// Nothing is filled in.
    Empty,
    /// It explains the others.
    Explanation,
    /// A table, or more of one.
    Of(Table<'a>),
    /// A table by its header alone; how likely, in percent.
    ByHeader(Table<'a>, u32),
    /// The same, but hidden: nobody who looks at the workbook sees that it is there.
    Hidden(Table<'a>),
    /// It has another header than the one table of the workbook.
    Other(Table<'a>),
    /// No table that is known.
    Unknown,
}

impl Part<'_> {
    /// Whether it is read as the table with this id.
    pub(super) fn is_of(&self, id: &str) -> bool {
        matches!(self, Part::Of(table) | Part::ByHeader(table, _) if table.id == id)
    }
}

/// What the name and the first rows of a sheet say.
enum Look<'a> {
    Settled(Part<'a>),
    Filled {
        hidden: bool,
        /// Tables of the workbook whose header it may have.
        fits: Vec<Fit<'a>>,
        /// The table that its header is, whatever it is called, and how likely; where it is surely none of these.
        likely: Option<(Table<'a>, u32)>,
        /// A lone row is a title.
        is_title: bool,
    },
}

/// A header as one of a table.
#[derive(Clone)]
struct Fit<'a> {
    table: Table<'a>,
    /// For each declared column whether it is there.
    columns: Vec<bool>,
    /// Its keys are there, and half of what it requires: it is no list of something else with a word in common.
    is_sure: bool,
    /// Everything it requires is there.
    is_whole: bool,
    /// Percent of the headers that are columns of the table.
    share: u32,
}

/// What each of the sheets is.
///
/// # Errors
/// When the first rows of one cannot be read.
pub(super) fn of<'a>(
    known: &Names<'a>,
    stem: &str,
    sheets: &[Sheet],
    book: &mut Workbook<'_>,
) -> Result<Vec<Part<'a>>, IngestError> {
    let mut named: Vec<Option<Table<'a>>> = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        named.push(match known.named(&sheet.name) {
            Some((table, By::End)) if !is_headed(table, &book.head(sheet)?) => None,
            found => found.map(|(table, _)| table),
        });
    }
    let of_file = match known.named(stem) {
        Some((table, By::End)) if !any_headed(table, sheets, book)? => None,
        found => found.map(|(table, _)| table),
    };
    let mut tables: Vec<Table<'a>> = Vec::new();
    for table in named.iter().flatten().copied().chain(of_file) {
        if !tables.iter().any(|one| one.id == table.id) {
            tables.push(table);
        }
    }
    let mut looks = Vec::with_capacity(sheets.len());
    for (sheet, table) in sheets.iter().zip(&named) {
        looks.push(match table {
            Some(table) => Look::Settled(Part::Of(table)),
            None => look(known, (stem, sheet), &book.head(sheet)?, &tables),
        });
    }
    // A workbook none of whose sheets has a table's name is that of one table: its file's.
    let whole = of_file.filter(|_| named.iter().all(Option::is_none));
    Ok(settle(&looks, whole, &tables))
}

/// How many columns of a table a header among these rows has.
pub(super) fn columns_found(table: &TableDecl, rows: &[Row<'_>]) -> usize {
    if Levels::find(table, rows).is_some() {
        return table.columns.len();
    }
    let layout = header::find(table, rows, &Merges::default());
    let named = layout.map_or(0, |layout| layout.columns.iter().flatten().count());
    Upright::of(table, rows, named).map_or(named, |form| form.values.len())
}

/// Whether the rows show the header of a table, with everything it requires.
pub(super) fn is_headed(table: Table<'_>, head: &Head) -> bool {
    Fit::of(table, head).is_some_and(|fit| fit.is_whole)
}

/// Whether the rows show the header of a table, with its keys and half of what it requires.
pub(super) fn is_surely_headed(table: Table<'_>, head: &Head) -> bool {
    Fit::of(table, head).is_some_and(|fit| fit.is_sure)
}

fn any_headed(table: Table<'_>, sheets: &[Sheet], book: &mut Workbook<'_>) -> Result<bool, IngestError> {
    for sheet in sheets {
        if is_headed(table, &book.head(sheet)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The table that the first rows of something with this name show the header of, though its name says nothing of it, and
/// how likely that is in percent. A name that says something else makes it less so.
pub(super) fn likely<'a>(known: &Names<'a>, name: &str, head: &Head) -> Option<(Table<'a>, u32)> {
    if known.is_only() || recognise::is_explanation(name) {
        return None;
    }
    let fits = known.tables().filter(|table| table.is_sent()).filter_map(|table| Fit::of(table, head));
    let mut fits: Vec<Fit<'a>> = fits.filter(|fit| fit.is_whole).collect();
    fits.sort_by_key(|fit| std::cmp::Reverse((fit.matched(), fit.share)));
    let best = fits.first().filter(|fit| fit.matched() >= FEWEST_LIKELY)?;
    let rival =
        fits.get(1).is_some_and(|other| other.matched() == best.matched() && other.share == best.share);
    let least = if recognise::tells_nothing(name) { LEAST_LIKELY } else { LEAST_LIKELY_NAMED };
    (!rival && best.share >= least).then_some((best.table, best.share))
}

/// Columns that a header has at least by which a table is told.
const FEWEST_LIKELY: usize = 3;

/// Percent of its headers that are columns of the table, where the name says nothing, and where it says something else.
const LEAST_LIKELY: u32 = 60;
const LEAST_LIKELY_NAMED: u32 = 90;

fn look<'a>(known: &Names<'a>, (stem, sheet): (&str, &Sheet), head: &Head, tables: &[Table<'a>]) -> Look<'a> {
    if head.rows.is_empty() {
        return Look::Settled(Part::Empty);
    }
    if recognise::is_explanation(&sheet.name) {
        return Look::Settled(Part::Explanation);
    }
    let fits: Vec<Fit<'a>> = tables.iter().filter_map(|table| Fit::of(table, head)).collect();
    let name = if recognise::tells_nothing(&sheet.name) { stem } else { &sheet.name };
    // All tables are tried only where none of the workbook's fits.
    let likely = if fits.iter().any(|fit| fit.is_sure) { None } else { likely(known, name, head) };
    Look::Filled { hidden: sheet.hidden, fits, likely, is_title: head.rows.len() == 1 }
}

impl<'a> Fit<'a> {
    fn of(table: Table<'a>, head: &Head) -> Option<Self> {
        if Levels::find(table, &head.rows).is_some() {
            let columns = vec![true; table.columns.len()];
            return Some(Self { table, columns, is_sure: true, is_whole: true, share: 100 });
        }
        let layout = header::find(table, &head.rows, &head.merges)?;
        let columns: Vec<_> = layout.columns.iter().map(Option::is_some).collect();
        let share = |wanted: fn(&ColumnDecl) -> bool| {
            let wanted = || table.columns.iter().zip(&columns).filter(|(decl, _)| wanted(decl));
            (wanted().filter(|(_, there)| **there).count(), wanted().count())
        };
        let ((keys, all_keys), (required, all_required)) =
            (share(|decl| decl.key), share(|decl| decl.required));
        let is_sure = keys == all_keys && required.saturating_mul(2) >= all_required;
        let is_whole = keys == all_keys && required == all_required;
        let matched = columns.iter().filter(|there| **there).count();
        let strange =
            layout.undeclared.iter().filter(|(_, header)| !non_data_rows::is_counter_header(header)).count();
        let share = matched.saturating_mul(100).checked_div(matched.saturating_add(strange)).unwrap_or(0);
        Some(Self { table, columns, is_sure, is_whole, share: u32::try_from(share).unwrap_or(0) })
    }

    fn matched(&self) -> usize {
        self.columns.iter().filter(|there| **there).count()
    }
}

/// What each sheet is, once all were looked at. The first that shows the header of the table of the whole workbook is
/// that table; where none does, the first that can be seen.
fn settle<'a>(looks: &[Look<'a>], whole: Option<Table<'a>>, tables: &[Table<'a>]) -> Vec<Part<'a>> {
    let seen = |look: &&Look<'_>| matches!(look, Look::Filled { hidden: false, .. });
    let sure = |look: &&Look<'_>| match look {
        Look::Filled { fits, .. } => fits.iter().any(|fit| fit.is_sure),
        Look::Settled(_) => false,
    };
    let first = || looks.iter().filter(seen).find(sure).or_else(|| looks.iter().find(seen));
    let main = whole.and_then(|table| Some((table, first()?)));
    let same = main.and_then(|(_, look)| match look {
        Look::Filled { fits, .. } => fits.first(),
        Look::Settled(_) => None,
    });
    let is_read = main.is_some() || looks.iter().any(|look| matches!(look, Look::Settled(Part::Of(_))));
    let only = if let [only] = tables { Some(*only) } else { None };
    // A table that has a sheet of its name goes on in others only where these show the same header.
    let is_taken = |table: Table<'_>| tables.iter().any(|one| one.id == table.id);
    let part = |look: &Look<'a>| match (look, main) {
        (Look::Settled(part), _) => *part,
        (look, Some((table, main))) if std::ptr::eq(look, main) => Part::Of(table),
        (Look::Filled { hidden, fits, likely, is_title }, _) => match (best(fits, same), only) {
            (Some(table), _) if *hidden => Part::Hidden(table),
            (Some(table), _) => Part::Of(table),
            (None, _) if likely.is_some_and(|(table, _)| !is_taken(table)) => match likely {
                Some((table, _)) if *hidden => Part::Hidden(table),
                Some((table, share)) => Part::ByHeader(table, *share),
                None => Part::Unknown,
            },
            (None, Some(table)) if *hidden && !is_read => Part::Hidden(table),
            (None, Some(table)) if !hidden && !is_title && !table.one_row => Part::Other(table),
            (None, _) => Part::Unknown,
        },
    };
    looks.iter().map(part).collect()
}

/// The one table of which this is best the header, or exactly the header that it has elsewhere in the workbook.
fn best<'a>(fits: &[Fit<'a>], same: Option<&Fit<'a>>) -> Option<Table<'a>> {
    let is_same =
        |fit: &Fit<'a>| same.is_some_and(|one| one.table.id == fit.table.id && one.columns == fit.columns);
    let fits = || fits.iter().filter(|fit| !fit.table.one_row && (fit.is_sure || is_same(fit)));
    let most = fits().map(Fit::matched).max()?;
    let mut found = fits().filter(|fit| fit.matched() == most);
    let only = found.next()?;
    found.next().is_none().then_some(only.table)
}
