//! Number formats of spreadsheets: what one makes of a number, as far as that is part of what was meant. Percent signs,
//! leading zeros and letters before a number belong to it; colours, separators and units behind it do not.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::row::RawCell;

/// No number is shown with more digits: identifiers have up to some thirty.
const MOST_DIGITS: usize = 64;

/// Sections of a format: for numbers above zero, below zero, zero, and for texts.
const MOST_SECTIONS: usize = 4;

/// Days between the two epochs of workbooks.
pub(in crate::ingest) const EPOCH_1904: f64 = 1462.0;

/// A number format, as its sections.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ingest) struct NumberFormat {
    sections: Vec<Section>,
}

/// One section of a format.
#[derive(Clone, Debug, Default, PartialEq)]
struct Section {
    kind: Kind,
    /// For which numbers it is, where it says so.
    condition: Option<(Comparison, f64)>,
    /// What it is made of; nothing for those that show a number as it is.
    template: Vec<Token>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// A number as it is.
    #[default]
    Plain,
    /// A day, a time of day, or both.
    Date,
    /// A length of time.
    Duration,
    /// Hundredths: 0.85 is shown, and meant, as 85%.
    Percent,
    /// A whole number by a template: 12 is shown, and meant, as 000012 or WG-0012.
    Template,
    /// A text with something around it.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A place for a digit, with a zero where there is none.
    Zero,
    /// A place for a digit, with nothing where there is none.
    Digit,
    /// What is shown as it is.
    Literal(char),
    /// The text.
    Text,
}

impl NumberFormat {
    /// The format that shows everything as it is.
    pub(super) const fn plain() -> Self {
        Self { sections: Vec::new() }
    }

    /// The format of a code, as `0.00%`.
    pub(in crate::ingest) fn of(code: &str) -> Self {
        let sections = sections(code);
        Self { sections: sections.iter().take(MOST_SECTIONS).map(|tokens| Section::of(tokens)).collect() }
    }

    /// The format that a number from the list of built-in ones stands for.
    pub(in crate::ingest) fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Self::of("0%"),
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::of("yyyy-mm-dd"),
            46 => Self::of("[h]:mm:ss"),
            _ => Self::default(),
        }
    }

    /// A number as the format shows it.
    pub(in crate::ingest) fn number(&self, number: f64, is_1904: bool) -> RawCell<'static> {
        let Some(section) = self.section(number) else { return RawCell::Number(number) };
        let shown = match section.kind {
            Kind::Plain | Kind::Text | Kind::Duration => None,
            Kind::Date => return RawCell::Serial(if is_1904 { number + EPOCH_1904 } else { number }),
            Kind::Percent => percent(number),
            Kind::Template => section.filled(number),
        };
        shown.map_or(RawCell::Number(number), |text| RawCell::Text(Cow::Owned(text)))
    }

    /// A text as the format shows it.
    pub(in crate::ingest) fn text<'a>(&self, text: Cow<'a, str>) -> Cow<'a, str> {
        let adds = |last: &&Section| last.kind == Kind::Text && last.template.len() > 1;
        let Some(section) = self.sections.last().filter(adds) else { return text };
        let mut shown = String::new();
        for token in &section.template {
            match token {
                Token::Literal(sign) => shown.push(*sign),
                Token::Text => shown.push_str(&text),
                Token::Zero | Token::Digit => {}
            }
        }
        Cow::Owned(shown)
    }

    /// The section for a number.
    fn section(&self, number: f64) -> Option<&Section> {
        if self.sections.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| section.condition.is_none_or(|(how, to)| how.holds(number, to));
            return self.sections.iter().find(holds);
        }
        let numbers = self.sections.iter().filter(|section| section.kind != Kind::Text).count();
        let at = match numbers {
            2.. if number < 0.0 => 1,
            3.. if number == 0.0 => 2,
            _ => 0,
        };
        self.sections.get(at)
    }
}

impl Comparison {
    fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "<" => Self::Less,
            "<=" => Self::AtMost,
            "=" => Self::Equal,
            "<>" => Self::Other,
            ">=" => Self::AtLeast,
            ">" => Self::More,
            _ => return None,
        })
    }

    fn holds(self, number: f64, to: f64) -> bool {
        match self {
            Self::Less => number < to,
            Self::AtMost => number <= to,
            Self::Equal => number.total_cmp(&to).is_eq(),
            Self::Other => number.total_cmp(&to).is_ne(),
            Self::AtLeast => number >= to,
            Self::More => number > to,
        }
    }
}

/// A sign of a code: one with a meaning, one that stands for itself, or what stands in square brackets.
enum Sign {
    Code(char),
    Literal(char),
    Bracketed(String),
}

/// The signs of each section of a code.
fn sections(code: &str) -> Vec<Vec<Sign>> {
    let (mut all, mut section) = (Vec::new(), Vec::new());
    let mut rest = code.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => section.extend(rest.by_ref().take_while(|sign| *sign != '"').map(Sign::Literal)),
            '\\' | '!' => section.extend(rest.next().map(Sign::Literal)),
            // As wide as the next sign, or that as often as there is room.
            '_' | '*' => drop(rest.next()),
            '[' => section.push(Sign::Bracketed(rest.by_ref().take_while(|sign| *sign != ']').collect())),
            ';' => all.push(std::mem::take(&mut section)),
            _ => section.push(Sign::Code(sign)),
        }
    }
    all.push(section);
    all
}

