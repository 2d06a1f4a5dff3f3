//! The pool of worker processes: each thread of the run has one, sends it submissions and sees to it when it dies.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::worker::{Answer, Job};
use crate::assessment::session::display_path;
use crate::batch::executor::TaskResult;
use crate::batch::shard::line;
use crate::batch::task_queue::Task;
use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::process_role::ProcessRole;
use crate::resources::progress::{self, ProgressEvent};
use crate::rulebook::Rulebook;
use crate::sandbox::{Cause, command, is_limit, limits_help, spawn, start_thread, stderr_tail};
use crate::script::{Lost, RuleFault};

thread_local! {
    /// The worker of this thread, while it can take another submission.
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Rules that may end a worker over one submission before all rules of packs above the lowest are left out.
const MAX_DEATHS_OF_LOCAL_RULES: usize = 8;
/// Rules that may do so before the submission counts as not assessed.
const MAX_DEATHS: usize = 64;

/// Rules that ended two workers over a submission of this run: such a rule is not tried a second time on others.
static DEADLY_RULES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Assesses submissions in other processes.
#[derive(Clone, Copy)]
pub(super) struct WorkerPool<'a> {
    book: &'a Rulebook,
    console: &'a Console,
}

/// How a worker process ended.
struct WorkerExit {
    cause: Cause,
    /// The last event it announced.
    last: Option<(ProgressEvent, String)>,
    /// Rules that left memory behind, and what is said of them.
    leaks: Vec<(String, RuleFault)>,
}

impl<'a> WorkerPool<'a> {
    /// For rules of this rulebook.
    pub(super) fn new(book: &'a Rulebook, console: &'a Console) -> Self {
        Self { book, console }
    }

    /// Assesses one submission. What ends the process is tried once more alone; then a rule is left out and named, or
    /// the submission counts as unreadable.
    pub(super) fn assess(self, task: &Task) -> TaskResult {
        let mut job = Job { at: task.at, without: BTreeMap::new() };
        let mut deaths = 0_usize;
        loop {
            let died = match with_retry(&mut job, self.console) {
                Ok(ended) => return ended,
                Err(died) => died,
            };
            match died.last {
                // Others of the same rules may well leave something behind: they are left out, and named as they were.
                Some((ProgressEvent::Leak, _)) => {}
                Some((ProgressEvent::Rule, rule))
                    if !died.cause.is_limit() && deaths < MAX_DEATHS && !job.without.contains_key(&rule) =>
                {
                    deaths = deaths.saturating_add(1);
                    job.without.insert(rule, Lost::Died(died.cause.text()));
                    if deaths == MAX_DEATHS_OF_LOCAL_RULES {
                        self.give_up(&mut job);
                    }
                }
                last => return TaskResult::new(task, None, Err(fatal(task, died.cause, last))),
            }
        }
    }

    /// Leaves all rules out that the lowest pack does not have.
    fn give_up(self, job: &mut Job) {
        for (rule, pack) in self.book.local_rules() {
            job.without.entry(rule.to_owned()).or_insert_with(|| Lost::Given(pack.to_owned()));
        }
    }
}

fn deadly_rules() -> MutexGuard<'static, BTreeSet<String>> {
    DEADLY_RULES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has the job done, once more where the worker died. That of one that hung is not awaited again, nor that of a rule
/// that is known for it.
fn with_retry(job: &mut Job, console: &Console) -> Result<TaskResult, WorkerExit> {
    let died = match send_leaving_leaks(job, console) {
        Ok(ended) => return Ok(ended),
        Err(died) => died,
    };
    let again = match &died.last {
        Some((ProgressEvent::Leak, _)) => false,
        Some((ProgressEvent::Rule, rule)) => died.cause != Cause::Endless && !deadly_rules().contains(rule),
        _ => true,
    };
    if !again {
        return Err(died);
    }
    let died = match send_leaving_leaks(job, console) {
        Ok(ended) => return Ok(ended),
        Err(died) => died,
    };
    if let Some((ProgressEvent::Rule, rule)) = &died.last {
        deadly_rules().insert(rule.clone());
    }
    Err(died)
}

/// Has the job done. Rules that left memory behind in a worker that died are not run again over the submission.
fn send_leaving_leaks(job: &mut Job, console: &Console) -> Result<TaskResult, WorkerExit> {
    let answer = send(job, console);
    let leaks = answer.as_ref().err().map(|died| died.leaks.as_slice());
    for (rule, fault) in leaks.unwrap_or_default() {
        job.without.entry(rule.clone()).or_insert_with(|| Lost::Leaked(fault.clone()));
    }
    answer
}

/// Has the worker of this thread, or a new one, do the job.
fn send(job: &Job, console: &Console) -> Result<TaskResult, WorkerExit> {
    let kept = WORKER.with_borrow_mut(Option::take);
    let mut worker = kept.map_or_else(|| Worker::start(console), Ok).map_err(|error| {
        let cause = if is_limit(&error) { Cause::Threads } else { Cause::NotStarted };
        WorkerExit { cause, last: None, leaks: Vec::new() }
    })?;
    match worker.ask(job) {
        Ok(answer) => {
            if answer.fit {
                WORKER.with_borrow_mut(|kept| *kept = Some(worker));
            }
            Ok(answer.ended)
        }
        Err(events) => Err(worker.into_exit(events)),
    }
}

