//! One condition: its names on the command line and in files, and what it says in words.

use serde_json::{Map, Value, json};

use crate::model::assurance::Assurance;
use crate::model::described::document;
use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::finding_ids;
use crate::model::standard::Standard;
use crate::model::suggest::closest;
use crate::model::text::{Lang, Text};
use crate::report::words;

/// What must hold of every organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its verdict is at least this good; none for any verdict.
    Verdict(Option<LeastVerdict>),
    /// Its low end is at least so many points.
    Low(Part, u32),
    /// Its high end is at least so many points.
    High(Part, u32),
    /// So many points of the low end are known in this way or a stronger one.
    Assured(Assurance, u32),
    /// At most so many requirements are unknown.
    Unknown(u32),
    /// It may apply for assessment (Part 5, clause 5); with `false` that is not asked.
    Eligible(bool),
    /// It has no finding so grave or graver; none for any.
    Findings(Option<Severity>),
    /// Findings of a rule have at most so many places.
    Rule(String, u32),
    /// What is planned for can be reached.
    Plan,
}

/// The verdicts that a condition can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeastVerdict {
    /// Qualified.
    Qualified,
    /// Qualified or open.
    Open,
}

/// What points are counted of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Total,
    /// A table or an item, by its id.
    Of(String),
}

/// Names of the conditions.
const VERDICT: &str = "verdict";
const LOW: &str = "min-low";
const HIGH: &str = "min-high";
const ASSURED: &str = "min-assured";
const UNKNOWN: &str = "max-open";
const ELIGIBILITY: &str = "eligibility";
const FINDINGS: &str = "fail-on";
const RULE: &str = "max-findings";
const PLAN: &str = "plan";

/// The part that is everything.
const TOTAL: &str = "total";

/// All names with what can be written for them.
const FORMS: [(&str, &str); 8] = [
    (VERDICT, "verdict=qualified|open|any"),
    (LOW, "min-low=N, min-low.A.1=N"),
    (HIGH, "min-high=N, min-high.A.1=N"),
    (ASSURED, "min-assured.evidenced=N"),
    (UNKNOWN, "max-open=N"),
    (ELIGIBILITY, "eligibility=eligible|any"),
    (FINDINGS, "fail-on=error|warning|advice|none"),
    (RULE, "max-findings.RULE=N"),
];

impl Condition {
    /// Every organization is qualified.
    pub const QUALIFIED: Self = Self::Verdict(Some(LeastVerdict::Qualified));

    /// Whatever the verdict.
    pub const ANY_VERDICT: Self = Self::Verdict(None);

