//! How scores moved over the reports of some days: by organization, by table, by region.

mod csv;
mod svg;
mod terminal;

use std::collections::BTreeMap;

pub use self::csv::csv;
pub use self::svg::svg;
pub use self::terminal::terminal;
use crate::model::report::{Organization, Report, Verdict};
use crate::model::text::Text;

/// What a series is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeriesKind {
    /// One organization.
    Organization,
    /// One table, of all organizations together.
    Table,
    /// An organization with all below it.
    Region,
}

impl SeriesKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Organization, Self::Table, Self::Region];

    /// One of them, in Chinese and English.
    const fn word(self) -> (&'static str, &'static str) {
        match self {
            Self::Organization => ("单位", "organization"),
            Self::Table => ("评价项目", "table"),
            Self::Region => ("地区", "region"),
        }
    }

    const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Organization => ("各单位得分", "Scores by organization"),
            Self::Table => ("各评价项目得分（各单位平均）", "Scores by table (mean of all organizations)"),
            Self::Region => ("各地区得分（所属单位平均）", "Scores by region (mean of those in it)"),
        }
    }
}

/// Points on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many organizations.
    pub organizations: usize,
    /// Sum of the points for sure.
    pub low: u64,
    /// Sum of the points at most.
    pub high: u64,
    /// Sum of the points there are.
    pub full: u64,
    /// The verdict, of one organization.
    pub verdict: Option<Verdict>,
}

impl Standing {
    fn add(&mut self, low: u32, high: u32, full: u32) {
        self.organizations = self.organizations.saturating_add(1);
        self.low = self.low.saturating_add(low.into());
        self.high = self.high.saturating_add(high.into());
        self.full = self.full.saturating_add(full.into());
    }

    fn remove(&mut self, low: u32, high: u32, full: u32) {
        self.organizations = self.organizations.saturating_sub(1);
        self.low = self.low.saturating_sub(low.into());
        self.high = self.high.saturating_sub(high.into());
        self.full = self.full.saturating_sub(full.into());
    }

    /// The mean of a sum in tenths, rounded down.
    fn tenths(&self, sum: u64) -> u64 {
        let count = u64::try_from(self.organizations).unwrap_or(u64::MAX).max(1);
        sum.saturating_mul(10).checked_div(count).unwrap_or(0)
    }

    /// The mean of the points for sure, and at most.
    fn range(&self) -> String {
        let [low, high] = [self.low, self.high].map(|sum| self.shown(sum));
        if low == high { low } else { format!("{low}-{high}") }
    }

    fn shown(&self, sum: u64) -> String {
        let tenths = self.tenths(sum);
        let (whole, rest) = (tenths / 10, tenths % 10);
        if self.organizations > 1 { format!("{whole}.{rest}") } else { whole.to_string() }
    }
}

/// One thing over all days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is about.
    pub kind: SeriesKind,
    /// Its id.
    pub id: String,
    /// What it is called last.
    pub name: Text,
    /// Where it stood, by day.
    pub days: BTreeMap<String, Standing>,
}

/// A table, and its points for sure, at most and in all.
type TablePoints = (String, (u32, u32, u32));

/// What reports tell of one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What each organization added to the tables of each day: points for sure, at most and in all.
    counted: BTreeMap<(String, String), Vec<TablePoints>>,
    series: BTreeMap<(SeriesKind, String), Series>,
}

impl History {
    /// Takes an organization of the report of a day, ISO. One that the day has already is replaced: the later report
    /// counts.
    pub fn add(&mut self, day: &str, one: &Organization) {
        self.forget(day, &one.id);
        let tables =
            one.tables.iter().map(|table| (table.id.clone(), (table.low, table.high, table.declared)));
        self.counted.insert((day.to_owned(), one.id.clone()), tables.collect());
        let score = &one.score;
        let mut own = Standing { verdict: Some(one.verdict), ..Standing::default() };
        own.add(score.low, score.high, score.full);
        let name = Text::new(one.name.clone(), one.name.clone());
        self.series(SeriesKind::Organization, &one.id, name).days.insert(day.to_owned(), own);
        for table in &one.tables {
            let id = table.id.clone();
            let series = self.series(SeriesKind::Table, &id, Text::default());
            series.days.entry(day.to_owned()).or_default().add(table.low, table.high, table.declared);
        }
    }

    /// Takes an organization out of the tables of a day, where the day has it already.
    fn forget(&mut self, day: &str, id: &str) {
        for (table, (low, high, full)) in
            self.counted.remove(&(day.to_owned(), id.to_owned())).unwrap_or_default()
        {
            let series = self.series.get_mut(&(SeriesKind::Table, table));
            if let Some(standing) = series.and_then(|series| series.days.get_mut(day)) {
                standing.remove(low, high, full);
            }
        }
    }

    /// Takes what the report of a day says of all together.
    pub fn end(&mut self, day: &str, report: &Report) {
        for region in &report.summary.regions {
            let scores = &region.scores;
            let name = Text::new(region.name.clone(), region.name.clone());
            let standing = Standing {
                organizations: scores.organizations,
                low: scores.low.sum,
                high: scores.high.sum,
                ..Standing::default()
            };
            self.series(SeriesKind::Region, &region.id, name).days.insert(day.to_owned(), standing);
        }
        let titles = report.standard.iter().flat_map(|standard| &standard.catalog.tables);
        for table in titles {
            if let Some(series) = self.series.get_mut(&(SeriesKind::Table, table.id.clone())) {
                series.name = table.title.clone();
            }
        }
    }

    fn series(&mut self, kind: SeriesKind, id: &str, name: Text) -> &mut Series {
        let new = || Series { kind, id: id.to_owned(), name: Text::default(), days: BTreeMap::new() };
        let series = self.series.entry((kind, id.to_owned())).or_insert_with(new);
        if !name.is_empty() {
            series.name = name;
        }
        series
    }

    /// The days of all series, in order.
    fn days(&self) -> Vec<&str> {
        let mut days: Vec<&str> =
            self.series.values().flat_map(|series| series.days.keys()).map(String::as_str).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The series of a kind, by id.
    fn of(&self, kind: SeriesKind) -> impl Iterator<Item = &Series> {
        self.series.values().filter(move |series| series.kind == kind)
    }
}

#[cfg(test)]
mod tests;
