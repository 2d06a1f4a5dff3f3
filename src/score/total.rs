//! Items to tables to the total, and the verdict on it.

use std::collections::BTreeMap;

use crate::model::assurance::PointsByAssurance;
use crate::model::catalog::{self, Catalog};
use crate::model::clause;
use crate::model::report::{Deciding, GradeRange, Range, ScoreTable, Verdict};
use crate::model::text::Text;

use super::assurance::points_by_assurance;
use super::deciding::deciding;
use super::grade::Grade;
use super::item_score::ItemScore;
use super::note;
use super::owed::{End, Tally, scores_nothing};
use super::policy::{OwedUnit, ScorePolicies, UnearnablePoints};
use super::rulings::Judged;
use super::verdict;

/// The score of one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Tables in order.
    pub tables: Vec<ScoreTable>,
    /// Points for sure.
    pub low: u32,
    /// Points at most.
    pub high: u32,
    /// Points the headings declare (Part 5, 8.2).
    pub full: u32,
    /// Pass mark.
    pub pass: u32,
    /// What the total and the verdict hang on.
    pub notes: Vec<Text>,
    /// Qualified, unqualified, or open.
    pub verdict: Verdict,
    /// Grades of what is qualified, where packs declare some.
    pub grade: Option<GradeRange>,
    /// What the low end rests on.
    pub by_assurance: PointsByAssurance,
    /// Unknown targets that decide an open verdict, the greatest first.
    pub deciding: Vec<Deciding>,
}

/// Scores what was judged; a target without an entry in `judged` is unknown.
pub fn score(
    catalog: &Catalog,
    policies: ScorePolicies,
    judged: &BTreeMap<String, Judged>,
    pass: u32,
) -> Scored {
    let sums = sums(catalog, policies, judged);
    let otherwise = ScorePolicies { owed_unit: policies.owed_unit.other(), ..policies };
    let otherwise = self::sums(catalog, otherwise, judged);
    let total = total(&sums, policies.unearnable_points);
    let tables: Vec<_> = sums.iter().map(TableSum::report).collect();
    let shortfalls = verdict::shortfalls(catalog, &tables);
    let verdict = verdict::with(verdict::of_total(total, pass), &shortfalls);
    let open = verdict == Verdict::Open;
    let grade = verdict::grades(&catalog.grades, verdict, total);
    let mut notes: Vec<Text> = grade.iter().map(verdict::graded).collect();
    notes.extend(shortfalls.into_iter().map(|one| one.text));
    notes.extend(note::notes(&sums, &otherwise, policies, pass, &clause::cited(&catalog.owed)));
    Scored {
        tables,
        grade,
        notes,
        low: total.low,
        high: total.high,
        full: sums.iter().fold(0, |sum: u32, table| sum.saturating_add(table.table.declared)),
        pass,
        by_assurance: points_by_assurance(catalog, policies, judged, total.low),
        verdict,
        deciding: if open { deciding(&sums) } else { Vec::new() },
    }
}

/// The tables of the catalog as judged.
pub(super) fn sums<'a>(
    catalog: &'a Catalog,
    policies: ScorePolicies,
    judged: &'a BTreeMap<String, Judged>,
) -> Vec<TableSum<'a>> {
    catalog.tables.iter().map(|table| TableSum::new(table, policies, judged)).collect()
}

/// One table: its items, and the points they do not offer.
pub(super) struct TableSum<'a> {
    pub(super) table: &'a catalog::ScoreTable,
    pub(super) sheets: Vec<ItemScore<'a>>,
    policies: ScorePolicies,
}

impl<'a> TableSum<'a> {
    pub(super) fn new(
        table: &'a catalog::ScoreTable,
        policies: ScorePolicies,
        judged: &'a BTreeMap<String, Judged>,
    ) -> Self {
        let sheets = table.items.iter().map(|item| ItemScore::new(item, policies, judged)).collect();
        Self { table, sheets, policies }
    }

    /// Points its items can earn.
    pub(super) fn earnable(&self) -> u32 {
        self.table.items.iter().fold(0, |sum: u32, item| sum.saturating_add(item.points))
    }

    /// Points its heading declares beyond them.
    pub(super) fn unearnable(&self) -> u32 {
        self.table.declared.saturating_sub(self.earnable())
    }

    /// Points its items earn.
    pub(super) fn earned(&self) -> Range {
        self.earned_by(self.sheets.iter())
    }

