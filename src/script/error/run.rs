//! Why a rule stopped while running, in both languages.

use rhai::EvalAltResult;

use super::foreign_syntax::of_spreadsheets;
use super::raise::{HostError, did_you_mean};
use super::{exceeded, parse, sizes};
use crate::model::text::Text;

/// What a host function objected to, if it is that.
pub(crate) fn objection(error: &EvalAltResult) -> Option<HostError> {
    match error {
        EvalAltResult::ErrorRuntime(value, _) => value.clone().try_cast(),
        _ => None,
    }
}

/// What a message begins with that a rule has worded itself.
pub(crate) const THROWN: (&str, &str) = ("规则抛出：", "the rule threw: ");

/// Message and help. `names` gives all functions there are.
pub(crate) fn words<'n>(error: &EvalAltResult, names: impl FnOnce() -> &'n [String]) -> (Text, Text) {
    use EvalAltResult as E;
    match error {
        E::ErrorRuntime(value, _) => match objection(error) {
            Some(objection) => (objection.message, objection.help),
            None => {
                let thrown = sizes::brief(value);
                (
                    Text::new(format!("{}{thrown}", THROWN.0), format!("{}{thrown}", THROWN.1)),
                    Text::new("这是规则自己用 throw 写明的", "the rule itself says so with throw"),
                )
            }
        },
        E::ErrorParsing(error, _) => parse::words(error, ""),
        E::ErrorFunctionNotFound(signature, _) => unknown_function(signature, names()),
        E::ErrorTerminated(token, _) => exceeded::message_of(token),
        E::ErrorTooManyOperations(_) => limit("运算次数", "operations"),
        E::ErrorDataTooLarge(what, _) => too_large(what),
        E::ErrorStackOverflow(_) => limit("调用层数", "call depth"),
        E::ErrorTooManyVariables(_) => limit("变量个数", "number of variables"),
        E::ErrorTooManyModules(_) => limit("引入的库的个数", "number of imported libraries"),
        other => missing(other).or_else(|| wrong(other)).unwrap_or_else(failed),
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

/// The engine names what grew in words of its own.
fn too_large(what: &str) -> (Text, Text) {
    match what {
        "Length of string" => limit("文字长度", "length of a text"),
        "Size of object map" => limit("映射的大小", "size of a map"),
        _ => limit("列表的长度", "length of a list"),
    }
}

/// The error itself, and the file it happened in as far as it is known.
pub(super) fn innermost<'e>(error: &'e EvalAltResult, file: &'e str) -> (&'e EvalAltResult, &'e str) {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, source, inner, _) => {
            innermost(inner, if source.is_empty() { file } else { source })
        }
        EvalAltResult::ErrorInModule(_, inner, _) => innermost(inner, file),
        _ => (error, file),
    }
}

/// Whether a script went too far. The engine does not always say where, and it is nothing to do with a row.
pub(crate) fn is_limit(error: &EvalAltResult) -> bool {
    use EvalAltResult as E;
    matches!(
        innermost(error, "").0,
        E::ErrorTooManyOperations(_)
            | E::ErrorTerminated(..)
            | E::ErrorDataTooLarge(..)
            | E::ErrorStackOverflow(_)
    )
}

