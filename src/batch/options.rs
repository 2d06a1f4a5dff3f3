//! What `check` can be asked.

use std::path::PathBuf;

use crate::assessment::session::Choices;
use crate::batch::cache::Location;
use crate::batch::shard::Shard;
use crate::model::report::{Organization, Verdict};

/// What `check` was asked to do.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Submissions, or folders of submissions.
    pub paths: Vec<PathBuf>,
    /// A file that names more of them, a path a line.
    pub manifest: Option<PathBuf>,
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
    /// What is written, and how it is judged.
    pub results: Results,
    /// Choices for the whole run.
    pub choices: Choices,
}

/// What becomes of a report.
#[derive(Clone, Debug)]
pub struct Results {
    /// Lines of results that are on stdout already.
    pub told: usize,
    /// Outputs to write.
    pub outputs: Vec<Output>,
    /// One line for each organization on the terminal, and no progress.
    pub quiet: bool,
    /// Lines of each list of the summary on the terminal; 0 for all.
    pub top: usize,
    /// What must hold for the gate to pass.
    pub gate: Gate,
}

/// The condition under which a run exits 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gate {
    /// Points every organization must have for sure, instead of being qualified.
    pub min_score: Option<u32>,
    /// Never exit 1.
    pub exit_zero: bool,
}

impl Gate {
    /// Whether one organization lets the run pass.
    pub fn passes(self, one: &Organization) -> bool {
        self.exit_zero
            || match self.min_score {
                Some(least) => one.score.low >= least,
                None => one.verdict == Verdict::Qualified,
            }
    }
}

/// One output: a format, and a file or stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The file; stdout without.
    pub path: Option<PathBuf>,
}

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person at a terminal.
    Terminal,
    /// JSON, version 1.
    Json,
    /// JSON, an organization a line as they end, then the report without them.
    Jsonl,
    /// The results of a shard, for `merge`.
    Shard,
}

impl Format {
    /// Whether it is written from the whole report, once all is done.
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Terminal | Self::Json)
    }
}
