//! What can go wrong in a rule, in words a rule author understands, at its line and column.

use rhai::{Dynamic, EvalAltResult, ImmutableString, ParseError, ParseErrorType, Position};

use super::bounds;
use super::choice::Choice;
use super::decide::{Cells, Verdict};
use super::natives;
use super::rows::{Group, Row, Rows};
use crate::model::date::Date;
use crate::model::declare::{ColumnDecl, TableDecl};
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest;
use crate::model::text::Text;

/// An error in a rule: a broken rule, not a finding about the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// Id of the rule, or its path where it has none yet.
    pub rule: String,
    /// Path of the file inside its pack.
    pub file: String,
    /// 1-based line and column, in characters.
    pub position: Option<(usize, usize)>,
    /// The line itself.
    pub line: String,
    /// What is wrong and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

impl Explain for RuleFault {
    fn fault(&self) -> Fault {
        let zh = format!("规则 {} 出错：{}", self.rule, self.message.zh);
        let en = format!("rule {} is broken: {}", self.rule, self.message.en);
        let mark = |column: usize| (self.line.clone(), column.saturating_sub(1), self.token_length(column));
        Fault {
            code: "rule.broken",
            message: Text::new(zh, en),
            help: self.help.clone(),
            file: Some(self.file.clone()),
            sheet: None,
            row: self.position.and_then(|(line, _)| u32::try_from(line).ok()),
            column: self.position.map(|(_, column)| column.to_string()),
            excerpt: self.position.map(|(_, column)| mark(column)),
        }
    }
}

impl RuleFault {
    /// A fault of a whole file.
    pub(crate) fn whole(rule: &str, file: &str, message: Text, help: Text) -> Self {
        let (rule, file) = (rule.to_owned(), file.to_owned());
        Self { rule, file, position: None, line: String::new(), message, help }
    }

    fn token_length(&self, column: usize) -> usize {
        let word = |c: &char| c.is_alphanumeric() || *c == '_';
        self.line.chars().skip(column.saturating_sub(1)).take_while(word).count().max(1)
    }
}

/// What a host function objects to; travels inside the script engine's own error.
#[derive(Clone, Debug)]
struct Objection {
    message: Text,
    help: Text,
}

/// An error raised by a host function, in both languages.
pub(super) fn raise(message: Text, help: Text) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(Objection { message, help }), Position::NONE))
}

pub(super) fn unknown_table<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Box<EvalAltResult> {
    let message = Text::new(format!("没有名为“{name}”的数据表"), format!("there is no table `{name}`"));
    raise(message, did_you_mean(name, known))
}

pub(super) fn unknown_column(table: &TableDecl, name: &str) -> Box<EvalAltResult> {
    let message = Text::new(
        format!("数据表“{}”没有名为“{name}”的列", table.zh),
        format!("table `{}` has no column `{name}`", table.id),
    );
    let known = table.columns.iter().flat_map(|column| [column.id.as_str(), column.zh.as_str()]);
    raise(message, did_you_mean(name, known))
}

pub(super) fn unknown_value(table: &TableDecl, column: &ColumnDecl, word: &str) -> Box<EvalAltResult> {
    let message = Text::new(
        format!("“{}·{}”的取值中没有“{word}”", table.zh, column.zh),
        format!("`{word}` is not a value of `{}.{}`", table.id, column.id),
    );
    let allowed = column.value_ids().collect::<Vec<_>>().join(", ");
    let suggested = did_you_mean(word, column.value_ids());
    let help = Text::new(
        format!("允许的取值：{allowed}。{}", suggested.zh),
        format!("allowed values: {allowed}. {}", suggested.en),
    );
    raise(message, help)
}

pub(super) fn mismatch(a: Text, b: Text) -> Box<EvalAltResult> {
    let message = Text::new(
        format!("{}不能与{}比较", a.zh, b.zh),
        format!("{} cannot be compared with {}", a.en, b.en),
    );
    raise(message, Text::new("请比较同类型的值", "compare values of the same type"))
}

/// "Did you mean", or nothing.
pub(super) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Text {
    closest(name, known).map_or_else(Text::default, |near| {
        Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
    })
}

/// What kind of value this is, in words.
pub(super) fn kind_of(value: &Dynamic) -> Text {
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
        _ if value.is::<Verdict>() => ("结论", "a decision"),
        _ if value.is_array() => ("列表", "a list"),
        _ if value.is_map() => ("映射", "a map"),
        _ => ("其他值", "another value"),
    };
    Text::new(zh, en)
}

/// A script as faults refer to it.
pub(super) struct Script<'a> {
    pub(super) rule: &'a str,
    pub(super) file: &'a str,
    pub(super) source: &'a str,
}

