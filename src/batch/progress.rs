//! How far a run is, on stderr while somebody watches: a line for each organization as it ends, and a status that
//! is wiped when the run is over.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::executor::TaskResult;
use super::task_queue::Task;
use crate::console::Console;
use crate::model::report::Verdict;
use crate::model::text::Lang;
use crate::report::{escape, words};

/// The status is drawn no more often than this a second.
const DRAWN: u8 = 10;

/// The progress of a run.
pub struct Progress {
    /// What is drawn; nothing where nobody watches.
    status: ProgressBar,
    lang: Lang,
    all: usize,
    done: usize,
    unqualified: usize,
    unreadable: usize,
    /// By place in the order of the report.
    bytes: BTreeMap<usize, u64>,
    left: u64,
    begun: Instant,
}

impl Progress {
    /// Nothing is done yet. Nothing is shown for a single submission, or where stderr is no terminal.
    pub fn begin(tasks: &[&Task], quiet: bool, console: &Console) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let bytes: BTreeMap<_, _> = tasks.iter().map(|task| (task.at, task.bytes)).collect();
        let silent = quiet || dumb || tasks.len() < 2 || !io::stderr().is_terminal();
        let target =
            if silent { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(DRAWN) };
        let status = ProgressBar::with_draw_target(None, target);
        // What cannot be laid out as wished is shown as the library does it.
        let status = ProgressStyle::with_template("{msg}")
            .map_or_else(|_| status.clone(), |style| status.clone().with_style(style));
        Self {
            status,
            lang: console.lang,
            all: tasks.len(),
            done: 0,
            unqualified: 0,
            unreadable: 0,
            left: bytes.values().fold(0, |sum, bytes| sum.saturating_add(*bytes)),
            bytes,
            begun: Instant::now(),
        }
    }

    /// One more is done.
    pub fn ended(&mut self, ended: &TaskResult) {
        self.done = self.done.saturating_add(1);
        self.left = self.left.saturating_sub(self.bytes.get(&ended.at).copied().unwrap_or(0));
        let count = match &ended.result {
            Ok(one) if one.organization.verdict == Verdict::Unqualified => Some(&mut self.unqualified),
            Ok(_) => None,
            Err(_) => Some(&mut self.unreadable),
        };
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
        if !self.status.is_hidden() {
            self.status.println(line(ended, self.lang));
            self.status.set_message(self.summary());
        }
    }

    fn summary(&self) -> String {
        let Self { all, done, unqualified, unreadable, .. } = self;
        let left = self.seconds_left().unwrap_or(0);
        match self.lang {
            Lang::Zh => {
                format!("{done}/{all} · 不合格 {unqualified} · 无法读取 {unreadable} · 约剩 {left} 秒")
            }
            Lang::En => {
                format!("{done}/{all} · unqualified {unqualified} · unreadable {unreadable} · {left} s left")
            }
        }
    }

    /// By the bytes that are left, as if they took as long as those before.
    fn seconds_left(&self) -> Option<u64> {
        let all = self.bytes.values().fold(0_u64, |sum, bytes| sum.saturating_add(*bytes));
        let spent = self.begun.elapsed().as_secs();
        spent.checked_mul(self.left)?.checked_div(all.saturating_sub(self.left))
    }

    /// All is done: the status goes.
    pub fn finish(&self) {
        self.status.finish_and_clear();
    }
}

/// The line of one organization.
fn line(ended: &TaskResult, lang: Lang) -> String {
    let Ok(assessed) = &ended.result else {
        return format!(
            "! {}  {}",
            words::pick(lang, "无法读取", "unreadable"),
            escape::terminal(&ended.path)
        );
    };
    let one = &assessed.organization;
    let name = if one.name.is_empty() { &ended.path } else { &one.name };
    format!(
        "{} {}  {}  {} ({})",
        words::sign(one.verdict),
        words::verdict(one.verdict, lang),
        words::range(one.score.low, one.score.high, lang),
        escape::terminal(name),
        escape::terminal(&one.id),
    )
}
