//! Characters that stand for others: radicals and compatibility ideographs that fonts map ideographs to, and forms of
//! vertical text. Full-width letters, circled numbers and the like are what was written, and stay.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Radicals that Unicode does not decompose, with the ideographs they stand for.
const RADICALS: [(char, char); 27] = [
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⻑', '長'),
];

/// Punctuation of vertical text, from U+FE10 and from U+FE30, as it is written across.
const VERTICAL: [(char, &str); 2] =
    [('\u{fe10}', "，、。：；！？〖〗…"), ('\u{fe30}', "‥—–_﹏（）｛｝〔〕【】《》〈〉「」『』")];

/// The text with these characters as those they stand for.
pub(super) fn normalize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_form) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2e80}'..='\u{2eff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe4f}' => {
                plain.push(listed(c));
            }
            _ if is_form(c) => plain.extend([c].into_iter().nfkc()),
            _ => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

fn is_form(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe4f}')
}

fn listed(c: char) -> char {
    if let Some((_, ideograph)) = RADICALS.iter().find(|(radical, _)| *radical == c) {
        return *ideograph;
    }
    let across = VERTICAL.iter().find_map(|(first, across)| {
        let at = u32::from(c).checked_sub(u32::from(*first))?;
        across.chars().nth(usize::try_from(at).ok()?)
    });
    across.or_else(|| [c].into_iter().nfkc().next()).unwrap_or(c)
}

/// Ideographs and what stands among them without blanks.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_what_they_stand_for_and_other_characters_stay() {
        assert_eq!(normalize("⽅⾯⻚⻓⺠︵一︶︻表︼，豈"), "方面页长民（一）【表】，豈");
        let text = "沪Ａ１２３①②③Ⅳ级℃ｍ²";
        assert!(matches!(normalize(text), Cow::Borrowed(same) if same == text));
    }
}
