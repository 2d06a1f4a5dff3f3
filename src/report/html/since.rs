//! The list of last time, carried forward: what is new, still open, there again, and closed.

use serde::Serialize;

use super::lists::heads;
use super::markup::{Markup, anchor};
use super::texts::{Said, Texts, plain};
use crate::model::report::Organization;
use crate::model::text::{Lang, Text};
use crate::report::problem::{Problem, Since, Standing, problems, since};

/// Lines kept of one organization of an overview, and of all of them: packed they take half a megabyte.
const LINES: usize = 30;
const ALL_LINES: usize = 20_000;
/// Organizations told of in an overview.
const ORGANIZATIONS: usize = 60;

/// What a list of last time came to, as the script of an overview reads it.
#[derive(Debug, Serialize)]
pub(super) struct Carried {
    /// In the order of [`Standing::ALL`].
    counts: [usize; 4],
    /// The first lines, those first that are there again.
    lines: Vec<Line>,
}

/// Standing by its place in [`Standing::ALL`], fingerprint, problem, clause, places, department, term, status.
type Line = (usize, String, Said, Said, Said, String, String, Said);

impl Carried {
    /// Of one organization; nothing where it has no list of last time. `before` are the lines kept of others.
    pub(super) fn of(one: &Organization, before: usize, texts: &mut Texts) -> Option<Self> {
        let all = problems(one, Lang::Zh);
        let counts = since(&all)?.0;
        let lines = in_order(&all)
            .into_iter()
            .take(LINES.min(ALL_LINES.saturating_sub(before)))
            .map(|problem| Self::line(problem, texts))
            .collect();
        Some(Self { counts, lines })
    }

    /// Lines kept of it.
    pub(super) const fn kept(&self) -> usize {
        self.lines.len()
    }

    fn line(problem: &Problem<'_>, texts: &mut Texts) -> Line {
        let mut said = |of: &dyn Fn(Lang) -> String| texts.add(&both(of));
        (
            Standing::ALL.iter().position(|one| Some(*one) == problem.standing).unwrap_or(0),
            plain(problem.finding().map_or("", |finding| &finding.fingerprint)),
            said(&|lang| problem.message(lang).to_owned()),
            said(&|lang| problem.clause(lang)),
            said(&|lang| problem.places(lang)),
            plain(&problem.written(|last| &last.department, "")),
            plain(&problem.written(|last| &last.until, "")),
            said(&|lang| problem.status(lang)),
        )
    }
}

fn both(of: &dyn Fn(Lang) -> String) -> Text {
    Text::new(of(Lang::Zh), of(Lang::En))
}

/// What is there again comes first, then what is new, closed, still open; else in the order of the list.
fn in_order<'p, 'a>(all: &'p [Problem<'a>]) -> Vec<&'p Problem<'a>> {
    let order = [Standing::Again, Standing::New, Standing::Closed, Standing::Open];
    let mut sorted: Vec<_> = all.iter().collect();
    sorted.sort_by_key(|problem| order.iter().position(|one| Some(*one) == problem.standing));
    sorted
}

/// A standing as a sign and a word.
pub(super) fn standing(m: &mut Markup, standing: Standing) {
    let (key, sign) = standing.key();
    m.element("span", &[("class", &format!("badge {key}")), ("data-word", key)], |m| {
        m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
        m.word(|lang| standing.word(lang));
    });
}

/// The section of a page. Without lines it is the model of those that the script fills.
pub(super) fn write(m: &mut Markup, one: &Organization) {
    let all = problems(one, Lang::Zh);
    m.element("p", &[("data-f", "since")], |m| told(m, since(&all).unwrap_or_default()));
    m.class("table", "list since", |m| {
        heads(
            m,
            &[
                ("与上次相比", "Since last time"),
                ("问题", "Problem"),
                ("条款", "Clause"),
                ("数据位置", "Place in the data"),
                ("责任部门", "Department"),
                ("完成期限", "Until"),
                ("状态", "Status"),
            ],
        );
        m.element("tbody", &[("data-f", "since-rows")], |m| {
            in_order(&all).into_iter().for_each(|problem| row(m, problem));
        });
    });
}

fn told(m: &mut Markup, counts: Since) {
    m.say(
        &format!("与上次整改清单相比：{}。", counts.in_words(Lang::Zh)),
        &format!("Since the list of last time: {}.", counts.in_words(Lang::En)),
    );
}

fn row(m: &mut Markup, problem: &Problem<'_>) {
    let now = problem.standing.unwrap_or(Standing::New);
    m.element("tr", &[("data-since", now.key().0)], |m| {
        m.class("td", "word", |m| standing(m, now));
        m.element("th", &[("scope", "row")], |m| {
            let message = |m: &mut Markup| m.say(problem.message(Lang::Zh), problem.message(Lang::En));
            match problem.finding() {
                None => message(m),
                Some(finding) => {
                    let place = format!("#f-{}", anchor(&finding.fingerprint));
                    m.element("a", &[("href", &place)], message);
                }
            }
            for (label, text) in [
                (("复核申请：", "objection: "), problem.written(|last| &last.objection, "")),
                (("申请答复：", "reply: "), problem.written(|last| &last.reply, "")),
            ] {
                if !text.is_empty() {
                    m.class("span", "aside", |m| {
                        m.say(label.0, label.1);
                        m.long(&text);
                    });
                }
            }
        });
        m.class("td", "brief", |m| m.say(&problem.clause(Lang::Zh), &problem.clause(Lang::En)));
        m.class("td", "place", |m| m.say(&problem.places(Lang::Zh), &problem.places(Lang::En)));
        m.element("td", &[], |m| m.long(&problem.written(|last| &last.department, "")));
        m.class("td", "brief", |m| m.long(&problem.written(|last| &last.until, "")));
        m.class("td", "brief", |m| m.say(&problem.status(Lang::Zh), &problem.status(Lang::En)));
    });
}

/// An organization of an overview: its number from 1, its name, what became of its list.
pub(super) type Told<'a> = (usize, &'a str, &'a Carried);

/// The section of an overview: all together, and the organizations with the most that is there again or still open.
pub(super) fn of_run(m: &mut Markup, mut all: Vec<Told<'_>>) {
    let mut sum = Since::default();
    all.iter().for_each(|(.., carried)| sum.add(Since(carried.counts)));
    m.element("p", &[], |m| told(m, sum));
    all.sort_by_key(|(.., carried)| {
        let [_, open, again, _] = carried.counts;
        std::cmp::Reverse((again, open))
    });
    m.class("table", "list numbers", |m| {
        let mut columns = vec![("单位", "Organization")];
        columns.extend(Standing::ALL.map(|standing| (standing.word(Lang::Zh), standing.word(Lang::En))));
        heads(m, &columns);
        m.element("tbody", &[], |m| {
            for (number, name, carried) in all.iter().take(ORGANIZATIONS) {
                m.element("tr", &[], |m| {
                    m.element("th", &[("scope", "row")], |m| {
                        m.element("a", &[("href", &format!("#o-{number}"))], |m| m.long(name));
                    });
                    carried.counts.iter().for_each(|count| m.label("td", "number", &count.to_string()));
                });
            }
        });
    });
    let more = all.len().saturating_sub(ORGANIZATIONS);
    if more > 0 {
        m.class("p", "aside", |m| {
            m.say(
                &format!("另有{more}个单位未列出。"),
                &format!("{more} more organizations are not listed."),
            );
        });
    }
}
