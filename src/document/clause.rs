//! Numbers of clauses and list items as people type them in front of a paragraph.

/// The number at the front of a text, with what follows it: of a clause, a list item, a table, a figure, a note.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let forms = [dotted, lettered, bracketed, appendix, ordinal, labelled];
    let (number, rest) = forms.iter().find_map(|form| form(text))?;
    let rest = rest.trim_start();
    (!number.is_empty() && !is_reference(number, rest)).then_some((number, rest))
}

/// Whether a number may be that of the clause after `last`: the next on its level or one above, or the first below it. Where
/// no clause was read yet, only a first one may. Whatever has no depth may always be.
pub(super) fn follows(last: &str, number: &str) -> bool {
    let Some(own) = parts(number) else { return true };
    let last = parts(last).unwrap_or_default();
    let Some((end, above)) = own.split_last() else { return false };
    let is_first = above == last.as_slice() && *end == 1;
    let begins_appendix = above.is_empty() && *end == APPENDIX;
    let is_next = last.get(..above.len()) == Some(above)
        && last.get(above.len()).is_some_and(|before| before.checked_add(1) == Some(*end));
    let is_letter = own.first().is_some_and(|first| *first >= APPENDIX);
    is_first || is_next || begins_appendix || (is_letter && last.is_empty())
}

/// What the letter A of an appendix counts as, beyond every number of a clause.
const APPENDIX: u32 = 1_000;

/// The numbers that the number of a clause or an appendix is made of.
fn parts(number: &str) -> Option<Vec<u32>> {
    depth(number)?;
    let bare: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.strip_prefix("附录").unwrap_or(&bare).trim_end_matches('.');
    let part = |part: &str| match part.as_bytes() {
        [letter] if letter.is_ascii_uppercase() => {
            Some(APPENDIX.saturating_add(u32::from(letter.saturating_sub(b'A'))))
        }
        _ => part.parse().ok(),
    };
    bare.split('.').map(part).collect()
}

/// Words after a number that make it a reference: `5.1 的规定`, `表1 所示`.
const REFERRING: [&str; 8] = ["的", "所示", "所列", "所规", "所给", "中的", "中规", "中所"];

/// Words after a number that make it a quantity or a version, and words that only begin like them.
const MEASURES: [&str; 17] = [
    "个",
    "倍",
    "版",
    "万",
    "亿",
    "年内",
    "月内",
    "日内",
    "天内",
    "小时",
    "分钟",
    "工作日",
    "以上",
    "以内",
    "及以",
    "％",
    "%",
];
const TITLES: [&str; 10] = ["个人", "个体", "个性", "个案", "倍率", "倍数", "版本", "版式", "版面", "万维"];

/// Whether a number is no label, by what follows it. List items such as `（2）` are never quantities.
fn is_reference(number: &str, rest: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let is_dotted = number.ends_with(|c: char| c.is_ascii_digit());
    begins(&REFERRING) || (is_dotted && begins(&MEASURES) && !begins(&TITLES))
}

/// The depth of a clause by its number: `4.1.2` is 3, `附录A` is 1; list items, such as `1.`, have none.
pub(super) fn depth(number: &str) -> Option<u8> {
    counted(number).filter(|depth| *depth > 1 || !number.ends_with('.'))
}

/// The depth of what may be a clause or an item.
fn counted(number: &str) -> Option<u8> {
    if number.starts_with("附录") || (number.starts_with('第') && number.ends_with('章')) {
        return Some(1);
    }
    let mut parts = number.trim_end_matches('.').split('.');
    let first = parts.next()?;
    let is_digits =
        |part: &str| !part.is_empty() && part.len() < 4 && part.bytes().all(|b| b.is_ascii_digit());
    let is_letter = first.len() == 1 && first.bytes().all(|b| b.is_ascii_uppercase());
    let (others, wrong) = parts
        .fold((0_u8, false), |(count, wrong), part| (count.saturating_add(1), wrong || !is_digits(part)));
    let is_clause = !wrong && (is_digits(first) || (is_letter && others > 0));
    is_clause.then(|| others.saturating_add(1))
}

/// `4`, `4.1.2`, `A.1`, with blanks or an ideograph after it.
fn dotted(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let letter = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.get(1..).is_some_and(|t| t.starts_with('.'));
    let end = if letter {
        let after = text.get(1..)?;
        after.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(after.len()).saturating_add(1)
    } else {
        end
    };
    let (number, rest) = text.split_at_checked(end)?;
    let depth = counted(number)?;
    let follows = rest.chars().next();
    let is_blank = follows.is_none_or(char::is_whitespace);
    // `12个月` and `3.5倍` begin with a quantity; `4.1一般要求` with a clause whose blank was left out.
    let is_close = depth > 1 && follows.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let is_year = depth == 1 && number.len() > 2;
    let is_alone = depth == 1 && rest.trim().is_empty();
    let is_list = number.ends_with('.') && depth == 1;
    ((is_blank || is_close || is_list) && !is_year && !is_alone && !number.starts_with('0'))
        .then_some((number, rest))
}

/// `a. `, `iv. `.
fn lettered(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once('.')?;
    let is_roman = (1..5).contains(&label.len()) && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    let is_end = rest.starts_with(char::is_whitespace);
    (is_end && (is_roman || is_letter))
        .then(|| text.split_at_checked(label.len().saturating_add(1)))
        .flatten()
}

