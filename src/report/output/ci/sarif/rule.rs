//! Rules that have results, each with its texts.

use std::collections::HashMap;

use super::document::{Configuration, Message, Rule, RuleProperties};
use super::level;
use crate::model::catalog::Item;
use crate::model::clause::Clause;
use crate::model::finding::Severity;
use crate::model::finding_kinds;
use crate::model::report::ReportFinding;
use crate::model::text::Lang;
use crate::report::escape;
use crate::report::problem::DATA;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};

/// Rules in the order of their first results.
#[derive(Default)]
pub(super) struct Rules {
    places: HashMap<String, usize>,
    seen: Vec<Seen>,
}

/// A rule that has a result.
struct Seen {
    id: String,
    /// What its first finding is about.
    target: String,
    /// That of its gravest finding.
    severity: Severity,
}

/// What a rule is about, asks for, and how to put right what it finds.
struct Texts {
    title: String,
    /// What the text after it is called.
    label: &'static str,
    about: String,
    remedy: String,
}

impl Rules {
    /// The number of the rule of a finding, from 0.
    pub(super) fn index(&mut self, finding: &ReportFinding) -> usize {
        let next = self.seen.len();
        let place = *self.places.entry(finding.rule.clone()).or_insert(next);
        match self.seen.get_mut(place) {
            Some(seen) => seen.severity = seen.severity.min(finding.severity),
            None => self.seen.push(Seen {
                id: finding.rule.clone(),
                target: finding.target.clone(),
                severity: finding.severity,
            }),
        }
        place
    }

    /// All of them.
    pub(super) fn described(self, titles: Titles<'_>, lang: Lang) -> Vec<Rule> {
        self.seen.into_iter().map(|seen| describe(seen, titles, lang)).collect()
    }
}

fn describe(seen: Seen, titles: Titles<'_>, lang: Lang) -> Rule {
    let texts = texts(&seen, titles, lang);
    let item = titles.catalog.item(&seen.id).map(|item| item.id.clone());
    let is_clause = item.is_none() && !seen.id.starts_with(DATA);
    let clause = is_clause.then(|| words::clause(&seen.target, lang));
    let tag = match (&item, &clause) {
        (Some(_), _) => "score",
        (None, Some(_)) => "structure",
        (None, None) => "data",
    };
    Rule {
        help: help(&texts, lang),
        name: texts.title.clone(),
        full_description: Message::plain(if texts.about.is_empty() {
            texts.title.clone()
        } else {
            texts.about
        }),
        short_description: Message::plain(texts.title),
        id: seen.id,
        default_configuration: Configuration { level: level(seen.severity) },
        properties: RuleProperties {
            item,
            clause,
            tags: [tag],
            severity: match seen.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "recommendation",
            },
        },
    }
}

fn texts(seen: &Seen, titles: Titles<'_>, lang: Lang) -> Texts {
    let of_clause = |clause: &Clause| Texts {
        title: clause.title.get(lang).to_owned(),
        label: pick(lang, "查看", "What is looked at"),
        about: clause.asks.get(lang).to_owned(),
        remedy: clause.fix.get(lang).to_owned(),
    };
    let of_kind = || {
        let kind = finding_kinds::kind(&seen.id)?;
        Some(Texts {
            title: kind.title().get(lang).to_owned(),
            label: pick(lang, "影响", "What follows"),
            about: kind.effect().get(lang).to_owned(),
            remedy: kind.fix().get(lang).to_owned(),
        })
    };
    let clause = || titles.clauses.get(&seen.id).or_else(|| titles.clauses.get(&seen.target)).map(of_clause);
    let item = titles.catalog.item(&seen.id).map(|item| of_item(item, lang));
    let found = item.or_else(of_kind).or_else(clause).filter(|texts| !texts.title.is_empty());
    let (label, about, remedy) = ("", String::new(), String::new());
    found.unwrap_or_else(|| Texts { title: seen.id.clone(), label, about, remedy })
}

/// Of an item with requirements each of these is told.
fn of_item(item: &Item, lang: Lang) -> Texts {
    let line = |id: &str, text: &str| format!("{id} {text}");
    let about = item.requirements.iter().map(|one| line(&one.id, one.title.get(lang)));
    let remedies = item.requirements.iter().filter(|one| !one.fix.get(lang).is_empty());
    let remedies = remedies.map(|one| line(&one.id, one.fix.get(lang)));
    let or =
        |lines: Vec<String>, other: &str| if lines.is_empty() { other.to_owned() } else { lines.join("\n") };
    Texts {
        title: item.title.get(lang).to_owned(),
        label: pick(lang, "要求", "What is asked"),
        about: or(about.collect(), item.evidence.get(lang)),
        remedy: or(remedies.collect(), item.fix.get(lang)),
    }
}

/// What is asked for or follows, and what to do.
fn help(texts: &Texts, lang: Lang) -> Message {
    let parts =
        [(texts.label, texts.about.as_str()), (pick(lang, "整改", "What to do"), texts.remedy.as_str())];
    let parts = || parts.iter().filter(|(_, text)| !text.is_empty());
    if parts().next().is_none() {
        return Message::plain(texts.title.clone());
    }
    let plain = parts().map(|(label, text)| format!("{label}{}\n{text}", pick(lang, "：", ":")));
    let marked = parts().map(|(label, text)| {
        let lines: Vec<_> = text.lines().map(|line| format!("- {}", escape::markdown_line(line))).collect();
        format!("**{label}**\n\n{}", lines.join("\n"))
    });
    let (plain, marked): (Vec<_>, Vec<_>) = (plain.collect(), marked.collect());
    Message { text: plain.join("\n\n"), markdown: Some(marked.join("\n\n")) }
}
