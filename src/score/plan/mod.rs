//! The least that must be put right to have a number of points for sure.

mod enough;
mod front;
mod open;
mod search;

use std::collections::BTreeMap;

use self::front::Way;
use super::grade::Grade;
use super::item_score::Line;
use super::policy::ScorePolicies;
use super::rulings::Judged;
use super::total::{TableSum, sums, total};
use crate::model::catalog::Catalog;
use crate::model::outcome::Outcome;
use crate::model::plan::{Aim, Plan, PlanStatus, PlanStep};
use crate::model::report::Range;
use crate::model::text::Text;

/// The least that must be put right so that what was judged has the points aimed at for sure.
pub fn plan(
    catalog: &Catalog,
    policies: ScorePolicies,
    judged: &BTreeMap<String, Judged>,
    aim: &Aim,
) -> Plan {
    let case = Case::new(catalog, policies, judged);
    let now = case.range(&Changes::new());
    let front = search::search(&case.sums, &|number| aim.cost(case.id(number)));
    let lacking = case.stated().saturating_sub(aim.target);
    let most = front.ways().next().map_or(now.low, |(short, _)| case.stated().saturating_sub(short));
    let is_short = most < aim.target;
    let reaches = |(short, _): &(u32, &Way)| *short <= lacking;
    // What lacks more costs less: the last that lacks little enough is the cheapest.
    let way = if is_short { front.ways().next() } else { front.ways().rev().find(reaches) };
    let way = way.map(|(_, way)| way.clone()).unwrap_or_default();
    let status = match most {
        _ if now.low >= aim.target => PlanStatus::Reached,
        most if most >= aim.target => PlanStatus::Reachable,
        _ => PlanStatus::Unreachable,
    };
    let steps = case.steps(&way, aim);
    Plan {
        target: aim.target,
        status,
        cost: way.cost,
        low: steps.last().map_or(now.low, |step| step.after),
        steps,
        most,
        limits: if is_short { case.limits(most, aim) } else { Vec::new() },
        open: if now.low < aim.target && aim.target <= now.high {
            open::open(&case, now, aim.target)
        } else {
            Vec::new()
        },
    }
}

/// Other grades of targets, by their numbers.
type Changes = BTreeMap<usize, Grade>;

/// A target: the places of its table and its item, its place in the item, and what it is.
struct Place<'a> {
    table: usize,
    item: usize,
    at: usize,
    line: Line<'a>,
}

/// What was judged, with its targets numbered through the catalog.
struct Case<'a> {
    catalog: &'a Catalog,
    policies: ScorePolicies,
    judged: &'a BTreeMap<String, Judged>,
    sums: Vec<TableSum<'a>>,
    places: Vec<Place<'a>>,
}

impl<'a> Case<'a> {
    fn new(catalog: &'a Catalog, policies: ScorePolicies, judged: &'a BTreeMap<String, Judged>) -> Self {
        let sums = sums(catalog, policies, judged);
        let places = sums.iter().enumerate().flat_map(|(table, sum)| {
            sum.sheets.iter().enumerate().flat_map(move |(item, sheet)| {
                sheet.lines().enumerate().map(move |(at, line)| Place { table, item, at, line })
            })
        });
        let places = places.collect();
        Self { catalog, policies, judged, sums, places }
    }

    fn id(&self, number: usize) -> &'a str {
        self.places.get(number).map_or("", |place| place.line.target.id())
    }

    /// All points that items and headings state.
    fn stated(&self) -> u32 {
        let of = |table: &TableSum<'_>| table.earnable().saturating_add(table.unearnable());
        self.sums.iter().fold(0, |sum: u32, table| sum.saturating_add(of(table)))
    }

    /// What an outcome costs a target.
    fn settled(&self, number: usize, outcome: Outcome) -> Option<Grade> {
        let line = &self.places.get(number)?.line;
        Some(line.target.settled(outcome, self.policies))
    }

    /// The score with these targets graded otherwise.
    fn range(&self, changes: &Changes) -> Range {
        let mut sums = sums(self.catalog, self.policies, self.judged);
        for (number, grade) in changes {
            let Some(Place { table, item, at, .. }) = self.places.get(*number) else { continue };
            if let Some(sum) = sums.get_mut(*table) {
                sum.regrade(*item, *at, *grade);
            }
        }
        total(&sums, self.policies.unearnable_points)
    }

    fn steps(&self, way: &Way, aim: &Aim) -> Vec<PlanStep> {
        let met = |number: &usize| Some((*number, self.settled(*number, Outcome::Met)?));
        let all: Changes = way.steps.iter().filter_map(met).collect();
        let low = self.range(&all).low;
        let mut enough = enough::enough(self, &all, aim.target);
        let mut done = Changes::new();
        let step = |(number, grade): (&usize, &Grade)| {
            done.insert(*number, *grade);
            let mut others = all.clone();
            others.remove(number);
            PlanStep {
                target: self.id(*number).to_owned(),
                outcome: self.places.get(*number).map_or(Outcome::Unknown, |place| place.line.outcome),
                cost: aim.cost(self.id(*number)).unwrap_or_default(),
                points: low.saturating_sub(self.range(&others).low),
                after: self.range(&done).low,
                enough: enough.remove(number),
            }
        };
        all.iter().map(step).collect()
    }

    /// Why no more points than `most` can be had.
    fn limits(&self, most: u32, aim: &Aim) -> Vec<Text> {
        let free = search::search(&self.sums, &|_| Some(1));
        let best = free.ways().next().map_or(most, |(short, _)| self.stated().saturating_sub(short));
        let excluded = best.saturating_sub(most);
        let unearnable = self.stated().saturating_sub(best);
        let excluded = (excluded > 0).then(|| {
            let short = self.places.iter().filter(|place| place.line.is_short());
            let count = short.filter(|place| aim.cost(place.line.target.id()).is_none()).count();
            Text::new(
                format!("有{count}项注明不能整改，因此少{excluded}分"),
                format!("{count} that cannot be put right, as was stated, withhold {excluded} points"),
            )
        });
        let unearnable = (unearnable > 0).then(|| {
            Text::new(
                format!("满分中有{unearnable}分按现行口径任何单位都得不到"),
                format!(
                    "{unearnable} points of the full mark can be earned by nobody under the readings in force"
                ),
            )
        });
        excluded.into_iter().chain(unearnable).collect()
    }
}

#[cfg(test)]
mod tests;