impl Script<'_> {
    /// A file that does not compile.
    pub(super) fn parse_fault(&self, error: &ParseError) -> RuleFault {
        let (message, help) = describe_parse(error.err_type(), self.line(error.position()));
        self.fault(error.position(), message, help)
    }

    /// A rule that stopped while running. `names` gives all functions there are.
    pub(super) fn run_fault<'n>(
        &self,
        error: &EvalAltResult,
        names: impl FnOnce() -> &'n [String],
    ) -> RuleFault {
        let inner = innermost(error);
        let (message, help) = describe(inner, names);
        self.fault(inner.position(), message, help)
    }

    fn fault(&self, position: Position, message: Text, help: Text) -> RuleFault {
        RuleFault {
            position: position.line().map(|line| (line, position.position().unwrap_or(1))),
            line: self.line(position).to_owned(),
            ..RuleFault::whole(self.rule, self.file, message, help)
        }
    }

    fn line(&self, position: Position) -> &str {
        let at = position.line().and_then(|line| line.checked_sub(1));
        at.and_then(|at| self.source.lines().nth(at)).unwrap_or_default()
    }
}

fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) => {
            innermost(inner)
        }
        _ => error,
    }
}

fn describe<'n>(error: &EvalAltResult, names: impl FnOnce() -> &'n [String]) -> (Text, Text) {
    use EvalAltResult as E;
    match error {
        E::ErrorRuntime(value, _) => match value.clone().try_cast::<Objection>() {
            Some(objection) => (objection.message, objection.help),
            None => {
                let thrown = natives::brief(value);
                (
                    Text::new(format!("规则抛出：{thrown}"), format!("the rule threw: {thrown}")),
                    Text::default(),
                )
            }
        },
        E::ErrorFunctionNotFound(signature, _) => unknown_function(signature, names()),
        E::ErrorVariableNotFound(name, _) => unknown_variable(name),
        E::ErrorPropertyNotFound(name, _) => (
            Text::new(format!("没有属性“{name}”"), format!("there is no property `{name}`")),
            Text::new(
                "检查拼写；参数要在 META 的 params 里声明",
                "check the spelling; declare parameters in META.params",
            ),
        ),
        E::ErrorTerminated(token, _) => bounds::told(token),
        E::ErrorTooManyOperations(_) => limit("运算次数", "operations"),
        E::ErrorDataTooLarge(what, _) => limit("数据大小", what),
        E::ErrorStackOverflow(_) => limit("调用层数", "call depth"),
        other => (Text::new(other.to_string(), other.to_string()), Text::default()),
    }
}

fn limit(zh: &str, en: &str) -> (Text, Text) {
    (
        Text::new(format!("规则超出限制：{zh}"), format!("the rule exceeds a limit: {en}")),
        Text::new(
            "检查循环和递归；按行计算请用表的 filter、count 等操作",
            "look for loops and recursion; use table operations such as filter and count for work on rows",
        ),
    )
}

fn unknown_variable(name: &str) -> (Text, Text) {
    (
        Text::new(format!("没有名为“{name}”的变量"), format!("there is no variable `{name}`")),
        Text::new(
            "函数看不到外面的变量：请作为参数传入",
            "functions do not see outer variables: pass it as an argument",
        ),
    )
}

fn unknown_function(signature: &str, names: &[String]) -> (Text, Text) {
    let name = signature.split([' ', '(']).next().unwrap_or(signature);
    let message = Text::new(
        format!("没有函数“{name}”，或参数的个数、类型不对"),
        format!("there is no function `{name}` for these arguments"),
    );
    let known = names.iter().map(String::as_str);
    let exists = names.iter().any(|known| known == name);
    let help = if exists {
        Text::new(
            format!("“{name}”的参数不对：{signature}"),
            format!("`{name}` takes other arguments: {signature}"),
        )
    } else {
        did_you_mean(name, known)
    };
    (message, help)
}

/// Signs of the full-width keyboard that are often typed into code, and what they stand for.
const FULL_WIDTH: [(char, char); 16] = [
    ('（', '('),
    ('）', ')'),
    ('，', ','),
    ('；', ';'),
    ('：', ':'),
    ('“', '"'),
    ('”', '"'),
    ('＝', '='),
    ('！', '!'),
    ('｛', '{'),
    ('｝', '}'),
    ('［', '['),
    ('］', ']'),
    ('＞', '>'),
    ('＜', '<'),
    ('\u{3000}', ' '),
];

fn describe_parse(error: &ParseErrorType, line: &str) -> (Text, Text) {
    let message = Text::new(format!("规则写法有误：{error}"), format!("the rule does not parse: {error}"));
    let wide = FULL_WIDTH.iter().find(|(wide, _)| line.contains(*wide));
    let help = match (wide, error) {
        (Some((wide, half)), _) => Text::new(
            format!("该行有全角符号“{wide}”，代码中请用半角“{half}”"),
            format!("the line has a full-width `{wide}`; code needs `{half}`"),
        ),
        (None, ParseErrorType::VariableUndefined(_)) => Text::new(
            "函数看不到外面的变量：请作为参数传入",
            "functions do not see outer variables: pass it as an argument",
        ),
        _ => Text::default(),
    };
    (message, help)
}
