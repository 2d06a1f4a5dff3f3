//! What differs in one organization, as lists.

use std::collections::BTreeMap;

use super::listing::Listing;
use super::vocabulary::{both, causes, nothing, range, same, short};
use crate::model::assurance::Assurance;
use crate::model::finding::Severity;
use crate::model::outcome::Outcome;
use crate::model::report::{BaseScore, Range, Score};
use crate::model::report_diff::{
    Change, Changed, DecisionState, FindingEntry, ItemDiff, ItemState, OrganizationDiff, RequirementDiff,
    RequirementState, RulingChange, TableState,
};
use crate::model::ruling::RulingLine;
use crate::model::text::{Lang, Text};
use crate::report::finding::by_number;
use crate::report::{place, words};

/// Titles by ids.
pub(in crate::report) type Titles = BTreeMap<String, Text>;

/// Everything that differs in an organization.
pub(in crate::report) fn listings(one: &OrganizationDiff, titles: &Titles) -> Vec<Listing> {
    [facts(one), points(one, titles), findings(one), rulings(one)].into_iter().flatten().collect()
}

/// What is said of it as a whole.
pub(in crate::report) fn facts(one: &OrganizationDiff) -> Option<Listing> {
    let heads = [("项目", "What"), ("原", "Old"), ("现", "New")];
    let mut list = Listing::new(("总体", "As a whole"), &heads);
    let mut fact = |zh: &str, en: &str, was: Text, now: Text| {
        if was != now {
            list.rows.push(vec![Text::new(zh, en), was, now]);
        }
    };
    for (change, zh, en) in
        [(&one.named, "名称", "name"), (&one.level, "级别", "level"), (&one.parent, "上级单位", "parent")]
    {
        let [was, now] = sides(change.as_ref(), |text| same(text));
        fact(zh, en, was, now);
    }
    let [was, now] = sides(one.data.as_ref(), |digest| same(&short(digest)));
    fact("申报材料摘要", "digest of the submission", was, now);
    let [was, now] =
        sides(one.verdict.as_ref(), |verdict| both(|lang| words::verdict(*verdict, lang).to_owned()));
    fact("结论", "verdict", was, now);
    let [was, now] =
        sides(one.eligibility.as_ref(), |status| both(|lang| words::eligibility(*status, lang).to_owned()));
    fact("申请条件", "eligibility", was, now);
    for (zh, en, of) in SCORE {
        let [was, now] = sides(one.score.as_ref(), of);
        fact(zh, en, was, now);
    }
    for how in Assurance::ALL {
        let [was, now] = sides(one.score.as_ref(), |score| same(&score.by_assurance.of(how).to_string()));
        let word = |lang| words::assurance(how, lang);
        fact(
            &format!("确定得分中{}的", word(Lang::Zh)),
            &format!("of the low end, {}", word(Lang::En)),
            was,
            now,
        );
    }
    let of: fn(&BaseScore) -> Text = |base| {
        let score = range(Range { low: base.score.low, high: base.score.high });
        both(|lang| format!("{} {} {}", base.pack, score.get(lang), words::verdict(base.verdict, lang)))
    };
    let [was, now] = sides(one.base.as_ref(), of);
    fact("国家标准得分", "score by the lowest pack", was, now);
    list.filled()
}

/// Parts of a score, each with what it is called.
type Part = (&'static str, &'static str, fn(&Score) -> Text);

const SCORE: [Part; 5] = [
    ("得分", "score", |score| range(Range { low: score.low, high: score.high })),
    ("满分", "full mark", |score| same(&score.full.to_string())),
    ("合格线", "pass mark", |score| same(&score.pass.to_string())),
    ("裁定前得分", "score before rulings", |score| range(score.before_rulings)),
    ("按佐证材料两种口径的得分", "score by both readings of evidence", |score| {
        score.by_evidence.map_or_else(nothing, |by| {
            let (claims, files) = (range(by.claims), range(by.files));
            both(|lang| format!("{} / {}", claims.get(lang), files.get(lang)))
        })
    }),
];

/// Both sides of a change in words; nothing where there is none.
fn sides<T>(change: Option<&Change<T>>, word: impl Fn(&T) -> Text) -> [Text; 2] {
    let Some(change) = change else { return [Text::default(), Text::default()] };
    [&change.was, &change.now].map(|side| side.as_ref().map_or_else(nothing, &word))
}

