//! Commands on the rules, and which rules are in force.

use std::path::PathBuf;

use clap::Subcommand;

use super::authoring::{NewArgs, TestArgs, TryArgs};
use super::compare::{DiffArgs, EjectArgs};
use super::packs::{BookArgs, PackCommand};
use super::{in_pool, with};
use crate::assessment::session::Choices;
use crate::command::rules::{self, Asked, LintAsked, LintFormat, MatrixFormat};
use crate::console::Console;
use crate::exit::Exit;
use crate::ingest::ReadOptions;
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::text::Text;
use crate::table::date::Date;
use crate::table::memory;

#[derive(Subcommand, Debug)]
pub(super) enum RulesCommand {
    #[command(flatten)]
    Packs(PackCommand),
    /// Write out the built-in rules: whole, or single ones to be changed in a pack of your own
    Eject(EjectArgs),
    /// What changes between two versions of a pack, and whose scores change
    Diff(Box<DiffArgs>),
    /// Every rule with its file and title
    List {
        /// Every value in force, with the pack, file and document it comes from
        #[arg(long)]
        effective: bool,
        #[command(flatten)]
        book: BookArgs,
    },
    /// Every clause and requirement with the rules that look at it
    Matrix {
        /// Form of the matrix
        #[arg(long, value_enum, default_value_t = MatrixFormat::Text)]
        format: MatrixFormat,
        #[command(flatten)]
        book: BookArgs,
    },
    /// Name what is most likely wrong with rules: misspelt columns, unused names, numbers that belong in parameters …
    Lint {
        /// Exit 1 where there is a warning too, not only an error
        #[arg(long)]
        strict: bool,
        /// List what is only good to know too, such as closures that are interpreted
        #[arg(long)]
        info: bool,
        /// Form of the findings
        #[arg(long = "format", value_name = "FORMAT", value_enum, default_value_t = LintFormat::Text)]
        lint_format: LintFormat,
        #[command(flatten)]
        book: BookArgs,
    },
    /// Make a pack, or a rule with its tests in a pack
    New(NewArgs),
    /// Run the tests beside the rules
    Test(TestArgs),
    /// Try expressions on a submission: at a prompt, from a pipe, or given with -e
    Try(TryArgs),
    /// Write the explanations as pages that link to each other
    Docs {
        /// Folder to write to
        #[arg(value_name = "DIR", default_value = "docs/rules")]
        folder: PathBuf,
        /// Compare only: exit 1 where a file is out of date
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        book: BookArgs,
    },
    /// Write what editors need to help: definitions of functions, tables and columns, and JSON Schemas
    Defs {
        /// Folder to write to
        #[arg(value_name = "DIR", default_value = "docs/defs")]
        defs_folder: PathBuf,
        /// Compare only: exit 1 where a file is out of date
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        book: BookArgs,
    },
}

/// Runs one of them.
pub(super) fn on_rules(command: &RulesCommand, console: &Console) -> Exit {
    let (asked, book, day) = match command {
        RulesCommand::Packs(command) => {
            let asked = command.asked().and_then(|(asked, book)| Ok((asked, choices(book, Day::Now)?)));
            return with(asked, console, |(asked, choices)| {
                in_pool(None, console, || rules::run_packs(&asked, &choices, console))
            });
        }
        RulesCommand::Diff(args) => return args.run(console),
        RulesCommand::Eject(args) => return rules::run_eject(&args.asked(), console),
        RulesCommand::List { effective, book } => (Asked::List { effective: *effective }, book, Day::Now),
        RulesCommand::Matrix { format, book } => (Asked::Matrix(*format), book, Day::OfTests),
        RulesCommand::Lint { strict, info, lint_format, book } => {
            let asked = LintAsked { strict: *strict, info: *info, format: *lint_format };
            return with(choices(Some(book), Day::OfTests), console, |choices| {
                in_pool(None, console, || rules::run_lint(asked, &choices, console))
            });
        }
        RulesCommand::New(args) => {
            return with(choices(Some(&args.book), Day::OfTests), console, |choices| {
                in_pool(None, console, || rules::run_new(&args.asked(), &choices, console))
            });
        }
        RulesCommand::Try(args) => {
            return with(choices(Some(&args.book), Day::Now), console, |choices| {
                let choices = Choices { masking: args.masking(), ..choices };
                in_pool(None, console, || rules::run_try(&args.asked(), &choices, console))
            });
        }
        RulesCommand::Test(args) => {
            return with(choices(Some(&args.book), Day::OfTests), console, |choices| {
                in_pool(None, console, || rules::run_test(&args.asked(), &choices, console))
            });
        }
        RulesCommand::Docs { folder, check, book } => {
            (Asked::Docs { folder: folder.clone(), check: *check }, book, Day::OfTests)
        }
        RulesCommand::Defs { defs_folder, check, book } => {
            (Asked::Defs { folder: defs_folder.clone(), check: *check }, book, Day::OfTests)
        }
    };
    with(choices(Some(book), day), console, |choices| {
        in_pool(None, console, || rules::run(&asked, &choices, console))
    })
}

/// The day a command goes by where none is given.
#[derive(Clone, Copy)]
pub(super) enum Day {
    /// Today.
    Now,
    /// The day on which the tests beside the rules are judged.
    OfTests,
}

/// The day on which the tests beside the rules are judged.
const TEST_DAY: (i16, i8, i8) = (2026, 6, 30);

impl Day {
    fn date(self) -> Result<Date, Fault> {
        let (year, month, day) = TEST_DAY;
        match self {
            Self::Now => Date::today().ok_or_else(no_today),
            Self::OfTests => Date::from_ymd(year, month, day).ok_or_else(no_today),
        }
    }
}

/// Choices that only name rules.
pub(super) fn choices(book: Option<&BookArgs>, day: Day) -> Result<Choices, Fault> {
    let as_of = book.and_then(|book| book.as_of).map_or_else(|| day.date(), Ok)?;
    Ok(Choices {
        packs: book.map(|book| book.packs.clone()).unwrap_or_default(),
        trust: book.map(BookArgs::trust).transpose()?.unwrap_or_default(),
        policies: Vec::new(),
        registry: None,
        as_of,
        read: ReadOptions::default(),
        masking: Masking::On,
        memory: memory::default_budget(),
    })
}

fn no_today() -> Fault {
    Fault {
        code: "usage.as-of",
        message: Text::new("读不到系统日期", "the date of this machine cannot be read"),
        help: Text::new("用 --as-of 指定", "give --as-of"),
        ..Fault::default()
    }
}
