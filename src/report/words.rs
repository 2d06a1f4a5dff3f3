//! The vocabulary of the reports in both languages: one word for one thing, whatever the output.

use crate::model::acceptance::Acceptance;
use crate::model::assurance::Assurance;
use crate::model::clause;
use crate::model::finding::Severity;
use crate::model::left_out::LeftOutReason;
use crate::model::outcome::Outcome;
use crate::model::pack::{PackInfo, SignatureState};
use crate::model::report::{Decider, EligibilityStatus, Verdict};
use crate::model::ruling::RulingStatus;
use crate::model::run_inputs::InputRole;
use crate::model::text::Lang;

/// The wording in `lang`.
pub const fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// What a report says that shows personal data as it was read.
pub const fn unmasked(lang: Lang) -> &'static str {
    pick(lang, "本报告含未遮盖的个人信息", "This report shows personal data that is not masked")
}

/// Why a submission was not assessed to which the run did not come.
pub const fn interrupted(lang: Lang) -> &'static str {
    pick(lang, "运行中断，没有评估", "not assessed: the run was interrupted")
}

/// What is wrong and, on a line of its own, what to do about it.
pub fn with_remedy(problem: &str, remedy: &str, lang: Lang) -> String {
    match (lang, remedy) {
        (_, "") => problem.to_owned(),
        (Lang::Zh, remedy) => format!("{problem}\n整改：{remedy}"),
        (Lang::En, remedy) => format!("{problem}\nWhat to do: {remedy}"),
    }
}

/// What was decided of a requirement, a clause or a condition.
pub const fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    let (zh, en) = outcome.words();
    pick(lang, zh, en)
}

/// The result of an assessment.
pub const fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Qualified => pick(lang, "合格", "qualified"),
        Verdict::Unqualified => pick(lang, "不合格", "unqualified"),
        Verdict::Open => pick(lang, "待定", "open"),
    }
}

/// A sign that says the verdict without colour; all of them are in GB 2312, so every Chinese console has them.
pub const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Qualified => "√",
        Verdict::Unqualified => "×",
        Verdict::Open => "?",
    }
}

/// How grave a finding is.
pub const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => pick(lang, "错误", "error"),
        Severity::Warning => pick(lang, "警告", "warning"),
        Severity::Advice => pick(lang, "提示", "advice"),
    }
}

/// Whether an application for assessment is in order.
pub const fn eligibility(status: EligibilityStatus, lang: Lang) -> &'static str {
    match status {
        EligibilityStatus::Eligible => pick(lang, "具备", "eligible"),
        EligibilityStatus::Ineligible => pick(lang, "不具备", "not eligible"),
        EligibilityStatus::Open => pick(lang, "待定", "open"),
    }
}

/// Who decided a requirement.
pub const fn decider(decider: Decider, lang: Lang) -> &'static str {
    match decider {
        Decider::Rule => pick(lang, "规则", "rule"),
        Decider::Ruling => pick(lang, "裁定", "ruling"),
    }
}

/// How a decision is known.
pub const fn assurance(assurance: Assurance, lang: Lang) -> &'static str {
    match assurance {
        Assurance::Claimed => pick(lang, "仅凭申报数据", "claimed by the data alone"),
        Assurance::Evidenced => pick(lang, "附有佐证材料", "backed by files"),
        Assurance::Examined => pick(lang, "已查阅文本", "seen in the texts"),
        Assurance::Ruled => pick(lang, "经评估组裁定", "ruled by persons"),
    }
}

/// What a file that a run was given is for.
pub const fn input_role(role: InputRole, lang: Lang) -> &'static str {
    match role {
        InputRole::Rulings => pick(lang, "裁定", "rulings"),
        InputRole::Registry => pick(lang, "标准登记库", "registry of standards"),
        InputRole::Mapping => pick(lang, "对应表", "mapping"),
        InputRole::LastList => pick(lang, "上次的整改清单", "list of last time"),
        InputRole::Baseline => pick(lang, "基准", "baseline"),
        InputRole::Waivers => pick(lang, "豁免", "waivers"),
    }
}

