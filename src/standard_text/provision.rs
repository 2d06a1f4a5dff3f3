//! Sentences with a word that says how binding they are.

use super::outline::{Part, Section};
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
    /// The page, where that is known.
    pub page: Option<u32>,
    /// The paragraph, from 1.
    pub paragraph: u32,
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
    let binding = |section: &&Section| matches!(section.part, Part::Body | Part::Appendix);
    let mut all = Vec::new();
    for section in sections.iter().filter(binding) {
        for line in section.lines.iter().filter(|line| !line.is_cell) {
            for sentence in sentences(&line.text) {
                let Some(modal) = modal(sentence) else { continue };
                all.push(Provision {
                    modal,
                    section: section.number.clone(),
                    text: sentence.to_owned(),
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
    if bare.contains('应') || bare.contains("必须") || bare.contains("不得") || bare.contains("严禁") {
        Some(Modal::Shall)
    } else if bare.contains('宜') {
        Some(Modal::Should)
    } else {
        bare.contains('可').then_some(Modal::May)
    }
}