    /// The condition `NAME=VALUE`.
    ///
    /// # Errors
    /// There is no such name, or it cannot have this value; how it is written.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let (name, value) = text.split_once('=').ok_or_else(|| unknown(text))?;
        let (name, value) = (name.trim(), value.trim());
        let (head, part) = name.split_once('.').map_or((name, None), |(head, part)| (head, Some(part)));
        let head = &head.replace('_', "-");
        Self::of(head, part, value).ok_or_else(|| malformed(head).unwrap_or_else(|| unknown(head)))
    }

    fn of(name: &str, part: Option<&str>, value: &str) -> Option<Self> {
        let number = || value.parse::<u32>().ok();
        let points_of = || part.filter(|id| *id != TOTAL).map_or(Part::Total, |id| Part::Of(id.to_owned()));
        Some(match (name, part, value) {
            (VERDICT, None, "qualified") => Self::QUALIFIED,
            (VERDICT, None, "open") => Self::Verdict(Some(LeastVerdict::Open)),
            (VERDICT, None, "any") => Self::ANY_VERDICT,
            (LOW, ..) => Self::Low(points_of(), number()?),
            (HIGH, ..) => Self::High(points_of(), number()?),
            (ASSURED, Some(word), _) => {
                Self::Assured(Assurance::ALL.into_iter().find(|known| known.word() == word)?, number()?)
            }
            (UNKNOWN, None, _) => Self::Unknown(number()?),
            (ELIGIBILITY, None, "eligible") => Self::Eligible(true),
            (ELIGIBILITY, None, "any") => Self::Eligible(false),
            (FINDINGS, None, "error") => Self::Findings(Some(Severity::Error)),
            (FINDINGS, None, "warning") => Self::Findings(Some(Severity::Warning)),
            (FINDINGS, None, "advice") => Self::Findings(Some(Severity::Advice)),
            (FINDINGS, None, "none") => Self::Findings(None),
            (RULE, Some(rule), _) => Self::Rule(rule.to_owned(), number()?),
            _ => return None,
        })
    }

    /// Whether one of two conditions stands for the other where both are given.
    pub(super) fn is_about_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Low(one, _), Self::Low(two, _)) | (Self::High(one, _), Self::High(two, _)) => one == two,
            (Self::Assured(one, _), Self::Assured(two, _)) => one == two,
            (Self::Rule(one, _), Self::Rule(two, _)) => one == two,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// What a waiver may name to waive it: its name, and what it is about.
    pub(super) fn subjects(&self) -> Vec<String> {
        let both = |name: &str, id: &str| vec![format!("{name}.{id}"), id.to_owned()];
        match self {
            Self::Verdict(_) => vec![VERDICT.to_owned()],
            Self::Low(Part::Of(id), _) => both(LOW, id),
            Self::High(Part::Of(id), _) => both(HIGH, id),
            Self::Low(Part::Total, _) => both(LOW, TOTAL),
            Self::High(Part::Total, _) => both(HIGH, TOTAL),
            Self::Assured(assurance, _) => vec![format!("{ASSURED}.{}", assurance.word())],
            Self::Unknown(_) => vec![UNKNOWN.to_owned()],
            Self::Eligible(_) => vec![ELIGIBILITY.to_owned()],
            Self::Findings(_) => vec![FINDINGS.to_owned()],
            Self::Rule(rule, _) => both(RULE, rule),
            Self::Plan => vec![PLAN.to_owned()],
        }
    }

    /// Everything but an id that a waiver may name; after some of them `.` and an id.
    pub const SUBJECTS: [&str; 11] = [
        VERDICT,
        TOTAL,
        LOW,
        HIGH,
        RULE,
        ASSURED,
        UNKNOWN,
        ELIGIBILITY,
        FINDINGS,
        PLAN,
        super::ratchet::SUBJECT,
    ];

    /// What it says.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::Verdict(Some(LeastVerdict::Open)) => Text::new("结论不为不合格", "is not unqualified"),
            Self::Verdict(_) => Text::new("结论为合格", "is qualified"),
            Self::Low(part, least) => Text::new(
                format!("{}确定得分不低于{least}分", part.zh()),
                format!("has {least} points{} or more for sure", part.en()),
            ),
            Self::High(part, least) => Text::new(
                format!("{}最高可得分不低于{least}分", part.zh()),
                format!("can have {least} points{} or more", part.en()),
            ),
            Self::Assured(assurance, least) => Text::new(
                format!("“{}”及更强依据的得分不低于{least}分", words::assurance(*assurance, Lang::Zh)),
                format!("has {least} points or more that are at least {}", assurance.word()),
            ),
            Self::Unknown(most) => Text::new(
                format!("待核实的评价要求不超过{most}项"),
                format!("has {most} unknown requirements or fewer"),
            ),
            Self::Eligible(_) => Text::new("具备评估申请条件", "may apply for assessment"),
            Self::Findings(Some(Severity::Advice)) => Text::new("没有新的问题", "has no new finding"),
            Self::Findings(Some(Severity::Warning)) => {
                Text::new("没有新的错误、警告", "has no new error or warning")
            }
            Self::Findings(_) => Text::new("没有新的错误", "has no new error"),
            Self::Rule(rule, most) => Text::new(
                format!("{rule}的问题不超过{most}处"),
                format!("has findings of {rule} at {most} places or fewer"),
            ),
            Self::Plan => Text::new("整改后能达到目标分数", "can reach the target"),
        }
    }

    /// What it names and the standard with its packs does not have.
    pub(super) fn fault(&self, standard: &Standard) -> Option<Fault> {
        let Standard { catalog, clauses, .. } = standard;
        let parts =
            || catalog.tables.iter().map(|table| &table.id).chain(catalog.items().map(|item| &item.id));
        let (name, known): (&str, Vec<&str>) = match self {
            Self::Low(Part::Of(id), _) | Self::High(Part::Of(id), _) => {
                (id, parts().map(String::as_str).collect())
            }
            Self::Rule(id, _) => {
                let items = catalog.items().map(|item| item.id.as_str());
                let all = items.chain(clauses.ids()).chain(finding_ids::ALL.iter().copied());
                (id, all.collect())
            }
            _ => return None,
        };
        if known.contains(&name) {
            return None;
        }
        let near = closest(name, known);
        let help = |ask: fn(&str) -> String, other: &str| near.map_or_else(|| other.to_owned(), ask);
        Some(Fault {
            code: "gate.unknown-id",
            message: Text::new(
                format!("门禁条件中的“{name}”不是本次评估的表、评价内容或规则"),
                format!("`{name}` in a condition of the gate is no table, item or rule of this run"),
            ),
            help: Text::new(
                help(|near| format!("是否想写“{near}”？"), "用 wangge explain 查看可用的编号"),
                help(|near| format!("did you mean `{near}`?"), "see `wangge explain` for the ids there are"),
            ),
            ..Fault::default()
        })
    }
}

