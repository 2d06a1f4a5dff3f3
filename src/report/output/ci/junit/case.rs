//! The tests of an organization: its verdict, each item, each clause, each kind of finding about the data that occurred.

use super::suite::{Case, CaseResult, Problem};
use crate::model::finding::Severity;
use crate::model::finding_kinds;
use crate::model::outcome::Outcome;
use crate::model::report::{ClauseOutcome, Organization, ReportFinding, ScoreItem, ScoreTable, Verdict};
use crate::model::text::{Lang, Text};
use crate::report::output::ci::{verdict, with_title};
use crate::report::summary::Titles;
use crate::report::words::{self, pick};
use crate::report::{finding, place};

/// What stands between the parts of a line.
const fn colon(lang: Lang) -> &'static str {
    pick(lang, "：", ": ")
}

/// An organization, and where its texts are found.
struct Cases<'a> {
    one: &'a Organization,
    titles: Titles<'a>,
    lang: Lang,
}

/// All tests, in the order of the report.
pub(super) fn cases(one: &Organization, titles: Titles<'_>, lang: Lang) -> Vec<Case> {
    let cases = Cases { one, titles, lang };
    let items = one.tables.iter().flat_map(|table| table.items.iter().map(|item| cases.item(table, item)));
    let clauses = one.structure.iter().map(|clause| cases.clause(clause));
    std::iter::once(cases.verdict()).chain(items).chain(clauses).chain(cases.data()).collect()
}

