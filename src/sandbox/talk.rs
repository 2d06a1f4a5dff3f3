//! Has another process talk with the user: it reads what they enter itself, and cannot be started over when it dies.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ExitStatus, Stdio};

use super::cause::Cause;
use super::limits::{is_limit, limited, no_threads, start_thread};
use super::part::Part;
use super::spawn::spawn;
use super::supervise::{Tried, died_loading, failed, told};
use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::progress::{self, ProgressEvent};

/// Has another process read the entries of this one's stdin, or those of the command line.
pub fn converse(console: &Console) -> Tried {
    let (status, heard) = match run(console) {
        Ok(ran) => ran,
        Err(error) if is_limit(&error) => return failed(no_threads(&error), console),
        Err(_) => return Tried::Refused,
    };
    if let Some(exit) = told(status) {
        return Tried::Ended(exit);
    }
    let fault = match &heard.last {
        Some((ProgressEvent::Entry, entry)) => died(entry, heard.cause),
        _ => match died_loading(console) {
            Some(fault) => fault,
            None => died("", heard.cause),
        },
    };
    failed(fault, console)
}

/// What the process said on stderr that matters when it dies.
struct Heard {
    /// What it was about to do.
    last: Option<(ProgressEvent, String)>,
    cause: Cause,
}

fn run(console: &Console) -> io::Result<(ExitStatus, Heard)> {
    let mut command = Part::Talk.command()?;
    if console.color_out && console.color_err {
        // It does not see where its stderr ends up.
        command.env("CLICOLOR_FORCE", "1");
    }
    let listen = |stream| start_thread(|| passed_on(stream));
    let (mut child, heard) = spawn(command.stdin(Stdio::inherit()), listen)?;
    let status = child.wait()?;
    Ok((status, heard.join().unwrap_or(Heard { last: None, cause: Cause::Unknown })))
}

/// Passes on what is meant for the user.
fn passed_on(stream: impl Read) -> Heard {
    let mut heard = Heard { last: None, cause: Cause::Unknown };
    let (mut lines, mut line) = (BufReader::new(stream), Vec::new());
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        match progress::parse(text.trim_end_matches('\n')) {
            Some((deed, name)) => {
                heard = Heard { last: Some((deed, name.to_owned())), cause: Cause::Unknown }
            }
            None => {
                heard.cause = heard.cause.min(Cause::of(&text));
                let _ = io::stderr().lock().write_all(&line);
            }
        }
        line.clear();
    }
    heard
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
