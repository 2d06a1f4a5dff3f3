//! Imports between the files of a folder, as their `use` statements and paths say them, re-exports followed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::{Captures, Regex};

static PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:crate|super)(?:::\w+)+|(?:^|[^\w:])[a-z_0-9]+::\w+").unwrap());
static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\buse\s[^;]+;").unwrap());
static VISIBILITY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"pub\(in [^)]*\)").unwrap());
/// Comments, raw texts, texts and characters: whichever begins first holds the signs of the others.
static OPAQUE: LazyLock<Regex> = LazyLock::new(|| {
    let comment = r"//[^\n]*|/\*.*?\*/";
    let raw = r###"\bb?r"[^"]*"|\bb?r#".*?"#|\bb?r##".*?"##"###;
    let text = r#""(?:\\.|[^"\\])*""#;
    let character = r"'(?:\\u\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|\\.|[^'\\\n])'";
    Regex::new(&format!("(?s)(?<comment>{comment})|{raw}|{text}|{character}")).unwrap()
});
static TESTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\][^{;]*mod \w+ \{").unwrap());
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\buse\s+([^;]+);").unwrap());

/// A module by its path below `src`, such as `script`, `value`, `rows`.
pub(crate) type Module = Vec<String>;

/// Which files import which.
pub(crate) struct Imports {
    files: BTreeMap<Module, String>,
    /// By module: what its `use` statements bring in, by name.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Imports {
    /// Of the files below `src`.
    pub(crate) fn read(src: &Path) -> Self {
        let mut found = Vec::new();
        super::sources(src, &mut found);
        let files = found.iter().map(|path| {
            let inside = path.strip_prefix(src).unwrap().with_extension("");
            let mut module: Module = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            module.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
            (module, code(&fs::read_to_string(path).unwrap()))
        });
        let mut all = Self { files: files.collect(), names: BTreeMap::new() };
        for (module, text) in &all.files {
            let brought = brought_in(text).into_iter();
            let known = brought.filter_map(|(path, name)| Some((name, all.absolute(module, &path)?)));
            let known = known.collect();
            all.names.insert(module.clone(), known);
        }
        all
    }

    /// The files below `folder` but unit tests, each with those below it that it imports.
    pub(crate) fn below(&self, folder: &str) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let tests = |module: &Module| module.last().is_some_and(|last| last == "tests");
        let inside = |module: &&Module| module.first().is_some_and(|first| first == folder) && !tests(module);
        let edges = |module| self.imported(module).into_iter().filter(inside).collect();
        self.files.keys().filter(inside).map(|module| (module, edges(module))).collect()
    }

    fn imported(&self, module: &Module) -> BTreeSet<&Module> {
        let text = &self.files[module];
        let plain = USE.replace_all(text, "").into_owned();
        let inline = PATH.find_iter(&plain).filter_map(|found| {
            let path = found.as_str().trim_start_matches(|sign: char| !sign.is_alphanumeric() && sign != '_');
            self.absolute(module, &path.split("::").map(str::to_owned).collect::<Module>())
        });
        let all = self.names[module].values().cloned().chain(inline);
        all.filter_map(|path| self.resolved(&path, 8)).filter(|other| *other != module).collect()
    }

    /// The path from the root of the crate, where it leads into the crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let base = match path.first()?.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" => return Some([module.as_slice(), &path[1..]].concat()),
            "super" => &module[..module.len().checked_sub(ups)?],
            child => return self.child(module, child).map(|child| [child.as_slice(), &path[1..]].concat()),
        };
        Some([base, &path[ups..]].concat())
    }

    fn child(&self, module: &Module, name: &str) -> Option<Module> {
        let child = [module.as_slice(), &[name.to_owned()]].concat();
        self.files.contains_key(&child).then_some(child)
    }

    /// The file in which what the path names is declared.
    fn resolved(&self, path: &[String], depth: usize) -> Option<&Module> {
        let (file, length) = (0..=path.len())
            .rev()
            .find_map(|length| self.files.get_key_value(&path[..length]).map(|(file, _)| (file, length)))?;
        let shown = path.get(length).and_then(|name| self.names.get(file)?.get(name));
        let further = shown.filter(|shown| depth > 0 && shown.as_slice() != path);
        further
            .and_then(|shown| self.resolved(&[shown.as_slice(), &path[length + 1..]].concat(), depth - 1))
            .or(Some(file))
    }
}

/// The text without comments, literals and unit tests.
fn code(text: &str) -> String {
    let plain = OPAQUE.replace_all(
        text,
        |found: &Captures| {
            if found.name("comment").is_some() { "" } else { "\"\"" }
        },
    );
    let visible = VISIBILITY.replace_all(&plain, "pub").into_owned();
    match TESTS.find(&visible) {
        Some(unit) => visible[..unit.start()].to_owned(),
        None => visible,
    }
}

/// What the `use` statements bring in: path, and the name it has here.
fn brought_in(text: &str) -> Vec<(Module, String)> {
    let mut found = Vec::new();
    for one in STATEMENT.captures_iter(text) {
        spread(&[], &one[1], &mut found);
    }
    found
}

/// The parts of `a::b`.
fn parts(path: &str) -> Module {
    path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// `a::{b, c as d}` as its paths.
fn spread(before: &[String], tree: &str, found: &mut Vec<(Module, String)>) {
    if let Some((path, inner)) = tree.split_once('{') {
        let before = [before, parts(path).as_slice()].concat();
        let inner = inner.trim_end().trim_end_matches('}');
        let (mut depth, mut start) = (0_i32, 0);
        for (at, sign) in inner.char_indices().chain([(inner.len(), ',')]) {
            depth += i32::from(sign == '{') - i32::from(sign == '}');
            if sign == ',' && depth <= 0 {
                spread(&before, &inner[start..at], found);
                start = (at + 1).min(inner.len());
            }
        }
        return;
    }
    let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
    let mut path = [before, parts(path).as_slice()].concat();
    path.pop_if(|last| last == "self");
    let own = path.last().cloned().unwrap_or_default();
    if !tree.trim().is_empty() {
        found.push((path, if name.is_empty() { own } else { name.trim().to_owned() }));
    }
}

/// Files that import each other, directly or through others; alone those that do not.
pub(crate) fn components<'m>(
    edges: &BTreeMap<&'m Module, BTreeSet<&'m Module>>,
) -> Vec<BTreeSet<&'m Module>> {
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        edges.keys().map(|file| (*file, reached(edges, file))).collect();
    let mutual = |file: &'m Module| {
        let others = reach[file].iter().copied().filter(|other| reach[other].contains(file));
        others.chain([file]).collect::<BTreeSet<&Module>>()
    };
    edges.keys().map(|file| mutual(file)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn reached<'m>(edges: &BTreeMap<&'m Module, BTreeSet<&'m Module>>, from: &Module) -> BTreeSet<&'m Module> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for next in &edges[file] {
            if seen.insert(*next) {
                open.push(next);
            }
        }
    }
    seen
}
