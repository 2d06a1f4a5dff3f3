//! A folder of this process that those it starts read from: they are told of it, and it goes with this process.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::signals;
use super::watchdog::end_interrupted;

/// Tells a process of the folder.
const VARIABLE: &str = "WANGGE_HANDED_OVER";

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Whether an interrupt ends this process at once, since no other takes it.
static ALONE: AtomicBool = AtomicBool::new(false);

/// Hands a folder over to the processes started from here on. It is removed where an interrupt ends this one.
pub fn hand_over(folder: PathBuf) {
    FOLDER.get_or_init(|| folder);
    // Elsewhere there can be one handler only, and what is left is removed by the next run.
    if cfg!(unix) {
        ALONE.store(true, Ordering::Relaxed);
        signals::handle(|| {
            if ALONE.load(Ordering::Relaxed) {
                end_interrupted();
            }
        });
    }
}

/// Variables of the environment that no process started from here gets.
static WITHHELD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps a variable of the environment, which holds a secret, from the processes started from here on.
pub fn withhold(variable: String) {
    WITHHELD.lock().unwrap_or_else(PoisonError::into_inner).push(variable);
}

/// A process to be started gets none of the variables that are withheld.
pub(super) fn without_secrets(command: &mut Command) {
    for variable in WITHHELD.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        command.env_remove(variable);
    }
}

/// Interrupts are for another process from now on.
pub(super) fn pass_interrupts_on() {
    ALONE.store(false, Ordering::Relaxed);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_handed_on() {
        let mut command = Command::new("wangge");
        withhold("WANGGE_TEST_PASSWORD".to_owned());
        without_secrets(&mut command);
        assert!(command.get_envs().any(|(name, value)| name == "WANGGE_TEST_PASSWORD" && value.is_none()));
    }
}