impl Part {
    fn zh(&self) -> &str {
        match self {
            Self::Total => "",
            Self::Of(id) => id,
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Total => String::new(),
            Self::Of(id) => format!(" in {id}"),
        }
    }
}

/// The JSON Schema of conditions as a table of TOML, by their names with `-` or `_`.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for (name, form) in FORMS {
        let value = value_schema(form);
        properties.insert(name.to_owned(), value.clone());
        properties.insert(name.replace('-', "_"), value);
    }
    let mut schema = json!({"type": "object", "additionalProperties": false, "properties": properties});
    document(&mut schema, "门禁条件", "Conditions of the gate", Map::new());
    schema
}

/// What may be written for a name: a number, a number for each of some ids, or a word.
fn value_schema(form: &str) -> Value {
    let number = json!({"type": "integer", "minimum": 0});
    let by_id = json!({"type": "object", "additionalProperties": {"anyOf": [number, {"type": "object"}]}});
    let (name, words) = form.split_once('=').unwrap_or((form, ""));
    let plain = (!name.contains('.')).then(|| number.clone());
    let any_of: Vec<Value> = plain.into_iter().chain(form.contains('.').then_some(by_id)).collect();
    let mut value = if words.contains('|') {
        json!({"enum": words.split('|').collect::<Vec<_>>()})
    } else {
        json!({"anyOf": any_of})
    };
    if let Some(value) = value.as_object_mut() {
        value.insert("description".to_owned(), form.into());
    }
    value
}

/// A name that has another form.
fn malformed(name: &str) -> Option<Text> {
    let (_, form) = FORMS.iter().find(|(known, _)| *known == name)?;
    Some(Text::new(format!("写成 {form}"), format!("write {form}")))
}

/// A name that no condition has.
fn unknown(name: &str) -> Text {
    let forms = FORMS.map(|(_, form)| form);
    let near = closest(name, FORMS.iter().map(|(known, _)| *known));
    near.and_then(malformed).unwrap_or_else(|| {
        Text::new(format!("可写 {}", forms.join("、")), format!("write one of {}", forms.join(", ")))
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_help_is_read() {
        for (name, form) in FORMS {
            let plain = form.replace('N', "3").replace("RULE", "data.wrong-type");
            for one in plain.split(", ") {
                let (head, values) = one.split_once('=').unwrap();
                assert!(head.starts_with(name), "{one}");
                for value in values.split('|') {
                    assert!(Condition::parse(&format!("{head}={value}")).is_ok(), "{head}={value}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_form() {
        for (text, told) in [
            ("min-low", "min-low=N"),
            ("min-low=x", "min-low=N"),
            ("min-lwo=3", "min-low=N"),
            ("min-assured=3", "min-assured.evidenced=N"),
            ("min-assured.sworn=3", "min-assured.evidenced=N"),
            ("verdict.A.1=any", "verdict=qualified"),
            ("max-open=-1", "max-open=N"),
            ("=", "verdict="),
            ("颜色=红", "verdict="),
        ] {
            let error = Condition::parse(text).unwrap_err();
            assert!(error.zh.contains(told) && error.en.contains(told), "{text}: {error:?}");
        }
    }
}
