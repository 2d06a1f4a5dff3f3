//! Which organizations kept a run from passing its gate, on which condition, and by how much.

use super::{Condition, Gate, Ratchet, ratchet};
use crate::model::report::Organization;
use crate::model::text::Text;

/// Organizations that are named for each condition.
const NAMED: usize = 3;

/// What the gate made of the organizations so far.
#[derive(Debug)]
pub struct GateResult {
    gate: Gate,
    ratchet: Option<Ratchet>,
    /// For each condition, in their order; then for the ratchet.
    missed: Vec<Missed>,
}

/// Organizations that missed one condition.
#[derive(Clone, Debug, Default)]
struct Missed {
    count: usize,
    /// The first of them: name and what it lacks.
    first: Vec<(String, Text)>,
}

impl GateResult {
    /// Nothing yet.
    pub fn new(gate: Gate, ratchet: Option<Ratchet>) -> Self {
        let missed = vec![Missed::default(); gate.conditions.len().saturating_add(1)];
        Self { gate, ratchet, missed }
    }

    /// Holds an organization against every condition.
    pub fn add(&mut self, one: &Organization) {
        let is_waived = |subject: &str| one.waivers.iter().any(|waiver| waiver.covers(subject));
        let ratchet = self.ratchet.as_ref().filter(|_| !is_waived(ratchet::SUBJECT));
        let worse = ratchet.and_then(|ratchet| ratchet.worse(one));
        let lacking = self.gate.conditions.iter().map(|condition| {
            let subjects = condition.subjects();
            if subjects.iter().any(|subject| is_waived(subject)) { None } else { condition.shortfall(one) }
        });
        for (lacking, missed) in lacking.chain([worse]).zip(&mut self.missed) {
            let Some(lacking) = lacking else { continue };
            missed.count = missed.count.saturating_add(1);
            if missed.first.len() < NAMED {
                let name = if one.name.is_empty() { &one.id } else { &one.name };
                missed.first.push((name.clone(), lacking));
            }
        }
    }

    /// Whether anything is asked.
    pub const fn is_asked(&self) -> bool {
        !self.gate.conditions.is_empty() || self.ratchet.is_some()
    }

    /// Whether every organization met every condition.
    pub fn is_passed(&self) -> bool {
        self.missed.iter().all(|missed| missed.count == 0)
    }

    /// The conditions that were not met, by how many organizations, and by how much; nothing where all passed.
    pub fn told(&self) -> Option<Text> {
        let conditions = self.gate.conditions.iter().map(Condition::text);
        let not_worse = Text::new("各项均不低于上次", "is in nothing worse than before");
        let told: Vec<Text> = conditions
            .chain([not_worse])
            .zip(&self.missed)
            .filter(|(_, missed)| missed.count > 0)
            .map(|(Text { zh, en }, missed)| {
                let named = missed.named();
                Text::new(
                    format!("要求{zh}，{}个单位未满足（{}）", missed.count, named.zh),
                    format!("{} where it is required that each {en} ({})", missed.count, named.en),
                )
            })
            .collect();
        let joined =
            |part: fn(&Text) -> &str, between: &str| told.iter().map(part).collect::<Vec<_>>().join(between);
        (!told.is_empty()).then(|| {
            Text::new(
                format!("门禁未通过：{}", joined(|text| &text.zh, "；")),
                format!("the gate is not met: {}", joined(|text| &text.en, "; ")),
            )
        })
    }
}

impl Missed {
    /// The first of them with what they lack.
    fn named(&self) -> Text {
        let more = self.count > self.first.len();
        let zh: Vec<_> = self.first.iter().map(|(name, lacking)| format!("{name}：{}", lacking.zh)).collect();
        let en: Vec<_> = self.first.iter().map(|(name, lacking)| format!("{name}: {}", lacking.en)).collect();
        Text::new(
            format!("{}{}", zh.join("；"), if more { "等" } else { "" }),
            format!("{}{}", en.join("; "), if more { "; …" } else { "" }),
        )
    }
}
