//! The lines of the score sheet: what each requirement asks, what it lost and why, where that stands.

use super::evidence::ByTarget;
use crate::model::catalog::{Award, Catalog, Item};
use crate::model::outcome::Outcome;
use crate::model::report::{AwardLine, RequirementLine, ScoreItem};
use crate::model::ruling::{RulingLine, RulingStatus};
use crate::model::text::Lang;
use crate::report::words::{self, pick};

/// A line of the score sheet: a requirement, or an item that awards.
pub(super) struct Line {
    pub(super) asks: String,
    /// Points it may lose; none where the item awards.
    pub(super) deduct: Option<u32>,
    pub(super) reason: String,
    pub(super) evidence: String,
}

/// What lines are made from.
pub(super) struct Source<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) findings: ByTarget<'a>,
    pub(super) lang: Lang,
}

impl Source<'_> {
    /// The title of an item or requirement.
    pub(super) fn title(&self, id: &str) -> &str {
        self.catalog.title(id).map_or("", |title| title.get(self.lang))
    }

    /// The lines of an item.
    pub(super) fn lines(&self, item: &ScoreItem) -> Vec<Line> {
        let mut lines: Vec<Line> = match &item.award {
            Some(award) => vec![self.award(item, award)],
            None => item.requirements.iter().map(|line| self.requirement(line)).collect(),
        };
        if let (Some(whole), Some(first)) = (self.nothing(item), lines.first_mut()) {
            let both = [whole.as_str(), first.reason.as_str()].join("\n");
            both.trim_end().clone_into(&mut first.reason);
        }
        lines
    }

    fn requirement(&self, line: &RequirementLine) -> Line {
        let letter = line.id.rsplit('.').next().unwrap_or_default();
        let met = line.outcome == Outcome::Met && !line.superseded;
        let mut evidence = self.findings.places(&line.id, self.lang);
        evidence.extend(ruled_on(&line.rulings));
        if met && evidence.is_empty() {
            evidence.extend(self.known(line));
        }
        Line {
            asks: format!("{letter}) {}", self.title(&line.id)),
            deduct: Some(line.deduct),
            reason: self.lost(line),
            evidence: evidence.join("\n"),
        }
    }

    /// How it is known that a requirement is met.
    fn known(&self, line: &RequirementLine) -> Option<String> {
        let known = line.assurance.map(|known| words::assurance(known, self.lang));
        let parts = [line.reason.get(self.lang), known.unwrap_or_default()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(pick(self.lang, "；", "; ")))
    }

    /// The value of an item that awards, a level by the word for it.
    fn value<'v>(&'v self, item: &str, value: &'v str) -> &'v str {
        let bands = self.catalog.item(item).map(|item| item.award.as_slice()).unwrap_or_default();
        let level = bands.iter().find(|band| band.level.as_deref() == Some(value));
        match (self.lang, level.and_then(|band| band.words.first())) {
            (Lang::Zh, Some(word)) => word,
            _ => value,
        }
    }

    /// What a requirement lost and why; nothing where it is met.
    fn lost(&self, line: &RequirementLine) -> String {
        let (lang, reason) = (self.lang, line.reason.get(self.lang));
        let possible = line.lost_low.saturating_sub(line.lost_high);
        let head = match (line.outcome, line.lost_high, possible) {
            _ if line.superseded => {
                pick(lang, "已按更重的一条扣分，不重复扣", "covered by the greater deduction").to_owned()
            }
            (Outcome::Met, 0, 0) => return String::new(),
            (Outcome::NotApplicable, ..) => pick(lang, "不适用，不扣分", "not applicable").to_owned(),
            (_, 0, possible) => match lang {
                Lang::Zh => format!("待定，可能扣{possible}分"),
                Lang::En => format!("unknown, may lose {possible}"),
            },
            (_, lost, 0) => match lang {
                Lang::Zh => format!("扣{lost}分"),
                Lang::En => format!("loses {lost}"),
            },
            (_, lost, more) => match lang {
                Lang::Zh => format!("扣{lost}分，可能再扣{more}分"),
                Lang::En => format!("loses {lost}, may lose {more} more"),
            },
        };
        joined(&head, reason, lang)
    }

    fn award(&self, item: &ScoreItem, award: &AwardLine) -> Line {
        let lang = self.lang;
        let mut evidence = self.findings.places(&item.id, lang);
        evidence.extend(ruled_on(&award.rulings));
        let open = award.outcome == Outcome::Unknown;
        let head = if open {
            words::outcome(award.outcome, lang).to_owned()
        } else {
            match (lang, award.value.as_deref().map(|value| self.value(&item.id, value))) {
                (Lang::Zh, Some(value)) => format!("得{}分（{value}）", item.low),
                (Lang::En, Some(value)) => format!("{} points ({value})", item.low),
                (Lang::Zh, None) => format!("得{}分", item.low),
                (Lang::En, None) => format!("{} points", item.low),
            }
        };
        let bands = self.catalog.item(&item.id).map(|item| bands(item, lang)).unwrap_or_default();
        Line {
            asks: bands,
            deduct: None,
            reason: joined(&head, award.reason.get(lang), lang),
            evidence: evidence.join("\n"),
        }
    }

    /// Said where an item has fewer points than its deductions leave: nothing is there of what is owed.
    fn nothing(&self, item: &ScoreItem) -> Option<String> {
        let lost = |of: fn(&RequirementLine) -> u32| {
            let lost = item.requirements.iter().fold(0_u32, |sum, line| sum.saturating_add(of(line)));
            item.points.saturating_sub(lost)
        };
        let (low, high) = (lost(|line| line.lost_low), lost(|line| line.lost_high));
        let clause = words::clause(&self.catalog.owed, self.lang);
        match (item.award.is_none(), item.high < high, item.low < low, self.lang) {
            (true, true, _, Lang::Zh) => Some(format!("应有的全部缺失，整项不得分（{clause}）。")),
            (true, true, _, Lang::En) => Some(format!("Nothing of it is there: no points ({clause}).")),
            (true, false, true, Lang::Zh) => Some(format!("待定的如全部缺失，整项不得分（{clause}）。")),
            (true, false, true, Lang::En) => {
                Some(format!("No points if what is unknown is not there either ({clause})."))
            }
            _ => None,
        }
    }
}

fn joined(head: &str, reason: &str, lang: Lang) -> String {
    match reason {
        "" => format!("{head}{}", pick(lang, "。", ".")),
        reason => format!("{head}{}{reason}", pick(lang, "：", ": ")),
    }
}

/// What the rulings that count rest on.
fn ruled_on(rulings: &[RulingLine]) -> Vec<String> {
    let counted = rulings.iter().filter(|line| line.status == RulingStatus::Counted);
    counted.map(|line| line.evidence.clone()).filter(|evidence| !evidence.is_empty()).collect()
}

/// The bands of an item that awards, in words.
fn bands(item: &Item, lang: Lang) -> String {
    let one = |band: &Award| {
        let level = band.words.first().map_or_else(|| band.level.clone(), |word| Some(word.clone()));
        let reached = match (band.from, level, lang) {
            (Some(from), _, Lang::Zh) => format!("{from}%以上"),
            (Some(from), _, Lang::En) => format!("{from}% or more"),
            (None, _, Lang::En) => band.level.clone().unwrap_or_default(),
            (None, level, Lang::Zh) => level.unwrap_or_default(),
        };
        match lang {
            Lang::Zh => format!("{reached}，{}分", band.points),
            Lang::En => format!("{reached}: {}", band.points),
        }
    };
    item.award.iter().map(one).collect::<Vec<_>>().join(pick(lang, "；", "; "))
}
