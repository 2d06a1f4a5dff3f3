//! Declared names as they are compared: folded once, the first time they are asked for, and kept with the declarations.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use ahash::RandomState;

use super::normalize;
use super::table_schema::{ColumnDecl, ColumnType, Declarations, Naming, TableDecl};
use crate::resources::meter;

/// How well a header names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// By what the user's mapping says.
    Mapped,
    /// By its id or Chinese name.
    Own,
    /// By an alias.
    Alias,
    /// By a name that says the same in the words offices use for each other: 时间 and 日期, 科室 and 部门.
    Meant,
    /// By one of its names with words around it that say nothing more: 具体审查意见, 授予单位名称.
    Wordy,
    /// By the running number of its rows, which stands for their code where a list gives none.
    Counted,
}

/// The header of running numbers.
const RUNNING: &str = "序号";

/// Longer texts, in bytes, are no headers in other words.
const LONGEST_HEADER: usize = 60;

/// A folded header with its words replaced by those that say the same.
fn meaning(folded: &str, naming: &Naming) -> String {
    naming.synonyms.iter().fold(folded.to_owned(), |name, (word, same)| {
        // Looking for a character takes a fraction of looking for a word, and nearly all are in vain.
        let may_hold = word.chars().next().is_some_and(|first| name.contains(first));
        if may_hold { name.replace(word, same) } else { name }
    })
}

/// The folded names of the columns of a table.
#[derive(Debug, Default)]
pub struct ColumnNames {
    named: OnceLock<HashMap<String, (usize, Rank)>>,
    meant: OnceLock<HashMap<String, Option<usize>>>,
    wordy: OnceLock<Wordy>,
}

/// The folded names of all tables.
#[derive(Debug, Default)]
pub struct TableNames(OnceLock<Vec<TableName>>);

/// One name of a table.
#[derive(Debug)]
pub struct TableName {
    /// As it is compared.
    pub folded: String,
    /// As it is declared.
    pub name: String,
    /// Whose it is.
    pub table: Arc<TableDecl>,
}

/// The folded words of an enumerated column, each with the storage number of its value.
#[derive(Debug, Default)]
pub struct ValueWords(OnceLock<Arc<HashMap<String, u16>>>);

/// Names as they are written in rules, each with the position of what it names; of two things with one name the first.
#[derive(Debug, Default)]
pub struct Exact(OnceLock<HashMap<String, usize, RandomState>>);

impl Exact {
    /// The position for a name; all of them are gathered the first time, on nobody's account.
    fn position(
        &self,
        name: &str,
        all: impl FnOnce() -> HashMap<String, usize, RandomState>,
    ) -> Option<usize> {
        self.0.get_or_init(|| meter::unmetered(all, |_| 0)).get(name).copied()
    }
}

impl TableDecl {
    /// Position of the column with this id or Chinese name.
    pub fn position(&self, name: &str) -> Option<usize> {
        let names = |(at, column): (usize, &ColumnDecl)| [(column.id.clone(), at), (column.zh.clone(), at)];
        self.exact.position(name, || self.columns.iter().enumerate().rev().flat_map(names).collect())
    }

    /// The column with this folded name, and how well that names it.
    pub fn column_named(&self, folded: &str) -> Option<(usize, Rank)> {
        self.names.named.get_or_init(|| column_names(self)).get(folded).copied()
    }

    /// The one column that a folded name means in other words.
    pub fn column_meant(&self, folded: &str) -> Option<(usize, Rank)> {
        if folded.len() > LONGEST_HEADER {
            return None;
        }
        let meant =
            self.meant().get(&meaning(folded, &self.naming)).copied().flatten().map(|at| (at, Rank::Meant));
        meant.or_else(|| (folded == RUNNING).then(|| Some((self.counted()?, Rank::Counted)))?)
    }

    fn meant(&self) -> &HashMap<String, Option<usize>> {
        self.names.meant.get_or_init(|| meanings(self))
    }

    /// The one column with a name that is left of a folded header when words that say nothing are taken out of it; the longest
    /// such name counts.
    pub fn column_in(&self, folded: &str) -> Option<(usize, Rank)> {
        let wordy = self.names.wordy.get_or_init(|| Wordy::of(self));
        let header: Vec<char> = meaning(folded, &self.naming).chars().collect();
        wordy.column(&header).map(|at| (at, Rank::Wordy))
    }

