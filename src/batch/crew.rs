//! Workers, from the side of the one who sends them the submissions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::worker::{Answer, Job};
use crate::assessment::load::shown;
use crate::batch::plan::Task;
use crate::batch::shard::line;
use crate::batch::work::Ended;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::progress::{self, ProgressEvent};
use crate::rulebook::Rulebook;
use crate::sandbox::{Cause, Part, is_limit, last_words, limits_help, spawn, start_thread};
use crate::script::{Lost, RuleFault};

thread_local! {
    /// The worker of this thread, while it is fit.
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Rules that may end a process over one submission, until those of the packs laid over the lowest are all left out.
const MANY: usize = 8;
/// Rules that may do so before the submission is given up.
const MOST: usize = 64;

/// Rules that ended two processes over a submission of this run: such a rule is not tried twice again.
static KNOWN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Assesses submissions in other processes.
#[derive(Clone, Copy)]
pub(super) struct Crew<'a> {
    book: &'a Rulebook,
}

/// How a worker ended.
struct Died {
    cause: Cause,
    /// What it was about to do.
    last: Option<(ProgressEvent, String)>,
    /// Rules that left memory behind, and what is said of them.
    leaks: Vec<(String, RuleFault)>,
}

impl<'a> Crew<'a> {
    /// For rules of this rulebook.
    pub(super) fn new(book: &'a Rulebook) -> Self {
        Self { book }
    }

    /// Assesses one submission. What ends the process is tried once more alone; then a rule is left out and named, or
    /// the submission counts as unreadable.
    pub(super) fn assess(self, task: &Task) -> Ended {
        let mut job = Job { at: task.at, without: BTreeMap::new() };
        let mut deaths = 0_usize;
        loop {
            let died = match tried(&mut job) {
                Ok(ended) => return ended,
                Err(died) => died,
            };
            match died.last {
                // Others of the same rules may well leave something behind: they are left out, and named as they were.
                Some((ProgressEvent::Leak, _)) => {}
                Some((ProgressEvent::Rule, rule))
                    if !died.cause.is_limit() && deaths < MOST && !job.without.contains_key(&rule) =>
                {
                    deaths = deaths.saturating_add(1);
                    job.without.insert(rule, Lost::Died(died.cause.text()));
                    if deaths == MANY {
                        self.give_up(&mut job);
                    }
                }
                last => return Ended::new(task, None, Err(fatal(task, died.cause, last))),
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

fn known() -> MutexGuard<'static, BTreeSet<String>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has the job done, once more where the worker died. That of one that hung is not awaited again, nor that of a rule
/// that is known for it.
fn tried(job: &mut Job) -> Result<Ended, Died> {
    let died = match sent(job) {
        Ok(ended) => return Ok(ended),
        Err(died) => died,
    };
    let again = match &died.last {
        Some((ProgressEvent::Leak, _)) => false,
        Some((ProgressEvent::Rule, rule)) => died.cause != Cause::Endless && !known().contains(rule),
        _ => true,
    };
    if !again {
        return Err(died);
    }
    let died = match sent(job) {
        Ok(ended) => return Ok(ended),
        Err(died) => died,
    };
    if let Some((ProgressEvent::Rule, rule)) = &died.last {
        known().insert(rule.clone());
    }
    Err(died)
}

/// Has the job done. Rules that left memory behind in a worker that died are not run again over the submission.
fn sent(job: &mut Job) -> Result<Ended, Died> {
    let answer = send(job);
    let leaks = answer.as_ref().err().map(|died| died.leaks.as_slice());
    for (rule, fault) in leaks.unwrap_or_default() {
        job.without.entry(rule.clone()).or_insert_with(|| Lost::Leaked(fault.clone()));
    }
    answer
}

/// Has the worker of this thread, or a new one, do the job.
fn send(job: &Job) -> Result<Ended, Died> {
    let kept = WORKER.with_borrow_mut(Option::take);
    let mut worker = kept.map_or_else(Worker::start, Ok).map_err(|error| {
        let cause = if is_limit(&error) { Cause::Threads } else { Cause::NotStarted };
        Died { cause, last: None, leaks: Vec::new() }
    })?;
    match worker.ask(job) {
        Ok(answer) => {
            if answer.fit {
                WORKER.with_borrow_mut(|kept| *kept = Some(worker));
            }
            Ok(answer.ended)
        }
        Err(heard) => Err(worker.buried(heard)),
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
    fn start() -> io::Result<Self> {
        let mut command = Part::Worker.command()?;
        let listen = |stream| start_thread(|| last_words(stream));
        let (mut process, said) = spawn(command.stdout(Stdio::piped()), listen)?;
        let from = process.stdout.take().map(BufReader::new);
        Ok(Self { to: process.stdin.take(), from, said: Some(said), process })
    }

    /// The answer, or what it told before it died.
    fn ask(&mut self, job: &Job) -> Result<Answer, Heard> {
        let mut told_of = Heard::default();
        let told = serde_json::to_string(job).unwrap_or_default() + "\n";
        let (Some(to), Some(from)) = (&mut self.to, &mut self.from) else { return Err(told_of) };
        if to.write_all(told.as_bytes()).is_err() {
            return Err(told_of);
        }
        let mut line = String::new();
        while from.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some((answer, _)) = line::read::<Answer>(line.trim_end(), "") {
                return Ok(answer);
            }
            if let Some((deed, name)) = progress::parse(line.trim_end()) {
                told_of.take(deed, name);
            }
            line.clear();
        }
        Err(told_of)
    }

    fn buried(mut self, heard: Heard) -> Died {
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        let cause = Cause::of(&said);
        let cause = self.process.wait().map_or(cause, |status| cause.or_of(status));
        Died { cause, last: heard.last, leaks: heard.leaks }
    }
}

/// What a worker told while it did a job.
#[derive(Default)]
struct Heard {
    last: Option<(ProgressEvent, String)>,
    leaks: Vec<(String, RuleFault)>,
}

impl Heard {
    fn take(&mut self, deed: ProgressEvent, name: &str) {
        let rule = self.last.take().filter(|(last, _)| *last == ProgressEvent::Rule);
        if let (ProgressEvent::Leak, Some((_, rule)), Ok(fault)) = (deed, rule, serde_json::from_str(name)) {
            self.leaks.push((rule, fault));
        }
        self.last = Some((deed, name.to_owned()));
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
        file: Some(file.unwrap_or_else(|| shown(&task.path))),
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
        file: Some(shown(&task.path)),
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
        file: Some(shown(&task.path)),
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
