//! Has the run done by another process, and sees to it when that dies.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::cause::{Cause, ended_well, interrupted};
use super::child::{end_interrupted, told_here};
use super::limits::{is_limit, limited, no_threads, start_thread};
use super::part::Part;
use super::spawn::{last_words, spawn};
use crate::console::Console;
use crate::console::unwritable;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::progress;

/// What is to be done by another process.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Whether lines of its stdout are results that must not be told twice.
    pub streams: bool,
    /// Whether submissions can be assessed one by one when it dies.
    pub divides: bool,
}

/// How it went.
#[derive(Clone, Copy, Debug)]
pub enum Tried {
    /// All is done.
    Ended(Exit),
    /// The process died over a submission, when so many lines of results had been passed on.
    Died(usize),
    /// There can be no other process: it is all to be done here.
    Refused,
}

/// Does what was asked in another process.
pub fn supervise(asked: Asked, console: &Console) -> Tried {
    let Ran { status, lines, lost } = match run(asked, console) {
        Ok(ran) => ran,
        Err(error) if is_limit(&error) => return failed(no_threads(&error), console),
        Err(_) => return Tried::Refused,
    };
    if let Some(error) = lost.filter(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        return failed(unwritable("-", &error), console);
    }
    if let Some(exit) = told(status) {
        return Tried::Ended(exit);
    }
    let again = if asked.divides { Part::Load } else { Part::Told };
    match again_told(again, console) {
        Ok(Again::Died(fault)) => failed(*fault, console),
        Ok(Again::Ended(_)) if asked.divides => Tried::Died(lines),
        Ok(Again::Ended(exit)) => Tried::Ended(exit),
        // What ended a process must not be done in this one.
        Err(error) => failed(no_threads(&error), console),
    }
}

pub(super) fn failed(fault: Fault, console: &Console) -> Tried {
    console.faults(&[fault]);
    Tried::Ended(Exit::CouldNotJudge)
}

/// Loads once more, telling all: what it died over, if it died again.
pub(super) fn died_loading(console: &Console) -> Option<Fault> {
    match again_told(Part::Load, console) {
        Ok(Again::Died(fault)) => Some(*fault),
        Ok(Again::Ended(_)) | Err(_) => None,
    }
}

/// The exit it ended with by itself.
pub(super) fn told(status: ExitStatus) -> Option<Exit> {
    if interrupted(status) {
        end_interrupted();
    }
    Some(match ended_well(status)? {
        0 => Exit::Passed,
        1 => Exit::GateNotMet,
        2 => Exit::CouldNotJudge,
        // Interrupted twice: meant to end at once.
        _ => end_interrupted(),
    })
}

/// How the run itself went.
struct Ran {
    status: ExitStatus,
    /// Lines of results passed on.
    lines: usize,
    /// Why one could not be.
    lost: Option<io::Error>,
}

fn run(asked: Asked, console: &Console) -> io::Result<Ran> {
    let mut command = Part::Run.command()?;
    if asked.streams {
        command.stdout(Stdio::piped());
    }
    let mut child = command.spawn()?;
    let to = child.stdin.take();
    // Kept open until the end: where it is closed the child ends.
    let _to = if asked.divides { to.map(hand_on) } else { to.map(|to| Arc::new(Mutex::new(to))) };
    let (lines, lost) = passed_on(&mut child, console);
    let status = child.wait()?;
    Ok(Ran { status, lines, lost })
}

/// Hands presses of Ctrl-C on: the child does not hear those that are meant for this process alone.
fn hand_on(to: ChildStdin) -> Arc<Mutex<ChildStdin>> {
    let to = Arc::new(Mutex::new(to));
    let (hearing, here) = (Arc::clone(&to), told_here());
    let _ = ctrlc::set_handler(move || {
        let mut to = hearing.lock().unwrap_or_else(PoisonError::into_inner);
        // Once the child has died, the run goes on here.
        if to.write_all(b"!").and_then(|()| to.flush()).is_err() && here.send(()).is_err() {
            end_interrupted();
        }
    });
    to
}

/// Passes whole lines of results on: how many, and what kept one from it.
fn passed_on(child: &mut Child, console: &Console) -> (usize, Option<io::Error>) {
    let Some(stream) = child.stdout.take() else { return (0, None) };
    let (mut lines, mut passed, mut line) = (BufReader::new(stream), 0_usize, Vec::new());
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if line.last() == Some(&b'\n') {
            if let Err(error) = console.write_out(&line) {
                return (passed, Some(error));
            }
            passed = passed.saturating_add(1);
        }
        line.clear();
    }
    (passed, None)
}

/// What came of doing it once more, telling all.
enum Again {
    Ended(Exit),
    Died(Box<Fault>),
}

fn again_told(part: Part, console: &Console) -> io::Result<Again> {
    let mut command = part.command()?;
    let listen = |stream| start_thread(|| last_words(stream));
    let (mut child, said) = spawn(command.stdout(Stdio::piped()), listen)?;
    let _to = child.stdin.take();
    let (mut last, mut results) = (String::new(), Vec::new());
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|stream| BufReader::new(stream).lines())
        .map_while(Result::ok)
    {
        match progress::parse(&line) {
            Some((_, name)) => name.clone_into(&mut last),
            None => results.push(line),
        }
    }
    let status = child.wait()?;
    let said = said.join().unwrap_or_default();
    let Some(exit) = told(status) else {
        return Ok(Again::Died(Box::new(died(&last, Cause::of(&said).or_of(status)))));
    };
    if part == Part::Told {
        let _ = io::stderr().lock().write_all(said.as_bytes());
        match console.write_out((results.join("\n") + "\n").as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Ok(Again::Died(Box::new(unwritable("-", &error))));
            }
            _ => {}
        }
    }
    Ok(Again::Ended(exit))
}

fn died(file: &str, cause: Cause) -> Fault {
    let why = cause.text();
    if cause.is_limit() {
        return limited(&why);
    }
    Fault {
        code: "pack.died",
        message: Text::new(
            format!("处理这个规则文件使进程终止：{}", why.zh),
            format!("the process ended over this file of rules: {}", why.en),
        ),
        help: Text::new(
            "检查其中的循环、递归和嵌套；改正之前不要使用这个规则包",
            "look for loops, recursion and nesting in it; do not use the pack until it is put right",
        ),
        file: Some(file.to_owned()).filter(|file| !file.is_empty()),
        ..Fault::default()
    }
}
