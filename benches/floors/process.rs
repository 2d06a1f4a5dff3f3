//! Whole processes timed in turns: time that passes, time on processors, the most memory.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::common::figures::{Line, Spread};

/// What a process cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Seconds that passed.
    pub wall: f64,
    /// Seconds on all processors together.
    pub processor: f64,
    /// The most memory it had, in MB.
    pub peak: f64,
}

/// A process to be timed.
pub struct Entry {
    /// What is done.
    pub case: String,
    /// By what.
    pub variant: String,
    /// Figures of time are divided by this.
    pub per: f64,
    /// Makes the process ready.
    pub command: Box<dyn Fn() -> Command>,
}

/// What is told of a process.
#[derive(Clone, Copy)]
pub enum Told {
    /// Time.
    Time,
    /// Memory.
    Memory,
}

/// Runs every process `rounds` times in turns.
pub fn contest(rounds: usize, floor: &str, told: Told, entries: &[Entry]) -> Vec<Line> {
    let mut costs = vec![Vec::new(); entries.len()];
    for _ in 0..rounds {
        for (entry, costs) in entries.iter().zip(&mut costs) {
            costs.push(run(&mut (entry.command)()));
        }
    }
    let aspects: &[(&str, fn(&Cost) -> f64)] = match told {
        Told::Time => &[(", passing", |cost| cost.wall), (", on processors", |cost| cost.processor)],
        Told::Memory => &[("", |cost| cost.peak)],
    };
    let mut lines = Vec::new();
    for (aspect, figure) in aspects {
        for (entry, own) in entries.iter().zip(&costs) {
            let mut others = entries.iter().zip(&costs);
            let base = others.find(|(other, _)| other.case == entry.case && other.variant == floor);
            let base = base.filter(|_| entry.variant != floor);
            let ratios = base.map(|(other, base)| {
                let pairs = own.iter().zip(base);
                pairs.map(|(own, base)| figure(own) / entry.per / (figure(base) / other.per)).collect()
            });
            lines.push(Line {
                case: format!("{}{aspect}", entry.case),
                variant: entry.variant.clone(),
                figure: Spread::of(own.iter().map(|cost| figure(cost) / entry.per).collect()),
                ratio: ratios.map(Spread::of),
            });
        }
    }
    lines
}

/// Runs a process to its end.
///
/// # Panics
///
/// It cannot be run or could not judge.
pub fn run(command: &mut Command) -> Cost {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    let mut cost = watched(&child, start);
    let status = child.wait().expect("the program ends");
    if cost.wall == 0.0 {
        cost.wall = start.elapsed().as_secs_f64();
    }
    assert!(status.code().is_some_and(|code| code < 2), "{command:?}: {status}");
    cost
}

/// Watches a process until it has ended, but is not yet waited for: then the system still tells its time. Elsewhere than
/// on Linux nothing can be seen.
fn watched(child: &Child, start: Instant) -> Cost {
    let process = format!("/proc/{}", child.id());
    let (times, memory) = (format!("{process}/stat"), format!("{process}/status"));
    let children = format!("{process}/task/{}/children", child.id());
    let mut cost = Cost::default();
    while let Ok(text) = fs::read_to_string(&times) {
        let fields: Vec<&str> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        if fields.first() == Some(&"Z") {
            let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
            // Its own and those of the processes it waited for, in each the program's and the system's.
            cost.processor = (11..15).map(ticks).sum::<f64>() / 100.0;
            cost.wall = start.elapsed().as_secs_f64();
            break;
        }
        let parts: f64 = fs::read_to_string(&children)
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|child| peak(&format!("/proc/{child}/status")))
            .sum();
        cost.peak = cost.peak.max(peak(&memory).unwrap_or(0.0) + parts);
        sleep(if start.elapsed().as_millis() < 200 {
            Duration::from_micros(500)
        } else {
            Duration::from_millis(3)
        });
    }
    cost
}

fn peak(status: &str) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
