//! Settings that stand in files and in the environment: arguments that are added to those of the command line.
//!
//! ```text
//! command line ────────────────────────────┐ highest
//! WANGGE_NAME ─▶ environment ─▶ Layer ─────┤──▶ resolution ─▶ arguments as if all were on the command line
//! wangge.toml ─▶ file ─▶ Layer             │       └▶ listing (`wangge config`)
//!   └ extends ─▶ file ─▶ Layer ────────────┘ lowest
//! ```

mod environment;
mod error;
mod file;
mod layer;
mod listing;
mod resolution;
mod schema;
mod setting;

use std::ffi::OsString;

use clap::ArgMatches;

use self::error::wrong_value;
use self::layer::Layer;
pub(super) use self::listing::config;
use self::resolution::{Chosen, Resolution};
pub(super) use self::schema::schema;
use super::command::Program;
use crate::model::fault::Fault;
use crate::model::text::Lang;

/// The flag that leaves files and environment out of account.
pub(super) const ISOLATED: &str = "isolated";

/// The arguments of the command line with those that files and the environment add.
///
/// # Errors
/// What is wrong with a file or a variable.
pub(super) fn expand(
    program: &Program,
    arguments: &[OsString],
    lang: Lang,
) -> Result<Vec<OsString>, Vec<Fault>> {
    let plain = || Ok(arguments.to_vec());
    // What is missing on the command line may stand in a file.
    let Ok(given) = program.clap(lang).ignore_errors(true).try_get_matches_from(arguments) else {
        return plain();
    };
    let Some((name, given)) = given.subcommand() else { return plain() };
    if !setting::COMMANDS.contains(&name) || is_isolated(given) {
        return plain();
    }
    let chosen = Resolution::new(program, name, lang).choose(Some(given), &layers()?);
    let Some(after) = place_of(program, arguments, name) else { return plain() };
    let with = |chosen: &[Chosen]| {
        let mut all = arguments.to_vec();
        all.splice(after..after, chosen.iter().flat_map(|one| one.arguments.iter().cloned()));
        all
    };
    let all = with(&chosen);
    if program.clap(lang).try_get_matches_from(&all).is_ok() {
        return Ok(all);
    }
    let faults: Vec<Fault> = chosen
        .iter()
        .filter_map(|one| {
            let alone = program.clap(lang).try_get_matches_from(with(std::slice::from_ref(one)));
            alone.err().and_then(|error| wrong_value(one, &error))
        })
        .collect();
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

/// All layers, the highest first.
fn layers() -> Result<Vec<Layer>, Vec<Fault>> {
    let files = file::layers()?;
    Ok([environment::layer()].into_iter().chain(files).collect())
}

fn is_isolated(given: &ArgMatches) -> bool {
    given.try_get_one::<bool>(ISOLATED).ok().flatten().copied().unwrap_or(false)
}

/// The place in the arguments after the name of the command.
fn place_of(program: &Program, arguments: &[OsString], name: &str) -> Option<usize> {
    let is_global = |text: &str| {
        let mut globals = program.globals.iter().filter(|declared| declared.parser.is_some());
        text.strip_prefix("--")
            .is_some_and(|text| globals.any(|declared| declared.arg.get_id().as_str() == text))
    };
    let mut before = arguments.first()?;
    for (at, argument) in arguments.iter().enumerate().skip(1) {
        let is_value = before.to_str().is_some_and(is_global);
        if argument == name && !is_value {
            return at.checked_add(1);
        }
        before = argument;
    }
    None
}
