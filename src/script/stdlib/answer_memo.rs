//! What is asked of the same few numbers by many rules, worked out once: answers depend on the text alone.

use std::sync::Arc;
use std::thread::LocalKey;

use rhai::Dynamic;

use crate::script::value::memo::Memo;
use crate::script::value::reference::{numbering, standards};
use crate::script::value::rule_context::RuleContext;

/// Answers that depend on nothing but the text.
struct Answers {
    always: Arc<()>,
    memo: Memo<(), Dynamic>,
}

impl Default for Answers {
    fn default() -> Self {
        Self { always: Arc::new(()), memo: Memo::default() }
    }
}

thread_local! {
    static STANDINGS: Memo<RuleContext, Dynamic> = Memo::default();
    static NUMBERS: Answers = Answers::default();
    static FAULTS: Answers = Answers::default();
    static UNDATED: Answers = Answers::default();
    static ORIGINS: Answers = Answers::default();
    static PLACES: Answers = Answers::default();
}

fn memoize(answers: &'static LocalKey<Answers>, text: &str, answer: fn(&str) -> Dynamic) -> Arc<Dynamic> {
    answers.with(|answers| answers.memo.get(&answers.always, text, || answer(text)))
}

/// [`numbering::own_number`].
pub(crate) fn number(text: &str) -> Arc<Dynamic> {
    memoize(&NUMBERS, text, numbering::own_number)
}

/// [`numbering::own_number_fault`].
pub(crate) fn fault(text: &str) -> Arc<Dynamic> {
    memoize(&FAULTS, text, numbering::own_number_fault)
}

/// [`standards::undated`].
pub(crate) fn number_undated(text: &str) -> Arc<Dynamic> {
    memoize(&UNDATED, text, |text| standards::undated(text).into())
}

/// [`standards::origin`].
pub(crate) fn origin(text: &str) -> Arc<Dynamic> {
    memoize(&ORIGINS, text, |text| standards::origin(text).into())
}

/// [`numbering::place_of`].
pub(crate) fn place(name: &str) -> Arc<Dynamic> {
    memoize(&PLACES, name, |name| numbering::place_of(name).into())
}

/// [`numbering::initials_fit`] of the place that a name begins with.
pub(crate) fn initials_fit(letters: &str, name: &str) -> bool {
    place(name).as_immutable_string_ref().is_ok_and(|place| numbering::initials_fit(letters, &place))
}

/// [`crate::script::value::reference::registry::Registry::standing`] on the as-of day.
pub(crate) fn edition(around: &Arc<RuleContext>, number: &str) -> Arc<Dynamic> {
    let standing = || around.registry.standing(number, around.as_of).into();
    STANDINGS.with(|memo| memo.get(around, number, standing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::value::memo::MOST;

    #[test]
    fn answers_stay_the_same_when_more_are_asked_than_kept() {
        for number in 0..=MOST {
            assert_eq!(number_undated(&format!("GB/T {number}-2009")).to_string(), format!("GB/T{number}"));
        }
        assert_eq!(number_undated("GB/T 1-2009").to_string(), "GB/T1");
    }
}
