//! What is to be put right, made of the findings of an organization, and how it stands since last time.

use crate::model::finding::{Location, Severity};
use crate::model::last_list::{LastProblem, key};
use crate::model::report::{Organization, ReportFinding, ScoreItem};
use crate::model::text::Lang;

use super::place;
use super::words::{self, pick};

/// One thing to be put right, or that was.
pub(super) struct Problem<'a> {
    /// Its number in the list, from 1.
    pub(super) number: u32,
    pub(super) one: &'a Organization,
    /// What was found; nothing where it was not found again.
    finding: Option<&'a ReportFinding>,
    /// Points lost by it, in words.
    pub(super) lost: String,
    /// Its line in the list of last time.
    pub(super) last: Option<&'a LastProblem>,
    /// How it stands since; nothing where there is no list of last time.
    pub(super) standing: Option<Standing>,
}

/// How a problem stands since last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
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
    pub(super) const ALL: [Self; 4] = [Self::New, Self::Open, Self::Again, Self::Closed];

    /// Its key in classes and filters, and its sign.
    pub(super) const fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("new", "＋"),
            Self::Open => ("still-open", "！"),
            Self::Again => ("again", "✗"),
            Self::Closed => ("closed", "✓"),
        }
    }

    /// In words.
    pub(super) const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::New => pick(lang, "新增", "new"),
            Self::Open => pick(lang, "未整改", "still open"),
            Self::Again => pick(lang, "再次出现", "again"),
            Self::Closed => pick(lang, "已整改", "closed"),
        }
    }
}

/// How many problems stand how since last time, in the order of [`Standing::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Since(pub(super) [usize; 4]);

impl Since {
    /// Together with those of another organization.
    pub(super) fn add(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count = count.saturating_add(more));
    }

    /// In words.
    pub(super) fn in_words(self, lang: Lang) -> String {
        let count = |(standing, count): (Standing, usize)| match lang {
            Lang::Zh => format!("{}{count}项", standing.word(lang)),
            Lang::En => format!("{count} {}", standing.word(lang)),
        };
        let all: Vec<_> = Standing::ALL.into_iter().zip(self.0).map(count).collect();
        all.join(pick(lang, "，", ", "))
    }
}

/// How many are new, still open, there again, closed; nothing where there is no list of last time.
pub(super) fn since(all: &[Problem<'_>]) -> Option<Since> {
    let of = |standing| all.iter().filter(|problem| problem.standing == Some(standing)).count();
    all.iter().any(|problem| problem.standing.is_some()).then(|| Since(Standing::ALL.map(of)))
}

/// What begins the rules that look at the data itself.
pub(super) const DATA: &str = "data.";

/// Everything that is to be put right, in the order of the report, and after it what was last time and no longer is; what is
/// only worth knowing is left out.
pub(super) fn problems(one: &Organization, lang: Lang) -> Vec<Problem<'_>> {
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
    pub(super) fn message(&self, lang: Lang) -> &'a str {
        let last = || self.last.map_or("", |last| last.problem.as_str());
        self.finding.map_or_else(last, |finding| finding.message.get(lang))
    }

    /// What to do about it, as proposed here.
    pub(super) fn help(&self, lang: Lang) -> &'a str {
        self.finding.map_or("", |finding| finding.help.get(lang))
    }

    /// Id of the clause or requirement that it is against; empty where it was not found again.
    pub(super) fn target(&self) -> &'a str {
        self.finding.map_or("", |finding| finding.target.as_str())
    }

    /// The clause or requirement that it is against, in words.
    pub(super) fn clause(&self, lang: Lang) -> String {
        let Some(finding) = self.finding else {
            return self.last.map(|last| last.clause.clone()).unwrap_or_default();
        };
        if finding.rule.starts_with(DATA) {
            return pick(lang, "数据填报", "the data itself").to_owned();
        }
        words::clause(&finding.target, lang)
    }

    /// What people wrote last time, else what is proposed.
    pub(super) fn written<'p>(&'p self, field: fn(&LastProblem) -> &String, proposed: &'p str) -> String {
        let last = self.last.map(field).filter(|text| !text.is_empty());
        last.map_or(proposed, String::as_str).to_owned()
    }

    /// How far it is: what is gone has been put right; what is there again is open, whatever was written.
    pub(super) fn status(&self, lang: Lang) -> String {
        let open = pick(lang, "待整改", "open");
        match self.standing {
            Some(Standing::Closed) => Standing::Closed.word(lang).to_owned(),
            Some(Standing::Again) => open.to_owned(),
            _ => self.written(|last| &last.status, open),
        }
    }

    /// Its finding; nothing where it was not found again.
    pub(super) const fn finding(&self) -> Option<&'a ReportFinding> {
        self.finding
    }

    /// The places that are named of it.
    pub(super) fn locations(&self) -> &'a [Location] {
        self.finding.map_or(&[], |finding| &finding.locations)
    }

    /// Places in all.
    pub(super) fn total(&self) -> usize {
        self.finding.map_or(0, |finding| finding.total)
    }

    /// Where it stands.
    pub(super) fn places(&self, lang: Lang) -> String {
        place::counted(self.locations(), self.total(), lang)
    }

    /// By what its line is known next time.
    pub(super) fn key(&self) -> String {
        let id = &self.one.id;
        let last =
            || self.last.map(|last| key(id, &last.fingerprint, &last.rule, &last.target)).unwrap_or_default();
        self.finding
            .map_or_else(last, |finding| key(id, &finding.fingerprint, &finding.rule, &finding.target))
    }

    /// Whether it is there.
    pub(super) fn is_found(&self) -> bool {
        self.finding.is_some()
    }

    /// The departments whose rows it is about, each once, in the order of the rows.
    pub(super) fn departments(&self) -> Vec<&'a str> {
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
pub(super) fn lines(one: &Organization, lang: Lang) -> Vec<LastProblem> {
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
