//! Every lint fires on its example, at its line, and on nothing that is right.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use support::golden::assert_golden;
use wangge::assessment::session::{Choices, Session};
use wangge::model::lint::{LintFinding, LintLevel};
use wangge::model::text::Lang;
use wangge::report::lint::{LintView, terminal};
use wangge::rulebook::{LINTS, Lint, LintExample, MARK, lint, linter, rule_tests};
use wangge::table::date::Date;

const FRAME: &str = "//! 看网格。\n//! Looks at the grids.\n\nconst META = #{ id: \"2/4.2a\", clauses: [\"2/4.2\"] };\n\nfn check(t) {\n    ";

/// A rule around what stands in `check`.
fn framed(body: &str) -> String {
    format!("{FRAME}{body}\n}}\n")
}

/// The text without marks, and the lines that had one.
fn unmarked(text: &str) -> (String, Vec<u32>) {
    let marked = text.lines().zip(1_u32..).filter(|(line, _)| line.ends_with(MARK)).map(|(_, number)| number);
    let plain = text.lines().map(|line| line.strip_suffix(MARK).unwrap_or(line).trim_end());
    (plain.collect::<Vec<_>>().join("\n") + "\n", marked.collect())
}

/// A pack over the built-in one, in a folder of its own.
fn pack(files: &BTreeMap<&str, &str>) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "id = \"local\"\nversion = \"1.0.0\"\ntitle = \"地方\"\nextends = [\"wangge.national\"]\n";
    let clause = "[[clause]]\nid = \"L/1\"\ntitle = { zh = \"有网格\", en = \"There are grids\" }\nforce = \"shall\"\ndecided = \"data\"\n";
    for (name, text) in files
        .iter()
        .map(|(name, text)| (*name, *text))
        .chain([("pack.toml", manifest), ("clauses.toml", clause)])
    {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let session = load(vec![folder.path().to_owned()]);
    (folder, session)
}

fn load(packs: Vec<PathBuf>) -> Session {
    let choices = Choices { packs, ..Choices::as_of(Date::from_iso(support::AS_OF).unwrap()) };
    match Session::load(&choices) {
        Ok(session) => session,
        Err(faults) => panic!("{faults:#?}"),
    }
}

fn linted(session: &Session) -> Vec<LintFinding> {
    let tests = rule_tests(&session.book, &session.around, &session.make_tables());
    lint(&session.book, &session.declarations, &tests)
}

const LOCAL: &str = "//! 有网格。\n//! There are grids.\n\nconst META = #{ id: \"L/1\", clauses: [\"L/1\"] };\n\nfn check(t) {\n    require(t.grids, \"没有网格\", \"there are no grids\")\n}\n";

/// What is found in an example.
fn found(session: &Session, example: Form<'_>) -> Vec<LintFinding> {
    match example {
        Form::Rule(text) => linter(&session.book, &session.declarations).text("structure/2-4.2a.rhai", text),
        Form::Tests(text) => {
            let mut files = BTreeMap::from([("structure/L-1.rhai", LOCAL)]);
            if !text.trim().is_empty() {
                files.insert("structure/L-1.test.rhai", text);
            }
            linted(&pack(&files).1)
        }
    }
}

