//! What the host offers that a kernel may use: functions and operators that change nothing.

use super::ir::Each;

/// Operators and functions of the script language.
const LANGUAGE: [&str; 24] = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "len",
    "is_empty",
    "starts_with",
    "ends_with",
    "index_of",
    "sub_string",
    "split",
    "to_upper",
    "to_lower",
    "to_string",
    "parse_int",
    "abs",
    "sign",
    "min",
    "max",
    "keys",
    "values",
    "extract",
    "is_odd",
];

/// Functions of the host, under both names.
const HOST: [(&str, &str); 48] = [
    ("blank", "为空"),
    ("filled", "已填"),
    ("has_digit", "含数字"),
    ("all_digits", "全是数字"),
    ("matches", "匹配"),
    ("mentions", "提到"),
    ("parts", "拆分"),
    ("quoted", "引出"),
    ("same_standard", "同一标准"),
    ("undated", "不带年号"),
    ("origin_of", "标准来源"),
    ("own_number", "自编号"),
    ("own_number_fault", "自编号毛病"),
    ("initials_fit", "首字母相符"),
    ("initials", "首字母"),
    ("place_of", "所在地名"),
    ("valid_id_number", "身份证号有效"),
    ("valid_credit_code", "信用代码有效"),
    ("phone_form", "电话格式"),
    ("birthday", "出生日期"),
    ("join", "连接"),
    ("ratio", "比率"),
    ("date", "日期"),
    ("plus_months", "加月"),
    ("plus_days", "加日"),
    ("policy", "口径"),
    ("edition", "版本"),
    ("lapsed", "已失效"),
    ("division", "区划"),
    ("known_requirement", "有此要求"),
    ("count", "计数"),
    ("first", "首行"),
    ("last", "末行"),
    ("is_empty", "无行"),
    ("lacks", "缺列"),
    ("unique", "去重"),
    ("sum", "合计"),
    ("duplicates", "重复行"),
    ("latest", "最近"),
    ("where", "等于"),
    ("find", "查找"),
    ("refers", "引用存在"),
    ("dangling", "引用悬空"),
    ("except", "排除"),
    ("later", "晚于"),
    ("earlier", "早于"),
    ("above", "大于"),
    ("below", "小于"),
];

/// Methods that take a closure, by any of their names.
const EACH: [(&str, Each); 11] = [
    ("some", Each::Some),
    ("any", Each::Any),
    ("任一", Each::Any),
    ("all", Each::All),
    ("全部", Each::All),
    ("filter", Each::Filter),
    ("筛选", Each::Filter),
    ("count", Each::Count),
    ("计数", Each::Count),
    ("map", Each::Map),
    ("逐行", Each::Map),
];

/// Methods of text that change it in place; each is of use as a statement only.
const CHANGING: [&str; 4] = ["replace", "trim", "make_upper", "make_lower"];

/// Before the name of a method that changes its text: the value is the text as changed.
const CHANGED: &str = "changed by ";

/// The name by which the host knows the function.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    let host = HOST.iter().find(|(en, zh)| *en == name || *zh == name).map(|(en, _)| *en);
    host.or_else(|| LANGUAGE.into_iter().find(|known| *known == name))
}

/// What a method does with a closure.
pub(crate) fn each(name: &str) -> Option<Each> {
    EACH.iter().find(|(known, _)| *known == name).map(|(_, each)| *each)
}

/// Whether the method changes its text in place.
pub(crate) fn changes(method: &str) -> bool {
    CHANGING.contains(&method)
}

/// The call that stands for the text as changed by the method.
pub(crate) fn changing(method: &str) -> String {
    format!("{CHANGED}{method}")
}

/// The method, where the call stands for a text as changed by it.
pub(crate) fn changed_by(call: &str) -> Option<&str> {
    call.strip_prefix(CHANGED)
}
