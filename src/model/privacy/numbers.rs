//! Numbers of persons in a text, however they are spelled: with blanks, dashes and dots, after a country code, glued
//! together.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::forms::{self, Form, GLUED, Glued, is_day};
use super::signs::{Sign, is_middle_dot};

/// Digits that stand together.
struct Group {
    digits: String,
    /// The first of their signs; the others follow.
    start: usize,
    ideographs: bool,
}

impl Group {
    fn end(&self) -> usize {
        self.start.saturating_add(self.digits.len())
    }
}

/// Digits and signs of the longest number, and of several side by side.
const MOST: usize = 18;
/// Signs that may stand between two groups of one number.
const BETWEEN: usize = 3;

/// Signs of running text that are hidden.
pub(super) fn hidden(signs: &[Sign]) -> Vec<usize> {
    let groups = groups(signs);
    let text: String = signs.iter().map(|sign| sign.c).collect();
    let codes = codes(signs);
    let places = Places { signs, groups: &groups, codes, geometry: is_geometry(&text) };
    let (mut hidden, mut at) = (Vec::new(), 0);
    while at < groups.len() {
        let chain = places.chain(at);
        at = chain.end;
        places.of_chain(chain, &mut hidden);
    }
    hidden
}

/// Signs of a code that are hidden: of the whole, or none.
pub(super) fn hidden_of_code(signs: &[Sign], form: Form) -> Vec<usize> {
    let plain = |sign: &Sign| {
        sign.c.is_ascii_digit() || is_between(sign.c) || matches!(sign.c, '+' | '\'' | 'X' | 'x')
    };
    let groups = groups(signs);
    let Some(last) = groups.len().checked_sub(1).filter(|_| signs.iter().all(plain)) else {
        return Vec::new();
    };
    let places = Places { signs, groups: &groups, codes: Vec::new(), geometry: false };
    places.together(0, last, form).unwrap_or_default()
}

fn groups(signs: &[Sign]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        let last = groups.last_mut().filter(|group| group.end() == at);
        match (last, sign.c) {
            (Some(group), '0'..='9') if group.ideographs == sign.ideograph => group.digits.push(sign.c),
            (_, '0'..='9') => {
                groups.push(Group { digits: sign.c.to_string(), start: at, ideographs: sign.ideograph });
            }
            // The last sign of an identity number.
            (Some(group), 'X' | 'x' | '×' | '\u{3a7}' | '\u{425}')
                if group.digits.len() >= 3 && !letter(signs.get(at.saturating_add(1))) =>
            {
                group.digits.push('X');
            }
            _ => {}
        }
    }
    groups
}

/// The words that are social credit codes or digests.
fn codes(signs: &[Sign]) -> Vec<Range<usize>> {
    let in_word = |sign: &Sign| sign.c.is_ascii_alphanumeric() && !sign.ideograph;
    let mut end = 0_usize;
    let words = signs.chunk_by(|one, next| in_word(one) == in_word(next)).filter_map(|word| {
        let start = end;
        end = end.saturating_add(word.len());
        is_code(word).then_some(start..end)
    });
    words.collect()
}

fn is_code(word: &[Sign]) -> bool {
    let place = || word.get(2..8).is_some_and(|place| place.iter().all(|sign| sign.c.is_ascii_digit()));
    let form = match word.len() {
        18 => place(),
        32.. => word.iter().all(|sign| sign.c.is_ascii_hexdigit()),
        _ => false,
    };
    form && word.iter().take(17).any(|sign| sign.c.is_ascii_alphabetic())
}

fn letter(sign: Option<&Sign>) -> bool {
    sign.is_some_and(|sign| sign.c.is_ascii_alphabetic())
}

/// Blanks, dashes, dots and brackets.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || is_middle_dot(c)
        || matches!(
            c,
            '-' | '_' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '.' | '。' | '(' | ')'
        )
}

struct Places<'a> {
    signs: &'a [Sign],
    groups: &'a [Group],
    /// Where social credit codes and digests stand.
    codes: Vec<Range<usize>>,
    /// The text is one of coordinates: dots are those of decimal numbers.
    geometry: bool,
}

