//! Explanations: on a terminal, and as pages that link to each other.

use std::fmt::Write as _;

use super::escape;
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
    let mut page = format!("# {}\n", escape::markdown(title));
    for explanation in explanations {
        let (id, anchor) = (escape::markdown(&explanation.id), anchor(&explanation.id));
        let title = escape::markdown(explanation.title.get(lang));
        let _ = write!(page, "\n<a id=\"{anchor}\"></a>\n\n## {id} {title}\n");
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
            let _ = writeln!(page, "{}", escape::markdown(text.get(lang)));
        }
        Body::List(entries) => {
            page.push_str("\n\n");
            for (id, text) in entries {
                let id = id.as_deref().map(|id| {
                    let shown = escape::markdown(id);
                    link(id).map_or_else(|| shown.clone(), |to| format!("[{shown}]({to})"))
                });
                let text = escape::markdown(text.get(lang));
                let _ = writeln!(page, "- {}", [id.unwrap_or_default(), text].join(" ").trim());
            }
        }
        Body::Data(tables) => {
            page.push('\n');
            for (name, csv) in tables {
                let (name, csv) =
                    (escape::terminal(name).replace('`', "'"), escape::terminal_lines(csv.trim_end()));
                let fence = fence(&csv);
                let _ = write!(page, "\n`{name}`\n\n{fence}csv\n{csv}\n{fence}\n");
            }
        }
    }
}

/// What encloses a text as code: more backticks than stand in it together.
fn fence(text: &str) -> String {
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.saturating_add(1).max(3))
}

/// The anchor of an id on its page: nothing but letters, digits and plain signs.
pub fn anchor(id: &str) -> String {
    let plain = |sign: &char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
    id.replace('/', "-").to_lowercase().chars().filter(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_pack_is_html_or_ends_its_code() {
        let body = Body::Data(vec![("a`b".to_owned(), "x\n```\n<b>".to_owned())]);
        let text = Text::new("<script>", "<script>");
        let parts = vec![
            Part { label: Text::new("甲", "a"), body: Body::Text(text.clone()) },
            Part {
                label: Text::new("乙", "b"),
                body: Body::List(vec![(Some("\"><i>".to_owned()), text.clone())]),
            },
            Part { label: Text::new("丙", "c"), body },
        ];
        let one = Explanation { id: "1\"><b>".to_owned(), kind: text.clone(), title: text, parts };
        let page = markdown("<h1>", &[one], Lang::En, &|_| None);
        let outside: String = page.replace("<a id=\"1b\"></a>", "").split("````").step_by(2).collect();
        assert!(!outside.contains('<') && outside.contains("&lt;script&gt;"), "{page}");
        assert_eq!(page.matches("````").count(), 2, "{page}");
    }
}
