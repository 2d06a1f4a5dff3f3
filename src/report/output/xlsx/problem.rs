//! What is to be put right, made of the findings of an organization, and how it stands since last time.

use super::evidence::places;
use crate::model::finding::{Location, Severity};
use crate::model::last_list::{LastProblem, key};
use crate::model::report::{Organization, ReportFinding, ScoreItem};
use crate::model::text::Lang;
use crate::report::words::{self, pick};

/// One thing to be put right, or that was.
pub(in crate::report::output) struct Problem<'a> {
    /// Its number in the list, from 1.
    pub(in crate::report::output) number: u32,
    pub(in crate::report::output) one: &'a Organization,
    /// What was found; nothing where it was not found again.
    finding: Option<&'a ReportFinding>,
    /// Points lost by it, in words.
    pub(in crate::report::output) lost: String,
    /// Its line in the list of last time.
    pub(in crate::report::output) last: Option<&'a LastProblem>,
    /// How it stands since; nothing where there is no list of last time.
    pub(in crate::report::output) standing: Option<Standing>,
}

/// How a problem stands since last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::output) enum Standing {
    /// It was not in the list.
    New,
    /// It was, and is there still.
    Open,
    /// It had been put right, and is there again.
    Again,
    /// It was in the list and is gone.
    Closed,
}

impl Standing {
    /// All of them, in the order in which they are counted.
    pub(in crate::report::output) const ALL: [Self; 4] = [Self::New, Self::Open, Self::Again, Self::Closed];

    /// In words.
    pub(in crate::report::output) const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::New => pick(lang, "新增", "new"),
            Self::Open => pick(lang, "未整改", "still open"),
            Self::Again => pick(lang, "再次出现", "again"),
            Self::Closed => pick(lang, "已整改", "closed"),
        }
    }
}

/// What begins the rules that look at the data itself.
const DATA: &str = "data.";

/// Everything that is to be put right, in the order of the report, and after it what was last time and no longer is; what is
/// only worth knowing is left out.
pub(in crate::report::output) fn problems(one: &Organization, lang: Lang) -> Vec<Problem<'_>> {
    let found: Vec<(&ReportFinding, String)> = one
        .findings
        .iter()
        .filter_map(|finding| {
            let lost = lost(one, &finding.target, lang);
            (finding.severity != Severity::Advice || lost.is_some())
                .then(|| (finding, lost.unwrap_or_default()))
        })
        .collect();
    let lines = one.last_list.as_deref().unwrap_or_default();
    let matched = matched(&found.iter().map(|(finding, _)| *finding).collect::<Vec<_>>(), lines);
    let gone =
        lines.iter().enumerate().filter(|(at, line)| !matched.contains(&Some(*at)) && !line.is_closed());
    let gone = gone.map(|(_, line)| (None, String::new(), Some(line)));
    let here = found
        .iter()
        .zip(&matched)
        .map(|((finding, lost), at)| (Some(*finding), lost.clone(), at.and_then(|at| lines.get(at))));
    let carried = one.last_list.is_some();
    (1..)
        .zip(here.chain(gone))
        .map(|(number, (finding, lost, last))| {
            let standing = carried.then(|| standing(finding, last));
            Problem { number, one, finding, lost, last, standing }
        })
        .collect()
}

fn standing(finding: Option<&ReportFinding>, last: Option<&LastProblem>) -> Standing {
    match (finding, last) {
        (None, _) => Standing::Closed,
        (Some(_), None) => Standing::New,
        (Some(_), Some(last)) if last.is_closed() => Standing::Again,
        (Some(_), Some(_)) => Standing::Open,
    }
}

/// For each finding the place of its line in the list of last time: the one of its fingerprint, else, where some of the
/// rows it names changed meanwhile, the first one left of the same rule about the same thing.
fn matched(found: &[&ReportFinding], lines: &[LastProblem]) -> Vec<Option<usize>> {
    let exact =
        |finding: &&ReportFinding| lines.iter().position(|line| line.fingerprint == finding.fingerprint);
    let mut matched: Vec<Option<usize>> = found.iter().map(exact).collect();
    for (at, finding) in found.iter().enumerate() {
        if matched.get(at).is_some_and(Option::is_some) {
            continue;
        }
        let alike = |line: &LastProblem| line.rule == finding.rule && line.target == finding.target;
        let free =
            lines.iter().enumerate().find(|(place, line)| alike(line) && !matched.contains(&Some(*place)));
        if let (Some(slot), Some((place, _))) = (matched.get_mut(at), free) {
            *slot = Some(place);
        }
    }
    matched
}

