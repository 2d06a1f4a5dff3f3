//! Readings of the standard that change points, checked once so that scoring cannot meet a wrong name.

use thiserror::Error;

use crate::model::fault::{Explain, Fault};
use crate::model::policy::{COUNTING, EACH, Policies};
use crate::model::text::Text;

/// What becomes of a lesser deduction printed in one cell with a greater one of the same thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LesserDeduction {
    /// It does not come on top of the greater.
    #[default]
    Superseded,
    /// Both are made.
    Added,
}

/// When what is owed and not met scores nothing (Part 5, 7.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AbsentItem {
    /// When it is wholly absent.
    #[default]
    Zero,
    /// As soon as anything of it falls short.
    Partly,
    /// Never: it keeps what its deductions leave.
    Deductions,
}

/// Of what Part 5, 7.2 says that it scores nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwedUnit {
    /// Of an item.
    #[default]
    Item,
    /// Of a whole table.
    Table,
}

impl OwedUnit {
    /// The other reading.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Item => Self::Table,
            Self::Table => Self::Item,
        }
    }
}

/// Whether "N or above" includes N.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrAbove {
    /// It does.
    #[default]
    Inclusive,
    /// It begins above N.
    Exclusive,
}

/// How line `f` of the structure items deducts "for one not reached".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineF {
    /// Once, however many conditions fail.
    #[default]
    Once,
    /// For each condition that fails.
    Each,
}

/// What becomes of points that a table's heading declares and its items do not offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnearnablePoints {
    /// Nobody gets them.
    #[default]
    Withheld,
    /// They come with the table's first point.
    Granted,
}

/// How rulings of several persons of one role on one target become one decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// All must agree; else the target is unknown.
    #[default]
    Consensus,
    /// What more than half of the persons decided; unknown where there is no such decision.
    Majority,
    /// The median of the values, rounded down; other rulings by majority.
    Median,
    /// The mean of the values, rounded down; other rulings by majority.
    Mean,
}

/// Whether what rows claim without the file that ought to be behind them earns points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EvidencePolicy {
    /// It does.
    #[default]
    Claims,
    /// It is unknown until the file is there.
    Files,
}

/// The readings in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScorePolicies {
    /// Greater and lesser deduction of the same thing.
    pub lesser_deduction: LesserDeduction,
    /// What is owed and not met.
    pub absent_item: AbsentItem,
    /// Items or tables.
    pub owed_unit: OwedUnit,
    /// "N or above".
    pub or_above: OrAbove,
    /// Line `f`.
    pub line_f: LineF,
    /// Points no item offers.
    pub unearnable_points: UnearnablePoints,
    /// Rulings of several persons.
    pub panel: Panel,
    /// Claims without a file.
    pub evidence: EvidencePolicy,
}

/// Why the readings of a pack cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The pack states a reading there is not.
    #[error("the policy `{name}` has no reading `{value}`")]
    Value {
        /// Name of the policy.
        name: &'static str,
        /// The reading given.
        value: String,
        /// The readings there are.
        known: Vec<&'static str>,
    },
}

/// A reading that a pack states by name.
trait Reading: Copy + Default + 'static {
    const NAME: &'static str;
    const READINGS: &'static [(&'static str, Self)];
}

impl Reading for LesserDeduction {
    const NAME: &'static str = "lesser_deduction";
    const READINGS: &'static [(&'static str, Self)] =
        &[("superseded", Self::Superseded), ("added", Self::Added)];
}

impl Reading for AbsentItem {
    const NAME: &'static str = "absent_item";
    const READINGS: &'static [(&'static str, Self)] =
        &[("zero", Self::Zero), ("partly", Self::Partly), ("deductions", Self::Deductions)];
}

impl Reading for OwedUnit {
    const NAME: &'static str = "owed_unit";
    const READINGS: &'static [(&'static str, Self)] = &[("item", Self::Item), ("table", Self::Table)];
}

impl Reading for OrAbove {
    const NAME: &'static str = "or_above";
    const READINGS: &'static [(&'static str, Self)] =
        &[("inclusive", Self::Inclusive), ("exclusive", Self::Exclusive)];
}

impl Reading for LineF {
    const NAME: &'static str = COUNTING;
    const READINGS: &'static [(&'static str, Self)] = &[("once", Self::Once), (EACH, Self::Each)];
}

impl Reading for UnearnablePoints {
    const NAME: &'static str = "unearnable_points";
    const READINGS: &'static [(&'static str, Self)] =
        &[("withheld", Self::Withheld), ("granted", Self::Granted)];
}