#[derive(Clone, Copy)]
enum Form<'a> {
    Rule(&'a str),
    Tests(&'a str),
}

/// Both texts of an example; whether they are tests.
fn texts(lint: &Lint) -> (String, String, bool) {
    match lint.example {
        LintExample::Body(wrong, right) => (framed(wrong), framed(right), false),
        LintExample::Rule(wrong, right) => (wrong.to_owned(), right.to_owned(), false),
        LintExample::Tests(wrong, right) => (wrong.to_owned(), right.to_owned(), true),
    }
}

fn codes(findings: &[LintFinding]) -> Vec<(&str, Option<u32>)> {
    findings.iter().map(|one| (one.fault.code, one.fault.row)).collect()
}

#[test]
fn every_lint_fires_on_its_example_and_on_nothing_else() {
    let session = support::session();
    let mut wrong = Vec::new();
    for lint in LINTS {
        let (bad, good, tests) = texts(lint);
        let form = |text| if tests { Form::Tests(text) } else { Form::Rule(text) };
        let (bad, lines) = unmarked(&bad);
        // A rule without tests is told of where it says what it is.
        let lines = if lines.is_empty() { vec![4] } else { lines };
        let told = found(&session, form(&bad));
        let expected: Vec<(&str, Option<u32>)> = lines.iter().map(|line| (lint.code, Some(*line))).collect();
        if codes(&told) != expected {
            wrong.push(format!("{}: {:?}, want {expected:?}", lint.code, codes(&told)));
        }
        let silent = found(&session, form(&good));
        if !silent.is_empty() {
            wrong.push(format!("{} put right: {:?}", lint.code, codes(&silent)));
        }
        if told.iter().any(|one| one.level != lint.level || one.fault.message.is_empty()) {
            wrong.push(format!("{}: {told:?}", lint.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_built_in_rules_and_the_packs_beside_them_are_clean() {
    let packs =
        |names: &[&str]| names.iter().map(|name| support::root().join("fixtures/packs").join(name)).collect();
    for given in [vec![], vec!["province"], vec!["province", "city"], vec!["window"]] {
        let session = load(packs(&given));
        let told: Vec<LintFinding> =
            linted(&session).into_iter().filter(|one| one.level != LintLevel::Info).collect();
        let shown = terminal(&told, LintView { lang: Lang::En, color: false, info: false });
        assert!(told.is_empty(), "{given:?}\n{shown}");
    }
}

fn told(body: &str) -> Vec<(String, u32)> {
    let session = support::session();
    let found = linter(&session.book, &session.declarations).text("structure/2-4.2a.rhai", &framed(body));
    found.iter().map(|one| (one.fault.code.to_owned(), one.fault.row.unwrap_or_default())).collect()
}

fn pairs(expected: &[(&str, u32)]) -> Vec<(String, u32)> {
    expected.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect()
}

#[test]
fn a_comment_allows_one_lint_on_one_line() {
    let few = "if t.grids.count() < 12 { return absent(t.grids, \"太少\", \"too few\"); }\n    met(t.grids)";
    for (body, expected) in [
        (few.to_owned(), vec![("raw-number", 7)]),
        (format!("// lint: allow raw-number 条文写明\n    {few}"), vec![]),
        (few.replace('\n', " // lint: allow raw-number 条文写明\n"), vec![]),
        (format!("// lint: allow raw-number 条文写明\n    // 另一句说明\n    {few}"), vec![]),
        (
            format!("// lint: allow unused-variable 另有用处\n    {few}"),
            vec![("allow-unused", 7), ("raw-number", 8)],
        ),
        (format!("// lint: allow raw-number\n    {few}"), vec![("allow-without-reason", 7)]),
        (
            format!("let a = \"// lint: allow raw-number 文字里的不算\";\n    {few}"),
            vec![("unused-variable", 7), ("raw-number", 8)],
        ),
        (format!("{few} // lint: allow no-test 由别处的测试覆盖"), vec![("raw-number", 7)]),
    ] {
        assert_eq!(told(&body), pairs(&expected), "{body}");
    }
}

#[test]
fn chinese_names_are_known_as_well() {
    for (body, expected) in [
        ("须有(t.网格.筛选(|g| g.网格类型 == \"基础网格\"), \"没有网格\", \"there are no grids\")", vec![]),
        ("须有(t.网格.已填行(\"责任人工号\"), \"没有网格\", \"there are no grids\")", vec![]),
        ("须有(t.网各, \"没有网格\", \"there are no grids\")", vec![("unknown-table", 7)]),
        (
            "须有(t.网格.已填行(\"网格员\"), \"没有网格\", \"there are no grids\")",
            vec![("unknown-column", 7)],
        ),
        (
            "须有(t.网格.筛先(|g| g.网格类型 == \"基础网格\"), \"没有网格\", \"there are no grids\")",
            vec![("unknown-function", 7)],
        ),
        (
            "须有(t.网格.等于(\"网格类型\", \"别的网格\"), \"没有网格\", \"there are no grids\")",
            vec![("unknown-value", 7)],
        ),
        ("须有(t.网格, \"没有网格\")", vec![("unknown-function", 7)]),
        (
            "if t.口径(\"several_honours\") == \"lastest\" { return 符合(t.网格); }\n    符合(t.网格)",
            vec![("unknown-policy", 7)],
        ),
    ] {
        assert_eq!(told(body), pairs(&expected), "{body}");
    }
}

#[test]
fn values_are_followed_through_variables_functions_and_libraries() {
    for (body, expected) in [
        (
            "let rows = t.grids;\n    let first = rows.first();\n    met(rows, first.nam, \"a\")",
            vec![("unknown-column", 9)],
        ),
        (
            "let kinds = t.grids.map(|g| g.kind);\n    met(t.grids.filter(|g| g.area == g.name && kinds.len() > 0))",
            vec![("mismatched-types", 8)],
        ),
        (
            "import \"grids\" as grids;\n    met(grids::base(t.grids).filled(\"nam\"))",
            vec![("unknown-column", 8)],
        ),
        ("import \"grids\" as grids;\n    met(grids::bass(t.grids))", vec![("unknown-function", 8)]),
        ("let n = 0;\n    for g in t.grids { n += g.population; }\n    met(t.grids, `${n}`, `${n}`)", vec![]),
        (
            "let best = ();\n    for g in t.grids { if best == () || g.area > best.area { best = g; } }\n    met(best)",
            vec![],
        ),
        ("let found = [];\n    for g in t.grids { found.push(g); }\n    met(found)", vec![]),
        ("met(t.grids.refers(\"holder\", t.personnel, \"nummer\"))", vec![("unknown-column", 7)]),
        ("met(t.plans.later(\"end\", \"strat\"))", vec![("unknown-column", 7)]),
        ("met(t.grids.filter(|g| g.kind in [\"basic\", \"basics\"]))", vec![("unknown-value", 7)]),
        (
            "let day = t.as_of;\n    met(t.grids.where(\"id\", \"1\").filter(|g| g.established > day && day != ()))",
            vec![],
        ),
        ("for g in t.grids { if g.id == 1 { break; } }\n    met(t.grids)", vec![("mismatched-types", 7)]),
        (
            "let rows = t.plans;\n    for r in rows { let rows = 3; if rows == 1 { return met(r); } }\n    met(rows.filled(\"kind\"))",
            vec![],
        ),
    ] {
        assert_eq!(told(body), pairs(&expected), "{body}");
    }
}

#[test]
fn no_text_makes_it_fail() {
    let sum = format!("met(t.grids, `${{{}}}`, \"a\")", vec!["1"; 8000].join(" + "));
    let chain = "if t.grids.is_empty() { return met(t.grids); } else ".repeat(550) + "{}\n    met(t.grids)";
    let methods = format!("met(t.grids{})", ".filled(\"id\")".repeat(2000));
    let blocks = format!("{}{}\n    met(t.grids)", "{ ".repeat(60), "}".repeat(60));
    let doubled: Vec<String> =
        (1..60).map(|n| format!("let a{n} = #{{ x: a{0}, y: a{0} }};\n", n - 1)).collect();
    let doubled = format!("let a0 = 1;\n{}    met(t.grids, a59, a59)", doubled.concat());
    let odd =
        ["｛", "\"", "}} // lint: allow", "", "// lint: allow", "let t = t; let p = p;"].map(str::to_owned);
    for body in [sum, chain, methods, blocks, doubled].into_iter().chain(odd) {
        assert!(told(&body).iter().all(|(code, _)| LINTS.iter().any(|lint| lint.code == code)), "{body}");
    }
}

/// A page of the lints, in one language.
fn page(lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text = String::from(pick(HEAD_ZH, HEAD_EN));
    for lint in LINTS {
        writeln!(text, "| [`{0}`](#{0}) | {1} | {2} |", lint.code, level(lint.level, lang), lint.title(lang))
            .unwrap();
    }
    for lint in LINTS {
        let (wrong, right) = match lint.example {
            LintExample::Body(wrong, right) => (inside(wrong), inside(right)),
            LintExample::Rule(wrong, right) | LintExample::Tests(wrong, right) => {
                (wrong.to_owned(), right.to_owned())
            }
        };
        writeln!(
            text,
            "\n## {}\n\n{}: {}\n\n{}",
            lint.code,
            level(lint.level, lang),
            lint.title(lang),
            lint.why(lang)
        )
        .unwrap();
        if !wrong.is_empty() {
            writeln!(text, "\n```rhai\n{}\n```", wrong.trim_end()).unwrap();
        }
        writeln!(text, "\n{}\n\n```rhai\n{}\n```", pick("改为：", "Put right:"), right.trim_end()).unwrap();
    }
    text
}

/// The statements of a body, without the indentation they have in a rule.
fn inside(body: &str) -> String {
    body.replace("\n    ", "\n")
}

fn level(level: LintLevel, lang: Lang) -> &'static str {
    match (level, lang) {
        (LintLevel::Error, Lang::Zh) => "错误",
        (LintLevel::Warning, Lang::Zh) => "警告",
        (LintLevel::Info, Lang::Zh) => "提示",
        (LintLevel::Error, Lang::En) => "error",
        (LintLevel::Warning, Lang::En) => "warning",
        (LintLevel::Info, Lang::En) => "note",
    }
}

const HEAD_EN: &str = include_str!("data/lints_head.md");
const HEAD_ZH: &str = include_str!("data/lints_head.zh-CN.md");

#[test]
fn the_pages_are_up_to_date() {
    assert_golden("docs/lints.md", &page(Lang::En));
    assert_golden("docs/lints.zh-CN.md", &page(Lang::Zh));
}

#[test]
fn every_lint_is_told_in_both_languages_at_its_place() {
    let session = support::session();
    let mut told = String::new();
    for lint in LINTS {
        let (bad, _, tests) = texts(lint);
        if tests {
            // Their file lies in a folder that has another name each time.
            continue;
        }
        let found = found(&session, Form::Rule(&unmarked(&bad).0));
        let shown = |lang| terminal(&found, LintView { lang, color: false, info: true });
        writeln!(told, "#### {}\n\n{}\n{}", lint.code, shown(Lang::Zh), shown(Lang::En)).unwrap();
        assert!(
            found.iter().all(|one| !one.fault.message.zh.is_empty() && !one.fault.help.en.is_empty()),
            "{found:?}"
        );
    }
    assert_golden("tests/golden/lints.txt", &told);
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    assert!(codes.iter().all(|code| code.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-')));
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), LINTS.len());
}
