//! What scripts can name: each function with its arguments, what it gives, and that in words.

mod host;
mod language;
#[cfg(test)]
mod tests;
mod types;

use std::collections::BTreeSet;

use rhai::{Engine, FuncInfo};

use super::runtime::engine;
use super::stdlib::{api, engine_function};
use crate::model::manual::{Entry, EntryKind, Manual};
use crate::model::text::Text;
use host::{AS_OF, Described, HOST, TESTING};
use language::LANGUAGE;

/// All that scripts can name.
pub fn manual() -> Manual {
    let callable = signatures(&engine::build());
    let names = api::names();
    let chinese = |entry: &Entry| {
        let own = names.iter().filter(|(_, english)| *english == entry.name).map(|(chinese, _)| *chinese);
        let mut fit = own.filter(|name| callable.contains(&entry.signature(name)));
        fit.next().map(str::to_owned)
    };
    let mut host = vec![Entry { chinese: Some(AS_OF.0.to_owned()), ..entry(&AS_OF.1) }];
    host.extend(HOST.iter().map(entry).map(|entry| Entry { chinese: chinese(&entry), ..entry }));
    let known: BTreeSet<Signature> = host.iter().map(|one| one.signature(&one.name)).collect();
    let own = own_functions(&engine_function::packages_alone());
    let spoken =
        |(zh, one): &(Option<&str>, Described)| Entry { chinese: zh.map(str::to_owned), ..entry(one) };
    Manual {
        language: own.into_iter().filter(|one| !known.contains(&one.signature(&one.name))).collect(),
        testing: TESTING.iter().map(spoken).collect(),
        host,
    }
}

/// Name, whether it is read after a dot, and the types of the arguments.
type Signature = (String, bool, Vec<String>);

impl Entry {
    /// The signature under a name.
    fn signature(&self, name: &str) -> Signature {
        let kinds = self.takes.iter().map(|(_, kind)| kind.clone());
        (name.to_owned(), self.kind == EntryKind::Property, kinds.collect())
    }
}

/// What scripts can call in an engine, with values that they can hold.
fn signatures(engine: &Engine) -> BTreeSet<Signature> {
    let one = |info: FuncInfo<'_>| {
        let name = info.metadata.name.as_str();
        let (name, property) = name.strip_prefix("get$").map_or((name, false), |name| (name, true));
        let kinds: Option<Vec<String>> =
            info.metadata.param_types.iter().map(|id| types::word(*id).map(str::to_owned)).collect();
        let callable = !name.starts_with("index$") && !engine::FORBIDDEN.contains(&name);
        Some((name.to_owned(), property, kinds?)).filter(|_| callable)
    };
    engine.collect_fn_metadata(None, one, true).into_iter().collect()
}

fn entry(one: &Described) -> Entry {
    let argument = |text: &str| {
        let (name, kind) = text.split_once(':').unwrap_or((text, types::ANY));
        (name.trim().to_owned(), kind.trim().to_owned())
    };
    Entry {
        kind: one.kind,
        name: one.name.to_owned(),
        chinese: None,
        takes: one.takes.split(',').filter(|text| !text.trim().is_empty()).map(argument).collect(),
        gives: one.gives.to_owned(),
        about: Text::new(one.zh, one.en),
    }
}

/// The functions and properties of an engine that scripts can call by a name, as the engine tells of them.
fn own_functions(engine: &Engine) -> Vec<Entry> {
    let mut entries = engine.collect_fn_metadata(None, |info| own_function(&info), true);
    let order = |one: &Entry| one.signature(&one.name);
    entries.sort_by_key(order);
    entries.dedup_by_key(|one| order(one));
    entries
}

fn own_function(info: &FuncInfo<'_>) -> Option<Entry> {
    let told = info.metadata;
    let (kind, name) = match told.name.strip_prefix("get$") {
        Some(name) => (EntryKind::Property, name),
        None => (EntryKind::Function, told.name.as_str()),
    };
    let (_, zh, en) = LANGUAGE.iter().find(|(known, _, _)| *known == name)?;
    let names = |at: usize| told.params_info.get(at).and_then(|one| one.split(':').next());
    let argument = |(at, id)| {
        let name = names(at).map_or("value", |name| name.trim().trim_start_matches("mut "));
        Some((name.to_owned(), types::word(id)?.to_owned()))
    };
    Some(Entry {
        kind,
        name: name.to_owned(),
        chinese: None,
        takes: told.param_types.iter().copied().enumerate().map(argument).collect::<Option<_>>()?,
        gives: types::of_rust(&told.return_type).to_owned(),
        about: Text::new(*zh, *en),
    })
}
