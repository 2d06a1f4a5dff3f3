//! Workers, from the side of the one who sends them the submissions.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread::{self, JoinHandle};

use super::cause::Cause;
use super::part::Part;
use super::worker::{Answer, Job};
use crate::command::check::plan::Task;
use crate::command::check::work::Ended;
use crate::command::load::shown;
use crate::command::shard::line;
use crate::model::fault::Fault;
use crate::model::herald::{self, Deed};
use crate::model::text::Text;

thread_local! {
    /// The worker of this thread, while it is fit.
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Rules that may be left out for one submission, until it is given up.
const MOST: usize = 64;

/// Assesses submissions in other processes.
#[derive(Clone, Copy, Debug)]
pub struct Crew;

/// How a worker ended.
struct Died {
    cause: Cause,
    /// What it was about to do.
    last: Option<(Deed, String)>,
}

impl Crew {
    /// Assesses one submission. What ends the process is tried once more alone; then a rule is left out and named, or
    /// the submission counts as unreadable.
    pub fn assess(self, task: &Task) -> Ended {
        let mut job = Job { at: task.at, without: BTreeMap::new() };
        loop {
            let died = match send(&job) {
                Ok(ended) => return ended,
                Err(_) => match send(&job) {
                    Ok(ended) => return ended,
                    Err(died) => died,
                },
            };
            match died.last {
                Some((Deed::Rule, rule)) if job.without.len() < MOST && !job.without.contains_key(&rule) => {
                    job.without.insert(rule, died.cause.text());
                }
                last => return Ended::new(task, None, Err(fatal(task, died.cause, last))),
            }
        }
    }
}

/// Has the worker of this thread, or a new one, do the job.
fn send(job: &Job) -> Result<Ended, Died> {
    let kept = WORKER.with_borrow_mut(Option::take);
    let Ok(mut worker) = kept.map_or_else(Worker::start, Ok) else {
        return Err(Died { cause: Cause::Unknown, last: None });
    };
    match worker.ask(job) {
        Ok(answer) => {
            if answer.fit {
                WORKER.with_borrow_mut(|kept| *kept = Some(worker));
            }
            Ok(answer.ended)
        }
        Err(last) => Err(worker.buried(last)),
    }
}

/// A worker process.
struct Worker {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    said: Option<JoinHandle<String>>,
}

impl Worker {
    fn start() -> io::Result<Self> {
        let mut command = Part::Worker.command()?;
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let lost = || io::Error::from(io::ErrorKind::BrokenPipe);
        let from = BufReader::new(process.stdout.take().ok_or_else(lost)?);
        let said = process.stderr.take().map(|stream| thread::spawn(|| last_words(stream)));
        Ok(Self { to: process.stdin.take(), from, said, process })
    }

    /// The answer, or what it was about to do when it died.
    fn ask(&mut self, job: &Job) -> Result<Answer, Option<(Deed, String)>> {
        let mut last = None;
        let told = serde_json::to_string(job).unwrap_or_default() + "\n";
        if self.to.as_mut().is_none_or(|to| to.write_all(told.as_bytes()).is_err()) {
            return Err(last);
        }
        let mut line = String::new();
        while self.from.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some((answer, _)) = line::read::<Answer>(line.trim_end(), "") {
                return Ok(answer);
            }
            if let Some((deed, name)) = herald::heard(line.trim_end()) {
                last = Some((deed, name.to_owned()));
            }
            line.clear();
        }
        Err(last)
    }

    fn buried(mut self, last: Option<(Deed, String)>) -> Died {
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        Died { cause: Cause::of(&said), last }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.to.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The end of what a stream says.
pub(super) fn last_words(stream: impl Read) -> String {
    const ENOUGH: usize = 16 * 1024;
    let mut said = Vec::new();
    let mut lines = BufReader::new(stream);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if said.len() > ENOUGH {
            said.clear();
        }
        said.append(&mut line);
    }
    String::from_utf8_lossy(&said).into_owned()
}

fn fatal(task: &Task, cause: Cause, last: Option<(Deed, String)>) -> Fault {
    let why = cause.text();
    let file = last.map(|(_, name)| name).filter(|name| Path::new(name).is_absolute() || !name.is_empty());
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
