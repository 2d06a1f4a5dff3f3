//! Signs of a Chinese keyboard that slipped into code: where each stands, and which sign was meant.
//!
//! Inside texts and comments they are as good as any other character. The scanner knows just enough of the language
//! to tell these apart, and goes over a file once before the file is parsed: the parser would object to what follows
//! the sign, or, where the sign may stand in a name, not at all.

mod scanner;

use std::borrow::Cow;

pub(crate) use scanner::At;
use scanner::{Kind, Scanner, is_ideograph};

/// A sign that has no place in code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stray {
    pub(crate) at: At,
    /// As it is written.
    pub(crate) written: String,
    /// What to write instead; alternatives are separated by a space.
    pub(crate) meant: Cow<'static, str>,
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
    if first.is_ascii() || is_ideograph(first) {
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
pub(crate) fn stray(source: &str) -> Option<Stray> {
    let mut scanner = Scanner::new(source);
    loop {
        scanner.skip_plain();
        let kind = scanner.step()?;
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
}

/// `＄{`, and the brace of `$｛`, which would leave the words of the hole in the text.
fn broken_hole(rest: &[char]) -> Option<(usize, Cow<'static, str>)> {
    match rest {
        ['＄' | '￥', '{' | '｛', ..] => Some((1, "$".into())),
        ['｛', ..] => Some((1, "{".into())),
        _ => None,
    }
}

/// A name without full-width and invisible signs.
pub(crate) fn plain(name: &str) -> String {
    let kept = name.chars().filter(|sign| !BLANKS.contains(sign) && !sign.is_whitespace());
    kept.map(|sign| half_width(sign).unwrap_or(sign)).collect()
}

/// Comments that begin with `//`, each where it begins.
pub(crate) fn comments(source: &str) -> Vec<(At, String)> {
    let mut scanner = Scanner::new(source);
    let mut found: Vec<(At, String)> = Vec::new();
    let mut open = false;
    while let Some(kind) = scanner.step() {
        let sign = scanner.before().first().copied().unwrap_or('\n');
        match (kind, found.last_mut()) {
            (Kind::Comment, _) if sign == '\n' => open = false,
            (Kind::Comment, Some((_, text))) if open => text.push(sign),
            (Kind::Comment, _) => {
                found.push((scanner.at, sign.to_string()));
                open = true;
            }
            _ => open = false,
        }
    }
    found.retain(|(_, text)| text.starts_with("//"));
    found
}

/// Quotation marks inside texts that have no partner there, last first: one of them may have been meant to end the
/// text. Those after line `last` are left out.
pub(crate) fn lone_quotes(source: &str, last: usize) -> Vec<Stray> {
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
pub(crate) fn mended(source: &str, stray: &Stray) -> String {
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
