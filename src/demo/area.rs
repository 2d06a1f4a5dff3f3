//! Grids, those who serve them and those who are served.

use std::io;

use super::calendar::{Days, day};
use super::layout::{Area, Layout};
use super::names::{self, Block};
use super::random::Random;
use super::row::Row;
use super::submission::{Office, Sheet};

const ROADS: [&str; 8] = ["中山路", "解放路", "建设路", "文化路", "沿河路", "学府路", "振兴街", "康乐街"];
const ESTABLISHED: (i16, i8, i8) = (2024, 4, 15);

/// Writes the grids: areas, then base grids.
pub(super) fn grids(sheet: &mut Sheet, office: &Office, days: Days, random: &mut Random) -> io::Result<()> {
    let layout = office.layout;
    let mut row = Row::default();
    for (nth, area) in layout.areas.iter().enumerate() {
        row.clear();
        row.cell(&area.code).cell(&area.name).cell(sheet.word("level", area.level)).cell(&area.parent);
        row.cell(sheet.word("kind", "area")).cell(&area.community).cell(&area_holder(nth));
        row.cell("").cell("").cell("").cell(days.text(day(ESTABLISHED))).cell("");
        sheet.push(&mut row)?;
    }
    for grid in 0..layout.grids {
        let Some(spot) = layout.spot(grid) else { break };
        base_grid(&mut row, sheet, layout, (grid, spot.community), days, random);
        sheet.push(&mut row)?;
    }
    Ok(())
}

fn base_grid(
    row: &mut Row,
    sheet: &Sheet,
    layout: &Layout,
    (grid, community): (usize, &Area),
    days: Days,
    random: &mut Random,
) {
    let Some(spot) = layout.spot(grid) else { return };
    let households = random.between(210, 480);
    let people = households * 3 - random.below(200);
    let roads = usize::try_from(random.below(ROADS.len() as u64)).unwrap_or(0);
    let road = |turn: usize| ROADS.get((roads + turn) % ROADS.len()).copied().unwrap_or_default();
    row.clear();
    row.cell(&layout.code(grid));
    row.parts(&[&community.community, "第", &spot.order.to_string(), "网格"]);
    row.cell(sheet.word("level", "grid")).cell(&community.code).cell(sheet.word("kind", "basic"));
    row.cell(&community.community).cell(&layout.member(spot.held_by));
    row.numbered("", random.between(30_000, 160_000), 1).numbered("", households, 1).numbered("", people, 1);
    row.cell(days.text(day(ESTABLISHED)));
    row.parts(&["东至", road(0), "，南至", road(1), "，西至", road(2), "，北至", road(3)]);
}

/// The id of the one who holds an area.
fn area_holder(nth: usize) -> String {
    format!("JZ{:05}", nth + 1)
}

/// Writes the members: one for each area, one for each base grid.
pub(super) fn members(sheet: &mut Sheet, office: &Office, days: Days) -> io::Result<()> {
    let layout = office.layout;
    let mut row = Row::default();
    let areas = layout.areas.len();
    for nth in 0..areas + layout.grids {
        let grid = nth.checked_sub(areas).and_then(|grid| Some((grid, layout.spot(grid)?)));
        row.clear();
        match grid {
            Some((grid, _)) => row.cell(&layout.member(grid)),
            None => row.cell(&area_holder(nth)),
        };
        office.member(nth as u64, &mut row);
        match grid {
            Some((grid, _)) => row.cell(&layout.code(grid)),
            None => row.cell(layout.areas.get(nth).map_or("", |area| &area.code)),
        };
        let part_time = grid.is_some_and(|(_, spot)| !spot.full_time);
        row.cell(sheet.word("role", if part_time { "part_time" } else { "holder" }));
        row.cell(days.text(office.member_start(nth as u64))).cell("");
        sheet.push(&mut row)?;
    }
    Ok(())
}

const COMPANIES: [&str; 4] = ["商贸有限公司", "餐饮有限公司", "物业服务有限公司", "电子科技有限公司"];
const ASSOCIATIONS: [&str; 3] = ["社会工作服务中心", "志愿服务队", "养老服务中心"];
const PLACES: [&str; 5] = ["消防栓", "路灯箱", "健身广场", "停车棚", "充电桩"];

/// Writes those who are served, grid by grid: of ten, seven residents, a company, an association and a place.
pub(super) fn objects(
    sheet: &mut Sheet,
    office: &Office,
    number: u64,
    days: Days,
    random: &mut Random,
) -> io::Result<()> {
    let mut row = Row::default();
    for nth in 0..number {
        let grid = usize::try_from(nth).unwrap_or(0) % office.layout.grids.max(1);
        row.clear();
        row.numbered("DX", nth + 1, 6);
        object(&mut row, sheet, office, nth, random);
        let community = office.layout.spot(grid).map_or("", |spot| &spot.community.community);
        let number = random.between(1, 299).to_string();
        row.cell(&office.layout.code(grid));
        row.parts(&[&office.place.name, community, random.pick(&ROADS), &number, "号"]);
        row.cell(days.text(day((2025, 9, 1)) + i32::try_from(random.below(290)).unwrap_or(0)));
        sheet.push(&mut row)?;
    }
    Ok(())
}

fn object(row: &mut Row, sheet: &Sheet, office: &Office, nth: u64, random: &mut Random) {
    let area = office.place.area();
    let mut body = |row: &mut Row, kind: &str, code: &str, trades: &[&str]| {
        let (stem, _) = names::place(usize::try_from(random.below(1900)).unwrap_or(0));
        row.cell(sheet.word("kind", kind)).parts(&[&office.place.stem, &stem, random.pick(trades)]);
        row.cell("").cell(&names::credit_code(code, area, nth));
    };
    match nth % 10 {
        7 => body(row, "company", "91", &COMPANIES),
        8 => body(row, "organization", "52", &ASSOCIATIONS),
        9 => {
            let number = random.between(1, 999).to_string();
            row.cell(sheet.word("kind", "place")).parts(&[random.pick(&PLACES), &number, "号"]);
            row.cell("").cell("");
        }
        _ => {
            row.cell(sheet.word("kind", "person")).parts(&names::person(random));
            row.cell(&names::id_number(area, Block::Objects, nth)).cell("");
        }
    }
}
