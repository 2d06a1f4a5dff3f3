//! A worker: assesses the submissions it is told to, a line each way.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::batch::executor::TaskResult;
use crate::batch::shard::line;
use crate::resources::meter;
use crate::sandbox::LEAK_LIMIT;
use crate::script::Lost;

/// What a worker is told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Job {
    /// The submission's place in the order of the report.
    pub(super) at: usize,
    /// Rules that are left out over it, and why.
    pub(super) without: BTreeMap<String, Lost>,
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The assessment.
    pub(super) ended: TaskResult,
    /// Whether the worker is still fit for another.
    pub(super) fit: bool,
}

/// Does as told until nothing more comes.
pub(super) fn serve(mut assess: impl FnMut(&Job) -> Option<TaskResult>) {
    for told in io::stdin().lines().map_while(Result::ok) {
        let Ok(job) = serde_json::from_str::<Job>(&told) else { return };
        let Some(ended) = assess(&job) else { return };
        let answer = Answer { ended, fit: meter::leaked() <= LEAK_LIMIT };
        let Ok((line, _)) = line::write(&answer, "") else { return };
        let mut out = io::stdout().lock();
        if out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}
