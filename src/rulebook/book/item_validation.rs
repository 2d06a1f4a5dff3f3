//! Checks the points, bands, counts and words of an item against each other, so that scoring can rely on them: no
//! deduction or award exceeds the points of its item, bands descend, and every word means one level.

use std::collections::BTreeSet;

use super::catalog::MOST;
use crate::model::catalog::{Award, Item, LossBand, Requirement};
use crate::model::text::Text;
use crate::rulebook::reader::Step;
use crate::table::normalize;

/// An inconsistency in an item.
pub(super) struct ItemError<'i> {
    /// From the item to the value.
    pub(super) path: Vec<Step<'static>>,
    /// The fields it may come from, each with the id of its item or requirement.
    pub(super) fields: Vec<(&'i str, &'static str)>,
    pub(super) text: Text,
}

/// A percentage of a whole.
const WHOLE: u32 = 100;

/// All inconsistencies of an item, before its weight is applied.
pub(super) fn errors_in(item: &Item) -> Vec<ItemError<'_>> {
    let mut checker = Checker { item, found: Vec::new() };
    let own = |field: &'static str| vec![(item.id.as_str(), field)];
    if let Some(text) = beyond_points(item.points) {
        checker.add_error(vec![Step::Key("points")], own("points"), text);
    }
    if item.weight == 0 {
        let text = Text::new("权重须为 1 以上的整数", "a weight is 1 or more");
        checker.add_error(vec![Step::Key("weight")], own("weight"), text);
    }
    checker.minimum();
    checker.awards();
    for (at, one) in item.requirements.iter().enumerate() {
        checker.requirement(at, one);
    }
    checker.found
}

/// The error of an id, level or word that is blank or holds invisible characters; none for any other.
pub(super) fn blank(text: &str) -> Option<Text> {
    let hidden = |sign: char| sign.is_control() || normalize::is_invisible(sign);
    (normalize::is_blank(text) || text.contains(hidden)).then(|| {
        Text::new(
            "编号、等级和词语不能为空，也不能含有不可见字符",
            "ids, levels and words are not blank and have no invisible characters",
        )
    })
}

/// The error of points beyond [`MOST`].
pub(super) fn beyond_points(points: u32) -> Option<Text> {
    (points > MOST).then(|| over("分值", "points", MOST))
}

fn over(zh: &str, en: &str, most: u32) -> Text {
    Text::new(format!("{zh}不能超过 {most}"), format!("{en} are at most {most}"))
}

struct Checker<'i> {
    item: &'i Item,
    found: Vec<ItemError<'i>>,
}

impl<'i> Checker<'i> {
    fn add_error(&mut self, path: Vec<Step<'static>>, fields: Vec<(&'i str, &'static str)>, text: Text) {
        self.found.push(ItemError { path, fields, text });
    }

    /// Awards lie within the points, from best to worst, and each is reached in one way.
    fn awards(&mut self) {
        let item = self.item;
        let fields = || vec![(item.id.as_str(), "points"), (item.id.as_str(), "award")];
        let mut words = BTreeSet::new();
        let mut last: Option<&Award> = None;
        let mut lowest: Option<u32> = None;
        for (at, band) in item.award.iter().enumerate() {
            let path = |key: &'static str| vec![Step::Key("award"), Step::At(at), Step::Key(key)];
            if band.points > item.points {
                let text = Text::new(
                    format!("这一档得 {} 分，多于“{}”的 {} 分", band.points, item.id, item.points),
                    format!(
                        "this band awards {}, more than the {} points of `{}`",
                        band.points, item.points, item.id
                    ),
                );
                self.add_error(path("points"), fields(), text);
            }
            if last.is_some_and(|last| last.points < band.points) {
                self.add_error(path("points"), fields(), disordered());
            }
            if let Some(text) = way(item, band).or_else(|| level_words(band, &mut words)) {
                self.add_error(path(if band.from.is_some() { "from" } else { "level" }), fields(), text);
            }
            if band.from.is_some_and(|from| lowest.is_some_and(|lowest| lowest <= from)) {
                self.add_error(path("from"), fields(), disordered());
            }
            lowest = band.from.or(lowest);
            last = Some(band);
        }
    }