impl<'a> Problem<'a> {
    /// What is wrong.
    pub(in crate::report::output) fn message(&self, lang: Lang) -> &'a str {
        let last = || self.last.map_or("", |last| last.problem.as_str());
        self.finding.map_or_else(last, |finding| finding.message.get(lang))
    }

    /// What to do about it, as proposed here.
    pub(in crate::report::output) fn help(&self, lang: Lang) -> &'a str {
        self.finding.map_or("", |finding| finding.help.get(lang))
    }

    /// Id of the clause or requirement that it is against; empty where it was not found again.
    pub(in crate::report::output) fn target(&self) -> &'a str {
        self.finding.map_or("", |finding| finding.target.as_str())
    }

    /// The clause or requirement that it is against, in words.
    pub(in crate::report::output) fn clause(&self, lang: Lang) -> String {
        let Some(finding) = self.finding else {
            return self.last.map(|last| last.clause.clone()).unwrap_or_default();
        };
        if finding.rule.starts_with(DATA) {
            return pick(lang, "数据填报", "the data itself").to_owned();
        }
        words::clause(&finding.target, lang)
    }

    /// The places that are named of it.
    pub(in crate::report::output) fn locations(&self) -> &'a [Location] {
        self.finding.map_or(&[], |finding| &finding.locations)
    }

    /// Places in all.
    pub(in crate::report::output) fn total(&self) -> usize {
        self.finding.map_or(0, |finding| finding.total)
    }

    /// Where it stands.
    pub(in crate::report::output) fn places(&self, lang: Lang) -> String {
        places(self.locations(), self.total(), lang)
    }

    /// By what its line is known next time.
    pub(in crate::report::output) fn key(&self) -> String {
        let id = &self.one.id;
        let last =
            || self.last.map(|last| key(id, &last.fingerprint, &last.rule, &last.target)).unwrap_or_default();
        self.finding
            .map_or_else(last, |finding| key(id, &finding.fingerprint, &finding.rule, &finding.target))
    }

    /// Whether it is there.
    pub(in crate::report::output) fn is_found(&self) -> bool {
        self.finding.is_some()
    }

    /// The departments whose rows it is about, each once, in the order of the rows.
    pub(in crate::report::output) fn departments(&self) -> Vec<&'a str> {
        let mut named: Vec<&str> = Vec::new();
        for department in self.locations().iter().filter_map(|place| place.department.as_deref()) {
            if !named.contains(&department) {
                named.push(department);
            }
        }
        named
    }
}

/// The list as it would be written, to be carried forward from a report.
pub(in crate::report) fn lines(one: &Organization, lang: Lang) -> Vec<LastProblem> {
    let of = |problem: &Problem<'_>| {
        let finding = problem.finding?;
        let last = problem.last.cloned().unwrap_or_default();
        let own = |carried: String, here: &str| if carried.is_empty() { here.to_owned() } else { carried };
        Some(LastProblem {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            target: finding.target.clone(),
            problem: problem.message(lang).to_owned(),
            clause: problem.clause(lang),
            measure: own(last.measure, problem.help(lang)),
            status: if problem.standing == Some(Standing::Again) { String::new() } else { last.status },
            ..last
        })
    };
    problems(one, lang).iter().filter_map(of).collect()
}

/// Points lost for sure by a requirement or banded item, in words; none where none are.
fn lost(one: &Organization, target: &str, lang: Lang) -> Option<String> {
    let items = || one.tables.iter().flat_map(|table| &table.items);
    let of =
        |item: &ScoreItem| item.requirements.iter().find(|line| line.id == target).map(|line| line.lost_high);
    if let Some((item, points)) = items().find_map(|item| Some((item, of(item)?))) {
        return match (item.wholly_absent(), lang) {
            (true, Lang::Zh) => Some(format!("整项{}", item.points)),
            (true, Lang::En) => Some(format!("{}: all", item.points)),
            (false, _) => (points > 0).then(|| points.to_string()),
        };
    }
    let item = items().find(|item| item.id == target && item.award.is_some())?;
    let short = item.points.saturating_sub(item.high);
    (short > 0).then(|| short.to_string())
}
