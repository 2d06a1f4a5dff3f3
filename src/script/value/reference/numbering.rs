//! Numbers of an organization's own standards (Part 2, 10.6): what is wrong with one, how it should read, and whether
//! its letters are those of a place.

use pinyin::{ToPinyin, ToPinyinMulti};
use regex::Captures;
use rhai::{Array, Dynamic, Map};
use unicode_normalization::UnicodeNormalization;

use super::standards::canonical;
use crate::resources::expression::Expression;

const DOT: char = '•';
const DOTS: &str = "•·・.‧∙⋅●";
/// Dots that are met in numbers otherwise right.
const USUAL_DOTS: &str = "•·・.";
const DASHES: &str = "—–―‐‑−－";
/// What the name of an administrative place ends with.
const SUFFIXES: &str = "省市县区旗州盟镇乡道村";
/// Where the name of the place is over and that of the body begins.
const BODY: [&str; 6] = ["网格", "社会", "综合", "治理", "城市", "市域"];

static PARTS: Expression =
    Expression::new(r"^Q/([A-Z]+)WG(JC|TG|GL|GZ)([0-9]+(?:\.[0-9]+)*)([•·・.‧∙⋅●])([0-9]+)-([0-9]{4})$");
static CODE: Expression = Expression::new(r"^Q/[A-Z]+WG");
static CLASS: Expression = Expression::new(r"^Q/[A-Z]+?WG(?:JC|TG|GL|GZ)(?:[^A-Z]|$)");
static YEAR: Expression = Expression::new(r"-[0-9]{4}$");
static SPACED: Expression = Expression::new(r"^\S+WG \S+$");

/// `()` where the number is written as prescribed; else `#{ kinds, corrected }`: what is wrong with it, and how it
/// should read, `""` where that cannot be told.
pub(crate) fn own_number_fault(text: &str) -> Dynamic {
    let folded = canonical(text);
    let parts = PARTS.captures(&folded);
    let (kinds, corrected) = match parts {
        Some(parts) => (slips(text, &parts), corrected(&parts)),
        None => (vec![broken(&folded)], String::new()),
    };
    if kinds.is_empty() {
        return Dynamic::UNIT;
    }
    let mut fault = Map::new();
    fault.insert(
        "kinds".into(),
        kinds.into_iter().map(|kind| kind.to_owned().into()).collect::<Array>().into(),
    );
    fault.insert("corrected".into(), corrected.into());
    fault.into()
}

/// `#{ initials, class, group, order, year }` of an own number, read leniently: any usual dot, any dash; `()` where the text
/// is none.
pub(crate) fn own_number(text: &str) -> Dynamic {
    let designation = canonical(text);
    let parts = PARTS.captures(&designation);
    let Some(parts) = parts.filter(|parts| USUAL_DOTS.contains(part(parts, 4))) else { return Dynamic::UNIT };
    let number = |at: usize| part(&parts, at).parse::<i64>().map_or(Dynamic::UNIT, Dynamic::from);
    let mut own = Map::new();
    own.insert("initials".into(), part(&parts, 1).into());
    own.insert("class".into(), part(&parts, 2).into());
    own.insert("group".into(), part(&parts, 3).into());
    own.insert("order".into(), number(5));
    own.insert("year".into(), number(6));
    own.into()
}

fn part<'a>(parts: &'a Captures<'_>, at: usize) -> &'a str {
    parts.get(at).map_or("", |part| part.as_str())
}

fn order<'a>(parts: &'a Captures<'_>) -> &'a str {
    let plain = part(parts, 5).trim_start_matches('0');
    if plain.is_empty() { "0" } else { plain }
}

fn corrected(parts: &Captures<'_>) -> String {
    let [initials, class, group, year] = [1, 2, 3, 6].map(|at| part(parts, at));
    format!("Q/{initials}WG {class}{group}{DOT}{}-{year}", order(parts))
}

/// Slips of writing in a number that can be read all the same.
fn slips(text: &str, parts: &Captures<'_>) -> Vec<&'static str> {
    let plain: String = text.nfkc().collect();
    let wide = |c: char| matches!(c, '！'..='～') && !matches!(c, '．' | '－');
    let dash = |c: char| DASHES.contains(c);
    let odd_space = |c: char| c.is_whitespace() && c != ' ';
    let found = [
        ("width", text.chars().any(wide)),
        ("small", plain.chars().any(char::is_lowercase)),
        ("dot", part(parts, 4) != DOT.to_string()),
        ("dash", text.chars().any(dash) || text.contains("--")),
        ("zero", part(parts, 5) != order(parts)),
        ("no_space", !text.contains(char::is_whitespace)),
        (
            "space",
            text.contains(odd_space) || (text.contains(' ') && !SPACED.is_match(&plain.to_uppercase())),
        ),
    ];
    found.into_iter().filter(|(_, wrong)| *wrong).map(|(kind, _)| kind).collect()
}

/// Which part of a number keeps it from being read.
fn broken(folded: &str) -> &'static str {
    if !CODE.is_match(folded) {
        "code"
    } else if !CLASS.is_match(folded) {
        "class"
    } else if !YEAR.is_match(folded) {
        "year"
    } else if folded.contains(|c| DOTS.contains(c)) {
        "form"
    } else {
        "no_dot"
    }
}