impl Reading for Panel {
    const NAME: &'static str = "panel";
    const READINGS: &'static [(&'static str, Self)] = &[
        ("consensus", Self::Consensus),
        ("majority", Self::Majority),
        ("median", Self::Median),
        ("mean", Self::Mean),
    ];
}

impl Reading for EvidencePolicy {
    const NAME: &'static str = "evidence";
    const READINGS: &'static [(&'static str, Self)] = &[("claims", Self::Claims), ("files", Self::Files)];
}

impl ScorePolicies {
    /// Names of the policies that change points.
    pub const NAMES: [&'static str; 8] = [
        LesserDeduction::NAME,
        AbsentItem::NAME,
        OwedUnit::NAME,
        OrAbove::NAME,
        LineF::NAME,
        UnearnablePoints::NAME,
        Panel::NAME,
        EvidencePolicy::NAME,
    ];

    /// The readings a pack states; one it says nothing about takes its default, and other policies in it are not
    /// looked at.
    ///
    /// # Errors
    ///
    /// One of them states a reading there is not.
    pub fn from(policies: &Policies) -> Result<Self, PolicyError> {
        Ok(Self {
            lesser_deduction: read(policies)?,
            absent_item: read(policies)?,
            owed_unit: read(policies)?,
            or_above: read(policies)?,
            line_f: read(policies)?,
            unearnable_points: read(policies)?,
            panel: read(policies)?,
            evidence: read(policies)?,
        })
    }
}

fn read<R: Reading>(policies: &Policies) -> Result<R, PolicyError> {
    let Some(policy) = policies.get(R::NAME) else { return Ok(R::default()) };
    R::READINGS.iter().find(|(name, _)| *name == policy.value).map(|(_, reading)| *reading).ok_or_else(|| {
        PolicyError::Value {
            name: R::NAME,
            value: policy.value.clone(),
            known: R::READINGS.iter().map(|(name, _)| *name).collect(),
        }
    })
}

impl Explain for PolicyError {
    fn fault(&self) -> Fault {
        match self {
            Self::Value { name, value, known } => Fault {
                code: "policy.value",
                message: Text::new(
                    format!("读法“{name}”没有“{value}”这个取值"),
                    format!("The policy `{name}` has no reading `{value}`"),
                ),
                help: Text::new(
                    format!("改为 {} 之一", known.join("、")),
                    format!("Use one of {}", known.join(", ")),
                ),
                ..Fault::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::policy::Policy;

    fn policies(values: [&str; 8]) -> Policies {
        let policy = |value: &str| Policy {
            value: value.to_owned(),
            values: Vec::new(),
            clause: String::new(),
            title: Text::default(),
            why: Text::default(),
        };
        ScorePolicies::NAMES
            .iter()
            .zip(values)
            .map(|(name, value)| ((*name).to_owned(), policy(value)))
            .collect()
    }

    #[test]
    fn the_first_readings_are_the_default() {
        let stated =
            policies(["superseded", "zero", "item", "inclusive", "once", "withheld", "consensus", "claims"]);
        assert_eq!(ScorePolicies::from(&stated), Ok(ScorePolicies::default()));
    }

    #[test]
    fn every_other_reading_is_known_by_its_name() {
        let stated =
            policies(["added", "deductions", "table", "exclusive", "each", "granted", "majority", "files"]);
        let expected = ScorePolicies {
            lesser_deduction: LesserDeduction::Added,
            absent_item: AbsentItem::Deductions,
            owed_unit: OwedUnit::Table,
            or_above: OrAbove::Exclusive,
            line_f: LineF::Each,
            unearnable_points: UnearnablePoints::Granted,
            panel: Panel::Majority,
            evidence: EvidencePolicy::Files,
        };
        assert_eq!(ScorePolicies::from(&stated), Ok(expected));
    }

    #[test]
    fn a_reading_there_is_not_is_refused_with_those_there_are() {
        let stated =
            policies(["superseded", "none", "item", "inclusive", "once", "withheld", "consensus", "claims"]);
        let fault = ScorePolicies::from(&stated).map_err(|error| error.fault());
        let Err(fault) = fault else { unreachable!("it is refused") };
        assert_eq!(fault.code, "policy.value");
        assert_eq!(fault.message.en, "The policy `absent_item` has no reading `none`");
        assert_eq!(fault.help.en, "Use one of zero, partly, deductions");
    }

    #[test]
    fn a_policy_left_out_takes_its_default() {
        let mut stated =
            policies(["added", "zero", "item", "inclusive", "each", "withheld", "consensus", "claims"]);
        stated.remove("line_f");
        let expected = ScorePolicies { lesser_deduction: LesserDeduction::Added, ..ScorePolicies::default() };
        assert_eq!(ScorePolicies::from(&stated), Ok(expected));
    }
}
