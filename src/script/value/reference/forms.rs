//! Designations that no standard can have: their form, code or year.

use super::standards::{origin, split_year};
use crate::model::divisions::PROVINCES;
use crate::resources::expression::Expression;
use crate::table::date::Date;

/// The year before which there are no national standards.
const FIRST: i64 = 1949;

/// Codes of industries, of engineering standards and of associations that number like them.
const INDUSTRIES: &str = "AQ BB BX CB CCGF CECS CH CJ CJJ CY DA DB DBJ DG DL DY DZ EJ FZ GA GBJ GBZ GC GD GH GJB GM GSB GY HB HG HGJ HJ \
    HS HY JB JC JCJ JG JGJ JJF JJG JJ JR JT JTG JTGT JTJ JTS JY KA LB LD LS LY MH MT MZ NB NY QB QC QJ QX RB RF SB SC SD SF SH SJ \
    SL SN SW SY SYJ TB TBJ TD TJ TY WB WH WJ WM WS WW XB XF YB YC YD YJ YS YY YZ ZC ZY ZZB ZB ZJM";

static NATIONAL: Expression = Expression::new(r"^GB(?:/T|/Z)?[0-9]+(?:\.[0-9]+)*(?:-[0-9]+)?$");
static LOCAL: Expression =
    Expression::new(r"^DB([0-9]{2})(?:[0-9]{2,4})?/?[TZ]?[0-9]+(?:\.[0-9]+)*(?:-[0-9]+)?$");
/// What stands before other designations of the same standard, and before remarks.
static FIRST_OF: Expression = Expression::new(r"^(.*?-[0-9]{4})[^0-9.]");
static GROUP: Expression = Expression::new(r"^T/[A-Z][A-Z0-9./-]*[0-9]$");
static INDUSTRY: Expression = Expression::new(r"^([A-Z]{2,5})(?:/[TZ])?[0-9]+(?:\.[0-9]+)*(?:-[0-9]+)?$");

/// Why there can be no standard of this canonical designation: `form`, `code`, `early` or `late`; none where there can,
/// and for numbers that are no concern of a registry.
pub(crate) fn fault(designation: &str, as_of: Date) -> Option<&'static str> {
    let designation = FIRST_OF.first_group(designation).unwrap_or(designation);
    let digits = |rest: &str| {
        rest.trim_start_matches("/T").trim_start_matches("/Z").starts_with(|c: char| c.is_ascii_digit())
    };
    let form = match designation {
        text if text.starts_with("Q/") => return None,
        text if text.strip_prefix("GB").is_some_and(digits) => NATIONAL.is_match(text),
        text if text
            .strip_prefix("DB")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) =>
        {
            match LOCAL.first_group(text) {
                Some(province) if !PROVINCES.contains(&province) => return Some("code"),
                found => found.is_some(),
            }
        }
        text if text.starts_with("T/") => GROUP.is_match(text),
        text => match INDUSTRY.first_group(text) {
            Some(code) if INDUSTRIES.split_ascii_whitespace().any(|known| known == code) => true,
            Some(_) if origin(text) == "industry" => return Some("code"),
            _ => return None,
        },
    };
    if form { year(designation, as_of) } else { Some("form") }
}

fn year(designation: &str, as_of: Date) -> Option<&'static str> {
    let this = as_of.ymd().map(|(year, _, _)| i64::from(year))?;
    match split_year(designation).1 {
        Some(year) if year > this => Some("late"),
        Some(year) if year < FIRST => Some("early"),
        None if designation.contains('-') && !designation.starts_with("T/") => Some("form"),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::script::value::reference::standards::canonical;

    fn of(text: &str) -> Option<&'static str> {
        fault(&canonical(text), Date::from_ymd(2026, 6, 30).unwrap())
    }

    #[test]
    fn numbers_that_can_be_are_let_be() {
        for number in [
            "GB/T 1.1—2020",
            "GB 50016-2014",
            "GB/T 1.1",
            "GBJ 16-87",
            "GB 3100-93",
            "DB3506/T 021-2023",
            "DB11/T 2111-2023",
            "DB 31117/Z 016-2022",
            "T/CSSG 001.2-2020",
            "T/CA 007.5-2020",
            "CJJ/T 312-2021",
            "MZ/T 071-2016",
            "GBZ 188-2014",
            "Q/LJWG TG4•1-2099",
            "ISO 37101:2016",
            "主席令第78号",
            "临网标〔2024〕1号",
            "IEC 60950-1",
            "GB/T 19001-2016/ISO 9001:2015",
            "GB 50016-2014（2018年版）",
            "T/CSSG 001.2-2020/T/CA 007.2-2020",
        ] {
            assert_eq!(of(number), None, "{number}");
        }
    }

    #[test]
    fn numbers_that_cannot_be_are_told_why() {
        let wrong = [
            ("GB/T 9999-1900", "early"),
            ("GB/T 34300-2031", "late"),
            ("GB/T 12A-2020", "form"),
            ("GB/T 123-20201", "form"),
            ("DB99/T 12-2020", "code"),
            ("XQ/T 100-2020", "code"),
            ("T/CSSG 001-2031", "late"),
            ("DB35-2020", "form"),
        ];
        for (number, why) in wrong {
            assert_eq!(of(number), Some(why), "{number}");
        }
    }
}
