//! The things of a rulebook, in its order.

use serde::Serialize;

use super::super::book::{Rulebook, display_value};
use super::super::matrix::clause_word;
use super::things::{Field, Thing};
use crate::model::catalog::{Item, Requirement, ScoreTable};
use crate::model::clause::Clause;
use crate::model::comparison::Section;
use crate::model::text::Text;
use crate::script::Rule;

/// All things of a rulebook.
pub(super) fn things(book: &Rulebook) -> Vec<Thing> {
    let mut things = vec![marks(book)];
    things.extend(book.policies.iter().map(|(name, policy)| {
        let brief = Text::new(policy.value.clone(), policy.value.clone());
        Thing { brief, ..Thing::named(Section::Policy, name, policy.title.clone()) }.with("", &policy.value)
    }));
    for table in &book.catalog.tables {
        things.push(of_table(table));
        for item in &table.items {
            things.push(of_item(table, item));
            things.extend(item.requirements.iter().map(|one| of_requirement(item, one)));
        }
    }
    for rule in &book.rules {
        things.push(of_rule(book, rule));
        things.push(parameters(book, rule));
    }
    things.extend(book.clauses.list.iter().map(of_clause));
    things
}

/// What an id stands for is called.
pub(super) fn title(book: &Rulebook, id: &str) -> Text {
    let rule = || book.rules.iter().find(|rule| rule.meta.id == id).map(|rule| titled(rule));
    let clause = || book.clauses.get(id).map(|clause| clause.title.clone());
    let policy = || book.policies.get(id).map(|policy| policy.title.clone());
    book.catalog.title(id).cloned().or_else(rule).or_else(clause).or_else(policy).unwrap_or_default()
}

fn marks(book: &Rulebook) -> Thing {
    let full = book.catalog.tables.iter().fold(0, |sum: u32, table| sum.saturating_add(table.declared));
    Thing::named(Section::Marks, "", Text::default())
        .with("full", full)
        .with("pass", book.catalog.pass)
        .with("grades", display_value(&book.catalog.grades))
}

fn of_table(table: &ScoreTable) -> Thing {
    let (points, items) = (table.declared, table.items.len());
    let brief = Text::new(format!("{points} 分，{items} 项"), format!("{points} points, {items} items"));
    let thing = Thing::named(Section::Table, &table.id, table.title.clone());
    Thing { brief, ..thing }
        .with("declared", points)
        .with("minimum", display_if_some(table.minimum.as_ref()))
        .worded("title", table.title.clone())
}

fn of_item(table: &ScoreTable, item: &Item) -> Thing {
    let (points, count) = (item.points, item.requirements.len());
    let brief = if item.awards() {
        Text::new(format!("{points} 分，按档次给分"), format!("{points} points, awarded by bands"))
    } else {
        Text::new(format!("{points} 分，{count} 条要求"), format!("{points} points, {count} requirements"))
    };
    let thing = Thing { brief, ..Thing::named(Section::Item, &item.id, item.title.clone()) };
    thing
        .with("table", &table.id)
        .with("points", points)
        .with("minimum", display_if_some(item.minimum.as_ref()))
        .with("weight", item.weight)
        .worded("title", item.title.clone())
        .worded("evidence", item.evidence.clone())
        .worded("fix", item.fix.clone())
        .with("award", display_value(&item.award))
        .with("decided", display_if_some(item.decided.as_ref()))
}

fn of_requirement(item: &Item, one: &Requirement) -> Thing {
    let deduct = one.deduct;
    let brief = Text::new(format!("扣 {deduct} 分"), format!("deducts {deduct}"));
    let parent = Some((Section::Item, item.id.clone()));
    Thing { brief, parent, ..Thing::named(Section::Requirement, &one.id, one.title.clone()) }
        .with("deduct", deduct)
        .with("nature", display_value(&one.nature))
        .with("decided", display_value(&one.decided))
        .with("superseded_by", one.superseded_by.clone().unwrap_or_default())
        .worded("title", one.title.clone())
        .worded("evidence", one.evidence.clone())
        .worded("fix", one.fix.clone())
        .worded("why", one.why.clone().unwrap_or_default())
        .with("bands", display_value(&one.bands))
        .with("count", display_if_some(one.count.as_ref()))
        .with("severity", display_if_some(one.severity.as_ref()))
        .with("veto", one.veto)
}

fn titled(rule: &Rule) -> Text {
    Text::new(rule.meta.title.clone(), rule.meta.doc.lines().next().unwrap_or_default())
}

fn of_rule(book: &Rulebook, rule: &Rule) -> Thing {
    let id = &rule.meta.id;
    let parent = book.catalog.item(id).map(|item| (Section::Item, item.id.clone()));
    Thing { parent, ..Thing::named(Section::Rule, id, title(book, id)) }
        .worded("title", titled(rule))
        .with("severity", display_if_some(rule.meta.severity.as_ref()))
        .with("clauses", rule.meta.clauses.join(", "))
}

/// The parameters of a rule: told one by one where the rule is in both.
fn parameters(book: &Rulebook, rule: &Rule) -> Thing {
    let id = &rule.meta.id;
    let field = |(name, value): (String, String)| {
        let list = rule.parameter_list(&name).unwrap_or_default();
        let list =
            list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect();
        Field { name, value: Text::new(value.clone(), value), list }
    };
    let fields = rule.parameters().into_iter().map(field).collect();
    let parent = Some((Section::Rule, id.clone()));
    Thing { parent, fields, ..Thing::named(Section::Parameter, id, title(book, id)) }
}

fn of_clause(clause: &Clause) -> Thing {
    Thing::named(Section::Clause, &clause.id, clause.title.clone())
        .worded("title", clause.title.clone())
        .with("force", display_value(&clause.force))
        .with("decided", clause_word(clause.decided))
        .worded("asks", clause.asks.clone())
        .worded("fix", clause.fix.clone())
        .worded("why", clause.why.clone().unwrap_or_default())
        .with("eligibility", clause.eligibility)
        .with("requirements", clause.requirements.join(", "))
}

fn display_if_some(value: Option<&impl Serialize>) -> String {
    value.map(display_value).unwrap_or_default()
}
