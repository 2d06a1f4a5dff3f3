use super::*;

/// A cell with where it stands and whether a formula is in it, as it was read.
type Read = ((u32, u32), RawCell<'static>, bool);

/// The cells of a part up to the first failure, and what that is.
fn part(part: &str, shared: &Shared) -> (Vec<Read>, Option<Damage>) {
    let mut cells = Cells::of(Xml::of(part.as_bytes()).unwrap(), shared);
    let mut all = Vec::new();
    loop {
        match cells.next() {
            Ok(Some(Placed { row, column, cell, is_formula })) => {
                all.push(((row, column), cell.into_owned(), is_formula));
            }
            Ok(None) => return (all, None),
            Err(failure) => return (all, Some(damage(failure))),
        }
    }
}

fn damage(failure: Failure) -> Damage {
    match failure {
        Failure::Damaged(damage, _) => damage,
        Failure::Password => Damage::Inside,
    }
}

/// The cells of a sheet with these rows.
fn sheet(rows: &str, shared: &Shared) -> (Vec<Read>, Option<Damage>) {
    part(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), shared)
}

fn places(rows: &str) -> (Vec<(u32, u32)>, Option<Damage>) {
    let (cells, damage) = sheet(rows, &Shared::default());
    (cells.into_iter().map(|(place, _, _)| place).collect(), damage)
}

/// Two texts, and the formats of `000000`, of a day and of `@"市"`, in a workbook that says what it has calculated.
fn shared() -> Shared {
    let formats = ["General", "000000", "yyyy-mm-dd", "@\"市\""].map(NumberFormat::of);
    Shared {
        strings: vec!["一_x000D_".to_owned(), "海州".to_owned()],
        formats: formats.to_vec(),
        is_1904: false,
        recalculates: false,
    }
}

fn one(cell: &str, shared: &Shared) -> RawCell<'static> {
    let (cells, damage) = sheet(&format!("<row>{cell}</row>"), shared);
    assert_eq!((cells.len(), damage), (1, None), "{cell}");
    cells.into_iter().next().unwrap().1
}

fn text(text: &str) -> RawCell<'_> {
    RawCell::Text(Cow::Borrowed(text))
}

#[test]
fn cells_stand_where_they_say_and_else_one_after_the_other() {
    let (all, damage) = places(
        r#"<row r="3"><c/><c r="D3"/><c/></row><row><c/><c/></row><row r=" 9 "/><row><c r="B12"/><c/></row><row><c/></row>"#,
    );
    assert_eq!(damage, None);
    assert_eq!(all, [(3, 1), (3, 4), (3, 5), (4, 1), (4, 2), (12, 2), (12, 3), (13, 1)]);
}

#[test]
fn a_place_outside_the_sheet_is_damage() {
    for rows in [
        r#"<row r="0"><c/></row>"#,
        r#"<row r="1048577"><c/></row>"#,
        r#"<row r="one"><c/></row>"#,
        r#"<row><c r="A1048577"/></row>"#,
        r#"<row><c r="A0"/></row>"#,
        r#"<row><c r="XFE1"/></row>"#,
        r#"<row><c r="1"/></row>"#,
    ] {
        assert_eq!(places(rows), (vec![], Some(Damage::Position)), "{rows}");
    }
}

