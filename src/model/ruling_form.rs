//! How rulings are written: the columns of their files and the words in them. Worksheets are written by the same lists that
//! rulings are read by.

use super::digest::Digest;
use super::ruling::Role;
use super::text::Lang;

/// What a ruling is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Whom it is about.
    Organization,
    /// Item or requirement.
    Target,
    /// The word of the ruling.
    Ruling,
    /// A value that bands or counts turn into points.
    Value,
    /// Of whom it is.
    Role,
    /// The person.
    By,
    /// The day.
    Date,
    /// The last day on which it holds.
    Expires,
    /// Why.
    Reason,
    /// What it rests on.
    Evidence,
}

/// Names of a field.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The field.
    pub field: Field,
    /// English key.
    pub key: &'static str,
    /// Chinese header.
    pub zh: &'static str,
    /// Other headers.
    pub aliases: &'static [&'static str],
    /// Whether it must be filled.
    pub required: bool,
}

impl Names {
    /// Its header in a language.
    pub const fn header(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.key,
        }
    }
}

const fn names(
    field: Field,
    key: &'static str,
    zh: &'static str,
    aliases: &'static [&'static str],
    required: bool,
) -> Names {
    Names { field, key, zh, aliases, required }
}

/// All fields.
pub const FIELDS: [Names; 10] = [
    names(Field::Organization, "organization", "被评估单位", &["单位编号", "单位"], false),
    names(Field::Target, "target", "对象", &["评价内容", "评价要求", "目标", "编号", "裁定对象"], true),
    names(Field::Ruling, "ruling", "裁定", &["裁定结果", "结论"], true),
    names(Field::Value, "value", "值", &["数值"], false),
    names(Field::Role, "role", "角色", &["裁定角色"], true),
    names(Field::By, "by", "裁定人", &["姓名", "裁定人员"], true),
    names(Field::Date, "date", "日期", &["裁定日期", "裁定时间", "时间"], true),
    names(Field::Expires, "expires", "有效期至", &["有效期"], false),
    names(Field::Reason, "reason", "理由", &["裁定理由"], true),
    names(Field::Evidence, "evidence", "依据", &["证据"], false),
];

impl Field {
    /// Its place among the fields.
    pub fn position(self) -> usize {
        FIELDS.iter().position(|names| names.field == self).unwrap_or_default()
    }

    /// Its English key.
    pub fn key(self) -> &'static str {
        FIELDS.get(self.position()).map_or("", |names| names.key)
    }

    /// Its header in a language.
    pub fn header(self, lang: Lang) -> &'static str {
        FIELDS.get(self.position()).map_or("", |names| names.header(lang))
    }
}

/// A ruling as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Fulfilled.
    Met,
    /// Not fulfilled.
    Unmet,
    /// Nothing there.
    Absent,
    /// Not needed here.
    NotApplicable,
    /// A value is given.
    Value,
}

/// The words for each ruling, the English one first, then the Chinese one.
pub const RULINGS: [(Word, &[&str]); 5] = [
    (Word::Met, &["met", "符合"]),
    (Word::Unmet, &["unmet", "不符合"]),
    (Word::Absent, &["absent", "缺失"]),
    (Word::NotApplicable, &["not-applicable", "不适用"]),
    (Word::Value, &["value", "值"]),
];

/// The words for each role, the English one first, then the Chinese one that is written.
pub const ROLES: [(Role, &[&str]); 2] =
    [(Role::SelfEvaluation, &["self", "自评", "自我评价"]), (Role::Team, &["team", "评估组", "评价组"])];

/// Of the words for one thing, the one that is written in a language.
pub fn written(words: &[&'static str], lang: Lang) -> &'static str {
    let at = match lang {
        Lang::En => 0,
        Lang::Zh => 1,
    };
    words.get(at).copied().unwrap_or_default()
}

/// The hidden column of worksheets: English key and Chinese header.
pub const KEY: (&str, &str) = ("worksheet_key", "底稿行标识");

/// Signs of a key: enough to tell the rows of a worksheet apart.
const SIGNS: usize = 12;

/// The key of a row of a worksheet, by which a row whose cells were moved apart is known.
pub fn key(organization: &str, target: &str) -> String {
    let parts = ["worksheet", organization, target].into_iter();
    let whole = parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex();
    whole.chars().take(SIGNS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_header_is_there_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(RULINGS.iter().all(|(_, words)| !written(words, lang).is_empty()));
            assert!(ROLES.iter().all(|(_, words)| !written(words, lang).is_empty()));
            assert!(FIELDS.iter().all(|names| names.field.header(lang) == names.header(lang)));
        }
    }

    #[test]
    fn a_key_is_of_one_organization_and_one_target() {
        assert_ne!(key("a", "bc"), key("ab", "c"));
        assert_eq!(key("DS01", "A.1.1.a"), key("DS01", "A.1.1.a"));
        assert_eq!(key("", "").chars().count(), SIGNS);
    }
}