impl Places<'_> {
    fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// The signs between a group and the next.
    fn between(&self, at: usize) -> &[Sign] {
        let next = self.group(at.saturating_add(1));
        let range = self.group(at).zip(next).map(|(group, next)| group.end()..next.start);
        range.and_then(|range| self.signs.get(range)).unwrap_or_default()
    }

    /// The groups from this on that may belong to one number.
    fn chain(&self, first: usize) -> Range<usize> {
        let mut end = first.saturating_add(1);
        while let (Some(one), Some(next)) = (self.group(end.saturating_sub(1)), self.group(end)) {
            let between = self.between(end.saturating_sub(1));
            let near = between.len() <= BETWEEN && between.iter().all(|sign| is_between(sign.c));
            let dotted = self.geometry && between.iter().any(|sign| sign.c == '.');
            if !near || dotted || one.ideographs != next.ideographs {
                break;
            }
            end = end.saturating_add(1);
        }
        first..end
    }

    /// What is hidden of a chain: of each group on its own or with those after it, the longest first.
    fn of_chain(&self, chain: Range<usize>, hidden: &mut Vec<usize>) {
        let beside = self.side_by_side(chain.clone());
        let mut at = chain.start;
        while at < chain.end {
            if let Some((found, last)) = self.longest(at..chain.end) {
                hidden.extend(found);
                at = last.saturating_add(1);
            } else if let Some(found) = beside.as_ref().and_then(|beside| beside.from(at)) {
                return hidden.extend(found);
            } else {
                at = at.saturating_add(1);
            }
        }
    }

    /// The longest number that begins with the first of these groups, and its last group.
    fn longest(&self, groups: Range<usize>) -> Option<(Vec<usize>, usize)> {
        let (first, mut digits) = (groups.start, 0_usize);
        let fits = |at: &usize| {
            digits = digits.saturating_add(self.group(*at).map_or(0, |group| group.digits.len()));
            digits <= MOST
        };
        // A group alone may have more digits: several numbers glued together.
        let last = groups.take_while(fits).last().unwrap_or(first);
        (first..=last).rev().find_map(|last| Some((self.number(first, last)?, last)))
    }

    /// What is hidden of the groups from `first` to `last`, if they are one number, or one group of several.
    fn number(&self, first: usize, last: usize) -> Option<Vec<usize>> {
        let group = self.group(first)?;
        if first == last && (self.is_in_code(group) || self.is_fraction(first)) {
            return None;
        }
        self.together(first, last, Form::Running)
    }

    fn together(&self, first: usize, last: usize, form: Form) -> Option<Vec<usize>> {
        let groups = self.groups.get(first..=last)?;
        let length = groups.iter().map(|group| group.digits.len()).fold(0, usize::saturating_add);
        let digits = || groups.iter().map(|group| group.digits.as_str()).collect::<String>();
        let found = if length >= GLUED {
            let single = groups.len() == 1;
            let glued = (single || form != Form::Running).then(|| forms::glued(&digits(), form)).flatten();
            glued.or_else(|| (single && form == Form::Running).then(|| forms::anywhere(&digits())))
        } else if length > MOST {
            None
        } else {
            let digits = digits();
            let whole = forms::whole(&digits, form, groups.len() > 1);
            whole
                .filter(|_| groups.len() == 1 || self.is_spelled(first, last, &digits))
                .map(|range| vec![range])
        };
        found.filter(|ranges| !ranges.is_empty()).map(|ranges| places(groups, &ranges))
    }

    /// Numbers side by side in a chain, whose groups say nothing.
    fn side_by_side(&self, chain: Range<usize>) -> Option<Beside<'_>> {
        let groups = self.groups.get(chain.clone())?;
        let (mut digits, mut starts) = (String::new(), Vec::with_capacity(groups.len()));
        for group in groups {
            starts.push(digits.len());
            digits.push_str(&group.digits);
        }
        let many = groups.len() > 1 && digits.len() >= GLUED;
        many.then(|| Beside { groups, first: chain.start, starts, glued: Glued::of(&digits, Form::Running) })
    }

    /// Whether groups that make up a number look like one: no dates, no number of a standard, no decimal numbers, no
    /// address of a network.
    fn is_spelled(&self, first: usize, last: usize, digits: &str) -> bool {
        let Some(groups) = self.groups.get(first..=last) else { return false };
        let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
        let year =
            |group: &Group| group.digits.len() == 4 && ("1900".."2100").contains(&group.digits.as_str());
        let usual = lengths.ends_with(&[3, 4, 4]) || digits.len() > 13 || digits.starts_with('0');
        let dated = groups.iter().any(|group| year(group) || (digits.len() < 15 && is_day(&group.digits)));
        let fixed = digits.len() < 15 && !forms::is_mobile(digits);
        (usual || !dated)
            && (!fixed || has_local(&lengths))
            && !self.is_decimals(first, last)
            && !is_address(groups)
    }

    /// Decimal numbers side by side.
    fn is_decimals(&self, first: usize, last: usize) -> bool {
        let dotted: Vec<bool> =
            (first..last).map(|at| self.between(at).iter().any(|sign| sign.c == '.')).collect();
        let parts: Vec<&[bool]> = dotted.split(|dot| !dot).collect();
        parts.len() > 1 && parts.iter().all(|dots| dots.len() == 1)
    }

    /// The digits after a decimal point, in a text of coordinates.
    fn is_fraction(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|at| self.between(at));
        self.geometry && before.is_some_and(|between| matches!(between, [dot] if dot.c == '.'))
    }

    /// Whether the digits are part of a social credit code or of a digest.
    fn is_in_code(&self, group: &Group) -> bool {
        let at = self.codes.partition_point(|code| code.end <= group.start);
        self.codes.get(at).is_some_and(|code| code.contains(&group.start))
    }
}

