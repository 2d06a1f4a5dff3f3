//! What `pack.toml` says.

use std::ops::Range;

use schemars::JsonSchema;
use semver::{Version, VersionReq};
use toml::de::{DeTable, DeValue};

use super::limits::{MOST_EXTENDED, MOST_SETTINGS, excess, limit_exceeded};
use super::settings::{Basis, Setting, settings};
use crate::model::policy::Policy;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{Reader, Value, get};
use crate::table::normalize::is_invisible;

/// A `pack.toml`, read.
#[derive(Clone, Debug)]
pub(in crate::rulebook) struct Manifest {
    pub(in crate::rulebook) id: String,
    /// Where its id stands.
    pub(in crate::rulebook) place: Place,
    pub(in crate::rulebook) version: Version,
    pub(in crate::rulebook) title: Text,
    pub(in crate::rulebook) authority: Text,
    pub(in crate::rulebook) layer: Option<Layer>,
    /// What its catalog is printed in.
    pub(in crate::rulebook) source: Option<Text>,
    pub(in crate::rulebook) extends: Vec<Extends>,
    pub(in crate::rulebook) declares: Vec<(String, Policy, Place)>,
    pub(in crate::rulebook) parameters: Vec<Declared>,
    pub(in crate::rulebook) settings: Vec<Setting>,
    /// What entries rest on that name no basis of their own.
    pub(in crate::rulebook) whole: Basis,
}

/// A pack it is laid over.
#[derive(Clone, Debug)]
pub(in crate::rulebook) struct Extends {
    pub(in crate::rulebook) id: String,
    pub(in crate::rulebook) place: Place,
    pub(in crate::rulebook) version: Option<(VersionReq, Place)>,
    pub(in crate::rulebook) sha256: Option<(String, Place)>,
}

/// A parameter of a rule that the pack declares: its type is that of `value`.
#[derive(Clone, Debug)]
pub(in crate::rulebook) struct Declared {
    pub(in crate::rulebook) rule: String,
    pub(in crate::rulebook) name: String,
    pub(in crate::rulebook) value: toml::Value,
    pub(in crate::rulebook) min: Option<i64>,
    pub(in crate::rulebook) max: Option<i64>,
    /// The values it may take; any where empty.
    pub(in crate::rulebook) values: Vec<toml::Value>,
    pub(in crate::rulebook) meaning: Text,
    pub(in crate::rulebook) place: Place,
}

/// Whose pack it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "哪一级的规则包，由低到高"))]
pub(in crate::rulebook) enum Layer {
    National,
    Province,
    City,
    Project,
}

impl Layer {
    pub(in crate::rulebook) fn word(self) -> Text {
        let (zh, en) = match self {
            Self::National => ("国家级", "nation"),
            Self::Province => ("省级", "province"),
            Self::City => ("市级", "city"),
            Self::Project => ("项目", "project"),
        };
        Text::new(zh, en)
    }
}

/// The keys of `pack.toml` that are not sections of settings.
pub(super) const KEYS: [&str; 11] = [
    "id",
    "version",
    "title",
    "authority",
    "layer",
    "source",
    "document",
    "from",
    "extends",
    "policy",
    "parameters",
];

/// Reads a `pack.toml`.
pub(super) fn read(file: &str, text: &str) -> Result<Manifest, Vec<PackFault>> {
    let reader = Reader::new(file, text);
    let manifest = reader.parse().and_then(|table| match excess(table.iter().map(|(_, value)| value)) {
        None => manifest(&reader, &table),
        Some((span, error)) => {
            reader.add_error(&span, error);
            None
        }
    });
    let faults = reader.faults();
    match manifest {
        Some(manifest) if faults.is_empty() => Ok(manifest),
        _ => Err(faults),
    }
}

fn manifest<'a>(reader: &Reader<'a>, table: &DeTable<'a>) -> Option<Manifest> {
    let keys: Vec<&str> = KEYS.into_iter().chain(super::settings::sections()).collect();
    reader.check_keys(table, &keys);
    let start = 0..0;
    let id: Option<String> = reader.required(table, "id", &start);
    if let Some(error) = id.as_deref().and_then(id_error) {
        reader.add_error(&get(table, "id").map_or(start.clone(), Value::span), error);
    }
    let version: Option<String> = reader.required(table, "version", &start);
    let version = version.and_then(|text| {
        let span = get(table, "version").map_or(start.clone(), Value::span);
        let parsed = Version::parse(&padded(&text)).ok();
        if parsed.is_none() {
            reader.add_error(&span, PackError::Version { text });
        }
        parsed
    });
    if get(table, "title").is_none() {
        reader.add_error(&start, PackError::Missing { key: "title".to_owned() });
    }
    let whole = Basis {
        document: reader.optional(table, "document").unwrap_or_default(),
        from: reader.day(table, "from"),
        reason: Text::default(),
    };
    let (declares, mut settings) = (declared_policies(reader, table), settings(reader, table, &whole));
    let (parameters, set) = super::parameters::read(reader, table, &whole);
    settings.extend(set);
    if let Some(setting) = settings.get(MOST_SETTINGS) {
        reader.add_error_at(&setting.place, limit_exceeded("设定", "settings", MOST_SETTINGS));
    }
    Some(Manifest {
        place: reader.place(&get(table, "id").map_or(start, Value::span)),
        id: id?,
        version: version?,
        title: reader.words(table, "title").unwrap_or_default(),
        authority: reader.words(table, "authority").unwrap_or_default(),
        layer: reader.optional(table, "layer"),
        source: reader.words(table, "source"),
        extends: extends(reader, table),
        declares,
        parameters,
        settings,
        whole,
    })
}

