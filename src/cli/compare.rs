//! Arguments of the commands that write out the built-in rules and compare packs.

use std::path::PathBuf;

use clap::Args;

use super::packs::BookArgs;
use super::rules::{Day, choices};
use super::{TOP, in_pool, with};
use crate::command::rules::{Comparing, ComparisonFormat, Ejecting, run_diff};
use crate::console::Console;
use crate::exit::Exit;

/// What is written out.
#[derive(Args, Debug)]
pub(super) struct EjectArgs {
    /// Folder to write to
    #[arg(value_name = "DIR")]
    eject_folder: PathBuf,
    /// Rules, items, tables, requirements or clauses, such as A.1.3, A.2 or 2/10.6.2, to be changed in a pack of your
    /// own; the whole built-in pack without
    #[arg(value_name = "ID")]
    eject_ids: Vec<String>,
    /// Write over files that are there
    #[arg(long = "force")]
    overwrite: bool,
}

impl EjectArgs {
    pub(super) fn asked(&self) -> Ejecting {
        Ejecting { folder: self.eject_folder.clone(), ids: self.eject_ids.clone(), force: self.overwrite }
    }
}

/// What is compared.
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The old pack: a folder, a .wpack file, or `builtin`
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new pack: a folder, a .wpack file, or `builtin`
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// A pack, or folder of packs, that only the old pack needs; repeatable
    #[arg(long, value_name = "PACK")]
    old_packs: Vec<PathBuf>,
    /// A pack, or folder of packs, that only the new pack needs; repeatable
    #[arg(long, value_name = "PACK")]
    new_packs: Vec<PathBuf>,
    #[command(flatten)]
    book: BookArgs,
    /// Submissions to judge by both: whose score or verdict changes; repeatable
    #[arg(long, value_name = "PATH")]
    on: Vec<PathBuf>,
    /// A file of rulings (CSV, XLSX or TOML); repeatable
    #[arg(long, value_name = "FILE", requires = "on")]
    rulings: Vec<PathBuf>,
    /// Form of the result
    #[arg(long = "format", value_enum, default_value_t = ComparisonFormat::Text)]
    comparison_format: ComparisonFormat,
    /// Lines of each list; 0 for all
    #[arg(long = "top", value_name = "N", default_value_t = TOP)]
    lines: usize,
}

/// The built-in pack on the command line.
const BUILT_IN: [&str; 2] = ["builtin", "内置"];

impl DiffArgs {
    pub(super) fn run(&self, console: &Console) -> Exit {
        with(choices(Some(&self.book), Day::Now), console, |choices| {
            let asked = self.asked(&choices.packs);
            in_pool(None, console, || run_diff(&asked, &choices, console))
        })
    }

    fn asked(&self, common: &[PathBuf]) -> Comparing {
        let side = |pack: &PathBuf, own: &[PathBuf]| -> Vec<PathBuf> {
            if BUILT_IN.iter().any(|name| pack.as_os_str() == *name) {
                return Vec::new();
            }
            [pack].into_iter().chain(own).chain(common).cloned().collect()
        };
        Comparing {
            old: side(&self.old, &self.old_packs),
            new: side(&self.new, &self.new_packs),
            on: self.on.clone(),
            rulings: self.rulings.clone(),
            format: self.comparison_format,
            top: self.lines,
        }
    }
}
