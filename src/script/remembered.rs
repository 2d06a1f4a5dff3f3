//! What is asked of the same few numbers by many rules, worked out once: answers depend on the text alone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::LocalKey;

use rhai::Dynamic;

use super::{numbering, standards};
use crate::model::meter;

type Answers = RefCell<HashMap<Box<str>, Dynamic>>;

/// Answers kept on each thread, of each kind; then it forgets all.
const MOST: usize = 4_096;
/// No number is longer.
const LONGEST: usize = 256;

thread_local! {
    static NUMBERS: Answers = RefCell::default();
    static FAULTS: Answers = RefCell::default();
    static UNDATED: Answers = RefCell::default();
}

fn remembered(answers: &'static LocalKey<Answers>, text: &str, answer: fn(&str) -> Dynamic) -> Dynamic {
    if text.len() > LONGEST {
        return answer(text);
    }
    let known = || answers.with_borrow(|all| all.get(text).cloned());
    if let Some(known) = known() {
        return known;
    }
    let keep = || {
        let made = answer(text);
        answers.with_borrow_mut(|all| {
            if all.len() >= MOST {
                all.clear();
            }
            all.insert(text.into(), made);
        });
    };
    // Kept beyond the rule that asked first.
    meter::apart(keep, |()| 0);
    known().unwrap_or_default()
}

/// [`numbering::own_number`].
pub(super) fn own_number(text: &str) -> Dynamic {
    remembered(&NUMBERS, text, numbering::own_number)
}

/// [`numbering::own_number_fault`].
pub(super) fn own_number_fault(text: &str) -> Dynamic {
    remembered(&FAULTS, text, numbering::own_number_fault)
}

/// [`standards::undated`].
pub(super) fn undated(text: &str) -> Dynamic {
    remembered(&UNDATED, text, |text| standards::undated(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stay_the_same_when_more_are_asked_than_kept() {
        for number in 0..=MOST {
            assert_eq!(undated(&format!("GB/T {number}-2009")).to_string(), format!("GB/T{number}"));
        }
        assert_eq!(undated("GB/T 1-2009").to_string(), "GB/T1");
    }
}
