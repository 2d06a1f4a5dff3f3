//! A tree drawn with its levels side by side: `一级代号 | 一级类目 | 二级代号 | 二级类目 …`, cells merged or left empty downwards.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::header::{self, Layout};
use super::row::Row;
use crate::model::row::{RawCell, Rows};
use crate::table::normalize;
use crate::table::table_schema::{TableDecl, Tree};

/// Headers of levels, as folded names.
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:第?(?<number>[一二三四五六1-6])(?:级|层次?)|(?<size>[大中小细])类)(?<rest>.{0,10})$")
        .ok()
});

/// A class written as its code and its name in one cell.
static BOTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?<code>[A-Za-z]{0,6}[0-9]{0,6}(?:[.•·-][0-9]+)*)[\s\u{3000}、.．:：]*(?<name>\p{Han}.*)$")
        .ok()
});

/// The columns in which a level has its codes and names.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    code: Option<u32>,
    name: Option<u32>,
}

/// A class on the way to the row that is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Class {
    code: String,
    name: String,
}

/// Reads the rows under such a header.
pub(super) struct Levels {
    /// Where the header is, and for each declared column its column and header.
    pub(super) layout: Layout,
    places: Places,
    levels: Vec<Level>,
    path: Vec<Class>,
    known: HashSet<String>,
}

/// The declared columns of a tree.
#[derive(Clone, Copy)]
struct Places {
    code: usize,
    name: usize,
    parent: usize,
    level: usize,
    root: Option<usize>,
}

impl Levels {
    /// The header among the rows, if one has two levels or more.
    pub(super) fn find(table: &TableDecl, rows: &[Row<'_>]) -> Option<Self> {
        let places = Places::of(table, table.tree.as_ref()?)?;
        rows.iter().enumerate().find_map(|(position, row)| Self::of(table, places, row, position))
    }

    fn of(table: &TableDecl, places: Places, row: &Row<'_>, position: usize) -> Option<Self> {
        let mut levels: Vec<Level> = Vec::new();
        let mut headers: Vec<Option<(u32, String)>> = vec![None; table.columns.len()];
        for (column, cell) in row.cells() {
            let Some(label) = header::text(cell) else { continue };
            if let Some((at, codes)) = level(&normalize::name(&label)) {
                levels.resize(levels.len().max(at.saturating_add(1)), Level::default());
                let slot = levels.get_mut(at)?;
                let slot = if codes { &mut slot.code } else { &mut slot.name };
                slot.get_or_insert(*column);
                let told = [places.parent, places.level, if codes { places.code } else { places.name }];
                tell(&mut headers, &told, *column, &label);
            } else if let Some((at, _)) = header::named(table, &label) {
                tell(&mut headers, &[at], *column, &label);
            }
        }
        let named = levels.iter().filter(|level| level.name.or(level.code).is_some()).count();
        if named < 2 || named < levels.len() {
            return None;
        }
        let first = headers.get(places.parent)?.clone()?;
        tell(&mut headers, &[places.code, places.name], first.0, &first.1);
        if let Some(root) = places.root {
            tell(&mut headers, &[root], first.0, &first.1);
        }
        let (path, known) = (Vec::new(), HashSet::new());
        let layout = Layout { row: row.number, position, columns: headers, ..Layout::default() };
        Some(Self { layout, places, levels, path, known })
    }

    /// Appends the classes that a row names for the first time; how many.
    pub(super) fn take(&mut self, row: &Row<'_>, rows: &mut Rows<'_>) -> u64 {
        let cell = |column: Option<u32>| {
            let column = column?;
            let filled = row.fills.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell);
            row.get(column).or(filled).and_then(header::text)
        };
        let mut added = 0_u64;
        for at in 0..self.levels.len() {
            let Some(level) = self.levels.get(at).copied() else { break };
            let Some(class) = class(cell(level.code), cell(level.name)) else { continue };
            if at > self.path.len() || class.code.is_empty() {
                continue;
            }
            if self.path.get(at) != Some(&class) {
                self.path.truncate(at);
                self.path.push(class.clone());
            }
            if self.known.insert(class.code.clone()) {
                self.append(&class, at, row, rows);
                added = added.saturating_add(1);
            }
        }
        added
    }