#[test]
fn the_last_row_and_column_are_inside_and_what_follows_them_is_not() {
    let last = (MAX_ROWS, MAX_COLUMNS);
    let (row, cell) = (r#"<row r="1048576">"#, r#"<c r="XFD1048576"/>"#);
    assert_eq!(places(&format!("{row}{cell}</row>")), (vec![last], None));
    assert_eq!(places(&format!("{row}{cell}<c/></row>")), (vec![last], Some(Damage::Position)));
    assert_eq!(places(&format!("{row}{cell}</row><row><c/></row>")), (vec![last], Some(Damage::Position)));
}

#[test]
fn only_what_stands_among_the_rows_is_a_cell() {
    let markup = r#"<worksheet><row r="5"/><c r="C5"><v>1</v></c></row><other><sheetData><row><c r="A1"/></row></sheetData><c/>"#;
    let (all, damage) = part(markup, &Shared::default());
    assert_eq!((all, damage), (vec![((1, 1), RawCell::Empty, false)], None));
    let (all, _) = part("<a><row></row><row></row><sheetData><c/></sheetData>", &Shared::default());
    assert_eq!(all, [((1, 1), RawCell::Empty, false)], "rows before the sheet are not counted");
    let rows = "<row><other><inner/></other><c/></row><other/><row><c/></row>";
    assert_eq!(places(rows), (vec![(1, 1), (2, 1)], None));
}

#[test]
fn a_part_that_ends_too_early_is_told_from_one_without_a_sheet() {
    let shared = Shared::default();
    assert_eq!(part("<worksheet></worksheet>", &shared), (vec![], Some(Damage::Content)));
    let first = vec![((1, 1), RawCell::Empty, false)];
    assert_eq!(part("<worksheet><sheetData><row><c/>", &shared), (first, Some(Damage::Markup)));
    for cut in [
        "<sheetData><row><c>",
        "<sheetData><row><c><v>1",
        "<sheetData><row><c><f>1",
        "<sheetData><row><c><is>",
    ] {
        assert_eq!(part(cut, &shared), (vec![], Some(Damage::Markup)), "{cut}");
    }
}

#[test]
fn a_value_is_what_the_type_of_its_cell_says() {
    let shared = shared();
    for (cell, is) in [
        ("<c><v>1.5</v></c>", RawCell::Number(1.5)),
        (r#"<c t="n"><v> 2 </v></c>"#, RawCell::Number(2.0)),
        (r#"<c t="s"><v>1</v></c>"#, text("海州")),
        (r#"<c t="s"><v> 0 </v></c>"#, text("一_x000D_")),
        (r#"<c t="s"><v>2</v></c>"#, RawCell::Damaged("2".into())),
        (r#"<c t="s"><v>一</v></c>"#, RawCell::Damaged("一".into())),
        (r#"<c t="b"><v>1</v></c>"#, RawCell::Logical(true)),
        (r#"<c t="b"><v>TRUE</v></c>"#, RawCell::Logical(true)),
        (r#"<c t="b"><v>0</v></c>"#, RawCell::Logical(false)),
        (r#"<c t="b"><v>False</v></c>"#, RawCell::Logical(false)),
        (r#"<c t="b"><v>2</v></c>"#, RawCell::Damaged("2".into())),
        (r#"<c t="e"><v> #REF! </v></c>"#, RawCell::Fault("#REF!".into())),
        (r#"<c t="d"><v>2026-05-01</v></c>"#, text("2026-05-01")),
        (r#"<c t="inlineStr"><v>海_x000D_</v></c>"#, text("海\r")),
        (r#"<c t="str"><v> a </v></c>"#, text(" a ")),
        (r#"<c t="str"/>"#, text("")),
        (r#"<c t="s"/>"#, RawCell::Empty),
        ("<c><v> </v></c>", RawCell::Empty),
        ("<c><v>一</v></c>", RawCell::Damaged("一".into())),
        ("<c><v>inf</v></c>", RawCell::Damaged("inf".into())),
        ("<c><v>NaN</v></c>", RawCell::Damaged("NaN".into())),
        (r#"<c t="x"><v>1</v></c>"#, RawCell::Damaged("1".into())),
        (r#"<c t=" n "><v>1</v></c>"#, RawCell::Number(1.0)),
    ] {
        assert_eq!(one(cell, &shared), is, "{cell}");
    }
}

#[test]
fn numbers_and_texts_are_as_the_style_of_their_cell_shows_them() {
    let shared = shared();
    for (cell, is) in [
        (r#"<c s="1"><v>12</v></c>"#, text("000012")),
        (r#"<c s=" 1 "><v>12</v></c>"#, text("000012")),
        (r#"<c s="2"><v>46000</v></c>"#, RawCell::Serial(46000.0)),
        (r#"<c s="3" t="s"><v>1</v></c>"#, text("海州市")),
        (r#"<c s="3" t="str"><v>海州</v></c>"#, text("海州市")),
        (r#"<c s="3" t="inlineStr"><is><t>海州</t></is></c>"#, text("海州市")),
        (r#"<c s="4"><v>12</v></c>"#, RawCell::Number(12.0)),
        (r#"<c s="-"><v>12</v></c>"#, RawCell::Number(12.0)),
    ] {
        assert_eq!(one(cell, &shared), is, "{cell}");
    }
    let of_1904 = Shared { is_1904: true, ..shared };
    assert_eq!(one(r#"<c s="2"><v>1</v></c>"#, &of_1904), RawCell::Serial(1463.0));
}

#[test]
fn a_text_in_the_cell_is_its_value_but_beside_the_result_of_a_formula() {
    let shared = Shared::default();
    let runs = r#"<c t="inlineStr"><is><r><t>海</t></r><r><t>州</t></r></is></c>"#;
    assert_eq!(one(runs, &shared), text("海州"));
    assert_eq!(one(r#"<c t="n"><v>1</v><is><t>海</t></is></c>"#, &shared), text("海"));
    assert_eq!(one(r#"<c t="str"><is><t>海</t></is><v>州</v></c>"#, &shared), text("州"));
}

#[test]
fn a_formula_is_told_and_is_no_value() {
    let shared = Shared::default();
    let cells = |cell: &str| sheet(&format!("<row>{cell}<c/></row>"), &shared).0;
    let after = ((1, 2), RawCell::Empty, false);
    for (cell, is) in [
        ("<c><f>A1+1</f><v>3</v></c>", RawCell::Number(3.0)),
        ("<c><v>3</v><f>A1+1</f></c>", RawCell::Number(3.0)),
        ("<c><f>A1<x>2</x></f></c>", RawCell::Uncalculated),
        ("<c><f/><v>0</v></c>", RawCell::Number(0.0)),
        ("<c t=\"str\"><f>A1</f></c>", text("")),
    ] {
        assert_eq!(cells(cell), [((1, 1), is, true), after.clone()], "{cell}");
    }
}

#[test]
fn nothing_beside_a_formula_that_is_to_be_calculated_is_no_zero() {
    let shared = Shared { recalculates: true, ..Shared::default() };
    assert_eq!(one("<c><f>A1</f><v>0</v></c>", &shared), RawCell::Uncalculated);
    assert_eq!(one("<c><f>A1</f><v>3</v></c>", &shared), RawCell::Number(3.0));
    assert_eq!(one("<c><v>0</v></c>", &shared), RawCell::Number(0.0));
}

#[test]
fn other_elements_in_a_cell_are_passed_over_whole() {
    let shared = Shared::default();
    let cell = "<c><extLst><v>7</v><c><f>1</f></c></extLst>a<v>3</v><other/></c><c><v>4</v></c>";
    let (cells, damage) = sheet(&format!("<row>{cell}</row>"), &shared);
    assert_eq!(damage, None);
    assert_eq!(cells, [((1, 1), RawCell::Number(3.0), false), ((1, 2), RawCell::Number(4.0), false)]);
}

#[test]
fn the_name_of_a_place_is_one_to_three_letters_and_digits() {
    for (name, is) in [
        ("A1", Some((1, 1))),
        ("b7", Some((7, 2))),
        ("Z9", Some((9, 26))),
        ("AA10", Some((10, 27))),
        ("XFD1048576", Some((MAX_ROWS, MAX_COLUMNS))),
        ("XFE1", None),
        ("AAAA1", None),
        ("A1048577", None),
        ("A0", None),
        ("A", None),
        ("7", None),
        ("", None),
        ("A+7", None),
        ("A7B", None),
        ("$A$7", None),
    ] {
        assert_eq!(place(name), is, "{name}");
    }
}

#[test]
fn merged_areas_go_from_their_first_cell_to_their_last() {
    let markup = r#"<worksheet><sheetData><c ref="A1:B2"/></sheetData><mergeCells><mergeCell ref="B2:C4"/>
        <mergeCell ref=" $A$5:$A$6 "/><mergeCell ref="A7"/><mergeCell/><mergeCell ref="B9:A9"/><mergeCell ref="A10:A9"/>
        <mergeCell ref="D1:D1"/></mergeCells></worksheet>"#;
    let areas = merged(Xml::of(markup.as_bytes()).unwrap()).ok().unwrap();
    let areas: Vec<_> = areas.iter().map(|area| (area.top, area.left, area.bottom, area.right)).collect();
    assert_eq!(areas, [(2, 2, 4, 3), (5, 1, 6, 1), (1, 4, 1, 4)]);
}

#[test]
fn styles_of_cells_have_their_own_codes_or_built_in_ones() {
    let markup = r#"<styleSheet><numFmts><numFmt numFmtId=" 164 " formatCode="000000"/><numFmt numFmtId="165"/>
        </numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>
        <xf numFmtId=" 14 "/><xf numFmtId=" 164 "/><xf/></cellXfs><dxfs><xf numFmtId="9"/></dxfs></styleSheet>"#;
    let formats = formats(Xml::of(markup.as_bytes()).unwrap()).ok().unwrap();
    let (own, day) = (NumberFormat::of("000000"), NumberFormat::built_in(14));
    assert_eq!(formats, [NumberFormat::plain(), own.clone(), day, own, NumberFormat::plain()]);
}