/// The place a name begins with, such as 临江区 of 临江区网格化综合治理中心; `""` where none is told.
pub(crate) fn place_of(name: &str) -> String {
    let until = BODY.iter().filter_map(|word| name.find(word)).min().unwrap_or(name.len());
    let head = name.get(..until).unwrap_or(name);
    let last = head.char_indices().rfind(|(_, c)| SUFFIXES.contains(*c));
    last.and_then(|(at, c)| head.get(..at.saturating_add(c.len_utf8()))).unwrap_or_default().to_owned()
}

/// Whether the letters are initials of a place: of it or of a part of it, its suffixes told or not,
/// each character in any of its readings.
pub(crate) fn initials_fit(letters: &str, place: &str) -> bool {
    let place: Vec<char> = place.chars().collect();
    let letters: Vec<char> = letters.chars().map(|c| c.to_ascii_lowercase()).collect();
    let begins = |at: usize| {
        at.checked_sub(1).is_none_or(|before| place.get(before).is_some_and(|c| SUFFIXES.contains(*c)))
    };
    (0..place.len())
        .filter(|at| begins(*at))
        .any(|at| place.get(at..).is_some_and(|rest| spelt(&letters, rest)))
}

fn spelt(letters: &[char], name: &[char]) -> bool {
    let Some((letter, more)) = letters.split_first() else { return true };
    let Some((c, rest)) = name.split_first() else { return false };
    (sounds(*c, *letter) && spelt(more, rest)) || (SUFFIXES.contains(*c) && spelt(letters, rest))
}

fn sounds(c: char, letter: char) -> bool {
    let begins = |sound: pinyin::Pinyin| sound.plain().starts_with(letter);
    c.to_pinyin().is_some_and(begins) || c.to_pinyin_multi().is_some_and(|all| all.into_iter().any(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(text: &str) -> String {
        let Some(fault) = own_number_fault(text).try_cast::<Map>() else { return String::new() };
        let kinds = fault.get("kinds").and_then(|kinds| kinds.clone().into_array().ok()).unwrap_or_default();
        let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        let corrected = fault.get("corrected").map(ToString::to_string).unwrap_or_default();
        format!("{} {corrected}", kinds.join("+"))
    }

    #[test]
    fn own_numbers_are_taken_apart() {
        let own = own_number("Q/LJWG JC1•12-2024").cast::<Map>();
        let text = |key: &str| own.get(key).map(ToString::to_string).unwrap_or_default();
        assert_eq!([text("initials"), text("class"), text("group"), text("order")], ["LJ", "JC", "1", "12"]);
        assert!(own_number("Q/LJWG XX1•1-2024").is_unit());
    }

    #[test]
    fn a_number_in_the_prescribed_form_has_no_fault() {
        assert_eq!(fault_of("Q/LJWG JC11•1-2024"), "");
        assert_eq!(fault_of("Q/LJWG GL5.2•12-2024"), "");
    }

    #[test]
    fn slips_are_told_with_the_number_as_it_should_read() {
        let wanted = "Q/LJWG JC11•1-2024";
        for (text, kinds) in [
            ("Q/LJWG JC11·1-2024", "dot"),
            ("Q/LJWG JC11.1-2024", "dot"),
            ("Q/LJWG JC11．1-2024", "dot"),
            ("Ｑ/LJWG JC11•1-2024", "width"),
            ("Q/LJWG JC11•1—2024", "dash"),
            ("Q/LJWG JC11•1–2024", "dash"),
            ("Q/LJWG jc11•1-2024", "small"),
            ("Q/LJWGJC11•1-2024", "no_space"),
            ("Q/LJWG  JC11•1-2024", "space"),
            ("Q/LJWG JC11 •1-2024", "space"),
            ("Q/LJWG\u{a0}JC11•1-2024", "space"),
            ("Q/LJWG JC11•01-2024", "zero"),
            ("q/LJWG JC11・1——2024", "small+dot+dash"),
        ] {
            assert_eq!(fault_of(text), format!("{kinds} {wanted}"), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_by_part() {
        for (text, kind) in [
            ("LJWG JC11•1-2024", "code "),
            ("Q/LJ JC11•1-2024", "code "),
            ("Q/LJWG XX11•1-2024", "class "),
            ("Q/LJWG JC11•1-24", "year "),
            ("Q/LJWG JC11•1", "year "),
            ("Q/LJWG JC111-2024", "no_dot "),
            ("Q/LJWG JC•1-2024", "form "),
        ] {
            assert_eq!(fault_of(text), kind, "{text}");
        }
    }

    #[test]
    fn letters_are_initials_of_the_place() {
        let name = "江州市临江区网格化综合治理中心";
        let fit = |letters: &str, name: &str| initials_fit(letters, &place_of(name));
        assert_eq!(place_of(name), "江州市临江区");
        for letters in ["LJ", "LJQ", "JZ", "JZLJ", "JZSLJQ"] {
            assert!(fit(letters, name), "{letters}");
        }
        assert!(!fit("QX", name) && !fit("LJW", name));
        assert!(fit("CQ", "重庆市网格中心") && fit("CA", "长安街道社会治理中心"));
        assert_eq!(place_of("网格中心"), "");
    }
}
