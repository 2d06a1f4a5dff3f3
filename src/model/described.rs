//! JSON Schemas of our types, described in both languages.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

/// What is beside a description in Chinese until the two are put together.
const CHINESE: &str = "zh";

/// The schema of a type.
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut both = RecursiveTransform(both);
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    both.transform(&mut schema);
    schema.to_value()
}

/// The schema of a type, to stand in another one.
pub fn part_of<T: JsonSchema>() -> Value {
    let mut schema = schema_of::<T>();
    for key in ["$schema", "title"] {
        schema.as_object_mut().and_then(|schema| schema.remove(key));
    }
    schema
}

fn both(schema: &mut Schema) {
    // A property of that name is none of ours: those are schemas themselves.
    let Some(Value::String(chinese)) = schema.remove(CHINESE) else { return };
    let english = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let text = format!("{chinese}\n{english}");
    schema.insert("description".to_owned(), text.into());
}

/// Makes a schema written by hand a document of its own.
pub fn document(schema: &mut Value, zh: &str, en: &str, definitions: Map<String, Value>) {
    let Some(schema) = schema.as_object_mut() else { return };
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("description".to_owned(), format!("{zh}\n{en}").into());
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), definitions.into());
    }
}
