//! Why a process died, as far as its stderr and its exit status say.

use std::io::{self, Write};
use std::process::ExitStatus;

use super::limits;
use super::watchdog::INTERRUPTED;
use crate::model::text::Text;

/// Why a process ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The stack was used up.
    Stack,
    /// More memory was asked for than there is for it.
    Memory,
    /// A call did not return.
    Endless,
    /// The system gives no more threads or processes.
    Threads,
    /// The system gives no more memory.
    Exhausted,
    /// It could not be started.
    NotStarted,
    /// The system ended it.
    Killed,
    /// Anything else.
    Unknown,
}

/// What the watchdog writes to stderr before it ends the process.
const HANGS: &str = "wangge: a call of a script does not return";

impl Cause {
    /// The cause that the end of its stderr says.
    pub fn of(said: &str) -> Self {
        if said.contains(limits::THREADS) {
            Self::Threads
        } else if said.contains(limits::MEMORY) {
            Self::Exhausted
        } else if said.contains("overflowed its stack") {
            Self::Stack
        } else if said.contains(limits::REFUSED) || said.contains("capacity overflow") {
            Self::Memory
        } else if said.contains(HANGS) {
            Self::Endless
        } else {
            Self::Unknown
        }
    }

    /// Whether a limit of the system ended it, whatever was being done.
    pub const fn is_limit(self) -> bool {
        matches!(self, Self::Threads | Self::Exhausted | Self::NotStarted)
    }

    /// The same; where stderr says nothing, the cause that the exit status says.
    #[must_use]
    pub fn or_of(self, status: ExitStatus) -> Self {
        if self == Self::Unknown && killed(status) { Self::Killed } else { self }
    }

    /// The cause in words, as the end of a sentence.
    pub fn text(self) -> Text {
        match self {
            Self::Stack => Text::new("栈用尽（嵌套太深）", "the stack was used up (nested too deeply)"),
            Self::Memory => Text::new("要求的内存超出限制", "it asked for more memory than the limit allows"),
            Self::Endless => Text::new("一次调用不再返回（死循环）", "a call did not return (endless loop)"),
            Self::Threads => Text::new(
                "系统不允许再建立线程或进程",
                "the system did not let it start another thread or process",
            ),
            Self::NotStarted => {
                Text::new("系统没有启动处理它的进程", "the system did not start the process for it")
            }
            Self::Exhausted => Text::new("系统不再给出内存", "the system gave it no more memory"),
            Self::Killed => Text::new(
                "被系统强行终止（多半是内存不足）",
                "the system ended it (most likely for want of memory)",
            ),
            Self::Unknown => Text::new("原因不明", "for an unknown reason"),
        }
    }
}

/// Ends the process since a script hangs in it.
pub(super) fn end_hanging() -> ! {
    let _ = writeln!(io::stderr().lock(), "{HANGS}");
    std::process::abort()
}

/// The code a process ended with, if it ended by itself.
pub(super) fn ended_well(status: ExitStatus) -> Option<u8> {
    let code = u8::try_from(status.code()?).ok()?;
    (matches!(code, 0..=2) || i32::from(code) == INTERRUPTED).then_some(code)
}

/// Whether it was ended in a way it cannot answer: the system does so when memory runs out.
#[cfg(unix)]
fn killed(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(9)
}

/// Whether it was ended in a way it cannot answer.
#[cfg(not(unix))]
fn killed(_: ExitStatus) -> bool {
    false
}

/// Whether it was the user who ended it.
#[cfg(unix)]
pub(super) fn interrupted(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGHUP, SIGINT, SIGTERM: none of them comes from inside.
    matches!(status.signal(), Some(1 | 2 | 15))
}

/// Whether it was the user who ended it.
#[cfg(not(unix))]
pub(super) fn interrupted(status: ExitStatus) -> bool {
    // What the system calls an exit by Ctrl-C.
    status.code().is_some_and(|code| code.cast_unsigned() == 0xC000_013A)
}
