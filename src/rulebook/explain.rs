//! What the rulebook has to say about an id: gathered from where each thing is stated, never written again.

use std::sync::Arc;

use super::book::Rulebook;
use super::matrix::{clause_word, decided_word};
use super::testing::Example;
use crate::model::bands;
use crate::model::catalog::{Item, Nature, Requirement};
use crate::model::clause::{self, Clause, Force};
use crate::model::explanation::{Body, Explanation, Part};
use crate::model::policy::Policy;
use crate::model::suggest::closest;
use crate::model::text::Text;
use crate::script::Rule;

fn text(label: (&str, &str), body: Text) -> Option<Part> {
    (!body.is_empty()).then(|| Part { label: Text::new(label.0, label.1), body: Body::Text(body) })
}

fn list(label: (&str, &str), entries: Vec<(Option<String>, Text)>) -> Option<Part> {
    (!entries.is_empty()).then(|| Part { label: Text::new(label.0, label.1), body: Body::List(entries) })
}

impl Rulebook {
    /// Explains a requirement, item, clause, structural rule or policy. `examples` are the tests of its rule.
    pub fn explain(&self, id: &str, examples: &[Example]) -> Option<Explanation> {
        if let Some(requirement) = self.catalog.requirement(id) {
            return Some(self.requirement(requirement, examples));
        }
        if let Some(item) = self.catalog.item(id) {
            return Some(self.item(item, examples));
        }
        if let Some(clause) = self.clauses.get(id) {
            return Some(self.clause(clause, examples));
        }
        if let Some(rule) = self.rules.iter().find(|rule| rule.meta.id == id) {
            return Some(self.structural(rule, examples));
        }
        self.policies.get(id).map(|policy| reading(id, policy))
    }

    /// Every id that can be explained, in the order of the texts.
    pub fn ids(&self) -> Vec<String> {
        let items = self.catalog.items().flat_map(|item| {
            let own = item.requirements.iter().map(|requirement| requirement.id.clone());
            std::iter::once(item.id.clone()).chain(own)
        });
        let clauses = self.clauses.list.iter().map(|clause| clause.id.clone());
        let known: Vec<String> = items.chain(clauses).collect();
        let rules = self.rules.iter().map(|rule| rule.meta.id.clone()).filter(|id| !known.contains(id));
        let rules: Vec<String> = rules.collect();
        known.into_iter().chain(rules).chain(self.policies.keys().cloned()).collect()
    }

