//! From what a rule returned to a decision on each of its targets: nothing is left undecided in silence.

use std::collections::BTreeMap;

use super::{ClauseDecision, Decided};
use crate::model::catalog::{Decided as Way, Item, Requirement};
use crate::model::outcome::{Decision, Outcome};
use crate::model::text::Text;
use crate::script::{Rule, RuleFault, RunResult};

impl Decided {
    /// Takes what the rule of an item returned.
    pub(super) fn item(&mut self, item: &Item, rule: &Rule, result: RunResult) {
        let broken = match result {
            Ok(decisions) => match undecided(item, rule, &decisions) {
                None => return self.take(item, decisions),
                Some(fault) => fault,
            },
            Err(fault) => fault,
        };
        self.broken(Some(item), broken);
    }

    /// Takes a rule that could not be run: what it decides is unknown.
    pub(super) fn broken(&mut self, item: Option<&Item>, fault: RuleFault) {
        for target in item.map(Item::targets).unwrap_or_default() {
            self.targets.insert(target.to_owned(), broken_decision(&fault));
        }
        self.faults.push(fault);
    }

    /// Takes what a structural rule returned: one decision for all its clauses, or one for each.
    pub(super) fn clause(&mut self, rule: &Rule, result: RunResult) {
        let decisions = result.and_then(|decisions| match strange_clause(rule, &decisions) {
            None => Ok(decisions),
            Some(fault) => Err(fault),
        });
        let decisions = decisions.unwrap_or_else(|fault| {
            let whole = BTreeMap::from([(String::new(), broken_decision(&fault))]);
            self.faults.push(fault);
            whole
        });
        for clause in &rule.meta.clauses {
            let decision = decisions.get(clause).or_else(|| decisions.get(""));
            self.clauses.extend(decision.map(|decision| ClauseDecision {
                rule: rule.meta.id.clone(),
                severity: rule.meta.severity,
                clause: clause.clone(),
                decision: decision.clone(),
            }));
        }
    }

    fn take(&mut self, item: &Item, mut decisions: BTreeMap<String, Decision>) {
        if item.awards() {
            self.targets.extend(decisions.remove("").map(|decision| (item.id.clone(), decision)));
        }
        for requirement in &item.requirements {
            let decision = decisions.remove(requirement.letter()).unwrap_or_else(|| on_site(requirement));
            self.targets.insert(requirement.id.clone(), decision);
        }
    }
}

/// A rule must decide every target that is not left to people on site, and nothing else.
fn undecided(item: &Item, rule: &Rule, decisions: &BTreeMap<String, Decision>) -> Option<RuleFault> {
    if item.awards() {
        return (!decisions.contains_key("")).then(|| one_thing(rule));
    }
    let owed = item.requirements.iter().filter(|requirement| requirement.decided != Way::OnSite);
    let left = owed.map(Requirement::letter).find(|letter| !decisions.contains_key(*letter));
    let known = |letter: &str| item.requirements.iter().any(|requirement| requirement.letter() == letter);
    let strange = decisions.keys().find(|letter| !known(letter));
    let message = match (left, strange) {
        (Some(left), _) => Text::new(
            format!("规则没有对 {}.{left} 作出结论", item.id),
            format!("the rule decides nothing for {}.{left}", item.id),
        ),
        (None, Some(strange)) => Text::new(
            format!("评价内容 {} 没有评价要求“{strange}”", item.id),
            format!("item {} has no requirement `{strange}`", item.id),
        ),
        (None, None) => return None,
    };
    let help = Text::new(
        "check 返回的映射须逐个字母给出结论",
        "the map `check` returns needs one entry for each letter",
    );
    Some(RuleFault::whole(&rule.meta.id, &rule.file, message, help))
}

/// A structural rule decides all its clauses, and no others.
fn strange_clause(rule: &Rule, decisions: &BTreeMap<String, Decision>) -> Option<RuleFault> {
    if decisions.contains_key("") && decisions.len() == 1 {
        return None;
    }
    let left = rule.meta.clauses.iter().find(|clause| !decisions.contains_key(*clause));
    let strange = decisions.keys().find(|clause| !rule.meta.clauses.contains(clause));
    let clause = left.or(strange)?;
    let message = Text::new(
        format!("META 的 clauses 与 check 的结论不一致：“{clause}”"),
        format!("META.clauses and what `check` decides differ: `{clause}`"),
    );
    let help =
        Text::new("逐条给出结论，或只给一个总的结论", "decide each clause, or make one decision for all");
    Some(RuleFault::whole(&rule.meta.id, &rule.file, message, help))
}

fn one_thing(rule: &Rule) -> RuleFault {
    let message = Text::new("规则应作出一个总的结论", "the rule should make one decision as a whole");
    RuleFault::whole(&rule.meta.id, &rule.file, message, Text::default())
}

fn on_site(requirement: &Requirement) -> Decision {
    Decision::plain(Outcome::Unknown, requirement.why.clone().unwrap_or_default())
}

fn broken_decision(fault: &RuleFault) -> Decision {
    let reason = Text::new(
        format!("规则出错，未能判断：{}", fault.message.zh),
        format!("the rule is broken and could not judge: {}", fault.message.en),
    );
    Decision { broken: true, ..Decision::plain(Outcome::Unknown, reason) }
}
