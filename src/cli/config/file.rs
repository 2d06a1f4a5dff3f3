//! Files of settings: found upward from the folder at hand, each perhaps going on from another one.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::layer::{Layer, Origin, Setting, Value};
use super::setting::{COMMANDS, find};
use crate::model::fault::{Explain, Fault};
use crate::model::toml_error::{self, LineIndex};

/// The name of the file.
pub(super) const NAME: &str = "wangge.toml";

/// The key that names the file it goes on from.
const EXTENDS: &str = "extends";

/// Files that may go on from one another: more of them nobody can follow.
const MOST: usize = 8;

/// The layers of the file that is found, the highest first; none where there is no file.
///
/// # Errors
/// Everything that is wrong with one of the files.
pub(super) fn layers() -> Result<Vec<Layer>, Vec<Fault>> {
    let folder = std::env::current_dir().ok();
    folder.and_then(|folder| upward(&folder)).map_or_else(|| Ok(Vec::new()), |file| chain(&file))
}

/// The nearest file in a folder or one above it, up to the one that is a repository; as a path from the folder.
fn upward(folder: &Path) -> Option<PathBuf> {
    let mut way = PathBuf::new();
    for above in folder.ancestors() {
        if above.join(NAME).is_file() {
            return Some(way.join(NAME));
        }
        if above.join(".git").exists() {
            return None;
        }
        way.push("..");
    }
    None
}

/// A file with those it goes on from.
fn chain(first: &Path) -> Result<Vec<Layer>, Vec<Fault>> {
    let mut layers = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next.take() {
        let mut file = File::read(&path).map_err(|error| vec![error.fault()])?;
        let (layer, extends) = file.layer();
        if !file.errors.is_empty() {
            return Err(file.errors.iter().map(ConfigError::fault).collect());
        }
        layers.push(layer);
        if let Some((name, line)) = extends {
            if layers.len() >= MOST {
                return Err(vec![ConfigError::Chain { file: file.shown, line }.fault()]);
            }
            next = Some(path.parent().unwrap_or(Path::new("")).join(name));
        }
    }
    Ok(layers)
}

/// A file being read.
struct File {
    shown: String,
    base: PathBuf,
    text: String,
    lines: LineIndex,
    errors: Vec<ConfigError>,
}

impl File {
    fn read(path: &Path) -> Result<Self, ConfigError> {
        let shown = path.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path)
            .map_err(|error| ConfigError::Unreadable { file: shown.clone(), why: error.kind() })?;
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { shown, base, lines: LineIndex::of(&text), text, errors: Vec::new() })
    }

    /// What it says, and the file it goes on from.
    fn layer(&mut self) -> (Layer, Option<(String, usize)>) {
        let text = self.text.clone();
        let table = match DeTable::parse(&text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let line = self.lines.line_at(error.span().unwrap_or_default().start);
                let why = toml_error::translate(error.message());
                self.errors.push(ConfigError::Syntax { file: self.shown.clone(), line, why });
                return (Layer::default(), None);
            }
        };
        let mut layer = Layer { base: self.base.clone(), settings: Vec::new() };
        let mut extends = None;
        for (key, value) in &table {
            let line = self.lines.line_at(key.span().start);
            let command = COMMANDS.iter().find(|command| **command == key.get_ref().as_ref());
            match (key.get_ref().as_ref(), command, value.get_ref()) {
                (EXTENDS, _, DeValue::String(file)) => extends = Some((file.to_string(), line)),
                (_, Some(command), DeValue::Table(part)) => {
                    let settings: Vec<_> = part
                        .iter()
                        .filter_map(|(key, value)| self.setting(Some(*command), key, value))
                        .collect();
                    layer.settings.extend(settings);
                }
                _ => layer.settings.extend(self.setting(None, key, value)),
            }
        }
        self.errors.sort_by_key(ConfigError::line);
        (layer, extends)
    }

    fn setting(
        &mut self,
        command: Option<&'static str>,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Setting> {
        let line = self.lines.line_at(key.span().start);
        let Some(name) = find(key.get_ref()) else {
            let key = key.get_ref().to_string();
            self.errors.push(ConfigError::Key { file: self.shown.clone(), line, key });
            return None;
        };
        let mut values = Vec::new();
        if !self.values(None, value, &mut values) {
            let key = key.get_ref().to_string();
            self.errors.push(ConfigError::Form { file: self.shown.clone(), line, key });
            return None;
        }
        Some(Setting { name, command, values })
    }

    /// The values in a value: itself, those of a list, those of a table with their names; whether it can be one.
    fn values(&self, name: Option<&str>, value: &Spanned<DeValue<'_>>, into: &mut Vec<Value>) -> bool {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(day) => day.to_string(),
            DeValue::Array(all) if name.is_none() => {
                return all.iter().all(|one| self.values(None, one, into));
            }
            DeValue::Table(all) => {
                return all.iter().all(|(key, value)| {
                    let key = key.get_ref();
                    let name = name.map_or_else(|| key.to_string(), |name| format!("{name}.{key}"));
                    self.values(Some(&name), value, into)
                });
            }
            _ => return false,
        };
        let text = name.map_or_else(|| text.clone(), |name| format!("{name}={text}"));
        let origin = Origin::Line(self.shown.clone(), self.lines.line_at(value.span().start));
        into.push(Value { name: name.map(str::to_owned), text, origin });
        true
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(text: &str) -> (Layer, Option<(String, usize)>, Vec<Fault>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        fs::write(&path, text).unwrap();
        let mut file = File::read(&path).unwrap();
        let (layer, extends) = file.layer();
        (layer, extends, file.errors.iter().map(ConfigError::fault).collect())
    }

    #[test]
    fn values_lists_and_tables_are_arguments_with_their_lines() {
        let (layer, extends, faults) = read(
            "extends = \"../a.toml\"\npacks = [\"a\",\n  \"b\"]\nas_of = 2026-06-30\n[gate]\nmin_low = 300\n[gate.max_findings]\n\"data.wrong-type\" = 0\n[check]\ntop = 3\n",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(extends, Some(("../a.toml".to_owned(), 1)));
        let told: Vec<_> = layer
            .settings
            .iter()
            .flat_map(|setting| setting.values.iter().map(|value| (setting.command, value.text.as_str())))
            .collect();
        let all = [
            (None, "a"),
            (None, "b"),
            (None, "2026-06-30"),
            (None, "min_low=300"),
            (None, "max_findings.data.wrong-type=0"),
            (Some("check"), "3"),
        ];
        assert!(all.iter().all(|one| told.contains(one)) && told.len() == all.len(), "{told:?}");
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line() {
        let (_, _, faults) = read("pakcs = 1\ntop = 1.5\n[check]\nunmask = true\n");
        let told: Vec<_> = faults.iter().map(|fault| (fault.code, fault.row)).collect();
        assert_eq!(
            told,
            [
                ("config.unknown-key", Some(1)),
                ("config.wrong-form", Some(2)),
                ("config.unknown-key", Some(4))
            ]
        );
        let (_, _, faults) = read("a = [\n");
        assert_eq!(faults.first().map(|fault| fault.code), Some("config.syntax"));
    }
}
