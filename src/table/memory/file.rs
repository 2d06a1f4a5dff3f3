//! A temporary file without a name, read and written at places. It goes with the process, however that ends.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Opens one, where the user's temporary files go. Without a word of theirs, on disk rather than in memory, where
/// many systems keep `/tmp`.
pub(super) fn open() -> io::Result<File> {
    tempfile::tempfile_in(folder())
}

/// Where the user's temporary files go.
pub fn folder() -> PathBuf {
    let lasting = Path::new("/var/tmp");
    if std::env::var_os("TMPDIR").is_none() && cfg!(unix) && lasting.is_dir() {
        return lasting.to_path_buf();
    }
    std::env::temp_dir()
}

#[cfg(unix)]
pub(super) fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
pub(super) fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = bytes.get(written..).filter(|_| written > 0).ok_or(io::ErrorKind::WriteZero)?;
        at = at.saturating_add(written as u64);
    }
    Ok(())
}

#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        let rest = std::mem::take(&mut bytes).get_mut(read..);
        bytes = rest.filter(|_| read > 0).ok_or(io::ErrorKind::UnexpectedEof)?;
        at = at.saturating_add(read as u64);
    }
    Ok(())
}

#[cfg(not(any(unix, windows)))]
pub(super) fn write_at(_: &File, _: &[u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(any(unix, windows)))]
pub(super) fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
