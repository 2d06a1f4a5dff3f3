//! The tokens of a script, as far as coverage needs them: words, brackets and what they hold, bars, separators.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name, keyword or number.
    Word,
    /// A text, or a part of one between values.
    Text,
    /// The brace of a block.
    Brace,
    /// Another opening bracket, that of a map among them.
    Open,
    /// A closing bracket.
    Close,
    /// `,` or `;`.
    Separator,
    /// `=>`.
    Arrow,
    /// `|` or `||`.
    Pipe,
    /// Any other sign.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: usize,
    /// The bracket it stands in.
    pub(crate) parent: Option<usize>,
    /// The bracket that closes it.
    pub(crate) closer: Option<usize>,
}

/// The tokens of a script that compiles.
pub(crate) fn tokenize(source: &str) -> Vec<Token> {
    let mut tokenizer =
        Tokenizer { source, at: 0, line: 1, tokens: Vec::new(), open: Vec::new(), texts: Vec::new() };
    while tokenizer.next() {}
    tokenizer.tokens
}

struct Tokenizer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    /// Brackets that are open.
    open: Vec<usize>,
    /// Of these, those of values inside of texts.
    texts: Vec<usize>,
}

impl Tokenizer<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        let passed = self.source.get(self.at..self.at.saturating_add(bytes)).unwrap_or_default();
        self.line = self.line.saturating_add(passed.matches('\n').count());
        self.at = self.at.saturating_add(bytes).min(self.source.len());
    }

    fn push(&mut self, kind: TokenKind, bytes: usize) {
        let (start, line, parent) = (self.at, self.line, self.open.last().copied());
        self.advance(bytes);
        self.tokens.push(Token { kind, start, end: self.at, line, parent, closer: None });
    }

    /// The next token; false at the end.
    fn next(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let bytes = first.len_utf8();
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        match first {
            _ if first.is_whitespace() => self.advance(bytes),
            _ if rest.starts_with("//") => self.advance(rest.find('\n').unwrap_or(rest.len())),
            _ if rest.starts_with("/*") => {
                self.advance(rest.find("*/").map_or(rest.len(), |end| end.saturating_add(2)));
            }
            _ if word(first) => self.push(TokenKind::Word, rest.find(|c| !word(c)).unwrap_or(rest.len())),
            '"' => self.push(TokenKind::Text, text_end(rest, '"')),
            '\'' => self.push(TokenKind::Text, text_end(rest, '\'')),
            '`' => self.part_of_text(1),
            '{' => self.opening(TokenKind::Brace, 1),
            '(' | '[' => self.opening(TokenKind::Open, 1),
            '#' if rest.starts_with("#{") => self.opening(TokenKind::Open, 2),
            '}' if self.open.last().is_some_and(|open| self.texts.last() == Some(open)) => {
                self.texts.pop();
                self.closing();
                self.part_of_text(0);
            }
            ')' | ']' | '}' => self.closing(),
            ',' | ';' => self.push(TokenKind::Separator, bytes),
            '=' if rest.starts_with("=>") => self.push(TokenKind::Arrow, 2),
            '|' => self.push(TokenKind::Pipe, if rest.starts_with("||") { 2 } else { 1 }),
            _ => self.push(TokenKind::Sign, bytes),
        }
        true
    }

    fn opening(&mut self, kind: TokenKind, bytes: usize) {
        let at = self.tokens.len();
        self.push(kind, bytes);
        self.open.push(at);
    }

    fn closing(&mut self) {
        let at = self.tokens.len();
        if let Some(open) = self.open.pop().and_then(|open| self.tokens.get_mut(open)) {
            open.closer = Some(at);
        }
        self.push(TokenKind::Close, 1);
    }

    /// A text between back quotes, up to its end or to a value inside of it.
    fn part_of_text(&mut self, skip: usize) {
        let rest = self.rest();
        let inside = rest.get(skip..).unwrap_or_default();
        let (quote, value) = (inside.find('`'), inside.find("${"));
        match (quote, value) {
            (end, Some(value)) if end.is_none_or(|end| value < end) => {
                self.push(TokenKind::Text, value.saturating_add(skip));
                self.texts.push(self.tokens.len());
                self.opening(TokenKind::Open, 2);
            }
            (Some(end), _) => self.push(TokenKind::Text, end.saturating_add(skip).saturating_add(1)),
            (None, _) => self.push(TokenKind::Text, rest.len()),
        }
    }
}

/// The length of a text with its quotes.
fn text_end(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == quote => return at.saturating_add(1),
            _ => {}
        }
    }
    rest.len()
}
