//! One submission: what is true of its office, and its files one after another.

use std::fs;
use std::io;
use std::path::Path;

use super::calendar::{Calendar, Days};
use super::faults::{Change, Fault, FaultInjector, Injected};
use super::file::{Coding, Csv};
use super::layout::Layout;
use super::names::{self, Block};
use super::places::Place;
use super::random::Random;
use super::row::Row;
use super::staff::{self, Invited, Session, Staff};
use super::template::{Marks, Template};
use super::text::Listed;
use super::{Size, area, events, text};
use crate::table::table_schema::{AttachmentRole, Declarations, TableDecl};

/// What is the same for all submissions.
pub(super) struct Shared<'a> {
    pub(super) declarations: &'a Declarations,
    pub(super) templates: Vec<Template>,
    pub(super) sessions: Vec<Session>,
    pub(super) calendar: Calendar,
    pub(super) size: Size,
    pub(super) seed: u64,
    /// Whether the texts of own standards are written, too.
    pub(super) texts: bool,
}

/// The office that makes a submission.
pub(super) struct Office<'a> {
    pub(super) place: &'a Place,
    pub(super) layout: &'a Layout,
    pub(super) staff: Staff,
    pub(super) words: Words<'a>,
    seed: u64,
}

/// Words for whether somebody is a standardizer.
pub(super) struct Words<'a> {
    pub(super) full_time: &'a str,
    pub(super) part_time: &'a str,
    pub(super) none: &'a str,
}

/// Members began on one of so many days.
const START_DAYS: u64 = 180;
const FIRST_START: (i16, i8, i8) = (2024, 4, 20);

impl Office<'_> {
    /// The name, identity and telephone number of the `nth` grid member, the same in every table.
    pub(super) fn member(&self, nth: u64, row: &mut Row) {
        row.parts(&names::person(&mut Random::new(self.seed ^ 0x5eed, nth)));
        row.cell(&names::id_number(self.place.area(), Block::Members, nth));
        row.cell(&names::phone(Block::Members, nth));
    }

    /// The day on which the `nth` grid member began.
    pub(super) fn member_start(&self, nth: u64) -> i32 {
        let later = Random::new(self.seed ^ 0xda7e, nth).below(START_DAYS);
        super::calendar::day(FIRST_START) + i32::try_from(later).unwrap_or(0)
    }
}

/// A table on its way into a file.
pub(super) struct Sheet<'a> {
    decl: Option<&'a TableDecl>,
    csv: Csv,
    header: Row,
    injector: FaultInjector<'a>,
    nth: u64,
}

impl Sheet<'_> {
    /// Writes a row, spoilt where it is its turn.
    pub(super) fn push(&mut self, row: &mut Row) -> io::Result<()> {
        let kept = self.injector.inject(self.nth, self.csv.rows, &self.header, row);
        self.nth += 1;
        if kept { self.csv.write(row) } else { Ok(()) }
    }

    /// How a declared value is written.
    pub(super) fn word(&self, column: &str, id: &str) -> &str {
        word(self.decl, column, id)
    }
}

fn word<'a>(decl: Option<&'a TableDecl>, column: &str, id: &str) -> &'a str {
    let words = decl.and_then(|decl| decl.column(column)).and_then(|column| column.values.get(id));
    words.and_then(|words| words.first()).map_or("", String::as_str)
}

/// Writes the files that a row names: of an own standard its text, else a record.
fn attachments(sheet: &Sheet, row: &Row, folder: &Path, marks: &Marks) -> io::Result<()> {
    let Some(decl) = sheet.decl else { return Ok(()) };
    let headers: Vec<&str> = sheet.header.cells().collect();
    let cells: Vec<&str> = row.cells().collect();
    let cell = |id: &str| {
        let at = decl.column(id).and_then(|column| headers.iter().position(|header| *header == column.zh));
        at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
    };
    let body = marks.place.centre();
    for column in decl.columns.iter().filter(|column| column.refers.is_none()) {
        let path = cell(&column.id);
        match column.attachment.filter(|_| !path.is_empty()) {
            None => {}
            Some(AttachmentRole::Text) if cell("origin") == sheet.word("origin", "organization") => {
                let [number, title, issued, effective] = ["number", "name", "issued", "effective"].map(cell);
                let listed = Listed { number, title, issued, effective, path, body: &body };
                text::write(folder, &listed, marks.seed)?;
            }
            Some(_) => {
                let told: Vec<_> = headers.iter().copied().zip(cells.iter().copied()).collect();
                text::record(folder, path, &told, &body)?;
            }
        }
    }
    Ok(())
}

/// A submission being written.
struct Writer<'a> {
    shared: &'a Shared<'a>,
    folder: &'a Path,
    faults: &'a [&'a Fault],
    coding: Coding,
    random: Random,
    injected: Vec<Injected>,
}

