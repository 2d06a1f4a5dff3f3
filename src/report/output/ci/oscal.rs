//! Assessment results of OSCAL 1.2.1 (NIST): a result for each organization, in it a finding for each requirement that was
//! decided and an observation for each finding about the data. <https://pages.nist.gov/OSCAL/>
//!
//! OSCAL knows satisfied and not satisfied alone: a requirement that is unknown is an observation and no finding.

use std::io;

use serde_json::{Value, json};

use super::artifact::Place;
use super::{Keys, Members, organization_name, subject, verdict};
use crate::model::digest::Digest;
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, Report, ReportFinding, ScoreItem};
use crate::model::text::{Lang, Text};
use crate::report::output::{Out, ReportWriter};
use crate::report::summary::Titles;
use crate::report::{json as report_json, place, words};
use crate::table::date::Date;

/// Version of OSCAL.
const VERSION: &str = "1.2.1";

/// The namespace of our own properties.
const NAMESPACE: &str = "urn:wangge:oscal";

/// Stands for a day that is none, which no run has.
const NO_DAY: &str = "2000-01-01";

/// Writes assessment results.
pub(in crate::report::output) struct OscalWriter {
    lang: Lang,
    keys: Keys,
    results: Members,
    /// When dates were judged: midnight in Beijing.
    at: String,
}

/// A requirement, or an item that awards by bands, as it was decided.
struct Objective<'a> {
    id: &'a str,
    outcome: Outcome,
    reason: &'a Text,
}

fn objectives(item: &ScoreItem) -> impl Iterator<Item = Objective<'_>> {
    let award = item.award.iter();
    let award = award.map(|one| Objective { id: &item.id, outcome: one.outcome, reason: &one.reason });
    let lines = item.requirements.iter();
    lines.map(|one| Objective { id: &one.id, outcome: one.outcome, reason: &one.reason }).chain(award)
}

impl OscalWriter {
    pub(in crate::report::output) fn new(lang: Lang) -> Self {
        Self { lang, keys: Keys::default(), results: Members::default(), at: String::new() }
    }

    fn metadata(&self, run: &Report) -> Value {
        let tool = format!("{} {}", run.tool.name, run.tool.version);
        json!({
            "title": words::pick(self.lang, "网格化治理标准体系评估结果", "Assessment of grid-governance standard systems"),
            "last-modified": self.at,
            "version": line(&run.as_of),
            "oscal-version": VERSION,
            "props": [property("tool", line(&tool))],
        })
    }

    fn result(&self, one: &Organization, key: &str, titles: Titles<'_>) -> Value {
        let items = one.tables.iter().flat_map(|table| &table.items);
        let controls: Vec<Value> = items.clone().map(|item| json!({"control-id": token(&item.id)})).collect();
        let lines: Vec<Objective<'_>> = items.flat_map(objectives).collect();
        let findings: Vec<Value> = lines.iter().filter_map(|line| self.decided(line, key, titles)).collect();
        let open = lines.iter().filter(|line| line.outcome == Outcome::Unknown);
        let observations: Vec<Value> = open
            .map(|line| self.open(line, key, titles))
            .chain(
                one.findings
                    .iter()
                    .enumerate()
                    .map(|(at, finding)| self.observed(one, finding, (key, at), titles)),
            )
            .collect();
        let score = &one.score;
        let props = [
            property("id", line(&one.id)),
            property("verdict", json!(one.verdict)),
            property("points-low", score.low.to_string()),
            property("points-high", score.high.to_string()),
            property("points-full", score.full.to_string()),
            property("points-pass", score.pass.to_string()),
            property("submission-sha256", line(&one.submission.sha256)),
        ];
        let selection = match controls.as_slice() {
            [] => json!({"include-all": {}}),
            _ => json!({"include-controls": controls}),
        };
        let mut result = json!({
            "uuid": uuid(&["result", key]),
            "title": line(&organization_name(one, self.lang)),
            "description": verdict(one, self.lang),
            "start": self.at,
            "props": props,
            "reviewed-controls": {"control-selections": [selection]},
        });
        let parts = [("observations", observations), ("findings", findings)];
        let remarks: Vec<String> = one.remarks().map(|text| text.get(self.lang).to_owned()).collect();
        if let Some(result) = result.as_object_mut() {
            result.extend((!remarks.is_empty()).then(|| ("remarks".to_owned(), remarks.join("\n").into())));
            result.extend(
                parts
                    .into_iter()
                    .filter(|(_, all)| !all.is_empty())
                    .map(|(name, all)| (name.to_owned(), all.into())),
            );
        }
        result
    }

