//! The structural clauses by chapter, and which of them are not met.

use super::markup::{Markup, anchor};
use super::{Context, outcome};
use crate::model::outcome::Outcome;
use crate::model::report::{ClauseOutcome, Organization};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// The chapter of a clause: `2/10` of `2/10.6.1`.
fn chapter(clause: &str) -> &str {
    clause.find('.').and_then(|end| clause.get(..end)).unwrap_or(clause)
}

/// All clauses.
pub(super) fn write(m: &mut Markup, one: &Organization, context: Context<'_>) {
    m.class("p", "counts", |m| counts(m, &one.structure));
    for clauses in one.structure.chunk_by(|a, b| chapter(&a.clause) == chapter(&b.clause)) {
        let Some(first) = clauses.first() else { continue };
        let fails = clauses.iter().any(|clause| matches!(clause.outcome, Outcome::Unmet | Outcome::Absent));
        let attributes = [("class", "chapter"), ("open", "")];
        m.element("details", attributes.get(..if fails { 2 } else { 1 }).unwrap_or_default(), |m| {
            m.element("summary", &[], |m| {
                m.class("span", "title", |m| {
                    cited(m, chapter(&first.clause));
                    m.text(" ");
                    m.both(title(chapter(&first.clause), context));
                });
                m.class("span", "counts", |m| counts(m, clauses));
            });
            rows(m, clauses, context);
        });
    }
}

fn cited(m: &mut Markup, clause: &str) {
    m.say(&words::clause(clause, Lang::Zh), &words::clause(clause, Lang::En));
}

fn title<'a>(clause: &str, context: Context<'a>) -> &'a Text {
    static NONE: Text = Text { zh: String::new(), en: String::new() };
    context.titles.clauses.get(clause).map_or(&NONE, |clause| &clause.title)
}

/// How many clauses have which outcome.
fn counts(m: &mut Markup, clauses: &[ClauseOutcome]) {
    for each in outcome::OUTCOMES {
        let count = clauses.iter().filter(|clause| clause.outcome == each).count();
        if count > 0 {
            m.class("span", "count", |m| {
                outcome::outcome(m, each);
                m.text(&count.to_string());
            });
        }
    }
}

fn rows(m: &mut Markup, clauses: &[ClauseOutcome], context: Context<'_>) {
    m.class("table", "rows", |m| {
        for clause in clauses {
            let (key, _) = outcome::key(clause.outcome);
            let id = anchor(if clause.rule.is_empty() { &clause.clause } else { &clause.rule });
            m.element("tr", &[("id", &id), ("data-o", key)], |m| {
                m.class("td", "word", |m| outcome::outcome(m, clause.outcome));
                m.element("th", &[("scope", "row")], |m| {
                    m.element("a", &[("class", "id"), ("href", &format!("#{id}"))], |m| {
                        cited(m, &clause.clause);
                    });
                    m.both(title(&clause.clause, context));
                    // Several rules may decide a clause.
                    if clause.rule != clause.clause {
                        m.label("span", "rule-id", &clause.rule);
                    }
                });
                m.class("td", "why", |m| m.both(&clause.reason));
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_stand_in_chapters() {
        assert_eq!(["2/10.6.1", "2/10", "5/4.2", "local"].map(chapter), ["2/10", "2/10", "5/4", "local"]);
    }
}
