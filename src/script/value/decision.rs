//! Decisions as rules make them: an outcome, a reason in both languages, the places it rests on, and what leaves it open.

use std::collections::HashSet;
use std::sync::Arc;

use super::cell_refs::CellRefs;
use super::lacking::Lacking;
use super::maybe::Maybe;
use super::taint::{self, Doubt, Reason};
use super::unclear::{self, Cause};
use crate::model::outcome::{Measure, Outcome};
use crate::model::text::Text;

/// Cells of some rows.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub(crate) cells: CellRefs,
    /// Those that may be among them.
    pub(crate) maybe: Maybe,
    pub(crate) doubt: Doubt,
}

/// What a rule decided.
#[derive(Clone, Debug)]
pub(crate) struct RuleDecision {
    pub(crate) outcome: Outcome,
    pub(crate) measure: Option<Measure>,
    pub(crate) reason: Text,
    pub(crate) help: Text,
    pub(crate) cells: CellRefs,
    pub(crate) doubt: Certainty,
    /// Sentences of the reason that are the program's own.
    pub(crate) host: Vec<Text>,
    /// Of a rule of plausibility.
    pub(crate) weight: Weight,
}

/// What a kind of implausibility does to the whole submission. Of several decisions made into one the greatest holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Honest offices have it too: all kinds of this weight together count as one.
    Minor,
    /// It counts as one kind.
    #[default]
    Ordinary,
    /// It puts the whole submission in doubt by itself.
    Grave,
}

/// What is known of the columns a decision rests on.
#[derive(Clone, Debug)]
pub(crate) enum Certainty {
    /// Made from rows alone: the missing column they were chosen by, if any.
    FromRows(Doubt),
    /// Made from counts and comparisons: any missing column the rule read may have mattered.
    FromAnything,
}

impl Certainty {
    /// What is known of two decisions made into one.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::FromRows(one), Self::FromRows(other)) => Self::FromRows(taint::either(&one, &other)),
            _ => Self::FromAnything,
        }
    }
}

/// Unknown, because of cells that were not understood.
pub(crate) fn not_understood(causes: Vec<Cause>) -> RuleDecision {
    let mut known = HashSet::new();
    let place = |cause: &Cause| (Arc::as_ptr(&cause.of), cause.row, cause.column);
    let causes: Vec<Cause> = causes.into_iter().filter(|cause| known.insert(place(cause))).collect();
    let reason = unclear::reason(&causes);
    let cells = causes.iter().map(CellRefs::of_cell).collect();
    let doubt = Certainty::FromRows(Some(Arc::new(Reason::Cells(causes))));
    RuleDecision { reason, doubt, ..new_decision(Outcome::Unknown, cells, "", "") }
}

pub(crate) fn new_decision(outcome: Outcome, cells: CellRefs, zh: &str, en: &str) -> RuleDecision {
    let (reason, doubt) = (Text::new(zh, en), Certainty::FromAnything);
    RuleDecision {
        outcome,
        measure: None,
        reason,
        help: Text::default(),
        cells,
        doubt,
        host: Vec::new(),
        weight: Weight::Ordinary,
    }
}

impl RuleDecision {
    /// The decision with a reason that the program has worded.
    pub(crate) fn by_host(self) -> Self {
        Self { host: vec![self.reason.clone()], ..self }
    }

    /// The decision, made from these rows alone.
    pub(crate) fn resting_on(self, doubt: Doubt) -> Self {
        Self { doubt: Certainty::FromRows(doubt), ..self }
    }

    /// Whether it takes points away, or measures what might.
    pub(crate) fn is_against(&self) -> bool {
        self.measure.is_some() || matches!(self.outcome, Outcome::Unmet | Outcome::Absent)
    }

    /// Whether it gives points, or measures what might.
    pub(crate) fn is_in_favour(&self) -> bool {
        self.measure.is_some() || self.outcome == Outcome::Met
    }

    /// Unknown for this reason, which the program has worded; places are those that would tell.
    pub(crate) fn left_open(self, reason: Text, cells: CellRefs) -> Self {
        let unknown = Self { outcome: Outcome::Unknown, measure: None, reason, cells, ..self };
        Self { help: Text::default(), ..unknown }.by_host()
    }

    /// Whether it is unknown because of cells that were not understood.
    pub(crate) fn is_not_understood(&self) -> bool {
        let cells = match &self.doubt {
            Certainty::FromRows(doubt) => taint::cells(doubt),
            Certainty::FromAnything => &[],
        };
        self.outcome == Outcome::Unknown && !cells.is_empty()
    }

    /// The decision, but unknown where it is against the organization and rests on a missing column.
    pub(crate) fn beyond_doubt(self) -> Self {
        let doubt = match &self.doubt {
            Certainty::FromRows(doubt) => doubt.clone(),
            Certainty::FromAnything => taint::missing(),
        };
        match doubt.as_deref() {
            Some(Reason::Cells(causes)) if self.outcome != Outcome::Unknown => not_understood(causes.clone()),
            Some(Reason::Lacking(lacking)) if self.is_against() => data_cannot_tell(lacking),
            _ => self,
        }
    }

    /// The decision, on which nothing has a bearing that is noted later.
    pub(crate) fn settled(self) -> Self {
        match self.doubt {
            Certainty::FromRows(_) => self,
            Certainty::FromAnything => self.resting_on(None),
        }
    }
}

/// Unknown, because a column is missing or a source was not read.
pub(crate) fn data_cannot_tell(lacking: &Lacking) -> RuleDecision {
    let unknown = new_decision(Outcome::Unknown, CellRefs::default(), "", "");
    RuleDecision { reason: lacking.told.clone(), host: vec![lacking.own.clone()], ..unknown }
}

/// The word rules and rule tests use for an outcome.
pub(crate) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "unmet",
        Outcome::Absent => "absent",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not-applicable",
    }
}
