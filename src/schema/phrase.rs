//! Values told in a phrase instead of a declared word: `已于2025年发布并实施`, `由主要负责人兼任`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Longer texts, in characters, are no answer to a question of choice.
const LONGEST: usize = 60;

/// What leaves open, outside the words of the value, whether it holds: denials, intentions, parts, what was once.
static DOUBT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "[未不拟无非没待尚暂停勿否缺疑副?]|即将|将[于在要被]|(?:计划|预计)[于在]|计划[发实执制]|准备|争取|力争|力求|打算|希望",
        "|申报|申请|候选|提名|参评|被推荐|推荐[为上参]|原[为系是名属]|曾|改为|可能|或者|除外|以外",
        "|(?:^|[^一二三四五六七八九十0-9])部分|个别|少数|一半|多数",
    ))
    .ok()
});

/// A step that follows upon another one, of which nobody says that it was taken: `审查后发布`, `年底前实施`.
static LATER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?:后|[^目当日此之]前)(?:再|方可?|即可?|才能?|正式|予以|批准|统一)*",
        "(?:发布|实施|执行|施行|印发|启用|生效|使用|完成|办结|整改|取得|授予)",
    ))
    .ok()
});

/// A declared word where it stands in the phrase.
struct Found {
    span: Range<usize>,
    value: u16,
}

/// The one value of which a folded phrase has words, unless something in it leaves that open. A word within a longer one
/// does not count.
pub(super) fn meant(phrase: &str, by_word: &HashMap<String, u16>) -> Option<u16> {
    if phrase.chars().count() > LONGEST || LATER.as_ref()?.is_match(phrase) {
        return None;
    }
    let found = longest(by_word.iter().flat_map(|(word, value)| places(phrase, word, *value)).collect());
    let value = found.first()?.value;
    let sure = found.iter().all(|other| other.value == value)
        && !ends_otherwise(phrase, &found, by_word)
        && !is_listed(phrase, &found)
        && rest(phrase, &found).all(|piece| DOUBT.as_ref().is_some_and(|doubt| !doubt.is_match(piece)));
    sure.then_some(value)
}

/// Where the word stands in the phrase. Single characters are parts of too many others, and ids are no words of a phrase.
fn places<'p>(phrase: &'p str, word: &'p str, value: u16) -> impl Iterator<Item = Found> + 'p {
    let telling = !word.is_ascii() && word.chars().nth(1).is_some();
    let places = telling.then(|| phrase.match_indices(word)).into_iter().flatten();
    places.map(move |(at, word)| Found { span: at..at.saturating_add(word.len()), value })
}

/// Those that do not lie within another, in their order.
fn longest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
    let mut end = 0_usize;
    found.retain(|one| {
        let outside = one.span.end > end;
        end = end.max(one.span.end);
        outside
    });
    found
}

/// The parts of a phrase between commas and the like, each with the mark that ends it.
fn parts(phrase: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0_usize;
    phrase.split_inclusive([',', ';', '。', '、', '/', '和', '及', '与']).map(move |part| {
        let span = start..start.saturating_add(part.len());
        start = span.end;
        (span, part)
    })
}

/// Where the last character of a part stands that is no mark, and the character.
fn last_character(span: &Range<usize>, part: &str) -> Option<(usize, char)> {
    let mut signs = part.char_indices().rev();
    let (at, last) = signs.find(|(_, c)| c.is_alphanumeric() && !"和及与".contains(*c))?;
    Some((span.start.saturating_add(at), last))
}

/// Whether a part ends with a single character that is another value: `市级统筹的县`, `前:天;后:小时`.
fn ends_otherwise(phrase: &str, found: &[Found], by_word: &HashMap<String, u16>) -> bool {
    parts(phrase).any(|(span, part)| {
        let Some((at, last)) = last_character(&span, part) else { return false };
        let covered = found.iter().any(|one| one.span.contains(&at));
        let other = by_word.get(last.encode_utf8(&mut [0; 4]) as &str);
        !covered && other.is_some_and(|other| found.iter().any(|one| one.value != *other))
    })
}

/// Whether another part of the phrase without a declared word ends like one of them: `省级，国家级` names two levels.
fn is_listed(phrase: &str, found: &[Found]) -> bool {
    parts(phrase).any(|(span, part)| {
        let told = found.iter().any(|one| one.span.start < span.end && span.start < one.span.end);
        let last = last_character(&span, part).map(|(_, last)| last);
        let alike = |one: &Found| phrase.get(one.span.clone()).and_then(|word| word.chars().last()) == last;
        !told && last.is_some() && found.iter().any(alike)
    })
}

/// What stands between the words.
fn rest<'p>(phrase: &'p str, found: &'p [Found]) -> impl Iterator<Item = &'p str> {
    let starts = std::iter::once(0).chain(found.iter().map(|one| one.span.end));
    let ends = found.iter().map(|one| one.span.start).chain(std::iter::once(phrase.len()));
    starts.zip(ends).filter_map(|(start, end)| phrase.get(start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(phrase: &str) -> Option<u16> {
        let words = [
            ("current", 0),
            ("现行", 0),
            ("实施", 0),
            ("发布", 0),
            ("已发布", 0),
            ("正在实施", 0),
            ("draft", 1),
            ("起草", 1),
            ("征求意见稿", 1),
            ("尚未实施", 2),
            ("废止", 3),
            ("市级", 4),
            ("县", 5),
            ("第二部分", 6),
        ];
        meant(phrase, &words.into_iter().map(|(word, value)| (word.to_owned(), value)).collect())
    }

    #[test]
    fn the_one_value_a_phrase_speaks_of_is_meant() {
        for phrase in [
            "已于2025年发布并实施",
            "自2025年1月1日起实施,目前现行",
            "目前正在实施阶段",
            "体系第二部分的标准",
        ] {
            assert!(value(phrase).is_some(), "{phrase}");
        }
        assert_eq!(value("标准尚未实施"), Some(2));
        assert_eq!(value("由市级统筹"), Some(4));
    }

    #[test]
    fn what_is_denied_intended_or_told_twice_is_not_understood() {
        for phrase in [
            "还没有发布",
            "拟于年内发布",
            "待批准实施",
            "即将发布",
            "审查通过后发布",
            "年底前实施",
            "起草完毕并已发布",
            "部分发布",
            "原为现行",
            "市级统筹的县",
            "原县;市级",
            "县,由市级统筹",
            "省级、市级",
            "省级和市级",
            "currently",
            "县域",
            "一个完全无关的说法",
        ] {
            assert_eq!(value(phrase), None, "{phrase}");
        }
    }
}
