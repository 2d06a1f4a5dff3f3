//! What went in comes out: any cells, any number of them, in memory and put aside.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::table::memory::MemoryBudget;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

const KINDS: [ColumnType; 6] = [
    ColumnType::Text,
    ColumnType::Integer,
    ColumnType::Decimal,
    ColumnType::Date,
    ColumnType::YesNo,
    ColumnType::Enumerated,
];

fn cell(kind: ColumnType, dice: &mut Dice, distinct: u64) -> CellValue<'static> {
    let roll = dice.roll(distinct);
    let signed = i64::try_from(roll).unwrap() - 3;
    match kind {
        ColumnType::Text if roll == 0 => CellValue::Text("".into()),
        ColumnType::Text => CellValue::Text(format!("网格{roll}").into()),
        _ if roll == 0 => CellValue::Empty,
        ColumnType::Integer if roll == 1 => CellValue::Integer(i64::MIN),
        ColumnType::Integer => CellValue::Integer(signed),
        ColumnType::Decimal if roll == 1 => CellValue::Decimal(Decimal::MAX),
        ColumnType::Decimal if roll == 2 => CellValue::Decimal("-0.00".parse().unwrap()),
        ColumnType::Decimal => CellValue::Decimal(Decimal::new(signed, u32::try_from(roll % 28).unwrap())),
        ColumnType::Date => CellValue::Date(Date::from_days(i32::try_from(signed % 20_000).unwrap())),
        ColumnType::YesNo => CellValue::YesNo(roll.is_multiple_of(2)),
        _ => CellValue::Enumerated(u16::try_from(roll % 7).unwrap()),
    }
}

/// The declaration of a column.
fn decl(kind: ColumnType, more: &str) -> ColumnDecl {
    let mut decl: ColumnDecl =
        toml::from_str(&format!("id = \"c\"\nzh = \"列\"\ntype = \"text\"\n{more}")).unwrap();
    decl.kind = kind;
    decl
}

fn push(column: &mut Column, cell: &CellValue<'_>) {
    match cell {
        CellValue::Empty => column.push_empty(),
        CellValue::Text(text) => column.push_text(text),
        CellValue::Integer(number) => column.push_integer(Some(*number)),
        CellValue::Decimal(number) => column.push_decimal(Some(*number)),
        CellValue::Date(date) => column.push_days(Some(date.days())),
        CellValue::YesNo(yes) => column.push_yes_no(Some(*yes)),
        CellValue::Enumerated(number) => column.push_number(Some(*number)),
    }
}

/// The cell of a row as kernels see it.
fn seen<'a>(view: View<'a>, at: usize) -> CellValue<'a> {
    let cell = match view {
        View::Text(texts) => Some(CellValue::Text(texts.get(at).into())),
        View::Integer(cells) => cells.get(at).map(CellValue::Integer),
        View::Decimal(cells) => cells.get(at).map(CellValue::Decimal),
        View::Date(cells) => cells.get(at).map(|days| CellValue::Date(Date::from_days(days))),
        View::YesNo(cells) => cells.get(at).map(CellValue::YesNo),
        View::Enumerated(cells) => cells.get(at).map(CellValue::Enumerated),
    };
    cell.unwrap_or(CellValue::Empty)
}

/// Debug output tells 1.0 from 1.00 and 0 from -0.
fn same(one: &CellValue<'_>, other: &CellValue<'_>) -> bool {
    format!("{one:?}") == format!("{other:?}")
}

fn check(column: &Column, cells: &[CellValue<'_>]) {
    assert_eq!(column.chunks(), cells.len().div_ceil(CHUNK));
    let mut row = 0;
    for at in 0..column.chunks() {
        let chunk = column.chunk(at);
        assert_eq!(chunk.rows(), CHUNK.min(cells.len() - row));
        for within in 0..chunk.rows() {
            let (want, view) = (&cells[row], chunk.view());
            assert!(same(&seen(view, within), want), "{row}: {want:?}");
            assert!(same(&column.get(row), want), "{row}: {want:?}");
            row += 1;
        }
    }
    assert_eq!((row, column.chunk(column.chunks()).rows()), (cells.len(), 0));
    assert!(same(&column.get(row), &column.chunk(column.chunks()).view().first()));
}

impl<'a> View<'a> {
    fn first(self) -> CellValue<'a> {
        seen(self, 0)
    }
}

