//! Words of a comparison of reports, in both languages.

use crate::model::pack::SignatureState;
use crate::model::report::Range;
use crate::model::report_diff::{Cause, SettingChange, SettingKind};
use crate::model::run_inputs::InputRole;
use crate::model::text::{Lang, Text};
use crate::report::words::{self, pick};

/// A text in both languages.
pub(super) fn both(text: impl Fn(Lang) -> String) -> Text {
    Text::new(text(Lang::Zh), text(Lang::En))
}

/// A text that is the same in both.
pub(super) fn same(text: &str) -> Text {
    Text::new(text, text)
}

/// A cause.
const fn cause(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::Ruling => pick(lang, "裁定", "rulings"),
        Cause::Data => pick(lang, "申报材料", "the submission"),
        Cause::Pack => pick(lang, "规则包", "packs"),
        Cause::Policy => pick(lang, "口径", "policies"),
        Cause::Reading => pick(lang, "登记库、对应表或编码", "registry, mappings or encoding"),
        Cause::Day => pick(lang, "评价日", "the day"),
        Cause::Tool => pick(lang, "程序版本", "the version of the program"),
        Cause::SelfEvaluation => pick(lang, "是否自我评价", "self-evaluation"),
    }
}

/// Why points moved.
pub(super) fn causes(causes: &[Cause]) -> Text {
    both(|lang| {
        let words: Vec<_> = causes.iter().map(|one| cause(*one, lang)).collect();
        match (words.as_slice(), lang) {
            ([], Lang::Zh) => "报告记载的依据均未变化，原因不明".to_owned(),
            ([], Lang::En) => "unknown: nothing that the reports name differs".to_owned(),
            ([one], _) => (*one).to_owned(),
            (several, Lang::Zh) => format!("{}（仅凭报告无法区分）", several.join("或")),
            (several, Lang::En) => format!("{} (the reports alone do not tell which)", several.join(" or ")),
        }
    })
}

/// A kind of setting.
pub(super) const fn setting(kind: SettingKind, lang: Lang) -> &'static str {
    match kind {
        SettingKind::Day => pick(lang, "评价日", "as-of day"),
        SettingKind::Tool => pick(lang, "程序版本", "version of the program"),
        SettingKind::SelfEvaluation => pick(lang, "自我评价", "self-evaluation"),
        SettingKind::Masking => pick(lang, "遮盖个人信息", "personal data masked"),
        SettingKind::Pack => pick(lang, "规则包", "pack"),
        SettingKind::Policy => pick(lang, "口径", "policy"),
        SettingKind::Input => pick(lang, "所用文件和选项", "given files and options"),
        SettingKind::Override => pick(lang, "本地规定", "override"),
        SettingKind::BrokenRule => pick(lang, "不能编译的规则", "rule that does not compile"),
    }
}

/// What a setting is about, where it has a name of its own.
pub(super) fn subject(change: &SettingChange, lang: Lang) -> &str {
    let role = InputRole::ALL.into_iter().find(|role| role.name() == change.id);
    let role = role.filter(|_| change.kind == SettingKind::Input);
    role.map_or(change.id.as_str(), |role| words::input_role(role, lang))
}

/// What of a setting.
pub(super) fn field(field: &str, lang: Lang) -> &str {
    match field {
        "version" => pick(lang, "版本", "version"),
        "sha256" => pick(lang, "摘要", "SHA-256"),
        "signature" => pick(lang, "签名", "signature"),
        "signed_by" => pick(lang, "签名密钥", "signed by"),
        "order" => pick(lang, "层叠次序", "order of layers"),
        "was" => pick(lang, "原规定", "what it overrides"),
        "now" => pick(lang, "现规定", "what it says"),
        "document" => pick(lang, "文号", "document"),
        "reason" => pick(lang, "理由", "reason"),
        "from" => pick(lang, "施行日期", "from"),
        other => other,
    }
}

/// A value of a setting.
pub(super) fn value(change: &SettingChange, value: Option<&str>) -> Text {
    both(|lang| {
        let flag = matches!(change.kind, SettingKind::SelfEvaluation | SettingKind::Masking);
        match value {
            None => pick(lang, "无", "none").to_owned(),
            Some("yes") if flag => pick(lang, "是", "yes").to_owned(),
            Some("no") if flag => pick(lang, "否", "no").to_owned(),
            Some("") => pick(lang, "（空）", "(empty)").to_owned(),
            Some(text) => {
                let state = SignatureState::ALL.into_iter().find(|state| state.name() == text);
                let state = state.filter(|_| change.field == super::settings::SIGNATURE);
                state.map_or(text, |state| words::signature_state(state, lang)).to_owned()
            }
        }
    })
}

/// A range of points.
pub(super) fn range(range: Range) -> Text {
    both(|lang| words::range(range.low, range.high, lang))
}

/// What is not there.
pub(super) fn nothing() -> Text {
    Text::new("无", "none")
}

/// The first digits of a digest.
pub(super) fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

/// What is said where personal data is masked on one side alone.
pub(super) fn masking() -> Text {
    Text::new(
        "两边的报告只有一边遮盖了个人信息：名称、问题说明、裁定理由未作比较，其余照常比较",
        "Personal data is masked on one side only: names, messages and the reasons of rulings were not compared; all else was",
    )
}
