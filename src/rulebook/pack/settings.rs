//! What a `pack.toml` sets otherwise than the packs below it: one setting for each value.

use toml::de::{DeTable, DeValue};

use crate::model::pack::OverrideKind;
use crate::model::text::Text;
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{Reader, Value, get};
use crate::table::date::Date;

/// One value set otherwise.
#[derive(Clone, Debug)]
pub(in crate::rulebook) struct Setting {
    pub(in crate::rulebook) kind: OverrideKind,
    /// Id of what is changed.
    pub(in crate::rulebook) target: String,
    /// What of it is changed; empty for the whole.
    pub(in crate::rulebook) field: String,
    pub(in crate::rulebook) given: Given,
    /// Where it is set.
    pub(in crate::rulebook) place: Place,
    /// Where the name of what is changed stands.
    pub(in crate::rulebook) named: Place,
    /// Where the value stands.
    pub(in crate::rulebook) valued: Place,
    pub(in crate::rulebook) basis: Basis,
}

/// What is given for it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rulebook) enum Given {
    /// A value in place of the other.
    Value(toml::Value),
    /// Entries put into a list and taken out of it.
    Entries { add: Vec<toml::Value>, remove: Vec<toml::Value> },
    /// Nothing but the name: the thing is switched off, or replaced by a file.
    Name,
}

/// On what ground it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::rulebook) struct Basis {
    pub(in crate::rulebook) document: String,
    pub(in crate::rulebook) reason: Text,
    pub(in crate::rulebook) from: Option<Date>,
}

impl Basis {
    /// Whether it holds on a day.
    pub(in crate::rulebook) fn holds(&self, as_of: Date) -> bool {
        self.from.is_none_or(|from| from <= as_of)
    }
}

/// Keys that tell the ground of a setting.
pub(super) const BASIS: [&str; 3] = ["reason", "document", "from"];

/// Sections whose tables are named after what they change, and the fields they may set.
pub(super) const SECTIONS: [(OverrideKind, &[&str]); 5] = [
    (OverrideKind::Table, &["declared", "minimum", "title"]),
    (OverrideKind::Item, &["points", "minimum", "weight", "title", "evidence", "fix", "award"]),
    (
        OverrideKind::Requirement,
        &[
            "deduct", "nature", "decided", "title", "evidence", "fix", "why", "bands", "count", "severity",
            "veto",
        ],
    ),
    (OverrideKind::Clause, &["title", "force", "asks", "fix", "why"]),
    (OverrideKind::Rule, &["severity", "title"]),
];

/// Sections whose tables give nothing but the ground.
pub(super) const NAMES: [OverrideKind; 2] = [OverrideKind::Off, OverrideKind::Replaced];

/// What `[marks]` may set.
pub(super) const MARKS: [&str; 3] = ["full", "pass", "grades"];

/// The names of all sections of settings.
pub(super) fn sections() -> impl Iterator<Item = &'static str> {
    let kinds = SECTIONS.iter().map(|(kind, _)| *kind).chain(NAMES).chain([OverrideKind::Marks]);
    kinds.map(OverrideKind::word)
}

/// All settings but those of parameters, in the order of the sections; `whole` is the ground of the whole pack.
pub(super) fn settings<'a>(reader: &Reader<'a>, table: &DeTable<'a>, whole: &Basis) -> Vec<Setting> {
    let mut gathered = Gathered { reader, whole, settings: Vec::new() };
    gathered.policies(table);
    for (kind, fields) in SECTIONS {
        for (target, named, value) in gathered.section(table, kind) {
            gathered.fields(kind, (target, &named), value, fields);
        }
    }
    for kind in NAMES {
        for (target, named, value) in gathered.section(table, kind) {
            gathered.named(kind, (target, &named), value);
        }
    }
    for value in get(table, OverrideKind::Marks.word()).into_iter().flat_map(versions) {
        let place = reader.place(&value.span());
        gathered.fields(OverrideKind::Marks, ("", &place), value, &MARKS);
    }
    gathered.settings
}

struct Gathered<'r, 'a> {
    reader: &'r Reader<'a>,
    whole: &'r Basis,
    settings: Vec<Setting>,
}

