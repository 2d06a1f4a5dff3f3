//! Places that texts name: by the registry of divisions, and by their form.
//!
//! A county tells of itself and of the bodies above it. Where its texts tell of another county, they are another's.

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::legibility::pairs;
use super::spread::{self, Pair};
use crate::model::divisions::Divisions;
use crate::resources::meter;
use crate::script::error::Res;
use crate::script::value::rule_context::Tables;

/// How names of divisions end.
const ENDS: &str = "省市区县旗州盟";
/// Characters of the shortest and of the longest name.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=15;
/// Characters of a name that the registry does not have; longer ones run into the words before them.
const FORM: usize = 3;
/// Whose end any place may have, so that a word before it, as in 责任区, is asked for as well.
const AREA: char = '区';
/// What no name begins with, or has before its end: 全县, 在我县.
const WORDS: &str = "全本各我该外邻两多在对为到赴从由与和等及";
/// Words with such an end that are no places, whatever stands before them.
const COMMON: [&str; 24] = [
    "城市", "县市", "都市", "集市", "超市", "夜市", "门市", "上市", "乡镇", "城镇", "村镇", "家乡", "城乡",
    "县区", "社区", "辖区", "园区", "小区", "片区", "市区", "城区", "街区", "郡县", "市县",
];
/// What stands before a name that is told by its form alone.
const BEFORE: &str = "《（“在对为到赴从由，。、；：";
/// Characters that are read of one text.
const LONGEST: usize = 200;

/// What the texts of an organization are held against.
struct Scene<'a> {
    divisions: &'a Divisions,
    /// Names of its own place and of those above it.
    own: Vec<ImmutableString>,
    /// What the codes of its own divisions begin with; empty where it has none.
    code: String,
    /// Words that look like names of places and are none.
    areas: Vec<ImmutableString>,
    /// How names end that the registry may lack.
    ends: Vec<char>,
}

/// Of the different texts of some columns: how many there are, how many name one of the own places and how many another one
/// alone, and the rows of these, by column. Places are those of the registry but `areas`, and what has the form of one
/// with one of these ends.
pub(crate) fn elsewhere(
    tables: &mut Tables,
    columns: Array,
    own: Array,
    code: ImmutableString,
    areas: Array,
    ends: Array,
) -> Res<Map> {
    let pairs = spread::pairs(&columns)?;
    spread::charge(&pairs)?;
    // The first who asks makes the index of names, for all that follow.
    let _ = meter::unmetered(|| tables.around.divisions.called("").next().is_some(), |_| 0);
    let ends = texts(ends)
        .iter()
        .filter(|end| end.chars().count() == 1)
        .filter_map(|end| end.chars().next())
        .collect();
    let code = code.trim_end_matches("00").to_owned();
    let scene =
        Scene { divisions: &tables.around.divisions, own: texts(own), code, areas: texts(areas), ends };
    let each: Vec<Told> = pairs.iter().map(|pair| scene.told(pair)).collect();
    let sum = |of: fn(&Told) -> i64| Dynamic::from(each.iter().map(of).fold(0, i64::saturating_add));
    Ok(Map::from_iter([
        ("texts".into(), sum(|one| one.texts)),
        ("here".into(), sum(|one| one.here)),
        ("elsewhere".into(), sum(|one| one.elsewhere)),
        ("rows".into(), each.iter().map(|one| one.rows.clone()).collect::<Array>().into()),
    ]))
}

fn texts(list: Array) -> Vec<ImmutableString> {
    let texts = list.into_iter().filter_map(|one| one.into_immutable_string().ok());
    texts.filter(|text| !text.is_empty()).collect()
}

/// What one column tells.
struct Told {
    texts: i64,
    here: i64,
    elsewhere: i64,
    rows: Dynamic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whereabouts {
    Untold,
    Here,
    Elsewhere,
}

impl Scene<'_> {
    fn told(&self, column: &Pair) -> Told {
        let mut told = Told { texts: 0, here: 0, elsewhere: 0, rows: Dynamic::UNIT };
        let rows = spread::chosen_texts(column, |text| {
            let found = self.whereabouts(text);
            let count = |so_far: i64, which| so_far.saturating_add(i64::from(found == which));
            told.texts = told.texts.saturating_add(1);
            told.here = count(told.here, Whereabouts::Here);
            told.elsewhere = count(told.elsewhere, Whereabouts::Elsewhere);
            found == Whereabouts::Elsewhere
        });
        Told { rows: Dynamic::from(rows), ..told }
    }

    fn whereabouts(&self, text: &str) -> Whereabouts {
        if self.own.iter().any(|own| text.contains(own.as_str())) {
            return Whereabouts::Here;
        }
        let signs: Vec<char> = text.chars().take(LONGEST).collect();
        let names = || signs.iter().enumerate().filter(|(_, c)| ENDS.contains(**c)).map(|(end, _)| end);
        let elsewhere = names().any(|end| self.is_place(&signs, end));
        if elsewhere { Whereabouts::Elsewhere } else { Whereabouts::Untold }
    }

    /// Whether the name of another place ends here.
    fn is_place(&self, signs: &[char], end: usize) -> bool {
        let name = |length: usize| {
            let start = end.checked_add(1)?.checked_sub(length)?;
            Some(signs.get(start..=end)?.iter().collect::<String>())
        };
        let listed =
            LENGTHS.filter_map(name).filter(|name| self.divisions.called(name).next().is_some()).last();
        let formed = || name(FORM).filter(|_| self.has_form(signs, end));
        let near = |code: &str| {
            !self.code.is_empty()
                && (code.starts_with(&self.code) || self.code.starts_with(code.trim_end_matches("00")))
        };
        let other = |name: &String| {
            !self.divisions.called(name).any(near)
                && !self.areas.iter().any(|area| area == name)
                && !self.own.iter().any(|own| own.contains(name.as_str()))
        };
        listed.or_else(formed).as_ref().is_some_and(other)
    }

    /// Two characters that are no word, and an end; before them nothing, or what leads to a place.
    fn has_form(&self, signs: &[char], end: usize) -> bool {
        let Some(start) = end.checked_add(1).and_then(|next| next.checked_sub(FORM)) else { return false };
        let begins = start
            .checked_sub(1)
            .and_then(|before| signs.get(before))
            .is_none_or(|before| BEFORE.contains(*before));
        match signs.get(start..=end) {
            Some([first, second, last]) => {
                let word = WORDS.contains(*first)
                    || WORDS.contains(*second)
                    || COMMON.contains(&[*second, *last].iter().collect::<String>().as_str())
                    || (*last == AREA && pairs::is_pair(*first, *second));
                begins && self.ends.contains(last) && !word
            }
            _ => false,
        }
    }
}
