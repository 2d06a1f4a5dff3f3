//! What kind of rule an id names, and the files of the rule.

use std::path::{Path, PathBuf};

use super::Draft;
use super::catalog::{OwnTable, own_tables};
use super::fault::NewFault;
use super::template::{self, Fill, fill};
use crate::model::text::{Lang, Text};
use crate::rulebook::Rulebook;

/// What a new rule decides.
#[derive(Debug)]
pub(super) enum Kind {
    /// An item of a scoring table of the pack's own.
    Item {
        /// Id of the table.
        table: String,
        /// The file it stands in, where there is one already.
        own: Option<OwnTable>,
    },
    /// A clause.
    Clause {
        /// Its id.
        clause: String,
        /// Packs have it already.
        known: bool,
    },
}

impl Kind {
    /// What the rule of this id decides: a clause where the id has a stroke, otherwise an item.
    pub(super) fn of(id: &str, book: &Rulebook, pack: &Path) -> Result<Self, NewFault> {
        if !well_written(id) {
            return Err(NewFault::Id { id: id.to_owned() });
        }
        if let Some(rule) = book.rules.iter().find(|rule| rule.meta.id == id) {
            return Err(NewFault::Rule { id: id.to_owned(), file: rule.file.clone() });
        }
        if let Some(broken) = book.broken.iter().find(|fault| fault.rule == id) {
            return Err(NewFault::Rule { id: id.to_owned(), file: broken.file.clone() });
        }
        if id.contains('/') {
            return Ok(Self::clause(id, book));
        }
        let own = own_tables(pack);
        let of_own = own
            .into_iter()
            .find(|table| id.strip_prefix(&table.id).is_some_and(|rest| rest.starts_with('.')));
        if let Some(own) = of_own {
            return Ok(Self::Item { table: own.id.clone(), own: Some(own) });
        }
        let (table, _) = id.rsplit_once('.').ok_or_else(|| NewFault::Id { id: id.to_owned() })?;
        match book.catalog.tables.iter().find(|known| id.starts_with(&format!("{}.", known.id))) {
            Some(known) => Err(NewFault::Foreign { id: id.to_owned(), table: known.id.clone() }),
            None => Ok(Self::Item { table: table.to_owned(), own: None }),
        }
    }

    /// A clause may have several rules: `2/4.2a` and `2/4.2b` both look at `2/4.2`.
    fn clause(id: &str, book: &Rulebook) -> Self {
        let whole = id.trim_end_matches(|sign: char| sign.is_ascii_lowercase());
        let known = [id, whole].into_iter().find(|id| book.clauses.get(id).is_some());
        Self::Clause { clause: known.unwrap_or(id).to_owned(), known: known.is_some() }
    }

    /// What templates say of it.
    pub(super) fn fill(&self, fill: Fill) -> Fill {
        match self {
            Self::Item { table, .. } => {
                fill.quoted("table", table).set("catalog", format!("catalog/{}.toml", file_stem(table)))
            }
            Self::Clause { clause, .. } => fill.quoted("clause", clause).set("plain_clause", clause.clone()),
        }
    }

    /// Path of the rule in its pack, without ending.
    fn path(&self, id: &str) -> PathBuf {
        match self {
            Self::Item { table, .. } => PathBuf::from("items").join(file_stem(table)).join(id),
            Self::Clause { .. } => PathBuf::from("structure").join(id.replacen('/', "-", 1)),
        }
    }
}

/// The rule and its test.
pub(super) fn rule_files(
    id: &str,
    kind: &Kind,
    pack: &Path,
    fill_in: &Fill,
    lang: Lang,
    drafts: &mut Vec<Draft>,
) -> Result<(), NewFault> {
    let (rule, test) = match kind {
        Kind::Item { .. } => (template::ITEM_RULE, template::ITEM_TEST),
        Kind::Clause { .. } => (template::CLAUSE_RULE, template::CLAUSE_TEST),
    };
    let stem = pack.join(kind.path(id));
    let named = |ending: &str| {
        let mut path = stem.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    };
    let files = [
        (rule, ".rhai", Text::new("规则", "the rule")),
        (
            test,
            ".test.rhai",
            Text::new(
                "它的测试：有问题的和没有问题的",
                "its tests: one that passes the rule, one that fails it",
            ),
        ),
    ];
    for (template, ending, what) in files {
        drafts.push(Draft::new_file(named(ending), fill(template, lang, fill_in), what)?);
    }
    Ok(())
}

/// What files of a table are named after: `a8` for `A.8`. A table of a name without dots must not take the place of
/// one of the packs below by its file's name.
pub(super) fn file_stem(table: &str) -> String {
    let stem = table.to_lowercase().replace('.', "");
    if table.contains('.') { stem } else { format!("own-{stem}") }
}

/// Files are named after ids: letters, digits and dots, one stroke at most.
fn well_written(id: &str) -> bool {
    let part = |part: &str| {
        let word =
            |word: &str| !word.is_empty() && word.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
        part.split('.').all(word)
    };
    id.len() <= 60 && id.split('/').count() <= 2 && id.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::well_written;

    #[test]
    fn ids_are_names_of_files_on_every_system() {
        for id in ["A.8.1", "P/1", "2/10.6.1a", "网格/1", "走访.1"] {
            assert!(well_written(id), "{id}");
        }
        for id in ["", "../x", "A..1", "a/b/c", "A 1", "a-b/1", "C:x", "/1", "1/", "A\\1"] {
            assert!(!well_written(id), "{id}");
        }
    }
}
