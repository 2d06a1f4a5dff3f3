//! Files that follow from the program and the rules: written, or compared with those that are there.

use std::path::Path;

use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;

/// Files for a folder, by name.
pub(super) struct Generated<'a> {
    pub(super) folder: &'a Path,
    pub(super) files: Vec<(String, String)>,
    /// What the names of generated files end in: others of them in the folder are no more.
    pub(super) endings: &'a [&'a str],
    /// What to say of the files that are out of date.
    pub(super) outdated: fn(&Path, &[String]) -> Fault,
}

impl Generated<'_> {
    /// Writes the files, or compares them only.
    pub(super) fn put(&self, check: bool, console: &Console) -> Exit {
        if check {
            let names = self.stale();
            if names.is_empty() {
                return Exit::Passed;
            }
            console.faults(&[(self.outdated)(self.folder, &names)]);
            return Exit::GateNotMet;
        }
        let write =
            |(name, text): &(String, String)| console.file_with_folders(&self.folder.join(name), text);
        match self.files.iter().try_for_each(write) {
            Ok(()) => Exit::Passed,
            Err(fault) => console.fail_with(fault),
        }
    }

    fn stale(&self) -> Vec<String> {
        let stale = |file: &&(String, String)| {
            std::fs::read_to_string(self.folder.join(&file.0)).ok().as_deref() != Some(file.1.as_str())
        };
        let mut names: Vec<String> = self.files.iter().filter(stale).map(|(name, _)| name.clone()).collect();
        names.extend(self.strays());
        names
    }

    /// Files that are no more.
    fn strays(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder).into_iter().flatten().filter_map(Result::ok);
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let ours = |name: &String| self.endings.iter().any(|ending| name.ends_with(ending));
        let stray = |name: &String| ours(name) && !self.files.iter().any(|(known, _)| known == name);
        let mut strays: Vec<String> = names.filter(stray).collect();
        strays.sort();
        strays
    }
}
