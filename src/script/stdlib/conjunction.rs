//! Several checks of one requirement as one decision.

use rhai::{Array, Dynamic};

use crate::model::outcome::Outcome;
use crate::model::text::{Text, each_once};
use crate::script::error::{self, Res};
use crate::script::value::decision::{Certainty, RuleDecision};

/// Several checks of one requirement: the first kind of failure decides, all of that kind are told.
pub(crate) fn all_of(parts: Array) -> Res<RuleDecision> {
    let parts: Option<Vec<RuleDecision>> = parts.into_iter().map(Dynamic::try_cast).collect();
    let parts = parts.ok_or_else(|| {
        error::raise(
            Text::new("all_of 只接受结论的列表", "all_of takes a list of decisions"),
            Text::default(),
        )
    })?;
    Ok(combine(parts))
}

fn combine(parts: Vec<RuleDecision>) -> RuleDecision {
    let all_absent = !parts.is_empty() && parts.iter().all(|part| part.outcome == Outcome::Absent);
    let fails = |part: &RuleDecision| matches!(part.outcome, Outcome::Unmet | Outcome::Absent);
    let open = |part: &RuleDecision| {
        matches!(part.outcome, Outcome::Absent | Outcome::Unknown) && part.measure.is_none()
    };
    let may_be_absent = parts.iter().all(open) && parts.iter().any(RuleDecision::is_not_understood);
    let (outcome, told): (_, Vec<RuleDecision>) = if all_absent {
        (Outcome::Absent, parts)
    } else if parts.iter().any(fails) && !may_be_absent {
        (Outcome::Unmet, parts.into_iter().filter(fails).collect())
    } else if parts.iter().any(|part| part.outcome == Outcome::Unknown) {
        (Outcome::Unknown, parts.into_iter().filter(|part| part.outcome == Outcome::Unknown).collect())
    } else {
        (Outcome::Met, parts)
    };
    let join = |pick: fn(&Text) -> &str, sign: &str| {
        each_once(told.iter().map(|part| pick(&part.reason)).filter(|text| !text.is_empty())).join(sign)
    };
    let reason = Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; "));
    let help = told.iter().map(|part| &part.help).find(|help| !help.is_empty()).cloned().unwrap_or_default();
    let doubt =
        told.iter().map(|part| part.doubt.clone()).reduce(Certainty::or).unwrap_or(Certainty::FromAnything);
    let host = told.iter().flat_map(|part| part.host.iter().cloned()).collect();
    let weight = told.iter().map(|part| part.weight).max().unwrap_or_default();
    let cells = told.into_iter().map(|part| part.cells).collect();
    RuleDecision { outcome, measure: None, reason, help, cells, doubt, host, weight }
}
