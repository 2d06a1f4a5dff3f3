//! Arguments of the commands that write out the built-in rules and compare packs.

use std::path::PathBuf;

use clap::Args;

use crate::command::rules::Ejecting;

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