    /// The column of codes that tell the rows apart and mean nothing else: designations of standards do.
    fn counted(&self) -> Option<usize> {
        let mut keys = self.columns.iter().enumerate().filter(|(_, column)| column.key);
        let (at, key) = keys.next().filter(|(_, key)| key.kind == ColumnType::Code && !key.designation)?;
        (keys.next().is_none() && key.refers.is_none() && !self.one_row && !self.optional).then_some(at)
    }
}

fn column_names(table: &TableDecl) -> HashMap<String, (usize, Rank)> {
    let mut names = HashMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        for own in [&column.id, &column.zh] {
            names.insert(normalize::name(own), (at, Rank::Own));
        }
    }
    for (at, column) in table.columns.iter().enumerate() {
        for alias in &column.aliases {
            names.entry(normalize::name(alias)).or_insert((at, Rank::Alias));
        }
    }
    // What the user says of a header holds, whatever else it might name.
    for (at, column) in table.columns.iter().enumerate() {
        names.extend(column.mapped.iter().map(|header| (normalize::name(header), (at, Rank::Mapped))));
    }
    names
}

/// The columns by what their names mean; none where it would be two.
fn meanings(table: &TableDecl) -> HashMap<String, Option<usize>> {
    let mut meanings: HashMap<String, Option<usize>> = HashMap::new();
    for (name, (at, _)) in table.names.named.get_or_init(|| column_names(table)) {
        let (meaning, at) = (meaning(name, &table.naming), *at);
        if meaning.chars().count() < 2 {
            continue;
        }
        let known = meanings.entry(meaning).or_insert(Some(at));
        if *known != Some(at) {
            *known = None;
        }
    }
    meanings
}

/// What a header with more words than a name is read by.
#[derive(Debug)]
struct Wordy {
    /// Names by what they mean, with their columns, the longest first.
    names: Vec<(Vec<char>, usize)>,
    /// Words that say nothing in a header of the table: those declared, and what its rows are.
    fillers: Vec<Vec<char>>,
}

/// Characters of a name that tells something wherever it stands.
const SHORTEST_NAME: usize = 3;

impl Wordy {
    fn of(table: &TableDecl) -> Self {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let mut names: Vec<_> =
            table.meant().iter().filter_map(|(name, at)| Some((chars(name), (*at)?))).collect();
        names.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
        let subjects =
            std::iter::once(&table.zh).chain(&table.aliases).map(|name| subject(name, &table.naming));
        let declared = table.naming.fillers.iter().map(|word| normalize::name(word));
        let mut fillers: Vec<_> = declared.chain(subjects).map(|word| chars(&word)).collect();
        fillers.retain(|word| !word.is_empty());
        Self { names, fillers }
    }

    /// What a header speaks of stands at its end: names that end as it does come first. Short ones are parts of too many
    /// others, and count at its end only.
    fn column(&self, header: &[char]) -> Option<usize> {
        let within: Vec<_> = self.names.iter().filter(|(name, _)| self.is_within(name, header)).collect();
        let long = |name: &[char]| name.len() >= SHORTEST_NAME;
        let ends = |name: &[char]| header.ends_with(name.get(name.len().saturating_sub(2)..).unwrap_or(name));
        let best = within
            .iter()
            .find(|(name, _)| long(name) && ends(name))
            .or_else(|| within.iter().find(|(name, _)| long(name)))
            .or_else(|| within.iter().find(|(name, _)| ends(name)))?;
        let rival = |(name, at): &&&(Vec<char>, usize)| {
            *at != best.1 && name.len() == best.0.len() && ends(name) == ends(&best.0)
        };
        within.iter().find(rival).is_none().then_some(best.1)
    }

    /// Whether the header is the name with fillers before, in or after it. Of each beginning of the header it is found which
    /// beginnings of the name it can be.
    fn is_within(&self, name: &[char], header: &[char]) -> bool {
        let mut rest = header.iter();
        if !name.iter().all(|sign| rest.any(|other| other == sign)) {
            return false;
        }
        let mut reached: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); header.len().saturating_add(1)];
        if let Some(start) = reached.first_mut() {
            start.insert(0);
        }
        for at in 0..header.len() {
            let from = reached.get_mut(at).map(std::mem::take).unwrap_or_default();
            let rest = header.get(at..).unwrap_or_default();
            let mut reach = |passed: usize, known: BTreeSet<usize>| {
                reached.get_mut(at.saturating_add(passed)).into_iter().for_each(|to| to.extend(&known));
            };
            let read = from.iter().filter(|known| name.get(**known) == rest.first());
            reach(1, read.map(|known| known.saturating_add(1)).collect());
            for word in self.fillers.iter().filter(|word| rest.starts_with(word)) {
                reach(word.len(), from.clone());
            }
        }
        reached.last().is_some_and(|ends| ends.contains(&name.len()))
    }
}

