//! What is asked of the same few numbers by many rules, worked out once: answers depend on the text alone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::thread::LocalKey;

use ahash::RandomState;

use rhai::Dynamic;

use super::context::Surroundings;
use super::{numbering, standards};
use crate::model::meter;

type Answers = RefCell<HashMap<Box<str>, Arc<Dynamic>, RandomState>>;

/// Answers kept on each thread, of each kind; then it forgets all.
const MOST: usize = 4_096;
/// No number is longer.
const LONGEST: usize = 256;

/// Standings of standards, under the circumstances they rest on.
type Standings = RefCell<Option<(Arc<Surroundings>, HashMap<Box<str>, Arc<Dynamic>, RandomState>)>>;

thread_local! {
    static STANDINGS: Standings = const { RefCell::new(None) };
    static NUMBERS: Answers = RefCell::default();
    static FAULTS: Answers = RefCell::default();
    static UNDATED: Answers = RefCell::default();
    static ORIGINS: Answers = RefCell::default();
    static PLACES: Answers = RefCell::default();
}

fn remembered(answers: &'static LocalKey<Answers>, text: &str, answer: fn(&str) -> Dynamic) -> Arc<Dynamic> {
    if text.len() > LONGEST {
        return Arc::new(answer(text));
    }
    if let Some(known) = answers.with_borrow(|all| all.get(text).map(Arc::clone)) {
        return known;
    }
    let keep = || {
        let made = Arc::new(answer(text));
        answers.with_borrow_mut(|all| {
            if all.len() >= MOST {
                all.clear();
            }
            all.insert(text.into(), Arc::clone(&made));
        });
        made
    };
    // Kept beyond the rule that asked first.
    meter::apart(keep, |_| 0)
}

/// [`numbering::own_number`].
pub(super) fn number(text: &str) -> Arc<Dynamic> {
    remembered(&NUMBERS, text, numbering::own_number)
}

/// [`numbering::own_number_fault`].
pub(super) fn fault(text: &str) -> Arc<Dynamic> {
    remembered(&FAULTS, text, numbering::own_number_fault)
}

/// [`standards::undated`].
pub(super) fn number_undated(text: &str) -> Arc<Dynamic> {
    remembered(&UNDATED, text, |text| standards::undated(text).into())
}

/// [`standards::origin`].
pub(super) fn origin(text: &str) -> Arc<Dynamic> {
    remembered(&ORIGINS, text, |text| standards::origin(text).into())
}

/// [`numbering::place_of`].
pub(super) fn place(name: &str) -> Arc<Dynamic> {
    remembered(&PLACES, name, |name| numbering::place_of(name).into())
}

/// [`numbering::initials_fit`] of the place that a name begins with.
pub(super) fn initials_fit(letters: &str, name: &str) -> bool {
    place(name).as_immutable_string_ref().is_ok_and(|place| numbering::initials_fit(letters, &place))
}

/// [`super::registry::Registry::standing`] on the as-of day.
pub(super) fn edition(around: &Arc<Surroundings>, number: &str) -> Arc<Dynamic> {
    let standing = || {
        STANDINGS.with_borrow_mut(|known| {
            let same = known.take().filter(|(of, all)| Arc::ptr_eq(of, around) && all.len() < MOST);
            let (_, all) = known.insert(same.unwrap_or_else(|| (Arc::clone(around), HashMap::default())));
            if let Some(known) = all.get(number) {
                return Arc::clone(known);
            }
            let made: Arc<Dynamic> = Arc::new(around.registry.standing(number, around.as_of).into());
            all.insert(number.into(), Arc::clone(&made));
            made
        })
    };
    meter::apart(standing, |_| 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stay_the_same_when_more_are_asked_than_kept() {
        for number in 0..=MOST {
            assert_eq!(number_undated(&format!("GB/T {number}-2009")).to_string(), format!("GB/T{number}"));
        }
        assert_eq!(number_undated("GB/T 1-2009").to_string(), "GB/T1");
    }
}
