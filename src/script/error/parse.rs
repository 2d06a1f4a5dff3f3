//! Why a script does not parse, in the words of a rule's author: the parser itself speaks English only.

use rhai::{LexError, ParseErrorType};

use super::foreign_syntax::habit;
use crate::model::text::Text;

type Words = (Text, Text);

/// Message and help.
pub(crate) fn words(error: &ParseErrorType, line: &str) -> Words {
    let (message, help) = match error {
        ParseErrorType::BadInput(error) => lexical(error),
        ParseErrorType::MissingToken(sign, purpose) => missing(sign, purpose),
        other => {
            names(other).or_else(|| forms(other)).or_else(|| misplaced(other)).unwrap_or_else(unreadable)
        }
    };
    (message, habit(line).or_else(|| keyword(error, line)).unwrap_or(help))
}

const KEYWORDS: [&str; 15] = [
    "let", "const", "fn", "if", "else", "for", "in", "while", "loop", "return", "switch", "import", "break",
    "continue", "as",
];

/// The first word of the line, where it stands before another and is nearly a word of the language.
fn keyword(error: &ParseErrorType, line: &str) -> Option<Text> {
    let line = line.trim_start();
    let first = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next()?;
    let rest = line.get(first.len()..)?;
    let another = rest.starts_with(' ')
        && rest.trim_start().starts_with(|sign: char| sign.is_alphabetic() || sign == '"');
    let elsewhere = matches!(error, ParseErrorType::VariableUndefined(name) if name != first);
    if elsewhere || !another || KEYWORDS.contains(&first) {
        return None;
    }
    let near = |word: &&&str| strsim::osa_distance(word, first) == 1 && first.len() > 1;
    KEYWORDS.iter().find(near).map(|meant| said_instead(meant))
}

fn said_instead(meant: &str) -> Text {
    Text::new(format!("是否想写“{meant}”？"), format!("did you mean `{meant}`?"))
}

fn lexical(error: &LexError) -> Words {
    let text = |zh: String, en: String| Text::new(zh, en);
    match error {
        LexError::UnexpectedInput(sign) => (
            text(format!("这里不该有“{sign}”"), format!("`{sign}` is out of place here")),
            Text::new(
                "检查它前面是否缺了运算符、逗号、括号或引号，它本身是否多余",
                "see whether an operator, a comma, a bracket or a quotation mark is missing before it, or it is one too many",
            ),
        ),
        LexError::UnterminatedString => (
            Text::new("文字没有结束的引号", "a text has no closing quotation mark"),
            Text::new("在文字末尾补上半角引号 \"", "put a \" at the end of the text"),
        ),
        LexError::StringTooLong(most) => (
            text(format!("文字超过 {most} 个字节"), format!("a text is longer than {most} bytes")),
            Text::new("拆成几段", "split it"),
        ),
        LexError::MalformedEscapeSequence(sequence) => (
            text(format!("文字中的“{sequence}”不是转义"), format!("`{sequence}` in a text is no escape")),
            Text::new("反斜杠本身写成 \\\\", "a backslash itself is written \\\\"),
        ),
        LexError::MalformedNumber(number) => (
            text(format!("“{number}”不是数"), format!("`{number}` is no number")),
            Text::new("例如 12、0.5、1_000", "for example 12, 0.5 or 1_000"),
        ),
        LexError::MalformedChar(sign) => (
            text(
                format!("单引号里应是一个字符，这里是“{sign}”"),
                format!("`{sign}` between single quotation marks is not one character"),
            ),
            Text::new("文字请用双引号 \"…\"", "texts stand between double quotation marks, \"…\""),
        ),
        LexError::MalformedIdentifier(name) => (
            text(format!("“{name}”不能作名称"), format!("`{name}` cannot be a name")),
            Text::new(
                "名称由文字、数字和下划线组成，不以数字开头",
                "a name has letters, digits and underscores, and does not begin with a digit",
            ),
        ),
        LexError::ImproperSymbol(word, _) if word.starts_with(char::is_alphabetic) => (
            text(format!("规则里没有“{word}”"), format!("rules do not have `{word}`")),
            Text::new(
                "看数据用 wangge rules try；判断用 met、unmet、require 等作出结论",
                "to look at data use `wangge rules try`; a rule decides with met, unmet, require …",
            ),
        ),
        LexError::ImproperSymbol(sign, _) => {
            (text(format!("没有“{sign}”这个符号"), format!("there is no sign `{sign}`")), symbol(sign))
        }
        LexError::Runtime(_) | _ => unreadable(),
    }
}

/// What to write instead of signs of other languages.
fn symbol(sign: &str) -> Text {
    let instead = match sign {
        "===" | "=" => "==",
        "!==" => "!=",
        "->" | ":=" => "=",
        "<-" => "<",
        "# {" => "#{",
        ":;" => "::",
        _ => return Text::new("检查拼写和括号", "check the spelling and the brackets"),
    };
    Text::new(format!("请写“{instead}”"), format!("write `{instead}`"))
}