    /// Points its items would earn with this one in place of the one at `at`.
    pub(super) fn earned_with(&self, at: usize, other: &ItemScore<'a>) -> Range {
        let sheets = self.sheets.iter().enumerate();
        self.earned_by(sheets.map(|(place, sheet)| if place == at { other } else { sheet }))
    }

    fn earned_by<'s>(&self, sheets: impl Iterator<Item = &'s ItemScore<'a>> + Clone) -> Range
    where
        'a: 's,
    {
        let nothing = self.nothing(sheets.clone());
        nothing.leave(sheets.map(ItemScore::range).fold(Range { low: 0, high: 0 }, plus))
    }

    /// Points the table does not have at the low end, of those its items and its heading state, where its items lack
    /// `short` points and its targets come to this together.
    pub(super) fn short_of(&self, short: u32, tally: Tally) -> u32 {
        let ScorePolicies { absent_item, owed_unit, .. } = self.policies;
        let nothing = owed_unit == OwedUnit::Table && tally.scores_nothing(absent_item);
        let earned = if nothing { 0 } else { self.earnable().saturating_sub(short) };
        let points = self.points(Range { low: earned, high: earned }).low;
        self.earnable().saturating_add(self.unearnable()).saturating_sub(points)
    }

    /// Gives a target of one of its items another grade.
    pub(super) fn regrade(&mut self, item: usize, at: usize, grade: Grade) {
        if let Some(sheet) = self.sheets.get_mut(item) {
            sheet.regrade(at, grade);
        }
    }

    /// Where 7.2 is read to speak of tables: whether these items score nothing together.
    fn nothing<'s>(&self, sheets: impl Iterator<Item = &'s ItemScore<'a>> + Clone) -> Nothing
    where
        'a: 's,
    {
        let ScorePolicies { absent_item, owed_unit, .. } = self.policies;
        let at = |end| {
            owed_unit == OwedUnit::Table
                && scores_nothing(sheets.clone().flat_map(ItemScore::owed), absent_item, end)
        };
        Nothing { low: at(End::Worst), high: at(End::Best) }
    }

    /// Whether it scores nothing for sure by 7.2, although its deductions leave points.
    pub(super) fn zeroed(&self) -> bool {
        self.nothing(self.sheets.iter()).high && self.sheets.iter().any(|sheet| sheet.range().high > 0)
    }

    /// What the items earn, with the points none of them offers where these are granted.
    pub(super) fn with_unearnable(&self, earned: Range, reading: UnearnablePoints) -> Range {
        let extra = match reading {
            UnearnablePoints::Withheld => 0,
            UnearnablePoints::Granted => self.unearnable(),
        };
        let raised = |points: u32| if points == 0 { 0 } else { points.saturating_add(extra) };
        Range { low: raised(earned.low), high: raised(earned.high) }
    }

    /// Its points when its items earn this.
    pub(super) fn points(&self, earned: Range) -> Range {
        self.with_unearnable(earned, self.policies.unearnable_points)
    }

    fn report(&self) -> ScoreTable {
        let Range { low, high } = self.points(self.earned());
        let nothing = self.nothing(self.sheets.iter());
        ScoreTable {
            id: self.table.id.clone(),
            declared: self.table.declared,
            low,
            high,
            items: self.sheets.iter().map(|sheet| sheet.report(nothing.leave(sheet.range()))).collect(),
        }
    }
}

/// Whether a table as a whole scores nothing, at the low and the high end.
#[derive(Clone, Copy)]
struct Nothing {
    low: bool,
    high: bool,
}

impl Nothing {
    /// Points left of these.
    fn leave(self, points: Range) -> Range {
        let kept = |nothing: bool, points: u32| if nothing { 0 } else { points };
        Range { low: kept(self.low, points.low), high: kept(self.high, points.high) }
    }
}

/// The total when the unearnable points are read this way.
pub(super) fn total(sums: &[TableSum<'_>], reading: UnearnablePoints) -> Range {
    let points = sums.iter().map(|table| table.with_unearnable(table.earned(), reading));
    points.fold(Range { low: 0, high: 0 }, plus)
}

fn plus(a: Range, b: Range) -> Range {
    Range { low: a.low.saturating_add(b.low), high: a.high.saturating_add(b.high) }
}

#[cfg(test)]
mod tests;
