//! Sentences with a word that says how binding they are.

use std::sync::LazyLock;

use regex::Regex;

use super::outline::Section;
use crate::table::normalize;

/// A sentence that requires, recommends or allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// How binding it is.
    pub modal: Modal,
    /// Number of its clause.
    pub section: String,
    /// The sentence.
    pub text: String,
    /// What it limits and to how much, where it sets one limit.
    pub limit: Option<Limit>,
    /// The page, where that is known.
    pub page: Option<u32>,
    /// The paragraph, from 1.
    pub paragraph: u32,
}

/// A limit: of two sentences with one subject the amounts should be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, with its circumstances and the unit: `道路积水|在接报后|h|内处置`.
    pub subject: String,
    /// How much, as written.
    pub amount: String,
}

/// How binding a sentence is, by GB/T 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modal {
    /// 应, 不应.
    Shall,
    /// 宜, 不宜.
    Should,
    /// 可, 不必.
    May,
}

/// The sentences of what the standard requires, in order.
pub(super) fn of(sections: &[Section]) -> Vec<Provision> {
    let mut all = Vec::new();
    for section in sections.iter().filter(|section| section.is_binding()) {
        for line in &section.lines {
            for sentence in sentences(&line.text) {
                let Some(modal) = modal(sentence) else { continue };
                all.push(Provision {
                    modal,
                    section: section.number.clone(),
                    text: sentence.to_owned(),
                    limit: limit(sentence),
                    page: line.page.or(section.page),
                    paragraph: line.paragraph.max(section.paragraph),
                });
            }
        }
    }
    all
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '；']).map(normalize::trimmed).filter(|sentence| !sentence.is_empty())
}

/// An amount with its unit.
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<amount>\d+(?:\.\d+)?) ?(?P<unit>h|min|s|d|m2|m|km|%|℃|°C|小时|分钟|秒|个工作日|工作日|日|天|周|个月|年|户|人|名|次|米|平方米|公里|元)").ok()
});

/// Characters of what is limited that tell it from other things, and of what follows the amount.
const SUBJECT: usize = 3;
const AFTER: usize = 3;

/// The limit that a sentence sets: it names what is limited, says how binding that is, and has one amount.
fn limit(sentence: &str) -> Option<Limit> {
    let plain: String = normalize::nfkc(sentence).chars().filter(|c| !c.is_whitespace()).collect();
    let body = plain.trim_start_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ')' | '.' | '(' | '）' | '-' | '—')
    });
    let mut amounts = AMOUNT.as_ref()?.captures_iter(body);
    let (captures, None) = (amounts.next()?, amounts.next()) else { return None };
    let whole = captures.get(0)?;
    let (before, after) = (body.get(..whole.start())?, body.get(whole.end()..)?);
    let (subject, circumstances) = before.split_once(['应', '宜', '可', '须'])?;
    let subject = subject.trim_end_matches('不');
    // Of a person alone many things are said.
    let is_person = subject.ends_with(['员', '人', '长', '者', '民']);
    if subject.chars().count() < SUBJECT || is_person || subject.contains(['，', '、', ',', ':']) {
        return None;
    }
    let after: String = after.chars().take(AFTER).collect();
    let unit = captures.name("unit")?.as_str();
    let subject = [subject, circumstances, unit, &after].join("|");
    Some(Limit { subject, amount: captures.name("amount")?.as_str().to_owned() })
}

/// Words in which the characters of the modal words mean something else.
const OTHER_WORDS: [&str; 19] = [
    "应急",
    "应用",
    "相应",
    "对应",
    "响应",
    "供应",
    "反应",
    "适应",
    "应届",
    "效应",
    "应答",
    "应知",
    "可以说",
    "许可",
    "可能",
    "可靠",
    "可行",
    "认可",
    "事宜",
];

/// How binding a sentence is: the most binding word in it.
fn modal(sentence: &str) -> Option<Modal> {
    let mut bare = sentence.to_owned();
    for word in OTHER_WORDS {
        bare = bare.replace(word, "");
    }
    if ["应", "须", "不得", "严禁", "禁止"].iter().any(|word| bare.contains(word)) {
        Some(Modal::Shall)
    } else if bare.contains('宜') {
        Some(Modal::Should)
    } else {
        bare.contains('可').then_some(Modal::May)
    }
}
