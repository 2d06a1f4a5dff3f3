//! `[parameters."A.8.1"]` of a `pack.toml`: parameters of local rules are declared, those of inherited rules set.

use schemars::JsonSchema;
use toml::de::DeTable;

use super::manifest::Declared;
use super::settings::{BASIS, Basis, Given, Setting, basis, versions};
use crate::model::pack::OverrideKind;
use crate::model::text::Text;
use crate::rulebook::pack_error::PackError;
use crate::rulebook::reader::{Reader, Value, get};

/// What a declaration may say.
pub(super) const DECLARATION: [&str; 6] = ["type", "value", "min", "max", "values", "meaning"];

/// Types a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "参数的类型"))]
pub(super) enum Type {
    Integer,
    Text,
    YesNo,
    List,
    Map,
}

impl Type {
    /// All of them, each with its name in JSON Schemas.
    pub(super) const ALL: [(Self, &str); 5] = [
        (Self::Integer, "integer"),
        (Self::Text, "string"),
        (Self::YesNo, "boolean"),
        (Self::List, "array"),
        (Self::Map, "object"),
    ];

    fn fits(self, value: &toml::Value) -> bool {
        match self {
            Self::Integer => value.is_integer(),
            Self::Text => value.is_str(),
            Self::YesNo => value.is_bool(),
            Self::List => value.is_array(),
            Self::Map => value.is_table(),
        }
    }
}

/// Declared and set parameters.
pub(super) fn read<'a>(
    reader: &Reader<'a>,
    table: &DeTable<'a>,
    whole: &Basis,
) -> (Vec<Declared>, Vec<Setting>) {
    let (mut declared, mut set) = (Vec::new(), Vec::new());
    let Some(rules) = get(table, "parameters").and_then(|value| reader.table(value)) else {
        return (declared, set);
    };
    for (rule, value) in rules {
        let rule_place = reader.place(&rule.span());
        for (name, value) in reader.table(value).into_iter().flatten() {
            let (rule, key) = (rule.get_ref().to_string(), name.get_ref().to_string());
            let own = value.get_ref().as_table();
            if own.is_some_and(|own| get(own, "type").is_some()) {
                declared.extend(declaration(reader, rule, key, value));
                continue;
            }
            for one in versions(value) {
                set.extend(given(reader, one, whole).map(|(given, basis)| Setting {
                    kind: OverrideKind::Parameter,
                    target: rule.clone(),
                    field: key.clone(),
                    given,
                    place: reader.place(&name.span()),
                    named: rule_place.clone(),
                    valued: reader.place(&one.span()),
                    basis,
                }));
            }
        }
    }
    (declared, set)
}

/// A plain value; or a table with `value`, or with `add` and `remove`, and its ground.
fn given<'a>(reader: &Reader<'a>, value: &Value<'a>, whole: &Basis) -> Option<(Given, Basis)> {
    let has = |table: &DeTable<'a>, keys: &[&str]| keys.iter().any(|key| get(table, key).is_some());
    match value.get_ref().as_table() {
        Some(table) if has(table, &["add", "remove"]) => {
            reader.check_keys(table, &["add", "remove", "reason", "document", "from"]);
            let entries = |key: &str| reader.optional(table, key).unwrap_or_default();
            let given = Given::Entries { add: entries("add"), remove: entries("remove") };
            Some((given, basis(reader, table, whole)))
        }
        Some(table) if has(table, &["value"]) => {
            reader.check_keys(table, &["value", "reason", "document", "from"]);
            let value = get(table, "value").and_then(|value| reader.typed(value))?;
            Some((Given::Value(value), basis(reader, table, whole)))
        }
        Some(table) if has(table, &BASIS) => {
            reader.add_error(&value.span(), PackError::Missing { key: "value".to_owned() });
            None
        }
        _ => Some((Given::Value(reader.typed(value)?), whole.clone())),
    }
}

fn declaration<'a>(reader: &Reader<'a>, rule: String, name: String, value: &Value<'a>) -> Option<Declared> {
    let table = reader.table(value)?;
    reader.check_keys(table, &DECLARATION);
    let kind: Type = reader.optional(table, "type")?;
    let default: toml::Value = reader.required(table, "value", &value.span())?;
    if !kind.fits(&default) {
        let span = get(table, "value").map_or_else(|| value.span(), Value::span);
        let text = Text::new("value 与 type 不一致", "`value` is not of the type stated");
        reader.add_error(&span, PackError::Value(text));
    }
    if get(table, "meaning").is_none() {
        reader.add_error(&value.span(), PackError::Missing { key: "meaning".to_owned() });
    }
    Some(Declared {
        rule,
        name,
        value: default,
        min: reader.optional(table, "min"),
        max: reader.optional(table, "max"),
        values: reader.optional(table, "values").unwrap_or_default(),
        meaning: reader.words(table, "meaning").unwrap_or_default(),
        place: reader.place(&value.span()),
    })
}

impl Declared {
    /// What a value breaks, if it breaks a bound.
    pub(in crate::rulebook) fn breaks(&self, value: &toml::Value) -> Option<Text> {
        let number = value.as_integer();
        let low = self.min.filter(|min| number.is_some_and(|number| number < *min));
        let high = self.max.filter(|max| number.is_some_and(|number| number > *max));
        let entries = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        let strange = entries.iter().find(|one| !self.values.is_empty() && !self.values.contains(one));
        let (zh, en) = match (low, high, strange) {
            (Some(min), _, _) => (format!("不能小于 {min}"), format!("at least {min}")),
            (_, Some(max), _) => (format!("不能大于 {max}"), format!("at most {max}")),
            (_, _, Some(_)) => {
                let list = self.values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                (format!("只能取 {list}"), format!("one of {list}"))
            }
            _ => return None,
        };
        let (rule, name, meaning) = (&self.rule, &self.name, &self.meaning);
        Some(Text::new(
            format!("规则 {rule} 的参数“{name}”（{}）{zh}", meaning.zh),
            format!("parameter `{name}` of rule {rule} ({}) is {en}", meaning.en),
        ))
    }
}
