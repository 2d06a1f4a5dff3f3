//! Documents that are followed word by word: every command and file in them, as they stand, in a folder of their own.
//!
//! A fenced block of `sh` is run line by line; a block of `text` after it is what must come of it, with `…` for what is left
//! out: alone on a line for any lines, within a line for any signs. A remark before a block says that it is a file
//! (`<!-- file: PATH -->`), what is added to one (`append`), with what the last command ends (`exit`), that its commands
//! are those of somebody in the repository (`repository`), or `not run`. Blocks of other languages without a remark are
//! there to be read.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use regex::Regex;

const ELLIPSIS: &str = "…";

/// A fenced block.
pub struct Block {
    /// Of the opening fence.
    pub line: usize,
    /// The remark before it.
    pub remark: Option<String>,
    pub language: String,
    pub text: String,
}

/// The fenced blocks of a document in order.
pub fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut remark, mut open): (Option<String>, Option<Block>) = (None, None);
    for (line, number) in document.lines().zip(1..) {
        let fence = line.strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(language)) => {
                let (language, text) = (language.to_owned(), String::new());
                open = Some(Block { line: number, remark: remark.take(), language, text });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text.extend([line, "\n"]),
            (None, None) => {
                remark =
                    line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")).map(str::to_owned);
            }
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// Words of a command line without the comment behind it, with what stands in double quotes as one.
pub fn words(line: &str) -> Vec<String> {
    let line = line.split(" # ").next().unwrap_or_default();
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

fn pattern(expected: &str) -> Regex {
    let lines = expected.trim_end().lines().map(|line| {
        if line.trim() == ELLIPSIS {
            return "(?:.*\n)*?".to_owned();
        }
        line.trim_end().split(ELLIPSIS).map(regex::escape).collect::<Vec<_>>().join(".*") + "[ \t]*\n"
    });
    Regex::new(&format!("^{}$", lines.collect::<String>())).unwrap()
}

/// Runs what somebody in the repository runs: the program as cargo would, and what `.ci/run` runs as well.
fn in_the_repository(block: &Block, locale: &str) -> String {
    let checked = fs::read_to_string(super::root().join(".ci/run")).unwrap();
    let mut told = String::new();
    for line in block.text.lines() {
        let Some(arguments) = line.strip_prefix("cargo run --release -- ") else {
            assert!(
                checked.lines().any(|one| one == line),
                "line {}: .ci/run does not run {line}",
                block.line
            );
            continue;
        };
        let arguments = words(arguments);
        let mut command =
            super::command_in(&super::root(), &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let output = command.env("LANG", locale).arg("--no-cache").output().unwrap();
        assert!(output.status.success(), "line {}: {line}: {output:?}", block.line);
        told.push_str(&String::from_utf8(output.stdout).unwrap());
    }
    told
}

/// Does all that a document says, in a new folder with the program alone.
pub fn follow(document: &Path, locale: &str) {
    let text = fs::read_to_string(document).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader { folder: folder.path(), locale, told: None };
    blocks(&text).iter().for_each(|block| reader.follow(block));
}

/// A reader at work.
struct Reader<'a> {
    folder: &'a Path,
    locale: &'a str,
    /// What the last commands said.
    told: Option<String>,
}

impl Reader<'_> {
    fn follow(&mut self, block: &Block) {
        let remark = block.remark.as_deref().unwrap_or_default();
        let (what, rest) = remark.split_once(": ").unwrap_or((remark, ""));
        match (block.language.as_str(), what) {
            ("sh", "not run") => self.told = None,
            ("sh", "repository") => self.told = Some(in_the_repository(block, self.locale)),
            ("sh", "" | "exit") => self.told = Some(self.commands(block, rest.parse().unwrap_or(0))),
            ("text", "") => self.compare(block),
            (_, "file") => {
                let path = self.folder.join(rest);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &block.text).unwrap();
            }
            (_, "append") => {
                let file = OpenOptions::new().append(true).open(self.folder.join(rest));
                file.unwrap().write_all(block.text.as_bytes()).unwrap();
            }
            (_, "") => (),
            _ => panic!("line {}: nobody knows what to do with this block", block.line),
        }
    }

    fn commands(&self, block: &Block, exit: i32) -> String {
        let mut told = String::new();
        let last = block.text.lines().count();
        for (line, number) in block.text.lines().zip(1..) {
            let words = words(line);
            let (program, arguments) = words.split_first().unwrap();
            assert_eq!(program, "wangge", "line {}", block.line);
            let mut command = Command::new(env!("CARGO_BIN_EXE_wangge"));
            command.args(arguments).current_dir(self.folder).env_clear().env("LANG", self.locale);
            // Nothing may depend on what the machine has been used for.
            command.env("WANGGE_CACHE", self.folder.join(".cache"));
            let output = command.output().unwrap();
            let said = String::from_utf8(output.stdout).unwrap()
                + String::from_utf8(output.stderr).unwrap().as_str();
            let wanted = if number == last { exit } else { 0 };
            assert_eq!(output.status.code(), Some(wanted), "line {}: {line}\n{said}", block.line);
            told.push_str(&said);
        }
        told
    }

    fn compare(&self, block: &Block) {
        let told = self.told.as_ref().unwrap_or_else(|| panic!("line {}: of which command?", block.line));
        let told = format!("{}\n", told.trim_end());
        assert!(
            pattern(&block.text).is_match(&told),
            "line {}: expected\n{}\n--- but it is\n{told}",
            block.line,
            block.text
        );
    }
}
