//! Files are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use super::temporary_file::{self, Kind as Made};

/// Puts `bytes` into the file `path`, so that whoever looks sees the old file or the new one, even after a crash.
/// On failure the old file is as it was and nothing else is left.
///
/// # Errors
///
/// When the file cannot be written; also when it is there and read-only.
pub fn atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Whole::begin(path)?;
    file.write(bytes)?;
    file.finish()
}

/// Makes a folder with these files, named by their paths in it: it takes its name once all of them are written. Nothing
/// may be at `path` yet but an empty folder, which is gone where the last step fails.
///
/// # Errors
///
/// When it cannot be made.
pub fn folder<'f>(path: &Path, files: impl Iterator<Item = (&'f str, &'f str)>) -> io::Result<()> {
    let mut folder = WholeFolder::begin(path)?;
    for (inner, text) in files {
        folder.begin_file(inner)?;
        folder.write(text.as_bytes())?;
    }
    folder.finish()
}

/// A folder that is being filled: it appears under its name when it is finished.
#[derive(Debug)]
pub struct WholeFolder {
    path: PathBuf,
    made: TempDir,
    /// Held so that nobody takes the folder for one that was left behind.
    _held: Option<File>,
    /// The file begun last.
    file: Option<File>,
}

impl WholeFolder {
    /// Begins the folder `path` in one that is there. Nothing may be there yet but an empty folder, which is gone where the
    /// last step fails.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let above = folder_of(path);
        temporary_file::sweep(above);
        if fs::read_dir(path).is_ok_and(|mut inside| inside.next().is_some()) {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        let (made, held) = temporary_file::folder_in(above)?;
        Ok(Self { path: path.to_owned(), made, _held: held, file: None })
    }

    /// Begins the next file, named by its path in the folder.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn begin_file(&mut self, inner: &str) -> io::Result<()> {
        self.end_file()?;
        let path = self.made.path().join(inner);
        fs::create_dir_all(folder_of(&path))?;
        self.file = Some(File::create_new(path)?);
        Ok(())
    }

    /// Adds bytes to the file begun last.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_mut().map_or_else(|| Err(io::ErrorKind::NotFound.into()), |file| file.write_all(bytes))
    }

    /// Makes what was written into the file begun last survive a crash.
    fn end_file(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |file| file.sync_all())
    }

    /// Makes the folder appear.
    ///
    /// # Errors
    ///
    /// When it cannot; then nothing of it is left.
    pub fn finish(mut self) -> io::Result<()> {
        self.end_file()?;
        let Self { path, made, .. } = self;
        sync_folder(made.path())?;
        let above = folder_of(&path);
        fs::set_permissions(made.path(), temporary_file::usual(above, Made::Folder)?)?;
        if path.exists() {
            // Fails where something is in it.
            fs::remove_dir(&path)?;
        }
        fs::rename(made.path(), &path)?;
        // It is no longer there to be removed.
        let _ = made.keep();
        sync_folder(above)
    }
}

/// A file that is being written: it appears under its name when it is finished. Until then, and when it is dropped
/// before, the old file is as it was.
#[derive(Debug)]
pub struct Whole(Kind);

#[derive(Debug)]
enum Kind {
    /// Beside the file whose place it will take.
    Aside { temporary: NamedTempFile, target: PathBuf, permissions: Option<fs::Permissions> },
    /// A device or a pipe has no old content to keep, and must not be replaced by a file.
    Through(File),
}

impl Whole {
    /// Begins the file `path`, and makes the folders above it.
    ///
    /// # Errors
    ///
    /// When it cannot be written; also when it is there and read-only.
    pub fn begin_with_folders(path: &Path) -> io::Result<Self> {
        in_folder(folder_of(path), || Self::begin(path))
    }

    /// Begins the file `path`.
    ///
    /// # Errors
    ///
    /// When it cannot be written; also when it is there and read-only, or open in another program on Windows.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let target = resolve(path);
        let permissions = match fs::metadata(&target) {
            Ok(old) if old.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
            Ok(old) if old.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(old) if old.is_file() => {
                is_free(&target)?;
                Some(old.permissions())
            }
            Ok(_) => return Ok(Self(Kind::Through(OpenOptions::new().write(true).open(&target)?))),
            Err(_) => None,
        };
        temporary_file::sweep(folder_of(&target));
        let temporary = temporary_file::file_in(folder_of(&target))?;
        Ok(Self(Kind::Aside { temporary, target, permissions }))
    }

    /// Adds bytes.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.0 {
            Kind::Aside { temporary, .. } => temporary.write_all(bytes),
            Kind::Through(file) => file.write_all(bytes),
        }
    }

    /// Makes the file appear.
    ///
    /// # Errors
    ///
    /// When it cannot; then nothing of it is left.
    pub fn finish(self) -> io::Result<()> {
        let Kind::Aside { temporary, target, permissions } = self.0 else { return Ok(()) };
        let permissions = match permissions {
            Some(old) => old,
            None => temporary_file::usual(folder_of(&target), Made::File)?,
        };
        temporary.as_file().set_permissions(permissions)?;
        temporary.as_file().sync_all()?;
        // Dropping it on the way out of any failure removes the temporary file.
        temporary.persist(&target).map_err(|failure| failure.error)?;
        sync_folder(folder_of(&target))
    }
}

