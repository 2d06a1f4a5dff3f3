//! The score by the lowest pack alone beside the one by all packs: the national score beside the local one.

use std::sync::Arc;

use super::session::Session;
use crate::engine::{Decided, Engine};
use crate::model::catalog::Item;
use crate::model::report::{BaseScore, PointsByEvidence, Range, Score};
use crate::model::ruling::Ruling;
use crate::rulebook::Rulebook;
use crate::score::{RulingContext, ScorePolicies, Scored, apply_rulings, by_evidence, score};
use crate::script::{Circumstance, Layer, Loaded, Rule, RuleContext};

/// What the score by the lowest pack needs besides its rulebook.
pub struct LowestPack {
    /// The circumstances its rules see.
    pub around: Arc<RuleContext>,
    /// Its readings.
    pub policies: ScorePolicies,
    /// Its rules whose decisions cannot be taken over from the run with all packs.
    rules: Vec<Arc<Rule>>,
}

impl LowestPack {
    /// Of `base`, which lies below `book`.
    pub fn new(book: &Rulebook, base: &Rulebook, around: Arc<RuleContext>, policies: ScorePolicies) -> Self {
        let same = Sameness {
            book,
            readings: book.readings() == base.readings(),
            ids: book.catalog.ids() == base.catalog.ids(),
            words: book.lexicon == base.lexicon,
        };
        let own = base.rules.iter().filter(|rule| {
            base.catalog.item(&rule.meta.id).is_some_and(|item| !same.decides_alike(rule, item))
        });
        Self { around, policies, rules: own.cloned().collect() }
    }

    /// What its rules decide of a submission of which the rules of all packs decided `decided`.
    pub fn decide(&self, session: &Session, base: &Rulebook, loaded: &Loaded, decided: &Decided) -> Decided {
        let engine = Engine {
            rules: &self.rules,
            broken: &base.broken,
            libraries: &base.libraries,
            catalog: &base.catalog,
            around: &self.around,
            interpret: session.interpret,
            stop: session.stop.flag(),
            without: &session.without,
            layer: Layer::Lowest,
        };
        let mut own = engine.run(loaded);
        for (target, decision) in &decided.targets {
            own.targets.entry(target.clone()).or_insert_with(|| decision.clone());
        }
        own
    }

    /// The score by what it decided, with rulings; what it is without them, where that is known.
    pub fn score(
        &self,
        base: &Rulebook,
        decided: &Decided,
        (rulings, before): (&[Ruling], Option<Range>),
        context: &RulingContext<'_>,
    ) -> BaseScore {
        let context = RulingContext { policies: self.policies, ..*context };
        let scored = |rulings: &[Ruling]| {
            let ruled = apply_rulings(&base.catalog, &decided.targets, rulings, &context);
            score(&base.catalog, self.policies, &ruled.judged, base.catalog.pass)
        };
        let after = scored(rulings);
        let before = before.unwrap_or_else(|| match rulings {
            [] => range(&after),
            _ => range(&scored(&[])),
        });
        let by_evidence = by_evidence(&base.catalog, &decided.targets, rulings, &context, &after);
        let pack = base.packs.first();
        BaseScore {
            pack: pack.map(|pack| pack.id.clone()).unwrap_or_default(),
            title: pack.map(|pack| pack.title.clone()).unwrap_or_default(),
            score: to_score(&after, before, by_evidence),
            verdict: after.verdict,
        }
    }
}

/// From the least to the most an organization may have.
pub(super) fn range(scored: &Scored) -> Range {
    Range { low: scored.low, high: scored.high }
}

/// A score as reports have it.
pub(super) fn to_score(scored: &Scored, before: Range, by_evidence: PointsByEvidence) -> Score {
    Score {
        low: scored.low,
        high: scored.high,
        full: scored.full,
        pass: scored.pass,
        before_rulings: before,
        by_assurance: scored.by_assurance,
        by_evidence: Some(by_evidence),
    }
}

/// What is the same with all packs as with the lowest alone.
struct Sameness<'b> {
    book: &'b Rulebook,
    readings: bool,
    ids: bool,
    words: bool,
}

impl Sameness<'_> {
    /// Whether the rule decides the item alike in both, whatever the data.
    fn decides_alike(&self, rule: &Arc<Rule>, item: &Item) -> bool {
        self.book.rules.iter().any(|other| Arc::ptr_eq(rule, other))
            && self.book.catalog.item(&item.id).is_some_and(|other| alike(item, other))
            && (self.readings || !self.asks(rule, Circumstance::Reading))
            && (self.ids || !self.asks(rule, Circumstance::Ids))
            && (self.words || !self.asks(rule, Circumstance::Titles))
    }

    /// Whether the rule, or a library it may use, calls a function that reads this.
    fn asks(&self, rule: &Rule, what: Circumstance) -> bool {
        let words = what.functions();
        let has = |text: &str| words.iter().any(|word| text.contains(word));
        has(&rule.source) || (rule.source.contains("import") && self.book.libraries_have(has))
    }
}

/// Whether a rule has to decide the same about both.
fn alike(one: &Item, other: &Item) -> bool {
    let owed =
        |item: &Item| item.requirements.iter().map(|one| (one.id.clone(), one.decided)).collect::<Vec<_>>();
    one.awards() == other.awards() && owed(one) == owed(other)
}