/// What is known of the signature of a pack; nothing is said of the one that comes with the program.
pub fn signature(pack: &PackInfo, lang: Lang) -> Option<&'static str> {
    pack.signature.map(|state| signature_state(state, lang))
}

/// What is known of a signature.
pub const fn signature_state(state: SignatureState, lang: Lang) -> &'static str {
    match state {
        SignatureState::Unsigned => pick(lang, "未签名", "not signed"),
        SignatureState::Altered => pick(lang, "签名后改过", "changed after it was signed"),
        SignatureState::Unchecked => pick(lang, "签名未核对", "signature not checked"),
        SignatureState::Verified => pick(lang, "签名已核对", "signature checked"),
    }
}

/// On what ground a finding does not count at the gate.
pub fn accepted(accepted: &Acceptance, lang: Lang) -> String {
    let Acceptance { reason, expires, approver, document } = accepted;
    let ground: Vec<&str> =
        [approver.as_str(), document].into_iter().filter(|part| !part.is_empty()).collect();
    match lang {
        Lang::Zh if !approver.is_empty() => {
            format!("已豁免，至{expires}不计入门禁（{}批准），理由：{reason}", ground.join("，"))
        }
        Lang::En if !approver.is_empty() => {
            format!("waived, does not count at the gate until {expires} ({}): {reason}", ground.join(", "))
        }
        Lang::Zh => format!("已列入基准，{expires}前不计入门禁，理由：{reason}"),
        Lang::En => format!("in the baseline, does not count at the gate until {expires}: {reason}"),
    }
}

/// Whether a ruling counts.
pub const fn ruling_status(status: RulingStatus, lang: Lang) -> &'static str {
    match status {
        RulingStatus::Counted => pick(lang, "采用", "counts"),
        RulingStatus::Replaced => {
            pick(lang, "已被本人后来的裁定取代", "replaced by a later one of the same person")
        }
        RulingStatus::Outranked => pick(lang, "以评估组的裁定为准", "the team ruled too"),
        RulingStatus::Expired => pick(lang, "已过有效期", "expired"),
        RulingStatus::NotCounted => pick(lang, "本次不采用", "does not count in this run"),
    }
}

/// The level of an organization; a level we do not know is shown as it stands.
pub fn level(level: &str, lang: Lang) -> &str {
    match level {
        "city" => pick(lang, "市级", "city"),
        "county" => pick(lang, "县（区）级", "county"),
        "town" => pick(lang, "乡镇（街道）级", "town"),
        "village" => pick(lang, "村（社区）级", "village"),
        other => other,
    }
}

/// Points as a range; a single number where nothing is open. No en dash: its width depends on the terminal.
pub fn range(low: u32, high: u32, lang: Lang) -> String {
    if low == high { low.to_string() } else { format!("{low}{}{high}", pick(lang, "~", "-")) }
}

/// Points that are lost for sure, or may be lost.
pub fn loss(least: u32, most: u32, lang: Lang) -> String {
    match (least, most) {
        (0, 0) => "0".to_owned(),
        (0, most) => format!("-{most}?"),
        (least, most) => format!("-{}", range(least, most, lang)),
    }
}

