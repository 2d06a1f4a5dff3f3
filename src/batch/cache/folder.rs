//! The folder of the cache: nobody but its owner reads or writes in it.

use std::fs::{self, DirBuilder, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::model::fault::Fault;
use crate::model::system::{self, Refusal};
use crate::model::text::Text;
use crate::report::temporary_file;

/// Where the cache is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// Nowhere.
    Off,
    /// In a folder that the user named.
    Named(PathBuf),
    /// Where the platform keeps such things.
    Platform,
}

/// The folder inside that is ours, named after the form of its entries.
const OURS: &str = "assessments-1";

/// How the names of entries end.
const ENDING: &str = ".entry";

/// The mark by which backup programs know a cache.
const TAG: (&str, &str) = ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");

/// Larger entries are not ours.
const MAX_ENTRY: u64 = 1 << 30;

/// A folder of entries.
pub(super) struct Folder {
    path: PathBuf,
}

/// Why a folder is not used.
#[derive(Debug)]
enum Unusable {
    /// The system refused.
    System(io::Error),
    /// It is another user's, who could write whatever results they like.
    Foreign,
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Location {
    /// The folder of the cache, there or not; none where it is off.
    pub fn folder(&self) -> Option<PathBuf> {
        let above = match self {
            Self::Off => None,
            Self::Named(path) => Some(path.clone()),
            Self::Platform => platform(),
        };
        above.map(|path| path.join(OURS))
    }
}

impl Folder {
    /// The folder, made if need be. A folder of the platform that cannot be used is as if there were none.
    pub(super) fn open(location: &Location) -> Result<Option<Self>, Fault> {
        let Some(path) = location.folder() else { return Ok(None) };
        match Self::make(&path) {
            Ok(folder) => Ok(Some(folder)),
            Err(why) if matches!(location, Location::Named(_)) => Err(unusable(&path, &why)),
            Err(_) => Ok(None),
        }
    }

    fn make(path: &Path) -> Result<Self, Unusable> {
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        match private_builder().create(path) {
            Ok(()) => fs::write(path.join(TAG.0), TAG.1)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        let metadata = fs::symlink_metadata(path)?;
        if !metadata.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory).into());
        }
        if owner(&metadata) != user() {
            return Err(Unusable::Foreign);
        }
        make_private(path, &metadata)?;
        temporary_file::sweep(path);
        Ok(Self { path: path.to_owned() })
    }

    /// The bytes of an entry that its owner alone could write.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let (file, metadata) = system::open_regular(&self.at(name)).ok()??;
        let own = owner(&metadata) == user() && !others_write(&metadata);
        let mut bytes = Vec::new();
        let fits = own && metadata.len() <= MAX_ENTRY;
        fits.then(|| file.take(MAX_ENTRY).read_to_end(&mut bytes).ok())??;
        Some(bytes)
    }

    /// Writes an entry, whole or not at all. It need not survive a crash, and a cache that is full is no failure.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) {
        let Ok(mut temporary) = temporary_file::file_in(&self.path) else { return };
        if temporary.write_all(bytes).is_ok() {
            let _ = temporary.persist(self.at(name));
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{ENDING}"))
    }
}

/// What lies in a folder of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Number of entries.
    pub entries: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// What lies in the folder `path`.
///
/// # Errors
///
/// It is there and cannot be read.
pub fn content(path: &Path) -> io::Result<Content> {
    let sizes =
        ours(path)?.into_iter().filter(|file| !unfinished(file)).filter_map(|file| file.metadata().ok());
    Ok(sizes.fold(Content::default(), |sum, file| Content {
        entries: sum.entries.saturating_add(1),
        bytes: sum.bytes.saturating_add(file.len()),
    }))
}

/// Removes the entries in the folder `path`, and the folder if nothing else is in it.
///
/// # Errors
///
/// An entry cannot be removed.
pub fn clear(path: &Path) -> io::Result<()> {
    for file in ours(path)? {
        fs::remove_file(file)?;
    }
    if path.is_dir() {
        let tag = path.join(TAG.0);
        if fs::read(&tag).is_ok_and(|text| text == TAG.1.as_bytes()) {
            fs::remove_file(tag)?;
        }
        // Something of somebody else's may lie there.
        let _ = fs::remove_dir(path);
    }
    Ok(())
}

/// The files in the folder that we made.
fn ours(path: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if is_entry(&path) || unfinished(&path) {
            found.push(path);
        }
    }
    Ok(found)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn is_entry(path: &Path) -> bool {
    let stem = name(path).strip_suffix(ENDING);
    stem.is_some_and(|stem| stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn unfinished(path: &Path) -> bool {
    name(path).starts_with(temporary_file::BEFORE)
}

/// Where the platform keeps what programs can make again.
fn platform() -> Option<PathBuf> {
    let named = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    let folder = if cfg!(windows) {
        named("LOCALAPPDATA")?
    } else if cfg!(target_os = "macos") {
        named("HOME")?.join("Library/Caches")
    } else {
        named("XDG_CACHE_HOME").or_else(|| Some(named("HOME")?.join(".cache")))?
    };
    Some(folder.join("wangge"))
}

fn unusable(path: &Path, why: &Unusable) -> Fault {
    let message = match why {
        Unusable::System(error) => {
            let Refusal { cause, .. } = system::refusal_writing(error);
            Text::new(
                format!("缓存文件夹不能使用：{}", cause.zh),
                format!("the folder of the cache cannot be used: {}", cause.en),
            )
        }
        Unusable::Foreign => Text::new(
            "缓存文件夹不能使用：它属于其他用户，其中的结果不可信",
            "the folder of the cache cannot be used: it belongs to another user, who could forge results",
        ),
    };
    Fault {
        code: "cache.unusable",
        message,
        help: Text::new(
            "用 --cache 或 WANGGE_CACHE 指定属于自己、可写的文件夹，或加 --no-cache",
            "give --cache or WANGGE_CACHE a folder of your own that can be written, or give --no-cache",
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}

#[cfg(unix)]
mod rights {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};

    use super::{DirBuilder, Metadata, Path, fs, io};

    const PRIVATE: u32 = 0o700;

    pub(super) fn private_builder() -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(PRIVATE);
        builder
    }

    /// Only the owner may.
    pub(super) fn make_private(path: &Path, metadata: &Metadata) -> io::Result<()> {
        if metadata.mode() & 0o777 == PRIVATE {
            return Ok(());
        }
        fs::set_permissions(path, fs::Permissions::from_mode(PRIVATE))
    }

    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    pub(super) fn owner(metadata: &Metadata) -> Option<u32> {
        Some(metadata.uid())
    }

    /// The user in whose name the program runs.
    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    pub(super) fn user() -> Option<u32> {
        Some(rustix::process::geteuid().as_raw())
    }

    pub(super) fn others_write(metadata: &Metadata) -> bool {
        metadata.mode() & 0o022 != 0
    }
}

#[cfg(not(unix))]
mod rights {
    use super::{DirBuilder, Metadata, Path, io};

    pub(super) fn private_builder() -> DirBuilder {
        DirBuilder::new()
    }

    pub(super) fn make_private(_: &Path, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn owner(_: &Metadata) -> Option<u32> {
        None
    }

    pub(super) fn user() -> Option<u32> {
        None
    }

    pub(super) fn others_write(_: &Metadata) -> bool {
        false
    }
}

use rights::{make_private, others_write, owner, private_builder, user};
