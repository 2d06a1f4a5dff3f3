//! The JSON Schema of `pack.toml`. Its fields are those of the catalog and the clauses that it sets otherwise.

use serde_json::{Map, Value, json};

use super::manifest::Layer;
use super::parameters::Type;
use super::settings::{MARKS, NAMES, SECTIONS};
use crate::model::catalog::ScoreTable;
use crate::model::clause::Clause;
use crate::model::described::{document, part_of, schema_of};
use crate::model::pack::OverrideKind;
use crate::model::policy::Policy;

/// The schema.
pub(in crate::rulebook) fn schema() -> Value {
    let models = Models::new();
    let mut properties = of_the_pack();
    for (kind, fields) in SECTIONS {
        let own = fields.iter().map(|name| ((*name).to_owned(), models.field(kind, name))).collect();
        insert(&mut properties, kind, named(&versions(&object(with_basis(own), &[]))));
    }
    for kind in NAMES {
        let required: &[&str] = if kind == OverrideKind::Off { &["reason"] } else { &[] };
        insert(&mut properties, kind, named(&versions(&object(with_basis(Map::new()), required))));
    }
    let marks = MARKS.iter().map(|name| ((*name).to_owned(), mark(name))).collect();
    insert(&mut properties, OverrideKind::Marks, versions(&object(with_basis(marks), &[])));
    insert(&mut properties, OverrideKind::Policy, named(&reading()));
    insert(&mut properties, OverrideKind::Parameter, named(&named(&parameter())));
    let mut schema = object(properties, &["id", "version", "title"]);
    document(&mut schema, "规则包 pack.toml", "A pack: pack.toml", models.definitions());
    schema
}

/// Puts a section in under its name, with what it is for.
fn insert(properties: &mut Map<String, Value>, kind: OverrideKind, mut section: Value) {
    let (zh, en) = match kind {
        OverrideKind::Marks => ("满分和合格分", "full mark and pass mark"),
        OverrideKind::Policy => {
            ("标准的读法：设定，或声明自己的", "readings of the standard: set, or declared")
        }
        OverrideKind::Parameter => {
            ("规则的参数：按规则编号、参数名", "parameters of rules, by rule and name")
        }
        OverrideKind::Table => ("评分表，按编号", "scoring tables, by id"),
        OverrideKind::Item => ("评价内容，按编号", "items, by id"),
        OverrideKind::Requirement => ("评价要求，按编号", "requirements, by id"),
        OverrideKind::Clause => ("条款，按编号", "clauses, by id"),
        OverrideKind::Rule => ("规则，按编号", "rules, by id"),
        OverrideKind::Replaced => {
            ("被本包替换的规则的依据", "on what ground rules are replaced by those of this pack")
        }
        // These are files and have no section.
        OverrideKind::File | OverrideKind::Pack => return,
        OverrideKind::Off => ("停用的规则或评价内容，须写理由", "rules or items switched off, with a reason"),
    };
    describe(&mut section, zh, en);
    properties.insert(kind.word().to_owned(), section);
}

fn describe(schema: &mut Value, zh: &str, en: &str) {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), format!("{zh}\n{en}").into());
    }
}

