//! The row a finding is about as two lines, headers over cells, cut to the terminal around the cell in question.

use std::ops::Range;

use crate::model::finding::{ExcerptCell, Location};
use crate::model::text::Lang;

use super::diagnostic::Window;
use super::layout::{CUT, clip, columns, pad};
use super::{escape, place, words};

/// Blanks between two cells.
const GAP: &str = "  ";
/// A cell that is only context is cut to this.
const CONTEXT: usize = 24;
/// The cell in question may take more.
const MARKED: usize = 60;
/// Columns of the marks of a cut on both sides; kept free whether needed or not.
const EDGES: usize = 6;
/// Columns miette takes on a line besides the row number and the text.
const GUTTER: usize = 4;

/// What is shown of a cell.
struct DisplayCell {
    header: String,
    value: String,
    marked: bool,
    width: usize,
}

/// The excerpt of a place, in at most `width` columns; none where the row is not known.
pub(super) fn window(location: &Location, lang: Lang, width: usize) -> Option<Window> {
    let row = usize::try_from(location.row?).ok()?;
    let room = width.saturating_sub(GUTTER + row.to_string().len());
    let cells: Vec<_> = cells(location).iter().map(|cell| display_cell(cell, room, lang)).collect();
    let range = around_mark(&cells, room);
    let (cut_left, cut_right) = (range.start > 0, range.end < cells.len());
    let mut window = lines(cells.get(range)?, cut_left, cut_right);
    window.name = place::name(location, lang);
    window.row = row;
    (!window.text.trim().is_empty()).then_some(window)
}

/// A report read back from JSON has no excerpts, but still the header and the text of the cell.
fn cells(location: &Location) -> Vec<ExcerptCell> {
    if !location.excerpt.is_empty() {
        return location.excerpt.clone();
    }
    let one = location.column.clone().zip(location.value.clone());
    one.map(|(header, value)| ExcerptCell { header, value, marked: true }).into_iter().collect()
}

fn display_cell(cell: &ExcerptCell, room: usize, lang: Lang) -> DisplayCell {
    let most = if cell.marked { MARKED.min(room.saturating_sub(EDGES + GAP.len())) } else { CONTEXT };
    let header = clip(&escape::terminal(&cell.header), most);
    let value = if cell.marked && cell.value.trim().is_empty() {
        words::pick(lang, "（空）", "(empty)").to_owned()
    } else {
        clip(&escape::terminal(&cell.value), most)
    };
    let width = columns(&header).max(columns(&value));
    DisplayCell { header, value, marked: cell.marked, width }
}

/// The cells that fit: the marked one, then its neighbours in turn.
fn around_mark(cells: &[DisplayCell], room: usize) -> Range<usize> {
    let fits = |range: &Range<usize>| cells.get(range.clone()).is_some_and(|cells| total(cells) <= room);
    let grown = |range: Range<usize>, wider: Range<usize>| if fits(&wider) { wider } else { range };
    let first = cells.iter().position(|cell| cell.marked).unwrap_or(0);
    let mut range = first..(first + 1).min(cells.len());
    loop {
        let before = range.clone();
        range = grown(range.clone(), range.start..(range.end + 1).min(cells.len()));
        range = grown(range.clone(), range.start.saturating_sub(1)..range.end);
        if range == before {
            return range;
        }
    }
}

fn total(cells: &[DisplayCell]) -> usize {
    cells.iter().map(|cell| cell.width + GAP.len()).sum::<usize>() + EDGES
}