#[test]
fn what_goes_in_comes_out() {
    let mut dice = Dice(7);
    for memory in [MemoryBudget::unlimited(), MemoryBudget::new(1 << 20), MemoryBudget::new(0)] {
        for kind in KINDS {
            for rows in [0, 1, CHUNK - 1, CHUNK, 3 * CHUNK + 5] {
                for (distinct, blank) in [(1, 0), (3, 0), (300, 0), (100_000, 0), (40, 5000), (1 << 40, 0)] {
                    let store = Store::new(&memory);
                    let mut column = Column::new(&decl(kind, ""), &store);
                    let distinct_at = |row| if row < blank { 1 } else { distinct };
                    let cells: Vec<_> =
                        (0..rows).map(|row| cell(kind, &mut dice, distinct_at(row))).collect();
                    cells.iter().for_each(|cell| push(&mut column, cell));
                    check(&column, &cells);
                    column.close();
                    check(&column, &cells);
                }
            }
        }
        assert_eq!(memory.held(), 0);
        assert!(memory.failure().is_none());
    }
}

fn texts(more: &str, rows: usize, text: impl Fn(usize) -> String) -> Column {
    let mut column = Column::new(&decl(ColumnType::Code, more), &Store::new(&MemoryBudget::unlimited()));
    (0..rows).for_each(|row| column.push_text(&text(row)));
    column.close();
    column
}

#[test]
fn columns_that_repeat_themselves_are_coded() {
    let coded = |column: &Column| {
        (0..column.chunks())
            .filter(|at| matches!(column.chunk(*at).view(), View::Text(Texts::Coded { .. })))
            .count()
    };
    let kinds = texts("", 3 * CHUNK, |row| format!("{}", row % 5));
    assert_eq!((coded(&kinds), kinds.dictionary().len()), (3, 5));
    let names = texts("", 20 * CHUNK, |row| format!("{}", row * 7919 % 40_011));
    assert_eq!(coded(&names), 0);
    let names = texts("", 20 * CHUNK, |row| format!("{}", row / 2 * 7919 % 10_007));
    assert_eq!((coded(&names), names.dictionary().len()), (20, 10_007));
    let references = texts("refers = \"a.b\"", 20 * CHUNK, |row| format!("{}", row * 7919 % 20_011));
    assert_eq!((coded(&references), references.dictionary().len()), (20, 20_011));
    let references = texts("refers = \"a.b\"", 20 * CHUNK, |row| row.to_string());
    assert_eq!(coded(&references), 16, "given up once it should have repeated itself");
    let keys = texts("key = true", 3 * CHUNK, |row| format!("{}", row % 5));
    assert_eq!((coded(&keys), keys.dictionary().len()), (0, 0));
    let few = texts("", CHUNK - 1, |_| "一".to_owned());
    assert_eq!(coded(&few), 0);
}

#[test]
fn unclear_cells_are_empty_and_keep_what_stands_in_them() {
    for memory in [MemoryBudget::unlimited(), MemoryBudget::new(0)] {
        let store = Store::new(&memory);
        let mut column = Column::new(&decl(ColumnType::Date, ""), &store);
        let rows: Vec<u32> = (0..20_000).filter(|row| row % 7 == 3).collect();
        for row in 0..20_000_u32 {
            if row % 7 == 3 {
                column.push_unclear(&format!("某日{}", row % 5));
            } else {
                column.push_days(Some(1));
            }
        }
        column.close();
        assert_eq!(column.unclear(), rows);
        assert_eq!(column.days(3), None);
        assert_eq!(column.unclear_word(10).as_deref(), Some("某日0"));
        assert_eq!(column.unclear_word(17_503).as_deref(), Some("某日3"));
        assert_eq!(column.unclear_word(11), None);
    }
}
