//! An interactive session in another process, which reads what the user enters itself and cannot be started over when it
//! dies.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ExitStatus, Stdio};

use super::cause::Cause;
use super::command::command;
use super::limits::{is_limit, limited, no_threads, start_thread};
use super::spawn::spawn;
use super::supervise::{ProcessOutcome, died_loading, exit_of, failed};
use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::process_role::ProcessRole;
use crate::resources::progress::{self, ProgressEvent};

/// Runs the interactive session, whose entries come from stdin or the command line, in another process.
pub fn run_interactive(console: &Console) -> ProcessOutcome {
    let (status, tail) = match run(console) {
        Ok(ran) => ran,
        Err(error) if is_limit(&error) => return failed(no_threads(&error), console),
        Err(_) => return ProcessOutcome::NotStarted,
    };
    if let Some(exit) = exit_of(status) {
        return ProcessOutcome::Exited(exit);
    }
    let fault = match &tail.last {
        Some((ProgressEvent::Entry, entry)) => died(entry, tail.cause),
        _ => match died_loading(console) {
            Some(fault) => fault,
            None => died("", tail.cause),
        },
    };
    failed(fault, console)
}

/// What the stderr of the process says of its end.
struct Tail {
    /// The last event announced.
    last: Option<(ProgressEvent, String)>,
    cause: Cause,
}

fn run(console: &Console) -> io::Result<(ExitStatus, Tail)> {
    let mut command = command(ProcessRole::Interactive, console)?;
    if console.color_out && console.color_err {
        // It does not see where its stderr ends up.
        command.env("CLICOLOR_FORCE", "1");
    }
    let listen = |stream| start_thread(|| passed_on(stream));
    let (mut child, tail) = spawn(command.stdin(Stdio::inherit()), listen)?;
    let status = child.wait()?;
    Ok((status, tail.join().unwrap_or(Tail { last: None, cause: Cause::Unknown })))
}

/// Passes stderr on to the user, but for events.
fn passed_on(stream: impl Read) -> Tail {
    let mut tail = Tail { last: None, cause: Cause::Unknown };
    let (mut lines, mut line) = (BufReader::new(stream), Vec::new());
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        match progress::parse(text.trim_end_matches('\n')) {
            Some((event, name)) => {
                tail = Tail { last: Some((event, name.to_owned())), cause: Cause::Unknown }
            }
            None => {
                tail.cause = tail.cause.min(Cause::of(&text));
                let _ = io::stderr().lock().write_all(&line);
            }
        }
        line.clear();
    }
    tail
}

/// The process died over an entry: its line, a colon, its text.
fn died(entry: &str, cause: Cause) -> Fault {
    let why = cause.text();
    if cause.is_limit() {
        return limited(&why);
    }
    let (line, text) = entry.split_once(':').unwrap_or_default();
    let length = text.chars().count();
    Fault {
        code: "try.died",
        message: Text::new(
            format!("计算这一条使进程终止：{}", why.zh),
            format!("the process ended over this entry: {}", why.en),
        ),
        help: Text::new(
            "检查其中的循环、递归和嵌套；之前记下的变量已经丢失，请重新开始",
            "look for loops, recursion and nesting in it; variables kept so far are lost, please start again",
        ),
        file: Some("-".to_owned()),
        row: line.parse().ok(),
        excerpt: (length > 0).then(|| (text.to_owned(), 0, length)),
        ..Fault::default()
    }
}
