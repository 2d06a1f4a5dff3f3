//! Documents that are generated: `WANGGE_BLESS=1` writes them, otherwise they are compared.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use regex::Regex;
use support::literate::{blocks, words};
use wangge::model::text::Text;
use wangge::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

fn type_words(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "文字 text",
        ColumnType::Code => "代码 code",
        ColumnType::Codes => "多个代码 codes",
        ColumnType::Integer => "整数 integer",
        ColumnType::Decimal => "小数 decimal",
        ColumnType::Date => "日期 date",
        ColumnType::Month => "月份 month",
        ColumnType::YesNo => "是/否 yes-no",
        ColumnType::Enumerated => "枚举 enumerated",
    }
}

fn marks(column: &ColumnDecl) -> String {
    let mut marks = Vec::new();
    if column.key {
        marks.push("主键 key".to_owned());
    }
    if column.required {
        marks.push("必填 required".to_owned());
    }
    marks.extend(column.refers.as_ref().map(|target| format!("引用 refers to `{target}`")));
    marks.extend(column.privacy.map(|_| "个人信息 personal".to_owned()));
    let values: Vec<String> =
        column.values.iter().map(|(id, words)| format!("{}=`{id}`", words.join("/"))).collect();
    marks.extend((!values.is_empty()).then(|| values.join(" ")));
    marks.join(" · ")
}

fn section(table: &TableDecl) -> String {
    let mut text = format!("\n## {} `{}`\n\n{}", table.zh, table.id, table.about);
    write!(text, " 也可写作 / also named: {}.\n\n", table.aliases.join("、")).unwrap();
    text.push_str("| 列 | column | 其他表头 aliases | 类型 type | |\n|---|---|---|---|---|\n");
    for column in &table.columns {
        let aliases = column.aliases.join("、");
        writeln!(
            text,
            "| {} | `{}` | {aliases} | {} | {} |",
            column.zh,
            column.id,
            type_words(column.kind),
            marks(column)
        )
        .unwrap();
    }
    text
}

#[test]
fn the_table_list_is_up_to_date() {
    let session = support::session();
    let mut text = String::from(
        "# 数据表 Tables\n\n由 `rules/tables.toml` 生成，请勿手改。Generated from `rules/tables.toml`; \
         `WANGGE_BLESS=1 cargo test --test documents` rewrites it.\n",
    );
    for table in &session.declarations.tables {
        text.push_str(&section(table));
    }
    support::golden::assert_golden("docs/tables.md", &text);
}

