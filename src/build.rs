//! The rules are embedded in the program: when one changes, the program is built again. What the program is built from
//! gets a digest, so that nothing an earlier build kept is taken for its own.

#[allow(unreachable_pub, reason = "the program has it too")]
#[path = "model/digest.rs"]
mod digest;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use digest::Digest;

const SOURCES: [&str; 4] = ["src", "rules", "Cargo.toml", "Cargo.lock"];

fn main() {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        gather(Path::new(source), &mut files);
    }
    files.sort();
    let texts: Vec<_> = files.iter().map(|file| (file, fs::read(file).ok())).collect();
    // Two halves, each of 64 bits.
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, &texts).hash(&mut hasher);
        hasher.finish()
    };
    println!("cargo:rustc-env=WANGGE_BUILD={:016x}{:016x}", half(0), half(1));
    println!("cargo:rustc-env=WANGGE_RULES={}", rules(&texts));
}

/// The digest of the built-in pack, as the program works out that of others; a test compares the two.
fn rules(texts: &[(&PathBuf, Option<Vec<u8>>)]) -> String {
    let inside = |(path, text): &(&PathBuf, Option<Vec<u8>>)| {
        let path = path.strip_prefix("rules").ok()?.to_string_lossy().replace('\\', "/");
        let wanted = [".toml", ".rhai", ".csv"].iter().any(|ending| path.ends_with(ending));
        wanted.then(|| Some((path, text.clone()?))).flatten()
    };
    let mut files: Vec<_> = texts.iter().filter_map(inside).collect();
    files.sort();
    let parts = files.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_slice()]);
    parts.fold(Digest::default(), Digest::part).hex()
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| gather(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}
