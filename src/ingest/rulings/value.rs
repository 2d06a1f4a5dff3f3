//! Reads the value of a ruling.

use rust_decimal::Decimal;

use super::error::RulingFault;
use crate::model::outcome::Measure;
use crate::model::ruling_value::{Form, Level};
use crate::model::written::number;
use crate::table::normalize;

/// Reads a value of this form.
pub(super) fn read(form: &Form, text: &str) -> Result<Measure, RulingFault> {
    match form {
        Form::None => Err(RulingFault::NoValue),
        Form::Percentage { share } => percentage(form, text, *share),
        Form::Count(of) => {
            let count = number::integer(text).filter(|count| (0..=i64::from(*of)).contains(count));
            count.map(|count| Measure::Number(Decimal::from(count))).ok_or_else(|| fault(form))
        }
        Form::Level(levels) => level(levels, text).ok_or_else(|| fault(form)),
        Form::LevelOrPercentage(levels) => {
            level(levels, text).map_or_else(|| percentage(form, text, false), Ok)
        }
    }
}

fn percentage(form: &Form, text: &str, share: bool) -> Result<Measure, RulingFault> {
    let signed = number::percentage(text);
    let value = signed.or_else(|| number::decimal(text)).ok_or_else(|| fault(form))?;
    if share && !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
        return Err(fault(form));
    }
    if signed.is_none() && !value.is_zero() && value.abs() < Decimal::ONE {
        return Err(RulingFault::Fraction);
    }
    Ok(Measure::Number(value.normalize()))
}

fn fault(form: &Form) -> RulingFault {
    RulingFault::ValueForm { form: form.text() }
}

fn level(levels: &[Level], text: &str) -> Option<Measure> {
    let name = normalize::name(text);
    let means = |level: &&Level| {
        normalize::name(&level.id) == name || level.words.iter().any(|word| normalize::name(word) == name)
    };
    levels.iter().find(means).map(|level| Measure::Level(level.id.clone()))
}
