//! Signs of a Chinese keyboard that slipped into code: where each stands, and which sign was meant.
//!
//! Inside texts and comments they are as good as any other character. The scanner knows just enough of the language
//! to tell these apart, and goes over a file once before the file is parsed: the parser would object to what follows
//! the sign, or, where the sign may stand in a name, not at all.

use std::borrow::Cow;

/// 1-based line and column, in characters.
pub(super) type At = (usize, usize);

/// A sign that has no place in code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stray {
    pub(super) at: At,
    /// As it is written.
    pub(super) written: String,
    /// What to write instead; alternatives are separated by a space.
    pub(super) meant: Cow<'static, str>,
}

/// Signs that are no plain full-width form of another, longest first, with what their key writes without the Chinese
/// input method or what they stand for in code.
const SIGNS: [(&str, &str); 44] = [
    ("——", "_ -"),
    ("……", "^ .."),
    ("“", "\""),
    ("”", "\""),
    ("„", "\""),
    ("‘", "' `"),
    ("’", "' `"),
    ("、", ", / \\"),
    ("。", "."),
    ("｡", "."),
    ("､", ","),
    ("《", "<"),
    ("》", ">"),
    ("〈", "<"),
    ("〉", ">"),
    ("「", "{ ["),
    ("」", "} ]"),
    ("『", "{ ["),
    ("』", "} ]"),
    ("【", "["),
    ("】", "]"),
    ("〔", "["),
    ("〕", "]"),
    ("〖", "["),
    ("〗", "]"),
    ("·", "` ."),
    ("•", "."),
    ("—", "- _"),
    ("–", "-"),
    ("−", "-"),
    ("…", ".."),
    ("￥", "$"),
    ("¥", "$"),
    ("×", "*"),
    ("÷", "/"),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    ("￠", "$"),
    ("￢", "!"),
    ("￣", "~"),
    ("￤", "|"),
    ("￡", "$"),
    ("〜", "~"),
];

/// Blanks that the language does not take for blanks, or that a reader cannot see.
const BLANKS: [char; 9] = [
    '\u{3000}', '\u{a0}', '\u{2002}', '\u{2003}', '\u{2009}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}',
];

/// What a character of code should have been, if it is no character of code.
fn meant(rest: &[char]) -> Option<(usize, Cow<'static, str>)> {
    let first = *rest.first()?;
    if first.is_ascii() {
        return None;
    }
    if BLANKS.contains(&first) {
        return Some((1, " ".into()));
    }
    if let Some(plain) = half_width(first) {
        return Some((1, plain.to_string().into()));
    }
    let begins = |sign: &str| sign.chars().zip(rest).filter(|(a, b)| a == *b).count() == sign.chars().count();
    let (sign, plain) = SIGNS.iter().find(|(sign, _)| begins(sign))?;
    Some((sign.chars().count(), (*plain).into()))
}

/// The ASCII character of which this is the full-width form.
fn half_width(sign: char) -> Option<char> {
    let code = u32::from(sign);
    (0xff01..=0xff5e).contains(&code).then(|| char::from_u32(code.saturating_sub(0xfee0))).flatten()
}

/// The first sign in code that belongs to texts and comments only.
pub(super) fn stray(source: &str) -> Option<Stray> {
    let mut scanner = Scanner::new(source);
    while let Some(kind) = scanner.step() {
        let rest = scanner.before();
        let found = match kind {
            Kind::Code => meant(rest),
            Kind::Template => broken_hole(rest),
            Kind::Text | Kind::Comment => None,
        };
        if let Some((count, meant)) = found {
            let written = rest.iter().take(count).collect();
            return Some(Stray { at: scanner.at, written, meant });
        }
    }
    None
}

/// `＄{`, and the brace of `$｛`, which would leave the words of the hole in the text.
fn broken_hole(rest: &[char]) -> Option<(usize, Cow<'static, str>)> {
    match rest {
        ['＄' | '￥', '{' | '｛', ..] => Some((1, "$".into())),
        ['｛', ..] => Some((1, "{".into())),
        _ => None,
    }
}