impl Section {
    fn of(signs: &[Sign]) -> Self {
        let bracketed = signs.iter().filter_map(|sign| match sign {
            Sign::Bracketed(inside) => Some(inside.as_str()),
            Sign::Code(_) | Sign::Literal(_) => None,
        });
        let condition = bracketed.clone().find_map(condition);
        let codes: String = signs.iter().filter_map(code).collect();
        // `G/通用格式` is what `General` is called in Chinese.
        let is_general = codes.contains("general") || codes.contains("g/");
        let kind = if bracketed.clone().any(is_elapsed) {
            Kind::Duration
        } else if !is_general && is_date(&codes) {
            Kind::Date
        } else if codes.contains('%') {
            Kind::Percent
        } else if codes.contains('@') {
            Kind::Text
        } else {
            Kind::Plain
        };
        let template = template(signs);
        match kind {
            Kind::Text => Self { kind, condition, template },
            Kind::Plain if !is_general && is_meant(&codes, &template) => {
                Self { kind: Kind::Template, condition, template }
            }
            kind => Self { kind, condition, template: Vec::new() },
        }
    }

    /// A whole number with its digits in the places of the template.
    fn filled(&self, number: f64) -> Option<String> {
        let digits = Decimal::from_str_exact(&number.abs().to_string()).ok()?.to_string();
        let places = self.template.iter().filter(|token| matches!(token, Token::Zero | Token::Digit)).count();
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        // A code has no sign.
        if number < 0.0 || !is_whole || digits.len().max(places) > MOST_DIGITS {
            return None;
        }
        let digits: Vec<char> = digits.chars().filter(|_| number > 0.0).collect();
        let mut missing = places.saturating_sub(digits.len());
        // What is more than there are places stands at the first.
        let mut surplus = digits.len().saturating_sub(places);
        let (mut left, mut shown) = (digits.into_iter(), String::new());
        for token in &self.template {
            match token {
                Token::Literal(sign) => shown.push(*sign),
                Token::Zero if missing > 0 => shown.push('0'),
                Token::Digit if missing > 0 => {}
                Token::Zero | Token::Digit => shown.extend(left.by_ref().take(surplus.saturating_add(1))),
                Token::Text => return None,
            }
            if matches!(token, Token::Zero | Token::Digit) {
                (surplus, missing) = (0, missing.saturating_sub(1));
            }
        }
        Some(shown)
    }
}

fn code(sign: &Sign) -> Option<char> {
    if let Sign::Code(code) = sign { Some(code.to_ascii_lowercase()) } else { None }
}

/// `>=100`.
fn condition(inside: &str) -> Option<(Comparison, f64)> {
    let number = inside.trim_start_matches(['<', '>', '=']);
    let sign = inside.get(..inside.len().saturating_sub(number.len()))?;
    Some((Comparison::of(sign)?, number.trim().parse().ok()?))
}

/// `[h]`: hours beyond a day.
fn is_elapsed(inside: &str) -> bool {
    let first = inside.chars().next().map(|first| first.to_ascii_lowercase());
    first.is_some_and(|first| {
        matches!(first, 'h' | 'm' | 's') && inside.chars().all(|sign| sign.to_ascii_lowercase() == first)
    })
}

/// Whether codes, in lower case, show a day or a time.
fn is_date(codes: &str) -> bool {
    let exponent = codes.contains("e+") || codes.contains("e-");
    codes.contains(['y', 'd', 'h', 's'])
        || codes.contains("aaa")
        || codes.contains('m')
        || (codes.contains('e') && !exponent)
}

fn template(signs: &[Sign]) -> Vec<Token> {
    let token = |sign: &Sign| match sign {
        Sign::Code('0') => Some(Token::Zero),
        Sign::Code('#' | '?') => Some(Token::Digit),
        Sign::Code('@') => Some(Token::Text),
        Sign::Code(sign) | Sign::Literal(sign) => Some(Token::Literal(*sign)),
        Sign::Bracketed(_) => None,
    };
    signs.iter().filter_map(token).collect()
}

/// Whether a template shows more than the number: zeros before it, letters or figures before or among its digits. Those
/// with a point, groups of thousands or an exponent are numbers.
fn is_meant(codes: &str, template: &[Token]) -> bool {
    if codes.contains(['.', ',', 'e', '/']) {
        return false;
    }
    let is_place = |token: &Token| matches!(token, Token::Zero | Token::Digit);
    let Some(last) = template.iter().rposition(is_place) else { return false };
    let before = template.get(..last).unwrap_or_default();
    let zeros = template.iter().filter(|token| **token == Token::Zero).count();
    let is_telling = |token: &Token| matches!(token, Token::Literal(sign) if sign.is_alphanumeric());
    let first = template.iter().position(is_place).unwrap_or(0);
    let among = template.get(first..last).unwrap_or_default().iter().any(|token| !is_place(token));
    zeros > 1 || before.iter().any(is_telling) || among
}

fn percent(number: f64) -> Option<String> {
    let percent = number.to_string().parse::<Decimal>().ok()?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(format!("{}%", percent.normalize()))
}

#[cfg(test)]
mod tests;
