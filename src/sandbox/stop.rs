//! Ctrl-C: the first press asks the run to end with what it has, the second ends it at once.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::{INTERRUPTED, presses, start_thread};
use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};

/// Whether the user asked to stop.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// What is told of a run that was stopped.
pub fn interrupted(message: Text, help: Text) -> Fault {
    Fault { code: "run.interrupted", message, help, ..Fault::default() }
}

impl Stop {
    /// Listens for Ctrl-C from now on. Where the system does not let us, Ctrl-C ends the program as ever.
    pub fn listen(lang: Lang) -> Self {
        static STOP: OnceLock<Stop> = OnceLock::new();
        STOP.get_or_init(|| {
            let stop = Self::default();
            let pressed = stop.clone();
            match presses() {
                Some(handed) => {
                    drop(start_thread(move || handed.iter().for_each(|()| pressed.hear(lang))));
                }
                None => drop(ctrlc::set_handler(move || pressed.hear(lang))),
            }
            stop
        })
        .clone()
    }

    /// Whether the run should end.
    pub fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// What is set once the run should end.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    /// Asks the run to end.
    pub fn press(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn hear(&self, lang: Lang) {
        if self.is_pressed() {
            // Meant to end the program wherever it is.
            std::process::exit(INTERRUPTED);
        }
        self.press();
        let told = Text::new(
            "正在停止：已评估的会写出来；再按一次 Ctrl-C 立即结束",
            "stopping: what is done will be written; press Ctrl-C again to end at once",
        );
        let _ = writeln!(std::io::stderr().lock(), "\n{}", told.get(lang));
    }
}
