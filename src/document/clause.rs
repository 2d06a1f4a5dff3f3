//! Numbers of clauses and list items as people type them in front of a paragraph.

/// The number at the front of a text, with what follows it: of a clause, a list item, a table, a figure, a note.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let forms = [dotted, lettered, bracketed, appendix, ordinal, labelled];
    let (number, rest) = forms.iter().find_map(|form| form(text))?;
    let rest = rest.trim_start();
    (!number.is_empty()).then_some((number, rest))
}

/// The depth of a clause by its number: `4.1.2` is 3, `附录A` is 1; list items have none.
pub(super) fn depth(number: &str) -> Option<u8> {
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
    let depth = depth(number)?;
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
        ] {
            assert_eq!(split(text), None, "{text}");
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
            ("（一）", None),
            ("A", None),
        ] {
            assert_eq!(depth(number), level, "{number}");
        }
    }
}
