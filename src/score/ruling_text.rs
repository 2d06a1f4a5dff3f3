//! Reasons of decisions made by rulings, in both languages. Who rules answers for it by name, which is not masked.

use rust_decimal::Decimal;

use super::grade::Target;
use super::policy::Panel;
use super::ruling_finding::word;
use crate::model::bands;
use crate::model::outcome::{Measure, Outcome};
use crate::model::privacy::Redactor;
use crate::model::ruling::{Role, Ruling, RulingLine, RulingStatus, Verdict};
use crate::model::text::{Text, each_once};

/// A ruling as the report lists it.
pub(super) fn line(ruling: &Ruling, status: RulingStatus, redactor: &Redactor) -> RulingLine {
    let (word, value) = ruling.verdict.words();
    RulingLine {
        ruling: word.to_owned(),
        value,
        role: ruling.role.word().to_owned(),
        by: ruling.signature(),
        date: ruling.date.to_string(),
        expires: ruling.expires.map(|last| last.to_string()),
        reason: redactor.text(&ruling.reason),
        evidence: redactor.text(&ruling.evidence),
        status,
    }
}

/// What a role is called.
fn role(ruling: &Ruling) -> Text {
    match ruling.role {
        Role::SelfEvaluation => Text::new("自评", "self-evaluation"),
        Role::Team => Text::new("评估组", "team"),
    }
}

/// What the role of all of them is called.
fn first_role(rulings: &[&Ruling]) -> Text {
    rulings.first().map(|ruling| role(ruling)).unwrap_or_default()
}

/// Persons and days, then the grounds of each; the same ground is told once.
pub(super) fn unanimous(rulings: &[&Ruling], redactor: &Redactor) -> Text {
    let role = first_role(rulings);
    let who = |ruling: &&Ruling, sign: &str| format!("{}{sign}{}", ruling.signature(), ruling.date);
    let who = |sign: &str, between: &str| {
        rulings.iter().map(|ruling| who(ruling, sign)).collect::<Vec<_>>().join(between)
    };
    let grounds = grounds(rulings, redactor);
    Text::new(
        format!("裁定（{} {}）：{}", role.zh, who("，", "；"), grounds.zh),
        format!("Ruling ({} {}): {}", role.en, who(", ", "; "), grounds.en),
    )
}

/// The decision of more than half, and what the others think.
pub(super) fn majority(target: Target<'_>, all: &[&Ruling], won: &[&Ruling], redactor: &Redactor) -> Text {
    let others: Vec<_> =
        all.iter().copied().filter(|ruling| !won.iter().any(|one| std::ptr::eq(*one, *ruling))).collect();
    let (agreed, others) = (unanimous(won, redactor), positions(target, &others));
    Text::new(
        format!("{}（{}人中{}人的意见；{}）", agreed.zh, all.len(), won.len(), others.zh),
        format!("{} ({} of {} persons; {})", agreed.en, won.len(), all.len(), others.en),
    )
}

/// The persons disagree, and nothing settles it.
pub(super) fn split(target: Target<'_>, rulings: &[&Ruling]) -> Text {
    let (role, told) = (first_role(rulings), positions(target, rulings));
    Text::new(
        format!("{}意见不一致（{}），请合议后重新裁定", role.zh, told.zh),
        format!("the {} disagrees ({}): to be ruled again together", role.en, told.en),
    )
}

/// A value made of the values of all.
pub(super) fn averaged(target: Target<'_>, rulings: &[&Ruling], panel: Panel, value: Decimal) -> Text {
    let told = positions(target, rulings);
    let (kind_zh, kind_en) =
        if panel == Panel::Mean { ("平均值", "mean") } else { ("中位数", "median") };
    let (value, role) = (value.normalize(), first_role(rulings));
    Text::new(
        format!("裁定（{}{}人，取{kind_zh}{value}）：{}", role.zh, rulings.len(), told.zh),
        format!("Ruling ({} of {} persons, {kind_en} {value}): {}", role.en, rulings.len(), told.en),
    )
}

/// What each person decided: `王明：符合；李华：85`.
pub(super) fn positions(target: Target<'_>, rulings: &[&Ruling]) -> Text {
    let told: Vec<_> = rulings
        .iter()
        .map(|ruling| {
            let (who, what) = (ruling.signature(), position(target, &ruling.verdict));
            Text::new(format!("{who}：{}", what.zh), format!("{who}: {}", what.en))
        })
        .collect();
    let join = |pick: fn(&Text) -> &str, sign: &str| told.iter().map(pick).collect::<Vec<_>>().join(sign);
    Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; "))
}

/// A verdict in words; a level by the first of the catalog's words for it.
fn position(target: Target<'_>, verdict: &Verdict) -> Text {
    match verdict {
        Verdict::Met => word(Outcome::Met),
        Verdict::Unmet => word(Outcome::Unmet),
        Verdict::Absent => word(Outcome::Absent),
        Verdict::NotApplicable => word(Outcome::NotApplicable),
        Verdict::Value(Measure::Number(number)) => {
            let number = number.round_dp(2).normalize().to_string();
            Text::new(number.clone(), number)
        }
        Verdict::Value(Measure::Level(level)) => match target {
            Target::Award(item) => bands::level(item, level),
            Target::Requirement(_) => Text::new(level.clone(), level.clone()),
        },
    }
}

fn grounds(rulings: &[&Ruling], redactor: &Redactor) -> Text {
    let told: Vec<Text> = rulings.iter().map(|ruling| ground(ruling, redactor)).collect();
    let join = |pick: fn(&Text) -> &str, sign: &str| each_once(told.iter().map(pick)).join(sign);
    Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; "))
}

fn ground(ruling: &Ruling, redactor: &Redactor) -> Text {
    let why = redactor.text(&ruling.reason);
    if ruling.evidence.is_empty() {
        return Text::new(why.clone(), why);
    }
    let evidence = redactor.text(&ruling.evidence);
    Text::new(format!("{why}（依据：{evidence}）"), format!("{why} (evidence: {evidence})"))
}