/// Whether a file can be replaced when its time comes: Windows lets nobody replace what Excel or WPS has open, and says so
/// only at the end of a run. Other systems replace it.
fn is_free(target: &Path) -> io::Result<()> {
    if cfg!(windows) { OpenOptions::new().write(true).open(target).map(drop) } else { Ok(()) }
}

/// Where links lead: renaming onto a link would replace the link and leave the file it names as it was.
fn resolve(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Makes a folder and those above it for what `begin` puts there; where that fails, those that were made are removed.
fn in_folder<T>(folder: &Path, begin: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    let result = fs::create_dir_all(folder).and_then(|()| begin());
    if result.is_err() {
        // The innermost comes first; one into which somebody put something meanwhile stays.
        made.iter().for_each(|path| drop(fs::remove_dir(path)));
    }
    result
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name itself survive a crash; only Unix lets a folder be opened for it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok().map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_and_replaced_and_nothing_else_is_left() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("报告.json");
        atomically(&path, b"old")?;
        atomically(&path, b"new")?;
        assert_eq!(fs::read(&path)?, b"new");
        assert_eq!(names(folder.path()), ["报告.json"]);
        Ok(())
    }

    #[test]
    fn a_failure_leaves_the_folder_as_it_was() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let taken = folder.path().join("taken");
        fs::create_dir(&taken)?;
        assert!(atomically(&taken, b"x").is_err());
        assert!(atomically(&folder.path().join("no/such/folder.json"), b"x").is_err());
        assert_eq!(names(folder.path()), ["taken"]);
        Ok(())
    }

    #[test]
    fn a_folder_is_made_whole_and_only_where_there_is_nothing() -> io::Result<()> {
        let above = tempfile::tempdir()?;
        let path = above.path().join("规则");
        let files = || [("pack.toml", "a"), ("items/a1/x.rhai", "b")].into_iter();
        fs::create_dir(&path)?;
        folder(&path, files())?;
        assert_eq!(names(&path), ["items", "pack.toml"]);
        assert_eq!(fs::read(path.join("items/a1/x.rhai"))?, b"b");
        assert!(folder(&path, files()).is_err());
        assert!(folder(&above.path().join("q"), [("a", ""), ("a/b", "")].into_iter()).is_err());
        assert_eq!(names(above.path()), ["规则"]);
        Ok(())
    }

    #[test]
    fn folders_above_are_made_only_where_that_is_asked() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        fs::write(at("文件"), "")?;
        for missing in ["甲/乙/报告.json", "甲/报告.json", "文件/报告.json"] {
            assert!(Whole::begin(&at(missing)).is_err() && WholeFolder::begin(&at(missing)).is_err());
        }
        assert_eq!(names(folder.path()), ["文件"]);
        assert!(Whole::begin_with_folders(&at("甲/乙/..")).is_err());
        assert!(Whole::begin_with_folders(&at("文件/丙/报告.json")).is_err());
        assert_eq!(names(folder.path()), ["文件"]);
        drop(Whole::begin_with_folders(&at("甲/乙/报告.json"))?);
        assert_eq!(names(&at("甲")), ["乙"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old")?;
        std::os::unix::fs::symlink(&file, &link)?;
        atomically(&link, b"new")?;
        assert_eq!(fs::read(&file)?, b"new");
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_file_is_not_replaced_and_modes_are_kept() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("file");
        fs::write(&path, "old")?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640))?;
        atomically(&path, b"new")?;
        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400))?;
        assert!(atomically(&path, b"newer").is_err());
        assert_eq!(fs::read(&path)?, b"new");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_a_file_before_it_is_finished() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("file");
        let mode = |path: &Path| Ok::<_, io::Error>(fs::metadata(path)?.permissions().mode() & 0o777);
        for old in [None, Some(0o600), Some(0o644)] {
            if let Some(old) = old {
                fs::set_permissions(&path, fs::Permissions::from_mode(old))?;
            }
            let mut file = Whole::begin(&path)?;
            file.write(b"x")?;
            for name in names(folder.path()).iter().filter(|name| *name != "file") {
                assert_eq!(mode(&folder.path().join(name))?, 0o600, "{name}");
            }
            file.finish()?;
            fs::write(folder.path().join("other"), "")?;
            let wanted = old.map_or_else(|| mode(&folder.path().join("other")), Ok)?;
            assert_eq!((mode(&path)?, names(folder.path())), (wanted, vec!["file".into(), "other".into()]));
            fs::remove_file(folder.path().join("other"))?;
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() -> io::Result<()> {
        use std::os::unix::fs::FileTypeExt;
        atomically(Path::new("/dev/null"), b"x")?;
        assert!(fs::metadata("/dev/null")?.file_type().is_char_device());
        Ok(())
    }
}
