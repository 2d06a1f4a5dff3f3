//! "Did you mean": the known name nearest to a misspelt one.

use std::cmp::Reverse;

use pinyin::ToPinyin;

/// Names less alike than this are no help.
const ALIKE: f64 = 0.75;

/// The candidate nearest to `name`, if any is near enough: by the letters to change, where Chinese words that sound the
/// same come first, as whoever types by sound takes one for the other.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let sound = sound(name);
    let measured = candidates.into_iter().filter_map(|candidate| {
        let likeness = strsim::jaro_winkler(name, candidate);
        let changes = strsim::osa_distance(&name.to_lowercase(), &candidate.to_lowercase());
        let alike_in_sound = sound.is_some() && sound == self::sound(candidate);
        let near = alike_in_sound || changes <= allowed(name, candidate) || likeness >= ALIKE;
        near.then_some((Reverse(changes), alike_in_sound, likeness, candidate))
    });
    let best =
        measured.max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(b.3.cmp(a.3)));
    best.map(|(.., candidate)| candidate)
}

/// How many letters may differ. A Chinese word of two characters is still itself with one of them wrong or the two in
/// the wrong order; of an English one a third may be wrong.
fn allowed(name: &str, candidate: &str) -> usize {
    let length = name.chars().count().max(candidate.chars().count());
    let chinese = candidate.chars().any(|sign| sign.to_pinyin().is_some());
    let common = name.chars().any(|sign| candidate.contains(sign));
    match (length, chinese) {
        (0 | 1, _) => 0,
        (2, true) => usize::from(common),
        (3 | 4, true) => 1,
        (_, true) => length.div_ceil(3),
        (_, false) => length / 3,
    }
}

/// How a Chinese word is pronounced, without tones; none for a word with other signs.
fn sound(word: &str) -> Option<String> {
    let sounds: Option<Vec<&str>> = word.chars().map(|sign| Some(sign.to_pinyin()?.plain())).collect();
    sounds.filter(|sounds| !sounds.is_empty()).map(|sounds| sounds.join(" "))
}

/// The candidate most like `name`, if any is alike by at least `alike`, from 0 to 1.
pub fn closest_from<'a>(
    alike: f64,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= alike)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let columns = ["网格员姓名", "身份证号", "holder"];
        assert_eq!(closest("网格员名字", columns), Some("网格员姓名"));
        assert_eq!(closest("holdr", columns), Some("holder"));
        assert_eq!(closest("xyz", columns), None);
    }

    #[test]
    fn chinese_words_are_near_by_sign_order_and_sound() {
        let helpers = ["筛选", "计数", "首行", "末行", "分组", "去重", "任一", "全部", "为空", "合计"];
        for (wrong, right) in [
            ("筛先", "筛选"),
            ("选筛", "筛选"),
            ("技术", "计数"),
            ("计数数", "计数"),
            ("分主", "分组"),
            ("首", "首行"),
        ] {
            assert_eq!(closest(wrong, helpers), Some(right), "{wrong}");
        }
        assert_eq!(closest("天气", helpers), None);
    }
}
