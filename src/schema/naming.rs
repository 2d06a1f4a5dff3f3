//! What a reference may say instead of the code it means: another spelling of it, the name of its row, or that name
//! shortened. Nothing that might mean two rows is a name.

use std::collections::HashMap;

use crate::model::designation;
use crate::table::Table;
use crate::table::column::Lookup;
use crate::table::normalize;
use crate::table::table_schema::ColumnDecl;

/// Longer texts, in bytes, are no short names.
const LONGEST_SHORT: usize = 120;

/// Codes by what they are called; none where it would be two.
type Codes = HashMap<String, Option<String>>;

/// How a reference was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// By the code, in whatever spelling.
    Code,
    /// By the name of the row.
    Name,
    /// By its name, shortened.
    Short,
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// This code.
    Code(String, By),
    /// One of several, nobody can tell which.
    Several,
    /// Nothing that is known.
    Nothing,
}

impl Meant {
    /// The code, if it is one.
    pub(super) fn code(self) -> Option<String> {
        if let Self::Code(code, _) = self { Some(code) } else { None }
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::Nothing { other() } else { self }
    }
}

/// The names of what may be referred to in one column.
pub(super) struct Naming {
    /// Whether the codes are designations of standards.
    designations: bool,
    spellings: Codes,
    names: Codes,
    /// Names that may be shortened, each as its characters, and the codes.
    long: Vec<(Vec<char>, String)>,
}

impl Naming {
    pub(super) fn of(table: &Table, column: &ColumnDecl, codes: &Lookup<'_>) -> Self {
        let designations = column.designation;
        let mut naming =
            Self { designations, spellings: Codes::new(), names: Codes::new(), long: Vec::new() };
        for code in codes.iter() {
            add(&mut naming.spellings, spelling(&code, designations), &code);
        }
        let named = table.decl.columns.iter().enumerate().filter(|(_, column)| column.names);
        for (at, column) in named {
            let Some(cells) = table.columns.get(at) else { continue };
            for code in codes.iter() {
                let name = codes.get(&code).map(|row| cells.text(row as usize)).unwrap_or_default();
                let name = title(&name);
                if column.shortened {
                    naming.long.push((name.chars().collect(), code.to_string()));
                }
                add(&mut naming.names, name, &code);
            }
        }
        naming
    }

    /// What a text means.
    pub(super) fn meant(&self, text: &str) -> Meant {
        let before = || before_title(text).map_or(Meant::Nothing, |before| self.spelt(before));
        let inside = || {
            inside_title(text)
                .map_or(Meant::Nothing, |inside| self.spelt(inside).or_else(|| self.named(inside)))
        };
        let spelt = self.spelt(text).or_else(|| self.named(text));
        let spelt = spelt.or_else(|| self.spelt_and_named(text));
        spelt.or_else(before).or_else(inside).or_else(|| self.shortened(text))
    }

    fn spelt(&self, text: &str) -> Meant {
        let code = self.spellings.get(&spelling(text, self.designations)).and_then(Option::as_deref);
        code.map_or(Meant::Nothing, |code| Meant::Code(code.to_owned(), By::Code))
    }

    /// A code with its own name behind it: `JC11 标准化导则`, `JC11（标准化导则）`.
    fn spelt_and_named(&self, text: &str) -> Meant {
        let mut parts = text.match_indices([' ', '\u{3000}', '(', '（', '、', ':', '：']);
        let of = |(at, sign): (usize, &str)| {
            let code = self.spelt(text.get(..at)?).code()?;
            let name = text.get(at.saturating_add(sign.len())..)?;
            let inside = if matches!(sign, "(" | "（") { name.strip_suffix([')', '）'])? } else { name };
            match self.named(inside) {
                Meant::Several => Some(code),
                Meant::Code(named, _) if named == code => Some(code),
                _ => None,
            }
        };
        parts.find_map(of).map_or(Meant::Nothing, |code| Meant::Code(code, By::Code))
    }

    fn named(&self, text: &str) -> Meant {
        match self.names.get(&title(text)) {
            Some(Some(code)) => Meant::Code(code.clone(), By::Name),
            Some(None) => Meant::Several,
            None => Meant::Nothing,
        }
    }

    /// The one name that has all characters of the text in their order and may be meant by it: with two characters where
    /// it begins alike; or the one that the text ends with, after the name of a place.
    fn shortened(&self, text: &str) -> Meant {
        if text.len() > LONGEST_SHORT {
            return Meant::Nothing;
        }
        let short: Vec<char> = title(text).chars().collect();
        if short.len() < 2 {
            return Meant::Nothing;
        }
        let meant = |name: &[char]| {
            let alike = short.len() > 2 || short.first() == name.first();
            (alike && is_within(&short, name)) || (name.len() > 2 && short.ends_with(name))
        };
        let mut found = self.long.iter().filter(|(name, _)| meant(name)).map(|(_, code)| code);
        match found.next() {
            Some(first) if found.all(|other| other == first) => Meant::Code(first.clone(), By::Short),
            Some(_) => Meant::Several,
            None => Meant::Nothing,
        }
    }
}

fn add(codes: &mut Codes, called: String, code: &str) {
    if called.is_empty() {
        return;
    }
    let known = codes.entry(called).or_insert_with(|| Some(code.to_owned()));
    if known.as_deref() != Some(code) {
        *known = None;
    }
}

/// A code with every dot of a number alike. Width and what cannot be seen are folded in designations of standards only: in
/// other codes they are reported.
fn spelling(text: &str, designation: bool) -> String {
    if designation {
        return designation::likeness(text);
    }
    let dot =
        |c: char| if matches!(c, '·' | '・' | '‧' | '∙' | '⋅' | '.' | '．') { '•' } else { c };
    normalize::trimmed(text).chars().map(dot).collect()
}

/// A name as it is compared, without the marks of a title.
fn title(text: &str) -> String {
    let dot = |c: char| if matches!(c, '·' | '・' | '‧' | '∙' | '⋅') { '•' } else { c };
    let marks = |c: &char| !matches!(c, '《' | '》' | '“' | '”' | '"' | '「' | '」');
    normalize::name(text).chars().filter(marks).map(dot).collect()
}

/// What stands before a title: `Q/LJWG TG1-2024《…》`.
fn before_title(text: &str) -> Option<&str> {
    text.split_once('《').map(|(before, _)| before).filter(|before| !normalize::is_blank(before))
}

fn inside_title(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('《')?;
    rest.split_once('》').map(|(title, _)| title)
}

/// Whether a name has the characters in this order, and more.
fn is_within(short: &[char], name: &[char]) -> bool {
    let mut rest = name.iter();
    short.len() < name.len() && short.iter().all(|c| rest.any(|other| other == c))
}