/// A share in whole percent; never 0 % of something or 100 % of less than all.
pub fn percent(part: usize, whole: usize) -> String {
    let rounded = (part.saturating_mul(200).saturating_add(whole)) / whole.saturating_mul(2).max(1);
    match rounded {
        0 if part > 0 => "<1%".to_owned(),
        100 if part < whole => ">99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

/// A mean to one decimal.
pub fn mean(sum: u64, count: usize) -> String {
    let count = u64::try_from(count.max(1)).unwrap_or(u64::MAX);
    let tenths = sum.saturating_mul(20).saturating_add(count) / count.saturating_mul(2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The means of the low and the high ends of scores; a single number where nothing is open.
pub fn mean_range(low: u64, high: u64, count: usize, lang: Lang) -> String {
    let (low, high) = (mean(low, count), mean(high, count));
    if low == high { low } else { format!("{low}{}{high}", pick(lang, "~", "-")) }
}

/// A change of both ends of points; one number where they change alike.
pub fn signed((low, high): (i64, i64), lang: Lang) -> String {
    if low == high { format!("{low:+}") } else { format!("{low:+}{}{high:+}", pick(lang, "~", " to ")) }
}

/// The mean changes of both ends of points, to one decimal, of their sums.
pub fn mean_change((low, high): (i64, i64), count: usize, lang: Lang) -> String {
    let of = |sum: i64| format!("{}{}", if sum < 0 { "-" } else { "+" }, mean(sum.unsigned_abs(), count));
    let (low, high) = (of(low), of(high));
    if low == high { low } else { format!("{low}{}{high}", pick(lang, "~", " to ")) }
}

/// A clause of the standard, as texts cite it.
pub fn clause(id: &str, lang: Lang) -> String {
    clause::cited(id).get(lang).to_owned()
}

/// Rows left out, by their number and the reason.
pub fn left_out(reason: LeftOutReason, total: u64, lang: Lang) -> String {
    let why = left_out_reason(reason, lang);
    match lang {
        Lang::Zh => format!("{why}{total}行"),
        Lang::En => format!("{total} {why}"),
    }
}

/// The first of some rows, in brackets.
pub fn rows(first: &[u32], total: u64, lang: Lang) -> String {
    let numbers: Vec<String> = first.iter().map(u32::to_string).collect();
    let more = total > u64::try_from(first.len()).unwrap_or(u64::MAX);
    match lang {
        Lang::Zh => format!("（第{}行{}）", numbers.join("、"), if more { "等" } else { "" }),
        Lang::En => format!(" (row {}{})", numbers.join(", "), if more { " and others" } else { "" }),
    }
}

/// Why rows were left out.
const fn left_out_reason(reason: LeftOutReason, lang: Lang) -> &'static str {
    match reason {
        LeftOutReason::Total => pick(lang, "合计行", "totals"),
        LeftOutReason::Remark => pick(lang, "说明、落款行", "remarks and signatures"),
        LeftOutReason::Title => pick(lang, "重复的标题行", "titles printed again"),
        LeftOutReason::Header => pick(lang, "重复的表头行", "headers printed again"),
        LeftOutReason::Blank => pick(lang, "未填内容的行", "rows with nothing filled in"),
        LeftOutReason::Explanation => pick(
            lang,
            "表头下的列号、英文名、示例行",
            "column numbers, English names and examples under the header",
        ),
        LeftOutReason::Ragged => pick(lang, "列数多于表头的行", "rows with more cells than the header"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_one_number_is_that_number() {
        assert_eq!(range(7, 7, Lang::Zh), "7");
        assert_eq!(range(0, 7, Lang::Zh), "0~7");
        assert_eq!(range(0, 7, Lang::En), "0-7");
    }

    #[test]
    fn shares_and_means_are_rounded_but_hide_nothing() {
        assert_eq!(
            [(0, 0), (0, 9), (1, 3), (2, 3), (9, 9)].map(|(part, whole)| percent(part, whole)),
            ["0%", "0%", "33%", "67%", "100%"]
        );
        assert_eq!((percent(1, 2800), percent(2799, 2800)), ("<1%".to_owned(), ">99%".to_owned()));
        assert_eq!(
            [(0, 0), (1, 3), (2, 3), (599, 20)].map(|(sum, count)| mean(sum, count)),
            ["0.0", "0.3", "0.7", "30.0"]
        );
        assert_eq!(mean_range(10, 11, 1, Lang::En), "10.0-11.0");
        assert_eq!(mean_change((-3, -3), 2, Lang::Zh), "-1.5");
        assert_eq!(
            (signed((2, 2), Lang::Zh), signed((-1, 2), Lang::En)),
            ("+2".to_owned(), "-1 to +2".to_owned())
        );
    }

    #[test]
    fn clauses_name_their_part() {
        assert_eq!(clause("2/10.6.1", Lang::Zh), "第2部分10.6.1");
        assert_eq!(clause("5/4.2", Lang::En), "Part 5, 4.2");
        assert_eq!(clause("local", Lang::En), "local");
        assert_eq!(clause("F/3", Lang::En), "F/3");
        assert_eq!(clause("5/A.2.1, A.3.1", Lang::Zh), "第5部分A.2.1、A.3.1");
        assert_eq!(clause("", Lang::Zh), "");
    }
}