/// What a sign is for, by the first words of the parser's own description.
const PURPOSES: [(&str, &str, &str); 18] = [
    ("to close the arguments", "结束函数的参数", "to end the arguments of the call"),
    ("to separate the arguments", "分隔函数的参数", "between the arguments of the call"),
    ("to start arguments", "开始函数的参数", "to begin the arguments of the call"),
    ("for a matching [", "与前面的 [ 配对", "to match the [ before"),
    ("for a matching (", "与前面的 ( 配对", "to match the ( before"),
    ("to end this array", "结束列表", "to end the list"),
    ("to separate the items of this array", "分隔列表的各项", "between the items of the list"),
    ("to end this object map", "结束映射", "to end the map"),
    ("to separate the items of this object map", "分隔映射的各项", "between the entries of the map"),
    ("to follow the property", "跟在键的后面", "after the key"),
    ("to start a", "开始代码块", "to begin the block"),
    ("to end this switch", "结束 switch", "to end the `switch`"),
    ("in this switch", "用在 switch 的各项中", "in the case of the `switch`"),
    ("to separate the items in this switch", "分隔 switch 的各项", "between the cases of the `switch`"),
    ("after the iteration", "跟在循环变量后面", "after the loop's variable"),
    ("to terminate this block", "结束代码块", "to end the block"),
    ("to terminate this statement", "结束这一句", "to end the statement"),
    ("to close the parameters", "结束参数表", "to end the parameters"),
];

fn missing(sign: &str, purpose: &str) -> Words {
    let known = PURPOSES.iter().find(|(begins, ..)| purpose.starts_with(begins));
    let (zh, en) = known.map_or(("", ""), |(_, zh, en)| (zh, en));
    let for_zh = if zh.is_empty() { String::new() } else { format!("，用来{zh}") };
    let for_en = if en.is_empty() { String::new() } else { format!(" {en}") };
    (
        Text::new(format!("这里缺少“{sign}”{for_zh}"), format!("`{sign}` is missing here{for_en}")),
        Text::new(
            format!("在标出处之前补上“{sign}”，或检查前面的括号、引号是否成对"),
            format!(
                "put `{sign}` before the marked place, or see whether brackets and quotation marks before it have their partners"
            ),
        ),
    )
}

/// What is wrong with a name.
fn names(error: &ParseErrorType) -> Option<Words> {
    use ParseErrorType as E;
    let words = |zh: String, en: String, help_zh: &str, help_en: &str| {
        Some((Text::new(zh, en), Text::new(help_zh, help_en)))
    };
    match error {
        E::VariableUndefined(name) => words(
            format!("没有名为“{name}”的变量"),
            format!("there is no variable `{name}`"),
            "检查拼写；函数看不到外面的变量，请作为参数传入；文字要加引号",
            "check the spelling; functions do not see outer variables: pass it as an argument; texts need quotation marks",
        ),
        E::ModuleUndefined(name) => words(
            format!("没有引入名为“{name}”的库"),
            format!("no library is imported as `{name}`"),
            "在函数开头写 import \"库名\" as 名称;",
            "write import \"library\" as name; at the start of the function",
        ),
        E::Reserved(name) => words(
            format!("“{name}”是保留字，不能这样用"),
            format!("`{name}` is a reserved word and cannot stand here"),
            "换一个名称",
            "take another name",
        ),
        E::ForbiddenVariable(name) => words(
            format!("“{name}”不能作变量名"),
            format!("`{name}` cannot name a variable"),
            "换一个名称",
            "take another name",
        ),
        E::DuplicatedProperty(name) => words(
            format!("映射里有两个“{name}”"),
            format!("the map has two entries `{name}`"),
            "每个键只写一次；评价要求的字母是否写重了？",
            "write each key once; is a requirement's letter there twice?",
        ),
        E::DuplicatedVariable(name) | E::VariableExists(name) => words(
            format!("变量“{name}”已经有了"),
            format!("there is a variable `{name}` already"),
            "换一个名称",
            "take another name",
        ),
        E::FnDuplicatedDefinition(name, count) => words(
            format!("有 {count} 个参数的函数“{name}”写了两次"),
            format!("the function `{name}` with {count} parameters is there twice"),
            "删去一个，或改名",
            "remove one or rename it",
        ),
        E::FnDuplicatedParam(name, parameter) => words(
            format!("函数“{name}”的参数“{parameter}”写了两次"),
            format!("the function `{name}` has two parameters `{parameter}`"),
            "参数各取一个名称",
            "name each parameter differently",
        ),
        E::AssignmentToConstant(name) => words(
            format!("“{name}”是常量，不能再赋值"),
            format!("`{name}` is a constant and cannot change"),
            "用 let 声明要改动的变量",
            "declare what changes with let",
        ),
        _ => None,
    }
}