/// Quotation marks inside texts that have no partner there, last first: one of them may have been meant to end the
/// text. Those after line `last` are left out.
pub(super) fn lone_quotes(source: &str, last: usize) -> Vec<Stray> {
    let mut scanner = Scanner::new(source);
    let (mut found, mut open): (Vec<Stray>, Vec<Stray>) = (Vec::new(), Vec::new());
    while let Some(kind) = scanner.step() {
        if scanner.at.0 > last {
            break;
        }
        let Some(&sign) = scanner.before().first().filter(|_| matches!(kind, Kind::Text | Kind::Template))
        else {
            found.append(&mut open);
            continue;
        };
        let quote = |meant: &'static str| Stray { at: scanner.at, written: sign.into(), meant: meant.into() };
        match sign {
            '“' => open.push(quote("\"")),
            '”' if open.pop().is_none() => found.push(quote("\"")),
            '＂' => found.push(quote("\"")),
            '｀' => found.push(quote("`")),
            '·' | '‘' | '’' if kind == Kind::Template => found.push(quote("`")),
            _ => {}
        }
    }
    found.append(&mut open);
    found.sort_by_key(|one| std::cmp::Reverse(one.at));
    found
}

/// The source with a stray sign put right.
pub(super) fn mended(source: &str, stray: &Stray) -> String {
    let mut mended = String::with_capacity(source.len());
    for (line, number) in source.split_inclusive('\n').zip(1_usize..) {
        if number != stray.at.0 {
            mended.push_str(line);
            continue;
        }
        let before = stray.at.1.saturating_sub(1);
        mended.extend(line.chars().take(before));
        mended.push_str(stray.meant.split(' ').next().unwrap_or_default());
        mended.extend(line.chars().skip(before.saturating_add(stray.written.chars().count())));
    }
    mended
}

/// What a character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Code,
    /// A text, its delimiters among it.
    Text,
    /// A text in back-ticks.
    Template,
    Comment,
}

/// What the scanner is in the middle of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Code, and how many braces are open in it.
    Code(usize),
    /// A text up to this quotation mark.
    Text(char),
    /// A text up to a quotation mark and so many `#`.
    Raw(usize),
    Line,
    /// Comments in comments.
    Block(usize),
}

struct Scanner {
    chars: Vec<char>,
    /// Position of the character about to be read, and of the one just read.
    next: usize,
    read: usize,
    ahead: At,
    at: At,
    modes: Vec<Mode>,
}

impl Scanner {
    fn new(source: &str) -> Self {
        Self {
            chars: source.chars().collect(),
            next: 0,
            read: 0,
            ahead: (1, 1),
            at: (1, 1),
            modes: vec![Mode::Code(0)],
        }
    }

    /// The character just read and all after it.
    fn before(&self) -> &[char] {
        self.chars.get(self.read..).unwrap_or_default()
    }

    fn peek(&self, by: usize) -> Option<char> {
        self.chars.get(self.read.saturating_add(by)).copied()
    }

    /// Reads one character.
    fn step(&mut self) -> Option<Kind> {
        let sign = *self.chars.get(self.next)?;
        (self.read, self.at) = (self.next, self.ahead);
        self.next = self.next.saturating_add(1);
        self.ahead = if sign == '\n' {
            (self.at.0.saturating_add(1), 1)
        } else {
            (self.at.0, self.at.1.saturating_add(1))
        };
        Some(match self.modes.last().copied().unwrap_or(Mode::Code(0)) {
            Mode::Code(open) => self.code(sign, open),
            Mode::Text(quote) => self.text(sign, quote),
            Mode::Raw(hashes) => self.raw(sign, hashes),
            Mode::Line => {
                if sign == '\n' {
                    self.modes.pop();
                }
                Kind::Comment
            }
            Mode::Block(depth) => self.block(sign, depth),
        })
    }

