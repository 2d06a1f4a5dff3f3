//! The corpus of `fixtures/hostile-rules`: scripts that attack, and packs made of them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::support::batch::files;
use super::support::root;

/// A script and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Hostile {
    pub name: String,
    /// Its text, written out.
    pub source: String,
    pub expect: String,
}

impl Hostile {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let expect = text.lines().nth(1).and_then(|line| line.strip_prefix("//! expect: ")).unwrap();
        let attack = text.lines().next().unwrap();
        assert!(attack.starts_with("//! ") && attack.ends_with('.'), "{}: no attack named", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        Self { name, expect: expect.to_owned(), source: written_out(&text) }
    }

    /// Whether the process ends over it.
    pub fn is_deadly(&self) -> bool {
        matches!(self.expect.as_str(), "stack" | "allocation" | "endless")
    }

    /// Whether only the clock stops it: it hardly does anything.
    pub fn is_asleep(&self) -> bool {
        self.expect == "time"
    }

    /// Whether it does not come to run.
    pub fn is_refused(&self) -> bool {
        self.expect == "parse"
    }

    /// Whether it is harmless.
    pub fn is_fine(&self) -> bool {
        self.expect == "fine"
    }

    /// What is said of it, in English.
    pub fn cause(&self) -> &str {
        match self.expect.as_str() {
            "operations" => "a limit: operations",
            "memory" => "a limit: memory held at a time",
            "bytes" => "a limit: memory asked for in all",
            "depth" => "a limit: depth of nested values",
            "calls" => "a limit: call depth",
            "variables" => "a limit: number of variables",
            "text" => "a limit: length of a text",
            "list" => "a limit: length of a list",
            "map" => "a limit: size of a map",
            "time" => "a limit: time",
            "leak" => "a limit: it holds memory after it has ended",
            "stack" => "the stack was used up",
            "allocation" => "it asked for more memory than the limit allows",
            "endless" => "a call did not return",
            "parse" => "",
            other => other.strip_prefix("error: ").unwrap_or_else(|| panic!("{}: {other}", self.name)),
        }
    }
}

/// All scripts of a folder, by name.
pub fn corpus(folder: &str) -> Vec<Hostile> {
    let folder = root().join("fixtures/hostile-rules").join(folder);
    files(&folder).iter().map(|path| Hostile::read(path)).collect()
}

/// `<<300*a#, >>` stands for `a0, a1, …`, three hundred of them; signs nobody should write have names.
fn written_out(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("<<") {
        out.push_str(before);
        let Some((inside, next)) = after.split_once(">>") else {
            out.push_str("<<");
            rest = after;
            continue;
        };
        match (inside, inside.split_once('*').map(|(times, unit)| (times.parse::<usize>(), unit))) {
            ("nul", _) => out.push('\0'),
            ("bom", _) => out.push('\u{feff}'),
            ("rlo", _) => out.push('\u{202e}'),
            (_, Some((Ok(times), unit))) => (0..times).for_each(|at| out.push_str(&numbered(unit, at))),
            _ => {
                out.push_str("<<");
                rest = after;
                continue;
            }
        }
        rest = next;
    }
    out + rest
}

/// The text with a number for each `#` that does not begin a map.
fn numbered(unit: &str, number: usize) -> String {
    unit.replace("#{", "\u{1}").replace('#', &number.to_string()).replace('\u{1}', "#{")
}

/// A pack of rules `H/1`, `H/2` and so on, in their order.
pub fn pack(rules: &[Hostile]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut clauses = String::new();
    for (number, rule) in (1..).zip(rules) {
        writeln!(
            clauses,
            "[[clause]]\nid = \"H/{number}\"\ntitle = {{ zh = \"敌意{number}\", en = \"hostile {number}\" }}\nforce = \"shall\"\ndecided = \"data\""
        )
        .unwrap();
        let meta = format!("const META = #{{ id: \"H/{number}\", clauses: [\"H/{number}\"] }};\n");
        write(folder.path(), &format!("structure/H-{number}.rhai"), &format!("{}{meta}", rule.source));
    }
    write(folder.path(), "clauses.toml", &clauses);
    write(
        folder.path(),
        "pack.toml",
        "id = \"hostile\"\nversion = \"1.0.0\"\ntitle = \"敌意规则\"\nextends = [\"wangge.national\"]\n",
    );
    folder
}

/// A rule that does no harm.
pub fn harmless() -> Hostile {
    let source = "//! 甲。\nfn check(t) { met(t.personnel) }\n".to_owned();
    Hostile { name: "harmless".to_owned(), source, expect: "fine".to_owned() }
}

/// Writes a file and the folders above it.
pub fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