/// A worker process.
struct Worker {
    process: Child,
    to: Option<ChildStdin>,
    from: Option<BufReader<ChildStdout>>,
    said: Option<JoinHandle<String>>,
}

impl Worker {
    fn start(console: &Console) -> io::Result<Self> {
        let mut command = command(ProcessRole::Worker, console)?;
        let listen = |stream| start_thread(|| stderr_tail(stream));
        let (mut process, said) = spawn(command.stdout(Stdio::piped()), listen)?;
        let from = process.stdout.take().map(BufReader::new);
        Ok(Self { to: process.stdin.take(), from, said: Some(said), process })
    }

    /// Sends the job: the answer, or the events announced before the worker died.
    fn ask(&mut self, job: &Job) -> Result<Answer, WorkerEvents> {
        let mut events = WorkerEvents::default();
        let job = serde_json::to_string(job).unwrap_or_default() + "\n";
        let (Some(to), Some(from)) = (&mut self.to, &mut self.from) else { return Err(events) };
        if to.write_all(job.as_bytes()).is_err() {
            return Err(events);
        }
        let mut line = String::new();
        while from.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some((answer, _)) = line::read::<Answer>(line.trim_end(), "") {
                return Ok(answer);
            }
            if let Some((event, name)) = progress::parse(line.trim_end()) {
                events.take(event, name);
            }
            line.clear();
        }
        Err(events)
    }

    fn into_exit(mut self, events: WorkerEvents) -> WorkerExit {
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        let cause = Cause::of(&said);
        let cause = self.process.wait().map_or(cause, |status| cause.or_of(status));
        WorkerExit { cause, last: events.last, leaks: events.leaks }
    }
}

/// The events of a worker during one job.
#[derive(Default)]
struct WorkerEvents {
    last: Option<(ProgressEvent, String)>,
    leaks: Vec<(String, RuleFault)>,
}

impl WorkerEvents {
    fn take(&mut self, event: ProgressEvent, name: &str) {
        let rule = self.last.take().filter(|(last, _)| *last == ProgressEvent::Rule);
        if let (ProgressEvent::Leak, Some((_, rule)), Ok(fault)) = (event, rule, serde_json::from_str(name)) {
            self.leaks.push((rule, fault));
        }
        self.last = Some((event, name.to_owned()));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.to.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn fatal(task: &Task, cause: Cause, last: Option<(ProgressEvent, String)>) -> Fault {
    let why = cause.text();
    if cause.is_limit() {
        return limited(task, &why);
    }
    if let Some((ProgressEvent::Rule, rule)) = last {
        return all_die(task, &rule, &why);
    }
    let file = last.map(|(_, name)| name).filter(|name| !name.is_empty());
    Fault {
        code: "submission.died",
        message: Text::new(
            format!("读取这份申报材料使处理它的进程终止：{}", why.zh),
            format!("the process that read this submission ended over it: {}", why.en),
        ),
        help: Text::new(
            "其余申报材料不受影响；请检查所指的文件，用办公软件另存后再试",
            "the others are not affected; look at the file named, save it anew and try again",
        ),
        file: Some(file.unwrap_or_else(|| display_path(&task.path))),
        ..Fault::default()
    }
}

/// The system set a limit: the submission is not to blame.
fn limited(task: &Task, why: &Text) -> Fault {
    Fault {
        code: "submission.limited",
        message: Text::new(
            format!("这份申报材料没有评估：{}", why.zh),
            format!("this submission was not assessed: {}", why.en),
        ),
        help: limits_help(),
        file: Some(display_path(&task.path)),
        ..Fault::default()
    }
}

/// The file of a submission is not to be blamed for rules.
fn all_die(task: &Task, rule: &str, why: &Text) -> Fault {
    Fault {
        code: "submission.rules-died",
        message: Text::new(
            format!("使进程终止的规则过多，这份申报材料没有评估；最后一条是 {rule}：{}", why.zh),
            format!(
                "too many rules ended their process, this submission was not assessed; the last is {rule}: {}",
                why.en
            ),
        ),
        help: Text::new(
            "问题在规则包，不在申报材料；请改正或更换规则包后再评估",
            "the packs of rules are at fault, not the submission; put them right or use others, then assess again",
        ),
        file: Some(display_path(&task.path)),
        ..Fault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_blamed_only_where_it_was_read() {
        let task = Task { at: 0, path: "镇".into(), bytes: 1, link: false };
        let code = |cause| fatal(&task, cause, None).code;
        for cause in [Cause::Threads, Cause::Exhausted, Cause::NotStarted] {
            assert_eq!(code(cause), "submission.limited");
        }
        assert_eq!(code(Cause::Unknown), "submission.died");
    }
}
