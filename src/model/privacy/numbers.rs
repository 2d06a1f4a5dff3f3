//! Numbers of persons in a text, however they are spelled: with blanks, dashes and dots, after a country code, glued
//! together.

use std::ops::Range;

use super::coordinates::Coordinates;
use super::forms::{self, Form, GLUED, Glued, is_day};
use super::plain_chars::{PlainChar, Style, is_middle_dot};

/// Digits that stand together.
struct Group {
    digits: String,
    /// The first of their signs; the others follow.
    start: usize,
    style: Style,
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

/// Signs in a day that is part of an identity number.
const DATED: [char; 4] = ['年', '月', '日', '/'];
/// Signs between the members of a list: three numbers of it are not one.
const LISTED: [char; 4] = ['、', ',', ';', '；'];

/// Signs of running text that are hidden.
pub(super) fn hidden(signs: &[PlainChar]) -> Vec<usize> {
    let groups = groups(signs);
    let (codes, coordinates) = (codes(signs), Coordinates::of(signs));
    let places = Places { signs, groups: &groups, codes, coordinates };
    let (mut hidden, mut at) = (Vec::new(), 0);
    while at < groups.len() {
        let chain = places.chain(at);
        at = chain.end;
        places.of_chain(chain, &mut hidden);
    }
    let odd = |at: usize| places.ruled(at).or_else(|| places.amount(at));
    hidden.extend((0..groups.len()).filter_map(odd).flatten());
    hidden
}

/// Signs of a code that are hidden: of the whole, or none.
pub(super) fn hidden_of_code(signs: &[PlainChar], form: Form) -> Vec<usize> {
    let plain = |sign: &PlainChar| {
        sign.c.is_ascii_digit() || is_between(sign.c) || matches!(sign.c, '+' | '\'' | 'X' | 'x')
    };
    let groups = groups(signs);
    let Some(last) = groups.len().checked_sub(1).filter(|_| signs.iter().all(plain)) else {
        return Vec::new();
    };
    let places = Places { signs, groups: &groups, codes: Vec::new(), coordinates: Coordinates::default() };
    places.together(0, last, form).unwrap_or_default()
}

fn groups(signs: &[PlainChar]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        let last = groups.last_mut().filter(|group| group.end() == at);
        match (last, sign.c) {
            (Some(group), '0'..='9') if group.style == sign.style && !group.digits.ends_with('X') => {
                group.digits.push(sign.c);
            }
            (_, '0'..='9') => {
                groups.push(Group { digits: sign.c.to_string(), start: at, style: sign.style });
            }
            // The last sign of an identity number.
            (Some(group), 'X' | 'x' | '×' | '\u{3a7}' | '\u{425}')
                if may_end(&group.digits) && !letter(signs.get(at.saturating_add(1))) =>
            {
                group.digits.push('X');
            }
            _ => {}
        }
    }
    groups
}

/// Whether an X may follow: the digits may be the last of an identity number.
fn may_end(digits: &str) -> bool {
    digits.len() >= 3 && !digits.ends_with('X')
}

/// The words that are social credit codes or digests.
fn codes(signs: &[PlainChar]) -> Vec<Range<usize>> {
    let in_word = |sign: &PlainChar| sign.c.is_ascii_alphanumeric() && sign.style != Style::Ideograph;
    let mut end = 0_usize;
    let words = signs.chunk_by(|one, next| in_word(one) == in_word(next)).filter_map(|word| {
        let start = end;
        end = end.saturating_add(word.len());
        is_code(word).then_some(start..end)
    });
    words.collect()
}

fn is_code(word: &[PlainChar]) -> bool {
    let place = || word.get(2..8).is_some_and(|place| place.iter().all(|sign| sign.c.is_ascii_digit()));
    let form = match word.len() {
        18 => place(),
        32.. => word.iter().all(|sign| sign.c.is_ascii_hexdigit()),
        _ => false,
    };
    form && word.iter().take(17).any(|sign| sign.c.is_ascii_alphabetic())
}

fn letter(sign: Option<&PlainChar>) -> bool {
    sign.is_some_and(|sign| sign.c.is_ascii_alphabetic())
}

/// Blanks, dashes, dots, brackets and quotation marks.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || is_middle_dot(c)
        || matches!(
            c,
            '-' | '_' | '~' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{2c9}' | '\u{2800}' | '.' | '。' | '(' | ')'
        )
        || is_bracket(c)
}

/// Brackets and quotation marks. Two of them, an end and a beginning, part two texts.
fn is_bracket(c: char) -> bool {
    "[]{}<>【】〔〕〈〉《》「」『』\"'“”‘’".contains(c)
}

struct Places<'a> {
    signs: &'a [PlainChar],
    groups: &'a [Group],
    /// Where social credit codes and digests stand.
    codes: Vec<Range<usize>>,
    /// Where dots are those of decimal numbers.
    coordinates: Coordinates,
}

