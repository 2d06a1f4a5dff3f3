//! Tables on a terminal: cells under each other whatever their script, the last column wrapped.

use super::escape;
use super::layout::{clip, columns, wrap};
use super::paint::Ink;

/// Columns between two cells.
const GAP: usize = 2;
/// The last column wraps, but not into less than this.
const NARROWEST: usize = 16;
/// No other cell is wider than this: a name of a thousand characters must not push the score off the screen.
const WIDEST: usize = 60;

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// One cell. Made only by [`cell`], so that everything in a table is escaped.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    ink: Ink,
}

/// A cell with this text.
pub(super) fn cell(text: impl AsRef<str>, ink: Ink) -> Cell {
    Cell { text: escape::terminal(text.as_ref()), ink }
}

/// Rows of cells. The last column stands on the left and wraps. A row of one cell is a heading between rows, half
/// as far indented.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Side of each column but the last.
    pub aligns: Vec<Align>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// Columns left free before the table.
    pub indent: usize,
    /// The first row is a heading: a rule follows it.
    pub head: bool,
    /// The last row is a total: a rule stands before it.
    pub foot: bool,
}

/// Measures of a table on a terminal.
struct Frame {
    widths: Vec<usize>,
    /// Columns before the last cell.
    hanging: usize,
    /// Columns of the last cell.
    room: usize,
    width: usize,
    color: bool,
}

impl Table {
    /// The table as lines, no wider than `width` if that can be.
    pub(super) fn lines(&self, width: usize, color: bool) -> Vec<String> {
        let frame = self.frame(width, color);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let last = at + 1 == self.rows.len();
            if (self.head && at == 1) || (self.foot && last && at > 0) {
                lines.push(self.rule(&frame));
            }
            match row.as_slice() {
                [heading] if !self.aligns.is_empty() => self.push_heading(&mut lines, heading, &frame),
                cells => self.push_row(&mut lines, cells, &frame),
            }
        }
        lines
    }

    fn frame(&self, width: usize, color: bool) -> Frame {
        let widest = |at: usize| {
            let rows = self.rows.iter().filter(|row| row.len() > 1);
            rows.filter_map(|row| row.get(at)).map(|cell| columns(&cell.text)).max().unwrap_or(0).min(WIDEST)
        };
        let widths: Vec<_> = (0..self.aligns.len()).map(widest).collect();
        let hanging = self.indent + widths.iter().map(|column| column + GAP).sum::<usize>();
        Frame { widths, hanging, room: width.saturating_sub(hanging).max(NARROWEST), width, color }
    }

    /// ASCII, as box characters are two columns wide on some Chinese terminals.
    fn rule(&self, frame: &Frame) -> String {
        let last =
            self.rows.iter().filter_map(|row| row.get(self.aligns.len())).map(|cell| columns(&cell.text));
        let length = frame.hanging - self.indent + last.max().unwrap_or(0).min(frame.room);
        format!("{:indent$}{}", "", Ink::Dim.on(&"-".repeat(length), frame.color), indent = self.indent)
    }

    fn push_heading(&self, lines: &mut Vec<String>, heading: &Cell, frame: &Frame) {
        let indent = self.indent / 2;
        let wrapped = wrap(&heading.text, frame.width.saturating_sub(indent));
        lines.extend(
            wrapped.iter().map(|line| format!("{:indent$}{}", "", heading.ink.on(line, frame.color))),
        );
    }

    fn push_row(&self, lines: &mut Vec<String>, row: &[Cell], frame: &Frame) {
        let mut line = " ".repeat(self.indent);
        for ((cell, align), width) in row.iter().zip(&self.aligns).zip(&frame.widths) {
            let text = clip(&cell.text, *width);
            let free = " ".repeat(width.saturating_sub(columns(&text)));
            let text = cell.ink.on(&text, frame.color);
            match align {
                Align::Left => line.extend([text, free]),
                Align::Right => line.extend([free, text]),
            }
            line.push_str(&" ".repeat(GAP));
        }
        let last = row.get(self.aligns.len()).cloned().unwrap_or_default();
        let mut wrapped =
            wrap(&last.text, frame.room).into_iter().map(|part| last.ink.on(&part, frame.color));
        line.push_str(&wrapped.next().unwrap_or_default());
        lines.push(line.trim_end().to_owned());
        lines.extend(wrapped.map(|more| format!("{:hanging$}{more}", "", hanging = frame.hanging)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows.iter().map(|row| row.iter().map(|text| cell(text, Ink::Plain)).collect()).collect();
        Table { aligns: vec![Align::Left, Align::Right], rows, ..Table::default() }
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_script() {
        let lines = table(&[&["标准化", "5", "甲"], &["A.1", "120", "b"]]).lines(80, false);
        assert_eq!(lines, ["标准化    5  甲", "A.1     120  b"]);
        assert_eq!(columns("标准化    5  "), columns("A.1     120  "));
    }

    #[test]
    fn colour_does_not_move_columns() {
        let mut table = table(&[&["甲乙", "1", "x"], &["a", "22", "y"]]);
        let plain = table.lines(80, false);
        table.rows.iter_mut().flatten().for_each(|cell| cell.ink = Ink::Red);
        let strip = |line: &String| line.replace("\u{1b}[31m", "").replace("\u{1b}[0m", "");
        assert_eq!(table.lines(80, true).iter().map(strip).collect::<Vec<_>>(), plain);
    }

    #[test]
    fn the_last_column_hangs_where_it_wraps() {
        let lines = table(&[&["a", "1", "一二三四五六七八九十"]]).lines(22, false);
        assert_eq!(lines, ["a  1  一二三四五六七八", "      九十"]);
    }

    #[test]
    fn a_heading_and_a_long_cell_do_not_widen_columns() {
        let long = "长".repeat(500);
        let lines = table(&[&["一个很长很长的标题"], &["a", "1", "x"]]).lines(80, false);
        assert_eq!(lines, ["一个很长很长的标题", "a  1  x"]);
        let lines = table(&[&[&long, "1", "x"]]).lines(80, false);
        assert_eq!(lines, [format!("{}..  1  x", "长".repeat(29))]);
    }

    #[test]
    fn rules_are_as_long_as_the_rows() {
        let mut table = table(&[&["表", "分", "图"], &["A.1", "60", "[###]"], &["合计", "60", "[###]"]]);
        (table.head, table.foot) = (true, true);
        let lines = table.lines(80, false);
        assert_eq!(lines.iter().map(|line| columns(line)).collect::<Vec<_>>(), [12, 15, 15, 15, 15]);
    }
}
