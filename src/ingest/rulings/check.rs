//! Checks a draft and makes it a ruling.

use super::draft::Draft;
use super::error::{RulingError, RulingFault};
use super::value;
use crate::ingest::reporter::ALIKE;
use crate::model::catalog::Catalog;
use crate::model::ruling::{Role, Ruling, Verdict};
use crate::model::ruling_form::{Field, ROLES, RULINGS, Word};
use crate::model::ruling_value::Form;
use crate::model::suggest::closest_from;
use crate::model::written::date::{self, Written};
use crate::table::date::Date;
use crate::table::normalize;

/// What a ruling may be made on, and under which reading.
pub(super) struct Checker<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) line_f_each: bool,
}

/// Everything wrong with one draft.
struct Faults<'a> {
    draft: &'a Draft,
    errors: Vec<RulingError>,
}

impl Faults<'_> {
    /// What came out right; what did not is noted at its field.
    fn keep<T>(&mut self, field: Field, result: Result<T, RulingFault>) -> Option<T> {
        let note = |fault| {
            if fault != RulingFault::Missing || !self.draft.lacks(field) {
                self.errors.push(RulingError::At(Box::new(self.draft.place(field)), fault));
            }
        };
        result.map_err(note).ok()
    }
}

impl Checker<'_> {
    /// The ruling, or everything that is wrong with it.
    pub(super) fn check(&self, draft: &Draft) -> Result<Ruling, Vec<RulingError>> {
        let mut faults = Faults { draft, errors: Vec::new() };
        let form = faults.keep(Field::Target, self.form(draft));
        let word = faults.keep(Field::Ruling, word(draft));
        let verdict =
            form.zip(word).and_then(|(form, word)| faults.keep(Field::Value, verdict(draft, &form, word)));
        let role = faults.keep(Field::Role, role(draft));
        let by = faults.keep(Field::By, filled(draft, Field::By));
        let date = faults.keep(Field::Date, day(draft, Field::Date));
        let expires = faults.keep(Field::Expires, expires(draft, date));
        let reason = faults.keep(Field::Reason, filled(draft, Field::Reason));
        let (Some(verdict), Some(role), Some(by), Some(date), Some(expires), Some(reason)) =
            (verdict, role, by, date, expires, reason)
        else {
            return Err(faults.errors);
        };
        Ok(Ruling {
            organization: draft.text(Field::Organization),
            target: draft.text(Field::Target),
            verdict,
            role,
            by,
            date,
            expires,
            reason,
            evidence: draft.text(Field::Evidence),
            file: draft.source.file.clone(),
            sheet: draft.source.sheet.clone(),
            row: draft.row,
        })
    }

    /// The form of the target's value; the target must exist.
    fn form(&self, draft: &Draft) -> Result<Form, RulingFault> {
        let target = filled(draft, Field::Target)?;
        Form::of(self.catalog, &target, self.line_f_each)
            .ok_or_else(|| RulingFault::UnknownTarget { suggestion: self.suggestion(&target) })
    }

    /// The id most like this one: the same but for its writing, else one as near as a slip of the pen.
    fn suggestion(&self, target: &str) -> Option<String> {
        let items = self.catalog.items();
        let ids = || {
            let requirements = self.catalog.requirements().map(|requirement| requirement.id.as_str());
            items.map(|item| item.id.as_str()).chain(requirements)
        };
        let folded = normalize::name(target);
        let distance = |id: &str| strsim::osa_distance(&normalize::name(id), &folded);
        // `A.1.8b` is `A.1.8.b`, though `A.1.8` is as near.
        let unpunctuated = |id: &str| strsim::osa_distance(&signs(id), &signs(target));
        let near = ids().map(|id| (distance(id), id)).filter(|(far, _)| *far <= 2);
        near.min_by_key(|(far, id)| (unpunctuated(id), *far, *id)).map(|(_, id)| id.to_owned())
    }
}

/// The letters and digits of an id, however it is written.
fn signs(id: &str) -> String {
    normalize::name(id).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn filled(draft: &Draft, field: Field) -> Result<String, RulingFault> {
    draft.get(field).map(|cell| cell.text.clone()).ok_or(RulingFault::Missing)
}

fn word(draft: &Draft) -> Result<Word, RulingFault> {
    let text = normalize::name(&filled(draft, Field::Ruling)?);
    let found = RULINGS.iter().find(|(_, words)| words.contains(&text.as_str()));
    found.map(|(word, _)| *word).ok_or_else(|| {
        let words = RULINGS.iter().flat_map(|(_, words)| words.iter().copied());
        let suggestion = closest_from(ALIKE, &text, words).map(str::to_owned);
        RulingFault::UnknownRuling { suggestion }
    })
}

fn role(draft: &Draft) -> Result<Role, RulingFault> {
    let text = normalize::name(&filled(draft, Field::Role)?);
    let found = ROLES.iter().find(|(_, words)| words.contains(&text.as_str()));
    found.map(|(role, _)| *role).ok_or(RulingFault::UnknownRole)
}

/// A ruling `value` has a value, the others have none.
fn verdict(draft: &Draft, form: &Form, word: Word) -> Result<Verdict, RulingFault> {
    let value = draft.get(Field::Value);
    if word != Word::Value && value.is_some() {
        return Err(RulingFault::ValueUnasked);
    }
    match word {
        Word::Met => Ok(Verdict::Met),
        Word::Unmet => Ok(Verdict::Unmet),
        Word::Absent => Ok(Verdict::Absent),
        Word::NotApplicable => Ok(Verdict::NotApplicable),
        Word::Value if *form == Form::None => Err(RulingFault::NoValue),
        Word::Value => {
            let cell = value.ok_or(RulingFault::ValueMissing)?;
            value::read(form, &cell.text).map(Verdict::Value)
        }
    }
}

fn day(draft: &Draft, field: Field) -> Result<Date, RulingFault> {
    let text = filled(draft, field)?;
    match date::parse(&text) {
        Some(Written::Day(day)) => Ok(day),
        _ => Err(RulingFault::BadDate),
    }
}

/// The last day of a ruling, if it has one.
fn expires(draft: &Draft, made: Option<Date>) -> Result<Option<Date>, RulingFault> {
    if draft.get(Field::Expires).is_none() {
        return Ok(None);
    }
    let last = day(draft, Field::Expires)?;
    if made.is_some_and(|made| last < made) {
        return Err(RulingFault::ExpiresBefore);
    }
    Ok(Some(last))
}
