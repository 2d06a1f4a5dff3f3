//! The summary of a run, made organization by organization in any order, little of each being kept.
//!
//! ```text
//! Organization ──add──▶ Fold { entries, tables, failures, grids } ──finish──▶ Summary
//!                               └─ ranking, bands, levels, regions
//! ```

mod failures;
mod grids;
mod ranking;
mod regions;
mod tables;
#[cfg(test)]
mod tests;

use failures::Failures;
use grids::Grids;
use tables::Tables;

use crate::model::catalog::Catalog;
use crate::model::clause::Clauses;
use crate::model::report::{Organization, Verdict};
use crate::model::summary::{Ranked, Scores, Summary, Verdicts};
use crate::model::text::Text;

/// Where titles are found.
#[derive(Clone, Copy, Debug)]
pub struct Titles<'a> {
    /// Of items and requirements.
    pub catalog: &'a Catalog,
    /// Of clauses.
    pub clauses: &'a Clauses,
}

impl<'a> Titles<'a> {
    /// The title of a table, an item, a requirement or a clause.
    pub fn of(self, id: &str) -> Option<&'a Text> {
        self.catalog.title(id).or_else(|| self.clauses.get(id).map(|clause| &clause.title))
    }
}

/// A summary that grows. What it comes to does not depend on the order.
#[derive(Debug, Default)]
pub struct Fold {
    entries: Vec<Entry>,
    unreadable: usize,
    tables: Tables,
    failures: Failures,
    grids: Grids,
}

/// What is kept of one organization. In order of id, then path: two submissions may have the same id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    id: String,
    path: String,
    name: String,
    level: String,
    parent: String,
    low: u32,
    high: u32,
    full: u32,
    verdict: Verdict,
}

/// The summary of these organizations.
pub fn summarize<'a>(
    organizations: impl IntoIterator<Item = &'a Organization>,
    unreadable: usize,
    titles: Titles<'_>,
) -> Summary {
    let mut fold = Fold::default();
    organizations.into_iter().for_each(|one| fold.add(one));
    (0..unreadable).for_each(|_| fold.unreadable());
    fold.finish(titles)
}

impl Fold {
    /// An organization that was assessed.
    pub fn add(&mut self, organization: &Organization) {
        self.entries.push(Entry::of(organization));
        self.tables.add(organization);
        self.failures.add(organization);
        self.grids.add(organization);
    }

    /// A submission that could not be read.
    pub const fn unreadable(&mut self) {
        self.unreadable = self.unreadable.saturating_add(1);
    }

    /// What it came to.
    pub fn finish(self, titles: Titles<'_>) -> Summary {
        let Self { mut entries, unreadable, tables, failures, grids } = self;
        entries.sort_unstable();
        let mut verdicts = Verdicts::default();
        for entry in &entries {
            verdicts.count(entry.verdict);
        }
        let counts = Summary {
            organizations: entries.len().saturating_add(unreadable),
            qualified: verdicts.qualified,
            unqualified: verdicts.unqualified,
            open: verdicts.open,
            unreadable,
            grids: grids.finish(),
            ..Summary::default()
        };
        if entries.len() < 2 {
            return counts;
        }
        let (regions, irregular) = regions::regions(&entries);
        Summary {
            ranking: ranking::ranking(&entries),
            bands: ranking::bands(&entries),
            tables: tables.finish(),
            failures: failures.finish(titles),
            levels: regions::levels(&entries),
            regions,
            irregular,
            ..counts
        }
    }
}

/// The ranking of a single organization, which a summary leaves out.
pub fn alone(one: &Organization) -> Vec<Ranked> {
    ranking::ranking(&[Entry::of(one)])
}

impl Entry {
    fn of(organization: &Organization) -> Self {
        Self {
            id: organization.id.clone(),
            path: organization.submission.path.clone(),
            name: organization.name.clone(),
            level: organization.level.clone(),
            parent: organization.parent.clone(),
            low: organization.score.low,
            high: organization.score.high,
            full: organization.score.full,
            verdict: organization.verdict,
        }
    }

    fn scores(&self) -> Scores {
        Scores::of(self.low, self.high, self.verdict)
    }
}
