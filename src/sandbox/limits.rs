//! Limits of the system: no more threads or processes, no more memory, files of a limited size. The message names the
//! limit; no file and no rule is blamed for it.

use std::io;
use std::num::NonZero;
use std::sync::mpsc::channel;
use std::thread::{self, Builder, JoinHandle};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::resources::meter;
use crate::resources::process_role::ProcessRole;

/// The code of what is told when no thread or process can be started; a process that dies says it too.
pub(super) const THREADS: &str = "usage.threads";

/// What a process says before it ends because the system gives it no more memory.
pub(super) const MEMORY: &str = "wangge: the system gives no more memory / 系统不再给出内存";

/// What a process says before it ends because a script asks for more memory than it may have.
pub(super) const REFUSED: &str =
    "wangge: a script asks for more memory than its limit / 规则要求的内存超出限制";

/// From now on a process that runs into a limit of memory says so on stderr before it ends, and a file that grows beyond
/// its limit is an error of writing.
pub fn report_limits(role: ProcessRole) {
    let main = role == ProcessRole::Main;
    meter::on_exhausted(if main { || exit_saying(MEMORY) } else { || abort_saying(MEMORY) });
    meter::on_refused(if main { || exit_saying(REFUSED) } else { || abort_saying(REFUSED) });
    system::survive_file_limit();
}

/// Ends the process the user started: no other one can say why it ends.
fn exit_saying(why: &str) {
    say(why);
    system::exit(2)
}

/// Ends a process whose stderr the process that waits for it reads.
fn abort_saying(why: &str) {
    say(why);
    std::process::abort()
}

fn say(why: &str) {
    use std::io::Write;
    let mut to = io::stderr().lock();
    let _ = to.write_all(why.as_bytes()).and_then(|()| to.write_all(b"\n"));
}

/// Starts a thread.
///
/// # Errors
///
/// The system does not let us.
pub fn start_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    start_built(Builder::new(), work)
}

/// A pool of threads with stacks of `stack` bytes; as many as there are processors, unless `threads` are asked for.
///
/// # Errors
///
/// The system does not let us.
pub fn thread_pool(threads: Option<usize>, stack: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, |threads| threads.min(most_threads())))
        .spawn_handler(|thread| start_built(Builder::new().stack_size(stack), move || thread.run()).map(drop))
        .build()
}

/// Threads for each processor beyond which more of them only stand in each other's way.
const THREADS_OF_A_PROCESSOR: usize = 8;

fn most_threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).saturating_mul(THREADS_OF_A_PROCESSOR)
}

/// Starts a thread and waits until it runs: a thread that finds no memory for the stack of its signal handlers aborts
/// the process, which the one that starts it must not use up meanwhile.
fn start_built<T: Send + 'static>(
    builder: Builder,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    let (runs, running) = channel();
    let thread = builder.spawn(move || {
        let _ = runs.send(());
        drop(runs);
        work()
    })?;
    // Where the thread has ended without a word, its handle tells.
    let _ = running.recv();
    Ok(thread)
}

/// Whether a process could not be started for want of something that is limited.
pub fn is_limit(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::OutOfMemory)
}

/// No more threads or processes.
pub fn no_threads(error: &dyn std::error::Error) -> Fault {
    Fault {
        code: THREADS,
        message: Text::new(
            "系统不允许再建立线程或进程",
            format!("the system does not let the program start another thread or process: {error}"),
        ),
        help: limits_help(),
        ..Fault::default()
    }
}

/// Why a process ended before it did anything of the user's.
pub(super) fn limited(why: &Text) -> Fault {
    Fault {
        code: "usage.limits",
        message: Text::new(
            format!("运行所需的资源不足：{}", why.zh),
            format!("there is too little to run with: {}", why.en),
        ),
        help: limits_help(),
        ..Fault::default()
    }
}

/// What to do about a limit.
pub fn limits_help() -> Text {
    Text::new(
        "放宽对进程数和内存的限制（ulimit -u、ulimit -v、容器的限额），或用 --threads 减少线程",
        "raise the limits on processes and memory (ulimit -u, ulimit -v, those of the container), or use fewer \
         --threads",
    )
}

#[cfg(unix)]
mod system {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    /// A file that grows beyond its limit is an error of writing, not the end of the process.
    pub(super) fn survive_file_limit() {
        let heard = Arc::new(AtomicBool::new(false));
        // Where it cannot be heard the process ends, as without it.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
    }

    /// Ends the process at once: what is done at a regular end takes memory.
    pub(super) fn exit(code: i32) -> ! {
        signal_hook::low_level::exit(code)
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn survive_file_limit() {}

    #[expect(clippy::exit, reason = "there is no memory to do anything else")]
    pub(super) fn exit(code: i32) -> ! {
        std::process::exit(code)
    }
}
