//! The command line: what can be asked, in the reader's language. Wiring only.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::assessment::session::Choices;
use crate::batch::cache::Location;
use crate::batch::{CheckOptions, merge};
use crate::command::{demo, explain, schema};
use crate::console::Console;
use crate::demo::{Faults, Level, Options, Size};
use crate::exit::Exit;
use crate::ingest::{Encoding, ReadOptions};
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::text::{Lang, Text};
use crate::resources::process_role::ProcessRole;
use crate::sandbox::{no_threads, report_limits, was_closed};
use crate::table::memory;

mod authoring;
mod batch;
mod chinese;
mod compare;
mod contained;
mod packs;
mod rules;

use packs::BookArgs;
use rules::{Day, RulesCommand, choices, on_rules};

use batch::{BatchArgs, CacheArgs, CacheCommand, MergeArgs, ResultArgs};

/// Assesses grid-governance organizations against T/CSSG 001 / T/CA 007
#[derive(Parser, Debug)]
#[command(name = "wangge", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Language of messages and reports; from the locale otherwise
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// Colours
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Assess submissions: score, verdict, what is wrong and where
    Check(Box<CheckArgs>),
    /// Explain a requirement, item, clause, rule or policy
    Explain(ExplainArgs),
    /// The rules: list, clause matrix, tests, pages
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Make of the results of all shards what one run would have written
    Merge(MergeArgs),
    /// What is kept of earlier assessments
    #[command(subcommand)]
    Cache(CacheCommand),
    /// Print the JSON Schema of the report
    Schema,
    /// Invent submissions to try things on, with a list of the faults in them
    Demo(DemoArgs),
}

#[derive(Args, Debug)]
struct DemoArgs {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    new_folder: PathBuf,
    /// Number of submissions
    #[arg(long, value_name = "N", default_value_t = 10)]
    organizations: usize,
    /// Level of the organizations
    #[arg(long, value_enum, default_value_t = Level::County)]
    level: Level,
    /// Base grids of each
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = at_least_one)]
    grids: usize,
    /// Events of each
    #[arg(long, value_name = "N", default_value_t = 1000)]
    events: u64,
    /// Staff of each
    #[arg(long, value_name = "N", default_value_t = 80)]
    staff: u64,
    /// Persons and bodies served by each; as many as grids otherwise
    #[arg(long, value_name = "N", default_value_t = 0)]
    objects: u64,
    /// Which submissions have faults
    #[arg(long, value_enum, default_value_t = Faults::Some)]
    faults: Faults,
    /// Another seed gives other submissions
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Replace an earlier demo in the folder
    #[arg(long)]
    force: bool,
    /// Number of threads; one for each processor otherwise
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Args, Debug)]
struct ExplainArgs {
    /// Such as A.1.2.c, A.1.2, 2/10.6.1 or `line_f`
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    book: BookArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Args, Debug)]
struct CheckArgs {
    /// A submission (a folder of tables, or one workbook), or a folder of submissions
    #[arg(required_unless_present = "manifest", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A file of rulings (CSV, XLSX or TOML); repeatable
    #[arg(long, value_name = "FILE")]
    rulings: Vec<PathBuf>,
    /// Self-evaluation: rulings of role `self` count
    #[arg(long = "self")]
    own: bool,
    #[command(flatten)]
    book: BookArgs,
    /// Read the standard otherwise, such as `unearnable_points=granted`; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_policy)]
    policy: Vec<(String, String)>,
    /// A table of standards and their editions to lay over the built-in one, such as the result of a query
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Encoding of CSV files; found out otherwise
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    cache: CacheArgs,
    /// Assess anew what has not changed since it was assessed, and keep nothing
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,
    #[command(flatten)]
    results: ResultArgs,
    /// Show personal data as it stands
    #[arg(long)]
    unmask: bool,
    /// Number of threads; one for each processor otherwise
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Memory to work in, such as 4G or 512M; what does not fit is put aside in temporary files. Half of the machine's
    /// otherwise
    #[arg(long, value_name = "SIZE")]
    memory: Option<String>,
}

/// Runs the program with these arguments, the first being its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let role = ProcessRole::from_environment();
    report_limits(role);
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = asked_lang(&arguments).unwrap_or_else(locale_lang);
    let command = match lang {
        Lang::Zh => chinese::translate(Cli::command()),
        Lang::En => Cli::command(),
    };
    let parsed = command.try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => dispatch(&cli, lang, role),
        Err(error) => usage(&error, lang, role),
    }
}

/// `--help` and `--version` are results; anything else is a usage error.
fn usage(error: &clap::Error, lang: Lang, role: ProcessRole) -> Exit {
    let shown = match (lang, error.use_stderr()) {
        (Lang::Zh, true) => write!(io::stderr(), "{}", chinese::usage(error)),
        _ => error.print(),
    };
    if error.use_stderr() || shown.is_err() || was_closed(role) { Exit::CouldNotJudge } else { Exit::Passed }
}

