//! `wangge rules …`: the rules themselves: their list, the clause matrix, their tests, their pages.

use std::path::{Path, PathBuf};

use super::Console;
use super::explain::examples_of;
use super::load::{Choices, Workbench};
use crate::exit::Exit;
use crate::model::explanation::Explanation;
use crate::model::fault::{Explain, Fault};
use crate::model::text::{Lang, Text};
use crate::report::{explanation, matrix};
use crate::rulebook::{RuleTests, rule_tests};

/// What is asked about the rules.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Every rule with its title.
    List,
    /// Every clause and requirement with the rules that look at it.
    Matrix(MatrixFormat),
    /// Name what is slow in the rules.
    Lint,
    /// Run the tests beside the rules.
    Test,
    /// Write the explanations as pages, or check that they are up to date.
    Docs {
        /// Folder of the pages.
        folder: PathBuf,
        /// Compare only.
        check: bool,
    },
}

/// Forms of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MatrixFormat {
    /// For a person at a terminal.
    Text,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
}

/// Runs the command.
pub fn run(asked: &Asked, choices: &Choices, console: &Console) -> Exit {
    let bench = match Workbench::load(choices) {
        Ok(bench) => bench,
        Err(faults) => {
            console.faults(&faults);
            return Exit::CouldNotJudge;
        }
    };
    let tests = || rule_tests(&bench.book, &bench.around, &bench.make_tables());
    match asked {
        Asked::List => console.told(&list(&bench, console)),
        Asked::Matrix(format) => show_matrix(&bench, &tests(), *format, console),
        Asked::Lint => console.told(&lint(&bench, console)),
        Asked::Test => test(&bench, &tests(), console),
        Asked::Docs { folder, check } => docs(&bench, &tests(), folder, *check, console),
    }
}

fn list(bench: &Workbench, console: &Console) -> String {
    let line = |rule: &std::sync::Arc<crate::script::Rule>| {
        let doc = rule.meta.doc.lines().next().unwrap_or_default();
        let title = match console.lang {
            Lang::Zh => rule.meta.title.as_str(),
            Lang::En => doc,
        };
        format!("{}\t{}\t{title}\n", rule.meta.id, rule.file)
    };
    bench.book.rules.iter().map(line).collect()
}

/// Closures that are interpreted row by row, each at its line.
fn lint(bench: &Workbench, console: &Console) -> String {
    let libraries = &bench.book.libraries;
    let lines = bench.book.rules.iter().flat_map(|rule| {
        rule.interpreted_closures(libraries).into_iter().map(|(line, why)| {
            let told = Text::new(format!("逐行解释执行：{why}"), format!("interpreted row by row: {why}"));
            format!("{}:{line}  {}\n", rule.file, told.get(console.lang))
        })
    });
    lines.collect()
}

fn show_matrix(bench: &Workbench, tests: &[RuleTests], format: MatrixFormat, console: &Console) -> Exit {
    let rows = bench.book.matrix(tests);
    let text = match format {
        MatrixFormat::Text => Ok(matrix::terminal(&rows, console.lang, console.color_out, console.width)),
        MatrixFormat::Csv => matrix::csv(&rows).map_err(|error| error.to_string()),
        MatrixFormat::Json => matrix::json(&rows).map_err(|error| error.to_string()),
    };
    match text {
        Ok(text) => console.told(&text),
        Err(why) => {
            let message =
                Text::new(format!("不能写出矩阵：{why}"), format!("the matrix cannot be written: {why}"));
            console.faults(&[Fault { code: "output.matrix", message, ..Fault::default() }]);
            Exit::CouldNotJudge
        }
    }
}

fn test(bench: &Workbench, tests: &[RuleTests], console: &Console) -> Exit {
    let mut faults: Vec<Fault> = bench.book.broken.iter().map(Explain::fault).collect();
    let mut passed = 0_usize;
    for of_rule in tests {
        match &of_rule.tested {
            Err(fault) => faults.push(fault.fault()),
            Ok(tested) => {
                passed = passed.saturating_add(tested.iter().filter(|test| test.failure.is_none()).count());
                let failed =
                    tested.iter().filter_map(|test| test.failure.as_ref().map(|fault| (test, fault)));
                faults.extend(failed.map(|(test, fault)| {
                    let named = |text: &str| format!("{}: {text}", test.name);
                    Fault { code: "rule.test-failed", message: fault.message.map(named), ..fault.fault() }
                }));
            }
        }
    }
    console.faults(&faults);
    let told = console.told(&format!("{passed} passed, {} failed\n", faults.len()));
    if faults.is_empty() { told } else { Exit::GateNotMet }
}

