//! Events of a year, every one closed within its time limit and no two alike.

use std::io;

use super::calendar::{Days, day};
use super::random::Random;
use super::row::Row;
use super::submission::{Office, Sheet};

/// Kind, department and days allowed.
const KINDS: [(&str, &str, u8); 10] = [
    ("矛盾纠纷", "司法局", 7),
    ("安全隐患", "应急管理局", 5),
    ("环境卫生", "城市管理局", 3),
    ("市政设施", "住房和城乡建设局", 7),
    ("治安隐患", "公安分局", 3),
    ("占道经营", "城市管理局", 2),
    ("民生诉求", "民政局", 5),
    ("食品安全", "市场监督管理局", 7),
    ("公共卫生", "卫生健康局", 3),
    ("政策咨询", "便民服务科", 1),
];
const CHANNELS: [&str; 4] = ["网格巡查", "群众反映", "热线转办", "平台推送"];
const RESULTS: [&str; 4] = ["已办结", "已办结，群众满意", "现场处置完毕", "协调化解"];

const FIRST: (i16, i8, i8) = (2025, 7, 1);
/// Reports end early enough for all to be closed on the day of the demo.
const DAYS: u64 = 345;
/// So many events of one day and grid differ in kind, channel or result.
const VARIANTS: u64 = (KINDS.len() * CHANNELS.len() * RESULTS.len()) as u64;

/// The most events for so many grids without two that say the same.
pub(super) fn most(grids: usize) -> u64 {
    DAYS * VARIANTS * grids as u64 / 2
}

/// Writes the events, from the first day to the last.
pub(super) fn events(
    sheet: &mut Sheet,
    office: &Office,
    number: u64,
    days: Days,
    random: &mut Random,
) -> io::Result<()> {
    let grids = office.layout.grids as u64;
    let codes: Vec<(String, String)> =
        (0..office.layout.grids).map(|grid| (office.layout.code(grid), office.layout.member(grid))).collect();
    let stride = stride(grids);
    let (mut row, mut month) = (Row::default(), String::new());
    let (mut today, mut of_today) = (u64::MAX, 0_u64);
    for nth in 0..number {
        let date = nth.saturating_mul(DAYS) / number;
        if date != today {
            (today, of_today) = (date, 0);
            month = month_of(day(FIRST) + i32::try_from(date).unwrap_or(0));
        }
        // Strides meet every grid once before they meet one again.
        let grid = (of_today.wrapping_mul(stride) + date * 7) % grids.max(1);
        let variant = (date * 31 + grid * 17 + of_today / grids.max(1) * 7) % VARIANTS;
        of_today += 1;
        row.clear();
        row.numbered(&month, nth + 1, 8);
        let spot = usize::try_from(grid).ok().and_then(|grid| codes.get(grid));
        event(&mut row, spot, variant, day(FIRST) + i32::try_from(date).unwrap_or(0), days, random);
        sheet.push(&mut row)?;
    }
    Ok(())
}

fn event(
    row: &mut Row,
    spot: Option<&(String, String)>,
    variant: u64,
    reported: i32,
    days: Days,
    random: &mut Random,
) {
    let at = usize::try_from(variant).unwrap_or(0);
    let (kind, department, limit) = KINDS.get(at % KINDS.len()).copied().unwrap_or_default();
    let channel = CHANNELS.get(at / KINDS.len() % CHANNELS.len()).copied().unwrap_or_default();
    let result = RESULTS.get(at / KINDS.len() / CHANNELS.len()).copied().unwrap_or_default();
    let chance = random.next();
    let accepted = reported + i32::from(chance.is_multiple_of(5));
    let taken = i32::try_from((chance >> 8) % (u64::from(limit) + 1)).unwrap_or(0);
    let (grid, member) = spot.map_or(("", ""), |(grid, member)| (grid, member));
    row.cell(kind).cell(grid).cell(member).cell(days.text(reported)).cell(days.text(accepted));
    row.cell(days.text(accepted + i32::from(limit))).cell(days.text(accepted + taken));
    row.cell(department).cell(channel).cell(result);
}

/// The beginning of the ids of a month.
fn month_of(day: i32) -> String {
    let (year, month, _) = crate::table::date::Date::from_days(day).ymd().unwrap_or(FIRST);
    format!("SJ{year:04}{month:02}")
}

/// A step that has no divisor in common with the number of grids.
fn stride(grids: u64) -> u64 {
    let wanted = grids * 618 / 1000;
    (wanted.max(1)..=grids).find(|step| common(*step, grids) == 1).unwrap_or(1)
}

fn common(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { common(other, one % other) }
}