impl Cases<'_> {
    /// The title of a table, an item, a requirement or a clause after its id.
    fn titled(&self, id: &str) -> String {
        with_title(id, self.titles.of(id), self.lang)
    }

    fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// What is open is not qualified either, and is told as what it is.
    fn verdict(&self) -> Case {
        let told = verdict(self.one, self.lang);
        let details = || {
            let deciding = self.one.deciding.iter().map(|one| {
                let reason = self.one.reason(&one.target).map_or("", |reason| self.text(reason));
                format!("+{} {}{}{reason}", one.points, self.titled(&one.target), colon(self.lang))
            });
            let notes = self.one.remarks().map(|note| self.text(&note).to_owned());
            deciding.chain(notes).collect::<Vec<_>>().join("\n")
        };
        let failed = |kind| CaseResult::Failed(Problem { kind, message: told.clone(), details: details() });
        let result = match self.one.verdict {
            Verdict::Qualified => CaseResult::Passed,
            Verdict::Unqualified => failed("unqualified"),
            Verdict::Open => failed("open"),
        };
        Case::new(
            pick(self.lang, "结论", "verdict"),
            pick(self.lang, "评估结论为合格", "the verdict is qualified"),
            result,
        )
    }

    fn item(&self, table: &ScoreTable, item: &ScoreItem) -> Case {
        let lost = item.points.saturating_sub(item.high);
        let range = words::range(item.low, item.high, self.lang);
        let points = match self.lang {
            Lang::Zh => format!("得{range}分，满分{}分", item.points),
            Lang::En => format!("{range} of {} points", item.points),
        };
        let result = if lost > 0 {
            let message = match self.lang {
                Lang::Zh => format!("失{lost}分：{points}"),
                Lang::En => format!("{lost} lost: {points}"),
            };
            CaseResult::Failed(Problem { kind: "points-lost", message, details: self.requirements(item) })
        } else if item.low < item.high {
            let reasons = self.reasons(item, Outcome::Unknown);
            CaseResult::Skipped(format!(
                "{}{}{points}{reasons}",
                pick(self.lang, "待定", "unknown"),
                colon(self.lang)
            ))
        } else if item_outcomes(item).all(|(_, outcome, _)| outcome == Outcome::NotApplicable) {
            let reasons = self.reasons(item, Outcome::NotApplicable);
            CaseResult::Skipped(format!("{}{reasons}", words::outcome(Outcome::NotApplicable, self.lang)))
        } else {
            CaseResult::Passed
        };
        Case::new(self.titled(&table.id), self.titled(&item.id), result)
    }

    /// Why requirements with this outcome have it, each after a semicolon.
    fn reasons(&self, item: &ScoreItem, wanted: Outcome) -> String {
        let all = item_outcomes(item).filter(|(_, outcome, reason)| *outcome == wanted && !reason.is_empty());
        let semicolon = pick(self.lang, "；", "; ");
        let reasons = all.map(|(id, _, reason)| format!("{semicolon}{id} {}", self.text(reason)));
        reasons.collect::<Vec<_>>().concat()
    }

    /// The requirements of an item that are not met or not known, with reasons and places.
    fn requirements(&self, item: &ScoreItem) -> String {
        let open = |outcome: &Outcome| matches!(outcome, Outcome::Unmet | Outcome::Absent | Outcome::Unknown);
        let lines =
            item_outcomes(item).filter(|(_, outcome, _)| open(outcome)).map(|(id, outcome, reason)| {
                let word = words::outcome(outcome, self.lang);
                let mut line = format!("{} [{word}]", self.titled(id));
                if !reason.is_empty() {
                    line.extend([colon(self.lang), self.text(reason)]);
                }
                let findings = self.one.findings.iter().filter(|finding| finding.target == id);
                findings.for_each(|finding| line.push_str(&self.remedy_and_places(finding)));
                line
            });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What to do about a finding and where, a line each, indented.
    fn remedy_and_places(&self, finding: &ReportFinding) -> String {
        let places = place::counted(&finding.locations, finding.total, self.lang);
        let parts = [
            (pick(self.lang, "整改", "what to do"), self.text(&finding.help)),
            (pick(self.lang, "位置", "where"), places.as_str()),
        ];
        let parts = parts.iter().filter(|(_, text)| !text.is_empty());
        let lines = parts.map(|(label, text)| format!("\n  {label}{}{text}", colon(self.lang)));
        lines.collect::<Vec<_>>().concat()
    }

    fn clause(&self, clause: &ClauseOutcome) -> Case {
        let reason = self.text(&clause.reason).to_owned();
        let finding =
            self.one.findings.iter().find(|found| found.rule == clause.rule && found.target == clause.clause);
        let details = finding.map(|finding| self.remedy_and_places(finding)).unwrap_or_default();
        // Against a "should" it is told, and costs no test.
        let is_grave = finding.is_none_or(|finding| finding.severity == Severity::Error);
        let told = format!("{reason}{details}");
        let (result, output) = match clause.outcome {
            Outcome::Met => (CaseResult::Passed, String::new()),
            Outcome::Unmet | Outcome::Absent if is_grave => (
                CaseResult::Failed(Problem { kind: "clause", message: reason, details: told }),
                String::new(),
            ),
            Outcome::Unmet | Outcome::Absent => (CaseResult::Passed, told),
            Outcome::Unknown | Outcome::NotApplicable => {
                let word = words::outcome(clause.outcome, self.lang);
                (CaseResult::Skipped(format!("{word}{}{reason}", colon(self.lang))), String::new())
            }
        };
        let title = self.titles.of(&clause.clause);
        let name = with_title(&words::clause(&clause.clause, self.lang), title, self.lang);
        // Several rules may look at one clause.
        let by = Some(&clause.rule).filter(|rule| !rule.is_empty() && **rule != clause.clause);
        let name = by.map_or_else(|| name.clone(), |rule| format!("{name} [{rule}]"));
        Case { output, ..Case::new(pick(self.lang, "结构要求", "structure"), name, result) }
    }

    /// A test for each rule of findings that are neither of an item nor of a clause.
    fn data(&self) -> Vec<Case> {
        let is_decided = |rule: &str| {
            let items = || self.one.tables.iter().flat_map(|table| &table.items);
            items().any(|item| item.id == rule) || self.one.structure.iter().any(|clause| clause.rule == rule)
        };
        let mut all: Vec<&ReportFinding> =
            self.one.findings.iter().filter(|found| !is_decided(&found.rule)).collect();
        all.sort_by(|a, b| finding::by_number(&a.rule, &b.rule));
        all.chunk_by(|a, b| a.rule == b.rule).filter_map(|group| self.data_case(group)).collect()
    }

    fn data_case(&self, findings: &[&ReportFinding]) -> Option<Case> {
        let first = findings.first()?;
        let lines: Vec<_> = findings.iter().map(|finding| self.data_line(finding)).collect();
        let is_error =
            |finding: &&&ReportFinding| finding.severity == Severity::Error && finding.accepted.is_none();
        let errors = findings.iter().filter(is_error).count();
        let (result, output) = if errors == 0 {
            (CaseResult::Passed, lines.join("\n"))
        } else {
            let message = match self.lang {
                Lang::Zh => format!("{errors}项错误"),
                Lang::En if errors == 1 => "1 error".to_owned(),
                Lang::En => format!("{errors} errors"),
            };
            (CaseResult::Failed(Problem { kind: "data", message, details: lines.join("\n") }), String::new())
        };
        let title = finding_kinds::kind(&first.rule).map(finding_kinds::FindingKind::title);
        let title = title.as_ref().or_else(|| self.titles.of(&first.rule));
        let name = with_title(&first.rule, title, self.lang);
        Some(Case { output, ..Case::new(pick(self.lang, "数据", "data"), name, result) })
    }

    fn data_line(&self, finding: &ReportFinding) -> String {
        let word = words::severity(finding.severity, self.lang);
        format!("[{word}] {}{}", self.text(&finding.message), self.remedy_and_places(finding))
    }
}

/// What an item is decided by: its requirements, or itself where it awards by bands.
fn item_outcomes(item: &ScoreItem) -> impl Iterator<Item = (&str, Outcome, &Text)> {
    let award = item.award.iter().map(|award| (item.id.as_str(), award.outcome, &award.reason));
    let lines = item.requirements.iter().map(|line| (line.id.as_str(), line.outcome, &line.reason));
    award.chain(lines)
}
