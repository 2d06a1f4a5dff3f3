//! What a run could not assess: a list of findings alone would look as if there were nothing else.

use super::artifact::Artifact;
use crate::model::report::{BrokenRule, Report, Unreadable};
use crate::model::text::Lang;
use crate::report::words::{self, pick};

/// Why something was not assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FailureKind {
    /// A rule does not compile.
    BrokenRule,
    /// A submission cannot be read.
    Unreadable,
    /// The run was stopped before it came to a submission.
    NotAssessed,
}

impl FailureKind {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::BrokenRule, Self::Unreadable, Self::NotAssessed];

    /// Its id.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::BrokenRule => "run.broken-rule",
            Self::Unreadable => "run.unreadable",
            Self::NotAssessed => "run.not-assessed",
        }
    }

    /// What happened.
    pub(super) const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::BrokenRule => pick(lang, "规则无法编译", "rule does not compile"),
            Self::Unreadable => pick(lang, "申报材料无法读取", "submission cannot be read"),
            Self::NotAssessed => pick(lang, "申报材料没有评估", "submission was not assessed"),
        }
    }
}

impl FailureKind {
    /// What follows from it.
    pub(super) const fn effect(self, lang: Lang) -> &'static str {
        match self {
            Self::BrokenRule => pick(
                lang,
                "规则包中的规则无法编译，由它判定的内容一律待定。",
                "A rule of a pack does not compile: what it decides is unknown.",
            ),
            Self::Unreadable => pick(
                lang,
                "申报材料无法读取，没有评估，结果中没有该单位。",
                "A submission cannot be read: it was not assessed, and is not among the results.",
            ),
            Self::NotAssessed => pick(
                lang,
                "运行中断，该申报材料没有评估，结果中没有该单位。",
                "The run was interrupted before it came to a submission, which is not among the results.",
            ),
        }
    }

    /// What to do.
    pub(super) const fn remedy(self, lang: Lang) -> &'static str {
        match self {
            Self::BrokenRule => pick(
                lang,
                "改正该规则；wangge rules lint 逐条列出错误。",
                "Correct the rule; `wangge rules lint` names what is wrong.",
            ),
            Self::Unreadable => pick(
                lang,
                "按所列原因改正后重新提交；wangge doctor 列出每个文件的读取情况。",
                "Correct what is named; `wangge doctor` says how each file was read.",
            ),
            Self::NotAssessed => pick(
                lang,
                "重新运行；已经评估且没有改动的，结果取自缓存。",
                "Run it again; what was assessed and has not changed comes from the cache.",
            ),
        }
    }
}

/// Something that was not assessed.
pub(super) struct RunFailure<'a> {
    pub(super) kind: FailureKind,
    /// The path of the submission, or the id of the rule.
    pub(super) subject: &'a str,
    pub(super) artifact: Artifact,
    /// From 1.
    pub(super) line: Option<u32>,
    /// From 1.
    pub(super) column: Option<u32>,
    pub(super) message: String,
}

/// Everything that was not assessed, rules first: what they decide is unknown for all.
pub(super) fn run_failures(report: &Report, lang: Lang) -> Vec<RunFailure<'_>> {
    let rules = report.broken.iter().map(|rule| broken(rule, lang));
    let unread = report.unreadable.iter().map(|one| unreadable(one, lang));
    let left = report.not_assessed.iter().map(|path| RunFailure {
        kind: FailureKind::NotAssessed,
        subject: path,
        artifact: Artifact::new(path, ""),
        line: None,
        column: None,
        message: words::interrupted(lang).to_owned(),
    });
    rules.chain(unread).chain(left).collect()
}

fn broken(rule: &BrokenRule, lang: Lang) -> RunFailure<'_> {
    RunFailure {
        kind: FailureKind::BrokenRule,
        subject: &rule.rule,
        artifact: Artifact::new(&rule.file, ""),
        line: rule.line,
        column: rule.column,
        message: words::with_remedy(rule.message.get(lang), rule.help.get(lang), lang),
    }
}

fn unreadable(one: &Unreadable, lang: Lang) -> RunFailure<'_> {
    RunFailure {
        kind: FailureKind::Unreadable,
        subject: &one.path,
        artifact: Artifact::new(one.file.as_deref().unwrap_or(&one.path), ""),
        line: one.row,
        // A header is no number.
        column: one
            .row
            .and(one.column.as_deref())
            .and_then(|column| column.parse().ok())
            .filter(|number| *number > 0),
        message: one.message.get(lang).to_owned(),
    }
}