    /// A requirement that was decided.
    fn decided(&self, one: &Objective<'_>, key: &str, titles: Titles<'_>) -> Option<Value> {
        let (state, reason) = match one.outcome {
            Outcome::Met => ("satisfied", "pass"),
            Outcome::NotApplicable => ("satisfied", "other"),
            Outcome::Unmet | Outcome::Absent => ("not-satisfied", "fail"),
            Outcome::Unknown => return None,
        };
        let title = self.titled(one.id, titles);
        Some(json!({
            "uuid": uuid(&["finding", key, one.id]),
            "title": title,
            "description": self.described(one, &title),
            "target": {
                "type": "objective-id",
                "target-id": token(one.id),
                "status": {"state": state, "reason": reason},
            },
        }))
    }

    /// A requirement that nothing decides yet.
    fn open(&self, one: &Objective<'_>, key: &str, titles: Titles<'_>) -> Value {
        let title = self.titled(one.id, titles);
        json!({
            "uuid": uuid(&["open", key, one.id]),
            "title": title,
            "description": self.described(one, &title),
            "props": [property("requirement", token(one.id)), property("outcome", "unknown")],
            "methods": ["UNKNOWN"],
            "types": ["control-objective"],
            "collected": self.at,
        })
    }

    fn described(&self, one: &Objective<'_>, title: &str) -> String {
        let reason = one.reason.get(self.lang);
        if reason.trim().is_empty() { title.to_owned() } else { reason.to_owned() }
    }

    /// A finding about the data, with the places it is at.
    fn observed(
        &self,
        one: &Organization,
        finding: &ReportFinding,
        (key, at): (&str, usize),
        titles: Titles<'_>,
    ) -> Value {
        let evidence = finding.locations.iter().map(|place| {
            let file = Place::new(&one.submission.path, place).artifact.uri();
            json!({"href": file, "description": place::name(place, self.lang)})
        });
        let evidence: Vec<Value> = evidence.collect();
        let mut props =
            vec![property("severity", json!(finding.severity)), property("rule", token(&finding.rule))];
        props.extend(finding.accepted.as_ref().map(|_| property("accepted", "true")));
        let mut observation = json!({
            "uuid": uuid(&["observation", key, &at.to_string()]),
            "title": line(&subject(finding, titles, self.lang)),
            "description": super::problem(finding, self.lang),
            "props": props,
            "methods": ["EXAMINE"],
            "types": ["finding"],
            "collected": self.at,
        });
        if let (Some(observation), false) = (observation.as_object_mut(), evidence.is_empty()) {
            observation.insert("relevant-evidence".to_owned(), evidence.into());
        }
        observation
    }

    fn titled(&self, id: &str, titles: Titles<'_>) -> String {
        line(&super::with_title(id, titles.of(id), self.lang))
    }
}

impl ReportWriter for OscalWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let day = Date::from_iso(&run.as_of).map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
        self.at = format!("{day}T00:00:00+08:00");
        let packs: Vec<&str> = run.packs.iter().map(|pack| pack.sha256.as_str()).collect();
        let parts = [&["report", run.as_of.as_str(), &run.tool.version], &packs[..]].concat();
        let before = format!(
            "{{\"assessment-results\":{{\"uuid\":{},\"metadata\":{},\"import-ap\":{{\"href\":\"#\"}},\"results\":[",
            json!(uuid(&parts)),
            self.metadata(run),
        );
        out.target.write(report_json::escaped(&before).as_bytes())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let key = self.keys.next(&one.id);
        let result = self.result(one, &key, out.titles);
        let text = self.results.text([result])?;
        out.target.write(text.as_bytes())
    }

    fn end(&mut self, _report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(b"\n]}}\n")
    }
}

/// A property of ours; no value of one is empty.
fn property(name: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    let value = if value.as_str() == Some("") { "-".into() } else { value };
    json!({"name": name, "ns": NAMESPACE, "value": value})
}

/// A text on one line, as values of properties are.
fn line(text: &str) -> String {
    let plain: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id as OSCAL has them: letters, digits, `.`, `-` and `_`, a letter or `_` first.
fn token(id: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let mut token: String = id.chars().map(|sign| if plain(sign) { sign } else { '_' }).collect();
    if !token.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_') {
        token.insert(0, '_');
    }
    token
}

/// An identifier made of these parts, always the same: its digits are those of a SHA-256, with the marks of version 5.
fn uuid(parts: &[&str]) -> String {
    let digest = parts.iter().fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex();
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("{}-{}-5{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_tokens_and_identifiers_have_their_form() {
        assert_eq!(["A.1.3.b", "2/10.4.d", "", "甲"].map(token), ["A.1.3.b", "_2_10.4.d", "_", "_"]);
        let one = uuid(&["a", "b"]);
        assert_eq!(
            (one.len(), one.as_bytes().get(14), one.as_bytes().get(19)),
            (36, Some(&b'5'), Some(&b'8'))
        );
        assert_ne!(one, uuid(&["ab", ""]));
    }
}