/// What the rows of a table are: its name as headers are read, without the word for a collection.
fn subject(name: &str, naming: &Naming) -> String {
    let meant = meaning(&normalize::name(name), naming);
    let endings =
        naming.collections.iter().filter_map(|word| meant.strip_suffix(normalize::name(word).as_str()));
    endings.min_by_key(|rest| rest.len()).map_or(meant.clone(), str::to_owned)
}

impl Declarations {
    /// Every name of every table: what the user's mapping says first, then all in declared order.
    pub fn table_names(&self) -> &[TableName] {
        let mapped = |table: &Arc<TableDecl>| names_of(table, &table.mapped);
        let read = || self.tables.iter().filter(|table| !table.derived);
        let all = || read().flat_map(mapped).chain(read().flat_map(table_names));
        self.names.0.get_or_init(|| all().collect())
    }
}

fn table_names(table: &Arc<TableDecl>) -> Vec<TableName> {
    names_of(table, [&table.id, &table.zh].into_iter().chain(&table.aliases))
}

fn names_of<'n>(table: &Arc<TableDecl>, names: impl IntoIterator<Item = &'n String>) -> Vec<TableName> {
    let one = |name: &String| TableName {
        folded: normalize::name(name),
        name: name.clone(),
        table: Arc::clone(table),
    };
    names.into_iter().map(one).collect()
}

impl ColumnDecl {
    /// Storage number of the enumerated value with this id or of which this is a word.
    pub fn value_number(&self, word: &str) -> Option<usize> {
        let words = |(at, (id, words)): (usize, (&String, &Vec<String>))| {
            std::iter::once(id).chain(words).map(|word| (word.clone(), at)).collect::<Vec<_>>()
        };
        self.exact.position(word, || self.values.iter().enumerate().rev().flat_map(words).collect())
    }
}

impl ValueWords {
    /// The words; worked out by `make` the first time.
    pub fn get(&self, make: impl FnOnce() -> HashMap<String, u16>) -> Arc<HashMap<String, u16>> {
        Arc::clone(self.0.get_or_init(|| Arc::new(make())))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn column(header: &str) -> Option<String> {
        let text = r#"
            [naming]
            synonyms = [["单位", "部门"], ["是否", ""]]
            fillers = ["名称", "授予", "所在", "具体"]
            collections = ["奖励"]
            [[table]]
            id = "honours"
            zh = "荣誉奖励"
            about = "Honours."
            columns = [
              { id = "id", zh = "编号", type = "code", key = true },
              { id = "title", zh = "荣誉名称", aliases = ["名称"], type = "text" },
              { id = "level", zh = "荣誉级别", type = "text" },
              { id = "issuer", zh = "授予单位", aliases = ["评选单位"], type = "text" },
              { id = "date", zh = "日期", type = "date" },
            ]"#;
        let mut decls: Declarations = toml::from_str(text).unwrap();
        let naming = Arc::clone(&decls.naming);
        let table = Arc::get_mut(decls.tables.first_mut().unwrap()).unwrap();
        table.naming = naming;
        let (at, rank) = table.column_in(&normalize::name(header))?;
        assert_eq!(rank, Rank::Wordy);
        table.columns.get(at).map(|column| column.id.clone())
    }

    #[test]
    fn a_name_with_words_around_it_that_say_nothing_is_known() {
        for (header, id) in [
            ("荣誉授予级别", "level"),
            ("授予单位名称", "issuer"),
            ("具体评选单位", "issuer"),
            ("荣誉具体名称", "title"),
            ("所在日期", "date"),
        ] {
            assert_eq!(column(header).as_deref(), Some(id), "{header}");
        }
    }

    #[test]
    fn other_words_make_it_another_thing() {
        for header in ["推荐单位", "上级授予单位", "荣誉级别变更", "学历", "日期说明"] {
            assert_eq!(column(header), None, "{header}");
        }
    }

    #[test]
    fn a_running_number_is_the_code_of_a_list_without_one() {
        let decls: Declarations = toml::from_str(include_str!("../../rules/tables.toml")).unwrap();
        let counted = |table: &str| decls.table(table).unwrap().column_meant(RUNNING).map(|(_, rank)| rank);
        assert_eq!(counted("improvements"), Some(Rank::Counted));
        assert_eq!(counted("standards"), None);
        assert_eq!(counted("attendance"), None);
    }
}
