//! Puts the figures into `docs/benchmarks.md`.

use std::fs;
use std::path::Path;

use super::common::figures::{Figures, Machine};

const PAGE: &str = "docs/benchmarks.md";
/// Files of figures beside that of the floors, and who writes them.
const OTHERS: [&str; 2] = ["predicates.json", "jobs.json"];
const BEGIN: &str = "<!-- figures: written by `cargo bench -- page` -->\n";

/// Writes the figures of all runs below the text of the page.
pub fn write(floors: &Path) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let old = fs::read_to_string(&page).expect("the page is there");
    let (text, _) = old.split_once(BEGIN).expect("the page has a place for figures");
    let others = OTHERS.map(|name| floors.with_file_name(name));
    let told: String = std::iter::once(floors.to_owned())
        .chain(others)
        .filter_map(|path| Figures::read(&path))
        .map(|figures| told(&figures))
        .collect();
    fs::write(&page, format!("{text}{BEGIN}{told}")).expect("the page is written");
}

fn told(figures: &Figures) -> String {
    let groups = figures.groups.iter().filter(|group| !group.lines.is_empty()).map(|group| {
        let machine = described(group.machine.as_ref().unwrap_or(&figures.machine));
        format!("\n### {}\n\n{}\n{}\n\n*{machine}*\n", group.title, group.table(), group.note)
    });
    groups.collect()
}

fn described(machine: &Machine) -> String {
    let Machine { processor, cores, memory, load: [before, after] } = machine;
    format!(
        "{processor}, {cores} threads, {memory} GB; other load at the beginning {before:.1}, at the end {after:.1}."
    )
}
