//! The form of a ruling's value, by what its target is scored on.

use rust_decimal::Decimal;

use super::error::RulingFault;
use crate::model::catalog::{Catalog, Item, Requirement};
use crate::model::outcome::Measure;
use crate::model::text::Text;
use crate::model::written::number;
use crate::table::normalize;

/// A named level of the catalog with the words that mean it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    id: String,
    words: Vec<String>,
}

/// What is said where no level is reached.
fn no_level() -> Level {
    Level { id: "none".to_owned(), words: ["无", "没有"].map(str::to_owned).to_vec() }
}

/// What a value of a target looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The target takes none.
    None,
    /// A percentage; within 0 and 100 if it is a share. One that compares before and after may be negative, and
    /// beyond 100.
    Percentage { share: bool },
    /// A number of things missing, up to this many.
    Count(u32),
    /// One of these levels.
    Level(Vec<Level>),
    /// One of these levels, or a percentage.
    LevelOrPercentage(Vec<Level>),
}

impl Form {
    /// The form for a target; `None` if there is no such target.
    pub(super) fn of(catalog: &Catalog, target: &str, line_f_each: bool) -> Option<Self> {
        let requirement = catalog.requirement(target).map(|found| of_requirement(found, line_f_each));
        requirement.or_else(|| catalog.item(target).map(of_item))
    }

    /// Reads a value.
    pub(super) fn read(&self, text: &str) -> Result<Measure, RulingFault> {
        match self {
            Self::None => Err(RulingFault::NoValue),
            Self::Percentage { share } => self.percentage(text, *share),
            Self::Count(of) => {
                let count = number::integer(text).filter(|count| (0..=i64::from(*of)).contains(count));
                count.map(|count| Measure::Number(Decimal::from(count))).ok_or_else(|| self.fault())
            }
            Self::Level(levels) => level(levels, text).ok_or_else(|| self.fault()),
            Self::LevelOrPercentage(levels) => {
                level(levels, text).map_or_else(|| self.percentage(text, false), Ok)
            }
        }
    }

    fn percentage(&self, text: &str, share: bool) -> Result<Measure, RulingFault> {
        let signed = number::percentage(text);
        let value = signed.or_else(|| number::decimal(text)).ok_or_else(|| self.fault())?;
        if share && !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
            return Err(self.fault());
        }
        if signed.is_none() && !value.is_zero() && value.abs() < Decimal::ONE {
            return Err(RulingFault::Fraction);
        }
        Ok(Measure::Number(value.normalize()))
    }

    fn fault(&self) -> RulingFault {
        RulingFault::ValueForm { form: self.text() }
    }

    fn text(&self) -> Text {
        let words = |levels: &[Level]| {
            let zh = levels.iter().map(Level::word).collect::<Vec<_>>().join("、");
            (zh, levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", "))
        };
        match self {
            Self::None => Text::default(),
            Self::Percentage { share: true } => Text::new("0至100的百分比", "a percentage from 0 to 100"),
            Self::Percentage { share: false } => Text::new("百分比", "a percentage"),
            Self::Count(of) => {
                Text::new(format!("缺少的数目，0至{of}的整数"), format!("the number missing, 0 to {of}"))
            }
            Self::Level(levels) => {
                let (zh, en) = words(levels);
                Text::new(zh, format!("one of {en}"))
            }
            Self::LevelOrPercentage(levels) => {
                let (zh, en) = words(levels);
                Text::new(format!("{zh}或百分比"), format!("{en} or a percentage"))
            }
        }
    }
}

fn of_requirement(requirement: &Requirement, line_f_each: bool) -> Form {
    if !requirement.bands.is_empty() {
        return Form::Percentage { share: true };
    }
    match &requirement.count {
        Some(count) if count.policy.is_none() || line_f_each => Form::Count(count.of),
        _ => Form::None,
    }
}

fn of_item(item: &Item) -> Form {
    let named = item
        .award
        .iter()
        .filter_map(|band| band.level.as_ref().map(|id| Level { id: id.clone(), words: band.words.clone() }));
    let mut levels: Vec<_> = named.collect();
    let percentage = item.award.iter().any(|band| band.from.is_some());
    match (levels.is_empty(), percentage) {
        (true, true) => Form::Percentage { share: item.share },
        (false, true) => Form::LevelOrPercentage(levels),
        (false, false) => {
            levels.push(no_level());
            Form::Level(levels)
        }
        (true, false) => Form::None,
    }
}

fn level(levels: &[Level], text: &str) -> Option<Measure> {
    let name = normalize::name(text);
    let means = |level: &&Level| {
        normalize::name(&level.id) == name || level.words.iter().any(|word| normalize::name(word) == name)
    };
    levels.iter().find(means).map(|level| Measure::Level(level.id.clone()))
}

impl Level {
    fn word(&self) -> &str {
        self.words.first().unwrap_or(&self.id)
    }
}
