//! Parameters, severities and titles of rules as packs set them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalog::nothing;
use super::changes::{Change, set, wants_a_value};
use super::files::RuleFile;
use super::item_validation::blank;
use crate::model::pack::OverrideKind;
use crate::model::text::Text;
use crate::rulebook::pack::{Given, Pack, Setting};
use crate::rulebook::pack_error::PackError;
use crate::script::Rule;

/// Applies a setting to the rule it is about.
pub(super) fn change(
    packs: &[Pack],
    rules: &mut [Arc<Rule>],
    files: &BTreeMap<String, RuleFile<'_>>,
    setting: &Setting,
) -> Result<Change, PackError> {
    let id = setting.target.as_str();
    let known = || files.keys().cloned().collect::<Vec<String>>();
    let Some(rule) = rules.iter_mut().find(|rule| rule.meta.id == id) else {
        // A rule that does not compile is told as such.
        let broken = files.contains_key(id);
        return if broken { Ok(Change::default()) } else { Err(nothing("规则", "rule", id, known())) };
    };
    let mut changed = Rule::clone(rule);
    let change = match (setting.kind, setting.field.as_str()) {
        (OverrideKind::Parameter, name) => parameter(packs, &mut changed, name, setting)?,
        (_, "severity") => set(&mut changed.meta.severity, setting)?,
        _ => {
            let mut title = Text::new(changed.meta.title.clone(), changed.meta.doc.clone());
            let change = set(&mut title, setting)?;
            (changed.meta.title, changed.meta.doc) = (title.zh, title.en);
            change
        }
    };
    *rule = Arc::new(changed);
    Ok(change)
}

fn parameter(packs: &[Pack], rule: &mut Rule, name: &str, setting: &Setting) -> Result<Change, PackError> {
    let known: Vec<String> = rule.parameters().into_iter().map(|(name, _)| name).collect();
    let now = |rule: &Rule| rule.parameter(name);
    let Some(was) = now(rule) else {
        let (zh, en) =
            (format!("规则 {} 的参数", rule.meta.id), format!("parameter of rule {}", rule.meta.id));
        return Err(nothing(&zh, &en, name, known));
    };
    let value = match &setting.given {
        Given::Value(value) => value.clone(),
        Given::Entries { add, remove } => entries(rule, name, add, remove)?,
        Given::Name => return Err(wants_a_value()),
    };
    let declared = packs.iter().flat_map(|pack| &pack.manifest.parameters);
    let mut bounds = declared.filter(|one| one.rule == rule.meta.id && one.name == name);
    if let Some(text) = bounds.find_map(|one| one.breaks(&value)) {
        return Err(PackError::Value(text));
    }
    if let Some(text) = blank_entry(&value) {
        return Err(PackError::Value(text));
    }
    rule.set_parameter(name, &value).map_err(PackError::Value)?;
    Ok((was, now(rule).unwrap_or_default()))
}

/// That a list holds a word that says nothing: looked for in a text, it is found everywhere.
pub(super) fn blank_entry(value: &toml::Value) -> Option<Text> {
    let entries = value.as_array().into_iter().flatten();
    entries.filter_map(toml::Value::as_str).find_map(blank)
}

/// The list a parameter holds, with entries put in and taken out.
fn entries(
    rule: &Rule,
    name: &str,
    add: &[toml::Value],
    remove: &[toml::Value],
) -> Result<toml::Value, PackError> {
    let list = rule.parameter_list(name).ok_or_else(|| {
        PackError::Value(Text::new(
            format!("参数“{name}”不是列表，不能用 add 和 remove"),
            format!("parameter `{name}` is no list: it takes neither `add` nor `remove`"),
        ))
    })?;
    if let Some(strange) = remove.iter().find(|one| !list.contains(one)) {
        let known = list.iter().map(word).collect();
        return Err(nothing("可删去的", "entry to remove:", &word(strange), known));
    }
    if let Some(twice) = add.iter().find(|one| list.contains(one)) {
        let text =
            Text::new(format!("列表里已有“{}”", word(twice)), format!("`{}` is in the list", word(twice)));
        return Err(PackError::Value(text));
    }
    let kept = list.into_iter().filter(|one| !remove.contains(one));
    Ok(toml::Value::Array(kept.chain(add.iter().cloned()).collect()))
}

fn word(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
