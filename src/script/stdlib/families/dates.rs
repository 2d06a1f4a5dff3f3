//! Days, and powers of decimals.

use rhai::ImmutableString;
use rust_decimal::{Decimal, MathematicalOps};

use crate::model::text::Text;
use crate::script::error::{self, Res};
use crate::script::function::cost::CostModel;
use crate::script::function::{HostFunction, Type, function, operator, property};
use crate::table::date::Date;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("date", "日期", "text: String", Type::Date, r#"date("2026-06-30")"#)
        .about("文字写的日期，如 2026-06-30", "the day written, such as 2026-06-30").kernel()
        .by(|to| to.add(|text: ImmutableString| -> Res<Date> {
            Date::from_iso(&text).ok_or_else(|| error::raise(
                Text::new(format!("“{text}”不是日期"), format!("`{text}` is not a date")),
                Text::new("写成 2026-06-30", "write it as 2026-06-30"),
            ))
        })),
    function("plus_months", "加月", "day: date, months: int", Type::Date, "t.as_of.plus_months(-12)")
        .about("若干个月以后的日期，负数为以前", "the day so many months later, or earlier if negative").kernel()
        .by(|to| to.add(|day: Date, months: i64| day.plus_months(months).ok_or_else(out_of_calendar))),
    function("plus_days", "加日", "day: date, days: int", Type::Date, "t.as_of.plus_days(30)")
        .about("若干天以后的日期，负数为以前", "the day so many days later, or earlier if negative").kernel()
        .by(|to| to.add(|day: Date, days: i64| day.plus_days(days).ok_or_else(out_of_calendar))),
    function("to_string", "成文字", "day: date", Type::Text, "t.as_of.to_string()")
        .about("写成 2026-06-30 的文字", "the day as text, such as 2026-06-30")
        .by(|to| to.add(|day: Date| day.to_string())),
    property("year", "年", "day: date", Type::Int, "t.as_of.year")
        .about("年份", "the year")
        .by(|to| to.get(|day: &mut Date| day.ymd().map_or(0, |(year, _, _)| i64::from(year)))),
    property("chinese", "年月日", "day: date", Type::Text, "t.as_of.chinese")
        .about("写成年月日", "the day as Chinese text has it, year, month and day")
        .by(|to| to.get(|day: &mut Date| day.chinese())),
    operator("**", "base: decimal, exponent: decimal", Type::Decimal, r#"parse_decimal("1.1") ** parse_decimal("2")"#)
        .about("乘方", "the base raised to the exponent")
        .cost(CostModel::Slower)
        .by(|to| to.add(power)),
    operator("-", "later: date, earlier: date", Type::Int, r#"t.as_of - date("2026-01-01")"#)
        .about("相差的天数", "the number of days between two days")
        .by(|to| to.add(days_between)),
    operator("==", "a: date, b: date", Type::Bool, r#"t.as_of == date("2026-06-30")"#)
        .about("是否同一天", "whether the days are the same"),
    operator("!=", "a: date, b: date", Type::Bool, r#"t.as_of != date("2026-06-30")"#)
        .about("是否不是同一天", "whether the days differ"),
    operator("<", "a: date, b: date", Type::Bool, r#"date("2026-01-01") < t.as_of"#)
        .about("前者是否早于后者", "whether the first day is earlier"),
    operator("<=", "a: date, b: date", Type::Bool, r#"date("2026-01-01") <= t.as_of"#)
        .about("前者是否不晚于后者", "whether the first day is not later"),
    operator(">", "a: date, b: date", Type::Bool, r#"t.as_of > date("2026-01-01")"#)
        .about("前者是否晚于后者", "whether the first day is later"),
    operator(">=", "a: date, b: date", Type::Bool, r#"t.as_of >= date("2026-01-01")"#)
        .about("前者是否不早于后者", "whether the first day is not earlier"),
    operator("+", "text: String, day: date", Type::Text, r#""截至" + t.as_of"#)
        .about("把日期接在文字后面", "the text with the day after it")
        .cost(CostModel::Walk)
        .by(|to| to.add(|text: ImmutableString, day: Date| format!("{text}{day}"))),
];

/// The script engine has it for operators alone, where nothing charges what it costs.
fn power(base: Decimal, exponent: Decimal) -> Res<Decimal> {
    base.checked_powd(exponent)
        .ok_or_else(|| error::raise(Text::new("乘方超出范围", "the power is out of range"), Text::default()))
}

fn days_between(a: Date, b: Date) -> i64 {
    i64::from(a.days()) - i64::from(b.days())
}

fn out_of_calendar() -> Box<rhai::EvalAltResult> {
    error::raise(Text::new("日期超出历法范围", "the date is out of the calendar's range"), Text::default())
}
