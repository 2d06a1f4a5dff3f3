//! Files that are broken, or built to break whoever opens them.

use rust_xlsxwriter::Workbook;
use wangge::resources::meter::spent;

use crate::support::by_hand::{by_hand, header, row};
use crate::{failure, read};

fn code(bytes: &[u8]) -> String {
    failure(&[("网格.xlsx", bytes)]).0
}

#[test]
fn a_workbook_made_by_hand_is_read() {
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
    let read = read(&[("网格.xlsx", &by_hand(&rows, "", &[]))]).unwrap();
    assert_eq!(read.column("grids", "id"), ["G1"]);
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    assert_eq!(code("网格编码,网格名称\n".as_bytes()), "ingest.not-a-workbook");
    assert_eq!(code(b""), "ingest.not-a-workbook");
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), "ingest.not-a-workbook");
    assert_eq!(code(b"PK\x03\x04 nothing"), "ingest.damaged");
}

#[test]
fn a_workbook_cut_short_anywhere_is_an_error() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("网格").unwrap();
    sheet.write(0, 0, "网格编码").unwrap();
    sheet.write(0, 1, "网格名称").unwrap();
    let whole = book.save_to_buffer().unwrap();
    for length in (4..whole.len()).step_by(97) {
        assert_eq!(code(&whole[..length]), "ingest.damaged", "{length}");
    }
}

#[test]
fn flipped_bytes_never_bring_it_down() {
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
    let whole = by_hand(&rows, "", &[("xl/sharedStrings.xml", br#"<sst uniqueCount="1"><si/></sst>"#)]);
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        // Either it is read, or it is an error that says so.
        let _ = read(&[("网格.xlsx", &bytes)]);
    }
}

#[test]
fn a_sparse_sheet_takes_no_room() {
    let taken = |at: u32| {
        let cells = ["A", "B", "XFD"].map(|column| format!("{column}{at}"));
        let [first, second, last] = &cells;
        let far = row(at, &[(first, "G2"), (second, "二格"), (last, "x")]);
        let bytes = by_hand(&[header(), far].concat(), "", &[]);
        let before = spent().bytes;
        let read = read(&[("网格.xlsx", &bytes)]).unwrap();
        assert_eq!(read.column("grids", "id"), ["G2"]);
        assert_eq!(read.tables["grids"].source_rows.iter().collect::<Vec<_>>(), [at]);
        spent().bytes - before
    };
    // What is made once is made by the first.
    taken(2);
    let (near, far) = (taken(2), taken(1_048_576));
    assert!(near > 0 && far < near + (1 << 20), "{near} {far}");
}

#[test]
fn positions_outside_a_sheet_are_errors() {
    for place in ["ZZZZZZZZZZ2", "A4294967297", "XFE2", "A1048577", "A0", "2"] {
        let bytes = by_hand(&[header(), row(2, &[(place, "x")])].concat(), "", &[]);
        assert_eq!(code(&bytes), "ingest.damaged", "{place}");
    }
    let disorder = [row(3, &[("A3", "G1")]), row(2, &[("A2", "G2")])].concat();
    assert_eq!(code(&by_hand(&[header(), disorder].concat(), "", &[])), "ingest.damaged");
}

#[test]
fn two_values_for_one_cell_are_told_and_the_first_is_used() {
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格"), ("A2", "G9")])].concat();
    let read = read(&[("网格.xlsx", &by_hand(&rows, "", &[]))]).unwrap();
    assert_eq!(read.column("grids", "id"), ["G1"]);
    assert_eq!(read.faults(), ["data.duplicate-cell grids 2"]);
}

#[test]
fn a_string_count_that_cannot_be_is_no_matter() {
    for count in ["4294967295", "18446744073709551616", "1000"] {
        let strings = format!(r#"<sst count="1" uniqueCount="{count}"><si><t>x</t></si></sst>"#);
        let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
        let bytes = by_hand(&rows, "", &[("xl/sharedStrings.xml", strings.as_bytes())]);
        assert_eq!(read(&[("网格.xlsx", &bytes)]).unwrap().column("grids", "id"), ["G1"], "{count}");
    }
}

#[test]
fn parts_that_unpack_to_too_much_are_refused() {
    let spaces = vec![b' '; 40 << 20];
    assert_eq!(code(&by_hand(&header(), "", &[("xl/styles.xml", &spaces)])), "ingest.suspicious");
    // What is not read is not judged.
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
    let picture = by_hand(&rows, "", &[("xl/media/a.emf", &spaces)]);
    assert_eq!(read(&[("网格.xlsx", &picture)]).unwrap().column("grids", "id"), ["G1"]);
    // Text that does not shrink much, but is no cell.
    let mut state = 1_u32;
    let noise: String = (0..600_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + u8::try_from(state >> 24).unwrap() % 26)
        })
        .collect();
    let rows = [header(), row(2, &[("A2", &noise)])].concat();
    assert_eq!(code(&by_hand(&rows, "", &[])), "ingest.suspicious");
}

#[test]
fn huge_merges_and_entities_do_no_harm() {
    let merges = r#"<mergeCells count="3"><mergeCell ref="A2:XFD1048576"/><mergeCell ref="A1:XFD1048576"/><mergeCell ref="C2:C9"/></mergeCells>"#;
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")]), row(3, &[("B3", "二格")])].concat();
    let filled = read(&[("网格.xlsx", &by_hand(&rows, merges, &[]))]).unwrap();
    assert_eq!(filled.column("grids", "id"), ["G1", "G1"]);
    let reversed = r#"<mergeCells><mergeCell ref="C9:A2"/></mergeCells>"#;
    let _ = read(&[("网格.xlsx", &by_hand(&rows, reversed, &[]))]);
    let bomb = [header(), row(2, &[("A2", "&lol;&lol;"), ("B2", "x")])].concat();
    let _ = read(&[("网格.xlsx", &by_hand(&bomb, "", &[]))]);
}
