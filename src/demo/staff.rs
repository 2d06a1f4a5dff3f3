//! The staff of an organization and who of it came to which training.

use std::collections::BTreeMap;
use std::io;

use super::calendar::{Days, day};
use super::layout::Layout;
use super::names::{self, Block};
use super::random::Random;
use super::row::Row;
use super::submission::{Office, Sheet};
use super::template::Raw;
use crate::table::table_schema::Declarations;

/// Posts offered by departments, as far as they are not those of a kind of departments.
const POSTS: [(&str, &[&str]); 9] = [
    ("D01", &["P05"]),
    ("D02", &["P05"]),
    ("D03", &["P01", "P03", "P03"]),
    ("D04", &["P02", "P03"]),
    ("D05", &["P06", "P07", "P07"]),
    ("D06", &["P04"]),
    ("D07", &["P10", "P11"]),
    ("D08", &["P14", "P13"]),
    ("D09", &["P12", "P17", "P18"]),
];
const LINE_POSTS: [&str; 2] = ["P08", "P09"];
const TOWN_POSTS: [&str; 2] = ["P02", "P13"];
const GRID_POST: &str = "P16";
/// The committee and the office grow no further.
const FIXED: usize = 2;

/// A training session and who is invited.
#[derive(Debug)]
pub(super) struct Session {
    id: String,
    plan: String,
    audience: String,
    exam: bool,
}

/// The sessions of the template.
pub(super) fn sessions(training: &Raw, declarations: &Declarations) -> Vec<Session> {
    let column = |id: &str| training.column(declarations, id);
    let both = column("id").into_iter().zip(column("plan")).zip(column("planned")).zip(column("exam"));
    let session = |(((id, plan), planned), exam): (((&str, &str), &str), &str)| Session {
        id: id.to_owned(),
        plan: plan.to_owned(),
        audience: planned.trim_start_matches("{invited:").trim_end_matches('}').to_owned(),
        exam: exam == "是",
    };
    both.map(session).collect()
}

/// How many are invited, by audience and by plan.
#[derive(Debug)]
pub(super) struct Invited {
    staff: Staff,
    plans: BTreeMap<String, u64>,
}

impl Invited {
    pub(super) fn new(staff: Staff, sessions: &[Session]) -> Self {
        let mut plans = BTreeMap::new();
        for session in sessions {
            *plans.entry(session.plan.clone()).or_default() += staff.audience(&session.audience);
        }
        Self { staff, plans }
    }

    pub(super) fn of(&self, audience: &str) -> u64 {
        self.staff.audience(audience)
    }

    pub(super) fn planned(&self, plan: &str) -> u64 {
        self.plans.get(plan).copied().unwrap_or(0)
    }
}

/// How many of what kind: first one for each department, then grid members, then the rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Staff {
    departments: u64,
    members: u64,
    others: u64,
}

impl Staff {
    /// So many people, though at least one for each department and one member.
    pub(super) fn new(wanted: u64, departments: usize, full_time: usize) -> Self {
        let departments = departments as u64;
        let members = (full_time as u64).min(wanted.saturating_sub(departments).max(1));
        Self { departments, members, others: wanted.saturating_sub(departments + members) }
    }

    fn audience(&self, audience: &str) -> u64 {
        self.ids(audience).map(|(from, to)| to - from).sum()
    }

    pub(super) fn all(&self) -> u64 {
        self.departments + self.members + self.others
    }

    /// Ranges of staff who are invited.
    fn ids(&self, audience: &str) -> impl Iterator<Item = (u64, u64)> {
        let (first, second) = (self.departments, self.departments + self.members);
        let ranges = match audience {
            "everyone" => [(0, self.all()), (0, 0)],
            "grid" => [(first, second), (0, 0)],
            "standardization" => [(0, first), (0, 0)],
            _ => [(0, first), (second, self.all())],
        };
        ranges.into_iter()
    }

