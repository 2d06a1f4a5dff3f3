//! The tables by which an organization manages its standards: templates whose marks are filled in.

use include_dir::{Dir, include_dir};

use super::calendar::Days;
use super::names;
use super::places::Place;
use super::random::Random;
use super::row::Row;
use super::staff::Invited;
use crate::table::date::Date;
use crate::table::table_schema::{ColumnType, Declarations};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/templates");

/// A table with marks.
#[derive(Debug)]
pub(super) struct Template {
    /// The id of the table.
    pub(super) table: String,
    pub(super) header: Row,
    rows: Vec<Vec<Cell>>,
}

type Cell = Vec<Piece>;

#[derive(Debug)]
enum Piece {
    Text(String),
    Day(i32),
    /// What is named, and the number or word after the colon.
    Mark(String, String),
}

/// A table as it stands in the file.
pub(super) struct Raw {
    pub(super) table: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Raw {
    /// The column with an id.
    pub(super) fn column<'a>(&'a self, declarations: &Declarations, id: &str) -> Vec<&'a str> {
        let at = declarations
            .table(&self.table)
            .and_then(|table| table.column(id))
            .and_then(|column| self.header.iter().position(|name| *name == column.zh));
        let cell = |row: &'a Vec<String>| at.and_then(|at| row.get(at)).map(String::as_str);
        self.rows.iter().map(|row| cell(row).unwrap_or_default()).collect()
    }
}

/// All templates, in the order of the declarations.
pub(super) fn raw(declarations: &Declarations) -> Vec<Raw> {
    let tables = declarations.tables.iter().filter_map(|table| {
        let text = FILES.get_file(format!("{}.csv", table.zh))?.contents_utf8()?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut rows = reader.records().filter_map(Result::ok).map(|record| {
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            cells
        });
        let header = rows.next()?;
        Some(Raw { table: table.id.clone(), header, rows: rows.collect() })
    });
    tables.collect()
}

impl Template {
    pub(super) fn new(raw: &Raw, declarations: &Declarations) -> Self {
        let declared = declarations.table(&raw.table);
        let is_date = |at: usize| {
            let column = raw.header.get(at).and_then(|name| declared?.column(name));
            column.is_some_and(|column| column.kind == ColumnType::Date)
        };
        let mut header = Row::default();
        for name in &raw.header {
            header.cell(name);
        }
        let row = |cells: &Vec<String>| {
            let cells = cells.iter().enumerate();
            cells.map(|(at, text)| if is_date(at) { day(text) } else { pieces(text) }).collect()
        };
        Self { table: raw.table.clone(), header, rows: raw.rows.iter().map(row).collect() }
    }

    /// Fills a row in; false for a row about a town that is not there.
    pub(super) fn fill(&self, nth: usize, marks: &Marks, days: Days, row: &mut Row) -> bool {
        row.clear();
        let Some(cells) = self.rows.get(nth) else { return false };
        let mut text = String::new();
        for cell in cells {
            text.clear();
            for piece in cell {
                match piece {
                    Piece::Text(part) => text.push_str(part),
                    Piece::Day(day) => text.push_str(days.text(*day)),
                    Piece::Mark(name, about) if !marks.fill(name, about, &mut text) => return false,
                    Piece::Mark(..) => {}
                }
            }
            row.cell(&text);
        }
        true
    }

    /// The first and the third cell of each row but those about towns beyond so many: id and kind of a department.
    pub(super) fn departments(&self, towns: usize) -> impl Iterator<Item = (String, &str)> {
        self.rows.iter().filter_map(move |cells| {
            let id = match cells.first()?.as_slice() {
                [Piece::Text(id)] => id.clone(),
                [_, Piece::Mark(_, number), _] => {
                    station(number.parse().ok().filter(|number| *number < towns)?)
                }
                _ => return None,
            };
            match cells.get(2)?.as_slice() {
                [Piece::Text(kind)] => Some((id, kind.as_str())),
                _ => None,
            }
        })
    }

    /// Rows, with those about towns that may not be there.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// A date in the form of the organization, unless it lies outside the calendar of the demo.
fn day(text: &str) -> Cell {
    let known = super::calendar::covered();
    match Date::from_iso(text).map(Date::days).filter(|day| known.contains(day)) {
        Some(day) => vec![Piece::Day(day)],
        None => vec![Piece::Text(text.to_owned())],
    }
}

fn pieces(text: &str) -> Cell {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, (mark, after))) =
        rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        let (name, about) = mark.split_once(':').unwrap_or((mark, ""));
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Mark(name.to_owned(), about.to_owned()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

/// What marks stand for in one organization.
pub(super) struct Marks<'a> {
    pub(super) place: &'a Place,
    pub(super) towns: &'a [String],
    pub(super) invited: &'a Invited,
    /// The stream from which people are named.
    pub(super) seed: u64,
}

impl Marks<'_> {
    /// Appends what a mark stands for; false where it is a town that is not there.
    fn fill(&self, name: &str, about: &str, text: &mut String) -> bool {
        let number = about.parse::<usize>().unwrap_or(0);
        match name {
            "name" => text.push_str(&self.place.name),
            "stem" => text.push_str(&self.place.stem),
            "initials" => text.push_str(&self.place.initials),
            "code" => text.push_str(&self.place.code),
            "upper" => text.push_str(&self.place.upper()),
            "city" => text.push_str(&self.place.city),
            "short" => text.extend(self.place.stem.chars().next()),
            "person" => {
                text.push_str(&names::official(&mut Random::new(self.seed, number as u64)));
            }
            "invited" => text.push_str(&self.invited.of(about).to_string()),
            "planned" => text.push_str(&self.invited.planned(about).to_string()),
            "town" => match self.towns.get(number) {
                Some(town) => text.push_str(town),
                None => return false,
            },
            "station" if number < self.towns.len() => text.push_str(&station(number)),
            _ => return false,
        }
        true
    }
}

/// The id of a town's station among the departments.
pub(super) fn station(number: usize) -> String {
    format!("D{}", 21 + number)
}
