//! Which requirements the tests of rules look at from both sides.

use std::collections::BTreeSet;

use crate::assessment::session::Session;
use crate::model::catalog::{Decided, Requirement};
use crate::model::coverage::{Coverage, Gap, GapKind};
use crate::rulebook::RuleTests;

/// Counts the requirements of the rules, and puts what is missing before the gaps there are.
pub(super) fn requirements(session: &Session, tests: &[RuleTests], coverage: &mut Coverage) {
    let mut gaps = Vec::new();
    for of_rule in tests {
        for (letter, measured) in letters(session, of_rule) {
            let found = gap_of(&outcomes(of_rule, &letter), measured);
            coverage.requirements.count(found.is_empty());
            let gap = |kind| Gap { file: of_rule.file.clone(), line: None, kind, text: letter.clone() };
            gaps.extend(found.into_iter().map(gap));
        }
    }
    gaps.append(&mut coverage.gaps);
    coverage.gaps = gaps;
}

/// The letters a rule decides, and whether a value is measured under them. A structural rule decides its clause.
fn letters(session: &Session, of_rule: &RuleTests) -> Vec<(String, bool)> {
    let meta = &of_rule.rule.meta;
    if let Some(item) = session.book.catalog.item(&meta.id) {
        if item.awards() {
            return vec![(String::new(), true)];
        }
        let measured = |one: &Requirement| one.count.is_some() || !one.bands.is_empty();
        let own = item.requirements.iter().filter(|one| one.decided != Decided::OnSite);
        return own.map(|one| (one.letter().to_owned(), measured(one))).collect();
    }
    let by_clause = meta.clauses.len() > 1;
    let clauses = meta.clauses.iter().map(|clause| (clause.clone(), false));
    if by_clause && of_rule.examples().iter().any(|one| one.outcome("").is_none()) {
        return clauses.collect();
    }
    vec![(String::new(), false)]
}

/// Outcomes that tests expect under a letter; what is not known says nothing.
fn outcomes(of_rule: &RuleTests, letter: &str) -> BTreeSet<String> {
    let expected = of_rule.examples();
    let known = expected.iter().filter_map(|one| one.outcome(letter)).filter(|word| *word != "unknown");
    known.map(str::to_owned).collect()
}

fn gap_of(outcomes: &BTreeSet<String>, measured: bool) -> Vec<GapKind> {
    if measured {
        return if outcomes.len() < 2 { vec![GapKind::OneValue] } else { Vec::new() };
    }
    let met = outcomes.contains("met");
    let failed = outcomes.iter().any(|word| word != "met");
    let kinds = [(met, GapKind::NeverMet), (failed, GapKind::NeverFailed)];
    kinds.into_iter().filter(|(is, _)| !is).map(|(_, kind)| kind).collect()
}
