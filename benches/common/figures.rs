//! Figures of a run: what was measured against what, with medians and spread; as JSON, and as tables for a page.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, thread};

use serde::{Deserialize, Serialize};

/// What one program measured in one run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// The machine and how busy it was.
    pub machine: Machine,
    /// What was measured.
    pub groups: Vec<Group>,
}

/// Where a run took place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Machine {
    /// Model of the processor.
    pub processor: String,
    /// Processors that could be used.
    pub cores: usize,
    /// Memory in GB.
    pub memory: u64,
    /// Tasks that were running besides, at the beginning and at the end of the run.
    pub load: [f64; 2],
}

/// Figures in one unit that belong together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Name by which the page and the command line know it.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Unit of the figures.
    pub unit: String,
    /// The variant the others are compared with; empty where each case stands for itself.
    pub floor: String,
    /// What a reader must know to read them.
    pub note: String,
    /// The figures.
    pub lines: Vec<Line>,
    /// Where they were taken; noted when they are written.
    #[serde(default)]
    pub machine: Option<Machine>,
}

/// One thing measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// What is done.
    pub case: String,
    /// By what.
    pub variant: String,
    /// How long it took.
    pub figure: Spread,
    /// How many times the floor, of the same round.
    pub ratio: Option<Spread>,
}

/// The middle of several rounds, and the ends.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Spread {
    /// Of the figures of all rounds.
    pub fn of(mut rounds: Vec<f64>) -> Self {
        rounds.sort_by(f64::total_cmp);
        let at =
            |share: usize| rounds.get(rounds.len().saturating_sub(1) * share / 2).copied().unwrap_or(0.0);
        Self { median: at(1), low: at(0), high: at(2) }
    }

    fn shown(self) -> String {
        format!("{} [{}–{}]", shown(self.median), shown(self.low), shown(self.high))
    }
}

/// Three digits that count.
fn shown(figure: f64) -> String {
    match figure {
        f if f >= 100.0 => format!("{f:.0}"),
        f if f >= 10.0 => format!("{f:.1}"),
        f => format!("{f:.2}"),
    }
}

impl Machine {
    /// This machine; `load` is told at the beginning.
    pub fn here() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let after = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
            line.split(':').next_back().unwrap_or_default().trim().to_owned()
        };
        let kilobytes = after(&read("/proc/meminfo"), "MemTotal");
        let kilobytes = kilobytes.trim_end_matches(" kB").parse::<u64>().unwrap_or(0);
        Self {
            processor: after(&read("/proc/cpuinfo"), "model name"),
            cores: thread::available_parallelism().map_or(0, usize::from),
            memory: kilobytes.div_ceil(1024 * 1024),
            load: [load(); 2],
        }
    }

    /// Notes the load at the end.
    pub fn ended(&mut self) {
        self.load[1] = load();
    }
}

fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|load| load.parse().ok()).unwrap_or(0.0)
}

impl Figures {
    /// Reads a file, if it is there.
    pub fn read(path: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Writes a file; groups that were not measured this time stay as they were.
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut all = Self::read(path).unwrap_or_default();
        for group in &self.groups {
            let group = &Group { machine: Some(self.machine.clone()), ..group.clone() };
            match all.groups.iter_mut().find(|known| known.id == group.id) {
                Some(known) => known.clone_from(group),
                None => all.groups.push(group.clone()),
            }
        }
        all.machine.clone_from(&self.machine);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, serde_json::to_string_pretty(&all)? + "\n")
    }
}

impl Group {
    /// A Markdown table: a row for each case, a column for each variant.
    pub fn table(&self) -> String {
        let mut variants: Vec<&str> = Vec::new();
        let mut cases: Vec<&str> = Vec::new();
        for line in &self.lines {
            if !variants.contains(&line.variant.as_str()) {
                variants.push(&line.variant);
            }
            if !cases.contains(&line.case.as_str()) {
                cases.push(&line.case);
            }
        }
        let mut text =
            format!("| {} | {} |\n|---|{}\n", self.unit, variants.join(" | "), "---|".repeat(variants.len()));
        for case in cases {
            let cell = |variant: &&str| {
                let line = self.lines.iter().find(|line| line.case == case && line.variant == **variant);
                line.map_or_else(String::new, Line::cell)
            };
            let cells: Vec<String> = variants.iter().map(cell).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {case} | {} |", cells.join(" | "));
        }
        text
    }
}

impl Line {
    fn cell(&self) -> String {
        let ratio = self.ratio.map(|ratio| {
            format!("; **{}×** [{}–{}]", shown(ratio.median), shown(ratio.low), shown(ratio.high))
        });
        format!("{}{}", self.figure.shown(), ratio.unwrap_or_default())
    }
}
