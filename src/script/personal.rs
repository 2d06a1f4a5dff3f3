//! Personal data of a submission in texts that scripts make: a value taken out of its cell no longer says that it is
//! some.

use std::collections::BTreeMap;

use super::loaded::Loaded;
use crate::model::privacy::Masking;
use crate::model::text::Text;

/// Personal data of all tables and how it is shown, the longest first.
pub(super) fn all(loaded: &Loaded) -> Vec<(String, String)> {
    those(loaded, |_| true)
}

/// The text without personal data.
pub(super) fn without(text: &Text, loaded: &Loaded, masking: Masking) -> Text {
    if masking == Masking::Off {
        return text.clone();
    }
    let found = those(loaded, |value| text.zh.contains(value) || text.en.contains(value));
    let hidden = |text: &str| {
        let hide = |text: String, (value, shown): &(String, String)| text.replace(value.as_str(), shown);
        found.iter().fold(masking.text(text), hide)
    };
    Text::new(hidden(&text.zh), hidden(&text.en))
}

fn those(loaded: &Loaded, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut found = BTreeMap::new();
    for table in loaded.all() {
        for column in (0..table.columns.len()).filter(|column| table.privacy(*column).is_some()) {
            for value in (0..table.len()).map(|row| table.display(row, column)) {
                if value.chars().count() > 1 && wanted(&value) {
                    found
                        .entry(value)
                        .or_insert_with_key(|value| Masking::On.cell(table.privacy(column), value));
                }
            }
        }
    }
    let mut found: Vec<(String, String)> = found.into_iter().collect();
    found.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    found
}
