//! Which ways through rules their tests take.
//!
//! A rule that is measured is compiled from a text into which notes were put: one call at the beginning of each branch
//! and arm, and one around what each closure comes to. The notes stand on the lines they belong to, so that nothing
//! else changes. No closure is lowered then: kernels would take no notes.

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, Engine};

use crate::model::coverage::{Coverage, Gap, GapKind};
use crate::script::syntax::tokens::{Token, TokenKind, tokenize};

/// Notes of all files that are measured.
#[derive(Debug, Default)]
pub struct Probe {
    sites: Mutex<Vec<Site>>,
}

/// A place where a way begins.
#[derive(Clone, Debug)]
struct Site {
    file: String,
    line: usize,
    text: String,
    kind: SiteKind,
    taken: bool,
    /// The answers of a closure: yes, no.
    answers: (bool, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SiteKind {
    Then,
    Else,
    Arm,
    Closure,
}

/// Calls that take notes. No rule can mean another function by these.
const TOOK: &str = "coverage__took";
const CAME: &str = "coverage__came";

impl Probe {
    /// Gives the engine the calls that take notes.
    pub(crate) fn register(self: &Arc<Self>, engine: &mut Engine) {
        let (took, came) = (Arc::clone(self), Arc::clone(self));
        engine.register_fn(TOOK, move |at: i64| took.note(at, None));
        engine.register_fn(CAME, move |at: i64, value: Dynamic| {
            came.note(at, value.as_bool().ok());
            value
        });
    }

    fn note(&self, at: i64, answer: Option<bool>) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(site) = usize::try_from(at).ok().and_then(|at| sites.get_mut(at)) else { return };
        site.taken = true;
        match answer {
            Some(true) => site.answers.0 = true,
            Some(false) => site.answers.1 = true,
            None => {}
        }
    }

    /// The text with notes, and how many places there were before.
    pub(crate) fn put_notes(&self, file: &str, source: &str) -> (String, usize) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let before = sites.len();
        let tokens = tokenize(source);
        let mut writer = Writer { file, source, tokens: &tokens, sites: &mut sites, notes: Vec::new() };
        for at in 0..tokens.len() {
            writer.token(at);
        }
        (writer.finish(), before)
    }

    /// Forgets the places of a file that cannot be measured.
    pub(crate) fn forget(&self, before: usize) {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner).truncate(before);
    }

    /// Counts what was reached of the files that are asked about.
    pub fn count(&self, coverage: &mut Coverage, asked: impl Fn(&str) -> bool) {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let mut asked: Vec<&Site> = sites.iter().filter(|site| asked(&site.file)).collect();
        asked.sort_by_key(|site| (&site.file, site.line));
        for site in asked {
            let gap = site.gap();
            let share =
                if site.kind == SiteKind::Closure { &mut coverage.closures } else { &mut coverage.branches };
            share.count(gap.is_none());
            coverage.gaps.extend(gap.map(|kind| Gap {
                file: site.file.clone(),
                line: Some(site.line),
                kind,
                text: site.text.clone(),
            }));
        }
    }
}

impl Site {
    fn gap(&self) -> Option<GapKind> {
        match (self.kind, self.taken, self.answers) {
            (SiteKind::Then, false, _) => Some(GapKind::NeverHeld),
            (SiteKind::Else, false, _) => Some(GapKind::AlwaysHeld),
            (SiteKind::Arm, false, _) => Some(GapKind::ArmNotTaken),
            (SiteKind::Closure, false, _) => Some(GapKind::NotCalled),
            (SiteKind::Closure, true, (false, true)) => Some(GapKind::NeverTrue),
            (SiteKind::Closure, true, (true, false)) => Some(GapKind::NeverFalse),
            _ => None,
        }
    }
}

/// A note to be put into the text.
struct Note {
    offset: usize,
    /// What closes comes before what opens at the same place, the innermost first.
    order: (bool, Reverse<usize>),
    text: String,
}

struct Writer<'a> {
    file: &'a str,
    source: &'a str,
    tokens: &'a [Token],
    sites: &'a mut Vec<Site>,
    notes: Vec<Note>,
}

