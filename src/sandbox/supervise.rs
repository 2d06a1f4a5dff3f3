//! Runs the program in another process, and finds out over what that dies.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::cause::{Cause, ended_well, interrupted};
use super::command::command;
use super::handover;
use super::limits::{is_limit, limited, no_threads, start_thread};
use super::signals;
use super::spawn::{spawn, stderr_tail};
use super::watchdog::{end_interrupted, interrupt_sender};
use crate::console::Console;
use crate::console::unwritable;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::process_role::ProcessRole;
use crate::resources::progress;

/// How a process is started and what may be done when it dies.
#[derive(Clone, Copy, Debug)]
pub struct SpawnOptions {
    /// Whether lines of its stdout are results that must not be written twice.
    pub streams: bool,
    /// Whether submissions can be assessed one by one when it dies.
    pub divides: bool,
}

/// How a process ended.
#[derive(Clone, Copy, Debug)]
pub enum ProcessOutcome {
    /// It ended by itself with this code.
    Exited(Exit),
    /// It died over a submission, after so many lines of results had been passed on.
    Died(usize),
    /// No process can be started: all is to be done in this one.
    NotStarted,
}

/// Does what was asked in another process.
pub fn supervise(options: SpawnOptions, console: &Console) -> ProcessOutcome {
    let Ran { status, lines, lost } = match run_child(options, console) {
        Ok(ran) => ran,
        Err(error) if is_limit(&error) => return failed(no_threads(&error), console),
        Err(_) => return ProcessOutcome::NotStarted,
    };
    if let Some(error) = lost.filter(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        return failed(unwritable("-", &error), console);
    }
    if let Some(exit) = exit_of(status) {
        return ProcessOutcome::Exited(exit);
    }
    let again = if options.divides { ProcessRole::Load } else { ProcessRole::Traced };
    match run_traced(again, console) {
        Ok(TracedOutcome::Died(fault)) => failed(*fault, console),
        Ok(TracedOutcome::Exited(_)) if options.divides => ProcessOutcome::Died(lines),
        Ok(TracedOutcome::Exited(exit)) => ProcessOutcome::Exited(exit),
        // What ended a process must not be done in this one.
        Err(error) => failed(no_threads(&error), console),
    }
}

pub(super) fn failed(fault: Fault, console: &Console) -> ProcessOutcome {
    ProcessOutcome::Exited(console.fail_with(fault))
}

/// Loads the packs once more in a traced process: the message about the file over which that died, if it died.
pub(super) fn died_loading(console: &Console) -> Option<Fault> {
    match run_traced(ProcessRole::Load, console) {
        Ok(TracedOutcome::Died(fault)) => Some(*fault),
        Ok(TracedOutcome::Exited(_)) | Err(_) => None,
    }
}

/// The code it ended with by itself; `None` where it died.
pub(super) fn exit_of(status: ExitStatus) -> Option<Exit> {
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

/// How the process of the run ended.
struct Ran {
    status: ExitStatus,
    /// Lines of results passed on.
    lines: usize,
    /// Why one could not be.
    lost: Option<io::Error>,
}

fn run_child(options: SpawnOptions, console: &Console) -> io::Result<Ran> {
    let mut command = command(ProcessRole::Run, console)?;
    if options.streams {
        command.stdout(Stdio::piped());
    }
    let mut child = command.spawn()?;
    let to = child.stdin.take();
    // Kept open until the end: where it is closed the child ends.
    let _to =
        if options.divides { to.map(forward_interrupts) } else { to.map(|to| Arc::new(Mutex::new(to))) };
    let (lines, lost) = pass_lines_on(&mut child, console);
    let status = child.wait()?;
    Ok(Ran { status, lines, lost })
}

/// Forwards Ctrl-C to the child, a byte a press: it does not get those that are sent to this process alone.
fn forward_interrupts(to: ChildStdin) -> Arc<Mutex<ChildStdin>> {
    let to = Arc::new(Mutex::new(to));
    let (hearing, here) = (Arc::clone(&to), interrupt_sender());
    handover::pass_interrupts_on();
    signals::handle(move || {
        let mut to = hearing.lock().unwrap_or_else(PoisonError::into_inner);
        // Once the child has died, the run goes on here.
        if to.write_all(b"!").and_then(|()| to.flush()).is_err() && here.send(()).is_err() {
            end_interrupted();
        }
    });
    to
}

/// Writes whole lines of results to stdout as they come: how many, and the error that stopped it.
fn pass_lines_on(child: &mut Child, console: &Console) -> (usize, Option<io::Error>) {
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

/// How a traced process ended.
enum TracedOutcome {
    Exited(Exit),
    Died(Box<Fault>),
}

fn run_traced(role: ProcessRole, console: &Console) -> io::Result<TracedOutcome> {
    let mut command = command(role, console)?;
    let listen = |stream| start_thread(|| stderr_tail(stream));
    let (mut child, said) = spawn(command.stdout(Stdio::piped()), listen)?;
    let _to = child.stdin.take();
    let (mut last, mut results, mut line) = (String::new(), String::new(), String::new());
    let mut lines = child.stdout.take().map(BufReader::new);
    while lines.as_mut().is_some_and(|lines| lines.read_line(&mut line).is_ok_and(|read| read > 0)) {
        match progress::parse(line.trim_end_matches('\n')) {
            Some((_, name)) => name.clone_into(&mut last),
            None => results.push_str(&line),
        }
        line.clear();
    }
    let status = child.wait()?;
    let said = said.join().unwrap_or_default();
    let Some(exit) = exit_of(status) else {
        return Ok(TracedOutcome::Died(Box::new(died(&last, Cause::of(&said).or_of(status)))));
    };
    if role == ProcessRole::Traced {
        let _ = io::stderr().lock().write_all(said.as_bytes());
        if let Err(fault) = console.result(&results) {
            return Ok(TracedOutcome::Died(Box::new(fault)));
        }
    }
    Ok(TracedOutcome::Exited(exit))
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
