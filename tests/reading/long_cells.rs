//! Texts longer than a cell may be: told at their place, and nothing else is lost.

use wangge::model::limits::CELL_CHARACTERS;

use crate::support::by_hand::{by_hand, header, row};
use crate::{Read, read};

/// Two grids, the second with this name.
fn in_text(name: &str) -> Read {
    let text = format!("网格编码,网格名称\nG1,一格\nG2,\"{name}\"\nG3,三格\n");
    read(&[("网格.csv", text.as_bytes())]).unwrap()
}

fn in_workbook(name: &str) -> Read {
    let grids = [("G1", "一格"), ("G2", name), ("G3", "三格")];
    let rows = (2..)
        .zip(grids)
        .map(|(at, (id, name))| row(at, &[(&format!("A{at}"), id), (&format!("B{at}"), name)]));
    read(&[("网格.xlsx", &by_hand(&[header(), rows.collect()].concat(), "", &[]))]).unwrap()
}

fn names(read: &Read) -> Vec<String> {
    assert_eq!(read.column("grids", "id"), ["G1", "G2", "G3"]);
    read.column("grids", "name")
}

#[test]
fn the_longest_cell_is_read_as_it_is() {
    for one in ["网", "x"] {
        let most = one.repeat(CELL_CHARACTERS);
        for read in [in_text(&most), in_workbook(&most)] {
            assert!(read.of_rule("data.long-cell").is_empty());
            assert_eq!(names(&read)[1], most);
        }
    }
}

#[test]
fn a_longer_cell_is_told_and_counts_as_not_read() {
    for length in [CELL_CHARACTERS + 1, 40_000] {
        let longer = "网".repeat(length);
        for read in [in_text(&longer), in_workbook(&longer)] {
            assert_eq!(names(&read), ["一格", "", "三格"]);
            let finding = read.findings.iter().find(|finding| finding.rule == "data.long-cell").unwrap();
            let place = &finding.locations[0];
            assert_eq!(
                (finding.target.as_str(), place.row, place.cell.as_deref()),
                ("grids.name", Some(3), Some("B3"))
            );
            assert_eq!(place.column.as_deref(), Some("网格名称"));
            assert!(finding.locations.iter().all(|place| place.value.is_none()));
        }
    }
}

#[test]
fn a_picture_pasted_as_text_costs_its_cell_alone() {
    let read = in_text(&"QUJD".repeat(1_500_000));
    assert_eq!(names(&read), ["一格", "", "三格"]);
    assert!(read.findings.iter().any(|finding| finding.rule == "data.long-cell"));
}

#[test]
fn lines_within_a_long_cell_are_counted() {
    let read = in_text(&"一行\n".repeat(CELL_CHARACTERS / 2));
    assert_eq!(names(&read), ["一格", "", "三格"]);
    let rows = read.tables["grids"].source_rows.iter().collect::<Vec<_>>();
    assert_eq!(rows, [2, 3, 4 + u32::try_from(CELL_CHARACTERS / 2).unwrap()]);
}

#[test]
fn long_cells_in_columns_nobody_asked_for_and_before_the_header_are_no_matter() {
    let long = "长".repeat(CELL_CHARACTERS + 1);
    let text = format!("{long},\n网格编码,网格名称,{long}\nG1,一格,{long}\n");
    let read = read(&[("网格.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("grids", "name"), ["一格"]);
    assert!(read.of_rule("data.long-cell").is_empty());
    assert!(read.findings.iter().all(|finding| finding.message.zh.len() < 2_000));
}
