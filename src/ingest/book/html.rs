//! Tables of a page, as systems write them and call them `.xls`: what a cell shows is what it says.

use std::collections::BTreeMap;

use super::{Loaded, Sheet};
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;
use crate::table::normalize;

/// The tables of a page one below the other, as one sheet.
pub(super) fn sheets(page: &str) -> (Vec<Sheet>, Vec<Loaded>) {
    let mut table = Table::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        table.text(text);
        rest = table.markup(from);
    }
    table.end_row();
    let sheet = Sheet { name: "Sheet1".to_owned(), hidden: false, number: 0 };
    (vec![sheet], vec![Loaded { rows: table.rows, merges: table.merges }])
}

/// A table that grows.
#[derive(Default)]
struct Table {
    rows: Vec<Row<'static>>,
    merges: Vec<Area>,
    /// Areas that reach below their first row, by their first column; each is held until another begins there.
    reaching: BTreeMap<u32, Area>,
    /// Row that is read, from 1; none before the first.
    number: u32,
    row: Vec<(u32, RawCell<'static>)>,
    /// Column of the cell that is read, from 1, and how far it reaches across and down.
    column: u32,
    across: u32,
    down: u32,
    cell: Option<String>,
}

/// Rows and columns that a cell may reach over.
const MOST: u32 = 16_384;

impl Table {
    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            push_unescaped(text, cell);
        }
    }

    /// Takes the markup at the front; what comes after it.
    fn markup<'t>(&mut self, from: &'t str) -> &'t str {
        let after =
            |end: &str| from.find(end).and_then(|at| from.get(at.saturating_add(end.len())..)).unwrap_or("");
        if from.starts_with("<!--") {
            return after("-->");
        }
        let rest = after(">");
        let tag = from.get(1..from.len().saturating_sub(rest.len()).saturating_sub(1)).unwrap_or("");
        let name =
            tag.split(|c: char| c.is_whitespace() || c == '/').find(|part| !part.is_empty()).unwrap_or("");
        let closes = tag.starts_with('/');
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("script" | "style", false) => {
                let end = format!("</{name}");
                return from.find(&end).and_then(|at| from.get(at..)).unwrap_or("");
            }
            ("tr", false) => {
                self.end_row();
                self.number = self.number.saturating_add(1);
            }
            ("tr" | "table", true) => self.end_row(),
            ("td" | "th", false) => {
                self.end_cell();
                self.begin_cell(tag);
            }
            ("td" | "th", true) => self.end_cell(),
            ("br" | "p" | "div", _) => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.trim().is_empty()) {
                    cell.push('\n');
                }
            }
            _ => {}
        }
        rest
    }

    fn begin_cell(&mut self, tag: &str) {
        let span = |name: &str| number(tag, name).unwrap_or(1).clamp(1, MOST);
        let mut column = self.column.saturating_add(self.across).max(1);
        // Cells of rows above may reach down into this one.
        while let Some((_, area)) = self.reaching.range(..=column).next_back() {
            if area.top == self.number || area.bottom < self.number || area.right < column {
                break;
            }
            column = area.right.saturating_add(1);
        }
        (self.column, self.across, self.down) = (column, span("colspan"), span("rowspan"));
        self.cell = Some(String::new());
    }

    fn end_cell(&mut self) {
        let Some(text) = self.cell.take() else { return };
        let (right, bottom) = (
            self.column.saturating_add(self.across).saturating_sub(1),
            self.number.saturating_add(self.down).saturating_sub(1),
        );
        if self.across > 1 || self.down > 1 {
            let area = Area { top: self.number, bottom, left: self.column, right };
            self.merges.push(area);
            if self.down > 1 {
                self.reaching.insert(self.column, area);
            }
        }
        let text = normalize::trimmed(&text).to_owned();
        self.row.push((self.column, RawCell::Text(text.into())));
    }

    fn end_row(&mut self) {
        self.end_cell();
        let cells = std::mem::take(&mut self.row);
        (self.column, self.across) = (0, 0);
        if !cells.is_empty() {
            let mut row = Row::default();
            row.begin(self.number, None);
            cells.into_iter().for_each(|(column, cell)| row.push(column, cell));
            row.settle();
            self.rows.push(row);
        }
    }
}

/// The number of an attribute of a tag.
fn number(tag: &str, name: &str) -> Option<u32> {
    let lower = tag.to_ascii_lowercase();
    let rest = lower.get(lower.find(name)?.saturating_add(name.len())..)?.trim_start().strip_prefix('=')?;
    let digits: String =
        rest.trim_start().trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Appends a text with its entities as what they stand for; white space is one space, as pages show it.
fn push_unescaped(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        push_spaced(rest.get(..at).unwrap_or_default(), to);
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        let known = rest.find(';').filter(|end| *end < 10).and_then(|end| Some((rest.get(..end)?, end)));
        match known.and_then(|(name, end)| Some((entity(name)?, end))) {
            Some((sign, end)) => {
                to.push(sign);
                rest = rest.get(end.saturating_add(1)..).unwrap_or_default();
            }
            None => to.push('&'),
        }
    }
    push_spaced(rest, to);
}

fn push_spaced(text: &str, to: &mut String) {
    for sign in text.chars() {
        let is_space = matches!(sign, '\r' | '\n' | '\t' | ' ');
        if !is_space {
            to.push(sign);
        } else if !to.ends_with([' ', '\n']) && !to.is_empty() {
            to.push(' ');
        }
    }
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "mdash" => '—',
        "ndash" => '–',
        "middot" => '·',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)?
        }
    })
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_they_show_and_reach_as_far_as_they_say() {
        let page = "<html><style>td{a>b}</style><TABLE><tr><th colspan=2>名册<tr><td>工号</td><td>姓 &amp;\n名</td></tr>\
                    <tr><td rowspan='2'>D01</td><td>一<br>二</td></tr><tr><td>&#19977;&nbsp;</td></tr><!-- <tr> --></table>";
        let (_, loaded) = sheets(page);
        let shown: Vec<Vec<(u32, String)>> = loaded[0]
            .rows
            .iter()
            .map(|row| row.cells().iter().map(|(at, cell)| (*at, format!("{cell:?}"))).collect())
            .collect();
        let text = |text: &str| format!("{:?}", RawCell::Text(text.into()));
        assert_eq!(shown[0], [(1, text("名册"))]);
        assert_eq!(shown[1], [(1, text("工号")), (2, text("姓 & 名"))]);
        assert_eq!(shown[2], [(1, text("D01")), (2, text("一\n二"))]);
        assert_eq!(shown[3], [(2, text("三"))]);
        assert_eq!(loaded[0].merges.len(), 2);
    }
}
