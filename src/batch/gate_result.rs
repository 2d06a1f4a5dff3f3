//! Which organizations kept a run from passing its gate, and by how much.

use super::options::Gate;
use crate::model::report::{Organization, Verdict};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// Organizations that are named.
const NAMED: usize = 3;

/// What the gate made of the organizations so far.
#[derive(Debug)]
pub struct GateResult {
    gate: Gate,
    failed: usize,
    /// The first that failed: name, verdict and score.
    first: Vec<(String, Verdict, (u32, u32))>,
}

impl GateResult {
    /// Nothing yet.
    pub const fn new(gate: Gate) -> Self {
        Self { gate, failed: 0, first: Vec::new() }
    }

    /// Holds an organization against the gate.
    pub fn add(&mut self, one: &Organization) {
        if self.gate.passes(one) {
            return;
        }
        self.failed = self.failed.saturating_add(1);
        if self.first.len() < NAMED {
            let name = if one.name.is_empty() { &one.id } else { &one.name };
            self.first.push((name.clone(), one.verdict, (one.score.low, one.score.high)));
        }
    }

    /// Whether every organization passed.
    pub const fn is_passed(&self) -> bool {
        self.failed == 0
    }

    /// The condition that was not met, by how many organizations, and by how much; nothing where all passed.
    pub fn told(&self) -> Option<Text> {
        let count = self.failed;
        let (zh, en) = match self.gate {
            _ if count == 0 => return None,
            Gate::Points(least) => (
                format!("{count}个单位的确定得分低于{least}分"),
                format!("organizations with fewer than {least} points for sure: {count}"),
            ),
            Gate::Qualified => (
                format!("{count}个单位没有评为合格"),
                format!("organizations that are not qualified: {count}"),
            ),
            Gate::Plan => (
                format!("{count}个单位整改后也达不到目标分数"),
                format!("organizations that cannot reach the target: {count}"),
            ),
            Gate::Open => return None,
        };
        let named = |lang| {
            let one = |(name, verdict, (low, high)): &(String, Verdict, (u32, u32))| {
                format!("{name} {} {}", words::verdict(*verdict, lang), words::range(*low, *high, lang))
            };
            self.first.iter().map(one).collect::<Vec<_>>()
        };
        let more = count > self.first.len();
        let (in_zh, in_en) = (named(Lang::Zh), named(Lang::En));
        Some(Text::new(
            format!("门禁未通过：{zh}（{}{}）", in_zh.join("，"), if more { "等" } else { "" }),
            format!("the gate is not met: {en} ({}{})", in_en.join(", "), if more { ", …" } else { "" }),
        ))
    }
}
