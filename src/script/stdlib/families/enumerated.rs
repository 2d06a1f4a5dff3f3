//! Cells of enumerated columns. Comparisons that are refused are registered by [`super::super::operators`].

use rhai::ImmutableString;

use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, operator, unnamed};
use crate::script::value::enumerated;
use crate::script::value::enumerated::Choice;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    operator("==", "cell: choice, word: String", Type::Bool, r#"t.grids.filter(|r| r.level == "grid")"#)
        .about("枚举单元格是否为该取值（编号或中文词）", "whether the enumerated cell is this value, by id or word")
        .by(|to| to.add(enumerated::equals)),
    operator("!=", "cell: choice, word: String", Type::Bool, r#"t.grids.filter(|r| r.level != "grid")"#)
        .about("枚举单元格是否不是该取值", "whether the enumerated cell is not this value")
        .by(|to| to.add(enumerated::differs)),
    operator("==", "word: String, cell: choice", Type::Bool, r#"t.grids.filter(|r| "grid" == r.level)"#)
        .about("枚举单元格是否为该取值（编号或中文词）", "whether the enumerated cell is this value, by id or word")
        .by(|to| to.add(enumerated::equals_reversed)),
    operator("!=", "word: String, cell: choice", Type::Bool, r#"t.grids.filter(|r| "grid" != r.level)"#)
        .about("枚举单元格是否不是该取值", "whether the enumerated cell is not this value")
        .by(|to| to.add(enumerated::differs_reversed)),
    operator("==", "a: choice, b: choice", Type::Bool, "t.grids.first().level == t.grids.last().level")
        .about("两个枚举单元格是否相同", "whether two enumerated cells are the same")
        .by(|to| to.add(enumerated::same)),
    operator("!=", "a: choice, b: choice", Type::Bool, "t.grids.first().level != t.grids.last().level")
        .about("两个枚举单元格是否不同", "whether two enumerated cells differ")
        .by(|to| to.add(enumerated::not_same)),
    unnamed("to_string", "cell: choice", Type::Text, "t.grids.first().level.to_string()")
        .about("枚举取值的文字", "the enumerated value as text")
        .cost(CostModel::Free)
        .by(|to| to.add(enumerated::to_text)),
    unnamed("to_debug", "cell: choice", Type::Text, "t.grids.first().level.to_debug()")
        .about("枚举取值的文字", "the enumerated value as text")
        .cost(CostModel::Free)
        .by(|to| to.add(enumerated::to_text)),
    operator("+", "text: String, cell: choice", Type::Text, r#""层级：" + t.grids.first().level"#)
        .about("把枚举取值接在文字后面", "the text with the enumerated value after it")
        .cost(CostModel::Walk)
        .by(|to| to.add(|text: ImmutableString, choice: Choice| format!("{text}{choice}"))),
    operator("+", "cell: choice, text: String", Type::Text, r#"t.grids.first().level + "级""#)
        .about("把文字接在枚举取值后面", "the enumerated value with the text after it")
        .cost(CostModel::Walk)
        .by(|to| to.add(|choice: Choice, text: ImmutableString| format!("{choice}{text}"))),
];