/// Something that is not there.
fn missing(error: &EvalAltResult) -> Option<(Text, Text)> {
    use EvalAltResult as E;
    let (zh, en, help_zh, help_en) = match error {
        E::ErrorVariableNotFound(name, _) => (
            format!("没有名为“{name}”的变量"),
            format!("there is no variable `{name}`"),
            "检查拼写；函数看不到外面的变量，请作为参数传入",
            "check the spelling; functions do not see outer variables: pass it as an argument",
        ),
        E::ErrorPropertyNotFound(name, _) => (
            format!("没有属性“{name}”"),
            format!("there is no property `{name}`"),
            "检查拼写；参数要在 META 的 params 里声明",
            "check the spelling; declare parameters in META.params",
        ),
        E::ErrorDotExpr(what, _) => {
            let name = quoted(what);
            (
                format!("这个值没有属性“{name}”"),
                format!("this value has no property `{name}`"),
                "检查拼写；取列请在一行（r.列）上取，不在若干行上取",
                "check the spelling; a column is read from a row, not from rows",
            )
        }
        E::ErrorModuleNotFound(name, _) => (
            format!("没有名为“{name}”的库"),
            format!("there is no library `{name}`"),
            "库是规则包 lib 文件夹里的文件，例如 import \"subjects\" as subjects;",
            "libraries are files in the pack's lib folder, as in import \"subjects\" as subjects;",
        ),
        E::ErrorIndexNotFound(index, _) => (
            format!("没有下标“{index}”"),
            format!("there is no index `{index}`"),
            "先用 in 判断有没有",
            "test with in first",
        ),
        E::ErrorArrayBounds(count, index, _) => (
            format!("列表有 {count} 项，没有第 {index} 项"),
            format!("the list has {count} items and none at {index}"),
            "第一项的下标是 0；先用 len() 判断",
            "the first item is at 0; test len() first",
        ),
        E::ErrorStringBounds(count, index, _) => (
            format!("文字有 {count} 个字符，没有第 {index} 个"),
            format!("the text has {count} characters and none at {index}"),
            "第一个字符的下标是 0；先用 len() 判断",
            "the first character is at 0; test len() first",
        ),
        _ => return None,
    };
    Some((Text::new(zh, en), Text::new(help_zh, help_en)))
}

/// Something that cannot be done with a value.
fn wrong(error: &EvalAltResult) -> Option<(Text, Text)> {
    use EvalAltResult as E;
    let (zh, en, help_zh, help_en) = match error {
        E::ErrorMismatchDataType(wanted, got, _) | E::ErrorMismatchOutputType(wanted, got, _) => {
            let (wanted, got) = (type_words(wanted), type_words(got));
            let (zh, en) = (
                format!("这里应是{}，却是{}", wanted.zh, got.zh),
                format!("{} is wanted here, this is {}", wanted.en, got.en),
            );
            let help =
                Text::new("检查取的是哪一列、哪个函数的结果", "see which column or function it comes from");
            return Some((Text::new(zh, en), help));
        }
        E::ErrorIndexingType(..) => (
            "这个值不能用方括号取值",
            "this value cannot be indexed",
            "方括号只用于列表、映射、文字和行",
            "lists, maps, texts and rows can be",
        ),
        E::ErrorFor(_) => (
            "for 只能逐一处理列表或若干行",
            "`for` goes over a list or rows only",
            "检查 in 后面的值",
            "look at the value after in",
        ),
        E::ErrorAssignmentToConstant(..) | E::ErrorNonPureMethodCallOnConstant(..) => (
            "常量不能改动",
            "a constant cannot change",
            "用 let 声明要改动的变量",
            "declare what changes with let",
        ),
        E::ErrorArithmetic(..) => (
            "算不出结果：除以零，或数太大",
            "this cannot be calculated: a division by zero, or too large a number",
            "先判断分母是否为零",
            "test for zero first",
        ),
        E::ErrorDataRace(..) => (
            "闭包不能使用它所在的这次调用正在处理的值",
            "a closure cannot use the value its own call starts from",
            "先写 let rows = t.表名; 再写 rows.filter(…)",
            "write let rows = t.table; first, then rows.filter(…)",
        ),
        E::ErrorUnboundThis(_) => {
            ("这里没有 this", "there is no `this` here", "把值作为参数传入", "pass the value as an argument")
        }
        E::ErrorVariableExists(..) | E::ErrorForbiddenVariable(..) => {
            ("不能用这个变量名", "the variable cannot have this name", "换一个名称", "take another name")
        }
        _ => return None,
    };
    Some((Text::new(zh, en), Text::new(help_zh, help_en)))
}

fn failed() -> (Text, Text) {
    (
        Text::new("这里不能执行", "this cannot be done"),
        Text::new("检查这一行用到的值和函数", "look at the values and functions of this line"),
    )
}

/// What stands between the first pair of quotation marks.
fn quoted(text: &str) -> &str {
    text.split(['\'', '"', '`']).nth(1).or_else(|| text.split_whitespace().last()).unwrap_or(text)
}

