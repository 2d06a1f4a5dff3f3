//! A file of a submission that holds no table: where it lies, and how it is opened.

use std::io;
use std::path::{Path, PathBuf};

use super::files;
use super::input::{Input, Stream};
use super::limit::Limit;
use super::members::Member;
use super::source::Packed;
use crate::model::file_digest::sha256;
use crate::model::system;
use crate::model::text::Text;

/// A file that holds no table, not opened yet.
pub struct AttachedFile {
    /// Name inside the submission, with `/`.
    pub name: String,
    /// Size.
    pub bytes: u64,
    place: Place,
}

/// Where it lies.
enum Place {
    Disk(PathBuf),
    /// It is a link that leads out of the submission.
    Outside,
    Packed(Packed),
    /// In an archive, in a way that is not unpacked.
    Refused,
}

impl AttachedFile {
    /// That of a folder.
    pub(super) fn on_disk(folder: &Path, Member { path, name }: Member) -> Self {
        let bytes = files::bytes(&path);
        let place = if files::leads_out(folder, &path) { Place::Outside } else { Place::Disk(path) };
        Self { name, bytes, place }
    }

    /// That of an archive; nothing for one that is not unpacked.
    pub(super) fn packed(name: String, bytes: u64, packed: Option<Packed>) -> Self {
        Self { name, bytes, place: packed.map_or(Place::Refused, Place::Packed) }
    }

    /// What `look` makes of its bytes, which it may read from any position.
    ///
    /// # Errors
    /// It cannot be opened or read: the system refuses, it is no regular file, it is a link that leads out of the submission, or
    /// an archive packs it in a way that is not unpacked. Why, in both languages.
    pub fn look<T>(&self, look: impl FnOnce(&mut dyn Stream) -> io::Result<T>) -> Result<T, Text> {
        let system = |error: io::Error| system::refusal(&error).cause;
        match &self.place {
            Place::Disk(path) => {
                let (mut file, _) = system::open_file(path).map_err(system)?;
                look(&mut file).map_err(system)
            }
            Place::Outside => Err(Text::new(
                "文件是链接，指向申报材料之外",
                "it is a link that leads out of the submission",
            )),
            Place::Refused => Err(Text::new(
                "压缩包中的这个文件有密码、是链接、名称不当或者压缩方式不支持",
                "in the archive it has a password, is a link, has a name that cannot be, or is packed in a way that is not read",
            )),
            Place::Packed(packed) => {
                let damaged = || Text::new("在压缩包中已损坏", "it is damaged in the archive");
                let held = Input::unpacked(self.name.clone(), packed.clone(), Limit::Archive, u64::MAX);
                let input = held.map_err(|_| damaged())?;
                look(&mut *input.stream()).map_err(|_| damaged())
            }
        }
    }

    /// What tells its bytes from others: SHA-256 in hexadecimal; of one that cannot be read, why and its size.
    pub fn fingerprint(&self) -> String {
        self.look(|stream| sha256(stream)).unwrap_or_else(|why| format!("{} {}", self.bytes, why.en))
    }
}
