//! What is worth saying about rulings: ids and words of the findings they give rise to.

use super::grade::Target;
use super::note::cited;
use super::ruling_text::positions;
use crate::model::clause;
use crate::model::finding::{Finding, Location, MAX_LOCATIONS, Severity};
use crate::model::grid::ByGrid;
use crate::model::outcome::{Decision, Outcome};
use crate::model::privacy::Redactor;
use crate::model::ruling::Ruling;
use crate::model::text::Text;

/// A ruling that no longer holds on the day of judgement.
pub const EXPIRED: &str = "ruling.expired";
/// Persons of one role who decided otherwise on one target.
pub const DISAGREEMENT: &str = "ruling.disagreement";
/// A ruling dated after the day of judgement.
pub const FUTURE: &str = "ruling.future";
/// An organization's own claim that something does not apply to it.
pub const NOT_APPLICABLE_BY_SELF: &str = "ruling.not-applicable-by-self";
/// A ruling that differs from what a rule found in data.
pub const OVERTURNS: &str = "ruling.overturns";
/// Self rulings in a run that is no self-evaluation.
pub const SELF_NOT_COUNTED: &str = "ruling.self-not-counted";
/// A ruling on an unknown target, or with a value its target cannot take.
pub const UNUSABLE: &str = "ruling.unusable";

/// Ids of all findings about rulings.
pub const RULING_FINDINGS: [&str; 7] =
    [EXPIRED, DISAGREEMENT, FUTURE, NOT_APPLICABLE_BY_SELF, OVERTURNS, SELF_NOT_COUNTED, UNUSABLE];

/// Where rulings stand, as many as are shown.
fn locations(rulings: &[&Ruling], redactor: &Redactor) -> Vec<Location> {
    rulings.iter().take(MAX_LOCATIONS).map(|ruling| ruling.location(redactor)).collect()
}

/// What is said of rulings, with the places they stand at; the target is that of the first.
fn finding(
    (rule, severity): (&str, Severity),
    rulings: &[&Ruling],
    redactor: &Redactor,
    message: Text,
    help: Text,
) -> Finding {
    Finding {
        rule: rule.to_owned(),
        target: rulings.first().map(|ruling| ruling.target.clone()).unwrap_or_default(),
        severity,
        message,
        help,
        locations: locations(rulings, redactor),
        total: rulings.len(),
        grids: ByGrid::default(),
    }
}

pub(super) fn expired(ruling: &Ruling, redactor: &Redactor) -> Finding {
    let day = ruling.expires.map(|day| day.to_string()).unwrap_or_default();
    finding(
        (EXPIRED, Severity::Warning),
        &[ruling],
        redactor,
        Text::new(
            format!("对{}的裁定已于{day}到期，不再计入", ruling.target),
            format!("The ruling on {} expired after {day} and does not count", ruling.target),
        ),
        Text::new("重新裁定，或更正到期日", "Rule again, or correct the day it expires"),
    )
}

pub(super) fn future(ruling: &Ruling, redactor: &Redactor) -> Finding {
    finding(
        (FUTURE, Severity::Warning),
        &[ruling],
        redactor,
        Text::new(
            format!("对{}的裁定日期{}晚于评定日，仍计入", ruling.target, ruling.date),
            format!(
                "The ruling on {} is dated {}, after the day of judgement; it counts",
                ruling.target, ruling.date
            ),
        ),
        Text::new("核对裁定日期和评定日", "Check the date of the ruling and the day of judgement"),
    )
}

pub(super) fn not_applicable_by_self(ruling: &Ruling, owed: &str, redactor: &Redactor) -> Finding {
    let owed = clause::cited(owed);
    finding(
        (NOT_APPLICABLE_BY_SELF, Severity::Warning),
        &[ruling],
        redactor,
        Text::new(
            format!(
                "{}自称不适用，不计入：是否适用由评估组界定{}",
                ruling.target,
                cited(&owed.zh, "（", "）")
            ),
            format!(
                "The organization's own claim that {} does not apply is not counted: that is for the team{}",
                ruling.target,
                cited(&owed.en, " (", ")")
            ),
        ),
        Text::new(
            "请评估组以 team 身份裁定，写明姓名、日期和理由",
            "Have the team rule on it (role `team`) with name, date and reason",
        ),
    )
}

pub(super) fn unusable(ruling: &Ruling, redactor: &Redactor) -> Finding {
    finding(
        (UNUSABLE, Severity::Error),
        &[ruling],
        redactor,
        Text::new(
            format!("对{}的裁定无法计入：没有这一项，或它不取这样的值", ruling.target),
            format!("The ruling on {} cannot count: no such target, or not a value it takes", ruling.target),
        ),
        Text::new("更正编号或取值", "Correct the id or the value"),
    )
}

/// One finding for all of them: they are ignored for one reason.
pub(super) fn self_not_counted(rulings: &[&Ruling], redactor: &Redactor) -> Option<Finding> {
    if rulings.is_empty() {
        return None;
    }
    let total = rulings.len();
    let told = finding(
        (SELF_NOT_COUNTED, Severity::Advice),
        rulings,
        redactor,
        Text::new(
            format!("{total}条自评裁定未计入：本次不是自我评价"),
            format!("Self rulings not counted: {total}; this run is no self-evaluation"),
        ),
        Text::new("自我评价时加 --self", "Use --self for a self-evaluation"),
    );
    Some(Finding { target: String::new(), ..told })
}

/// One finding a target: who decided what, and what counts in the end.
pub(super) fn disagreement(
    target: Target<'_>,
    rulings: &[&Ruling],
    decision: &Decision,
    redactor: &Redactor,
) -> Finding {
    let (id, told, now) = (target.id(), positions(target, rulings), word(decision.outcome));
    let severity = if decision.outcome == Outcome::Unknown { Severity::Warning } else { Severity::Advice };
    let finding = finding(
        (DISAGREEMENT, severity),
        rulings,
        redactor,
        Text::new(
            format!("{id}的裁定意见不一致（{}），现按“{}”计", told.zh, now.zh),
            format!("rulings on {id} differ ({}); it counts as {}", told.en, now.en),
        ),
        Text::new(
            "由评估组组长组织合议，按一致意见重新裁定",
            "have the leader of the team settle it, and rule again",
        ),
    );
    Finding { target: id.to_owned(), ..finding }
}

/// A ruling that says otherwise than the rule decided (`from`).
pub(super) fn overturns(
    target: Target<'_>,
    ruling: &Ruling,
    from: Outcome,
    to: Outcome,
    redactor: &Redactor,
) -> Finding {
    let (id, from, to) = (target.id(), word(from), word(to));
    let told = finding(
        (OVERTURNS, Severity::Advice),
        &[ruling],
        redactor,
        Text::new(
            format!("{id}：数据判定为{}，裁定改为{}", from.zh, to.zh),
            format!("{id}: the data say {}, the ruling says {}", from.en, to.en),
        ),
        Text::new(
            "核对依据；数据有误时更正数据",
            "Check the grounds; where the data are wrong, correct them",
        ),
    );
    Finding { target: id.to_owned(), ..told }
}

/// An outcome in words.
pub(super) fn word(outcome: Outcome) -> Text {
    let (zh, en) = outcome.words();
    Text::new(zh, en)
}