    /// Passes over the next characters as part of what was just read.
    fn pass(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(sign) = self.chars.get(self.next) {
                self.ahead = if *sign == '\n' {
                    (self.ahead.0.saturating_add(1), 1)
                } else {
                    (self.ahead.0, self.ahead.1.saturating_add(1))
                };
                self.next = self.next.saturating_add(1);
            }
        }
    }

    fn become_(&mut self, mode: Mode) {
        if let Some(last) = self.modes.last_mut() {
            *last = mode;
        }
    }

    fn code(&mut self, sign: char, open: usize) -> Kind {
        match (sign, self.peek(1)) {
            ('/', Some('/')) => self.modes.push(Mode::Line),
            ('/', Some('*')) => {
                self.pass(1);
                self.modes.push(Mode::Block(1));
            }
            ('"' | '\'' | '`', _) => {
                self.modes.push(Mode::Text(sign));
                return Kind::Text;
            }
            ('#', Some('#' | '"')) => {
                let hashes = self.before().iter().take_while(|sign| **sign == '#').count();
                if self.peek(hashes) == Some('"') {
                    self.pass(hashes);
                    self.modes.push(Mode::Raw(hashes));
                    return Kind::Text;
                }
            }
            ('{', _) => self.become_(Mode::Code(open.saturating_add(1))),
            // The end of a hole in a template.
            ('}', _) if open == 0 && self.modes.len() > 1 => {
                self.modes.pop();
            }
            ('}', _) => self.become_(Mode::Code(open.saturating_sub(1))),
            _ => return Kind::Code,
        }
        if sign == '/' { Kind::Comment } else { Kind::Code }
    }

    fn text(&mut self, sign: char, quote: char) -> Kind {
        match (sign, self.peek(1)) {
            ('\\', Some(_)) if quote != '`' => self.pass(1),
            ('$', Some('{')) if quote == '`' => {
                self.pass(1);
                self.modes.push(Mode::Code(0));
            }
            ('$', Some('｛')) if quote == '`' => {
                // Shown as the brace: that is the sign to put right.
                (self.read, self.at) = (self.next, self.ahead);
                self.pass(1);
                return Kind::Template;
            }
            ('｛', _) if quote == '`' => return Kind::Text,
            (_, Some(next)) if sign == quote && next == quote && quote != '\'' => self.pass(1),
            _ if sign == quote => {
                self.modes.pop();
            }
            // Not closed: only templates span lines.
            ('\n', _) if quote != '`' => {
                self.modes.pop();
            }
            _ => {}
        }
        if quote == '`' { Kind::Template } else { Kind::Text }
    }

    fn raw(&mut self, sign: char, hashes: usize) -> Kind {
        let closing = sign == '"' && (1..=hashes).all(|by| self.peek(by) == Some('#'));
        if closing {
            self.pass(hashes);
            self.modes.pop();
        }
        Kind::Text
    }

    fn block(&mut self, sign: char, depth: usize) -> Kind {
        match (sign, self.peek(1)) {
            ('/', Some('*')) => {
                self.pass(1);
                self.become_(Mode::Block(depth.saturating_add(1)));
            }
            ('*', Some('/')) => {
                self.pass(1);
                if depth <= 1 {
                    self.modes.pop();
                } else {
                    self.become_(Mode::Block(depth.saturating_sub(1)));
                }
            }
            _ => {}
        }
        Kind::Comment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Option<(At, String, String)> {
        stray(source).map(|stray| (stray.at, stray.written, stray.meant.into_owned()))
    }

    #[test]
    fn signs_of_code_are_found_where_they_stand() {
        let cases = [
            ("fn check（t) {}", (1, 9), "（", "("),
            ("a\n  b ， c", (2, 5), "，", ","),
            ("let a = ３;", (1, 9), "３", "3"),
            ("ａ.b", (1, 1), "ａ", "a"),
            ("x\u{3000}y", (1, 2), "\u{3000}", " "),
            ("a——b", (1, 2), "——", "_ -"),
            ("t.人员。count()", (1, 5), "。", "."),
            ("`共 ${a．b} 项`", (1, 7), "．", "."),
            ("`共 $｛a} 项`", (1, 5), "｛", "{"),
            ("`共 ＄{a} 项`", (1, 4), "＄", "$"),
            ("`共 ${a｝ 项`", (1, 7), "｝", "}"),
            ("“文字”", (1, 1), "“", "\""),
            ("#{ a： 1 }", (1, 5), "：", ":"),
        ];
        for (source, at, written, meant) in cases {
            assert_eq!(found(source), Some((at, written.to_owned(), meant.to_owned())), "{source}");
        }
    }

    #[test]
    fn texts_and_comments_may_hold_any_sign() {
        for source in [
            "\"（，）\" // ，",
            "/* 、/* ， */ 。 */ a",
            "`（${a + `，${b}，`}）`",
            "#\"，\"# + #{ a: 1 }",
            "\"\\\"，\" + '，'",
            "\"a\"\"，\"",
            "let 人员 = t.人员;",
            "`《${ #{ a: 1 }.a }》`",
            "`参见｛一｝`",
        ] {
            assert_eq!(found(source), None, "{source}");
        }
    }

    #[test]
    fn a_quotation_mark_that_does_not_end_a_text_is_found() {
        let lone = lone_quotes("met(a, \"没有“甲”的”, \"无\")\n", 1);
        assert_eq!(lone.first().map(|one| one.at), Some((1, 15)));
        let stray = lone.first().cloned();
        let mended = stray.map(|stray| mended("met(a, \"没有“甲”的”, \"无\")\n", &stray));
        assert_eq!(mended.as_deref(), Some("met(a, \"没有“甲”的\", \"无\")\n"));
        assert_eq!(lone_quotes("\"没有“甲”\"", 1), []);
    }
}
