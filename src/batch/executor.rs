//! Assesses submissions on the one pool of threads.
//!
//! Each thread of the pool takes the next organization only when it holds none: an organization that waits for
//! its own parallel parts never starts another in the meantime. When none are left to take, free threads help those
//! that are still at work with their rules.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{self, Builder};

use serde::{Deserialize, Serialize};

use super::passed_over;
use super::task_queue::{Queue, Task};
use crate::assessment::assess::Assessed;
use crate::assessment::session::display_path;
use crate::batch::snapshot::{ChangeStatus, Snapshot};
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::text::Text;
use crate::resources::cancellation::CancellationToken;
use crate::sandbox::no_threads;
use crate::table::memory::MemoryBudget;
use crate::table::table_schema::Declarations;

/// The result of one task.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskResult {
    /// Place in the order of the report.
    pub at: usize,
    /// Path as reports show it.
    pub path: String,
    /// The submission before it was read.
    #[serde(rename = "visit")]
    pub snapshot: Option<Snapshot>,
    /// The assessment, or why there is none.
    pub result: Result<Assessed, Fault>,
}

impl TaskResult {
    /// The end of a task.
    pub fn new(task: &Task, snapshot: Option<Snapshot>, result: Result<Assessed, Fault>) -> Self {
        Self { at: task.at, path: display_path(&task.path), snapshot, result }
    }

    /// A link to what nobody gave is not read.
    pub fn link(task: &Task) -> Option<Self> {
        task.link.then(|| Self::new(task, None, Err(passed_over::unread_link(&task.path))))
    }

    /// Without personal data in the path and in what is wrong; an assessment has none.
    #[must_use]
    pub fn masked(self, masking: Masking) -> Self {
        let result = self.result.map_err(|fault| masking.fault(fault));
        Self { path: masking.text(&self.path), result, ..self }
    }

    /// Whether rulings name the organization.
    pub fn is_ruled(&self) -> bool {
        self.result.as_ref().is_ok_and(|assessed| assessed.unruled.is_some())
    }

    /// Whether it, masked, may stand when a run goes on where another ended: the submission at `path` is as it was.
    /// What failed is tried again.
    pub fn stands(&self, path: &Path, masking: Masking, decls: &Declarations) -> bool {
        let Ok(Assessed { organization, faults, .. }) = &self.result else { return false };
        let content = &organization.submission.sha256;
        let unchanged = |before: &Snapshot| {
            Snapshot::of(path, decls)
                .is_some_and(|now| before.status_since(&now, path, content, decls) != ChangeStatus::Changed)
        };
        masking.text(&display_path(path)) == self.path
            && faults.is_empty()
            && self.snapshot.as_ref().is_some_and(unchanged)
    }
}

/// Results that may wait to be taken before threads wait with them.
const WAITING: usize = 64;

/// Assesses every task with `assess` unless stopped, and hands each to `take` as it ends, on a thread apart.
/// What `assess` leaves out, because it was stopped, is not handed on.
///
/// # Errors
///
/// The thread apart cannot be started.
pub fn execute<'a>(
    tasks: impl IntoIterator<Item = &'a Task>,
    memory: &'a Arc<MemoryBudget>,
    stop: &CancellationToken,
    assess: impl Fn(&Task) -> Option<TaskResult> + Sync,
    mut take: impl FnMut(TaskResult) + Send,
) -> Result<(), Fault> {
    let queue = Queue::new(tasks, memory);
    let (sender, ended) = sync_channel(WAITING);
    thread::scope(|scope| {
        let taking = move || ended.into_iter().for_each(&mut take);
        Builder::new().spawn_scoped(scope, taking).map_err(|error| no_threads(&error))?;
        rayon::broadcast(|_| {
            while let Some((task, admission)) = queue.next(stop) {
                let ended = guarded(task, &assess);
                drop(admission);
                let Some(ended) = ended else { continue };
                if sender.send(ended).is_err() {
                    return;
                }
            }
        });
        drop(sender);
        Ok(())
    })
}

/// A defect of the program costs the submission that brought it to light, not the run.
fn guarded(task: &Task, assess: &impl Fn(&Task) -> Option<TaskResult>) -> Option<TaskResult> {
    let assessed = catch_unwind(AssertUnwindSafe(|| assess(task)));
    assessed.unwrap_or_else(|_| Some(TaskResult::new(task, None, Err(defect(task)))))
}

fn defect(task: &Task) -> Fault {
    Fault {
        code: "internal.panic",
        message: Text::new(
            "程序自身出错，这份申报材料没有评估",
            "the program itself failed; this submission was not assessed",
        ),
        help: Text::new(
            "其余申报材料不受影响；请把上面的出错信息报告给开发者",
            "the others are not affected; please report what is said above to the developers",
        ),
        file: Some(display_path(&task.path)),
        ..Fault::default()
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "what is tested")]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn tasks() -> Vec<Task> {
        let task = |at| Task { at, path: PathBuf::from(format!("{at}")), bytes: 20 - at as u64, link: false };
        (0..20).map(task).collect()
    }

    fn unread(task: &Task) -> TaskResult {
        TaskResult::new(task, None, Err(Fault { code: "test", ..Fault::default() }))
    }

    #[test]
    fn each_ends_once_and_a_panic_costs_one() {
        let mut codes = vec![""; 20];
        let assess = |task: &Task| if task.at == 7 { panic!("on purpose") } else { Some(unread(task)) };
        let done =
            execute(&tasks(), &MemoryBudget::unlimited(), &CancellationToken::default(), assess, |ended| {
                if let (Some(code), Err(fault)) = (codes.get_mut(ended.at), ended.result) {
                    *code = fault.code;
                }
            });
        assert!(done.is_ok());
        let wanted: Vec<_> = (0..20).map(|at| if at == 7 { "internal.panic" } else { "test" }).collect();
        assert_eq!(codes, wanted);
    }

    #[test]
    fn nothing_is_taken_on_once_stopped() {
        let (stop, mut ended) = (CancellationToken::default(), 0);
        let assess = |task: &Task| {
            if task.at == 3 {
                stop.cancel();
            }
            Some(unread(task))
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let work = || execute(&tasks(), &MemoryBudget::unlimited(), &stop, assess, |_| ended += 1);
        pool.map(|pool| pool.install(work).ok()).ok();
        assert_eq!(ended, 4);
    }
}
