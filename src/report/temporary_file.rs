//! Temporary files that take the place of others when they are finished. Nobody but their owner reads them until then.
//!
//! Their names say which process writes them, and it holds a lock on them: what a process leaves behind that was killed
//! is known by that, and removed by the next one that writes there.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{NamedTempFile, TempDir};

/// How the names of unfinished files begin.
pub const BEFORE: &str = ".wangge-";
const AFTER: &str = ".tmp";

fn prefix() -> String {
    format!("{BEFORE}{}-", std::process::id())
}

/// A new file in `folder`, of this process.
///
/// # Errors
///
/// When it cannot be made.
pub fn file_in(folder: &Path) -> io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(&prefix()).suffix(AFTER).tempfile_in(folder)?;
    // Where there are no locks, the number of the process has to do.
    let _ = system::lock(file.as_file());
    Ok(file)
}

/// A new folder in `folder`, of this process, as long as what is returned with it is held.
///
/// # Errors
///
/// When it cannot be made.
pub fn folder_in(folder: &Path) -> io::Result<(TempDir, Option<File>)> {
    let made = tempfile::Builder::new().prefix(&prefix()).suffix(AFTER).tempdir_in(folder)?;
    let held = File::open(made.path()).ok().filter(|file| system::lock(file).is_ok());
    Ok((made, held))
}

/// How readable the user's new files in `folder` are, or its new folders.
///
/// # Errors
///
/// When none can be made.
pub(super) fn usual(folder: &Path, kind: Kind) -> io::Result<Permissions> {
    let (prefix, permissions) = (prefix(), system::all(kind));
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(AFTER);
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    Ok(match kind {
        Kind::File => builder.tempfile_in(folder)?.as_file().metadata()?.permissions(),
        Kind::Folder => builder.tempdir_in(folder)?.path().metadata()?.permissions(),
    })
}

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Folders that were swept, and what was found there that nobody can tell the process of.
static SWEPT: Mutex<(BTreeSet<PathBuf>, Vec<PathBuf>)> = Mutex::new((BTreeSet::new(), Vec::new()));

/// Removes what processes of this user left behind in `folder`, once in this process. What cannot be removed stays.
pub fn sweep(folder: &Path) {
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    // One folder may be named in several ways.
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if !swept.0.insert(real) {
        return;
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(is_ours) {
        match process_of(&entry) {
            Some(process) if is_left(&entry, process) => remove(&entry),
            Some(_) => {}
            None => swept.1.push(entry.path()),
        }
    }
}

/// Temporary files of older versions that [`sweep`] found: each is told once.
pub fn litter() -> Vec<PathBuf> {
    std::mem::take(&mut SWEPT.lock().unwrap_or_else(PoisonError::into_inner).1)
}

/// A temporary file or folder of this user.
fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let named = name.to_str().is_some_and(|name| name.starts_with(BEFORE) && name.ends_with(AFTER));
    named && entry.metadata().is_ok_and(|metadata| !metadata.is_symlink() && system::is_own(&metadata))
}

fn process_of(entry: &DirEntry) -> Option<u32> {
    let name = entry.file_name();
    let (process, _) = name.to_str()?.strip_prefix(BEFORE)?.split_once('-')?;
    process.parse().ok()
}

fn is_left(entry: &DirEntry, process: u32) -> bool {
    let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
    let over = system::is_dead(process) || age().is_some_and(|age| age > system::LONG);
    over && process != std::process::id() && system::is_free(&entry.path())
}

fn remove(entry: &DirEntry) {
    let path = entry.path();
    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    let _ = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::path::Path;
    use std::time::Duration;

    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    use rustix::process::{Pid, geteuid, test_kill_process};

    use super::Kind;

    /// Another process may have the number by now. One that is not locked after so long is nobody's: locks are taken at
    /// once.
    pub(super) const LONG: Duration = Duration::from_secs(10);

    pub(super) fn lock(file: &File) -> io::Result<()> {
        Ok(flock(file, FlockOperation::NonBlockingLockExclusive)?)
    }

    /// Whether no process holds it.
    pub(super) fn is_free(path: &Path) -> bool {
        File::open(path).is_ok_and(|file| lock(&file).is_ok())
    }

    pub(super) fn is_dead(process: u32) -> bool {
        let known = i32::try_from(process).ok().and_then(Pid::from_raw);
        known.is_some_and(|known| test_kill_process(known) == Err(Errno::SRCH)) || is_zombie(process)
    }

    /// Whether it only waits for somebody to ask how it ended, as far as the system tells.
    fn is_zombie(process: u32) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        status.rsplit_once(')').is_some_and(|(_, state)| state.trim_start().starts_with('Z'))
    }

    pub(super) fn is_own(metadata: &Metadata) -> bool {
        metadata.uid() == geteuid().as_raw()
    }

    /// The most the user gives; the system takes away what new files shall not have.
    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    pub(super) fn all(kind: Kind) -> Option<Permissions> {
        Some(Permissions::from_mode(if kind == Kind::File { 0o666 } else { 0o777 }))
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::path::Path;
    use std::time::Duration;

    use super::Kind;

    /// Without locks, nobody writes that long.
    pub(super) const LONG: Duration = Duration::from_secs(24 * 3600);

    pub(super) fn lock(_: &File) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn is_free(_: &Path) -> bool {
        true
    }

    pub(super) fn is_dead(_: u32) -> bool {
        false
    }

    pub(super) fn is_own(_: &Metadata) -> bool {
        true
    }

    pub(super) fn all(_: Kind) -> Option<Permissions> {
        None
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::*;

    /// The number of a process that is dead.
    fn dead() -> io::Result<u32> {
        let mut child = Command::new("true").spawn()?;
        child.wait()?;
        Ok(child.id())
    }

    #[test]
    fn what_dead_processes_left_is_removed_and_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: String| folder.path().join(name);
        let (dead, alive) = (dead()?, std::os::unix::process::parent_id());
        let left = [path(format!(".wangge-{dead}-abc.tmp")), path(format!(".wangge-{dead}-dir.tmp"))];
        let kept = [
            path(format!(".wangge-{alive}-abc.tmp")),
            path(format!(".wangge-{dead}-abc")),
            path(format!("wangge-{dead}-abc.tmp")),
        ];
        let old = path(".wangge-a1B2c3.tmp".to_owned());
        let link = path(format!(".wangge-{dead}-link.tmp"));
        for path in kept.iter().chain([&left[0], &old]) {
            fs::write(path, "x")?;
        }
        fs::create_dir(&left[1])?;
        fs::write(left[1].join("a"), "x")?;
        std::os::unix::fs::symlink(&kept[2], &link)?;
        let held_path = path(format!(".wangge-{dead}-held.tmp"));
        let held = File::create(&held_path)?;
        system::lock(&held)?;
        sweep(folder.path());
        assert!(left.iter().all(|path| !path.exists()));
        assert!(kept.iter().chain([&old, &link, &held_path]).all(|path| path.exists()));
        assert!(litter().contains(&old));
        Ok(())
    }
}