/// Writes the submission of a place; tells the faults in it.
pub(super) fn write(
    shared: &Shared,
    place: &Place,
    folder: &Path,
    faults: &[&Fault],
) -> io::Result<Vec<Injected>> {
    fs::create_dir_all(folder)?;
    let seed = place.code.bytes().fold(shared.seed, |seed, byte| Random::new(seed, u64::from(byte)).next());
    let mut random = Random::new(seed, 0);
    let coding = match random.below(10) {
        0..=2 => Coding::Gbk,
        3..=5 => Coding::Plain,
        _ => Coding::Marked,
    };
    let days = shared.calendar.form(random.below(8).saturating_sub(4));
    let layout = Layout::new(place, shared.size.grids);
    let personnel = shared.declarations.table("personnel").map(AsRef::as_ref);
    let identity = |id: &str| word(personnel, "standardization", id);
    let departments = departments(shared, &layout);
    let office = Office {
        place,
        layout: &layout,
        staff: Staff::new(shared.size.staff, departments.len(), layout.all_full_time()),
        words: Words {
            full_time: identity("full_time"),
            part_time: identity("part_time"),
            none: identity("none"),
        },
        seed,
    };
    let mut writer = Writer { shared, folder, faults, coding, random, injected: Vec::new() };
    writer.all(&office, &departments, days)?;
    Ok(writer.injected)
}

/// Ids of the departments, and whether each is a line department.
fn departments(shared: &Shared, layout: &Layout) -> Vec<(String, bool)> {
    let Some(template) = shared.templates.iter().find(|template| template.table == "departments") else {
        return Vec::new();
    };
    let line = word(shared.declarations.table("departments").map(AsRef::as_ref), "kind", "line");
    let all = template.departments(layout.towns.len());
    all.map(|(id, kind)| (id, kind == line)).collect()
}

impl Writer<'_> {
    fn all(&mut self, office: &Office, departments: &[(String, bool)], days: Days) -> io::Result<()> {
        let shared = self.shared;
        self.organization(office, days)?;
        let invited = Invited::new(office.staff, &shared.sessions);
        let towns = &office.layout.towns;
        let seed = office.seed;
        let marks = Marks { place: office.place, towns, invited: &invited, seed };
        for template in &shared.templates {
            self.filled_in(template, &marks, days)?;
        }
        let (layout, size) = (office.layout, &shared.size);
        let people = (layout.areas.len() + layout.grids) as u64;
        self.table("personnel", office.staff.all(), |sheet, random| {
            staff::personnel(sheet, office, departments, days, random)
        })?;
        self.table("attendance", office.staff.all(), |sheet, random| {
            staff::attendance(sheet, office, &shared.sessions, random)
        })?;
        self.table("grids", people, |sheet, random| area::grids(sheet, office, days, random))?;
        self.table("grid_members", people, |sheet, _| area::members(sheet, office, days))?;
        let objects = size.objects.max(size.grids as u64);
        self.table("service_objects", objects, |sheet, random| {
            area::objects(sheet, office, objects, days, random)
        })?;
        self.table("events", size.events, |sheet, random| {
            events::events(sheet, office, size.events, days, random)
        })
    }

    fn organization(&mut self, office: &Office, days: Days) -> io::Result<()> {
        let place = office.place;
        self.table("organization", 1, |sheet, random| {
            let mut row = Row::default();
            row.cell(&place.code).cell(&place.centre()).cell(sheet.word("level", place.level_id()));
            row.cell(&place.parent).cell(&place.code);
            row.cell(days.text(super::calendar::day((2025, 1, 1))));
            row.cell(days.text(super::calendar::day((2027, 3, 31))));
            row.cell(&names::official(random)).cell(&names::phone(Block::Objects, 0));
            sheet.push(&mut row)
        })
    }

    fn filled_in(&mut self, template: &Template, marks: &Marks, days: Days) -> io::Result<()> {
        let (texts, folder) = (self.shared.texts, self.folder);
        let rows = |sheet: &mut Sheet, _: &mut Random| {
            let mut row = Row::default();
            for nth in 0..template.len() {
                if template.fill(nth, marks, days, &mut row) {
                    if texts {
                        attachments(sheet, &row, folder, marks)?;
                    }
                    sheet.push(&mut row)?;
                }
            }
            Ok(())
        };
        self.headed(&template.table, template.header.clone(), template.len() as u64, rows)
    }

    /// A table with all its columns.
    fn table(
        &mut self,
        id: &str,
        expected: u64,
        rows: impl FnOnce(&mut Sheet, &mut Random) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut header = Row::default();
        for column in self.shared.declarations.table(id).into_iter().flat_map(|decl| &decl.columns) {
            header.cell(&column.zh);
        }
        self.headed(id, header, expected, rows)
    }

    fn headed(
        &mut self,
        id: &str,
        header: Row,
        expected: u64,
        rows: impl FnOnce(&mut Sheet, &mut Random) -> io::Result<()>,
    ) -> io::Result<()> {
        let decl = self.shared.declarations.table(id).map(AsRef::as_ref);
        let file = format!("{}.csv", decl.map_or(id, |decl| &decl.zh));
        let mut injector =
            FaultInjector::new(self.shared.declarations, id, &file, self.faults, expected, &mut self.random);
        let gone = self.faults.iter().find(|fault| fault.table == id && fault.change == Change::DropTable);
        if let Some(fault) = gone {
            injector.without_table(fault);
            self.injected.append(&mut injector.injected);
            return Ok(());
        }
        let mut csv = Csv::create(&self.folder.join(&file), self.coding)?;
        csv.write(&header)?;
        let mut sheet = Sheet { decl, csv, header, injector, nth: 0 };
        rows(&mut sheet, &mut self.random)?;
        sheet.csv.finish()?;
        self.injected.append(&mut sheet.injector.injected);
        Ok(())
    }
}