fn described(mut schema: Value, zh: &str, en: &str) -> Value {
    describe(&mut schema, zh, en);
    schema
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Tables of this form under any name.
fn named(form: &Value) -> Value {
    json!({"type": "object", "additionalProperties": form})
}

/// One of this form, or several with different days.
fn versions(form: &Value) -> Value {
    json!({"anyOf": [form, {"type": "array", "items": form}]})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn words() -> Value {
    json!({"$ref": "#/$defs/Words"})
}

fn day() -> Value {
    json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
}

/// The keys of a pack that are not sections.
fn of_the_pack() -> Map<String, Value> {
    let version = r"^(\d+|\d+\.\d+|\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)$";
    let keys = [
        ("id", text(), "编号，如 fujian", "id, such as fujian"),
        (
            "version",
            json!({"type": "string", "pattern": version}),
            "版本号，如 1.2.0",
            "version, such as 1.2.0",
        ),
        ("title", words(), "名称", "what it is called"),
        ("authority", words(), "发布机关", "who issues it"),
        ("layer", part_of::<Layer>(), "哪一级的规则包，由低到高", "whose pack it is, from low to high"),
        ("source", words(), "评分表印在哪份文件里", "what its scoring tables are printed in"),
        (
            "document",
            text(),
            "下文未另注明的，都依据这份文件",
            "document number everything below rests on that names none itself",
        ),
        (
            "from",
            day(),
            "下文未另注明的，都从这一天起有效",
            "day from which everything below holds that names none itself",
        ),
        ("extends", extends(), "所扩展的规则包", "packs it is laid over"),
    ];
    keys.into_iter().map(|(key, form, zh, en)| (key.to_owned(), described(form, zh, en))).collect()
}

fn extends() -> Value {
    let id = || described(text(), "规则包编号", "id of the pack");
    let version = described(text(), "版本要求，如 \">=1, <2\"", "version wanted, such as \">=1, <2\"");
    let sha256 = described(text(), "内容摘要", "digest of its contents");
    let own = Map::from_iter([
        ("id".to_owned(), id()),
        ("version".to_owned(), version),
        ("sha256".to_owned(), sha256),
    ]);
    let one = json!({"anyOf": [text(), object(own, &["id"])]});
    versions(&one)
}

/// The keys that tell the ground of a setting, besides others.
fn with_basis(mut properties: Map<String, Value>) -> Map<String, Value> {
    properties.insert("reason".to_owned(), described(words(), "理由", "why"));
    properties.insert(
        "document".to_owned(),
        described(text(), "所依据的文号", "number of the document that decided it"),
    );
    properties.insert("from".to_owned(), described(day(), "从哪一天起", "day from which it holds"));
    properties
}

fn mark(name: &str) -> Value {
    if name == "grades" {
        let points = json!({"type": "integer", "minimum": 0});
        let keys = [
            ("title".to_owned(), described(words(), "名称", "what it is called")),
            ("points".to_owned(), described(points, "达到多少分", "points from which it is reached")),
        ];
        let grade = object(Map::from_iter(keys), &["title", "points"]);
        let grades = json!({"type": "array", "items": grade});
        return described(grades, "合格者的等级，由高到低", "grades of what is qualified, the highest first");
    }
    let (zh, en) = if name == "full" { ("满分", "full mark") } else { ("合格分", "pass mark") };
    described(json!({"type": "integer", "minimum": 0}), zh, en)
}

/// A reading: a word, a word with its ground, or the declaration of one.
fn reading() -> Value {
    let value = described(text(), "取值", "the reading");
    let stated = object(with_basis(Map::from_iter([("value".to_owned(), value)])), &["value"]);
    json!({"anyOf": [text(), stated, {"type": "array", "items": stated}, {"$ref": "#/$defs/Policy"}]})
}

/// A parameter: declared where it has a type, a list where entries come in or go out, else any value.
fn parameter() -> Value {
    let entries = || json!({"type": "array"});
    let list = Map::from_iter([
        ("add".to_owned(), described(entries(), "加入的各项", "entries that come in")),
        ("remove".to_owned(), described(entries(), "去掉的各项", "entries that go out")),
    ]);
    let value = Map::from_iter([("value".to_owned(), described(json!({}), "取值", "the value"))]);
    let has = |keys: &[&str]| {
        let any: Vec<Value> = keys.iter().map(|key| json!({"required": [key]})).collect();
        json!({"type": "object", "anyOf": any})
    };
    let stated = object(with_basis(value), &["value"]);
    let set = json!({
        "if": has(&["add", "remove"]),
        "then": object(with_basis(list), &[]),
        "else": {"if": has(&["value", "reason", "document", "from"]), "then": stated},
    });
    json!({
        "if": has(&["type"]),
        "then": declaration(),
        "else": {"if": {"type": "array", "items": {"type": "object"}}, "then": {"items": set}, "else": set},
    })
}

fn declaration() -> Value {
    let number = || json!({"type": "integer"});
    let fits = Type::ALL.map(|(kind, json)| {
        json!({
            "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
            "then": {"properties": {"value": {"type": json}}},
        })
    });
    let keys = [
        ("type", part_of::<Type>(), "类型", "its type"),
        ("value", json!({}), "默认值", "its value"),
        ("min", number(), "最小值", "the least it may be"),
        ("max", number(), "最大值", "the most it may be"),
        ("values", json!({"type": "array"}), "可以取的值", "the values it may take"),
        ("meaning", words(), "含义", "what it means"),
    ];
    let properties = keys.into_iter().map(|(key, form, zh, en)| (key.to_owned(), described(form, zh, en)));
    let mut form = object(properties.collect(), &["type", "value", "meaning"]);
    if let Some(form) = form.as_object_mut() {
        form.insert("allOf".to_owned(), fits.to_vec().into());
    }
    form
}

/// The schemas of what packs change.
struct Models {
    table: Value,
    clause: Value,
    policy: Value,
}

impl Models {
    fn new() -> Self {
        let [table, clause, policy] =
            [schema_of::<ScoreTable>(), schema_of::<Clause>(), schema_of::<Policy>()];
        Self { table, clause, policy }
    }

    /// A field of a thing that packs change; one text stands for both languages.
    fn field(&self, kind: OverrideKind, name: &str) -> Value {
        let (model, path) = match (kind, name) {
            (OverrideKind::Table, _) => (&self.table, "/properties"),
            (OverrideKind::Item, _) => (&self.table, "/$defs/Item/properties"),
            (OverrideKind::Rule, "title") | (OverrideKind::Clause, _) => (&self.clause, "/properties"),
            _ => (&self.table, "/$defs/Requirement/properties"),
        };
        let mut field = model.pointer(&format!("{path}/{name}")).cloned().unwrap_or_default();
        if let Some(field) = field.as_object_mut() {
            field.remove("default");
        }
        if field.to_string().contains("#/$defs/Text\"") {
            let about = field.get("description").cloned().unwrap_or_default();
            field = words();
            describe_as(&mut field, about);
        }
        field
    }

    fn definitions(&self) -> Map<String, Value> {
        let mut all = Map::new();
        for model in [&self.table, &self.clause, &self.policy] {
            let own = model.get("$defs").and_then(Value::as_object).into_iter().flatten();
            all.extend(own.map(|(name, form)| (name.clone(), form.clone())));
        }
        // What only whole catalogs hold.
        for unused in ["Item", "Requirement", "ClauseDecided"] {
            all.remove(unused);
        }
        let mut policy = self.policy.clone();
        if let Some(policy) = policy.as_object_mut() {
            policy.remove("$defs");
            policy.remove("$schema");
        }
        let both = json!({"anyOf": [text(), {"$ref": "#/$defs/Text"}]});
        let both = described(
            both,
            "中英文各一段，或一段文字代表两种语言",
            "text in both languages, or one text for both",
        );
        all.extend([("Policy".to_owned(), policy), ("Words".to_owned(), both)]);
        all
    }
}

fn describe_as(schema: &mut Value, about: Value) {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), about);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{manifest, settings};
    use super::*;

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let schema = schema();
        let keys = schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str());
        let read = manifest::KEYS.into_iter().chain(settings::sections());
        assert_eq!(keys.collect::<BTreeSet<_>>(), read.collect::<BTreeSet<_>>());
    }
}
