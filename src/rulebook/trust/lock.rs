//! `pack.lock`: versions and digests of the packs of a chain, as they were when somebody looked at them.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::pack::PackInfo;
use crate::model::system;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::Pack;
use crate::rulebook::reader::malformed;

/// Name of the lock in the folder of a pack.
const LOCK: &str = "pack.lock";
/// Bytes of it that are read: hundreds of packs.
const LOCK_BYTES: u64 = 64 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default, rename = "pack")]
    packs: Vec<Pinned>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pinned {
    id: String,
    version: String,
    sha256: String,
}

/// A lock of these packs.
pub fn lock_text(packs: &[PackInfo]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let pinned = packs.iter().map(|pack| {
        let (id, version, sha256) = (quoted(&pack.id), quoted(&pack.version), quoted(&pack.sha256));
        format!("\n[[pack]]\nid = {id}\nversion = {version}\nsha256 = {sha256}\n")
    });
    format!(
        "# Written by `wangge rules lock`: packs that differ from this are refused.\n{}",
        pinned.collect::<String>()
    )
}

/// Where the lock of a pack lies: in its folder, or beside its archive.
pub(in crate::rulebook) fn lock_path(home: &str) -> PathBuf {
    let home = Path::new(home);
    if home.is_dir() {
        return home.join(LOCK);
    }
    let mut name = home.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// What differs from the locks that lie with the packs and from the one named.
pub(super) fn changed(chain: &[Pack], named: Option<&Path>) -> Vec<PackFault> {
    let last = chain.len().saturating_sub(1);
    let mut faults = Vec::new();
    for (at, pack) in chain.iter().enumerate().filter(|(_, pack)| !pack.built_in) {
        let path = lock_path(&pack.home);
        if path.is_file() {
            faults.extend(against(&path, chain, at == last));
        }
    }
    faults.extend(named.into_iter().flat_map(|path| against(path, chain, true)));
    faults
}

/// What differs from one lock; `whole` where it speaks of the whole chain.
fn against(path: &Path, chain: &[Pack], whole: bool) -> Vec<PackFault> {
    let file = path.display().to_string().replace('\\', "/");
    let mut text = String::new();
    // One byte more tells a lock that is too long from one that is whole.
    let most = LOCK_BYTES.saturating_add(1);
    let read = system::open_file(path).and_then(|(lock, _)| lock.take(most).read_to_string(&mut text));
    match read {
        Ok(bytes) if bytes as u64 > LOCK_BYTES => return vec![too_long(&file)],
        Ok(_) => {}
        Err(error) => return vec![PackFault::unreadable(&file, &error)],
    }
    let lock: Lock = match toml::from_str(&text) {
        Ok(lock) => lock,
        Err(error) => return vec![malformed(&file, &text, &error)],
    };
    let pinned = |pack: &Pack| lock.packs.iter().find(|one| one.id == pack.info.id);
    let differing = chain.iter().filter_map(|pack| match pinned(pack) {
        Some(one) if one.sha256 == pack.info.sha256 => None,
        Some(one) => Some(different(&file, one, pack)),
        None => whole.then(|| unlocked(&file, pack)),
    });
    let gone = lock.packs.iter().filter(|one| !chain.iter().any(|pack| pack.info.id == one.id));
    differing.chain(gone.map(|one| missing(&file, one))).collect()
}

fn refused(file: &str, zh: String, en: String) -> PackFault {
    let help = Text::new(
        "核对改动后用 wangge rules lock 重新锁定；否则换回原来的规则包",
        "look at what changed, then lock again with `wangge rules lock`; or go back to the pack as it was",
    );
    PackFault::Untrusted { file: file.to_owned(), message: Text::new(zh, en), help }
}

fn different(file: &str, pinned: &Pinned, pack: &Pack) -> PackFault {
    let (id, home, version) = (&pack.info.id, &pack.home, &pack.info.version);
    refused(
        file,
        format!("规则包“{id}”（{home}）与锁定的不同：锁定版本 {}，现为 {version}", pinned.version),
        format!("pack `{id}` ({home}) is not the one locked: version {} then, {version} now", pinned.version),
    )
}

fn too_long(file: &str) -> PackFault {
    let most = LOCK_BYTES / 1024;
    refused(file, format!("文件超过 {most} KiB"), format!("it is longer than {most} KiB"))
}

fn unlocked(file: &str, pack: &Pack) -> PackFault {
    let (id, home) = (&pack.info.id, &pack.home);
    refused(
        file,
        format!("规则包“{id}”（{home}）没有锁定"),
        format!("pack `{id}` ({home}) is not in the lock"),
    )
}

fn missing(file: &str, pinned: &Pinned) -> PackFault {
    let id = &pinned.id;
    refused(file, format!("锁定的规则包“{id}”没有用到"), format!("pack `{id}` is locked and not in use"))
}
