//! One decision of a rule by itself: what it could not understand has no bearing on the others.

use rhai::{Dynamic, FnPtr, NativeCallContext};

use super::excess;
use crate::model::text::Text;
use crate::script::error::{self, Res};
use crate::script::value::calls::Closure;
use crate::script::value::decision::RuleDecision;
use crate::script::value::{kinds, taint};

/// What the closure decides, settled at once: what it read and did not understand, found missing or left out leaves
/// nothing else open that the rule decides. What was read before it counts in it too.
pub(crate) fn by_itself(context: NativeCallContext, decide: FnPtr) -> Res<RuleDecision> {
    taint::apart(|| {
        excess::apart(|| {
            let decided = decision(Closure::new(&context, &decide).call_with([])?)?;
            Ok(excess::weighed(decided.beyond_doubt()).settled())
        })
    })
}

fn decision(decided: Dynamic) -> Res<RuleDecision> {
    let kind = kinds::kind_of(&decided);
    decided.try_cast::<RuleDecision>().ok_or_else(|| {
        error::raise(
            Text::new(
                format!("by_itself 的闭包应得出结论，却得出{}", kind.zh),
                format!("the closure of by_itself must come to a decision, this one is {}", kind.en),
            ),
            Text::default(),
        )
    })
}
