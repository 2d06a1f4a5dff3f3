//! What `check` can be asked.

use std::collections::BTreeSet;
use std::path::{self, MAIN_SEPARATOR, Path, PathBuf};

use crate::assessment::session::Choices;
use crate::batch::cache::{Location, RunKey, input};
use crate::batch::changed::ChangedBy;
use crate::batch::shard::Shard;
use crate::gate::Gate;
use crate::model::fault::Fault;
use crate::model::run_inputs::{InputFile, InputRole, RunInputs};
use crate::model::text::{Lang, Text};
use crate::report::output::{self, Format};

/// What `check` was asked to do.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Submissions, or folders of submissions.
    pub paths: Vec<PathBuf>,
    /// A file that names more of them, a path a line.
    pub manifest: Option<PathBuf>,
    /// The settings of a database that holds more of them.
    pub source: Option<PathBuf>,
    /// What was read of it.
    pub extracts: Vec<PathBuf>,
    /// Only those that changed are assessed.
    pub changed: Option<ChangedBy>,
    /// The part of the batch to assess.
    pub shard: Option<Shard>,
    /// Go on with the file of the shard.
    pub resume: bool,
    /// Files of rulings.
    pub rulings: Vec<PathBuf>,
    /// A self-evaluation run.
    pub self_evaluation: bool,
    /// Where earlier assessments are kept.
    pub cache: Location,
    /// Each submission is assessed in a worker process.
    pub careful: bool,
    /// Lines of results that an earlier process of this run wrote to stdout before it died.
    pub restarted_after: usize,
    /// What is written, and how it is judged.
    pub results: OutputOptions,
    /// Choices for the whole run.
    pub choices: Choices,
}

/// What becomes of a report.
#[derive(Clone, Debug)]
pub struct OutputOptions {
    /// Outputs to write.
    pub outputs: Vec<Output>,
    /// One line for each organization on the terminal, and no progress.
    pub quiet: bool,
    /// Lines of each list of the summary on the terminal; 0 for all.
    pub top: usize,
    /// What must hold for the gate to pass.
    pub gate: Gate,
    /// Findings that are known, which do not fail the gate.
    pub baseline: Option<PathBuf>,
    /// What is not asked of some organizations.
    pub waivers: Option<PathBuf>,
    /// An earlier report, than which nothing may be worse.
    pub ratchet: Option<PathBuf>,
    /// The log of assessments to add to.
    pub log: Option<PathBuf>,
    /// The list of last time: a workbook, a table, or the report of then.
    pub last_list: Option<PathBuf>,
}

impl OutputOptions {
    /// What reports tell of what a run was given.
    pub fn inputs(&self, key: &RunKey, rulings: &[InputFile]) -> RunInputs {
        let files = [
            (InputRole::LastList, &self.last_list),
            (InputRole::Baseline, &self.baseline),
            (InputRole::Waivers, &self.waivers),
        ];
        let given = files.into_iter().filter_map(|(role, file)| Some(input(role, file.as_deref()?)));
        key.inputs(rulings, given)
    }
}

/// One output: a format, and a file, a folder or stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The format.
    pub format: &'static Format,
    /// The file or folder; stdout without.
    pub path: Option<PathBuf>,
}

impl Default for Output {
    fn default() -> Self {
        Self { format: output::default_format(), path: None }
    }
}

impl Output {
    /// What is said of the option that names outputs.
    pub fn help(lang: Lang) -> String {
        output::help(lang)
    }

    /// The output `FORMAT[:PATH]`.
    ///
    /// # Errors
    ///
    /// There is no such format; which there are.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let (name, path) = text.split_once(':').map_or((text, ""), |(name, path)| (name, path));
        let format = Format::named(name).ok_or_else(|| {
            let names = |lang| output::names(lang);
            Text::new(
                format!("没有输出格式“{name}”，可用的有：{}", names(Lang::Zh)),
                format!("there is no format `{name}`; there are: {}", names(Lang::En)),
            )
        })?;
        Ok(Self { format, path: (!matches!(path, "" | "-")).then(|| PathBuf::from(path)) })
    }

    /// The output `FORMAT[:PATH]` as it is written in a file of this folder, from the folder at hand.
    pub fn placed(text: &str, base: &Path) -> String {
        match text.split_once(':') {
            Some((format, path)) if !matches!(path, "" | "-") => {
                format!("{format}:{}", base.join(path).display())
            }
            _ => text.to_owned(),
        }
    }

    /// The report as JSON, to a file.
    pub fn json(path: PathBuf) -> Self {
        Self { format: output::json_format(), path: Some(path) }
    }

    /// The worksheet of an assessment, to a file or a folder.
    pub fn worksheet(path: PathBuf) -> Self {
        Self { format: output::worksheet(), path: Some(path) }
    }

    /// The plan of an assessment on site, to a file or a folder.
    pub fn evaluation_plan(path: PathBuf) -> Self {
        Self { format: output::evaluation_plan(), path: Some(path) }
    }

    /// The plans of an assessment, on stdout.
    pub fn plan(is_json: bool) -> Self {
        Self { format: output::plan(is_json), path: None }
    }

    /// Whether it goes to stdout a line at a time.
    pub fn streams(&self) -> bool {
        self.format.is_lines && self.path.is_none()
    }

    /// The folder it fills, if it is one.
    pub fn folder(&self) -> Option<&Path> {
        let path = self.path.as_deref().filter(|_| self.format.fills_folders)?;
        let is_named = path.to_string_lossy().ends_with(['/', MAIN_SEPARATOR]);
        (is_named || path.is_dir()).then_some(path)
    }

    /// Where it goes, however that is written; nothing for a device or a pipe, which take any number of outputs.
    fn place(&self) -> Option<PathBuf> {
        self.path.as_deref().map_or_else(|| Some(PathBuf::new()), place)
    }
}

