//! What is wrong with a rulings file.

use std::fmt;

use super::super::error::IngestError;
use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;

/// A mistake in a rulings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulingError {
    /// The file cannot be read.
    Ingest(IngestError),
    /// Something in it is wrong.
    At(Box<SourcePosition>, RulingFault),
}

/// Where a mistake stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcePosition {
    /// File.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row or line.
    pub row: Option<u32>,
    /// Header or key.
    pub column: Option<String>,
    /// What is written there.
    pub value: Option<String>,
}

/// A kind of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulingFault {
    /// Not TOML of the expected form.
    Syntax(Text),
    /// The table itself: its header, a ragged row.
    Table {
        /// What is wrong.
        message: Text,
        /// What to do.
        help: Text,
    },
    /// A key that no ruling has.
    UnknownKey {
        /// The key that may be meant.
        suggestion: Option<String>,
    },
    /// A cell that must be filled is empty.
    Missing,
    /// No item or requirement has this id.
    UnknownTarget {
        /// The id that may be meant.
        suggestion: Option<String>,
    },
    /// A word that is no ruling.
    UnknownRuling {
        /// The word that may be meant.
        suggestion: Option<String>,
    },
    /// A word that is no role.
    UnknownRole,
    /// Not a day.
    BadDate,
    /// It expires before it is made.
    ExpiresBefore,
    /// The ruling is `value`, but none is given.
    ValueMissing,
    /// A value is given, but the ruling is another.
    ValueUnasked,
    /// The target takes no value.
    NoValue,
    /// The value has not the form its target wants.
    ValueForm {
        /// The form.
        form: Text,
    },
    /// A fraction that may mean a percentage.
    Fraction,
    /// A formula where a person's word is wanted.
    Formula,
    /// A row of a worksheet that is not as the program wrote it.
    Moved,
    /// A sheet of a worksheet without its key.
    NoKey,
    /// So many more mistakes, which are not told.
    More(usize),
}