    /// The id nearest to a misspelt one.
    pub fn nearest(&self, id: &str) -> Option<String> {
        let ids = self.ids();
        closest(id, ids.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Rules that look at an id: the rule of its item, or those that name the clause.
    pub fn rules_of(&self, id: &str) -> Vec<&Rule> {
        let item = if self.catalog.requirement(id).is_some() {
            id.rsplit_once('.').map(|(item, _)| item)
        } else {
            None
        };
        let looks = |rule: &&Rule| {
            rule.meta.id == id
                || Some(rule.meta.id.as_str()) == item
                || rule.meta.clauses.iter().any(|one| one == id)
        };
        self.rules.iter().map(AsRef::as_ref).filter(looks).collect()
    }

    fn requirement(&self, one: &Requirement, examples: &[Example]) -> Explanation {
        let item = one.id.rsplit_once('.').map(|(item, _)| item).unwrap_or_default();
        let source = self.catalog.item(item).map(|item| self.source(item)).unwrap_or_default();
        let parts = [
            list(("评价内容", "Item"), vec![(Some(item.to_owned()), self.catalog_title(item))]),
            text(("出处", "Source"), source),
            text(("扣分", "Deduction"), deduction(one)),
            text(("判断方式", "How it is decided"), clause::way(decided_word(one.decided))),
            text(("为何只能现场判断", "Why only on site"), one.why.clone().unwrap_or_default()),
            text(("认可的依据", "Evidence accepted"), one.evidence.clone()),
            text(("怎样整改", "What to do"), one.fix.clone()),
            list(("相关条款", "Clauses"), self.clauses_about(&one.id)),
        ];
        let parts = parts
            .into_iter()
            .flatten()
            .chain(self.rule_parts(&one.id))
            .chain(example_parts(one.letter(), examples));
        explanation(&one.id, ("评价要求", "requirement"), &one.title, parts.collect())
    }

    fn item(&self, item: &Item, examples: &[Example]) -> Explanation {
        let requirements =
            item.requirements.iter().map(|one| (Some(one.id.clone()), one.title.clone())).collect();
        let source = self.source(item);
        let parts = [
            text(("出处", "Source"), source),
            text(
                ("分值", "Points"),
                Text::new(format!("{} 分", item.points), format!("{} points", item.points)),
            ),
            list(("评价要求", "Requirements"), requirements),
            list(("得分档", "Bands"), item.award.iter().map(|band| (None, bands::award(band))).collect()),
            text(("认可的依据", "Evidence accepted"), item.evidence.clone()),
            text(("怎样整改", "What to do"), item.fix.clone()),
        ];
        let first = item.requirements.first().map_or("", Requirement::letter);
        let shown = example_parts(first, examples);
        let parts = parts.into_iter().flatten().chain(self.rule_parts(&item.id)).chain(shown);
        explanation(&item.id, ("评价内容", "item"), &item.title, parts.collect())
    }

    fn clause(&self, clause: &Clause, examples: &[Example]) -> Explanation {
        let about = clause.requirements.iter().map(|id| (Some(id.clone()), self.catalog_title(id))).collect();
        let parts = [
            text(("要求程度", "Force"), force(clause.force)),
            text(("判断方式", "How it is decided"), clause::way(clause_word(clause.decided))),
            text(("理由", "Why"), clause.why.clone().unwrap_or_default()),
            text(("看什么", "What is looked at"), clause.asks.clone()),
            text(("怎样整改", "What to do"), clause.fix.clone()),
            list(("相关评价要求", "Requirements of Appendix A"), about),
        ];
        let shown = example_parts(&clause.id, examples);
        let shown = if shown.is_empty() { example_parts("", examples) } else { shown };
        let parts = parts.into_iter().flatten().chain(self.rule_parts(&clause.id)).chain(shown);
        explanation(&clause.id, ("条款", "clause"), &clause.title, parts.collect())
    }

    fn structural(&self, rule: &Rule, examples: &[Example]) -> Explanation {
        let clauses: Vec<&Clause> = rule.meta.clauses.iter().filter_map(|id| self.clauses.get(id)).collect();
        let entry = |clause: &&Clause| (Some(clause.id.clone()), clause.title.clone());
        let about = list(("条款", "Clauses"), clauses.iter().map(entry).collect());
        let strength = clauses.first().and_then(|clause| text(("要求程度", "Force"), force(clause.force)));
        let fix = clauses.first().and_then(|clause| text(("怎样整改", "What to do"), clause.fix.clone()));
        let title = Text::new(rule.meta.title.clone(), rule.meta.doc.clone());
        let parts = about.into_iter().chain(strength).chain(rule_parts(rule)).chain(fix);
        let parts = parts.chain(example_parts("", examples));
        explanation(&rule.meta.id, ("结构规则", "structural rule"), &title, parts.collect())
    }

    /// What should be so of a target by a rule: the title of a structural rule, else that of the requirement or item.
    pub fn title(&self, rule: &str, target: &str) -> Option<Text> {
        let structural = self.rules.iter().find(|one| one.meta.id == rule && !one.meta.clauses.is_empty());
        let own = |rule: &Arc<Rule>| {
            let english = rule.meta.doc.lines().next().unwrap_or_default();
            Text::new(rule.meta.title.clone(), english)
        };
        structural.map(own).or_else(|| self.catalog.title(target).cloned())
    }

    fn catalog_title(&self, id: &str) -> Text {
        self.catalog.title(id).cloned().unwrap_or_default()
    }

    /// What an item is printed in, and its page.
    fn source(&self, item: &Item) -> Text {
        let table = self.catalog.tables.iter().find(|table| table.items.iter().any(|one| one.id == item.id));
        let source = table.map(|table| table.source.clone()).unwrap_or_default();
        match item.page {
            0 => source,
            page => Text::new(format!("{}，第 {page} 页", source.zh), format!("{}, page {page}", source.en)),
        }
    }

    fn clauses_about(&self, requirement: &str) -> Vec<(Option<String>, Text)> {
        let about =
            self.clauses.list.iter().filter(|clause| clause.requirements.iter().any(|id| id == requirement));
        about.map(|clause| (Some(clause.id.clone()), clause.title.clone())).collect()
    }

    fn rule_parts(&self, id: &str) -> Vec<Part> {
        self.rules_of(id).into_iter().flat_map(rule_parts).collect()
    }
}

fn explanation(id: &str, kind: (&str, &str), title: &Text, parts: Vec<Part>) -> Explanation {
    Explanation { id: id.to_owned(), kind: Text::new(kind.0, kind.1), title: title.clone(), parts }
}

fn rule_parts(rule: &Rule) -> Vec<Part> {
    let says = Text::new(rule.meta.title.clone(), rule.meta.doc.clone());
    let parameters = rule.parameters().into_iter().map(|(name, value)| {
        let line = format!("{name} = {value}");
        (None, Text::new(line.clone(), line))
    });
    let file = Text::new(rule.file.clone(), rule.file.clone());
    let parts = [
        text(("规则", "Rule"), says),
        text(("规则文件", "File of the rule"), file),
        list(("参数", "Parameters"), parameters.collect()),
    ];
    parts.into_iter().flatten().collect()
}

fn reading(id: &str, policy: &Policy) -> Explanation {
    let plain = |value: &String| Text::new(value.clone(), value.clone());
    let parts = [
        text(("条款", "Clause"), clause::cited(&policy.clause)),
        text(("现行读法", "Reading in force"), plain(&policy.value)),
        list(("可选读法", "Readings"), policy.values.iter().map(|value| (None, plain(value))).collect()),
        text(("理由", "Why"), policy.why.clone()),
    ];
    explanation(id, ("口径", "policy"), &policy.title, parts.into_iter().flatten().collect())
}

/// A test that shows the requirement met, and one that shows it failing.
fn example_parts(letter: &str, examples: &[Example]) -> Vec<Part> {
    let has_outcome = |example: &&Example| example.outcome(letter).is_some();
    // A measured outcome is full at `=100` of a percentage and at `=0` missing.
    let full = |outcome: &str| matches!(outcome, "met" | "=100" | "=0" | "=national" | "=significant");
    let short =
        |outcome: &str| matches!(outcome, "unmet" | "absent") || (outcome.starts_with('=') && !full(outcome));
    let good = |example: &&Example| example.outcome(letter).is_some_and(full);
    let bad = |example: &&Example| example.outcome(letter).is_some_and(short);
    let right = examples.iter().filter(has_outcome).find(good);
    let length = |example: &&Example| example.tables.iter().map(|(_, csv)| csv.len()).sum::<usize>();
    let wrong = examples.iter().filter(has_outcome).filter(bad).max_by_key(length);
    let part = |label: (&str, &str), example: &Example| Part {
        label: Text::new(label.0, label.1),
        body: Body::Data(example.tables.clone()),
    };
    let right = right.map(|example| part(("符合的数据", "Data that is right"), example));
    let wrong = wrong.map(|example| part(("不符合的数据", "Data that is wrong"), example));
    right.into_iter().chain(wrong).filter(|part| part.body != Body::Data(Vec::new())).collect()
}

fn deduction(one: &Requirement) -> Text {
    let nature = match one.nature {
        Nature::Missing => ("缺少时", "deducted when it is missing"),
        Nature::FallingShort => ("未达到时", "deducted when it falls short"),
    };
    let first =
        Text::new(format!("{}扣{}分", nature.0, one.deduct), format!("{} points, {}", one.deduct, nature.1));
    one.count
        .iter()
        .map(bands::count)
        .chain(one.bands.iter().map(bands::loss))
        .fold(first, |text, next| text.and(&next))
}

fn force(force: Force) -> Text {
    match force {
        Force::Shall => Text::new("应（必须做到）", "shall"),
        Force::Should => Text::new("宜（建议）", "should"),
        Force::Informative => Text::new("说明性", "informative"),
    }
}
