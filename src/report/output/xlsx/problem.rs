//! What is to be put right, made of the findings of an organization.

use super::evidence::places;
use crate::model::finding::Severity;
use crate::model::report::{Organization, ReportFinding, ScoreItem};
use crate::model::text::Lang;
use crate::report::words::{self, pick};

/// One thing to be put right.
pub(in crate::report::output) struct Problem<'a> {
    /// Its number in the list, from 1.
    pub(in crate::report::output) number: u32,
    pub(in crate::report::output) one: &'a Organization,
    pub(in crate::report::output) finding: &'a ReportFinding,
    /// Points lost by it, in words.
    pub(in crate::report::output) lost: String,
}

/// What begins the rules that look at the data itself.
const DATA: &str = "data.";

/// Everything that is to be put right, in the order of the report; what is only worth knowing is left out.
pub(in crate::report::output) fn problems(one: &Organization, lang: Lang) -> Vec<Problem<'_>> {
    let found = one.findings.iter().filter_map(|finding| {
        let lost = lost(one, &finding.target, lang);
        (finding.severity != Severity::Advice || lost.is_some()).then(|| Problem {
            number: 0,
            one,
            finding,
            lost: lost.unwrap_or_default(),
        })
    });
    let number = |(at, problem)| Problem { number: at, ..problem };
    (1..).zip(found).map(number).collect()
}

impl Problem<'_> {
    /// The clause or requirement that it is against.
    pub(in crate::report::output) fn clause(&self, lang: Lang) -> String {
        if self.finding.rule.starts_with(DATA) {
            return pick(lang, "数据填报", "the data itself").to_owned();
        }
        words::clause(&self.finding.target, lang)
    }

    /// Where it stands.
    pub(in crate::report::output) fn places(&self, lang: Lang) -> String {
        places(&self.finding.locations, self.finding.total, lang)
    }

    /// The departments whose rows it is about, each once, in the order of the rows.
    pub(in crate::report::output) fn departments(&self) -> Vec<&str> {
        let mut named: Vec<&str> = Vec::new();
        for department in self.finding.locations.iter().filter_map(|place| place.department.as_deref()) {
            if !named.contains(&department) {
                named.push(department);
            }
        }
        named
    }
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