impl<'a> Gathered<'_, 'a> {
    /// The tables of a section with the names they have and where these stand.
    fn section<'t>(
        &self,
        table: &'t DeTable<'a>,
        kind: OverrideKind,
    ) -> Vec<(&'t str, Place, &'t Value<'a>)> {
        let section = get(table, kind.word()).and_then(|value| self.reader.table(value));
        let named = section.into_iter().flatten().flat_map(|(name, value)| {
            let place = self.reader.place(&name.span());
            versions(value).into_iter().map(move |one| (name.get_ref().as_ref(), place.clone(), one))
        });
        named.collect()
    }

    fn fields(
        &mut self,
        kind: OverrideKind,
        (target, named): (&str, &Place),
        value: &Value<'a>,
        fields: &[&str],
    ) {
        let Some(table) = self.reader.table(value) else { return };
        let keys: Vec<&str> = fields.iter().copied().chain(BASIS).collect();
        self.reader.check_keys(table, &keys);
        let basis = basis(self.reader, table, self.whole);
        for (name, value) in table.iter().filter(|(name, _)| fields.contains(&name.get_ref().as_ref())) {
            let Some(given) = self.reader.typed(value) else { continue };
            self.settings.push(Setting {
                kind,
                target: target.to_owned(),
                field: name.get_ref().to_string(),
                given: Given::Value(given),
                place: self.reader.place(&name.span()),
                named: named.clone(),
                valued: self.reader.place(&value.span()),
                basis: basis.clone(),
            });
        }
    }

    /// `[off."2/4.2a"]` and `[replaces."A.1.3"]`; whoever switches something off says why.
    fn named(&mut self, kind: OverrideKind, (target, named): (&str, &Place), value: &Value<'a>) {
        let Some(table) = self.reader.table(value) else { return };
        self.reader.check_keys(table, &BASIS);
        let basis = basis(self.reader, table, self.whole);
        if kind == OverrideKind::Off && basis.reason.is_empty() {
            self.reader.add_error(&value.span(), PackError::Missing { key: "reason".to_owned() });
        }
        self.settings.push(Setting {
            kind,
            target: target.to_owned(),
            field: String::new(),
            given: Given::Name,
            place: self.reader.place(&value.span()),
            named: named.clone(),
            valued: named.clone(),
            basis,
        });
    }

    /// `name = "value"`, or a table with `value` and its ground; one with `values` declares a reading instead.
    fn policies(&mut self, table: &DeTable<'a>) {
        let all = get(table, "policy").and_then(|value| value.get_ref().as_table());
        for (name, value) in all.into_iter().flatten() {
            for one in versions(value) {
                let own = one.get_ref().as_table();
                if own.is_some_and(|own| get(own, "values").is_some()) {
                    continue;
                }
                let (value, basis) = match own {
                    None => (Some(one), self.whole.clone()),
                    Some(own) => (self.stated(own, one), basis(self.reader, own, self.whole)),
                };
                let Some(value) = value else { continue };
                let Some(given) = self.reader.typed(value) else { continue };
                let place = self.reader.place(&name.span());
                self.settings.push(Setting {
                    kind: OverrideKind::Policy,
                    target: name.get_ref().to_string(),
                    field: String::new(),
                    given: Given::Value(given),
                    named: place.clone(),
                    place,
                    valued: self.reader.place(&value.span()),
                    basis,
                });
            }
        }
    }

    /// The `value` of a table that holds a value and its ground.
    fn stated<'t>(&self, table: &'t DeTable<'a>, at: &Value<'a>) -> Option<&'t Value<'a>> {
        self.reader.check_keys(table, &["value", "reason", "document", "from"]);
        let value = get(table, "value");
        if value.is_none() {
            self.reader.add_error(&at.span(), PackError::Missing { key: "value".to_owned() });
        }
        value
    }
}

/// One table, or several with different days.
pub(super) fn versions<'t, 'a>(value: &'t Value<'a>) -> Vec<&'t Value<'a>> {
    match value.get_ref() {
        DeValue::Array(list) if list.iter().all(|one| one.get_ref().is_table()) => list.iter().collect(),
        _ => vec![value],
    }
}

/// The ground a table gives, else that of the whole pack.
pub(super) fn basis<'a>(reader: &Reader<'a>, table: &DeTable<'a>, whole: &Basis) -> Basis {
    Basis {
        document: reader.optional(table, "document").unwrap_or_else(|| whole.document.clone()),
        reason: reader.words(table, "reason").unwrap_or_default(),
        from: reader.day(table, "from").or(whole.from),
    }
}
