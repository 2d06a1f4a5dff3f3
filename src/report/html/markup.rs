//! HTML being written. Elements are opened and closed in one call, and every text and attribute is escaped here and
//! nowhere else, so that nothing from data is ever markup.

use crate::model::text::{Lang, Text};
use crate::report::escape;

/// Attributes of an element; one without a value has an empty one.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Characters of one text from data that are shown; the rest is counted.
const SHOWN: usize = 400;

/// A piece of a page.
#[derive(Debug, Default)]
pub(in crate::report) struct Markup {
    text: String,
    /// What ids of this piece begin with, where the same piece stands in a page several times.
    prefix: String,
}

/// Attributes that name ids.
const IDS: [&str; 3] = ["id", "aria-labelledby", "for"];

impl Markup {
    /// An element and what is inside of it.
    pub(super) fn element(&mut self, tag: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.void(tag, attributes);
        inside(self);
        self.text.extend(["</", tag, ">"]);
    }

    /// An element that has no end.
    pub(super) fn void(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.text.extend(["<", tag]);
        for (name, value) in attributes {
            self.text.extend([" ", name]);
            if !value.is_empty() {
                self.text.push_str("=\"");
                self.push_value(name, value);
                self.text.push('"');
            }
        }
        self.text.push('>');
    }

    fn push_value(&mut self, name: &str, value: &str) {
        let within = value.strip_prefix('#').filter(|_| name == "href");
        if within.is_some() {
            self.text.push('#');
        }
        if within.is_some() || IDS.contains(&name) {
            self.text.push_str(&self.prefix);
        }
        push_escaped(&mut self.text, within.unwrap_or(value));
    }

    /// An element of a class.
    pub(super) fn class(&mut self, tag: &str, class: &str, inside: impl FnOnce(&mut Self)) {
        self.element(tag, &[("class", class)], inside);
    }

    /// An element of a class that holds a text.
    pub(super) fn label(&mut self, tag: &str, class: &str, text: &str) {
        self.class(tag, class, |m| m.text(text));
    }

    /// A text, which is the same in both languages.
    pub(super) fn text(&mut self, text: &str) {
        push_escaped(&mut self.text, text);
    }

    /// A text from data that may be of any length.
    pub(super) fn long(&mut self, text: &str) {
        let count = text.chars().count();
        if count <= SHOWN {
            return self.text(text);
        }
        self.text(&text.chars().take(SHOWN).collect::<String>());
        self.class("span", "cut", |m| {
            m.both(&Text::new(format!("……（共{count}字）"), format!("… ({count} characters)")));
        });
    }

    /// A text in both languages, of which the page shows one.
    pub(super) fn both(&mut self, text: &Text) {
        self.say(&text.zh, &text.en);
    }

    /// The same of two wordings.
    pub(super) fn say(&mut self, zh: &str, en: &str) {
        if zh == en {
            return self.text(zh);
        }
        for (lang, text) in [("zh", zh), ("en", en)] {
            self.element("span", &[("lang", lang)], |m| m.text(text));
        }
    }

    /// The same of what `word` says in each language.
    pub(super) fn word<'w>(&mut self, word: impl Fn(Lang) -> &'w str) {
        self.say(word(Lang::Zh), word(Lang::En));
    }

    /// A script or style of ours, which ends where its element does.
    pub(super) fn own(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.void(tag, attributes);
        self.text.extend([text, "</", tag, ">"]);
    }

    /// What was written before.
    pub(in crate::report) fn append(&mut self, piece: &Self) {
        self.text.push_str(&piece.text);
    }

    /// A piece whose ids begin with `prefix`.
    pub(super) fn within(prefix: String) -> Self {
        Self { text: String::new(), prefix }
    }

    /// Begins a document.
    pub(super) fn doctype() -> Self {
        Self { text: "<!DOCTYPE html>".to_owned(), prefix: String::new() }
    }

    /// All that was written.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

fn push_escaped(page: &mut String, text: &str) {
    for sign in escape::terminal_lines(text).chars() {
        match sign {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            other => page.push(other),
        }
    }
}

/// A text as part of an address within the page.
pub(super) fn anchor(text: &str) -> String {
    let plain = |sign: char| if sign.is_alphanumeric() || "./-_".contains(sign) { sign } else { '_' };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_data_is_markup() {
        let mut page = Markup::default();
        page.element("p", &[("title", "\"><script>"), ("hidden", "")], |m| {
            m.text("</p><script>'&\u{202e}\u{1b}");
        });
        assert_eq!(
            page.finish(),
            "<p title=\"&quot;&gt;&lt;script&gt;\" hidden>&lt;/p&gt;&lt;script&gt;&#39;&amp;\\u{202E}^[</p>"
        );
    }

    #[test]
    fn what_is_the_same_in_both_languages_stands_once() {
        let mut page = Markup::default();
        page.say("A.1", "A.1");
        page.say("分", "points");
        assert_eq!(page.finish(), "A.1<span lang=\"zh\">分</span><span lang=\"en\">points</span>");
    }

    #[test]
    fn a_text_of_any_length_is_cut_and_counted() {
        let mut page = Markup::default();
        page.long(&"长".repeat(30_000));
        let text = page.finish();
        assert!(text.len() < 2_000 && text.contains("共30000字"));
    }

    #[test]
    fn ids_of_a_piece_begin_with_its_prefix() {
        let mut page = Markup::within("o1-".to_owned());
        page.element("a", &[("id", "x"), ("href", "#A.1"), ("title", "x")], |_| ());
        page.element("a", &[("href", "0001.html")], |_| ());
        assert_eq!(
            page.finish(),
            "<a id=\"o1-x\" href=\"#o1-A.1\" title=\"x\"></a><a href=\"0001.html\"></a>"
        );
    }

    #[test]
    fn an_address_has_no_blanks() {
        assert_eq!(anchor("2/10.6.1 <a>"), "2/10.6.1__a_");
    }
}