/// A type of the engine, in words.
fn type_words(name: &str) -> Text {
    // A text is told as all the forms it may be given in.
    let name = name.split('|').next().unwrap_or(name).trim();
    let (zh, en) = match name.trim_start_matches('&').trim_start_matches("mut ").trim() {
        "()" => ("空值", "nothing"),
        "i64" | "int" => ("整数", "a whole number"),
        "decimal" | "Decimal" => ("小数", "a decimal number"),
        "bool" => ("是/否", "a yes-no value"),
        "string" | "str" | "ImmutableString" | "String" => ("文字", "text"),
        "char" => ("一个字符", "a character"),
        "array" | "Array" => ("列表", "a list"),
        "map" | "Map" => ("映射", "a map"),
        "Fn" | "FnPtr" => ("闭包", "a closure"),
        "tables" => ("全部数据表", "the tables"),
        "rows" => ("若干行", "rows"),
        "row" => ("一行", "a row"),
        "group" => ("分组", "a group"),
        "tree" => ("树", "a tree"),
        "date" => ("日期", "a date"),
        "choice" => ("枚举值", "an enumerated value"),
        "decision" => ("结论", "a decision"),
        _ => ("其他值", "another value"),
    };
    Text::new(zh, en)
}

fn unknown_function(signature: &str, names: &[String]) -> (Text, Text) {
    let (name, arguments) = signature.split_once('(').unwrap_or((signature, ""));
    let (name, arguments) = (name.trim(), arguments.trim().trim_end_matches(')'));
    if name == UNSORTABLE {
        return unsortable();
    }
    if name.chars().all(|sign| !sign.is_alphanumeric() && sign != '_') {
        return operator(name, arguments);
    }
    if names.iter().any(|known| known == name) {
        return other_arguments(name, arguments);
    }
    let message = Text::new(format!("没有函数“{name}”"), format!("there is no function `{name}`"));
    let help = did_you_mean(name, names.iter().map(String::as_str));
    let help = of_spreadsheets(name).unwrap_or(help);
    let plain = Text::new(
        "检查拼写；库里的函数写成 库名::函数名",
        "check the spelling; a function of a library is library::function",
    );
    (message, help.or(plain))
}

/// What the engine calls a sort of values of different types.
const UNSORTABLE: &str = "elements of different types cannot be sorted";

fn unsortable() -> (Text, Text) {
    (
        Text::new(
            "列表的各项类型不同，不能排序",
            "the items of the list are of different kinds and cannot be sorted",
        ),
        Text::new("先用 map 换成同类型的值", "make values of one kind of them with map first"),
    )
}

fn listed(arguments: &str) -> Text {
    let words: Vec<Text> =
        arguments.split(',').filter(|one| !one.trim().is_empty()).map(type_words).collect();
    let join = |pick: fn(&Text) -> &str, sign: &str| words.iter().map(pick).collect::<Vec<_>>().join(sign);
    Text::new(join(|text| &text.zh, "、"), join(|text| &text.en, ", "))
}

fn other_arguments(name: &str, arguments: &str) -> (Text, Text) {
    let given = listed(arguments);
    let message = if given.en.is_empty() {
        Text::new(format!("“{name}”不能没有参数"), format!("`{name}` needs arguments"))
    } else {
        Text::new(
            format!("“{name}”不能用于这些值：{}", given.zh),
            format!("`{name}` does not take these values: {}", given.en),
        )
    };
    let help = Text::new(
        format!("检查“{name}”的参数个数和类型；第一个值是点号前面的那个"),
        format!(
            "look at the number and kinds of the arguments of `{name}`; the first is the one before the dot"
        ),
    );
    (message, help)
}

fn operator(sign: &str, arguments: &str) -> (Text, Text) {
    let given = listed(arguments);
    (
        Text::new(
            format!("“{sign}”不能用于这些值：{}", given.zh),
            format!("`{sign}` does not take these values: {}", given.en),
        ),
        Text::new(
            "请用同类型的值；空单元格先用 filled 判断",
            "use values of one type; test cells with filled first",
        ),
    )
}
