//! Everything an assessment rests on.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::assessment::session::{Choices, Session, display_path};
use crate::ingest::ReadOptions;
use crate::model::digest::Digest;
use crate::model::plan::Aim;
use crate::model::privacy::Masking;
use crate::model::report::PackInfo;
use crate::model::ruling::{self, Ruling, Whose};
use crate::model::run_inputs::{InputFile, InputRole, RunInputs};
use crate::model::text::Text;
use crate::table::date::Date;

/// Digest of the sources this program was built from.
const BUILD: &str = env!("WANGGE_BUILD");

/// What is the same for all submissions of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunKey {
    /// Version of the program.
    version: String,
    /// Its sources.
    build: String,
    /// Packs in force.
    packs: Vec<PackInfo>,
    /// Readings of the standard.
    policies: BTreeMap<String, String>,
    /// A registry of the user's own.
    registry: Option<InputFile>,
    /// Mappings.
    mappings: Vec<InputFile>,
    /// The day on which dates are judged.
    as_of: String,
    /// Whether rulings of the organization itself count.
    #[serde(rename = "own")]
    self_evaluation: bool,
    /// Whether personal data is masked.
    masked: bool,
    /// The encoding asked for.
    encoding: Option<String>,
    /// Whether closures are interpreted.
    interpret: bool,
    /// Digest of what is planned for.
    plan: Option<String>,
    /// What samples are drawn with.
    sample: Option<String>,
}

/// What one assessment rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// What is the same for the whole run.
    pub run: RunKey,
    /// Path of the submission as reports show it.
    pub path: String,
    /// Digest of the submission.
    pub content: String,
    /// Digest of the rulings that concern it.
    pub rulings: String,
}

impl RunKey {
    /// That of a run with these choices.
    pub fn of(session: &Session, choices: &Choices, self_evaluation: bool) -> Self {
        // Every choice by name: whoever adds one has to say here whether results depend on it.
        let Choices { packs: _, trust: _, policies: _, registry, mappings, as_of, .. } = choices;
        let Choices { read, masking, memory: _, plan: _, sample, .. } = choices;
        let ReadOptions { encoding, .. } = read;
        let registry = registry.as_ref().map(|file| input(InputRole::Registry, file));
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: BUILD.to_owned(),
            packs: session.book.packs.clone(),
            policies: session.book.readings(),
            registry,
            mappings: mappings.iter().map(|file| input(InputRole::Mapping, file)).collect(),
            as_of: as_of.to_string(),
            self_evaluation,
            masked: *masking == Masking::On,
            encoding: encoding.map(|encoding| format!("{encoding:?}")),
            interpret: session.interpret,
            plan: session.aim.as_ref().map(Aim::digest),
            sample: sample.clone(),
        }
    }

    /// What reports tell of it that they do not tell elsewhere, after the files `before` and before the files `after`.
    pub fn inputs(&self, before: &[InputFile], after: impl IntoIterator<Item = InputFile>) -> RunInputs {
        let own = self.registry.iter().chain(&self.mappings);
        let files = before.iter().chain(own).cloned().chain(after).collect();
        let options = [("encoding", &self.encoding), ("plan", &self.plan), ("sample", &self.sample)];
        let given = options.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        RunInputs { files, options: given.collect() }
    }

    /// What differs from a run of this program with these rules and readings.
    pub fn differs_here(&self, session: &Session) -> Option<Text> {
        let program = self.version == env!("CARGO_PKG_VERSION") && self.build == BUILD;
        let differs = [
            (program, "程序", "the program"),
            (self.packs == session.book.packs, "规则包", "the packs"),
            (self.policies == session.book.readings(), "口径", "the readings"),
            (self.as_of == session.as_of.to_string(), "判断日期", "the as-of day"),
        ];
        differing(&differs)
    }

    /// What differs from `other`.
    pub fn differs(&self, other: &Self) -> Option<Text> {
        let differs = [
            (self.version == other.version && self.build == other.build, "程序", "the program"),
            (self.packs == other.packs, "规则包", "the packs"),
            (self.policies == other.policies, "口径", "the readings"),
            (self.as_of == other.as_of, "判断日期", "the as-of day"),
            (self.registry == other.registry, "标准登记库", "the registry"),
            (self.mappings == other.mappings, "对应表", "the mappings"),
            (self == other, "选项", "the options"),
        ];
        differing(&differs)
    }

    /// The choices by which the same rules and readings are loaded again; packs are those of `choices`.
    pub fn again(&self, choices: &Choices) -> Choices {
        Choices {
            policies: self.policies.clone().into_iter().collect(),
            as_of: Date::from_iso(&self.as_of).unwrap_or(choices.as_of),
            masking: if self.masked { Masking::On } else { Masking::Off },
            ..choices.clone()
        }
    }

    /// Whether organizations assess themselves.
    pub const fn is_self_evaluation(&self) -> bool {
        self.self_evaluation
    }

    /// Whether personal data is masked.
    pub const fn is_masked(&self) -> bool {
        self.masked
    }

    /// The key of one submission of an organization.
    pub fn key(&self, path: &str, content: String, whose: &Whose, rulings: &[Ruling]) -> Key {
        Key { run: self.clone(), path: path.to_owned(), content, rulings: concerning(whose, rulings) }
    }

    /// The name of the entry of the submission at `path`. What changes from one run to the next with the same command
    /// line has no part in it: a new assessment takes the place of the old one, and the cache does not grow.
    pub fn entry(&self, path: &Path) -> String {
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let ids = self.packs.iter().map(|pack| &pack.id);
        let choices = (ids.collect::<Vec<_>>(), &self.policies, self.registry.as_ref().map(|one| &one.path));
        let rest = format!("{choices:?} {} {:?}", self.self_evaluation, self.encoding);
        let parts = [display_path(path), place.display().to_string(), rest];
        parts.iter().fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
    }
}

/// A file that a run was given, told of without personal data.
pub fn input(role: InputRole, file: &Path) -> InputFile {
    InputFile::of(role, file, Masking::On.text(&display_path(file)))
}

/// Digest of the rulings on an organization.
fn concerning(whose: &Whose, rulings: &[Ruling]) -> String {
    ruling::digest(rulings.iter().filter(|ruling| ruling.is_on_whose(whose)))
}

/// The first of these that is not the same.
pub fn differing(parts: &[(bool, &str, &str)]) -> Option<Text> {
    parts.iter().find(|(same, ..)| !same).map(|(_, zh, en)| Text::new(*zh, *en))
}
