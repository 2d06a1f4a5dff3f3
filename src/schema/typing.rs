//! The type of one cell.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::nothing::{Placeholders, Said};
use super::words::{self, Words};
pub(super) use super::wrong::Wrong;
use crate::model::row::RawCell;
use crate::model::written::clause;
use crate::model::written::date::{self, Written};
use crate::model::written::number;
use crate::model::written::term;
use crate::table::date::Date;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType};

/// What a cell holds, as its column's type.
#[derive(Debug, PartialEq)]
pub(super) enum Typed<'a> {
    /// Nothing.
    Empty,
    /// Nothing, in words.
    Placeholder,
    /// Text, code or codes.
    Text(Cow<'a, str>),
    /// An identifier that was stored as a number too long for one.
    LostDigits(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A decimal number that was written as a percentage.
    Percent(Decimal),
    /// A day, or the first day of a month.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// Storage number of a declared value.
    Enumerated(u16),
    /// Not of the type.
    Wrong(Wrong),
}

/// Types a cell.
pub(super) fn typed<'a>(
    cell: &'a RawCell<'_>,
    decl: &ColumnDecl,
    words: &mut Words,
    placeholders: &Placeholders,
) -> Typed<'a> {
    match cell {
        // What was not read counts as empty: the reader has told it.
        RawCell::Empty | RawCell::Unread => return Typed::Empty,
        RawCell::Fault(_) => return Typed::Wrong(Wrong::Fault),
        RawCell::Uncalculated => return Typed::Wrong(Wrong::Uncalculated),
        RawCell::Damaged(_) => return Typed::Wrong(Wrong::Damaged),
        RawCell::Text(text) if normalize::is_blank(text) => return Typed::Empty,
        _ => {}
    }
    if let Some(zero) = zero(cell, decl) {
        return zero;
    }
    let typed = of_kind(cell, decl, words);
    // A word that is declared as a value is one, whatever else it says.
    if matches!(typed, Typed::Text(_) | Typed::Wrong(_)) && !(decl.key && decl.kind != ColumnType::Text) {
        match placeholders.said(&display_text(cell), decl) {
            Said::Something => {}
            Said::Nothing => return Typed::Placeholder,
            Said::None => return Typed::Empty,
        }
    }
    typed
}

