//! Which characters of a script are code, text or comment.

/// 1-based line and column, in characters.
pub(crate) type At = (usize, usize);

/// What a character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
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

/// Most characters of Chinese names, none of which is a sign.
pub(super) fn is_ideograph(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

pub(crate) struct Scanner {
    chars: Vec<char>,
    /// Position of the character about to be read, and of the one just read.
    next: usize,
    read: usize,
    ahead: At,
    pub(crate) at: At,
    modes: Vec<Mode>,
}

impl Scanner {
    pub(crate) fn new(source: &str) -> Self {
        // Never more characters than bytes: nothing is moved while they are counted out.
        let mut chars = Vec::with_capacity(source.len());
        chars.extend(source.chars());
        Self { chars, next: 0, read: 0, ahead: (1, 1), at: (1, 1), modes: vec![Mode::Code(0)] }
    }

    /// The character just read and all after it.
    pub(crate) fn before(&self) -> &[char] {
        self.chars.get(self.read..).unwrap_or_default()
    }

    fn peek(&self, by: usize) -> Option<char> {
        self.chars.get(self.read.saturating_add(by)).copied()
    }

    /// Passes over what can neither end what the scanner is in the middle of nor be a sign of a Chinese keyboard.
    pub(super) fn skip_plain(&mut self) {
        let mode = self.modes.last().copied().unwrap_or(Mode::Code(0));
        let plain = |sign: &&char| match mode {
            Mode::Code(_) => {
                sign.is_ascii_alphanumeric()
                    || matches!(sign, ' ' | '_' | '.' | ',' | '(' | ')')
                    || is_ideograph(**sign)
            }
            Mode::Text(_) => !matches!(sign, '"' | '\'' | '`' | '\\' | '\n' | '$' | '＄' | '￥' | '{' | '｛'),
            Mode::Line => **sign != '\n',
            Mode::Raw(_) | Mode::Block(_) => false,
        };
        let count = self.chars.get(self.next..).unwrap_or_default().iter().take_while(plain).count();
        self.next = self.next.saturating_add(count);
        self.ahead.1 = self.ahead.1.saturating_add(count);
    }

    /// Reads one character.
    pub(crate) fn step(&mut self) -> Option<Kind> {
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
