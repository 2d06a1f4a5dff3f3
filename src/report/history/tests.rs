use super::*;
use crate::model::text::Lang;
use crate::report::comparison::Look;

fn standing(organizations: usize, low: u64, high: u64) -> Standing {
    Standing { organizations, low, high, full: 500, verdict: None }
}

fn history() -> History {
    let mut history = History::default();
    let name = Text::new("凤鸣<镇>", "Fengming");
    let series = history.series(SeriesKind::Organization, "350602001", name);
    series.days.insert("2025-06-30".to_owned(), standing(1, 250, 320));
    series.days.insert("2026-06-30".to_owned(), standing(1, 305, 305));
    let series = history.series(SeriesKind::Table, "A.1", Text::default());
    series.days.insert("2026-06-30".to_owned(), standing(3, 100, 101));
    history
}

#[test]
fn means_are_shown_in_tenths_and_single_scores_as_they_are() {
    assert_eq!(standing(1, 250, 320).range(), "250-320");
    assert_eq!(standing(3, 100, 101).range(), "33.3-33.6");
    assert_eq!(standing(2, 100, 100).range(), "50.0");
}

#[test]
fn a_terminal_shows_days_changes_and_names() {
    let look = Look { lang: Lang::Zh, color: false, width: 100, top: 20 };
    let text = terminal(&history(), &look);
    for told in ["2025-06-30", "250-320", "+55", "350602001 凤鸣<镇>", "33.3-33.6"] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn a_table_has_a_line_for_each_thing_and_day() {
    let text = String::from_utf8(csv(&history(), Lang::En).unwrap_or_default()).unwrap_or_default();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("organization,350602001,Fengming,2025-06-30,1,250,320,500,"), "{text}");
}

#[test]
fn names_are_no_markup_in_a_picture() {
    let picture = String::from_utf8(
        svg(&history(), &Look { lang: Lang::Zh, color: false, width: 100, top: 20 }).unwrap_or_default(),
    )
    .unwrap_or_default();
    assert!(picture.contains("凤鸣&lt;镇&gt;") && picture.contains("<polyline"), "{picture}");
}
