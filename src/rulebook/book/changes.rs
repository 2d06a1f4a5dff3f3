//! Settings of packs, applied one after the other, and what each changed.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::pack::{Override, OverrideKind};
use crate::model::text::Text;
use crate::model::toml_error;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Given, Pack, Setting};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::MOST_ERRORS;
use crate::table::date::Date;

/// What settings changed, what they will change from a later day, and their errors.
#[derive(Default)]
pub(in crate::rulebook) struct Changes {
    /// In force, in the order in which they were made.
    pub(in crate::rulebook) made: Vec<Override>,
    /// Not yet in force on the day.
    pub(in crate::rulebook) pending: Vec<Override>,
    pub(in crate::rulebook) faults: Vec<PackFault>,
}

/// What a value was, and what it became.
pub(super) type Change = (String, String);

impl Changes {
    /// Applies every setting of these kinds, the packs from the lowest, in each the settings by their day. Settings
    /// not yet in force are tried one after the other on a copy, so that what is wrong with them is known before their
    /// day.
    pub(super) fn apply<T: Clone>(
        &mut self,
        packs: &[Pack],
        as_of: Date,
        kinds: &[OverrideKind],
        thing: &mut T,
        mut change: impl FnMut(&mut T, &Setting) -> Result<Change, PackError>,
    ) {
        for pack in packs {
            let mut own: Vec<&Setting> =
                pack.manifest.settings.iter().filter(|one| kinds.contains(&one.kind)).collect();
            own.sort_by_key(|one| one.basis.from);
            let mut ahead = None;
            for setting in own {
                let holds = setting.basis.holds(as_of);
                let thing = if holds { &mut *thing } else { ahead.get_or_insert_with(|| thing.clone()) };
                let changed = change(thing, setting);
                self.note(pack, setting, changed, holds);
            }
        }
    }

    /// Notes what came of a setting.
    pub(super) fn note(
        &mut self,
        pack: &Pack,
        setting: &Setting,
        changed: Result<Change, PackError>,
        holds: bool,
    ) {
        match changed {
            Err(error) => {
                let place = match &error {
                    PackError::Nothing { name, .. } if *name == setting.target => &setting.named,
                    PackError::Nothing { name, .. } if *name == setting.field => &setting.place,
                    _ => &setting.valued,
                };
                if self.faults.len() < MOST_ERRORS {
                    self.faults.push(PackFault::at(place, error));
                }
            }
            // The lowest pack states what it sets: there is nothing below it to change.
            Ok(_) if pack.manifest.extends.is_empty() => {}
            Ok(change) => {
                let list = if holds { &mut self.made } else { &mut self.pending };
                list.push(change_by_setting(pack, setting, change));
            }
        }
    }
}

/// A change that a pack makes at a place, without its values and its ground. Every override is made of one of these.
pub(super) fn change_at(
    pack: &Pack,
    place: &Place,
    (kind, target, field): (OverrideKind, &str, &str),
) -> Override {
    Override {
        kind,
        target: target.to_owned(),
        field: field.to_owned(),
        was: String::new(),
        now: String::new(),
        pack: pack.info.id.clone(),
        file: place.file().to_owned(),
        line: place.line(),
        document: String::new(),
        reason: Text::default(),
        from: None,
    }
}

fn change_by_setting(pack: &Pack, setting: &Setting, (was, now): Change) -> Override {
    Override {
        was,
        now,
        document: setting.basis.document.clone(),
        reason: setting.basis.reason.clone(),
        from: setting.basis.from.map(|day| day.to_string()),
        ..change_at(pack, &setting.place, (setting.kind, &setting.target, &setting.field))
    }
}

/// Fields that hold text in two languages; one text stands for both.
const TEXTS: [&str; 5] = ["title", "evidence", "fix", "why", "asks"];

/// Puts the value of a setting into a place of the same type.
pub(super) fn set<T: Serialize + DeserializeOwned>(
    slot: &mut T,
    setting: &Setting,
) -> Result<Change, PackError> {
    let Given::Value(value) = &setting.given else { return Err(wants_a_value()) };
    let value = match value {
        toml::Value::String(text) if TEXTS.contains(&setting.field.as_str()) => both(text),
        other => other.clone(),
    };
    let new: T = value.try_into().map_err(|error: toml::de::Error| {
        let why = toml_error::translate(error.message());
        PackError::Value(Text::new(format!("“{}”的值不对：{}", setting.field, why.zh), why.en))
    })?;
    let change = (display_value(slot), display_value(&new));
    *slot = new;
    Ok(change)
}

/// One text in both languages.
pub(super) fn both(text: &str) -> toml::Value {
    let entry = |lang: &str| (lang.to_owned(), toml::Value::String(text.to_owned()));
    toml::Value::Table(["zh", "en"].map(entry).into_iter().collect())
}

pub(super) fn wants_a_value() -> PackError {
    PackError::Value(Text::new("这里要写一个值", "a value is wanted here"))
}

/// A value as reports show it: a text without quotes, lists with `; ` between their entries, nothing as an empty text.
pub(in crate::rulebook) fn display_value(value: &impl Serialize) -> String {
    match toml::Value::try_from(value) {
        Ok(value) => literal(&value),
        // Nothing has no form in TOML.
        Err(_) => String::new(),
    }
}

/// Texts without quotes, and in Chinese where they are in both languages.
pub(super) fn literal(value: &toml::Value) -> String {
    let chinese = |table: &toml::Table| table.get("zh").and_then(toml::Value::as_str).map(str::to_owned);
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(list) => list.iter().map(literal).collect::<Vec<_>>().join("; "),
        toml::Value::Table(table) => chinese(table).unwrap_or_else(|| {
            let entries =
                table.iter().filter(|(_, value)| value.as_array().is_none_or(|list| !list.is_empty()));
            entries.map(|(key, value)| format!("{key} {}", literal(value))).collect::<Vec<_>>().join(", ")
        }),
        other => other.to_string(),
    }
}
