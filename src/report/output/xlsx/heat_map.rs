//! Organizations by items: which share of its points each has for sure. Every cell says its number, colour repeats it.

use std::collections::HashMap;
use std::io;

use rust_xlsxwriter::{Color, ConditionalFormat3ColorScale, ConditionalFormatType};

use crate::model::report::Organization;
use crate::model::summary::Ranked;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::workbook::{Book, Sheet, Stamp, failed};

/// Colours from none to all of the points: they stay apart in grey, too.
const NONE: Color = Color::RGB(0x00E6_7C73);
const HALF: Color = Color::RGB(0x00FF_EEB0);
const ALL: Color = Color::RGB(0x00B7_E1CD);

/// Rows of the head: title, about, heads, points.
const HEAD: u32 = 2;
const BODY: u32 = 4;

/// Columns before the items.
const BEFORE: [(&str, &str, u16); 3] =
    [("名次", "rank", 40), ("单位", "organization", 170), ("最低分", "low", 44)];
const FIRST: u16 = 3;
const ITEM: u16 = 26;

/// Points of all organizations by item.
#[derive(Default)]
pub(super) struct HeatMap {
    /// Items in order, with their points.
    items: Vec<(String, u32)>,
    rows: HashMap<String, Vec<Cell>>,
}

/// A share in percent, and whether it may yet rise.
type Cell = (u32, bool);

impl HeatMap {
    pub(super) fn add(&mut self, one: &Organization) {
        let items = || one.tables.iter().flat_map(|table| &table.items);
        if self.items.is_empty() {
            self.items = items().map(|item| (item.id.clone(), item.points)).collect();
        }
        let share = |points: u32, low: u32| low.saturating_mul(100).checked_div(points).unwrap_or(0);
        let cells = items().map(|item| (share(item.points, item.low), item.low < item.high)).collect();
        self.rows.insert(one.submission.path.clone(), cells);
    }
}

/// Writes the sheet in the order of the ranking.
pub(super) fn write(
    map: &HeatMap,
    ranking: &[Ranked],
    (titles, stamp): (Titles<'_>, &Stamp),
    book: &Book,
) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let mut widths: Vec<u16> = BEFORE.iter().map(|(_, _, width)| *width).collect();
    widths.extend(map.items.iter().map(|_| ITEM));
    let mut sheet = Book::sheet(&widths)?;
    let (styles, last) = (&book.styles, sheet.last_column());
    let title = pick(lang, "各单位各项得分率热力图", "Share of points by organization and item");
    sheet.merged((0, 0), (0, last), title, &styles.title)?;
    sheet.height(0, 34.0)?;
    let about = pick(
        lang,
        "数字是确定得到的分占该项分值的百分比；带“?”的尚有待定，可能更高，不着色。颜色与数字一致，由红（0）到绿（100）。",
        "Numbers are points for sure in percent of the points of the item; with `?` some of it is unknown and may rise: \
         no colour. Colours say the same, from red (0) to green (100).",
    );
    sheet.line(1, about, &styles.line)?;
    heads(&mut sheet, map, (titles, stamp), book)?;
    let mut row = BODY;
    for one in ranking {
        let Some(cells) = map.rows.get(&one.path) else { continue };
        sheet.number((row, 0), u32::try_from(one.rank).unwrap_or(u32::MAX), &styles.centre)?;
        sheet.text((row, 1), &one.name, &styles.text)?;
        sheet.number((row, 2), one.low, &styles.centre)?;
        for (column, (share, open)) in (FIRST..).zip(cells) {
            // Where some of it is unknown a number would be coloured as if it were the end.
            if *open {
                sheet.text((row, column), &format!("{share}?"), &styles.centre)?;
            } else {
                sheet.number((row, column), *share, &styles.centre)?;
            }
        }
        row = row.saturating_add(1);
    }
    colour(&mut sheet, (row.saturating_sub(1), last))?;
    sheet.inner.autofilter(BODY - 1, 0, row.saturating_sub(1).max(BODY - 1), last).map_err(failed)?;
    sheet.inner.set_freeze_panes(BODY, 2).map_err(failed)?;
    let print = stamp.print(("", title), "", Some((HEAD, BODY - 1)));
    sheet.print(&print)?;
    Ok(sheet)
}

fn heads(
    sheet: &mut Sheet,
    map: &HeatMap,
    (titles, stamp): (Titles<'_>, &Stamp),
    book: &Book,
) -> io::Result<()> {
    let (lang, styles) = (stamp.lang, &book.styles);
    for (column, (zh, en, _)) in (0..).zip(BEFORE) {
        sheet.text((HEAD, column), pick(lang, zh, en), &styles.head)?;
        sheet.text(
            (HEAD + 1, column),
            if column == 1 { pick(lang, "分值", "points") } else { "" },
            &styles.head,
        )?;
    }
    for (column, (id, points)) in (FIRST..).zip(&map.items) {
        let title = titles.catalog.title(id).map_or("", |title| title.get(lang));
        sheet.text((HEAD, column), &format!("{id} {title}"), &styles.head_upright)?;
        sheet.number((HEAD + 1, column), *points, &styles.head)?;
    }
    sheet.height(HEAD, 190.0)?;
    sheet.height(HEAD + 1, 18.0)
}

fn colour(sheet: &mut Sheet, last: (u32, u16)) -> io::Result<()> {
    if last.0 < BODY {
        return Ok(());
    }
    let number = ConditionalFormatType::Number;
    let scale = ConditionalFormat3ColorScale::new()
        .set_minimum(number, 0)
        .set_midpoint(number, 60)
        .set_maximum(number, 100)
        .set_minimum_color(NONE)
        .set_midpoint_color(HALF)
        .set_maximum_color(ALL);
    sheet.inner.add_conditional_format(BODY, FIRST, last.0, last.1, &scale).map(drop).map_err(failed)
}
