//! A page of terminal text being written: the language, the colours and the width are chosen once.

use crate::model::text::{Lang, Text};

use super::escape;
use super::layout::{columns, pad, wrap};
use super::paint::Ink;
use super::table::Table;
use super::words;

/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 120;
/// A narrower terminal gets lines that run over.
const NARROWEST: usize = 40;

/// The page.
#[derive(Debug)]
pub(super) struct Page {
    /// Language of the reader.
    pub lang: Lang,
    /// Whether colours are wanted.
    pub color: bool,
    /// Columns.
    pub width: usize,
    text: String,
}

impl Page {
    /// An empty page.
    pub(super) fn new(lang: Lang, color: bool, width: usize) -> Self {
        Self { lang, color, width: width.clamp(NARROWEST, WIDEST), text: String::new() }
    }

    /// The wording in the reader's language.
    pub(super) fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        words::pick(self.lang, zh, en)
    }

    /// The text in the reader's language.
    pub(super) fn get<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.lang)
    }

    /// Running text, wrapped, escaped.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str, ink: Ink) {
        for line in wrap(&escape::terminal_lines(text), self.width.saturating_sub(indent)) {
            let line = format!("{:indent$}{}", "", ink.on(&line, self.color));
            self.raw(line.trim_end());
        }
    }

    /// Running text after a label, under which it hangs.
    pub(super) fn labelled(&mut self, indent: usize, label: &str, text: &str) {
        let hanging = indent + columns(label);
        let mut label = label;
        for line in wrap(&escape::terminal_lines(text), self.width.saturating_sub(hanging)) {
            let first = format!("{:indent$}{}{line}", "", pad(label, hanging - indent));
            label = "";
            self.raw(first.trim_end());
        }
    }

    /// A heading after a blank line.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.paragraph(0, text, Ink::Bold);
    }

    /// A line that shows from afar where the next part begins.
    pub(super) fn divide(&mut self) {
        self.blank();
        self.raw(&Ink::Dim.on(&"=".repeat(self.width), self.color));
    }

    /// How many lines of a list are not shown.
    pub(super) fn more(&mut self, indent: usize, count: usize) {
        if count > 0 {
            let text = match self.lang {
                Lang::Zh => format!("另有 {count} 行未列出（--top 0 全部列出）"),
                Lang::En => format!("{count} more lines are not shown (--top 0 shows all)"),
            };
            self.paragraph(indent, &text, Ink::Dim);
        }
    }

    /// A table.
    pub(super) fn table(&mut self, table: &Table) {
        for line in table.lines(self.width, self.color) {
            self.raw(&line);
        }
    }

    /// An empty line, but none at the top.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A line that is escaped already.
    pub(super) fn raw(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// All that was written.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
