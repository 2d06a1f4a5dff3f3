//! The columns of the score sheet, and its head.

use std::io;

use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::words::{self, pick};
use crate::report::workbook::{Sheet, Stamp, Styles};

/// Columns that stand before the points of the team.
pub(super) const TABLE: u16 = 0;
pub(super) const ITEM: u16 = 1;
pub(super) const ASKS: u16 = 2;
pub(super) const POINTS: u16 = 3;
pub(super) const DEDUCT: u16 = 4;
pub(super) const OWN: u16 = 5;
pub(super) const TEAM: u16 = 6;

/// Where columns stand that come after the points of the team, which are two numbers while something is unknown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) is_range: bool,
    pub(super) reason: u16,
    pub(super) evidence: u16,
}

/// Rows of the head.
pub(super) const HEAD: u32 = 2;
pub(super) const BODY: u32 = 4;

impl Layout {
    /// For an organization.
    pub(super) fn of(one: &Organization) -> Self {
        let is_range = one.score.low != one.score.high
            || one.tables.iter().flat_map(|table| &table.items).any(|item| item.low != item.high);
        let reason = if is_range { TEAM + 2 } else { TEAM + 1 };
        Self { is_range, reason, evidence: reason + 1 }
    }

    /// Widths in pixels; together they are as wide as a page.
    pub(super) fn widths(self) -> Vec<u16> {
        let team: &[u16] = if self.is_range { &[42, 42] } else { &[52] };
        let rest: [u16; 2] = if self.is_range { [246, 170] } else { [262, 186] };
        [&[72, 100, 196, 40, 46, 46], team, &rest].concat()
    }

    /// Columns of the points of the team.
    pub(super) fn team(self) -> Vec<u16> {
        if self.is_range { vec![TEAM, TEAM + 1] } else { vec![TEAM] }
    }
}

/// Title, organization, heads of columns.
pub(super) fn write(
    sheet: &mut Sheet,
    one: &Organization,
    layout: Layout,
    (stamp, styles): (&Stamp, &Styles),
) -> io::Result<()> {
    let lang = stamp.lang;
    let title =
        pick(lang, "网格化服务管理标准化工作评分表", "Score sheet of grid-governance standardization");
    let last = sheet.last_column();
    sheet.merged((0, 0), (0, last), title, &styles.title)?;
    sheet.height(0, 34.0)?;
    sheet.line(1, &whose(one, stamp), &styles.line)?;
    heads(sheet, layout, lang, styles)
}

fn whose(one: &Organization, stamp: &Stamp) -> String {
    let level = words::level(&one.level, stamp.lang);
    let line = match stamp.lang {
        Lang::Zh => {
            format!(
                "被评估单位：{}    单位编号：{}    层级：{level}    判定日期：{}    {}",
                one.name, one.id, stamp.as_of, stamp.unmasked
            )
        }
        Lang::En => format!(
            "Organization: {}    id: {}    level: {level}    as of: {}    {}",
            one.name, one.id, stamp.as_of, stamp.unmasked
        ),
    };
    line.trim_end().to_owned()
}

fn heads(sheet: &mut Sheet, layout: Layout, lang: Lang, styles: &Styles) -> io::Result<()> {
    let single = [
        (TABLE, ("评价项目", "table")),
        (ITEM, ("评价内容", "item")),
        (ASKS, ("评价要求", "requirement")),
        (POINTS, ("分值", "points")),
        (DEDUCT, ("最多扣分", "at most lost")),
        (OWN, ("自评分", "self score")),
        (layout.reason, ("扣分及理由", "points lost and why")),
        (layout.evidence, ("证据及其位置", "evidence, where it is")),
    ];
    for (column, (zh, en)) in single {
        sheet.merged((HEAD, column), (HEAD + 1, column), pick(lang, zh, en), &styles.head)?;
    }
    let team = pick(lang, "评估分", "team score");
    if layout.is_range {
        sheet.merged((HEAD, TEAM), (HEAD, TEAM + 1), team, &styles.head)?;
        sheet.text((HEAD + 1, TEAM), pick(lang, "最低", "low"), &styles.head)?;
        sheet.text((HEAD + 1, TEAM + 1), pick(lang, "最高", "high"), &styles.head)?;
    } else {
        sheet.merged((HEAD, TEAM), (HEAD + 1, TEAM), team, &styles.head)?;
    }
    sheet.height(HEAD, 18.0)?;
    sheet.height(HEAD + 1, 18.0)
}