fn lines(cells: &[DisplayCell], cut_left: bool, cut_right: bool) -> Window {
    let edge = |cut: bool| if cut { CUT } else { "" };
    let mut header = String::new();
    let mut text = String::new();
    let mut marks = Vec::new();
    if cut_left {
        header.extend([CUT, GAP]);
        text.extend([CUT, GAP]);
    }
    for cell in cells {
        if cell.marked {
            marks.push(text.len()..text.len() + cell.value.len());
        }
        header.extend([&pad(&cell.header, cell.width), GAP]);
        text.extend([&pad(&cell.value, cell.width), GAP]);
    }
    header.push_str(edge(cut_right));
    text.push_str(edge(cut_right));
    text.truncate(text.trim_end().len());
    if marks.is_empty() {
        // The whole row is meant.
        marks.push(0..text.len());
    }
    Window { header: Some(header.trim_end().to_owned()), text, marks, ..Window::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(cells: &[(&str, &str, bool)]) -> Location {
        let cell = |(header, value, marked): &(&str, &str, bool)| ExcerptCell {
            header: (*header).to_owned(),
            value: (*value).to_owned(),
            marked: *marked,
        };
        let excerpt = cells.iter().map(cell).collect();
        Location { file: "a.csv".to_owned(), row: Some(12), excerpt, ..Location::default() }
    }

    fn display_lines(cells: &[(&str, &str, bool)], width: usize) -> (String, String, Vec<String>) {
        let window = window(&location(cells), Lang::Zh, width).unwrap_or_default();
        let marked =
            window.marks.iter().filter_map(|mark| window.text.get(mark.clone())).map(str::to_owned).collect();
        (window.header.unwrap_or_default(), window.text, marked)
    }

    #[test]
    fn headers_stand_over_their_cells() {
        let cells =
            [("编号", "B-7", false), ("名称", "网格划分规范", false), ("实施日期", "2024-13-45", true)];
        let (header, text, marked) = display_lines(&cells, 100);
        assert_eq!(header, "编号  名称          实施日期");
        assert_eq!(text, "B-7   网格划分规范  2024-13-45");
        assert_eq!(marked, ["2024-13-45"]);
    }

    #[test]
    fn a_long_row_is_cut_on_both_sides_of_the_marked_cell() {
        let cells = [("甲", "一一一一", false), ("乙", "二二二二", true), ("丙", "三三三三", false)];
        let (header, text, marked) = display_lines(&cells, 24);
        assert_eq!((header.as_str(), text.as_str()), ("..  乙        ..", "..  二二二二  .."));
        assert_eq!(marked, ["二二二二"]);
        let (_, text, _) = display_lines(&cells, 34);
        assert_eq!(text, "..  二二二二  三三三三");
    }

    #[test]
    fn whatever_the_cells_the_lines_fit_and_the_mark_is_shown() {
        let long = "很长的内容".repeat(40);
        let cells = [
            ("甲", long.as_str(), false),
            (long.as_str(), "b", false),
            ("乙", long.as_str(), true),
            ("丙", "c", false),
        ];
        for width in 40..130 {
            let (header, text, marked) = display_lines(&cells, width);
            assert!(columns(&text).max(columns(&header)) + GUTTER + 2 <= width, "{width}: {text}");
            assert!(marked.iter().any(|mark| mark.starts_with("很长")), "{width}: {text}");
        }
    }

    #[test]
    fn an_empty_cell_and_a_whole_row_can_be_marked() {
        let (_, text, marked) = display_lines(&[("编号", "B-7", false), ("名称", "", true)], 80);
        assert_eq!((text.as_str(), marked.as_slice()), ("B-7   （空）", ["（空）".to_owned()].as_slice()));
        let (_, text, marked) = display_lines(&[("编号", "B-7", false), ("名称", "甲", false)], 80);
        assert_eq!(marked, [text]);
    }

    #[test]
    fn without_an_excerpt_the_cell_itself_is_shown() {
        let read_back = Location {
            row: Some(3),
            column: Some("名称".to_owned()),
            value: Some("甲\u{202e}".to_owned()),
            ..Location::default()
        };
        let window = window(&read_back, Lang::Zh, 80).unwrap_or_default();
        assert_eq!((window.header.as_deref(), window.text.as_str()), (Some("名称"), "甲\\u{202E}"));
    }
}
