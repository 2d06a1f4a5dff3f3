//! Arguments about many submissions: what becomes of their results, the cache, shards.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::rules::{Day, choices};
use super::{BookArgs, TOP};
use crate::batch::cache::Location;
use crate::batch::merge::MergeOptions;
use crate::batch::shard::Shard;
use crate::batch::{Format, Gate, Output, Results};
use crate::command::cache;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;

/// What becomes of a report.
#[derive(Args, Debug)]
pub(super) struct ResultArgs {
    /// An output: terminal, json or jsonl, with `:PATH` for a file; `shard:PATH` with --shard; repeatable
    #[arg(short, long = "output", value_name = "FORMAT[:PATH]", value_parser = parse_output)]
    output: Vec<Output>,
    /// One line for each organization
    #[arg(short, long)]
    quiet: bool,
    /// Lines of each list of a summary; of more organizations than this only the summary is shown. 0 for all
    #[arg(long, value_name = "N", default_value_t = TOP)]
    top: usize,
    /// Gate: every organization has at least these points for sure
    #[arg(long, value_name = "POINTS")]
    min_score: Option<u32>,
    /// Never exit 1; 2 still means that the run could not judge
    #[arg(long)]
    exit_zero: bool,
}

impl ResultArgs {
    pub(super) fn results(&self) -> Results {
        let terminal = Output { format: Format::Terminal, path: None };
        Results {
            told: 0,
            outputs: if self.output.is_empty() { vec![terminal] } else { self.output.clone() },
            quiet: self.quiet,
            top: self.top,
            gate: Gate { min_score: self.min_score, exit_zero: self.exit_zero },
        }
    }
}

/// Which part of a batch.
#[derive(Args, Debug)]
pub(super) struct BatchArgs {
    /// A file that names submissions, a path a line
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,
    /// Assess a part of the batch, such as 2/7: every seventh submission, beginning with the second
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    pub(super) shard: Option<Shard>,
    /// Go on with the file of the shard where it was cut off
    #[arg(long)]
    pub(super) resume: bool,
}

/// Which cache.
#[derive(Args, Debug)]
pub(super) struct CacheArgs {
    /// Folder of the cache; `WANGGE_CACHE` or the platform's otherwise
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

impl CacheArgs {
    pub(super) fn location(&self) -> Location {
        let set = || std::env::var_os("WANGGE_CACHE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        self.cache.clone().or_else(set).map_or(Location::Platform, Location::Named)
    }
}

#[derive(Subcommand, Debug)]
pub(super) enum CacheCommand {
    /// Where it is and how much is in it
    Info(CacheArgs),
    /// Remove all of it
    Clear(CacheArgs),
}

impl CacheCommand {
    pub(super) fn run(&self, console: &Console) -> Exit {
        let (asked, args) = match self {
            Self::Info(args) => (cache::Asked::Info, args),
            Self::Clear(args) => (cache::Asked::Clear, args),
        };
        cache::run(asked, &args.location(), console)
    }
}

#[derive(Args, Debug)]
pub(super) struct MergeArgs {
    /// The files of all shards
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) book: BookArgs,
    #[command(flatten)]
    results: ResultArgs,
}

impl MergeArgs {
    /// The day does not matter: that of the shards takes its place.
    pub(super) fn options(&self) -> Result<MergeOptions, Fault> {
        let choices = choices(Some(&self.book), Day::OfTests)?;
        Ok(MergeOptions { files: self.files.clone(), results: self.results.results(), choices })
    }
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    Shard::parse(text).ok_or_else(|| "1/7 … 7/7".to_owned())
}

fn parse_output(text: &str) -> Result<Output, String> {
    let (format, path) = text.split_once(':').map_or((text, None), |(format, path)| (format, Some(path)));
    let format =
        Format::from_str(format, true).map_err(|_| format!("{format}: terminal, json, jsonl, shard"))?;
    Ok(Output { format, path: path.filter(|path| !path.is_empty() && *path != "-").map(PathBuf::from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_name_a_format_and_perhaps_a_file() {
        let file = Output { format: Format::Json, path: Some("out/a.json".into()) };
        assert_eq!(parse_output("json:out/a.json"), Ok(file));
        assert_eq!(parse_output("json"), Ok(Output { format: Format::Json, path: None }));
        assert!(parse_output("xml").is_err());
    }
}