impl Places<'_> {
    fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// The signs between a group and the next.
    fn between(&self, at: usize) -> &[PlainChar] {
        let next = self.group(at.saturating_add(1));
        let range = self.group(at).zip(next).map(|(group, next)| group.end()..next.start);
        range.and_then(|range| self.signs.get(range)).unwrap_or_default()
    }

    /// The groups from this on that may belong to one number.
    fn chain(&self, first: usize) -> Range<usize> {
        let mut end = first.saturating_add(1);
        while let (Some(one), Some(next)) = (self.group(end.saturating_sub(1)), self.group(end)) {
            let between = self.between(end.saturating_sub(1));
            let other = one.style != next.style && !between.is_empty();
            if !is_near(between) || other || self.coordinates.dotted(one.end(), between) {
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

    /// What is hidden of the number that begins with this group, where its groups are parted by one odd sign.
    fn ruled(&self, first: usize) -> Option<Vec<usize>> {
        let sign = self.between(first);
        let last = (first..).take_while(|at| alike(self.between(*at), sign)).take(MOST).last()?;
        let groups = self.groups.get(first..=last.saturating_add(1))?;
        let counted = groups.iter().all(|group| group.digits.len() == 1 || group.style == Style::Ideograph);
        if !is_ruled(sign, counted) {
            return None;
        }
        let digits: String = groups.iter().map(|group| group.digits.as_str()).take(MOST).collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
        let single = lengths.iter().all(|length| *length == 1);
        let begins = || first.checked_sub(1).is_none_or(|before| !alike(self.between(before), sign));
        let usual = lengths == [3, 4, 4] && !groups.iter().any(is_year);
        let plain = if single { begins() } else { usual || digits.len() >= 15 };
        let range = forms::whole(&digits, Form::Running, true).filter(|_| plain)?;
        Some(places(groups, &[range]))
    }

    /// What is hidden of an identity number that became an amount, such as 3.50602196512163E+17.
    fn amount(&self, first: usize) -> Option<Vec<usize>> {
        let groups = self.groups.get(first..first.saturating_add(3))?;
        let [whole, decimals, power] = groups else { return None };
        let signs = |at: usize| self.between(at).iter().map(|sign| sign.c).collect::<String>();
        let after = signs(first.saturating_add(1)).to_ascii_uppercase();
        let digits = format!("{}{}", whole.digits, decimals.digits);
        let powered = signs(first) == "." && matches!(after.as_str(), "E" | "E+") && power.digits == "17";
        let found = powered && whole.digits.len() == 1 && forms::begins_identity(&digits);
        found.then(|| places(groups, std::slice::from_ref(&(forms::HEAD..digits.len()))))
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
            let alone = groups.len() == 1 && form == Form::Running;
            alone.then(|| forms::inside(&digits()).map(|range| vec![range])).flatten()
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
        let usual = lengths.ends_with(&[3, 4, 4]) || digits.len() > 13 || digits.starts_with('0');
        let dated = groups.iter().any(|group| is_year(group) || (digits.len() < 15 && is_day(&group.digits)));
        let fixed = digits.len() < 15 && !forms::is_mobile(digits);
        let in_day = |at: usize| self.between(at).iter().any(|sign| DATED.contains(&sign.c));
        (usual || !dated)
            && (digits.len() == 18 || !(first..last).any(in_day))
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

    /// The digits after the decimal point of a coordinate.
    fn is_fraction(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let end = self.group(before).map_or(0, Group::end);
        let between = self.between(before);
        between.len() == 1 && self.coordinates.dotted(end, between)
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

/// A few signs such as stand in a number, some perhaps again and again.
fn is_near(between: &[PlainChar]) -> bool {
    let same = |one: &PlainChar, next: &PlainChar| {
        one.c == next.c || (one.c.is_whitespace() && next.c.is_whitespace())
    };
    let fits = |sign: &PlainChar| is_between(sign.c) || DATED.contains(&sign.c);
    let brackets = between.iter().filter(|sign| is_bracket(sign.c)).take(2).count();
    brackets < 2
        && between.iter().all(fits)
        && between.chunk_by(same).take(BETWEEN.saturating_add(1)).count() <= BETWEEN
}

/// One sign, perhaps again and again, that is no letter. `counted`: between single digits or those of words; others may
/// be members of a list.
fn is_ruled(between: &[PlainChar], counted: bool) -> bool {
    let Some(first) = between.first() else { return false };
    let same = between.iter().all(|sign| sign.c == first.c);
    same && !is_between(first.c) && !first.c.is_alphanumeric() && (counted || !LISTED.contains(&first.c))
}

/// Whether the same signs stand there.
fn alike(one: &[PlainChar], other: &[PlainChar]) -> bool {
    one.iter().map(|sign| sign.c).eq(other.iter().map(|sign| sign.c))
}

fn is_year(group: &Group) -> bool {
    group.digits.len() == 4 && ("1900".."2100").contains(&group.digits.as_str())
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
