//! Explanations: on a terminal, and as pages that link to each other.

use std::fmt::Write as _;

use super::page::Page;
use super::paint::Ink;
use super::words;
use crate::model::explanation::{Body, Explanation, Part};
use crate::model::text::{Lang, Text};

/// The explanation on a terminal of this width.
pub fn terminal(explanation: &Explanation, lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    let heading =
        format!("{}  {}  {}", explanation.id, explanation.kind.get(lang), explanation.title.get(lang));
    page.paragraph(0, &heading, Ink::Bold);
    for part in &explanation.parts {
        let label = format!("{}{}", part.label.get(lang), words::pick(lang, "：", ": "));
        match &part.body {
            Body::Text(text) => page.labelled(0, &label, text.get(lang)),
            Body::List(entries) => {
                page.paragraph(0, label.trim_end(), Ink::Plain);
                for (id, text) in entries {
                    page.labelled(2, "- ", &entry(id.as_deref(), text, lang));
                }
            }
            Body::Data(tables) => {
                page.paragraph(0, label.trim_end(), Ink::Plain);
                for (name, csv) in tables {
                    page.paragraph(2, &format!("{name}.csv"), Ink::Plain);
                    page.paragraph(4, csv, Ink::Plain);
                }
            }
        }
    }
    page.finish()
}

fn entry(id: Option<&str>, text: &Text, lang: Lang) -> String {
    [id.unwrap_or_default(), text.get(lang)].join(" ").trim().to_owned()
}

/// A page of several explanations in Markdown; `link` gives the page and anchor an id is explained at.
pub fn markdown(
    title: &str,
    explanations: &[Explanation],
    lang: Lang,
    link: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut page = format!("# {title}\n");
    for explanation in explanations {
        let id = &explanation.id;
        let _ = write!(page, "\n<a id=\"{}\"></a>\n\n## {id} {}\n", anchor(id), explanation.title.get(lang));
        for part in &explanation.parts {
            markdown_part(&mut page, part, lang, link);
        }
    }
    page
}

fn markdown_part(page: &mut String, part: &Part, lang: Lang, link: &dyn Fn(&str) -> Option<String>) {
    let _ = write!(page, "\n**{}** ", part.label.get(lang));
    match &part.body {
        Body::Text(text) => {
            let _ = writeln!(page, "{}", text.get(lang));
        }
        Body::List(entries) => {
            page.push_str("\n\n");
            for (id, text) in entries {
                let id = id
                    .as_deref()
                    .map(|id| link(id).map_or_else(|| id.to_owned(), |to| format!("[{id}]({to})")));
                let _ = writeln!(page, "- {}", entry(id.as_deref(), text, lang));
            }
        }
        Body::Data(tables) => {
            page.push('\n');
            for (name, csv) in tables {
                let _ = write!(page, "\n`{name}`\n\n```csv\n{}\n```\n", csv.trim_end());
            }
        }
    }
}

/// The anchor of an id on its page.
pub fn anchor(id: &str) -> String {
    id.replace('/', "-").to_lowercase()
}
