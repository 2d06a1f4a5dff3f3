//! `wangge rules docs`: the explanations as pages that link to each other.

use std::path::Path;

use super::super::explain::examples_of;
use super::generated::Generated;
use crate::assessment::session::Session;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::catalog::{Catalog, Item};
use crate::model::explanation::Explanation;
use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};
use crate::report::{escape, explanation};
use crate::rulebook::RuleTests;

/// Writes the pages, or compares them only.
pub(super) fn run(
    session: &Session,
    tests: &[RuleTests],
    folder: &Path,
    check: bool,
    console: &Console,
) -> Exit {
    Generated { folder, files: pages(session, tests), endings: &[".md"], outdated }.put(check, console)
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

/// The page of the rules that say what is not to be believed.
const VERACITY: &str = "veracity";

/// The page of the rules on the texts of standards.
const TEXTS: &str = "texts";

/// The page an id is explained on: its table, its chapter, or the readings.
fn page_of(catalog: &Catalog, id: &str) -> String {
    let scored = |item: &Item| item.id == id || item.requirements.iter().any(|one| one.id == id);
    if let Some(table) = catalog.tables.iter().find(|table| table.items.iter().any(scored)) {
        return name_of(&table.id);
    }
    let parts: Vec<&str> = id.split(['/', '.']).collect();
    match (id.contains('/'), parts.as_slice()) {
        (true, ["V", ..]) => VERACITY.to_owned(),
        (true, ["T", ..]) => TEXTS.to_owned(),
        (true, [part, chapter, ..]) => format!("part{}-{}", name_of(part), chapter_of(chapter)),
        _ => "policies".to_owned(),
    }
}

/// The chapter without the letter of a rule: `14a` is in chapter `14`.
fn chapter_of(text: &str) -> String {
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    if number.is_empty() { name_of(text) } else { number }
}

/// An id as part of the name of a file and of a link: its letters and digits.
fn name_of(id: &str) -> String {
    id.to_lowercase().chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_')).collect()
}

/// All pages in both languages by file name.
fn pages(session: &Session, tests: &[RuleTests]) -> Vec<(String, String)> {
    let explain = |id: &String| session.book.explain(id, &examples_of(session, tests, id));
    let all: Vec<Explanation> = session.book.ids().iter().filter_map(explain).collect();
    let mut groups: Vec<(String, Vec<Explanation>)> = Vec::new();
    for one in all {
        let page = page_of(&session.book.catalog, &one.id);
        match groups.iter_mut().find(|(known, _)| *known == page) {
            Some((_, group)) => group.push(one),
            None => groups.push((page, vec![one])),
        }
    }
    [Lang::Zh, Lang::En]
        .into_iter()
        .flat_map(|lang| in_language(&session.book.catalog, &groups, lang))
        .collect()
}

fn in_language(
    catalog: &Catalog,
    groups: &[(String, Vec<Explanation>)],
    lang: Lang,
) -> Vec<(String, String)> {
    let ending = match lang {
        Lang::Zh => ".zh.md",
        Lang::En => ".en.md",
    };
    let known = |id: &str| groups.iter().any(|(_, group)| group.iter().any(|one| one.id == id));
    let link =
        |id: &str| known(id).then(|| format!("{}{ending}#{}", page_of(catalog, id), explanation::anchor(id)));
    let page = |(name, group): &(String, Vec<Explanation>)| {
        let text = explanation::markdown(&heading(catalog, name, lang), group, lang, &link);
        (format!("{name}{ending}"), text)
    };
    let index = groups.iter().map(|(name, group)| {
        let (first, last) = (group.first().map(|one| &one.id), group.last().map(|one| &one.id));
        let span = format!("{} … {}", first.map_or("", String::as_str), last.map_or("", String::as_str));
        let (heading, span) = (escape::markdown(&heading(catalog, name, lang)), escape::markdown(&span));
        format!("- [{heading}]({name}{ending}) {span}\n")
    });
    let title = match lang {
        Lang::Zh => "# 规则说明\n\n由 `wangge rules docs` 生成。\n\n",
        Lang::En => "# The rules explained\n\nWritten by `wangge rules docs`.\n\n",
    };
    let index = format!("{title}{}", index.collect::<String>());
    groups.iter().map(page).chain([(format!("index{ending}"), index)]).collect()
}

fn heading(catalog: &Catalog, page: &str, lang: Lang) -> String {
    let (zh, en) = match page.split_once('-') {
        Some((part, chapter)) => {
            let part = part.trim_start_matches("part");
            let chapter = chapter.to_uppercase();
            (format!("第 {part} 部分 第 {chapter} 章"), format!("Part {part}, clause {chapter}"))
        }
        None if page == VERACITY => ("材料的真实性".to_owned(), "Veracity of the papers".to_owned()),
        None if page == TEXTS => ("标准文本".to_owned(), "Texts of standards".to_owned()),
        None if page == "policies" => ("标准的读法".to_owned(), "Readings of the standard".to_owned()),
        None => {
            let named = |id: &str| name_of(id) == page;
            let table = catalog.tables.iter().find(|table| named(&table.id)).map_or(page, |table| &table.id);
            (format!("表 {table}"), format!("Table {table}"))
        }
    };
    Text::new(zh, en).get(lang).to_owned()
}