/// Characters of an id.
const ID: usize = 200;

/// An id is what packs, keys and reports name each other by.
fn id_error(id: &str) -> Option<PackError> {
    let plain = !id.trim().is_empty() && id.trim() == id && id.chars().count() <= ID;
    (!plain || id.contains(|sign: char| sign.is_control() || is_invisible(sign)) || id.contains(['*', '=', ','])).then(|| {
        PackError::Value(Text::new(
            "规则包编号不能为空，不能有首尾空格、不可见字符或“*”“=”“,”",
            "the id of a pack is not blank, has no blanks around it, no invisible characters and none of `*`, `=` and `,`",
        ))
    })
}

/// `1` and `1.2` are `1.0.0` and `1.2.0`.
fn padded(text: &str) -> String {
    let plain = text.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.');
    match text.matches('.').count() {
        0 if plain && !text.is_empty() => format!("{text}.0.0"),
        1 if plain => format!("{text}.0"),
        _ => text.to_owned(),
    }
}

fn extends<'a>(reader: &Reader<'a>, table: &DeTable<'a>) -> Vec<Extends> {
    let Some(value) = get(table, "extends") else { return Vec::new() };
    match value.get_ref() {
        DeValue::Array(list) if list.len() > MOST_EXTENDED => {
            reader.add_error(
                &value.span(),
                limit_exceeded("所扩展的规则包", "packs that are extended", MOST_EXTENDED),
            );
            Vec::new()
        }
        DeValue::Array(list) => list.iter().filter_map(|one| extended(reader, one)).collect(),
        _ => extended(reader, value).into_iter().collect(),
    }
}

/// An id, or a table with `id`, `version` and `sha256`.
fn extended<'a>(reader: &Reader<'a>, value: &Value<'a>) -> Option<Extends> {
    if let Some(id) = value.get_ref().as_str() {
        let place = reader.place(&value.span());
        return Some(Extends { id: id.to_owned(), place, version: None, sha256: None });
    }
    let table = reader.table(value)?;
    reader.check_keys(table, &["id", "version", "sha256"]);
    let span = |key: &str| get(table, key).map_or_else(|| value.span(), Value::span);
    let id: String = reader.required(table, "id", &value.span())?;
    let version =
        reader.optional(table, "version").and_then(|text| requirement(reader, text, &span("version")));
    let sha256 = reader.optional::<String>(table, "sha256").map(|text| (text, reader.place(&span("sha256"))));
    Some(Extends { id, place: reader.place(&span("id")), version, sha256 })
}

fn requirement(reader: &Reader<'_>, text: String, span: &Range<usize>) -> Option<(VersionReq, Place)> {
    match VersionReq::parse(&text) {
        Ok(wanted) => Some((wanted, reader.place(span))),
        Err(_) => {
            reader.add_error(span, PackError::Version { text });
            None
        }
    }
}

/// `[policy.name]` with the values it may take declares a reading.
fn declared_policies<'a>(reader: &Reader<'a>, table: &DeTable<'a>) -> Vec<(String, Policy, Place)> {
    let Some(all) = get(table, "policy").and_then(|value| reader.table(value)) else { return Vec::new() };
    let declares =
        |value: &Value<'a>| value.get_ref().as_table().is_some_and(|one| get(one, "values").is_some());
    let stated = all.iter().filter(|(_, value)| declares(value));
    let read = stated.filter_map(|(name, value)| {
        let policy: Policy = reader.typed(value)?;
        if !policy.values.contains(&policy.value) {
            let text = Text::new(
                format!("口径的取值“{}”不在 values 之中", policy.value),
                format!("the reading `{}` is not among its values", policy.value),
            );
            reader.add_error(&value.span(), PackError::Value(text));
        }
        Some((name.get_ref().to_string(), policy, reader.place(&name.span())))
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn short_versions_are_filled_up() {
        assert_eq!(
            ["1", "1.2", "1.2.3", "1.2.3-beta.1", ""].map(padded),
            ["1.0.0", "1.2.0", "1.2.3", "1.2.3-beta.1", ""]
        );
    }
}
