//! `wangge schema`: the JSON Schemas of what is written for other programs, and of files that people write.

use clap::ValueEnum;
use serde_json::Value;

use crate::batch::assessment_log;
use crate::console::Console;
use crate::exit::Exit;
use crate::gate::{self, baseline, waivers};
use crate::ingest::rulings;
use crate::model::described::schema_of;
use crate::model::diagnosis::Diagnosis;
use crate::report::{difference, json, output};
use crate::rulebook::schemas;
use crate::schema::mapping_schema;

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// The report.
    Report,
    /// A line of `-o jsonl`.
    Line,
    /// Plans alone.
    Plan,
    /// Two reports compared.
    Diff,
    /// What `doctor` says.
    Diagnosis,
    /// A line of the log of assessments.
    Log,
    /// `wangge.toml`.
    Config,
    /// Conditions of the gate.
    Gate,
    /// Findings that are known.
    Baseline,
    /// What is not asked at the gate.
    Waivers,
    /// Rulings in TOML.
    Rulings,
    /// What the exports of a software are called.
    Mapping,
    /// `pack.toml`.
    Pack,
    /// `tables.toml` of a pack.
    Tables,
    /// `clauses.toml` of a pack.
    Clauses,
    /// `catalog/*.toml` of a pack.
    Catalog,
}

/// Writes the schema to stdout; `config` is that of `wangge.toml`, which follows from the options there are.
pub fn run(of: Described, config: &Value, console: &Console) -> Exit {
    console.print_result(&text(of, config))
}

fn text(of: Described, config: &Value) -> String {
    match of {
        Described::Report => json::schema(),
        Described::Line => json::text(&json::line_schema()),
        Described::Plan => output::plan(true).schema.map(|schema| schema()).unwrap_or_default(),
        Described::Diff => difference::schema(),
        Described::Diagnosis => json::text(&schema_of::<Diagnosis>()),
        Described::Log => json::text(&assessment_log::schema()),
        Described::Config => json::text(config),
        Described::Gate => json::text(&gate::schema()),
        Described::Baseline => json::text(&baseline::schema()),
        Described::Waivers => json::text(&waivers::schema()),
        Described::Rulings => json::text(&rulings::schema()),
        Described::Mapping => json::text(&mapping_schema()),
        Described::Pack => of_pack("pack"),
        Described::Tables => of_pack("tables"),
        Described::Clauses => of_pack("clauses"),
        Described::Catalog => of_pack("catalog"),
    }
}

/// The schema of some files of a pack, as editors have it.
fn of_pack(name: &str) -> String {
    schemas().into_iter().find(|one| one.name == name).map(|one| json::text(&one.schema)).unwrap_or_default()
}
