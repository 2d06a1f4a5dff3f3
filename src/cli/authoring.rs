//! Commands for those who write rules: new ones, their tests, and expressions to try.

use std::path::PathBuf;

use clap::Args;

use super::packs::BookArgs;
use crate::command::rules::{CoverageFormat, NewAsked, TestAsked, TryAsked};
use crate::model::privacy::Masking;

/// A new pack, or a new rule in a pack.
#[derive(Args, Debug)]
pub(super) struct NewArgs {
    /// Id of the rule: an item of a table of your own such as A.8.1, a rule of your own such as P/1, or a clause of the
    /// standard such as 2/10.6.1; none makes the pack alone
    #[arg(value_name = "ID")]
    rule_id: Option<String>,
    /// Folder of the pack; made where there is none
    #[arg(long = "pack", value_name = "DIR")]
    own_pack: PathBuf,
    /// The table it looks at, such as grids or 网格
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    /// What it asks for, in a sentence
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Points of an item
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=1000))]
    points: u32,
    #[command(flatten)]
    pub(super) book: BookArgs,
}

impl NewArgs {
    pub(super) fn asked(&self) -> NewAsked {
        NewAsked {
            id: self.rule_id.clone(),
            pack: self.own_pack.clone(),
            table: self.table.clone(),
            title: self.title.clone(),
            points: self.points,
        }
    }
}

/// Which tests are run.
#[derive(Args, Debug)]
pub(super) struct TestArgs {
    /// Rules to test, or what their ids begin with, such as A.8; otherwise those in which the packs given have a say
    #[arg(value_name = "ID")]
    rule_ids: Vec<String>,
    /// Only tests with this in their name or the id of their rule
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// All rules, those of the packs below too
    #[arg(long)]
    all: bool,
    /// Tell which requirements, branches and closures the tests do not reach
    #[arg(long, value_name = "FORMAT", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    coverage: Option<CoverageFormat>,
    /// Run again whenever a file of the packs changes, until Ctrl-C
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    pub(super) book: BookArgs,
}

impl TestArgs {
    pub(super) fn asked(&self) -> TestAsked {
        TestAsked {
            ids: self.rule_ids.clone(),
            filter: self.filter.clone(),
            all: self.all,
            coverage: self.coverage,
            watch: self.watch,
        }
    }
}

/// What is tried on a submission.
#[derive(Args, Debug)]
pub(super) struct TryArgs {
    /// A submission (a folder of tables, or one workbook)
    #[arg(value_name = "PATH")]
    submission: PathBuf,
    /// An expression, such as `t.grids.count()`; repeatable
    #[arg(short = 'e', long = "expression", value_name = "EXPR")]
    expressions: Vec<String>,
    /// Rows shown of a table
    #[arg(long, value_name = "N", default_value_t = 20)]
    rows: usize,
    /// Show personal data as it stands
    #[arg(long)]
    unmask: bool,
    #[command(flatten)]
    pub(super) book: BookArgs,
}

impl TryArgs {
    pub(super) fn asked(&self) -> TryAsked {
        let (path, expressions) = (self.submission.clone(), self.expressions.clone());
        TryAsked { path, expressions, rows: self.rows }
    }

    pub(super) fn masking(&self) -> Masking {
        if self.unmask { Masking::Off } else { Masking::On }
    }
}