fn dispatch(cli: &Cli, lang: Lang, role: ProcessRole) -> Exit {
    let console = Console {
        lang,
        color_out: colored(cli.color, &io::stdout()),
        color_err: colored(cli.color, &io::stderr()),
        width: width(),
        role,
        stdout_closed: was_closed(role),
    };
    match &cli.command {
        Command::Schema => schema::run(&console),
        Command::Demo(args) => {
            in_pool(args.threads, &console, || demo::run(&args.new_folder, &demo_options(args), &console))
        }
        Command::Cache(command) => command.run(&console),
        Command::Merge(args) => with(args.options(), &console, |options| {
            contained::scripts(&console, || in_pool(None, &console, || merge::run(&options, &console)))
        }),
        Command::Explain(args) => with(choices(Some(&args.book), Day::OfTests), &console, |choices| {
            contained::scripts(&console, || explain::run(&args.ids, &choices, &console))
        }),
        Command::Rules(command) => contained::rules(command, &console, || on_rules(command, &console)),
        Command::Check(args) => {
            with(check_options(args), &console, |options| contained::check(options, args.threads, &console))
        }
    }
}

fn demo_options(args: &DemoArgs) -> Options {
    let DemoArgs { organizations, level, grids, events, staff, objects, faults, seed, force, .. } = *args;
    Options { organizations, level, size: Size { grids, events, staff, objects }, faults, seed, force }
}

/// What a person takes in of a list.
const TOP: usize = 20;

/// Goes on with what was asked, or tells what is wrong with it.
fn with<T>(asked: Result<T, Fault>, console: &Console, run: impl FnOnce(T) -> Exit) -> Exit {
    asked.map_or_else(
        |fault| {
            console.faults(&[fault]);
            Exit::CouldNotJudge
        },
        run,
    )
}

/// Rules may recurse: their threads get a deep stack.
const STACK: usize = 16 * 1024 * 1024;

/// Works in a pool of threads; in the one at hand unless another number of them is asked for.
fn in_pool(threads: Option<usize>, console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    if threads.is_none() && rayon::current_thread_index().is_some() {
        return work();
    }
    let threads = if console.role.is_single_threaded() { Some(1) } else { threads };
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).num_threads(threads.unwrap_or(0)).build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(error) => {
            console.faults(&[no_threads(&error)]);
            Exit::CouldNotJudge
        }
    }
}

fn check_options(args: &CheckArgs) -> Result<CheckOptions, Fault> {
    Ok(CheckOptions {
        paths: args.paths.clone(),
        manifest: args.batch.manifest.clone(),
        shard: args.batch.shard,
        resume: args.batch.resume,
        rulings: args.rulings.clone(),
        self_evaluation: args.own,
        cache: if args.no_cache { Location::Off } else { args.cache.location() },
        careful: false,
        results: args.results.results(),
        choices: Choices {
            policies: args.policy.clone(),
            registry: args.registry.clone(),
            read: ReadOptions { encoding: args.encoding, memory: None },
            masking: if args.unmask { Masking::Off } else { Masking::On },
            memory: args.memory.as_deref().map_or_else(|| Ok(memory::default_budget()), budget)?,
            ..choices(Some(&args.book), Day::Now)?
        },
    })
}

fn budget(written: &str) -> Result<usize, Fault> {
    memory::parse_size(written).ok_or_else(|| Fault {
        code: "usage.memory",
        message: Text::new(
            format!("--memory 的值“{written}”不是内存大小"),
            format!("`{written}` is no size of memory for --memory"),
        ),
        help: Text::new("写成 512M 或 4G，至少 1M", "write 512M or 4G, at least 1M"),
        ..Fault::default()
    })
}

/// `--lang` wherever it stands: needed before the arguments are parsed, to speak of errors in them.
fn asked_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at.checked_add(1)?)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    after.or(joined).and_then(|word| Lang::from_str(word, true).ok())
}

fn locale_lang() -> Lang {
    let locale = sys_locale::get_locale().unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}

fn colored(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto => set("CLICOLOR_FORCE") || stream.is_terminal(),
    }
}

/// Columns to use: the terminal's, or `COLUMNS`, or 100.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(seen).filter(|width| *width >= 40).unwrap_or(100)
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "1, 2, …".to_owned())
}

fn parse_policy(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    pair.ok_or_else(|| "NAME=VALUE".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_before_the_arguments_are_parsed() {
        let words = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked_lang(&words(&["wangge", "check", "--lang", "en"])), Some(Lang::En));
        assert_eq!(asked_lang(&words(&["wangge", "--lang=zh", "check"])), Some(Lang::Zh));
        assert_eq!(asked_lang(&words(&["wangge", "--lang"])), None);
    }
}
