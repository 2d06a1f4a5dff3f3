//! Personal data of a submission in texts that scripts make: a value taken out of its cell no longer says that it is
//! some. The words of the script itself are not masked, whatever persons are called.

use std::cell::OnceCell;
use std::ops::Range;

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::engine::Libraries;
use super::rule::Rule;
use crate::model::privacy::{declared, holds, is_quoted};
use crate::model::text::Text;
use crate::script::error::THROWN;
use crate::script::syntax::literals::literals;
use crate::script::value::loaded_table::Loaded;

/// Words that are known to stand in what a script says.
pub(crate) struct Words<'a> {
    script: Source<'a>,
    libraries: &'a Libraries,
    loaded: &'a Loaded,
    /// Those of the script, gathered when a name is first met.
    own: OnceCell<Vec<String>>,
}

/// Where a script's words come from.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    Rule(&'a Rule),
    Entry(&'a str),
}

impl<'a> Words<'a> {
    pub(crate) fn new(script: Source<'a>, libraries: &'a Libraries, loaded: &'a Loaded) -> Self {
        Self { script, libraries, loaded, own: OnceCell::new() }
    }

    /// The text without personal data; `host` are the program's own sentences in it.
    pub(crate) fn without(&self, text: &str, host: &[&str]) -> String {
        let own = |text: &str, bytes: Range<usize>| {
            holds(host.iter().copied(), text, &bytes) || self.hold(text, &bytes)
        };
        self.loaded.redactor.mask_except(text, own)
    }

    /// A failure without personal data. Where the script did not word it, data stands between quotation marks.
    pub(crate) fn without_in_fault(&self, message: &Text) -> Text {
        let thrown = message.zh.starts_with(THROWN.0);
        let own = |text: &str, bytes: Range<usize>| {
            let host =
                if thrown { holds([THROWN.0, THROWN.1], text, &bytes) } else { !is_quoted(text, &bytes) };
            host || self.hold(text, &bytes)
        };
        message.map(|text| self.loaded.redactor.mask_except(text, own))
    }

    fn hold(&self, text: &str, bytes: &Range<usize>) -> bool {
        let own = self.own.get_or_init(|| match self.script {
            Source::Rule(rule) => [literals(&rule.source), texts_of(&rule.meta.params)].concat(),
            Source::Entry(source) => literals(source),
        });
        let written = own.iter().chain(self.libraries.words()).map(String::as_str);
        holds(written, text, bytes) || holds(self.loaded.declarations().flat_map(declared), text, bytes)
    }
}

/// Texts among the values, and their keys.
fn texts_of(values: &Map) -> Vec<String> {
    let of_value = |value: &Dynamic| -> Vec<String> {
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return vec![text.to_string()];
        }
        let list = value.read_lock::<Array>();
        let texts =
            list.iter().flat_map(|list| list.iter()).filter_map(|value| value.clone().into_string().ok());
        texts.chain(value.read_lock::<Map>().iter().flat_map(|map| texts_of(map))).collect()
    };
    values.iter().flat_map(|(key, value)| std::iter::once(key.to_string()).chain(of_value(value))).collect()
}