fn docs(bench: &Workbench, tests: &[RuleTests], folder: &Path, check: bool, console: &Console) -> Exit {
    let pages = pages(bench, tests);
    if check {
        let stale = |page: &&(String, String)| {
            std::fs::read_to_string(folder.join(&page.0)).ok().as_deref() != Some(page.1.as_str())
        };
        let mut names: Vec<String> = pages.iter().filter(stale).map(|(name, _)| name.clone()).collect();
        names.extend(strays(folder, &pages));
        if names.is_empty() {
            return Exit::Passed;
        }
        console.faults(&[outdated(folder, &names)]);
        return Exit::GateNotMet;
    }
    let written = pages.iter().try_for_each(|(name, text)| console.file(&folder.join(name), text));
    match written {
        Ok(()) => Exit::Passed,
        Err(fault) => {
            console.faults(&[fault]);
            Exit::CouldNotJudge
        }
    }
}

/// Pages of rules that are no more.
fn strays(folder: &Path, pages: &[(String, String)]) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let pages_there =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "md"));
    let names =
        pages_there.filter_map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    let stray = |name: &String| !pages.iter().any(|(known, _)| known == name);
    let mut strays: Vec<String> = names.filter(stray).collect();
    strays.sort();
    strays
}

fn outdated(folder: &Path, names: &[String]) -> Fault {
    let list = names.join(" ");
    Fault {
        code: "docs.outdated",
        message: Text::new(
            format!("{} 个页面与规则不一致：{list}", names.len()),
            format!("{} pages are not what the rules say: {list}", names.len()),
        ),
        help: Text::new("重新运行 wangge rules docs", "run `wangge rules docs` again"),
        file: Some(folder.display().to_string()),
        ..Fault::default()
    }
}

/// The page an id is explained on: its table of Appendix A, its chapter, or the readings.
fn page_of(id: &str) -> String {
    let parts: Vec<&str> = id.split(['/', '.']).collect();
    match parts.as_slice() {
        ["A", table, ..] => format!("a{table}"),
        [part @ ("2" | "5"), chapter, ..] => format!("part{part}-{}", chapter_of(chapter)),
        _ => "policies".to_owned(),
    }
}

/// The chapter without the letter of a rule: `14a` is in chapter `14`.
fn chapter_of(text: &str) -> String {
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    if number.is_empty() { text.to_lowercase() } else { number }
}

/// All pages in both languages by file name.
fn pages(bench: &Workbench, tests: &[RuleTests]) -> Vec<(String, String)> {
    let explain = |id: &String| bench.book.explain(id, &examples_of(bench, tests, id));
    let all: Vec<Explanation> = bench.book.ids().iter().filter_map(explain).collect();
    let mut groups: Vec<(String, Vec<Explanation>)> = Vec::new();
    for one in all {
        let page = page_of(&one.id);
        match groups.iter_mut().find(|(known, _)| *known == page) {
            Some((_, group)) => group.push(one),
            None => groups.push((page, vec![one])),
        }
    }
    [Lang::Zh, Lang::En].into_iter().flat_map(|lang| in_language(&groups, lang)).collect()
}

fn in_language(groups: &[(String, Vec<Explanation>)], lang: Lang) -> Vec<(String, String)> {
    let ending = match lang {
        Lang::Zh => ".zh.md",
        Lang::En => ".en.md",
    };
    let known = |id: &str| groups.iter().any(|(_, group)| group.iter().any(|one| one.id == id));
    let link = |id: &str| known(id).then(|| format!("{}{ending}#{}", page_of(id), explanation::anchor(id)));
    let page = |(name, group): &(String, Vec<Explanation>)| {
        let text = explanation::markdown(&heading(name, lang), group, lang, &link);
        (format!("{name}{ending}"), text)
    };
    let index = groups.iter().map(|(name, group)| {
        let (first, last) = (group.first().map(|one| &one.id), group.last().map(|one| &one.id));
        let span = format!("{} … {}", first.map_or("", String::as_str), last.map_or("", String::as_str));
        format!("- [{}]({name}{ending}) {span}\n", heading(name, lang))
    });
    let title = match lang {
        Lang::Zh => "# 规则说明\n\n由 `wangge rules docs` 生成。\n\n",
        Lang::En => "# The rules explained\n\nWritten by `wangge rules docs`.\n\n",
    };
    let index = format!("{title}{}", index.collect::<String>());
    groups.iter().map(page).chain([(format!("index{ending}"), index)]).collect()
}

fn heading(page: &str, lang: Lang) -> String {
    let (zh, en) = match page.split_once('-') {
        Some((part, chapter)) => {
            let part = part.trim_start_matches("part");
            let chapter = chapter.to_uppercase();
            (format!("第 {part} 部分 第 {chapter} 章"), format!("Part {part}, clause {chapter}"))
        }
        None if page == "policies" => ("标准的读法".to_owned(), "Readings of the standard".to_owned()),
        None => {
            let table = page.to_uppercase().replacen('A', "A.", 1);
            (format!("表 {table}"), format!("Table {table}"))
        }
    };
    Text::new(zh, en).get(lang).to_owned()
}
