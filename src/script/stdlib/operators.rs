//! Comparisons the language would answer with a silent `false`: here they are errors.
//!
//! Empty cells keep the language's own meaning: every comparison with `()` is false, `!=` is true.

use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString};
use rust_decimal::Decimal;

use crate::script::error;
use crate::script::syntax::COMPARISONS;
use crate::script::value::enumerated::Choice;
use crate::script::value::kinds;
use crate::table::date::Date;

/// Registers an error for each comparison of an `$a` with a `$b`, both ways round.
macro_rules! mismatch {
    ($engine:expr; $($a:ty => $b:ty),* $(,)?) => {$(
        for operator in COMPARISONS {
            $engine.register_fn(operator, |a: $a, b: $b| refuse(&Dynamic::from(a), &Dynamic::from(b)));
            $engine.register_fn(operator, |a: $b, b: $a| refuse(&Dynamic::from(a), &Dynamic::from(b)));
        }
    )*};
}

/// Registers the comparisons of an empty cell with a host type.
macro_rules! with_empty {
    ($engine:expr; $($host:ty),*) => {$(
        for operator in COMPARISONS {
            let answer = operator == "!=";
            $engine.register_fn(operator, move |_: $host, (): ()| answer);
            $engine.register_fn(operator, move |(): (), _: $host| answer);
        }
    )*};
}

pub(crate) fn register(engine: &mut Engine) {
    mismatch!(engine;
        i64 => ImmutableString, i64 => bool, i64 => Date, i64 => Choice,
        Decimal => ImmutableString, Decimal => bool, Decimal => Date, Decimal => Choice,
        bool => ImmutableString, bool => Date, bool => Choice,
        Date => ImmutableString, Date => Choice,
    );
    with_empty!(engine; Date, Choice);
    for (operator, compare) in ORDER {
        engine.register_fn(*operator, *compare);
    }
}

type CompareDates = fn(Date, Date) -> bool;

const ORDER: &[(&str, CompareDates)] = &[
    ("==", |a, b| a == b),
    ("!=", |a, b| a != b),
    ("<", |a, b| a < b),
    ("<=", |a, b| a <= b),
    (">", |a, b| a > b),
    (">=", |a, b| a >= b),
];

fn refuse(a: &Dynamic, b: &Dynamic) -> Result<bool, Box<EvalAltResult>> {
    Err(error::mismatch(kinds::kind_of(a), kinds::kind_of(b)))
}
