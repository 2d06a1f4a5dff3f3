//! Which options can stand in a file or in the environment, and under which names.
//!
//! Not among them: what has to be said anew each time (`--unmask`, `--force`, `--resume`, `--shard`, `--exit-zero`), and
//! whose signatures are trusted, which is not for a folder of data to say.

/// One option that can stand in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SettingName {
    /// Its key in a file; in capitals after `WANGGE_` its variable.
    pub(super) key: &'static str,
    /// The id of the argument.
    pub(super) argument: &'static str,
    /// The commands it holds for where it stands outside the part of one.
    pub(super) commands: &'static [&'static str],
}

/// Commands whose arguments can stand in a file. In a file each can have a part of its own.
pub(super) const COMMANDS: &[&str] = &["check", "merge", "doctor", "sample", "plan", "worksheet"];

/// Those that read submissions.
const READING: &[&str] = &["check", "doctor", "sample", "plan", "worksheet"];

/// Those that judge.
const JUDGING: &[&str] = &["check", "merge"];

/// The argument that names submissions.
pub(super) const PATHS: &str = "PATH";

/// What says which submissions there are: of these a lower layer counts only where no higher one has any.
pub(super) const INPUTS: [&str; 3] = [PATHS, "manifest", "source"];

/// The least points, by an option of its own; and the conditions of the gate for which it stands.
pub(super) const LEAST_POINTS: (&str, [&str; 4]) =
    ("min-score", ["verdict", "min_low", "min-low", "min_low.total"]);

/// All settings.
pub(super) const SETTINGS: &[SettingName] = &[
    named("paths", PATHS, READING),
    named("manifest", "manifest", READING),
    named("source", "source", READING),
    named("rulings", "rulings", READING),
    named("self", "self", READING),
    named("packs", "packs", COMMANDS),
    named("as_of", "as-of", READING),
    named("policy", "policy", READING),
    named("registry", "registry", READING),
    named("mapping", "mapping", READING),
    named("encoding", "encoding", READING),
    named("memory", "memory", READING),
    named("threads", "threads", READING),
    named("cache", "cache", READING),
    named("no_cache", "no-cache", READING),
    named("output", "output", JUDGING),
    named("quiet", "quiet", JUDGING),
    named("top", "top", JUDGING),
    named("gate", "gate", JUDGING),
    named("baseline", "baseline", JUDGING),
    named("waivers", "waivers", JUDGING),
    named("ratchet", "ratchet", JUDGING),
    named("log", "log", JUDGING),
    named("last_list", "last-list", JUDGING),
];

const fn named(key: &'static str, argument: &'static str, commands: &'static [&'static str]) -> SettingName {
    SettingName { key, argument, commands }
}

/// The setting with this key.
pub(super) fn find(key: &str) -> Option<&'static SettingName> {
    SETTINGS.iter().find(|setting| setting.key == key)
}
