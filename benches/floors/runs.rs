//! Whole runs of the program: start, many small submissions, large counties, more rules, more bytes, less memory, again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Asked;
use super::common::data::{self, Writing};
use super::common::figures::{Group, Line, Spread};
use super::process::{Entry, Told, contest, run};
use super::typed;
use wangge::demo::{Faults, Size};

/// A run of the program over a folder.
fn check(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wangge"));
    command.arg("check").arg(folder).args(["--as-of", "2026-06-30", "--quiet", "--exit-zero"]).args(more);
    // The cache of this machine's user is not to be seen, nor filled.
    command.env("XDG_CACHE_HOME", folder.with_extension("cache"));
    command
}

/// A run that takes nothing from an earlier one.
fn anew(folder: &Path, more: &[&str]) -> Command {
    let mut command = check(folder, more);
    if offers("--no-cache") {
        command.arg("--no-cache");
    }
    command
}

fn offers(option: &str) -> bool {
    let help = Command::new(env!("CARGO_BIN_EXE_wangge")).args(["check", "--help"]).output();
    help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains(option))
}

/// The least there is to do with the same bytes, as a process.
fn bare(folder: &Path, threads: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(typed::COMMAND).arg(folder).arg(threads);
    command
}

fn entry(case: &str, variant: &str, per: f64, command: impl Fn() -> Command + 'static) -> Entry {
    Entry { case: case.to_owned(), variant: variant.to_owned(), per, command: Box::new(command) }
}

fn group(id: &str, title: &str, unit: &str, floor: &str, note: &str, lines: Vec<Line>) -> Group {
    let [id, title, unit, floor, note] = [id, title, unit, floor, note].map(str::to_owned);
    Group { id, title, unit, floor, note, lines, machine: None }
}

fn made(asked: &Asked, name: &str, organizations: usize, size: Size, faults: Faults) -> PathBuf {
    data::demo(&asked.data, name, &data::counties(organizations, size, faults))
}

pub fn start(asked: &Asked) -> Group {
    let demo = made(asked, "one-small", 1, data::SMALL, Faults::None);
    let version = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wangge"));
        command.arg("--version");
        command
    };
    let entries = [
        entry("one small submission", "nothing", 1e-3, version),
        entry("one small submission", "start to report", 1e-3, move || anew(&demo, &[])),
    ];
    let rounds = if asked.quick { 5 } else { 25 };
    let note = "A clean county of 12 grids, 60 events and 40 staff in 33 CSV files. *nothing*: the program told to print its \
                version. Processor time is told by the system in steps of 10 ms.";
    let lines = contest(rounds, "", Told::Time, &entries);
    group("start", "From start to report", "ms", "", note, lines)
}

pub fn small(asked: &Asked) -> Group {
    let organizations = if asked.quick { 100 } else { 2_800 };
    let demo = made(asked, &format!("small-{organizations}"), organizations, data::SMALL, Faults::Some);
    let case = format!("{organizations} small submissions");
    let lines = against_bare(&case, &demo, 3);
    let note = "Counties of 12 grids, 60 events and 40 staff, every fifth with faults, in 33 CSV files each.";
    group("small", "Many small submissions", "s", "typed columns", note, lines)
}

/// A whole run beside bare parsing of the same bytes, with one thread and with all.
fn against_bare(case: &str, demo: &Path, rounds: usize) -> Vec<Line> {
    let all = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    let mut entries = Vec::new();
    for threads in ["1".to_owned(), all] {
        let case = format!("{case}, threads: {threads}");
        let (one, other, same) = (demo.to_owned(), demo.to_owned(), threads.clone());
        entries.push(entry(&case, "typed columns", 1.0, move || bare(&one, &threads)));
        entries.push(entry(&case, "wangge check", 1.0, move || anew(&other, &["--threads", &same])));
    }
    contest(rounds, "typed columns", Told::Time, &entries)
}

pub fn counties(asked: &Asked) -> Group {
    let organizations = if asked.quick {
        2
    } else if asked.huge {
        100
    } else {
        10
    };
    let demo = made(asked, &format!("counties-{organizations}"), organizations, data::LARGE, Faults::Some);
    let lines = against_bare(&format!("{organizations} counties"), &demo, 5);
    let note = "Counties of 100,000 events, 10,000 staff and 5,000 grids, every fifth with faults. *typed columns*: the same \
                bytes read, split and parsed into typed columns by a program that does nothing else.";
    group("counties", "Large counties", "s", "typed columns", note, lines)
}

pub fn rules(asked: &Asked) -> Group {
    let demo = made(asked, "counties-2", 2, data::LARGE, Faults::Some);
    let packs = asked.data.join("packs");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let count = rules_in(&own.join("items")) + rules_in(&own.join("structure"));
    let mut entries = Vec::new();
    for (variant, times) in [("once", 0), ("twice", 1), ("four times", 3)] {
        let pack = packs.join(times.to_string());
        repeat(&own.join("structure/p2"), &pack, count * times);
        let demo = demo.clone();
        entries.push(entry("2 counties", variant, 1.0, move || {
            let mut command = anew(&demo, &[]);
            if times > 0 {
                command.arg("--packs").arg(&pack);
            }
            command
        }));
    }
    let lines = contest(if asked.quick { 2 } else { 5 }, "once", Told::Time, &entries);
    let note = format!(
        "{count} rules, then so many more, copies of the structural ones under other names. The counties are large ones."
    );
    group("rules", "More rules", "s", "once", &note, lines)
}

