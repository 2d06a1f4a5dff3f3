//! Ctrl-C, and what is heard like it: the first press cancels the run, which ends with what it has; the second ends the process at once.

use std::io::Write;
use std::sync::OnceLock;

use super::{INTERRUPTED, interrupts, signals, start_thread};
use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};
use crate::resources::cancellation::CancellationToken;

/// The message of a run that was cancelled.
pub fn interrupted(message: Text, help: Text) -> Fault {
    Fault { code: "run.interrupted", message, help, ..Fault::default() }
}

/// The token that Ctrl-C cancels from now on, always the same in a process. Where the system installs no handler, Ctrl-C
/// ends the process as without this.
pub fn cancel_on_interrupt(lang: Lang) -> CancellationToken {
    static TOKEN: OnceLock<CancellationToken> = OnceLock::new();
    TOKEN
        .get_or_init(|| {
            let token = CancellationToken::default();
            let cancelled = token.clone();
            match interrupts() {
                Some(forwarded) => {
                    drop(start_thread(move || {
                        forwarded.iter().for_each(|()| on_interrupt(&cancelled, lang));
                    }));
                }
                None => signals::handle(move || on_interrupt(&cancelled, lang)),
            }
            token
        })
        .clone()
}

#[expect(clippy::exit, reason = "meant to end the program wherever it is")]
fn on_interrupt(token: &CancellationToken, lang: Lang) {
    if token.is_cancelled() {
        std::process::exit(INTERRUPTED);
    }
    token.cancel();
    let message = Text::new(
        "正在停止：已评估的会写出来；再按一次 Ctrl-C 立即结束",
        "stopping: what is done will be written; press Ctrl-C again to end at once",
    );
    let _ = writeln!(std::io::stderr().lock(), "\n{}", message.get(lang));
}
