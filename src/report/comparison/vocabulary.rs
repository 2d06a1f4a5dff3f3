//! Names of sections and fields of packs in the reader's language.

use super::banded;
use crate::model::clause;
use crate::model::comparison::{How, Section};
use crate::model::pack::OverrideKind;
use crate::model::text::Lang;
use crate::report::words::pick;

/// What stands in a section.
pub(in crate::report) const fn section_word(section: Section, lang: Lang) -> &'static str {
    match section {
        Section::Marks => pick(lang, "满分和合格线", "Marks"),
        Section::Policy => pick(lang, "标准的读法（口径）", "Readings of the standard"),
        Section::Table => pick(lang, "评分表", "Scoring tables"),
        Section::Item => pick(lang, "评价内容", "Items"),
        Section::Requirement => pick(lang, "评价要求", "Requirements"),
        Section::Parameter => pick(lang, "规则参数和关键词", "Parameters and keywords of rules"),
        Section::Rule => pick(lang, "规则", "Rules"),
        Section::Library => pick(lang, "规则共用的库", "Libraries of rules"),
        Section::Clause => pick(lang, "条款", "Clauses"),
        Section::DataTable => pick(lang, "数据表", "Tables of submissions"),
        Section::Column => pick(lang, "数据表的列", "Columns of tables"),
        Section::Registry => pick(lang, "对照表", "Reference tables"),
    }
}

/// What a pack says otherwise, one of it.
pub(in crate::report) const fn kind_word(kind: OverrideKind, lang: Lang) -> &'static str {
    match kind {
        OverrideKind::Marks => pick(lang, "分数", "marks"),
        OverrideKind::Policy => pick(lang, "口径", "policy"),
        OverrideKind::Parameter => pick(lang, "参数", "parameter"),
        OverrideKind::Table => pick(lang, "评分表", "table"),
        OverrideKind::Item => pick(lang, "评价内容", "item"),
        OverrideKind::Requirement => pick(lang, "评价要求", "requirement"),
        OverrideKind::Clause => pick(lang, "条款", "clause"),
        OverrideKind::Rule => pick(lang, "规则", "rule"),
        OverrideKind::Replaced => pick(lang, "替换规则", "rule replaced"),
        OverrideKind::Off => pick(lang, "停用", "switched off"),
        OverrideKind::File => pick(lang, "替换文件", "file replaced"),
        OverrideKind::Pack => pick(lang, "替换规则包", "pack replaced"),
    }
}

/// How a thing changes.
pub(in crate::report) const fn how_word(how: How, lang: Lang) -> &'static str {
    match how {
        How::Added => pick(lang, "新增", "added"),
        How::Removed => pick(lang, "取消", "removed"),
        How::Changed => pick(lang, "改动", "changed"),
        How::Replaced => pick(lang, "替换", "replaced"),
        How::SwitchedOff => pick(lang, "停用", "switched off"),
        How::SwitchedOn => pick(lang, "恢复", "switched on again"),
    }
}

/// A field of a thing; names of parameters stand as they are.
pub(in crate::report) fn field_word(field: &str, lang: Lang) -> &str {
    let known = FIELDS.iter().find(|(name, ..)| *name == field);
    known.map_or(field, |(_, zh, en)| pick(lang, zh, en))
}

/// A value, where it is one of a few words.
pub(in crate::report) fn value_word(field: &str, value: &str, lang: Lang) -> String {
    if field == "decided" {
        return clause::way(value).get(lang).to_owned();
    }
    if let Some(text) = banded::bands_text(field, value) {
        return text.get(lang).to_owned();
    }
    let known = VALUES.iter().find(|(fields, word, ..)| fields.contains(&field) && *word == value);
    known.map_or(value, |(_, _, zh, en)| pick(lang, zh, en)).to_owned()
}

const FIELDS: [(&str, &str, &str); 36] = [
    ("full", "满分", "full mark"),
    ("pass", "合格线", "pass mark"),
    ("declared", "表头分值", "declared points"),
    ("minimum", "最低分", "minimum"),
    ("veto", "一票否决", "veto"),
    ("grades", "等级", "grades"),
    ("table", "所在的表", "table"),
    ("points", "分值", "points"),
    ("weight", "权重", "weight"),
    ("title", "标题", "title"),
    ("evidence", "证据", "evidence"),
    ("fix", "整改办法", "what to do"),
    ("award", "得分档", "bands of points"),
    ("decided", "判断方式", "decided"),
    ("deduct", "扣分", "deduction"),
    ("nature", "扣分性质", "nature"),
    ("superseded_by", "并入", "superseded by"),
    ("why", "理由", "why"),
    ("bands", "扣分档", "bands"),
    ("count", "计数扣分", "count"),
    ("severity", "严重程度", "severity"),
    ("clauses", "依据条款", "clauses"),
    ("script", "脚本", "script"),
    ("force", "约束程度", "force"),
    ("asks", "检查内容", "what is looked for"),
    ("eligibility", "申请条件", "eligibility"),
    ("requirements", "相关要求", "requirements"),
    ("zh", "中文名", "Chinese name"),
    ("aliases", "其他名称", "other names"),
    ("about", "说明", "about"),
    ("type", "类型", "type"),
    ("values", "取值", "values"),
    ("required", "必填", "required"),
    ("key", "主键", "key"),
    ("refers", "引用", "refers to"),
    ("privacy", "个人信息", "personal data"),
];

/// Words of these fields.
const VALUES: [(&[&str], &str, &str, &str); 10] = [
    (&["severity"], "error", "错误", "error"),
    (&["severity"], "warning", "警告", "warning"),
    (&["severity"], "advice", "提示", "advice"),
    (&["force"], "shall", "应", "shall"),
    (&["force"], "should", "宜", "should"),
    (&["force"], "informative", "说明性", "informative"),
    (&["nature"], "missing", "缺失", "missing"),
    (&["nature"], "falling-short", "不足", "falling short"),
    (&["eligibility", "required", "key"], "true", "是", "yes"),
    (&["eligibility", "required", "key"], "false", "否", "no"),
];