fn rules_in(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let counted = paths.map(|path| match path.to_str() {
        Some(name) if name.ends_with(".rhai") && !name.ends_with(".test.rhai") => 1,
        _ if path.is_dir() => rules_in(&path),
        _ => 0,
    });
    counted.sum()
}

/// A pack of so many copies of rules.
fn repeat(from: &Path, pack: &Path, copies: usize) {
    let _ = fs::remove_dir_all(pack);
    let into = pack.join("structure/p2");
    fs::create_dir_all(&into).expect("a folder");
    let about = "id = \"bench\"\nversion = \"1\"\ntitle = { zh = \"加倍\", en = \"doubled\" }\nextends = [\"wangge.national\"]\n";
    fs::write(pack.join("pack.toml"), about).expect("written");
    let mut files: Vec<PathBuf> =
        fs::read_dir(from).expect("rules").map(|entry| entry.expect("a rule").path()).collect();
    files.retain(|path| {
        path.to_str().is_some_and(|name| name.ends_with(".rhai") && !name.ends_with(".test.rhai"))
    });
    files.sort();
    for (nth, file) in files.iter().cycle().take(copies).enumerate() {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let copy = format!("{stem}-copy{}", nth / files.len());
        let (id, new) = (stem.replacen('-', "/", 1), copy.replacen('-', "/", 1));
        let text = fs::read_to_string(file).expect("a rule").replacen(
            &format!("id: \"{id}\""),
            &format!("id: \"{new}\""),
            1,
        );
        fs::write(into.join(format!("{copy}.rhai")), text).expect("written");
    }
}

/// Bytes of all files of a demo.
fn bytes_in(demo: &Path) -> f64 {
    let files =
        data::submissions(demo).into_iter().flat_map(|folder| fs::read_dir(folder).expect("a submission"));
    files.map(|entry| entry.expect("an entry").metadata().expect("a file").len() as f64).sum()
}

pub fn bytes(asked: &Asked) -> Group {
    let mut sizes = vec![("10 MB", 76_000), ("100 MB", 760_000)];
    if !asked.quick {
        sizes.push(("1 GB", 7_600_000));
    }
    if asked.huge {
        sizes.push(("10 GB", 76_000_000));
    }
    let mut entries = Vec::new();
    for (name, events) in sizes {
        let size = Size { events, staff: 100, ..data::LARGE };
        let options = Writing::Utf8.county(&asked.data, size);
        let demo = data::demo(&asked.data, &format!("bytes-{events}"), &options);
        let per = bytes_in(&demo) * 1e-9;
        entries.push(entry(name, "wangge check", per, move || anew(&demo, &[])));
    }
    let lines = contest(3, "", Told::Time, &entries);
    let note = "One submission; nearly all of it is events. All rules run.";
    group("bytes", "More bytes", "ns a byte", "", note, lines)
}

pub fn memory(asked: &Asked) -> Group {
    let (name, events, budgets): (_, _, &[u32]) = if asked.huge {
        ("5 GB", 38_000_000, &[1024, 4096])
    } else if asked.quick {
        ("100 MB", 760_000, &[128])
    } else {
        ("1 GB", 7_600_000, &[256, 512, 1024])
    };
    let options = Writing::Utf8.county(&asked.data, Size { events, staff: 100, ..data::LARGE });
    let demo = data::demo(&asked.data, &format!("bytes-{events}"), &options);
    let mut lines = Vec::new();
    for budget in budgets.iter().filter(|_| offers("--memory")) {
        let demo = demo.clone();
        let case = format!("{name} on {budget} MB");
        let told = format!("{budget}M");
        lines.extend(contest(
            1,
            "",
            Told::Memory,
            &[entry(&case, "peak", 1.0, move || anew(&demo, &["--memory", &told]))],
        ));
    }
    let note = "The most memory the process had at any time, beside the budget it was given. One submission.";
    group("memory", "Memory", "MB", "", note, lines)
}

pub fn again(asked: &Asked) -> Group {
    let size = if asked.quick {
        data::SMALL
    } else {
        Size { events: 20_000, staff: 2_000, grids: 1_000, objects: 0 }
    };
    let demo = made(asked, &format!("again-{}", size.events), 100, size, Faults::Some);
    let mut lines = Vec::new();
    if offers("--no-cache") {
        let mut rounds: [Vec<f64>; 3] = Default::default();
        let changed = data::submissions(&demo).remove(50).join("荣誉奖励.csv");
        for round in 0..3 {
            let _ = fs::remove_dir_all(demo.with_extension("cache"));
            rounds[0].push(run(&mut check(&demo, &[])).wall);
            rounds[1].push(run(&mut check(&demo, &[])).wall);
            let row = format!("RY9{round},网格先锋,市级,市委,2025-05-0{},\r\n", round + 1);
            let file = fs::OpenOptions::new().append(true).open(&changed);
            std::io::Write::write_all(&mut file.expect("a table"), row.as_bytes()).expect("written");
            rounds[2].push(run(&mut check(&demo, &[])).wall);
        }
        for (variant, own) in ["first", "nothing changed", "one changed"].iter().zip(&rounds) {
            let ratio = own.iter().zip(&rounds[0]).map(|(own, first)| own / first).collect();
            lines.push(Line {
                case: "100 submissions, passing".to_owned(),
                variant: (*variant).to_owned(),
                figure: Spread::of(own.clone()),
                ratio: (*variant != "first").then(|| Spread::of(ratio)),
            });
        }
    }
    let note = "The same folder again, with the results of the first run kept. Counties of 20,000 events.";
    group("again", "A second run", "s", "first", note, lines)
}