    /// The least it must have lies within the points.
    fn minimum(&mut self) {
        let item = self.item;
        let (id, points) = (item.id.as_str(), item.points);
        if let Some(minimum) = item.minimum.filter(|minimum| *minimum > points) {
            let text = Text::new(
                format!("最低分 {minimum} 多于“{id}”的 {points} 分"),
                format!("a minimum of {minimum} is more than the {points} points of `{id}`"),
            );
            self.add_error(vec![Step::Key("minimum")], vec![(id, "points"), (id, "minimum")], text);
        }
    }

    /// A deduction lies within the points, and so do its bands and counts within it.
    fn requirement(&mut self, at: usize, one: &'i Requirement) {
        let item = self.item;
        let path = |keys: &[Step<'static>]| [&[Step::Key("requirement"), Step::At(at)], keys].concat();
        let (points, own) = ((item.id.as_str(), "points"), one.id.as_str());
        if one.deduct > item.points {
            let text = Text::new(
                format!("“{own}”扣 {} 分，多于“{}”的 {} 分", one.deduct, item.id, item.points),
                format!(
                    "`{own}` deducts {}, more than the {} points of `{}`",
                    one.deduct, item.points, item.id
                ),
            );
            self.add_error(path(&[Step::Key("deduct")]), vec![points, (own, "deduct")], text);
        }
        let fields = || vec![(own, "deduct"), (own, "bands")];
        let mut last: Option<&LossBand> = None;
        for (number, band) in one.bands.iter().enumerate() {
            for (key, text) in band_error(one, *band, last) {
                self.add_error(path(&[Step::Key("bands"), Step::At(number), Step::Key(key)]), fields(), text);
            }
            last = Some(band);
        }
        let count = one.count.as_ref();
        if let Some(text) = count.filter(|count| count.each == 0 || count.of == 0).map(|_| uncounted()) {
            self.add_error(path(&[Step::Key("count")]), vec![(own, "count")], text);
        }
        if let Some(text) = count.filter(|count| count.each > one.deduct).map(|_| over_deduction(one)) {
            self.add_error(
                path(&[Step::Key("count"), Step::Key("each")]),
                vec![(own, "deduct"), (own, "count")],
                text,
            );
        }
    }
}

/// A band of a graded deduction after `last`, the better one: what is wrong, and with which key.
fn band_error(one: &Requirement, band: LossBand, last: Option<&LossBand>) -> Vec<(&'static str, Text)> {
    let mut found = Vec::new();
    if band.from > WHOLE {
        found.push(("from", over("百分比", "percentages", WHOLE)));
    }
    if band.lose > one.deduct {
        found.push(("lose", over_deduction(one)));
    }
    if last.is_some_and(|last| last.from <= band.from) {
        found.push(("from", disordered()));
    }
    if last.is_some_and(|last| last.lose > band.lose) {
        found.push(("lose", disordered()));
    }
    found
}

/// A band is reached by a percentage or by a level, never by both.
fn way(item: &Item, band: &Award) -> Option<Text> {
    match (band.from, &band.level) {
        (Some(from), None) if item.share && from > WHOLE => Some(over("占比", "shares", WHOLE)),
        (Some(from), None) if from > MOST => Some(over("百分比", "percentages", MOST)),
        (Some(_), None) => None,
        (None, Some(level)) => blank(level),
        _ => Some(Text::new(
            "每一档写一个 from（百分比）或一个 level（等级）",
            "a band has either `from`, a percentage, or `level`",
        )),
    }
}

/// Words mean one level each.
fn level_words<'i>(band: &'i Award, words: &mut BTreeSet<&'i str>) -> Option<Text> {
    let all = || band.level.iter().chain(&band.words).map(String::as_str);
    if let Some(text) = all().find_map(blank) {
        return Some(text);
    }
    let own: BTreeSet<&str> = all().collect();
    let twice = own.iter().find(|word| words.contains(*word)).copied();
    words.extend(own);
    twice.map(|word| Text::new(format!("“{word}”表示两个等级"), format!("`{word}` means two levels")))
}

fn disordered() -> Text {
    Text::new(
        "档次应由好到差依次排列，百分比不得重复",
        "bands stand from best to worst, each percentage once",
    )
}

fn uncounted() -> Text {
    Text::new("count 的 each 和 of 须为 1 以上的整数", "`each` and `of` of a count are 1 or more")
}

fn over_deduction(one: &Requirement) -> Text {
    Text::new(
        format!("多于“{}”最多扣的 {} 分", one.id, one.deduct),
        format!("more than the {} points that `{}` deducts at most", one.deduct, one.id),
    )
}