/// Tables, items, requirements, clauses and conditions.
pub(in crate::report) fn points(one: &OrganizationDiff, titles: &Titles) -> Option<Listing> {
    let heads = [("编号", "Id"), ("原", "Old"), ("现", "New"), ("原因", "Why"), ("内容", "What")];
    let mut list = Listing::new(("得分和判定", "Points and outcomes"), &heads);
    let title = |id: &str| titles.get(id).cloned().unwrap_or_default();
    let mut rows: Vec<(&str, Vec<Text>)> = Vec::new();
    for table in &one.tables {
        let word = |state: &TableState| {
            let points = range(Range { low: state.low, high: state.high });
            both(|lang| format!("{}/{}", points.get(lang), state.declared))
        };
        let [was, now] = [&table.was, &table.now].map(|side| side.as_ref().map_or_else(nothing, word));
        rows.push((&table.id, vec![same(&table.id), was, now, Text::default(), title(&table.id)]));
    }
    for item in &one.items {
        let [was, now] = item_sides(item);
        rows.push((&item.id, vec![same(&item.id), was, now, why(item.causes.as_deref()), title(&item.id)]));
    }
    rows.extend(one.requirements.iter().map(|line| (line.id.as_str(), requirement(line, title(&line.id)))));
    rows.sort_by(|a, b| by_number(a.0, b.0));
    list.rows = rows.into_iter().map(|(_, row)| row).collect();
    for clause in one.conditions.iter().chain(&one.clauses) {
        let [was, now] = outcome_sides(clause);
        let id = both(|lang| words::clause(&clause.id, lang));
        list.rows.push(vec![id, was, now, Text::default(), title(&clause.id)]);
    }
    list.filled()
}

fn why(found: Option<&[crate::model::report_diff::Cause]>) -> Text {
    found.map_or_else(Text::default, causes)
}

fn outcome_sides(change: &Changed<Outcome>) -> [Text; 2] {
    let word = |outcome: &Outcome| both(|lang| words::outcome(*outcome, lang).to_owned());
    [&change.was, &change.now].map(|side| side.as_ref().map_or_else(nothing, word))
}

fn item_sides(item: &ItemDiff) -> [Text; 2] {
    let word = |state: &ItemState, other: Option<&ItemState>| {
        let points = range(Range { low: state.low, high: state.high });
        both(|lang| {
            let mut parts = vec![format!("{}/{}", points.get(lang), state.points)];
            if let Some(award) = &state.award {
                parts.push(decision(award, other.and_then(|other| other.award.as_ref()), lang));
            }
            if other.is_some_and(|other| other.self_score != state.self_score) {
                let own = state.self_score.as_deref().unwrap_or(words::pick(lang, "无", "none"));
                parts.push(format!("{} {own}", words::pick(lang, "自评", "self-score")));
            }
            parts.join(words::pick(lang, "，", ", "))
        })
    };
    states(item.was.as_ref(), item.now.as_ref(), word)
}

/// Both sides in words, each of which knows the other.
fn states<T>(was: Option<&T>, now: Option<&T>, word: impl Fn(&T, Option<&T>) -> Text) -> [Text; 2] {
    let one = |side: Option<&T>, other: Option<&T>| side.map_or_else(nothing, |state| word(state, other));
    [one(was, now), one(now, was)]
}

fn requirement(line: &RequirementDiff, title: Text) -> Vec<Text> {
    let word = |state: &RequirementState, other: Option<&RequirementState>| {
        both(|lang| {
            let decided = decision(&state.decision, other.map(|other| &other.decision), lang);
            let mut parts = vec![format!("{decided} {}", words::loss(state.lost_high, state.lost_low, lang))];
            if other.is_some_and(|other| other.deduct != state.deduct) {
                parts.push(format!("{} {}", words::pick(lang, "应扣", "worth"), state.deduct));
            }
            if state.superseded && other.is_none_or(|other| !other.superseded) {
                parts.push(words::pick(lang, "并入较大的扣分", "superseded").to_owned());
            }
            parts.join(words::pick(lang, "，", ", "))
        })
    };
    let [was, now] = states(line.was.as_ref(), line.now.as_ref(), word);
    vec![same(&line.id), was, now, why(line.causes.as_deref()), title]
}

