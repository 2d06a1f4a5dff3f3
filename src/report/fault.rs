//! Tool failures on screen.

use miette::Severity;

use crate::model::fault::Fault;
use crate::model::text::Lang;

use super::diagnostic::{Note, Style, Window, draw};
use super::layout::{CUT, columns};
use super::words::pick;
use super::{escape, place};

/// Columns where the terminal is not known: failures go to standard error, often into a log.
const WIDTH: usize = 100;
/// Characters of a line shown before and after what is marked in it.
const AROUND: usize = 30;
/// Characters marked at most.
const MARKED: usize = 40;

/// The failures one after the other, each with its code, reason, place and what to do.
pub fn render(faults: &[Fault], lang: Lang, color: bool) -> String {
    let drawn: Vec<_> = faults.iter().map(|fault| drawn(fault, Severity::Error, lang, color)).collect();
    drawn.join("\n")
}

/// What is worth knowing and no failure, in the same form.
pub fn render_notices(notices: &[Fault], lang: Lang, color: bool) -> String {
    let drawn: Vec<_> = notices.iter().map(|notice| drawn(notice, Severity::Warning, lang, color)).collect();
    drawn.join("\n")
}

/// One of them, as grave as said.
pub(super) fn drawn(fault: &Fault, severity: Severity, lang: Lang, color: bool) -> String {
    draw(note(fault, severity, lang), Style { color, width: WIDTH })
}

fn note(fault: &Fault, severity: Severity, lang: Lang) -> Note {
    let window = window(fault, lang);
    let mut message = fault.message.get(lang).to_owned();
    if let (None, Some(place)) = (&window, place_of(fault, lang)) {
        message.extend(["\n", pick(lang, "位置：", "at: "), &place]);
    }
    Note {
        code: fault.code.to_owned(),
        severity,
        message,
        help: fault.help.get(lang).to_owned(),
        help_word: pick(lang, "处理：", "help: "),
        windows: window.into_iter().collect(),
    }
}

/// File, sheet, row and column, as far as they are known.
fn place_of(fault: &Fault, lang: Lang) -> Option<String> {
    let mut place = place::source(fault.file.as_deref()?, fault.sheet.as_deref(), lang);
    if let Some(row) = fault.row {
        place.push(' ');
        place.push_str(&place::rows(&[row.to_string()], lang));
    }
    if let Some(column) = &fault.column {
        place.push_str(match lang {
            Lang::Zh if fault.row.is_some() => "",
            Lang::Zh => " ",
            Lang::En => ", ",
        });
        place.push_str(&column_words(column, lang));
    }
    Some(place)
}

fn column_words(column: &str, lang: Lang) -> String {
    match (column.parse::<u32>().is_ok(), lang) {
        (true, Lang::Zh) => format!("第{column}个字符"),
        (true, Lang::En) => format!("character {column}"),
        (false, Lang::Zh) => format!("「{column}」列"),
        (false, Lang::En) => format!("column {column}"),
    }
}

/// The failing line, cut around what is marked in it.
fn window(fault: &Fault, lang: Lang) -> Option<Window> {
    let (line, start, length) = fault.excerpt.as_ref()?;
    let first = start.saturating_sub(AROUND);
    let part = |from: usize, count: usize| -> String {
        escape::terminal(&line.chars().skip(from).take(count).collect::<String>())
    };
    let length = (*length).min(MARKED);
    let (before, marked, after) =
        (part(first, start - first), part(*start, length), part(start + length, AROUND));
    let cut = |is: bool| if is { CUT } else { "" };
    let before = format!("{}{before}", cut(first > 0));
    let more = line.chars().count() > start + length + AROUND;
    let mark = before.len()..before.len() + marked.len();
    let text = format!("{before}{marked}{after}{}", cut(more));
    let window = Window {
        name: place_of(fault, lang)?,
        row: usize::try_from(fault.row.unwrap_or(1)).ok()?,
        header: None,
        text,
        marks: vec![mark],
    };
    (columns(&window.text) > 0).then_some(window)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Text;

    fn fault(excerpt: Option<(&str, usize, usize)>) -> Fault {
        Fault {
            code: "rulings.value",
            message: Text::new("裁定“好”无法识别", "the ruling `好` is unknown"),
            help: Text::new("改为 met、unmet、absent", "Use met, unmet or absent"),
            file: Some("rulings.csv".to_owned()),
            row: Some(4),
            column: Some("ruling".to_owned()),
            excerpt: excerpt.map(|(line, start, length)| (line.to_owned(), start, length)),
            ..Fault::default()
        }
    }

    #[test]
    fn the_line_keeps_its_number_and_the_mark_its_place() {
        let drawn = render(&[fault(Some(("A.1.1.a,好,王某", 8, 1)))], Lang::Zh, false);
        assert!(drawn.contains(" 4 │ A.1.1.a,好,王某\n   ·         ^^\n"), "{drawn}");
        assert!(drawn.contains("[rulings.csv 第4行「ruling」列]"), "{drawn}");
        assert!(drawn.contains("处理：改为"), "{drawn}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}好{}", "一".repeat(500), "二".repeat(500));
        let drawn = render(&[fault(Some((&line, 500, 1)))], Lang::En, false);
        assert!(drawn.contains(&format!(" 4 │ ..{}好{}..\n", "一".repeat(30), "二".repeat(30))), "{drawn}");
    }

    #[test]
    fn without_an_excerpt_the_place_is_said() {
        let drawn = render(&[fault(None)], Lang::En, false);
        assert!(drawn.contains("at: rulings.csv row 4, column ruling"), "{drawn}");
    }

    #[test]
    fn a_mark_beyond_the_line_is_no_reason_to_fail() {
        for (start, length) in [(0, 0), (3, 0), (3, 9), (99, 9)] {
            assert!(
                render(&[fault(Some(("一二三", start, length)))], Lang::Zh, false).contains("一二三")
                    || start > 33
            );
        }
    }
}