/// What is wrong with the form of something.
fn forms(error: &ParseErrorType) -> Option<Words> {
    use ParseErrorType as E;
    let (zh, en, help_zh, help_en) = match error {
        E::UnexpectedEOF => (
            "文件到这里就断了",
            "the file ends in the middle of something",
            "检查括号、引号是否成对",
            "see whether brackets and quotation marks have their partners",
        ),
        E::UnknownOperator(_) => {
            ("没有这个运算符", "there is no such operator", "检查拼写", "check the spelling")
        }
        E::MissingSymbol(_) => {
            ("这里缺少一个符号", "a sign is missing here", "检查括号和标点", "check brackets and punctuation")
        }
        E::MalformedIndexExpr(_) => (
            "方括号里的下标不对",
            "what stands between the brackets is no index",
            "列表用整数，映射用文字",
            "a list takes a whole number, a map a text",
        ),
        E::MalformedCapture(_) => (
            "不能这样捕获变量",
            "variables cannot be captured like this",
            "直接使用变量",
            "use the variable itself",
        ),
        E::WrongSwitchIntegerCase | E::WrongSwitchDefaultCase | E::WrongSwitchCaseCondition => (
            "switch 的各项顺序或条件不对",
            "a case of the `switch` is out of place",
            "默认项 _ 放在最后，不带条件",
            "put the default case _ last, without a condition",
        ),
        E::PropertyExpected => (
            "点号后面应是列名、属性名或方法名",
            "a column, property or method must follow the dot",
            "补上名称",
            "add the name",
        ),
        E::VariableExpected => {
            ("这里应是变量名", "a variable's name must stand here", "补上名称", "add the name")
        }
        E::MismatchedType(..) => (
            "这里的值类型不对",
            "the value here is of the wrong type",
            "条件应是“是/否”，例如 a == b",
            "a condition is true or false, for example a == b",
        ),
        E::ExprExpected(_) => (
            "这里应有一个值",
            "a value must stand here",
            "补上值，或删去多余的符号",
            "add it, or remove the sign that is one too many",
        ),
        _ => return None,
    };
    Some((Text::new(zh, en), Text::new(help_zh, help_en)))
}

/// What stands where it must not.
fn misplaced(error: &ParseErrorType) -> Option<Words> {
    use ParseErrorType as E;
    let (zh, en, help_zh, help_en) = match error {
        E::WrongDocComment => (
            "/// 只能写在函数前面",
            "`///` can only stand before a function",
            "普通说明用 //",
            "use // for other comments",
        ),
        E::WrongFnDefinition => (
            "函数不能写在另一个函数或代码块里面",
            "a function cannot stand inside another or in a block",
            "移到最外层；检查前面是否少了 }",
            "move it out; see whether a } is missing before it",
        ),
        E::FnMissingName => (
            "fn 后面缺少函数名",
            "the function's name is missing after `fn`",
            "例如 fn check(t) { … }",
            "for example fn check(t) { … }",
        ),
        E::FnMissingParams(_) => (
            "函数名后面缺少参数",
            "the parameters are missing after the function's name",
            "例如 fn check(t) { … }",
            "for example fn check(t) { … }",
        ),
        E::FnMissingBody(_) => (
            "函数缺少 { … }",
            "the function has no { … }",
            "在参数后面写 { … }",
            "write { … } after the parameters",
        ),
        E::WrongExport => {
            ("export 只能写在最外层", "`export` can only stand at the outermost level", "删去它", "remove it")
        }
        E::AssignmentToInvalidLHS(_) => (
            "等号左边不能赋值",
            "what stands left of = cannot be assigned to",
            "比较请用 ==",
            "to compare, write ==",
        ),
        E::ExprTooDeep => {
            ("表达式层层嵌套太深", "the expression is nested too deeply", "用 let 拆开", "split it with let")
        }
        E::TooManyFunctions => {
            ("函数太多", "there are too many functions", "把共用部分放进 lib", "move shared parts to lib")
        }
        E::LiteralTooLarge(..) => {
            ("文字、列表或映射太大", "a text, list or map is too large", "拆开", "split it")
        }
        E::LoopBreak => (
            "break、continue 只能写在循环里",
            "`break` and `continue` only stand in loops",
            "结束函数请用 return",
            "use return to end the function",
        ),
        _ => return None,
    };
    Some((Text::new(zh, en), Text::new(help_zh, help_en)))
}

fn unreadable() -> Words {
    (
        Text::new("这里读不懂", "this cannot be read"),
        Text::new("检查括号、引号和标点", "check brackets, quotation marks and punctuation"),
    )
}
