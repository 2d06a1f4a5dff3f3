//! Doing something again whenever files change. Times are asked for twice a second: that needs nothing of the system,
//! and works on folders that come over a network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;

const PAUSE: Duration = Duration::from_millis(500);
/// Folders deeper than this are not looked into.
const DEPTH: usize = 9;

type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Does it, and again after each change below the paths, until the process is ended.
pub(super) fn again(paths: &[PathBuf], console: &Console, once: impl Fn() -> Exit) -> Exit {
    if paths.is_empty() {
        return console.fail_with(nothing());
    }
    let waiting =
        Text::new("\n等待文件变动，按 Ctrl-C 结束\n", "\nwaiting for files to change; Ctrl-C ends\n");
    loop {
        let before = seen(paths);
        let _ = once();
        if console.result(waiting.get(console.lang)).is_err() {
            return Exit::CouldNotJudge;
        }
        while seen(paths) == before {
            thread::sleep(PAUSE);
        }
        // An editor may write a file in several steps.
        thread::sleep(PAUSE / 5);
    }
}

fn nothing() -> Fault {
    Fault {
        code: "usage.watch",
        message: Text::new("没有可看的规则包", "there is no pack to watch"),
        help: Text::new("--watch 与 --packs 一起用", "use --watch with --packs"),
        ..Fault::default()
    }
}

fn seen(paths: &[PathBuf]) -> Seen {
    let mut all = Seen::new();
    paths.iter().for_each(|path| look(path, 0, &mut all));
    all
}

fn look(path: &Path, depth: usize, all: &mut Seen) {
    let Ok(kind) = fs::symlink_metadata(path) else { return };
    if kind.is_file() {
        all.insert(path.to_owned(), (kind.modified().ok(), kind.len()));
    } else if kind.is_dir() && depth < DEPTH {
        let entries = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
        entries.for_each(|entry| look(&entry.path(), depth.saturating_add(1), all));
    }
}
