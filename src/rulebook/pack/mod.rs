//! A pack as files: built in, a folder, or one archive.

mod archive;
mod folder;
mod form;
mod limits;
mod manifest;
mod parameters;
mod settings;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use encoding_rs::GB18030;
use include_dir::{Dir, include_dir};

pub(super) use form::schema;
pub(super) use limits::{MOST_ENTRIES, has_extension, limit_exceeded};
pub(super) use manifest::{Declared, Extends, Layer, Manifest};
pub(super) use settings::{Given, Setting};

use super::fault::PackFault;
use super::trust::sums;
use crate::model::digest::Digest;
use crate::model::pack::{PackInfo, SignatureState};
use crate::model::text::Text;
use crate::resources::progress::{self, ProgressEvent};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
/// Its digest, worked out when the program is built.
const BUILT_IN_SHA256: &str = env!("WANGGE_RULES");

/// Texts by path inside the pack, with `/`.
pub(super) type Files = BTreeMap<String, String>;

/// The files of a pack as they were read.
#[derive(Debug, Default)]
struct Contents {
    files: Files,
    raw: Raw,
}

/// What the names of tables end in.
const SHEET: &str = ".csv";

/// Bytes of files that are not in UTF-8, by path.
type Raw = BTreeMap<String, Vec<u8>>;

impl Contents {
    /// Adds a file. Tables may come from a spreadsheet program, which writes GBK.
    fn add(&mut self, shown: &str, name: String, bytes: Vec<u8>) -> Result<(), PackFault> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) if name.ends_with(SHEET) => {
                let bytes = error.into_bytes();
                let (text, wrong) = GB18030.decode_without_bom_handling(&bytes);
                if wrong {
                    return Err(unreadable(
                        shown,
                        "编码既不是 UTF-8 也不是 GBK",
                        "it is neither UTF-8 nor GBK",
                    ));
                }
                let text = text.into_owned();
                self.raw.insert(name.clone(), bytes);
                text
            }
            Err(_) => return Err(unreadable(shown, "编码不是 UTF-8", "it is not UTF-8")),
        };
        if limits::has_extension(&name, "toml") {
            limits::long_line(shown, &text).map_or(Ok(()), Err)?;
        }
        self.files.insert(name, text);
        Ok(())
    }
}

/// Name of the file that describes a pack.
pub(super) const MANIFEST: &str = "pack.toml";
/// Name of the file that lists the digests of a pack's files.
pub(super) const SUMS: &str = "pack.sums";
/// Name of the signature of that list.
pub(super) const SIGNATURE: &str = "pack.sums.minisig";

/// The id of the pack that comes with the program.
pub(super) fn built_in_id() -> &'static str {
    static ID: OnceLock<String> = OnceLock::new();
    ID.get_or_init(|| Pack::built_in().map(|pack| pack.info.id).unwrap_or_default())
}

