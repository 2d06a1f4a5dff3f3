//! What the program costs beside floors that nothing can go below, measured in turns on data of `wangge demo`.
//!
//! `cargo bench -- [GROUP…] [--quick] [--huge] [--data DIR] [--json FILE]`, and `cargo bench -- page` to write the
//! figures into `docs/benchmarks.md`.
#![allow(clippy::type_complexity, clippy::collapsible_if, reason = "a bench")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "names of our own rules")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a person at a terminal")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot run should stop"
)]
#![allow(clippy::indexing_slicing, reason = "loops as one would write them by hand")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "figures, not money")]
#![allow(unreachable_pub, dead_code, reason = "shared with benches/peers")]

#[path = "../common/mod.rs"]
mod common;
mod page;
mod parsing;
mod predicates;
mod process;
mod runs;
mod typed;

use std::path::PathBuf;

use common::figures::{Figures, Group, Machine};

/// What was asked for.
struct Asked {
    groups: Vec<String>,
    quick: bool,
    huge: bool,
    /// Where generated data is kept from run to run.
    data: PathBuf,
    json: PathBuf,
}

type Measure = fn(&Asked) -> Group;

const GROUPS: [(&str, Measure); 9] = [
    ("predicates", predicates::group),
    ("parsing", parsing::group),
    ("start", runs::start),
    ("small", runs::small),
    ("counties", runs::counties),
    ("rules", runs::rules),
    ("bytes", runs::bytes),
    ("memory", runs::memory),
    ("again", runs::again),
];

fn main() {
    let asked = asked();
    if let [first, folder, threads] = &asked.groups[..] {
        if first == typed::COMMAND {
            return typed::run(folder.as_ref(), threads.parse().unwrap_or(1));
        }
    }
    if asked.groups == ["page"] {
        return page::write(&asked.json);
    }
    let mut figures = Figures { machine: Machine::here(), groups: Vec::new() };
    for (name, measure) in GROUPS {
        if asked.groups.is_empty() || asked.groups.iter().any(|wanted| wanted == name) {
            let group = measure(&asked);
            println!("{}\n\n{}\n{}\n", group.title, group.table(), group.note);
            figures.groups.push(group);
        }
    }
    figures.machine.ended();
    figures.write(&asked.json).expect("the figures are written");
}

fn asked() -> Asked {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut asked = Asked {
        groups: Vec::new(),
        quick: false,
        huge: false,
        data: std::env::temp_dir().join("wangge-bench"),
        json: root.join("docs/benchmarks/floors.json"),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || PathBuf::from(words.next().expect("a value"));
        match word.as_str() {
            "--quick" => asked.quick = true,
            "--huge" => asked.huge = true,
            "--data" => asked.data = value(),
            "--json" => asked.json = value(),
            // What cargo adds.
            "--bench" => {}
            _ => asked.groups.push(word),
        }
    }
    asked
}
