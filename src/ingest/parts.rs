//! What each sheet of a workbook is: a table has its name or that of the workbook, and may go on in sheets of any name
//! that have its header.

use std::sync::Arc;

use super::error::IngestError;
use super::header;
use super::levels::Levels;
use super::recognise::{self, Names};
use super::book::Sheet;
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
    /// The same, but hidden: nobody who looks at the workbook sees that it is there.
    Hidden(Table<'a>),
    /// It has another header than the one table of the workbook.
    Other(Table<'a>),
    /// No table that is known.
    Unknown,
}

/// What the name and the first rows of a sheet say.
enum Look<'a> {
    Settled(Part<'a>),
    Filled {
        hidden: bool,
        /// Tables of the workbook whose header it may have.
        fits: Vec<Fit<'a>>,
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
    let named: Vec<_> = sheets.iter().map(|sheet| known.find(&sheet.name)).collect();
    let of_file = known.find(stem);
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
            None => look(sheet, &book.head(sheet)?, &tables),
        });
    }
    // A workbook none of whose sheets has a table's name is that of one table: its file's.
    let whole = of_file.filter(|_| named.iter().all(Option::is_none));
    Ok(settle(&looks, whole, &tables))
}

fn look<'a>(sheet: &Sheet, head: &Head, tables: &[Table<'a>]) -> Look<'a> {
    if head.rows.is_empty() {
        return Look::Settled(Part::Empty);
    }
    if recognise::is_explanation(&sheet.name) {
        return Look::Settled(Part::Explanation);
    }
    let fits = tables.iter().filter_map(|table| Fit::of(table, head)).collect();
    Look::Filled { hidden: sheet.hidden, fits, is_title: head.rows.len() == 1 }
}

impl<'a> Fit<'a> {
    fn of(table: Table<'a>, head: &Head) -> Option<Self> {
        if Levels::find(table, &head.rows).is_some() {
            return Some(Self { table, columns: vec![true; table.columns.len()], is_sure: true });
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
        Some(Self { table, columns, is_sure })
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
    let part = |look: &Look<'a>| match (look, main) {
        (Look::Settled(part), _) => *part,
        (look, Some((table, main))) if std::ptr::eq(look, main) => Part::Of(table),
        (Look::Filled { hidden, fits, is_title }, _) => match (best(fits, same), only) {
            (Some(table), _) if *hidden => Part::Hidden(table),
            (Some(table), _) => Part::Of(table),
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