/// How something was decided: the outcome, and what differs from the other side beside it.
fn decision(state: &DecisionState, other: Option<&DecisionState>, lang: Lang) -> String {
    let outcome = words::outcome(state.outcome, lang);
    let mut more = Vec::new();
    more.extend(state.value.clone());
    if let Some(other) = other {
        if other.source != state.source {
            more.push(words::decider(state.source, lang).to_owned());
        }
        if other.assurance != state.assurance {
            let word = state.assurance.map(|how| words::assurance(how, lang).to_owned());
            more.extend(word);
        }
        if let (true, Some(found)) = (other.overturned != state.overturned, state.overturned) {
            let found = words::outcome(found, lang);
            more.push(match lang {
                Lang::Zh => format!("规则判定为{found}"),
                Lang::En => format!("the rule found {found}"),
            });
        }
    }
    let list = more.join(words::pick(lang, "，", ", "));
    match (more.is_empty(), lang) {
        (true, _) => outcome.to_owned(),
        (false, Lang::Zh) => format!("{outcome}（{list}）"),
        (false, Lang::En) => format!("{outcome} ({list})"),
    }
}

/// Findings new, gone and changed.
pub(in crate::report) fn findings(one: &OrganizationDiff) -> Option<Listing> {
    let heads =
        [("变化", "Change"), ("程度", "Severity"), ("规则", "Rule"), ("处数", "Places"), ("问题", "Finding")];
    let mut list = Listing::new(("问题", "Findings"), &heads);
    let lists =
        [(&one.findings_new, Text::new("新增", "new")), (&one.findings_gone, Text::new("消除", "gone"))];
    for (entries, word) in lists {
        list.rows.extend(entries.iter().map(|entry| finding(entry, word.clone())));
    }
    for change in &one.findings_changed {
        let (was, now) = (&change.was, &change.now);
        let arrow = |was: &Text, now: &Text| {
            if was == now {
                now.clone()
            } else {
                both(|lang| format!("{} → {}", was.get(lang), now.get(lang)))
            }
        };
        let total = |total: usize| same(&total.to_string());
        list.rows.push(vec![
            Text::new("改变", "changed"),
            arrow(&severity(was.severity), &severity(now.severity)),
            rule(&change.rule),
            arrow(&total(was.total), &total(now.total)),
            arrow(&was.message, &now.message),
        ]);
    }
    list.filled()
}

fn severity(severity: Severity) -> Text {
    both(|lang| words::severity(severity, lang).to_owned())
}

fn rule(id: &str) -> Text {
    both(|lang| words::clause(id, lang))
}

fn finding(entry: &FindingEntry, word: Text) -> Vec<Text> {
    let said = both(|lang| {
        let at = entry.place.as_ref().map(|at| place::name(at, lang)).unwrap_or_default();
        match (at.as_str(), lang) {
            ("", _) => entry.state.message.get(lang).to_owned(),
            (at, Lang::Zh) => format!("{}（{at}）", entry.state.message.zh),
            (at, Lang::En) => format!("{} ({at})", entry.state.message.en),
        }
    });
    vec![word, severity(entry.state.severity), rule(&entry.rule), same(&entry.state.total.to_string()), said]
}

/// Rulings that differ.
pub(in crate::report) fn rulings(one: &OrganizationDiff) -> Option<Listing> {
    let heads = [("评价要求", "On"), ("裁定人", "By"), ("原", "Old"), ("现", "New")];
    let mut list = Listing::new(("裁定", "Rulings"), &heads);
    list.rows = one.rulings.iter().map(ruling).collect();
    list.filled()
}

fn ruling(change: &RulingChange) -> Vec<Text> {
    let [was, now] = states(change.was.as_ref(), change.now.as_ref(), |line, _| ruled(line));
    vec![same(&change.target), same(&change.by), was, now]
}

/// What a ruling says.
fn ruled(line: &RulingLine) -> Text {
    both(|lang| {
        let word = match (line.ruling.as_str(), &line.value) {
            ("met", _) => words::outcome(Outcome::Met, lang).to_owned(),
            ("unmet", _) => words::outcome(Outcome::Unmet, lang).to_owned(),
            ("absent", _) => words::outcome(Outcome::Absent, lang).to_owned(),
            ("not-applicable", _) => words::outcome(Outcome::NotApplicable, lang).to_owned(),
            (_, Some(value)) => value.clone(),
            (other, None) => other.to_owned(),
        };
        let expires = line.expires.as_ref().map(|day| match lang {
            Lang::Zh => format!("有效期至{day}"),
            Lang::En => format!("holds until {day}"),
        });
        let status = words::ruling_status(line.status, lang).to_owned();
        let parts = [
            Some(word),
            Some(line.date.clone()),
            expires,
            Some(status),
            Some(line.reason.clone()),
            Some(line.evidence.clone()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join(words::pick(lang, "，", ", "))
    })
}