#[test]
fn the_pages_of_the_rules_are_up_to_date() {
    let mode = if std::env::var_os("WANGGE_BLESS").is_some() { None } else { Some("--check") };
    let output =
        support::wangge(&["rules", "docs", "docs/rules"].into_iter().chain(mode).collect::<Vec<_>>());
    assert!(
        output.status.success(),
        "run WANGGE_BLESS=1 cargo test: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_lists_of_readings_are_up_to_date() {
    let session = support::session();
    let page = |head: &str, text: fn(&Text) -> &str| {
        let rows = session.book.policies.iter().map(|(name, one)| {
            let values = one.values.iter().map(|value| {
                if *value == one.value { format!("**`{value}`**") } else { format!("`{value}`") }
            });
            let values = values.collect::<Vec<_>>().join(" ");
            format!("| `{name}` | {} | {values} | {} | {} |\n", one.clause, text(&one.title), text(&one.why))
        });
        [head, &rows.collect::<String>()].concat()
    };
    let [chinese, english] = READINGS;
    support::golden::assert_golden("docs/readings.zh-CN.md", &page(chinese, |text| &text.zh));
    support::golden::assert_golden("docs/readings.md", &page(english, |text| &text.en));
}

/// What stands above the lists of readings.
const READINGS: [&str; 2] = [
    "# 标准的理解口径\n\nEnglish: [readings.md](readings.md)。由 `rules/pack.toml` 生成，请勿手改。\n\n\
     标准有两种读法的地方列在下面，粗体为默认。用 `--policy 名称=取值` 改，或写在自己规则包的 `[policy]` 里\
     （[writing-rules.zh-CN.md](writing-rules.zh-CN.md)）。标准文本里的其他疑点见 [oddities.md](oddities.md)。\n\n\
     | 名称 | 条款 | 取值 | 决定什么 | 为什么这样默认 |\n|---|---|---|---|---|\n",
    "# How the standard is read\n\n中文：[readings.zh-CN.md](readings.zh-CN.md). Generated from `rules/pack.toml`.\n\n\
     Where the standard can be read in two ways there is a named reading; the default is bold. Set one with \
     `--policy NAME=VALUE`, or under `[policy]` in a pack of your own ([writing-rules.md](writing-rules.md)). What else is \
     odd in the texts: [oddities.md](oddities.md).\n\n\
     | name | clause | values | what it decides | why the default |\n|---|---|---|---|---|\n",
];

/// What stands above the lists of commands.
const COMMANDS: [(&str, &str, &str); 2] = [
    (
        "docs/commands.zh-CN.md",
        "zh",
        "# 命令\n\nEnglish: [commands.md](commands.md)。由各命令的 `--help` 生成，请勿手改。\n",
    ),
    (
        "docs/commands.md",
        "en",
        "# Commands\n\n中文：[commands.zh-CN.md](commands.zh-CN.md). Generated from the help of each.\n",
    ),
];

/// The help of a command, and the names of those below it.
fn help(of: &[&str], language: &str) -> (String, Vec<String>) {
    let output = support::wangge(&[of, &["--help", "--lang", language]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let listed = text.lines().skip_while(|line| !["Commands:", "命令："].contains(line)).skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("    "));
    let names = listed.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    (text, names)
}

/// Every command with its help, each before those below it.
fn commands(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let (text, names) = help(&path.iter().map(String::as_str).collect::<Vec<_>>(), language);
        let below = names.into_iter().rev().filter(|name| name != "help");
        open.extend(below.map(|name| [&path[..], &[name]].concat()));
        found.push(([&["wangge".to_owned()], &path[..]].concat().join(" "), text));
    }
    found
}

#[test]
fn the_lists_of_commands_are_up_to_date() {
    for (file, language, head) in COMMANDS {
        let all = commands(language);
        assert!(all.len() > 15, "{all:?}");
        let sections = all.iter().map(|(name, text)| {
            let text = text.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>();
            format!("\n## {name}\n\n```text\n{}\n```\n", text.trim_end())
        });
        support::golden::assert_golden(file, &[head, &sections.collect::<String>()].concat());
    }
}

/// The documents people write: path from the root, and text.
fn documents() -> Vec<(String, String)> {
    let root = support::root();
    let of = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let pages = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        let names = pages.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        names.map(|name| format!("{folder}{name}")).collect::<Vec<_>>()
    };
    let mut names = [of(""), of("docs/"), of("docs/rules/")].concat();
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(root.join(&name)).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut lost = Vec::new();
    for (name, text) in documents() {
        let folder = support::root().join(&name).parent().unwrap().to_owned();
        for target in link.captures_iter(&text).map(|found| found[1].to_owned()) {
            let path = target.split('#').next().unwrap_or_default();
            if !target.contains("://") && !path.is_empty() && !folder.join(path).exists() {
                lost.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn documents_name_only_commands_and_options_there_are() {
    let known = commands("en");
    let mut unknown = Vec::new();
    for (name, text) in documents() {
        let shell = blocks(&text).into_iter().filter(|block| block.language == "sh");
        for line in shell.flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>()) {
            let words = words(&line);
            if words.first().is_none_or(|word| word != "wangge") {
                continue;
            }
            let of = |count: usize| words.get(..count).map(|words| words.join(" "));
            let help = [3, 2, 1]
                .into_iter()
                .find_map(|count| known.iter().find(|(path, _)| Some(path) == of(count).as_ref()));
            let (path, help) = help.unwrap();
            let options = words.iter().filter(|word| word.starts_with("--"));
            let options = options.filter_map(|word| word.split('=').next()).filter(|word| {
                !help
                    .split(|sign: char| sign.is_whitespace() || ",[]=".contains(sign))
                    .any(|one| one == *word)
            });
            unknown.extend(options.map(|option| format!("{name}: {path} has no {option}: {line}")));
            let command = words.get(1).is_some_and(|word| !word.starts_with('-')) && path == "wangge";
            unknown.extend(command.then(|| format!("{name}: {line}")));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn what_is_in_one_language_is_in_the_other() {
    let names: Vec<String> = documents().into_iter().map(|(name, _)| name).collect();
    let alone: Vec<&String> = names.iter().filter(|name| !names.contains(&twin(name))).collect();
    assert_eq!(alone, ONCE);
}

/// The same document in the other language.
fn twin(name: &str) -> String {
    let endings = [(".zh-CN.md", ".md"), (".zh.md", ".en.md"), (".en.md", ".zh.md"), (".md", ".zh-CN.md")];
    let other = endings.iter().find_map(|(one, other)| Some(name.strip_suffix(one)?.to_owned() + *other));
    other.unwrap_or_default()
}

/// Documents that are there once: about the code, about the English texts of the project, or in both languages at once.
const ONCE: [&str; 8] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/benchmarks.md",
    "docs/limits.md",
    "docs/oddities.md",
    "docs/tables.md",
    "docs/third-party-data.md",
];

/// The words in backticks, outside of fenced blocks.
fn quoted(text: &str) -> Vec<&str> {
    let plain = text.split("```").step_by(2);
    plain.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn contributing_names_only_files_there_are() {
    let root = support::root();
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let folders = ["src/", "tests/", "docs/", "fixtures/", "rules/", "benches/", ".ci/", ".github/"];
    let words = quoted(&text).into_iter().filter_map(|word| word.split_whitespace().next());
    let paths: Vec<&str> = words
        .filter(|word| folders.iter().any(|base| word.starts_with(base)) && !word.contains('*'))
        .collect();
    let lost: Vec<_> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(paths.len() > 30 && lost.is_empty(), "{paths:?}: there is no {lost:?}");
}

#[test]
fn contributing_blesses_with_every_test_that_does() {
    let root = support::root();
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let line = text
        .lines()
        .find(|line| line.starts_with("WANGGE_BLESS=1 cargo test") && line.contains("--test defs"));
    let mut named: Vec<&str> = line.unwrap().split(" --test ").skip(1).collect();
    named.sort_unstable();
    let writes = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.contains("assert_golden(") || text.contains("var_os(\"WANGGE_BLESS\")")
    };
    let files = support::batch::files(&root.join("tests"));
    let blessing = files.iter().filter(|path| writes(path)).filter_map(|path| path.file_stem()?.to_str());
    assert_eq!(named, blessing.collect::<Vec<_>>());
}

/// What the words in backticks say of what a rule sees: host functions, and what is written with a point before it.
fn told_of_rules(guide: &str, functions: &BTreeSet<String>) -> BTreeSet<String> {
    let (word, point) = (Regex::new(r"\w+").unwrap(), Regex::new(r"\.[a-z_]+").unwrap());
    let text = fs::read_to_string(support::root().join(guide)).unwrap();
    let all = quoted(&text).into_iter().flat_map(|code| {
        let words = word.find_iter(code).map(|found| found.as_str().to_owned());
        let points = point.find_iter(code).map(|found| found.as_str().to_owned());
        // The English guide has this for any column.
        let points = points.filter(|point| point != ".column");
        words.filter(|word| functions.contains(word)).chain(points).collect::<Vec<_>>()
    });
    all.collect()
}

#[test]
fn both_guides_name_the_same_functions_and_properties() {
    let definitions = fs::read_to_string(support::root().join("docs/defs/wangge.d.rhai")).unwrap();
    let declared = Regex::new(r"(?m)^\s*fn (?:get )?(\w+)\(").unwrap();
    let functions = declared.captures_iter(&definitions).map(|found| found[1].to_owned()).collect();
    let [english, chinese] = ["docs/writing-rules.md", "docs/writing-rules.zh-CN.md"]
        .map(|guide| told_of_rules(guide, &functions));
    let here = |one: &BTreeSet<String>, other| one.difference(other).cloned().collect::<Vec<_>>();
    assert!(english.len() > 100, "{english:?}");
    assert_eq!((here(&english, &chinese), here(&chinese, &english)), (Vec::new(), Vec::new()));
}

#[test]
fn the_readmes_are_short_and_work_as_they_stand() {
    for (file, locale) in [("README.md", "en_US.UTF-8"), ("README.zh-CN.md", "zh_CN.UTF-8")] {
        let path = support::root().join(file);
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 120, "{file} has {lines} lines: what is long goes to docs/");
        support::literate::follow(&path, locale);
    }
}

#[test]
fn the_changelog_tells_of_this_version() {
    let text = fs::read_to_string(support::root().join("CHANGELOG.md")).unwrap();
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let version = format!("[{}]", env!("CARGO_PKG_VERSION"));
    let known = headings.iter().any(|heading| *heading == "[Unreleased]" || heading.starts_with(&version));
    assert!(known, "neither {version} nor [Unreleased] among {headings:?}");
}

#[test]
fn workflows_call_what_is_run_by_hand() {
    let read = |path: &str| fs::read_to_string(support::root().join(path)).unwrap();
    let (ci, release) = (read(".github/workflows/ci.yml"), read(".github/workflows/release.yml"));
    assert!(ci.lines().any(|line| line.trim() == "- run: .ci/run"), "ci.yml does not call .ci/run");
    assert!(
        ci.contains(".ci/full --list") && ci.contains(".ci/full \"$PART\""),
        "ci.yml does not run each part"
    );
    assert!(release.contains(".ci/archive --tag"), "release.yml does not call .ci/archive");
}

/// The keys that a schema describes, its own and those of its parts.
fn keys(schema: &serde_json::Value) -> Vec<String> {
    let parts = schema["$defs"].as_object().into_iter().flat_map(|parts| parts.values());
    let described = std::iter::once(schema).chain(parts).filter_map(|part| part["properties"].as_object());
    described.flat_map(|keys| keys.keys().cloned()).collect()
}

#[test]
fn the_guides_name_every_key_of_a_pack() {
    let guides = documents().into_iter().filter(|(name, _)| name.starts_with("docs/writing-rules"));
    for (name, text) in guides {
        let words: Vec<&str> =
            text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').collect();
        for file in ["pack", "catalog", "clauses", "tables"] {
            let path = support::root().join(format!("docs/defs/{file}.schema.json"));
            let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let keys = keys(&schema);
            let missing: Vec<_> = keys.iter().filter(|key| !words.contains(&key.as_str())).collect();
            assert!(keys.len() > 5 && missing.is_empty(), "{name} does not name {missing:?} of {file}");
        }
    }
}

#[test]
fn the_architecture_names_every_folder() {
    let root = support::root();
    let text = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let named: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let entries = fs::read_dir(root.join("src")).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    let all: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let missing: Vec<_> = all.iter().filter(|folder| !named.contains(&folder.as_str())).collect();
    assert!(all.len() > 10 && missing.is_empty(), "docs/architecture.md does not name {missing:?}");
    let files = named.iter().filter(|name| ["tests/", "docs/"].iter().any(|base| name.starts_with(base)));
    let lost: Vec<_> = files.filter(|name| !name.contains('*') && !root.join(name).exists()).collect();
    assert!(lost.is_empty(), "docs/architecture.md names {lost:?}");
}
