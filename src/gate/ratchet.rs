//! The ratchet: nothing may be worse than in an earlier report.

use std::collections::BTreeMap;

use crate::model::assurance::Assurance;
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, Range};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// What a waiver names to waive it.
pub(super) const SUBJECT: &str = "ratchet";

/// Changes that are named.
const NAMED: usize = 3;

/// Where organizations stood in an earlier report, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Ratchet(BTreeMap<String, Standing>);

/// Where one organization stood.
#[derive(Clone, Debug)]
struct Standing {
    total: Range,
    /// Points of the low end that are known in each way or a stronger one.
    assured: Vec<(Assurance, u32)>,
    /// Points of tables and items, in order.
    parts: Vec<(String, Range)>,
    /// Outcomes of requirements, in order.
    outcomes: Vec<(String, Outcome)>,
}

impl Ratchet {
    /// Takes an organization of the earlier report.
    pub fn add(&mut self, one: &Organization) {
        self.0.insert(one.id.clone(), Standing::of(one));
    }

    /// What is worse with an organization than it was; nothing where it was not there. O(its report).
    pub(super) fn worse(&self, one: &Organization) -> Option<Text> {
        let (then, now) = (self.0.get(&one.id)?, Standing::of(one));
        let all = now.worse_than(then);
        let count = all.len();
        let joined = |part: fn(&Text) -> &str, between: &str| {
            all.iter().take(NAMED).map(part).collect::<Vec<_>>().join(between)
        };
        let (zh, en) = (joined(|text| &text.zh, "，"), joined(|text| &text.en, ", "));
        match count {
            0 => None,
            1..=NAMED => Some(Text::new(zh, en)),
            _ => Some(Text::new(format!("{zh}等{count}处"), format!("{en}, {count} in all"))),
        }
    }
}

impl Standing {
    fn of(one: &Organization) -> Self {
        let score = &one.score;
        let known = |least: Assurance| {
            let ways = Assurance::ALL.into_iter().filter(|way| *way >= least);
            ways.map(|way| score.by_assurance.of(way)).fold(0, u32::saturating_add)
        };
        let items = || one.tables.iter().flat_map(|table| &table.items);
        let tables = one.tables.iter().map(|table| (&table.id, table.low, table.high));
        let parts = tables.chain(items().map(|item| (&item.id, item.low, item.high)));
        let awards = items().filter_map(|item| Some((&item.id, item.award.as_ref()?.outcome)));
        let lines = items().flat_map(|item| &item.requirements).map(|line| (&line.id, line.outcome));
        Self {
            total: Range { low: score.low, high: score.high },
            assured: Assurance::ALL.into_iter().skip(1).map(|way| (way, known(way))).collect(),
            parts: parts.map(|(id, low, high)| (id.clone(), Range { low, high })).collect(),
            outcomes: awards.chain(lines).map(|(id, outcome)| (id.clone(), outcome)).collect(),
        }
    }

    /// Everything in which it is worse, the whole before its parts.
    fn worse_than(&self, then: &Self) -> Vec<Text> {
        let mut all: Vec<Text> = fallen("总分", "the total", then.total, self.total).into_iter().collect();
        let known: BTreeMap<_, _> = then.parts.iter().map(|(id, range)| (id, *range)).collect();
        let parts = self.parts.iter().filter_map(|(id, range)| Some((id, *known.get(id)?, *range)));
        all.extend(parts.filter_map(|(id, then, now)| fallen(id, id, then, now)));
        let known: BTreeMap<_, _> = then.outcomes.iter().map(|(id, outcome)| (id, *outcome)).collect();
        let outcomes = self.outcomes.iter().filter_map(|(id, outcome)| Some((id, *known.get(id)?, *outcome)));
        all.extend(outcomes.filter(|(_, then, now)| rank(*now) < rank(*then)).map(|(id, then, now)| {
            let word = words::outcome;
            Text::new(
                format!("{id}由{}变为{}", word(then, Lang::Zh), word(now, Lang::Zh)),
                format!("{id} from {} to {}", word(then, Lang::En), word(now, Lang::En)),
            )
        }));
        let assured = self.assured.iter().zip(&then.assured);
        all.extend(assured.filter(|((_, now), (_, then))| now < then).map(|((way, now), (_, then))| {
            Text::new(
                format!("“{}”及更强依据的得分由{then}分降至{now}分", words::assurance(*way, Lang::Zh)),
                format!("points at least {} from {then} to {now}", way.word()),
            )
        }));
        all
    }
}

/// Points of which an end fell.
fn fallen(zh: &str, en: &str, then: Range, now: Range) -> Option<Text> {
    let told = |range: Range, lang| words::range(range.low, range.high, lang);
    (now.low < then.low || now.high < then.high).then(|| {
        Text::new(
            format!("{zh}由{}分降至{}分", told(then, Lang::Zh), told(now, Lang::Zh)),
            format!("{en} from {} to {}", told(then, Lang::En), told(now, Lang::En)),
        )
    })
}

/// How good an outcome is: what is not known is worse than what is met, and better than what is not.
const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Absent => 0,
        Outcome::Unmet => 1,
        Outcome::Unknown => 2,
        Outcome::Met | Outcome::NotApplicable => 3,
    }
}
