//! Messages as rules word them: a Chinese literal with the English one behind it.
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

/// A value in a message.
const VALUE: char = '\0';

/// Words after a number.
const MEASURES: &str = "项个名条次处份件天场人步起行类对张户种家篇月栏年%";

struct Literal {
    text: String,
    /// Positions of its quotation marks, the last one behind it.
    start: usize,
    end: usize,
}

/// The Chinese messages of a rule or library; each value in them is one sign.
pub fn messages(source: &str) -> Vec<String> {
    let signs: Vec<char> = source.chars().collect();
    let all = literals(&signs);
    let pairs = all.windows(2).filter(|pair| is_message(&signs, &pair[0], &pair[1]));
    pairs.map(|pair| with_values(&pair[0].text)).collect()
}

/// A message with a sample in place of each value.
pub fn filled(message: &str) -> String {
    let mut signs = message.chars().peekable();
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            VALUE if signs.peek().is_some_and(|next| MEASURES.contains(*next)) => text.push('3'),
            VALUE => text.push_str("示例"),
            other => text.push(other),
        }
    }
    text
}

/// Whether Chinese is in it.
pub fn has_han(text: &str) -> bool {
    text.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

fn is_message(signs: &[char], chinese: &Literal, english: &Literal) -> bool {
    let between: String =
        signs[chinese.end..english.start].iter().filter(|sign| !sign.is_whitespace()).collect();
    has_han(&chinese.text)
        && !has_han(&english.text)
        && english.text.chars().any(|sign| sign.is_ascii_alphabetic())
        && matches!(between.as_str(), "," | ",en:")
}

/// `{}` and `{name}` stand for values too.
fn with_values(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((_, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        out.push(VALUE);
        rest = after;
    }
    out + rest
}

fn literals(signs: &[char]) -> Vec<Literal> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        match signs[at] {
            '/' if signs.get(at + 1) == Some(&'/') => {
                at += signs[at..].iter().position(|sign| *sign == '\n').unwrap_or(signs.len() - at);
            }
            mark @ ('"' | '`') => {
                let (text, end) = literal(signs, at, mark);
                found.push(Literal { text, start: at, end });
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The text of the literal that begins here, and where it is over.
fn literal(signs: &[char], start: usize, mark: char) -> (String, usize) {
    let (mut text, mut at) = (String::new(), start + 1);
    while at < signs.len() && signs[at] != mark {
        if mark == '`' && signs[at] == '$' && signs.get(at + 1) == Some(&'{') {
            at = behind_braces(signs, at + 2);
            text.push(VALUE);
        } else {
            at += usize::from(signs[at] == '\\');
            text.extend(signs.get(at));
            at += 1;
        }
    }
    (text, at + 1)
}

fn behind_braces(signs: &[char], mut at: usize) -> usize {
    let mut depth = 1;
    while depth > 0 && at < signs.len() {
        match signs[at] {
            mark @ ('"' | '`') => at = literal(signs, at, mark).1 - 1,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at
}
