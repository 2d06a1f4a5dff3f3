//! A folder of submissions.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::{AS_OF, command_in, root};

/// A folder with a batch of submissions in `批` and room for outputs.
pub struct Batch {
    /// The folder.
    pub folder: TempDir,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Ended {
    /// Exit code, stdout and stderr.
    pub fn parts(self) -> (Option<i32>, String, String) {
        (self.status, self.stdout, self.stderr)
    }

    /// Exit code, and all it said: stdout, then stderr.
    pub fn told(self) -> (Option<i32>, String) {
        (self.status, self.stdout + self.stderr.as_str())
    }
}

/// The id of the organization with this number.
pub fn id(number: usize) -> String {
    format!("3506021{number:02}")
}

impl Batch {
    /// So many towns; the odd ones lack a table, the fifth cannot be read.
    pub fn new(towns: usize) -> Self {
        let batch = Self { folder: tempfile::tempdir().unwrap() };
        (0..towns).for_each(|number| batch.town(number));
        if towns > 4 {
            fs::write(batch.town_folder(4).join("部门机构.csv"), [0xff, 0xff, 0x80, 0x81]).unwrap();
        }
        batch
    }

    fn town(&self, number: usize) {
        let folder = self.town_folder(number);
        fs::create_dir_all(&folder).unwrap();
        for entry in fs::read_dir(root().join("fixtures/formats/utf8")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if number % 2 == 1 && name.starts_with("社会效益") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            fs::write(folder.join(name), text.replace("350602105", &id(number))).unwrap();
        }
    }

    /// The folder of the submission with this number.
    pub fn town_folder(&self, number: usize) -> std::path::PathBuf {
        self.folder.path().join(format!("批/{number:02}镇"))
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// A command over the batch, in its folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command_in(self.folder.path(), arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs `check` over the whole batch.
    pub fn check(&self, arguments: &[&str]) -> Ended {
        let mut all = vec!["check", "批", "--lang", "zh"];
        if !arguments.contains(&"--as-of") {
            all.extend(["--as-of", AS_OF]);
        }
        all.extend(arguments);
        self.run(&all)
    }
}

/// Both runs ended alike; if not, where they first differ is said, and not all they wrote.
#[track_caller]
pub fn assert_same(one: &Ended, other: &Ended, what: &str) {
    let line = |one: &str, other: &str| {
        let differ = one.split('\n').zip(other.split('\n')).find(|(a, b)| a != b);
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        differ.map(|(a, b)| format!("{}\n{}", cut(a), cut(b)))
    };
    assert_eq!(line(&one.stderr, &other.stderr), None, "{what}: stderr");
    assert_eq!(line(&one.stdout, &other.stdout), None, "{what}: stdout");
    assert_eq!(one.status, other.status, "{what}");
    assert!(one == other, "{what}: one wrote more than the other");
}

/// What is in a folder, sorted.
pub fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
