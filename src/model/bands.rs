//! Bands of points, levels and measured values in words: one wording, wherever they are shown.

use rust_decimal::Decimal;

use super::catalog::{Award, Catalog, Count, Item, LossBand};
use super::text::Text;

/// What a level measure says when no level is reached.
pub const NO_LEVEL: &str = "none";

/// A level of an item: in Chinese by the first word the catalog has for it.
pub fn level(item: &Item, level: &str) -> Text {
    let band = item.award.iter().find(|band| band.level.as_deref() == Some(level));
    let word = band.and_then(|band| band.words.first());
    let none = if level == NO_LEVEL { "无" } else { level };
    Text::new(word.map_or(none, String::as_str), level)
}

/// What a band awards: `90%以上得20分`.
pub fn award(band: &Award) -> Text {
    let points = band.points;
    match (&band.level, band.from) {
        (Some(level), _) => Text::new(
            format!("{}得{points}分", band.words.first().unwrap_or(level)),
            format!("{level}: {points} points"),
        ),
        (None, from) => {
            let from = from.unwrap_or(0);
            Text::new(format!("{from}%以上得{points}分"), format!("{from} % or above: {points} points"))
        }
    }
}

/// What a band of a deduction takes away: `60%以上扣2分`.
pub fn loss(band: &LossBand) -> Text {
    let LossBand { from, lose } = band;
    let zh = if *lose == 0 { "不扣分".to_owned() } else { format!("扣{lose}分") };
    Text::new(format!("{from}%以上{zh}"), format!("{lose} from {from} % up"))
}

/// What each thing not reached takes away: `每项未达到扣1分，共4项`.
pub fn count(count: &Count) -> Text {
    let Count { each, of, policy: _ } = count;
    Text::new(format!("每项未达到扣{each}分，共{of}项"), format!("{each} for each of {of}"))
}

/// A value measured of a requirement or item, as a report has it: with what it counts, a level in words.
pub fn measured(catalog: &Catalog, id: &str, value: &str) -> Text {
    let is_number = value.parse::<Decimal>().is_ok();
    if let Some(item) = catalog.item(id).filter(|_| !is_number) {
        return level(item, value);
    }
    if catalog.requirement(id).is_some_and(|one| one.count.is_some()) {
        return Text::new(format!("{value}项未达到"), format!("{value} not reached"));
    }
    if is_number {
        return Text::new(format!("{value}%"), format!("{value} %"));
    }
    Text::new(value, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: Option<u32>, level: Option<&str>, words: &[&str], points: u32) -> Award {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Award { from, level: level.map(str::to_owned), words, points }
    }

    #[test]
    fn bands_say_what_they_give_and_take() {
        assert_eq!(award(&band(Some(90), None, &[], 20)).zh, "90%以上得20分");
        assert_eq!(award(&band(None, Some("provincial"), &["省级", "省"], 5)).zh, "省级得5分");
        assert_eq!(award(&band(None, Some("provincial"), &[], 5)).en, "provincial: 5 points");
        assert_eq!(loss(&LossBand { from: 60, lose: 2 }).zh, "60%以上扣2分");
        assert_eq!(loss(&LossBand { from: 100, lose: 0 }).zh, "100%以上不扣分");
        assert_eq!(count(&Count { each: 1, of: 4, policy: None }).zh, "每项未达到扣1分，共4项");
    }
}
