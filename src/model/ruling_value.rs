//! The form of a ruling's value, by what its target is scored on.

use super::catalog::{Catalog, Item, Requirement};
use super::text::Text;

/// A named level of the catalog with the words that mean it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// Words that mean it, the first one being shown.
    pub words: Vec<String>,
}

/// What is said where no level is reached.
fn no_level() -> Level {
    Level { id: "none".to_owned(), words: ["无", "没有"].map(str::to_owned).to_vec() }
}

/// What a value of a target looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The target takes none.
    None,
    /// A percentage; within 0 and 100 if it is a share. One that compares before and after may be negative, and
    /// beyond 100.
    Percentage {
        /// It is a share.
        share: bool,
    },
    /// A number of things missing, up to this many.
    Count(u32),
    /// One of these levels.
    Level(Vec<Level>),
    /// One of these levels, or a percentage.
    LevelOrPercentage(Vec<Level>),
}

impl Form {
    /// The form for a target; `None` if there is no such target.
    pub fn of(catalog: &Catalog, target: &str, line_f_each: bool) -> Option<Self> {
        let requirement = catalog.requirement(target).map(|found| of_requirement(found, line_f_each));
        requirement.or_else(|| catalog.item(target).map(of_item))
    }

    /// In words; empty where there is no value.
    pub fn text(&self) -> Text {
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

impl Level {
    /// The word that is shown.
    pub fn word(&self) -> &str {
        self.words.first().unwrap_or(&self.id)
    }
}
