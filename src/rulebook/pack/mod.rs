//! A pack as files: built in, a folder, or one archive.

mod archive;
mod folder;
mod manifest;
mod parameters;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

pub(super) use manifest::{Declared, Extends, Layer, Manifest};
pub(super) use settings::{Given, Setting};

use super::fault::PackFault;
use super::trust::sums;
use crate::model::digest::Digest;
use crate::model::pack::PackInfo;
use crate::model::text::Text;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Texts by path inside the pack, with `/`.
pub(super) type Files = BTreeMap<String, String>;

/// Name of the file that describes a pack.
pub(super) const MANIFEST: &str = "pack.toml";
/// Name of the file that lists the digests of a pack's files.
pub(super) const SUMS: &str = "pack.sums";
/// Name of the signature of that list.
pub(super) const SIGNATURE: &str = "pack.sums.minisig";

/// A pack: what `pack.toml` says, and its other files by path.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Id, version, digest.
    pub info: PackInfo,
    /// What `pack.toml` says.
    pub(super) manifest: Manifest,
    /// All files by path, with `/`.
    pub(super) files: Files,
    /// The list of digests and its signature, where the pack holds them.
    pub(super) seal: Files,
    /// Where it comes from, as shown in messages.
    pub(super) home: String,
    /// Whether it comes with the program.
    pub(super) built_in: bool,
}

impl Pack {
    /// The pack that comes with the program.
    ///
    /// # Errors
    ///
    /// Its `pack.toml` is malformed.
    pub fn built_in() -> Result<Self, Vec<PackFault>> {
        let mut files = Files::new();
        collect(&BUILT_IN, &mut files);
        Ok(Self { built_in: true, ..Self::from_files("rules", files, Files::new())? })
    }

    /// The pack in a folder, or in one archive.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its `pack.toml` is malformed.
    pub fn open(path: &Path) -> Result<Self, Vec<PackFault>> {
        let home = path.display().to_string().replace('\\', "/");
        let home = home.trim_end_matches('/');
        let read = if path.is_dir() { folder::read(path) } else { archive::read(path, home) };
        let (files, seal): (Files, Files) = read
            .map_err(|fault| vec![fault])?
            .into_iter()
            .partition(|(name, _)| name != SUMS && name != SIGNATURE);
        Self::from_files(home, files, seal)
    }

    fn from_files(home: &str, files: Files, seal: Files) -> Result<Self, Vec<PackFault>> {
        let text = files.get(MANIFEST).ok_or_else(|| vec![no_manifest(home)])?;
        let manifest = manifest::read(&format!("{home}/{MANIFEST}"), text)?;
        let info = PackInfo {
            id: manifest.id.clone(),
            version: manifest.version.to_string(),
            sha256: digest(&files),
            title: manifest.title.clone(),
            authority: manifest.authority.clone(),
            signed_by: None,
        };
        Ok(Self { info, manifest, files, seal, home: home.to_owned(), built_in: false })
    }

    /// Texts of the files below a folder of the pack whose names end so, by path.
    pub(super) fn below(&self, folder: &str, ending: &str) -> impl Iterator<Item = (&String, &String)> {
        let (folder, ending) = (format!("{folder}/"), ending.to_owned());
        self.files.iter().filter(move |(path, _)| path.starts_with(&folder) && path.ends_with(&ending))
    }

    /// The pack as one file, with these files in place of its signature, or with the signature it has.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn archive(&self, seal: &[(&'static str, String)]) -> Result<Vec<u8>, PackFault> {
        let mut files = self.files.clone();
        if seal.is_empty() {
            files.extend(self.seal.clone());
        }
        files.extend(seal.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
        archive::write(files.iter()).map_err(|error| PackFault::unreadable(&self.home, &error))
    }

    /// The pack has a signature, and was changed since.
    pub fn stale(&self) -> Option<PackFault> {
        let listed = self.seal.get(SUMS)?;
        (*listed != sums(self)).then(|| PackFault::Untrusted {
            file: self.shown(SUMS),
            message: Text::new("规则包签名后改过", "the pack was changed after it was signed"),
            help: Text::new(
                "重新签名，或删去签名文件",
                "sign it again, or remove the two files of its signature",
            ),
        })
    }

    /// Paths and texts of all its files but the signature.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Text of one file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// A path of the pack as shown in messages.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.home)
    }
}

fn no_manifest(home: &str) -> PackFault {
    let why = Text::new(format!("没有 {MANIFEST}"), format!("no {MANIFEST}"));
    PackFault::Unreadable { path: home.to_owned(), why }
}

fn digest(files: &Files) -> String {
    let parts = files.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
    parts.fold(Digest::default(), Digest::part).hex()
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if wanted(&path) {
            files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Whether a file of this name belongs to a pack.
fn wanted(name: &str) -> bool {
    let inside = name.rsplit('/').next().unwrap_or(name);
    let listed = [".toml", ".rhai", ".csv"].iter().any(|ending| inside.ends_with(ending));
    (listed && !inside.starts_with('.')) || name == SUMS || name == SIGNATURE
}