impl RulingFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "ruling.syntax",
            Self::Table { .. } => "ruling.table",
            Self::UnknownKey { .. } => "ruling.unknown-key",
            Self::Missing => "ruling.missing",
            Self::UnknownTarget { .. } => "ruling.unknown-target",
            Self::UnknownRuling { .. } => "ruling.unknown-word",
            Self::UnknownRole => "ruling.unknown-role",
            Self::BadDate | Self::ExpiresBefore => "ruling.date",
            Self::ValueMissing
            | Self::ValueUnasked
            | Self::NoValue
            | Self::ValueForm { .. }
            | Self::Fraction => "ruling.value",
            Self::Formula => "ruling.formula",
            Self::Moved | Self::NoKey => "ruling.worksheet",
            Self::More(_) => "ruling.more",
        }
    }

    fn message(&self) -> Text {
        match self {
            Self::Syntax(cause) => {
                Text::new(format!("格式错误：{}", cause.zh), format!("malformed: {}", cause.en))
            }
            Self::Table { message, .. } => message.clone(),
            Self::UnknownKey { .. } => {
                Text::new("裁定没有这一项，可能会丢失内容", "no ruling has this key, so it would be lost")
            }
            Self::Missing => Text::new("此项必填，却是空的", "this must be filled in"),
            Self::UnknownTarget { .. } => {
                Text::new("没有这个评价内容或评价要求", "there is no item or requirement with this id")
            }
            Self::UnknownRuling { .. } => Text::new("不是有效的裁定", "this is no ruling"),
            Self::UnknownRole => Text::new("不是有效的角色", "this is no role"),
            Self::BadDate => Text::new("不是日期", "this is not a date"),
            Self::ExpiresBefore => {
                Text::new("有效期早于裁定日期", "the ruling expires before the day it was made")
            }
            Self::ValueMissing => {
                Text::new("裁定为“值”，却没有给出值", "the ruling is a value, but none is given")
            }
            Self::ValueUnasked => {
                Text::new("给出了值，裁定却不是“值”", "a value is given, but the ruling is not `value`")
            }
            Self::NoValue => Text::new("此对象不按数值计分", "this target is not scored by a value"),
            Self::ValueForm { form } => Text::new(
                format!("值的写法不对，应为{}", form.zh),
                format!("the value should be {}", form.en),
            ),
            Self::Fraction => Text::new(
                "小于1的数可能是小数形式的百分比，含义不明",
                "a number below 1 may be a percentage written as a fraction: its meaning is unclear",
            ),
            Self::Formula => Text::new(
                "这里是公式，裁定只认填写的文字",
                "this is a formula, and a ruling is what a person wrote",
            ),
            Self::Moved => Text::new(
                "本行的对象与隐藏的行标识不符：可能只对部分列排了序，或是自行添加、改动的行",
                "the target of this row is not that of its hidden key: some columns may have been sorted without the \
                 others, or somebody added or changed the row",
            ),
            Self::NoKey => Text::new(
                "这张工作表缺少隐藏的行标识列，其中的裁定无法采用",
                "this sheet has lost its hidden key column, so that its rulings cannot be used",
            ),
            Self::More(more) => Text::new(
                format!("还有{more}处错误，没有列出"),
                format!("{more} more mistakes are not listed"),
            ),
        }
    }

    fn help(&self) -> Text {
        let meant = |suggestion: &Option<String>| match suggestion {
            Some(meant) => Text::new(format!("是否应为“{meant}”？"), format!("is \"{meant}\" meant?")),
            None => Text::new("核对后改正", "compare and correct it"),
        };
        match self {
            Self::Syntax(_) => Text::new("改正格式", "put the form right"),
            Self::Table { help, .. } => help.clone(),
            Self::UnknownKey { suggestion }
            | Self::UnknownTarget { suggestion }
            | Self::UnknownRuling { suggestion: suggestion @ Some(_) } => meant(suggestion),
            Self::Missing => Text::new(
                "裁定须写明对象、裁定、角色、裁定人、日期和理由",
                "a ruling names its target, ruling, role, person, date and reason",
            ),
            Self::UnknownRuling { suggestion: None } => Text::new(
                "可用：符合、不符合、缺失、不适用、值",
                "use met, unmet, absent, not-applicable or value",
            ),
            Self::UnknownRole => Text::new("可用：自评、评估组", "use self or team"),
            Self::BadDate | Self::ExpiresBefore => Text::new("写成 2026-03-01", "write it as 2026-03-01"),
            Self::ValueMissing => Text::new("填写值", "enter the value"),
            Self::ValueUnasked => {
                Text::new("裁定改为“值”，或删除值", "make the ruling `value`, or remove the value")
            }
            Self::NoValue => Text::new("改用符合、不符合等裁定", "rule met, unmet and so on instead"),
            Self::ValueForm { .. } => Text::new("改正值", "correct the value"),
            Self::Fraction => Text::new("写成85%或85", "write 85% or 85"),
            Self::Formula => Text::new("改为直接填写内容", "type what it comes to"),
            Self::Moved => Text::new(
                "撤销排序，或把裁定抄到程序写出的底稿中对应的行",
                "undo the sorting, or copy the ruling into the row of a worksheet as the program wrote it",
            ),
            Self::NoKey => Text::new(
                "用程序写出的底稿重新填写，不要删除或复制其中的列",
                "fill in a worksheet as the program wrote it, with all its columns",
            ),
            Self::More(_) => Text::new("改正上面列出的，再试一次", "correct those listed and try again"),
        }
    }
}

impl Explain for RulingError {
    fn fault(&self) -> Fault {
        match self {
            Self::Ingest(error) => error.fault(),
            Self::At(place, fault) => Fault {
                code: fault.code(),
                message: fault.message(),
                help: fault.help(),
                file: Some(place.file.clone()),
                sheet: place.sheet.clone(),
                row: place.row,
                column: place.column.clone(),
                excerpt: place.value.as_ref().map(|value| (value.clone(), 0, value.chars().count())),
            },
        }
    }
}

impl fmt::Display for RulingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ingest(error) => error.fmt(f),
            Self::At(place, fault) => {
                write!(f, "{}", place.file)?;
                if let Some(row) = place.row {
                    write!(f, ":{row}")?;
                }
                if let Some(column) = &place.column {
                    write!(f, " {column}")?;
                }
                write!(f, ": {}", fault.message().en)
            }
        }
    }
}

impl std::error::Error for RulingError {}
