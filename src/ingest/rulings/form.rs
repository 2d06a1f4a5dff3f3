//! The JSON Schema of rulings in TOML.

use serde_json::{Map, Value, json};

use crate::model::described::document;
use crate::model::ruling_form::{FIELDS, Field, Names, ROLES, RULINGS};

/// The schema.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for names in &FIELDS {
        let form = form(names.field);
        properties.extend([names.key, names.zh].map(|key| (key.to_owned(), form.clone())));
    }
    let target: Vec<Value> = required(FIELDS.iter().filter(|names| names.field == Field::Target));
    let mut ruling = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "allOf": target,
        // One on which nothing but its target is filled in is not yet ruled on.
        "if": {"anyOf": required_any(FIELDS.iter().filter(|names| decides(names.field)))},
        "then": {"allOf": required(FIELDS.iter().filter(|names| names.required))},
    });
    if let Some(ruling) = ruling.as_object_mut() {
        ruling.insert("description".to_owned(), "一条裁定\nOne ruling".into());
    }
    let mut schema = json!({
        "type": "object",
        "properties": {"ruling": {
            "type": "array", "items": ruling, "description": "各条裁定，每条一个 [[ruling]]\nThe rulings, each a [[ruling]]",
        }},
        "additionalProperties": false,
    });
    document(&mut schema, "裁定文件", "A file of rulings", Map::new());
    schema
}

fn decides(field: Field) -> bool {
    !matches!(field, Field::Organization | Field::Target | Field::Role)
}

/// Each of these fields, under either of its names.
fn required<'n>(fields: impl Iterator<Item = &'n Names>) -> Vec<Value> {
    fields.map(|names| json!({"anyOf": either(names)})).collect()
}

fn required_any<'n>(fields: impl Iterator<Item = &'n Names>) -> Vec<Value> {
    fields.flat_map(either).collect()
}

fn either(names: &Names) -> Vec<Value> {
    [names.key, names.zh].map(|key| json!({"required": [key]})).to_vec()
}

fn form(field: Field) -> Value {
    let (zh, en) = about(field);
    let words = |list: Vec<&str>| json!({"enum": list});
    let mut form = match field {
        Field::Ruling => words(RULINGS.iter().flat_map(|(_, words)| words.iter().copied()).collect()),
        Field::Role => words(ROLES.iter().flat_map(|(_, words)| words.iter().copied()).collect()),
        Field::Target | Field::Date | Field::Expires => json!({"type": "string"}),
        _ => json!({"type": ["string", "number"]}),
    };
    if let Some(form) = form.as_object_mut() {
        form.insert("description".to_owned(), format!("{zh}\n{en}").into());
    }
    form
}

fn about(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Organization => {
            ("被评估单位编号；只有一个单位时可不写", "id of the organization; not needed where there is one")
        }
        Field::Target => {
            ("评价内容或评价要求的编号，如 A.1.8.b", "id of an item or requirement, such as A.1.8.b")
        }
        Field::Ruling => (
            "裁定：符合、不符合、缺失、不适用或值",
            "the ruling: met, unmet, absent, not-applicable or value",
        ),
        Field::Value => (
            "裁定为“值”时的百分比、缺少的数目或等级",
            "for a ruling `value`: a percentage, a number missing or a level",
        ),
        Field::Role => ("裁定人的角色：评估组或自评", "the role of who rules: team or self"),
        Field::By => ("裁定人", "who ruled"),
        Field::Date => ("裁定日期，如 2026-05-20", "the day of the ruling, such as 2026-05-20"),
        Field::Expires => ("有效期的最后一天", "the last day it holds"),
        Field::Reason => ("理由", "why"),
        Field::Evidence => ("依据的材料", "what it rests on"),
    }
}