    /// The id of the `nth`.
    fn id(&self, nth: u64, office: &Office, row: &mut Row) {
        match nth.checked_sub(self.departments).filter(|member| *member < self.members) {
            Some(member) => row.cell(&office.layout.member(full_time(office.layout, member))),
            None => row.numbered(&office.place.initials, nth + 1, 5),
        };
    }
}

/// The grid of the `nth` full-time member.
fn full_time(layout: &Layout, nth: u64) -> usize {
    layout.full_time(usize::try_from(nth).unwrap_or(0))
}

/// Writes the personnel.
pub(super) fn personnel(
    sheet: &mut Sheet,
    office: &Office,
    departments: &[(String, bool)],
    days: Days,
    random: &mut Random,
) -> io::Result<()> {
    let mut row = Row::default();
    for nth in 0..office.staff.all() {
        row.clear();
        office.staff.id(nth, office, &mut row);
        match nth.checked_sub(office.staff.departments).filter(|member| *member < office.staff.members) {
            Some(member) => worker(&mut row, office, full_time(office.layout, member), days),
            None => officer(&mut row, office, departments, nth, days, random),
        }
        sheet.push(&mut row)?;
    }
    Ok(())
}

fn worker(row: &mut Row, office: &Office, grid: usize, days: Days) {
    let nth = office.layout.nth_member(grid);
    office.member(nth, row);
    let station = super::template::station(office.layout.station(grid));
    row.cell(&station).cell(GRID_POST).cell(office.words.none).cell("").cell("");
    row.cell(days.text(office.member_start(nth)));
}

fn officer(
    row: &mut Row,
    office: &Office,
    departments: &[(String, bool)],
    nth: u64,
    days: Days,
    random: &mut Random,
) {
    let first = nth < office.staff.departments;
    let turn = usize::try_from(nth).unwrap_or(0);
    let at = if first { turn } else { FIXED + turn % departments.len().saturating_sub(FIXED).max(1) };
    let (id, line) = departments.get(at).map_or(("", false), |(id, line)| (id.as_str(), *line));
    let offered = POSTS.iter().find(|(known, _)| *known == id).map(|(_, posts)| *posts);
    let offered = offered.unwrap_or(if line { &LINE_POSTS } else { &TOWN_POSTS });
    let post = if first { offered.first().copied().unwrap_or_default() } else { random.pick(offered) };
    row.parts(&names::person(random));
    row.cell(&names::id_number(office.place.area(), Block::Staff, nth));
    row.cell(&names::phone(Block::Staff, nth)).cell(id).cell(post);
    if first {
        row.cell(if at == 1 { office.words.full_time } else { office.words.part_time });
        row.numbered("标准化工程师 BZ2024", nth + 101, 4).cell(days.text(day((2024, 9, 20))));
    } else {
        row.cell(office.words.none).cell("").cell("");
    }
    row.cell(days.text(day((2016, 1, 4)) + i32::try_from(random.below(3000)).unwrap_or(0)));
}

/// Writes who came, and with what result: of the examinations of everybody, only the first is passed by all.
pub(super) fn attendance(
    sheet: &mut Sheet,
    office: &Office,
    sessions: &[Session],
    random: &mut Random,
) -> io::Result<()> {
    let mut row = Row::default();
    for (turn, session) in sessions.iter().enumerate() {
        for nth in office.staff.ids(&session.audience).flat_map(|(from, to)| from..to) {
            row.clear();
            row.cell(&session.id);
            office.staff.id(nth, office, &mut row);
            row.cell("是");
            if session.exam {
                let failed = turn > 0 && session.audience == "everyone" && random.percent(3);
                let score = if failed { random.between(52, 59) } else { random.between(72, 100) };
                row.numbered("", score, 1).cell(if failed { "否" } else { "是" });
            } else {
                row.cell("").cell("");
            }
            sheet.push(&mut row)?;
        }
    }
    Ok(())
}
