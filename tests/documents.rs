//! Documents that are generated: `WANGGE_BLESS=1` writes them, otherwise they are compared.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;

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
fn the_readme_names_every_policy() {
    let session = support::session();
    for file in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(support::root().join(file)).unwrap();
        for policy in session.book.policies.keys() {
            assert!(text.contains(&format!("`{policy}`")), "{file} does not name {policy}");
        }
    }
}

/// The commands that the help of a command lists.
fn commands(of: &[&str]) -> Vec<String> {
    let output = support::wangge(&[of, &["--help", "--lang", "en"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("    "));
    listed.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

#[test]
fn the_readme_lists_every_command() {
    let all: Vec<String> = commands(&[]).into_iter().filter(|name| name != "rules").collect();
    let rules: Vec<String> = commands(&["rules"]).iter().map(|name| format!("rules {name}")).collect();
    assert!(all.len() > 4 && rules.len() > 10, "{all:?} {rules:?}");
    for file in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(support::root().join(file)).unwrap();
        let rows = |name: &&str| text.lines().any(|line| line.starts_with(&format!("| `wangge {name}` |")));
        let missing: Vec<_> = all.iter().chain(&rules).filter(|name| !rows(&name.as_str())).collect();
        assert!(missing.is_empty(), "{file} does not list {missing:?}");
        let listed = text.lines().filter(|line| line.starts_with("| `wangge ")).count();
        assert_eq!(listed, all.len() + rules.len(), "{file} lists a command there is not");
    }
}