impl Writer<'_> {
    fn token(&mut self, at: usize) {
        let Some(token) = self.tokens.get(at) else { return };
        match token.kind {
            TokenKind::Word if self.word(at) == "if" && !self.is_guard(at) => self.branches(at),
            TokenKind::Word if self.word(at) == "switch" => self.arms(at),
            TokenKind::Pipe if self.begins_operand(at) => self.closure(at),
            _ => {}
        }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.source.get(token.start..token.end)).unwrap_or_default()
    }

    fn site(&mut self, at: usize, kind: SiteKind) -> usize {
        let line = self.tokens.get(at).map_or(1, |token| token.line);
        let text = self.source.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned();
        let file = self.file.to_owned();
        self.sites.push(Site { file, line, text, kind, taken: false, answers: (false, false) });
        self.sites.len().saturating_sub(1)
    }

    fn open(&mut self, offset: usize, text: String) {
        self.notes.push(Note { offset, order: (true, Reverse(0)), text });
    }

    fn close(&mut self, offset: usize, start: usize, text: String) {
        self.notes.push(Note { offset, order: (false, Reverse(start)), text });
    }

    /// The first brace after a token, on its level: that of the block.
    fn block_after(&self, at: usize) -> Option<usize> {
        let parent = self.tokens.get(at)?.parent;
        let later = self.tokens.iter().enumerate().skip(at.saturating_add(1));
        later
            .filter(|(_, token)| token.parent == parent)
            .find(|(_, token)| token.kind == TokenKind::Brace)
            .map(|(at, _)| at)
    }

    fn closer(&self, open: usize) -> Option<usize> {
        self.tokens.get(open).and_then(|token| token.closer)
    }

    /// A condition of a way of a `switch` is none of a statement.
    fn is_guard(&self, at: usize) -> bool {
        let parent = self.tokens.get(at).and_then(|token| token.parent);
        let in_switch = parent.is_some_and(|open| self.opens_switch(open));
        in_switch
            && at
                .checked_sub(1)
                .and_then(|before| self.tokens.get(before))
                .is_none_or(|token| token.kind != TokenKind::Arrow)
    }

    fn opens_switch(&self, open: usize) -> bool {
        let level = self.tokens.get(open).and_then(|token| token.parent);
        let before = self
            .tokens
            .iter()
            .enumerate()
            .take(open)
            .rev()
            .take_while(|(_, token)| token.kind != TokenKind::Separator || token.parent != level);
        let mut same = before.filter(|(_, token)| token.parent == level);
        // Between the word and its brace no other brace opens on the level.
        same.find(|(at, token)| token.kind == TokenKind::Brace || self.word(*at) == "switch")
            .is_some_and(|(at, _)| self.word(at) == "switch")
    }

    fn branches(&mut self, at: usize) {
        let Some(open) = self.block_after(at) else { return };
        let Some(close) = self.closer(open) else { return };
        let then = self.site(at, SiteKind::Then);
        self.took(open, then);
        let next = close.saturating_add(1);
        if self.word(next) != "else" {
            let without = self.site(at, SiteKind::Else);
            let end = self.tokens.get(close).map_or(0, |token| token.end);
            self.close(end, at, format!(" else {{ {TOOK}({without}) }}"));
            return;
        }
        let after = next.saturating_add(1);
        if self.tokens.get(after).is_some_and(|token| token.kind == TokenKind::Brace) {
            let other = self.site(at, SiteKind::Else);
            self.took(after, other);
        }
    }

    /// A note at the beginning of a block.
    fn took(&mut self, open: usize, site: usize) {
        if let Some(token) = self.tokens.get(open) {
            self.open(token.end, format!(" {TOOK}({site});"));
        }
    }

    fn arms(&mut self, at: usize) {
        let Some(open) = self.block_after(at) else { return };
        let arrows: Vec<usize> = (open..self.closer(open).unwrap_or(open))
            .filter(|at| {
                self.tokens
                    .get(*at)
                    .is_some_and(|token| token.kind == TokenKind::Arrow && token.parent == Some(open))
            })
            .collect();
        for arrow in arrows {
            let first = arrow.saturating_add(1);
            let site = self.site(arrow, SiteKind::Arm);
            match self.tokens.get(first) {
                Some(token) if token.kind == TokenKind::Brace => self.took(first, site),
                Some(token) => {
                    let start = token.start;
                    self.open(start, format!("{{ {TOOK}({site}); "));
                    self.close(self.end_of(first), arrow, " }".to_owned());
                }
                None => {}
            }
        }
    }

    /// Where an expression that begins here ends: before a comma, a semicolon or the bracket around it.
    fn end_of(&self, first: usize) -> usize {
        let parent = self.tokens.get(first).and_then(|token| token.parent);
        let last = parent.and_then(|open| self.closer(open)).unwrap_or(self.tokens.len());
        let stop = (first..last).find(|at| {
            self.tokens
                .get(*at)
                .is_some_and(|token| token.parent == parent && token.kind == TokenKind::Separator)
        });
        let before = stop.unwrap_or(last).checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(self.source.len(), |token| token.end)
    }

    /// A bar that begins a closure stands where an operand may.
    fn begins_operand(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return true };
        match before.kind {
            TokenKind::Brace
            | TokenKind::Open
            | TokenKind::Separator
            | TokenKind::Arrow
            | TokenKind::Sign => true,
            TokenKind::Word => self.word(at.saturating_sub(1)) == "return",
            TokenKind::Close | TokenKind::Pipe | TokenKind::Text => false,
        }
    }

    fn closure(&mut self, at: usize) {
        let parent = self.tokens.get(at).and_then(|token| token.parent);
        let bar = |token: &Token| token.kind == TokenKind::Pipe && token.parent == parent;
        let end = if self.word(at) == "||" {
            Some(at)
        } else {
            let later = self.tokens.iter().enumerate().skip(at.saturating_add(1));
            later
                .take_while(|(_, token)| token.parent == parent)
                .find(|(_, token)| bar(token))
                .map(|(at, _)| at)
        };
        let Some(first) = end.map(|end| end.saturating_add(1)) else { return };
        let Some(token) = self.tokens.get(first) else { return };
        let site = self.site(at, SiteKind::Closure);
        self.open(token.start, format!("{CAME}({site}, "));
        self.close(self.end_of(first), at, ")".to_owned());
        if token.kind == TokenKind::Brace {
            self.took(first, site);
            self.returns(first, site);
        }
    }

    /// What a closure gives back before its end; what stands in another closure inside is that one's.
    fn returns(&mut self, open: usize, site: usize) {
        let close = self.closer(open).unwrap_or(open);
        let mut at = open.saturating_add(1);
        while at < close {
            let next = at.saturating_add(1);
            let inner = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Pipe)
                && self.begins_operand(at);
            if inner {
                let end = self.end_of(at);
                at = (next..close)
                    .find(|at| self.tokens.get(*at).is_some_and(|token| token.start >= end))
                    .unwrap_or(close);
                continue;
            }
            let value = self
                .tokens
                .get(next)
                .filter(|token| !matches!(token.kind, TokenKind::Separator | TokenKind::Close));
            if let (true, Some(start)) = (self.word(at) == "return", value.map(|token| token.start)) {
                self.open(start, format!("{CAME}({site}, "));
                self.close(self.end_of(next), at, ")".to_owned());
            }
            at = next;
        }
    }

    fn finish(mut self) -> String {
        self.notes.sort_by_key(|note| (note.offset, note.order));
        let (mut text, mut from) = (String::new(), 0);
        for note in &self.notes {
            text.push_str(self.source.get(from..note.offset).unwrap_or_default());
            text.push_str(&note.text);
            from = note.offset;
        }
        text.push_str(self.source.get(from..).unwrap_or_default());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(source: &str) -> String {
        Probe::default().put_notes("x.rhai", source).0
    }

    #[test]
    fn notes_stand_where_ways_begin() {
        assert_eq!(
            noted("if a { b } else { c }"),
            "if a { coverage__took(0); b } else { coverage__took(1); c }"
        );
        assert_eq!(
            noted("if a == #{} { b }"),
            "if a == #{} { coverage__took(0); b } else { coverage__took(1) }"
        );
        assert_eq!(
            noted("if a { b } else if c { d }"),
            "if a { coverage__took(0); b } else if c { coverage__took(1); d } else { coverage__took(2) }"
        );
        assert_eq!(
            noted("x.filter(|r| r.a == 1 || r.b, 2)"),
            "x.filter(|r| coverage__came(0, r.a == 1 || r.b), 2)"
        );
        assert_eq!(
            noted("switch a { 1 if b => c, _ => { d } }"),
            "switch a { 1 if b => { coverage__took(0); c }, _ => { coverage__took(1); d } }"
        );
        assert_eq!(
            noted("let f = |x| { if x { return y; } z };"),
            "let f = |x| coverage__came(0, { coverage__took(0); if x { coverage__took(1); return coverage__came(0, y); } else { coverage__took(2) } z });"
        );
    }

    #[test]
    fn texts_and_comments_hold_no_ways() {
        for source in
            ["\"if a { b }\"", "// if a { b }\n", "/* |x| y */", "`if a { \\` |x| `", "a || b", "a | b"]
        {
            assert_eq!(noted(source), source);
        }
        assert_eq!(noted("`${x.map(|y| y)} 个 |z|`"), "`${x.map(|y| coverage__came(0, y))} 个 |z|`");
    }
}
