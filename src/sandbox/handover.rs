//! A folder of this process that those it starts read from: they are told of it, and it goes with this process.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Tells a process of the folder.
const VARIABLE: &str = "WANGGE_HANDED_OVER";

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Hands a folder over to the processes started from here on. It is removed where an interrupt ends this one.
pub fn hand_over(folder: PathBuf) {
    FOLDER.get_or_init(|| folder);
}

/// The folder that was handed over to this process.
pub fn handed_over() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(PathBuf::from)
}

/// The variable for a process that is started from here.
pub(super) fn variable() -> Option<(&'static str, OsString)> {
    let folder = FOLDER.get().cloned().map(PathBuf::into_os_string);
    folder.or_else(|| std::env::var_os(VARIABLE)).map(|folder| (VARIABLE, folder))
}

/// Removes the folder of this process, which ends.
pub(super) fn remove() {
    if let Some(folder) = FOLDER.get() {
        let _ = fs::remove_dir_all(folder);
    }
}