    fn append(&self, class: &Class, at: usize, row: &Row<'_>, rows: &mut Rows<'_>) {
        let text = |text: &str| RawCell::Text(Cow::Owned(text.to_owned()));
        let Places { code, name, parent, level, root } = self.places;
        rows.push(row.number);
        rows.fill(code, text(&class.code));
        rows.fill(name, text(&class.name));
        rows.fill(level, text(&at.saturating_add(1).to_string()));
        if let Some(above) = at.checked_sub(1).and_then(|up| self.path.get(up)) {
            rows.fill(parent, text(&above.code));
        }
        let own = [code, name, parent, level];
        for (place, header) in
            self.layout.columns.iter().enumerate().filter(|(place, _)| !own.contains(place))
        {
            let cell = header.as_ref().and_then(|(column, _)| row.get(*column));
            let is_level =
                |column: u32| self.levels.iter().any(|one| [one.code, one.name].contains(&Some(column)));
            match (header, cell) {
                (Some((column, _)), Some(cell)) if !is_level(*column) => {
                    rows.fill(place, cell.clone().into_owned());
                }
                (Some(_), _) if root == Some(place) => {
                    rows.fill(place, text(self.path.first().map_or("", |top| top.name.as_str())));
                }
                _ => {}
            }
        }
    }
}

impl Places {
    fn of(table: &TableDecl, tree: &Tree) -> Option<Self> {
        Some(Self {
            code: table.position(&tree.code)?,
            name: table.position(&tree.name)?,
            parent: table.position(&tree.parent)?,
            level: table.position(&tree.level)?,
            root: tree.root.as_deref().and_then(|root| table.position(root)),
        })
    }
}

/// Takes down where a column is told, unless it is told elsewhere.
fn tell(headers: &mut [Option<(u32, String)>], told: &[usize], column: u32, label: &str) {
    for at in told {
        if let Some(slot) = headers.get_mut(*at) {
            slot.get_or_insert_with(|| (column, label.to_owned()));
        }
    }
}

/// The level, from 0, that a folded header tells, and whether it is the header of codes.
fn level(header: &str) -> Option<(usize, bool)> {
    let found = LEVEL.as_ref()?.captures(header)?;
    let place = |words: &str, word: &str| words.chars().position(|c| word.starts_with(c));
    let at = match (found.name("number"), found.name("size")) {
        (Some(number), _) => {
            place("一二三四五六", number.as_str()).or_else(|| place("123456", number.as_str()))?
        }
        (_, Some(size)) => place("大中小细", size.as_str())?,
        _ => return None,
    };
    let rest = found.name("rest").map_or("", |rest| rest.as_str());
    Some((at, ["代号", "编号", "代码", "编码"].iter().any(|word| rest.contains(word))))
}

/// The class of two cells, or of one that holds code and name; its name stands for a code that is not given.
fn class(code: Option<String>, name: Option<String>) -> Option<Class> {
    let (code, name) = match (code, name) {
        (Some(code), Some(name)) => (code, name),
        (None, Some(both)) | (Some(both), None) => {
            let parts = BOTH.as_ref().and_then(|both_of| both_of.captures(&both));
            let part = |part: &str| Some(parts.as_ref()?.name(part)?.as_str().to_owned());
            let code = part("code").filter(|code| !code.is_empty());
            (code.unwrap_or_else(|| both.clone()), part("name").unwrap_or(both))
        }
        (None, None) => return None,
    };
    Some(Class { code, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_by_their_headers() {
        assert_eq!(level("一级代号"), Some((0, true)));
        assert_eq!(level("第三层次类目"), Some((2, false)));
        assert_eq!(level("2级"), Some((1, false)));
        assert_eq!(level("中类"), Some((1, false)));
        assert_eq!(level("级别"), None);
        assert_eq!(level("层次"), None);
    }

    #[test]
    fn a_class_is_its_code_and_name() {
        let of = |code: Option<&str>, name: Option<&str>| {
            class(code.map(str::to_owned), name.map(str::to_owned)).map(|class| (class.code, class.name))
        };
        let both = |code: &str, name: &str| Some((code.to_owned(), name.to_owned()));
        assert_eq!(of(Some("JC1"), Some("术语")), both("JC1", "术语"));
        assert_eq!(of(None, Some("JC1 术语")), both("JC1", "术语"));
        assert_eq!(of(None, Some("术语")), both("术语", "术语"));
        assert_eq!(of(None, None), None);
    }
}
