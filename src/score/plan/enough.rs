//! How far a step has to go where less than the best band, or more than nothing missing, is enough.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::grade::{Grade, Target};
use super::super::policy::{OrAbove, ScorePolicies};
use super::{Case, Changes};
use crate::model::bands;
use crate::model::outcome::Measure;
use crate::model::text::Text;

/// For each step that need not go all the way how far it has to. Steps are eased in the order of the catalog, each as far
/// as those before it leave room, so that all of this holds together.
pub(super) fn enough(case: &Case<'_>, all: &Changes, aim: u32) -> BTreeMap<usize, Text> {
    let mut changes = all.clone();
    let mut eased = BTreeMap::new();
    for (number, best) in all {
        let Some(place) = case.places.get(*number) else { continue };
        for (grade, text) in lesser(place.line.target, case.policies) {
            if grade == *best {
                continue;
            }
            changes.insert(*number, grade);
            if case.range(&changes).low >= aim {
                eased.insert(*number, text);
                break;
            }
            changes.insert(*number, *best);
        }
    }
    eased
}

/// What a target can come to by measure, the worst first.
fn lesser(target: Target<'_>, policies: ScorePolicies) -> Vec<(Grade, Text)> {
    let measures: Vec<(Measure, Text)> = match target {
        Target::Requirement(requirement) => match &requirement.count {
            Some(count) => (0..count.of).rev().map(not_reached).collect(),
            None => requirement.bands.iter().map(|band| percentage(band.from, policies.or_above)).collect(),
        },
        Target::Award(item) => item
            .award
            .iter()
            .map(|band| match &band.level {
                Some(level) => {
                    let Text { zh, en } = bands::level(item, level);
                    let text = Text::new(format!("达到{zh}即可"), format!("{en} is enough"));
                    (Measure::Level(level.clone()), text)
                }
                None => percentage(band.from.unwrap_or(0), policies.or_above),
            })
            .collect(),
    };
    let graded = |(measure, text)| Some((target.measured(&measure, policies)?, text));
    let mut all: Vec<(Grade, Text)> = measures.into_iter().filter_map(graded).collect();
    // Stable, so bands of equal points keep their order.
    all.sort_by_key(|(grade, _)| std::cmp::Reverse(grade.worst));
    all
}

fn not_reached(count: u32) -> (Measure, Text) {
    let text = Text::new(
        format!("未达到的不超过{count}项即可"),
        format!("enough if no more than {count} are not reached"),
    );
    (Measure::Number(Decimal::from(count)), text)
}

/// The least percentage within a band: itself, or the next above it where a band begins above its number.
fn percentage(from: u32, or_above: OrAbove) -> (Measure, Text) {
    let from_here = Decimal::from(from);
    match or_above {
        OrAbove::Inclusive => {
            let text = Text::new(format!("达到{from}%即可"), format!("{from} % is enough"));
            (Measure::Number(from_here), text)
        }
        OrAbove::Exclusive => {
            let text = Text::new(format!("超过{from}%即可"), format!("more than {from} % is enough"));
            (Measure::Number(from_here.saturating_add(Decimal::new(1, 2))), text)
        }
    }
}