/// Zero, where the words of this very column say so.
fn zero(cell: &RawCell<'_>, decl: &ColumnDecl) -> Option<Typed<'static>> {
    let RawCell::Text(text) = cell else { return None };
    let zero = decl.zero.iter().any(|word| normalize::name(word) == normalize::name(text));
    let typed =
        if decl.kind == ColumnType::Integer { Typed::Integer(0) } else { Typed::Decimal(Decimal::ZERO) };
    zero.then_some(typed)
}

fn of_kind<'a>(cell: &'a RawCell<'_>, decl: &ColumnDecl, words: &mut Words) -> Typed<'a> {
    match decl.kind {
        ColumnType::Text => text(cell),
        ColumnType::Code | ColumnType::Codes => code(cell, decl),
        ColumnType::Integer => integer(cell, decl),
        ColumnType::Decimal => decimal(cell, decl),
        ColumnType::Date => day(cell, decl),
        ColumnType::Month => month(cell, decl),
        ColumnType::YesNo => yes_no(cell, words),
        ColumnType::Enumerated => enumerated(cell, words),
    }
}

/// A cell as the file shows it.
pub(super) fn display_text<'a>(cell: &'a RawCell<'_>) -> Cow<'a, str> {
    match cell {
        RawCell::Empty | RawCell::Unread => Cow::Borrowed(""),
        RawCell::Text(text) => Cow::Borrowed(normalize::trimmed(text)),
        RawCell::Number(number) => Cow::Owned(number.to_string()),
        RawCell::Serial(serial) => Cow::Owned(date::shown(*serial).unwrap_or_else(|| serial.to_string())),
        RawCell::Logical(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        RawCell::Fault(text) | RawCell::Damaged(text) => Cow::Borrowed(text),
        RawCell::Uncalculated => Cow::Borrowed("=…"),
    }
}

fn text<'a>(cell: &'a RawCell<'_>) -> Typed<'a> {
    match cell {
        RawCell::Number(number) => digits(*number),
        other => Typed::Text(display_text(other)),
    }
}

fn code<'a>(cell: &'a RawCell<'_>, decl: &ColumnDecl) -> Typed<'a> {
    match cell {
        // As written: what a reader cannot see is reported where it makes a difference, not removed.
        RawCell::Text(text) => {
            let code = if normalize::is_tight(text) {
                text
            } else {
                text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{3000}')
            };
            match code {
                _ if decl.refers.is_some() && !decl.key && words::refers_to_nothing(code) => Typed::Empty,
                _ if decl.clause && !is_plain_clause(code) => {
                    Typed::Text(clause::clauses(code).map_or(Cow::Borrowed(code), Cow::Owned))
                }
                _ if number::is_scientific(code) => Typed::LostDigits(code.to_owned()),
                _ => Typed::Text(Cow::Borrowed(code)),
            }
        }
        RawCell::Number(number) => digits(*number),
        RawCell::Serial(_) => Typed::Wrong(Wrong::DateForCode),
        _ => Typed::Wrong(Wrong::Type),
    }
}

/// A quick yes for the number of one clause.
fn is_plain_clause(code: &str) -> bool {
    code.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn digits(number: f64) -> Typed<'static> {
    let (digits, lost) = number::digits(number);
    if lost { Typed::LostDigits(digits) } else { Typed::Text(Cow::Owned(digits)) }
}

fn integer(cell: &RawCell<'_>, decl: &ColumnDecl) -> Typed<'static> {
    let number = match cell {
        RawCell::Text(text) if words::is_none(text) => return Typed::Empty,
        RawCell::Text(text) => {
            number::integer(text).or_else(|| number::integer(&number::without_unit(text, &decl.units)?))
        }
        RawCell::Number(number) => number::integer_of(*number),
        _ => None,
    };
    match number {
        Some(number) if number::is_sane(number.into()) => Typed::Integer(number),
        Some(_) => Typed::Wrong(Wrong::Range),
        None => Typed::Wrong(Wrong::Type),
    }
}

fn decimal(cell: &RawCell<'_>, decl: &ColumnDecl) -> Typed<'static> {
    let number = match cell {
        RawCell::Text(text) if words::is_none(text) => return Typed::Empty,
        RawCell::Text(text) => {
            if let Some(percent) = number::percentage(text) {
                return sane(percent, Typed::Percent);
            }
            number::decimal(text).or_else(|| number::decimal(&number::without_unit(text, &decl.units)?))
        }
        RawCell::Number(number) => number::decimal_of(*number),
        _ => None,
    };
    number.map_or(Typed::Wrong(Wrong::Type), |number| sane(number, Typed::Decimal))
}

fn sane(number: Decimal, typed: fn(Decimal) -> Typed<'static>) -> Typed<'static> {
    if number::is_sane(number) { typed(number) } else { Typed::Wrong(Wrong::Range) }
}

/// What a date cell says, `Ok(None)` if it says that there is nothing.
fn written(cell: &RawCell<'_>, decl: &ColumnDecl) -> Result<Option<Written>, Wrong> {
    let written = match cell {
        RawCell::Text(text) if words::is_no_day(text) => return Ok(None),
        RawCell::Text(text) => date::parse(text)
            .or_else(|| date::in_order(text, decl.day_order?).map(Written::Day))
            .or_else(|| date::of_serial_text(text).map(Written::Day))
            .or_else(|| decl.term.then(|| term::last_day(text).map(Written::Day)).flatten()),
        RawCell::Serial(serial) => date::of_serial(*serial).map(Written::Day),
        RawCell::Number(number) => date::of_number(*number),
        _ => None,
    };
    written.map(Some).ok_or_else(|| match cell {
        RawCell::Text(text) if date::lacks_year(text) => Wrong::YearMissing,
        _ => Wrong::Type,
    })
}

fn day(cell: &RawCell<'_>, decl: &ColumnDecl) -> Typed<'static> {
    match written(cell, decl) {
        Ok(None) => Typed::Empty,
        Ok(Some(Written::Day(day))) => Typed::Date(day),
        Ok(Some(Written::Month(_))) => Typed::Wrong(Wrong::DayMissing),
        Err(wrong) => Typed::Wrong(wrong),
    }
}

fn month(cell: &RawCell<'_>, decl: &ColumnDecl) -> Typed<'static> {
    match written(cell, decl) {
        Ok(None) => Typed::Empty,
        Ok(Some(Written::Month(first))) => Typed::Date(first),
        Ok(Some(Written::Day(day))) => {
            let first = day.ymd().and_then(|(year, month, _)| Date::from_ymd(year, month, 1));
            first.map_or(Typed::Wrong(Wrong::Type), Typed::Date)
        }
        Err(wrong) => Typed::Wrong(wrong),
    }
}

fn yes_no(cell: &RawCell<'_>, words: &mut Words) -> Typed<'static> {
    let yes = match cell {
        RawCell::Logical(yes) => Some(*yes),
        RawCell::Text(text) if words::is_dash(text) => return Typed::Empty,
        other => {
            let shown = display_text(other);
            words::yes_no(&shown).or_else(|| words.number(&shown).map(|number| number > 0))
        }
    };
    yes.map_or(Typed::Wrong(Wrong::Type), Typed::YesNo)
}

fn enumerated<'a>(cell: &'a RawCell<'_>, words: &mut Words) -> Typed<'a> {
    let shown = display_text(cell);
    match words.number(&shown) {
        Some(number) => Typed::Enumerated(number),
        None if words::is_dash(&shown) => Typed::Empty,
        None => Typed::Wrong(Wrong::Value),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::table::table_schema::Nothing;

    fn column(declaration: &str) -> ColumnDecl {
        toml::from_str(&format!("id = \"c\"\nzh = \"列\"\n{declaration}")).unwrap()
    }

    fn typed_as(declaration: &str, cell: &RawCell<'_>) -> String {
        let decl = column(declaration);
        let nothing: Nothing = toml::from_str("words = [\"待定\", \"N/A\"]\nnone = [\"无\"]").unwrap();
        format!("{:?}", typed(cell, &decl, &mut Words::new(&decl), &Placeholders::new(&nothing)))
    }

    fn written_as(declaration: &str, text: &str) -> String {
        typed_as(declaration, &RawCell::Text(text.into()))
    }

    #[test]
    fn codes_are_kept_as_written() {
        let code = "type = \"code\"";
        assert_eq!(written_as(code, "\u{3000}ＧＢ/T 1\u{200b} "), "Text(\"ＧＢ/T 1\\u{200b}\")");
        assert_eq!(written_as(code, "001"), "Text(\"001\")");
        assert_eq!(typed_as(code, &RawCell::Number(12.0)), "Text(\"12\")");
        assert_eq!(typed_as(code, &RawCell::Number(1.5)), "Text(\"1.5\")");
        assert_eq!(typed_as(code, &RawCell::Serial(45352.0)), "Wrong(DateForCode)");
        assert_eq!(written_as(code, "/"), "Text(\"/\")");
        for top in ["/", "无", "顶层", "无（最高层级）"] {
            assert_eq!(written_as("type = \"code\"\nrefers = \"a.b\"", top), "Empty", "{top}");
        }
    }

    #[test]
    fn clauses_are_read_with_or_without_the_word() {
        let clause = "type = \"code\"\nclause = true";
        assert_eq!(written_as(clause, "第８.3.3条"), "Text(\"8.3.3\")");
        assert_eq!(written_as(clause, "8.3.3"), "Text(\"8.3.3\")");
        assert_eq!(written_as(clause, "第8.3.1条、第8.3.2条"), "Text(\"8.3.1、8.3.2\")");
    }

    #[test]
    fn identifiers_stored_as_numbers_are_not_trusted() {
        let code = "type = \"code\"";
        let lost = "LostDigits(\"110101199003074510\")";
        assert_eq!(typed_as(code, &RawCell::Number(110_101_199_003_074_510.0)), lost);
        assert_eq!(typed_as("type = \"text\"", &RawCell::Number(110_101_199_003_074_510.0)), lost);
        assert_eq!(written_as(code, "1.10101E+17"), "LostDigits(\"1.10101E+17\")");
    }

    #[test]
    fn numbers_dates_and_signs_for_nothing() {
        assert_eq!(written_as("type = \"integer\"", "１，２３４"), "Integer(1234)");
        assert_eq!(written_as("type = \"integer\"", "三"), "Wrong(Type)");
        assert_eq!(typed_as("type = \"decimal\"", &RawCell::Number(0.1)), "Decimal(0.1)");
        assert_eq!(written_as("type = \"decimal\"", "85.5%"), "Percent(85.5)");
        assert_eq!(written_as("type = \"date\"", "2024年3月"), "Wrong(DayMissing)");
        assert_eq!(written_as("type = \"month\"", "2024/3/9"), written_as("type = \"month\"", "202403"));
        for far in ["79228162514264337593543950335", "1000000000001", "-1000000000001", "0.0000009", "2e12%"]
        {
            let wrong = if far.contains('e') { "Wrong(Type)" } else { "Wrong(Range)" };
            assert_eq!(written_as("type = \"decimal\"", far), wrong, "{far}");
        }
        assert_eq!(written_as("type = \"integer\"", "1000000000001"), "Wrong(Range)");
        assert_eq!(written_as("type = \"integer\"", "-1000000000000"), "Integer(-1000000000000)");
        assert_eq!(typed_as("type = \"decimal\"", &RawCell::Number(1e20)), "Wrong(Range)");
        assert_eq!(written_as("type = \"decimal\"", "1000000000001%"), "Wrong(Range)");
        assert_eq!(written_as("type = \"decimal\"", "0.000001"), "Decimal(0.000001)");
        for open in ["长期有效", "至今", "无需整改"] {
            assert_eq!(written_as("type = \"date\"", open), "Empty", "{open}");
        }
        for nothing in ["-", "—", "/", "无", " \u{3000}"] {
            for kind in ["date", "integer", "decimal", "month"] {
                assert_eq!(written_as(&format!("type = \"{kind}\""), nothing), "Empty", "{kind} {nothing}");
            }
        }
    }

    #[test]
    fn words_that_say_nothing_are_empty_unless_they_are_an_answer() {
        let text = "type = \"text\"";
        for nothing in ["无", "待定", "（待定）", "n/a", "Ｎ／Ａ", "—", "/", "…", "12", "3.5", "１２"]
        {
            assert_eq!(written_as(text, nothing), "Placeholder", "{nothing}");
        }
        for something in ["无锡", "待定岗位说明", "≥95%", "12人", "第3条", "A", "按规定"] {
            assert_eq!(written_as(text, something), format!("Text({something:?})"), "{something}");
        }
        assert_eq!(written_as("type = \"text\"\nnumbers = true", "12"), "Text(\"12\")");
        assert_eq!(written_as("type = \"text\"\nnone = \"empty\"", "无"), "Empty");
        assert_eq!(written_as("type = \"text\"\nnone = \"empty\"", "待定"), "Placeholder");
        assert_eq!(written_as("type = \"date\"", "待定"), "Placeholder");
        assert_eq!(written_as("type = \"enumerated\"\nvalues = { a = [\"待定\"] }", "待定"), "Enumerated(0)");
        assert_eq!(written_as("type = \"code\"\nkey = true", "无"), "Text(\"无\")");
    }

    #[test]
    fn yes_no_and_values() {
        assert_eq!(typed_as("type = \"yes-no\"", &RawCell::Logical(true)), "YesNo(true)");
        assert_eq!(typed_as("type = \"yes-no\"", &RawCell::Number(0.0)), "YesNo(false)");
        assert_eq!(written_as("type = \"yes-no\"", "无"), "YesNo(false)");
        assert_eq!(written_as("type = \"yes-no\"", "/"), "Empty");
        let kinds = "type = \"enumerated\"\nvalues = { a = [\"甲\"], none = [\"无\"] }";
        assert_eq!(written_as(kinds, "甲"), "Enumerated(0)");
        assert_eq!(written_as(kinds, "无"), "Enumerated(1)");
        assert_eq!(written_as(kinds, "丙"), "Wrong(Value)");
        assert_eq!(typed_as(kinds, &RawCell::Fault("#REF!".into())), "Wrong(Fault)");
    }
}
