//! What scripts can name: each function with its arguments, what it gives, and that in words.

mod language;
#[cfg(test)]
mod tests;
mod types;

use std::collections::BTreeSet;

use rhai::{Engine, FuncInfo};

use super::function::{HostFunction, documented};
use super::stdlib::{self, engine_function};
use super::testing;
use crate::model::function_reference::{Entry, EntryKind, FunctionReference};
use crate::model::text::Text;
use language::LANGUAGE;

/// All that scripts can name.
pub fn function_reference() -> FunctionReference {
    let host: Vec<Entry> = stdlib::functions().iter().map(entry).collect();
    let known: BTreeSet<Signature> = host.iter().map(|one| one.signature(&one.name)).collect();
    let own = own_functions(&engine_function::packages_alone());
    FunctionReference {
        language: own.into_iter().filter(|one| !known.contains(&one.signature(&one.name))).collect(),
        testing: testing::FUNCTIONS.iter().map(entry).collect(),
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

fn entry(one: &HostFunction) -> Entry {
    let argument = |(name, kind): (&str, &str)| (name.to_owned(), documented(kind).to_owned());
    Entry {
        kind: one.kind,
        name: one.name.to_owned(),
        chinese: one.chinese.map(str::to_owned),
        takes: one.parameters().map(argument).collect(),
        gives: one.gives.word().to_owned(),
        about: Text::new(one.about.0, one.about.1),
        example: Some(one.example.to_owned()),
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
        example: None,
    })
}
