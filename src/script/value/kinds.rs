//! Kinds of values in words.

use rhai::{Dynamic, ImmutableString};

use super::decision::{Cells, RuleDecision};
use super::enumerated::Choice;
use super::rows::{Group, Row, Rows};
use crate::model::text::Text;
use crate::table::date::Date;

/// What kind of value this is, in words.
pub(crate) fn kind_of(value: &Dynamic) -> Text {
    let (zh, en) = match value {
        _ if value.is_unit() => ("空值", "nothing"),
        _ if value.is_int() => ("整数", "a whole number"),
        _ if value.is_decimal() => ("小数", "a decimal number"),
        _ if value.is_bool() => ("是/否", "a yes-no value"),
        _ if value.is::<ImmutableString>() => ("文字", "text"),
        _ if value.is::<Date>() => ("日期", "a date"),
        _ if value.is::<Choice>() => ("枚举值", "an enumerated value"),
        _ if value.is::<Rows>() => ("若干行", "rows"),
        _ if value.is::<Row>() => ("一行", "a row"),
        _ if value.is::<Cells>() => ("单元格", "cells"),
        _ if value.is::<Group>() => ("分组", "a group"),
        _ if value.is::<RuleDecision>() => ("结论", "a decision"),
        _ if value.is_array() => ("列表", "a list"),
        _ if value.is_map() => ("映射", "a map"),
        _ => ("其他值", "another value"),
    };
    Text::new(zh, en)
}
