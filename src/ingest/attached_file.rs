//! A file of a submission that holds no table: where it lies, and how it is opened.

use std::io;
use std::path::{Path, PathBuf};

use super::files;
use super::input::{Input, Stream};
use super::limit::Limit;
use super::members::Member;
use super::source::Packed;
use crate::model::system;

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
    /// It cannot be opened: the system refuses, it is no regular file, it is a link that leads out of the submission, or an
    /// archive packs it in a way that is not unpacked.
    pub fn look<T>(&self, look: impl FnOnce(&mut dyn Stream) -> T) -> io::Result<T> {
        let refused = |why: &str| io::Error::new(io::ErrorKind::Unsupported, why);
        match &self.place {
            Place::Disk(path) => {
                let (mut file, _) = system::open_file(path)?;
                Ok(look(&mut file))
            }
            Place::Outside => Err(refused("a link that leads out of the submission")),
            Place::Refused => Err(refused("packed in a way that is not unpacked")),
            Place::Packed(packed) => {
                let held = Input::unpacked(self.name.clone(), packed.clone(), Limit::Archive, u64::MAX);
                let input = held.map_err(|_| refused("it cannot be unpacked"))?;
                Ok(look(&mut *input.stream()))
            }
        }
    }
}