/// `a)`, `1）`, `（2）`, `（一）`.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(['(', '（']).unwrap_or(text);
    let close = inside.find([')', '）'])?;
    let label = inside.get(..close)?;
    let is_letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_alphabetic());
    let is_number = label.len() < 3 && !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
    (is_letter || is_number || is_chinese(label)).then_some(())?;
    let end = text.len().checked_sub(inside.len())?.checked_add(close)?;
    let bracket = text.get(end..)?.chars().next()?;
    text.split_at_checked(end.checked_add(bracket.len_utf8())?)
}

/// `附录A`, `附 录 A`.
fn appendix(text: &str) -> Option<(&str, &str)> {
    let letter = text.strip_prefix('附')?.trim_start().strip_prefix('录')?.trim_start();
    let is_letter = letter.starts_with(|c: char| c.is_ascii_uppercase());
    let after = letter.get(1..).filter(|_| is_letter)?;
    let is_end = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || is_ideograph(c));
    is_end.then(|| text.split_at_checked(text.len().saturating_sub(after.len()))).flatten()
}

/// `表1`, `图 A.2`, with a blank after it; `注：`, `注1：`.
fn labelled(text: &str) -> Option<(&str, &str)> {
    let of = |rest: &str| text.split_at_checked(text.len().saturating_sub(rest.len()));
    if let Some(rest) = text.strip_prefix('注') {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        return of(digits.strip_prefix(['：', ':'])?);
    }
    let rest = text.strip_prefix(['表', '图'])?.trim_start();
    let inside = rest
        .strip_prefix(|c: char| c.is_ascii_uppercase())
        .map_or(rest, |inside| inside.trim_start_matches('.'));
    let after = inside.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let is_end =
        after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '（' | '('));
    (is_end && after.len() < inside.len()).then(|| of(after)).flatten()
}

/// `一、`, `1、`, `第二章`.
fn ordinal(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix('第') {
        let unit = rest.find(['章', '节', '条'])?;
        let label = rest.get(..unit)?;
        let is_number = is_chinese(label) || (label.len() < 4 && label.bytes().all(|b| b.is_ascii_digit()));
        let end = "第章".len().checked_add(unit)?;
        let (number, rest) = text.split_at_checked(end)?;
        let is_end = rest.is_empty() || rest.starts_with(char::is_whitespace);
        return (is_number && !label.is_empty() && is_end).then_some((number, rest));
    }
    let comma = text.find('、')?;
    let label = text.get(..comma)?;
    let is_number = (1..3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    (is_number || is_chinese(label))
        .then(|| text.split_at_checked(comma.saturating_add("、".len())))
        .flatten()
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a label is a Chinese number up to 99.
fn is_chinese(label: &str) -> bool {
    let mut count = 0_u8;
    let is_digit = |c: char| "一二三四五六七八九十".contains(c);
    label.chars().all(|c| {
        count = count.saturating_add(1);
        is_digit(c)
    }) && (1..4).contains(&count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_are_told_from_quantities() {
        for (text, number, rest) in [
            ("1　范围", "1", "范围"),
            ("4.1.1　唯一性", "4.1.1", "唯一性"),
            ("4.1一般要求", "4.1", "一般要求"),
            ("3.1　", "3.1", ""),
            ("A.1　概述", "A.1", "概述"),
            ("附录A　（规范性）", "附录A", "（规范性）"),
            ("附 录 B (资料性)", "附 录 B", "(资料性)"),
            ("表1　代码", "表1", "代码"),
            ("图 A.2　结构", "图 A.2", "结构"),
            ("注1：标识", "注1：", "标识"),
            ("a)　对象", "a)", "对象"),
            ("（一）总则", "（一）", "总则"),
            ("12）其他", "12）", "其他"),
            ("第二章　职责", "第二章", "职责"),
            ("一、总则", "一、", "总则"),
            ("1.概述", "1.", "概述"),
            ("ii. 概述", "ii.", "概述"),
            ("4.1 个人信息", "4.1", "个人信息"),
            ("4.2版本管理", "4.2", "版本管理"),
        ] {
            assert_eq!(split(text), Some((number, rest)), "{text}");
        }
        for text in [
            "2024-03-15发布",
            "12个月",
            "0.5％",
            "2024　年度",
            "GB/T 1.1—2020",
            "附录A给出了",
            "6",
            "第5章第1条：主管",
            "ISO 9001",
            "表1的规定",
            "表示　方法",
            "注意　事项",
            "Q/LJWG",
            "第二章规定",
            "X",
            "100　元",
            "3.5倍",
            "1.5倍以上",
            "2.0版",
            "5.1 的规定执行。",
            "3 个工作日内办结",
            "12 个月",
            "表 1 的要求",
            "表1 所示",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn clauses_follow_each_other() {
        for (last, number) in [
            ("", "1"),
            ("3", "4"),
            ("3", "3.1"),
            ("3.1.2", "3.1.3"),
            ("3.1.2", "3.2"),
            ("3.1.2", "4"),
            ("6.3", "附录A"),
            ("附录A", "A.1"),
            ("A.2", "附 录 B"),
            ("4.1", "a)"),
        ] {
            assert!(follows(last, number), "{last} {number}");
        }
        for (last, number) in
            [("", "5.1"), ("6.2", "5.1"), ("3", "3"), ("3", "5"), ("4.1", "4.1.2"), ("A.1", "1")]
        {
            assert!(!follows(last, number), "{last} {number}");
        }
    }

    #[test]
    fn clauses_have_a_depth_and_list_items_none() {
        for (number, level) in [
            ("4", Some(1)),
            ("4.1.2", Some(3)),
            ("A.1", Some(2)),
            ("附录A", Some(1)),
            ("a)", None),
            ("1.", None),
            ("4.1.", Some(2)),
            ("（一）", None),
            ("A", None),
        ] {
            assert_eq!(depth(number), level, "{number}");
        }
    }
}
