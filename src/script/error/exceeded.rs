//! Limits that a script goes beyond: how a host function charges what it does, and what is said of the limit.

use rhai::{Dynamic, EvalAltResult, Position};

use crate::model::text::Text;
use crate::resources::meter::{self, LimitExceeded};

/// Charges what a host function does.
pub(crate) fn charge(operations: u64) -> Result<(), Box<EvalAltResult>> {
    meter::charge(operations).map_or(Ok(()), |beyond| Err(stopped(beyond)))
}

/// The error of a script that is beyond a limit; scripts cannot catch it.
pub(crate) fn stopped(beyond: LimitExceeded) -> Box<EvalAltResult> {
    let token = Dynamic::from(meter::refuse(beyond));
    EvalAltResult::ErrorTerminated(token, Position::NONE).into()
}

/// What went beyond its limit, and what to do.
pub(crate) fn message_of(token: &Dynamic) -> (Text, Text) {
    described(token.clone().try_cast::<LimitExceeded>().unwrap_or(LimitExceeded::Operations))
}

/// What is said of a limit.
pub(crate) fn described(beyond: LimitExceeded) -> (Text, Text) {
    let loops = Text::new(
        "检查循环和递归；按行计算请用表的 filter、count 等操作",
        "look for loops and recursion; use table operations such as filter and count for work on rows",
    );
    let size = Text::new(
        "不要在循环中累积文字和列表；按行计算请用表的 filter、count 等操作",
        "do not pile up texts and lists in loops; use table operations such as filter and count for work on rows",
    );
    match beyond {
        LimitExceeded::Operations => (exceeds("运算次数", "operations"), loops),
        LimitExceeded::Memory => (exceeds("同时占用的内存", "memory held at a time (bytes)"), size),
        LimitExceeded::Bytes => (exceeds("累计申请的内存", "memory asked for in all (bytes)"), size),
        LimitExceeded::Depth => (exceeds("嵌套层数", "depth of nested values"), size),
        LimitExceeded::Time => (exceeds("时间（最后手段）", "time (the last resort)"), loops),
    }
}

fn exceeds(zh: &str, en: &str) -> Text {
    Text::new(format!("规则超出限制：{zh}"), format!("the rule exceeds a limit: {en}"))
}
