//! The clause matrix: every clause of both parts and every requirement, with the rules that look at it.

use super::book::Rulebook;
use super::testing::RuleTests;
use crate::model::catalog::{Decided, Requirement};
use crate::model::clause::{Clause, ClauseDecided, Force};
use crate::model::explanation::MatrixRow;

impl Rulebook {
    /// One row for each clause, then one for each requirement and banded item of Appendix A.
    pub fn matrix(&self, tests: &[RuleTests]) -> Vec<MatrixRow> {
        let clauses = self.clauses.list.iter().map(|clause| self.clause_row(clause, tests));
        let items = self.catalog.items();
        let requirements = items.flat_map(|item| {
            let banded = item.awards().then(|| MatrixRow {
                clause: item.id.clone(),
                title: item.title.clone(),
                force: String::new(),
                decided: item.decided.map(decided_word).unwrap_or_default().to_owned(),
                rules: vec![item.id.clone()],
                requirements: Vec::new(),
                tests: self.tests_of(&item.id, tests),
                fixtures: self.fixtures_of(&[&item.id]),
                why: crate::model::text::Text::default(),
            });
            let lines = item.requirements.iter().map(|one| self.requirement_row(&item.id, one, tests));
            banded.into_iter().chain(lines).collect::<Vec<_>>()
        });
        clauses.chain(requirements).collect()
    }

    fn clause_row(&self, clause: &Clause, tests: &[RuleTests]) -> MatrixRow {
        MatrixRow {
            clause: clause.id.clone(),
            title: clause.title.clone(),
            force: force_word(clause.force).to_owned(),
            decided: clause_word(clause.decided).to_owned(),
            rules: self.rules_of(&clause.id).iter().map(|rule| rule.meta.id.clone()).collect(),
            requirements: clause.requirements.clone(),
            tests: self.tests_of(&clause.id, tests),
            fixtures: self.fixtures_of(
                &self.rules_of(&clause.id).iter().map(|rule| rule.meta.id.as_str()).collect::<Vec<_>>(),
            ),
            why: clause.why.clone().unwrap_or_default(),
        }
    }

    fn requirement_row(&self, item: &str, one: &Requirement, tests: &[RuleTests]) -> MatrixRow {
        let looks = one.decided != Decided::OnSite;
        let about = self.clauses.list.iter().filter(|clause| clause.requirements.contains(&one.id));
        MatrixRow {
            clause: one.id.clone(),
            title: one.title.clone(),
            force: String::new(),
            decided: decided_word(one.decided).to_owned(),
            rules: if looks { vec![item.to_owned()] } else { Vec::new() },
            requirements: about.map(|clause| clause.id.clone()).collect(),
            tests: self.tests_of(&one.id, tests),
            fixtures: self.fixtures_of(&[&one.id]),
            why: one.why.clone().unwrap_or_default(),
        }
    }

    /// Fixtures that exercise any of these requirements, banded items or structural rules.
    fn fixtures_of(&self, ids: &[&str]) -> Vec<String> {
        let lines = self.fixtures.lines().filter_map(|line| line.split_once(','));
        let exercising =
            lines.filter(|(id, _)| ids.contains(id)).flat_map(|(_, names)| names.split_whitespace());
        let mut names: Vec<String> = exercising.map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }

    /// How many tests say something about an id.
    fn tests_of(&self, id: &str, tests: &[RuleTests]) -> usize {
        let letter = self.catalog.requirement(id).map_or(id, Requirement::letter);
        let rules = self.rules_of(id);
        let own =
            tests.iter().filter(|of_rule| rules.iter().any(|rule| rule.meta.id == of_rule.rule.meta.id));
        let examples = own.flat_map(RuleTests::examples);
        examples.filter(|one| one.outcome(letter).or_else(|| one.outcome("")).is_some()).count()
    }
}

fn force_word(force: Force) -> &'static str {
    match force {
        Force::Shall => "shall",
        Force::Should => "should",
        Force::Informative => "informative",
    }
}

pub(super) const fn clause_word(way: ClauseDecided) -> &'static str {
    match way {
        ClauseDecided::Data => "data",
        ClauseDecided::DataOrOnSite => "data-or-on-site",
        ClauseDecided::OnSite => "on-site",
        ClauseDecided::Informative => "informative",
    }
}

pub(super) const fn decided_word(way: Decided) -> &'static str {
    match way {
        Decided::Data => "data",
        Decided::DataOrOnSite => "data-or-on-site",
        Decided::OnSite => "on-site",
    }
}
