//! Errors that host functions raise, in both languages.

use rhai::{Dynamic, EvalAltResult, Position};

use crate::model::suggest::closest;
use crate::model::text::Text;

/// What a host function gives, or the error that stops the script.
pub(crate) type Res<T> = Result<T, Box<EvalAltResult>>;

/// What a host function objects to; travels inside the script engine's own error.
#[derive(Clone, Debug)]
pub(crate) struct HostError {
    pub(crate) message: Text,
    pub(crate) help: Text,
    /// The word objected to, to be found near the call.
    pub(crate) word: Option<String>,
    /// The word should have been a column.
    pub(crate) column: bool,
}

/// An error raised by a host function, in both languages.
pub(crate) fn raise(message: Text, help: Text) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(objection(message, help)), Position::NONE))
}

fn objection(message: Text, help: Text) -> HostError {
    HostError { message, help, word: None, column: false }
}

/// The same about a word of the script.
pub(crate) fn raise_word(word: &str, column: bool, message: Text, help: Text) -> Box<EvalAltResult> {
    let objection = HostError { word: Some(word.to_owned()), column, ..objection(message, help) };
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(objection), Position::NONE))
}

pub(crate) fn mismatch(a: Text, b: Text) -> Box<EvalAltResult> {
    let (message, help) = incomparable(&a, &b);
    raise(message, help)
}

/// That values of two kinds are never equal, nor one before the other.
pub(crate) fn incomparable(a: &Text, b: &Text) -> (Text, Text) {
    let message = Text::new(
        format!("{}不能与{}比较", a.zh, b.zh),
        format!("{} cannot be compared with {}", a.en, b.en),
    );
    let help = Text::new(
        "请比较同类型的值：文字加引号（\"3\"），数不加引号（3），日期写成 date(\"2026-06-30\")，是/否写成 true 或 false",
        "compare values of one type: texts have quotation marks (\"3\"), numbers have none (3), days are date(\"2026-06-30\"), yes-no is true or false",
    );
    (message, help)
}

/// "Did you mean", or nothing.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Text {
    closest(name, known).map_or_else(Text::default, |near| {
        Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
    })
}