/// A pack: what `pack.toml` says, and its other files by path.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Id, version, digest.
    pub info: PackInfo,
    /// What `pack.toml` says.
    pub(super) manifest: Manifest,
    /// All files by path, with `/`.
    pub(super) files: Files,
    /// Those that are not in UTF-8, as they are.
    raw: Raw,
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
        let mut contents = Contents::default();
        collect(&BUILT_IN, &mut contents);
        let sha256 = BUILT_IN_SHA256.to_owned();
        Ok(Self { built_in: true, ..Self::from_files("rules", contents, Files::new(), |_| sha256)? })
    }

    /// The pack in a folder, or in one archive.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its `pack.toml` is malformed.
    pub fn open(path: &Path) -> Result<Self, Vec<PackFault>> {
        let home = path.display().to_string().replace('\\', "/");
        let home = home.trim_end_matches('/');
        // Whatever ends the process meanwhile, this pack is named.
        progress::announce(ProgressEvent::Script, home);
        let read = if path.is_dir() { folder::read(path) } else { archive::read(path, home) };
        let Contents { files, raw } = read.map_err(|fault| vec![fault])?;
        let (files, seal): (Files, Files) =
            files.into_iter().partition(|(name, _)| name != SUMS && name != SIGNATURE);
        let mut pack = Self::from_files(home, Contents { files, raw }, seal, digest)?;
        pack.info.signature = Some(pack.signature());
        Ok(pack)
    }

    fn from_files(
        home: &str,
        contents: Contents,
        seal: Files,
        digest: impl FnOnce(&Files) -> String,
    ) -> Result<Self, Vec<PackFault>> {
        let Contents { files, raw } = contents;
        let text = files.get(MANIFEST).ok_or_else(|| vec![no_manifest(home)])?;
        let manifest = manifest::read(&format!("{home}/{MANIFEST}"), text)?;
        let info = PackInfo {
            id: manifest.id.clone(),
            version: manifest.version.to_string(),
            sha256: digest(&files),
            title: manifest.title.clone(),
            authority: manifest.authority.clone(),
            signature: None,
            signed_by: None,
        };
        Ok(Self { info, manifest, files, raw, seal, home: home.to_owned(), built_in: false })
    }

    /// What its own files say of its signature.
    fn signature(&self) -> SignatureState {
        match self.seal.get(SUMS) {
            Some(listed) if *listed != sums(self) => SignatureState::Altered,
            Some(_) if self.seal.contains_key(SIGNATURE) => SignatureState::Unchecked,
            _ => SignatureState::Unsigned,
        }
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
        let mut files: BTreeMap<&str, &[u8]> =
            self.files.keys().map(|path| (path.as_str(), self.bytes(path))).collect();
        if seal.is_empty() {
            files.extend(self.seal.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
        }
        files.extend(seal.iter().map(|(name, text)| (*name, text.as_bytes())));
        archive::write(files.into_iter()).map_err(|error| PackFault::damaged(&self.home, &error))
    }

    /// The pack has a signature, and was changed since.
    pub fn stale(&self) -> Option<PackFault> {
        (self.info.signature == Some(SignatureState::Altered)).then(|| PackFault::Untrusted {
            file: self.display_path(SUMS),
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

    /// Bytes of all its texts.
    pub(super) fn bytes_in_all(&self) -> usize {
        self.files.values().fold(0, |sum: usize, text| sum.saturating_add(text.len()))
    }

    /// Text of one file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// One file as it is.
    pub(super) fn bytes(&self, path: &str) -> &[u8] {
        let text = || self.files.get(path).map(String::as_bytes);
        self.raw.get(path).map(Vec::as_slice).or_else(text).unwrap_or_default()
    }

    /// A path of the pack as shown in messages.
    pub(super) fn display_path(&self, path: &str) -> String {
        format!("{}/{path}", self.home)
    }
}

fn no_manifest(home: &str) -> PackFault {
    unreadable(home, &format!("没有 {MANIFEST}"), &format!("no {MANIFEST}"))
}

fn unreadable(path: &str, zh: &str, en: &str) -> PackFault {
    PackFault::Unreadable { path: path.to_owned(), why: Text::new(zh, en) }
}

fn digest(files: &Files) -> String {
    let parts = files.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
    parts.fold(Digest::default(), Digest::part).hex()
}

fn collect(folder: &Dir<'_>, contents: &mut Contents) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if wanted(&path) {
            // A file in no encoding is none; the tests of the pack would miss it.
            let _ = contents.add(&path.clone(), path, file.contents().to_vec());
        }
    }
    for inner in folder.dirs() {
        collect(inner, contents);
    }
}

/// Whether a file of this name belongs to a pack.
fn wanted(name: &str) -> bool {
    let inside = name.rsplit('/').next().unwrap_or(name);
    let listed = [".toml", ".rhai", ".csv"].iter().any(|ending| inside.ends_with(ending));
    (listed && !inside.starts_with('.')) || name == SUMS || name == SIGNATURE
}

#[cfg(test)]
mod tests {
    use super::{Pack, digest};

    #[test]
    fn the_digest_of_the_built_in_pack_is_that_of_its_files() {
        let pack = Pack::built_in().map(|pack| (digest(&pack.files), pack.info.sha256));
        assert!(pack.is_ok_and(|(worked_out, built_in)| worked_out == built_in));
    }
}