/// Where a path leads, however it is written; nothing for a device or a pipe.
fn place(path: &Path) -> Option<PathBuf> {
    if path.exists() && !path.is_file() && !path.is_dir() {
        return None;
    }
    let beside = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(beside).or_else(|| path::absolute(path).ok())
}

impl CheckOptions {
    /// The files that the run reads; but for the report that the ratchet compares with, which may be replaced by that of now.
    pub fn read_files(&self) -> impl Iterator<Item = &PathBuf> {
        let Self { paths, manifest, source, rulings, choices, results, .. } = self;
        let single = [manifest, source, &choices.registry];
        let own = paths.iter().chain(rulings).chain(&choices.mappings).chain(&choices.packs);
        own.chain(single.into_iter().flatten()).chain(results.read_files())
    }
}

impl OutputOptions {
    /// The files that are read to judge, and the log.
    pub fn read_files(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.baseline, &self.waivers, &self.log, &self.last_list].into_iter().flatten()
    }
}

/// Whether no output takes the place of one of these files, which are read.
///
/// # Errors
///
/// One does.
pub(super) fn check_inputs<'p>(
    outputs: &[Output],
    read: impl Iterator<Item = &'p PathBuf>,
) -> Result<(), Fault> {
    let read: BTreeSet<PathBuf> = read.filter_map(|path| place(path)).collect();
    let mut written = outputs.iter().filter_map(|output| output.path.as_deref());
    written.find(|path| place(path).is_some_and(|place| read.contains(&place))).map_or(Ok(()), |path| {
        let path = path.display();
        Err(misplaced(Text::new(
            format!("输出会覆盖本次要读取的文件或评价记录：{path}"),
            format!("an output would take the place of what the run reads, or of its log: {path}"),
        )))
    })
}

/// What is wrong with the outputs of a run.
///
/// # Errors
///
/// Two of them go to one place, or one into the folder that another fills.
pub fn check_outputs(outputs: &[Output]) -> Result<(), Fault> {
    let with_places = || outputs.iter().filter_map(|output| Some((output, output.place()?)));
    let mut places = BTreeSet::new();
    if let Some((twin, _)) = with_places().find(|(_, place)| !places.insert(place.clone())) {
        let path = twin.path.as_ref().map(|path| path.display().to_string());
        let (zh, en) = path.as_deref().map_or(("标准输出", "stdout"), |path| (path, path));
        return Err(misplaced(Text::new(
            format!("两个输出写到同一处：{zh}"),
            format!("two outputs go to one place: {en}"),
        )));
    }
    let folders: Vec<PathBuf> =
        with_places().filter(|(output, _)| output.folder().is_some()).map(|(_, place)| place).collect();
    let is_inside =
        |place: &PathBuf| folders.iter().any(|folder| place != folder && place.starts_with(folder));
    let inside =
        with_places().find(|(_, place)| is_inside(place)).and_then(|(output, _)| output.path.as_ref());
    inside.map_or(Ok(()), |path| {
        let path = path.display();
        Err(misplaced(Text::new(
            format!("输出写到另一个输出的文件夹里：{path}"),
            format!("an output goes into the folder that another fills: {path}"),
        )))
    })
}

fn misplaced(message: Text) -> Fault {
    let help = Text::new(
        "给每个输出各写一个文件，如 -o json:报告.json",
        "name a file for each, such as -o json:report.json",
    );
    Fault { code: "usage.output", message, help, ..Fault::default() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn outputs(all: &[&str]) -> Vec<Output> {
        all.iter().map(|one| Output::parse(one).unwrap()).collect()
    }

    #[test]
    fn outputs_name_a_format_and_perhaps_a_file() {
        let parsed = Output::parse("JSON:out/a:b.json").unwrap();
        assert_eq!((parsed.format.name, parsed.path), ("json", Some("out/a:b.json".into())));
        assert_eq!(Output::parse("json:-").unwrap().path, None);
        let unknown = Output::parse("xml:a").unwrap_err();
        assert!(
            unknown.zh.contains("“xml”") && unknown.en.ends_with(&output::names(Lang::En)),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_folder_is_named_by_a_slash_or_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let of = |format: &str, path: &str| {
            let text = format!("{format}:{}{path}", folder.path().display());
            Output::parse(&text).unwrap().folder().is_some()
        };
        assert!(of("csv", "") && of("csv", "/new/") && !of("csv", "/new") && !of("json", "/"));
    }

    #[test]
    fn two_outputs_to_one_place_are_found_however_they_are_written() {
        let wrong = [["json", "terminal"], ["json:a.json", "jsonl:./a.json"], ["csv:a", "csv:src/../a"]];
        for pair in wrong {
            assert!(check_outputs(&outputs(&pair)).is_err(), "{pair:?}");
        }
        assert!(check_outputs(&outputs(&["json", "json:a.json", "csv:b.csv", "csv:c.csv"])).is_ok());
        for pair in
            [["csv:新/", "json:新/a.json"], ["csv:新/乙/", "csv:./新/"], ["json:src/a.json", "csv:src"]]
        {
            assert!(check_outputs(&outputs(&pair)).is_err(), "{pair:?}");
        }
        assert!(check_outputs(&outputs(&["csv:新/", "json:新.json", "json", "csv:新的/"])).is_ok());
        assert!(check_outputs(&outputs(&["json:/dev/null", "csv:/dev/null"])).is_ok() || !cfg!(unix));
    }
}