/// The digits of a chain of groups, taken as numbers glued together.
struct Beside<'a> {
    groups: &'a [Group],
    /// Number of the first group.
    first: usize,
    /// The first digit of each group.
    starts: Vec<usize>,
    glued: Glued,
}

impl Beside<'_> {
    /// What is hidden from a group on, if all from there are numbers, in two groups at least.
    fn from(&self, group: usize) -> Option<Vec<usize>> {
        let group = group.checked_sub(self.first)?;
        let start = *self.starts.get(group)?;
        let several = group.saturating_add(1) < self.groups.len();
        let ranges =
            self.glued.from(start).filter(|_| several && self.glued.len().saturating_sub(start) >= GLUED)?;
        Some(places(self.groups, &ranges))
    }
}

/// Whether groups end in a local number of seven or eight digits.
fn has_local(lengths: &[usize]) -> bool {
    matches!(lengths, [.., 2..=4, 7 | 8] | [.., 2..=4, 3 | 4, 4])
}

fn is_address(groups: &[Group]) -> bool {
    let octet =
        |group: &Group| group.digits.parse::<u8>().is_ok_and(|number| number.to_string() == group.digits);
    groups.len() == 4 && groups.iter().all(octet)
}

/// Signs of those digits of the groups that are in the ranges.
fn places(groups: &[Group], ranges: &[Range<usize>]) -> Vec<usize> {
    let signs: Vec<usize> = groups.iter().flat_map(|group| group.start..group.end()).collect();
    ranges.iter().filter_map(|range| signs.get(range.clone())).flatten().copied().collect()
}

static DECIMAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9.+])([0-9]{1,3})\.[0-9]{3,}").ok());
static SHAPE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)POLYGON|POINT|LINESTRING|coordinates").ok());

/// Whether the text is one of coordinates: it says so, or has a longitude in China beside another decimal number.
fn is_geometry(text: &str) -> bool {
    let says = SHAPE.as_ref().is_some_and(|shape| shape.is_match(text));
    // Groups of a telephone number may be parted by dots; a decimal number has one dot.
    let ends = |end: usize| !text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    let whole = |captures: regex::Captures<'_>| {
        let found = captures.get(1).filter(|_| captures.get(0).is_some_and(|all| ends(all.end())));
        found.and_then(|whole| whole.as_str().parse::<u8>().ok())
    };
    let numbers: Vec<u8> =
        DECIMAL.iter().flat_map(|decimal| decimal.captures_iter(text).filter_map(whole)).collect();
    says || (numbers.len() > 1 && numbers.iter().any(|whole| (73..=135).contains(whole)))
}
