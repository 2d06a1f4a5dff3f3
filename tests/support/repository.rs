//! The data of a district as an engineer keeps it: a folder with a submission, and what changes in it.

use std::fs;
use std::path::Path;

use super::command_in;

/// A repository: the submission `data` and what else is written.
pub struct Repository(tempfile::TempDir);

impl Repository {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// With the files of a fixture as `data`.
    pub fn of(fixture: &str) -> Self {
        let repository = Self::empty();
        repository.add(fixture, "data");
        repository.write(".git/HEAD", "");
        repository
    }

    /// Without anything.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Takes the files of a fixture in under another name.
    pub fn add(&self, fixture: &str, name: &str) {
        let folder = self.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        for file in fs::read_dir(super::root().join("fixtures").join(fixture)).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
            }
        }
    }

    /// Writes a file of it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file of it.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    /// Runs the program in a folder of it: status, stdout, stderr.
    pub fn run_in(&self, folder: &str, arguments: &str, variables: &[(&str, &str)]) -> (i32, String, String) {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let mut command = command_in(&self.0.path().join(folder), &arguments);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// The same at its top.
    pub fn run(&self, arguments: &str) -> (i32, String, String) {
        self.run_in("", arguments, &[])
    }
}
